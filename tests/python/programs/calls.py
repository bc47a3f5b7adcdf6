# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Calls out of StableHLO, composites, donation and other traits of functions."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ._program import program


def _pure_callback(x):
    return jax.pure_callback(np.sin, jax.ShapeDtypeStruct(x.shape, x.dtype), x)


def _io_callback(x):
    kind = jax.ShapeDtypeStruct(x.shape, x.dtype)
    return jax.experimental.io_callback(np.sin, kind, x, ordered=True)


def _debug(x):
    jax.debug.print("x = {}", x)
    return x + 1


def _ffi(x, **options):
    kind = jax.ShapeDtypeStruct(x.shape, x.dtype)
    return jax.ffi.ffi_call("my_target", kind, **options)


@functools.partial(lax.composite, name="my.norm", version=2)
def _composite(x, *, eps, axes):
    return x * lax.rsqrt(jnp.mean(x**2, axes, keepdims=True) + eps)


PROGRAMS = [
    program("callback-debug", _debug, "f32[3]"),
    program("callback-io-ordered", lambda x: _io_callback(_io_callback(x)), "f32[3]"),
    program("callback-pure", _pure_callback, "f32[3]"),
    program(
        "callback-pure-vmap",
        jax.vmap(lambda x: jax.pure_callback(np.sin, x, x, vmap_method="expand_dims")),
        "f32[3]",
    ),
    program("composite", lambda x: _composite(x, eps=1e-5, axes=(1,)), "f32[2,3]"),
    program("donated", lambda x, y: (x + y, y), "f32[3]", "f32[3]", donate_argnums=0),
    program("ffi", lambda x: _ffi(x)(x), "f32[3]"),
    program("ffi-aliases", lambda x: _ffi(x, input_output_aliases={0: 0})(x), "f32[3]"),
    program(
        "ffi-attributes",
        lambda x: _ffi(x)(x, n=np.int64(3), name="a", on=True, xs=np.arange(3)),
        "f32[3]",
    ),
    program(
        "ffi-layouts",
        lambda x: _ffi(x, input_layouts=[(0, 1)], output_layouts=(1, 0))(x),
        "f32[2,3]",
    ),
    program("ffi-side-effect", lambda x: _ffi(x, has_side_effect=True)(x), "f32[3]"),
    program(
        "ffi-string",
        lambda x: _ffi(
            x, custom_call_api_version=1, legacy_backend_config='"quoted"\n'
        )(x),
        "f32[3]",
    ),
    program("keep_unused", lambda x, y: x, "f32[3]", "f32[3]", keep_unused=True),
    program("no-arguments", lambda: jnp.ones(3)),
    program("no-results", lambda x: (), "f32[3]"),
    program(
        "pytree",
        lambda t: {"b": t["a"][0], "a": (t["a"][1],)},
        {"a": ["f32[3]", "i32[]"]},
    ),
    program("static", lambda x, n: x * n, "f32[3]", 3, static_argnums=1),
    program("identity", lambda x: x, "f32[3]"),
]
