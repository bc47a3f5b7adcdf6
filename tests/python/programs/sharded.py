# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Programs over eight devices: shardings, manual computations, collectives."""

import functools

import jax
import jax.numpy as jnp
from jax import lax
from jax.sharding import AxisType, NamedSharding
from jax.sharding import PartitionSpec as P

from ._program import Program, program

_MESH = jax.make_mesh((2, 4), ("x", "y"), axis_types=(AxisType.Auto,) * 2)
_LINE = jax.make_mesh((8,), ("i",), axis_types=(AxisType.Auto,))
_EXPLICIT = jax.make_mesh((2, 4), ("x", "y"), axis_types=(AxisType.Explicit,) * 2)
_I = P("i")


def _on(*axes, mesh=_MESH):
    return NamedSharding(mesh, P(*axes))


def _constrained(name, fun, *args, **jit):
    return program(f"sharded-{name}", fun, *args, **jit)


def _mapped(name, fun, *args, mesh=_LINE, in_specs=_I, out_specs=_I, **options):
    wrap = functools.partial(
        jax.shard_map, mesh=mesh, in_specs=in_specs, out_specs=out_specs, **options
    )
    return program(f"shard_map-{name}", wrap(fun), *args)


def _constrain(x, *axes):
    return lax.with_sharding_constraint(x, _on(*axes))


def _ring(x):
    return lax.ppermute(x, "i", [(i, (i + 1) % 8) for i in range(8)])


def _matmul(x, y):
    return lax.psum(x @ y, "y")


def _loop(x):
    return lax.fori_loop(0, 3, lambda _, a: _ring(a) * 2, x)


def _explicit(x):
    return jax.sharding.reshard(jnp.sin(x), _on("y", "x", mesh=_EXPLICIT))


_SPEC = jax.ShapeDtypeStruct((8, 8), jnp.float32, sharding=_on("x", "y"))
_EXPLICIT_SPEC = jax.ShapeDtypeStruct(
    (8, 8), jnp.float32, sharding=_on("x", "y", mesh=_EXPLICIT)
)

PROGRAMS: list[Program] = [
    _constrained("argument", jnp.sin, _SPEC),
    _constrained("in_shardings", jnp.sin, "f32[8,8]", in_shardings=_on("x", None)),
    _constrained("out_shardings", jnp.sin, "f32[8,8]", out_shardings=_on(("x", "y"))),
    _constrained(
        "both",
        lambda x, y: x @ y,
        "f32[8,4]",
        "f32[4,8]",
        in_shardings=(_on("x"), _on(None, "y")),
        out_shardings=_on("x", "y"),
    ),
    _constrained("constraint", lambda x: _constrain(jnp.sin(x), "y", "x"), "f32[8,8]"),
    _constrained(
        "constraint-open", lambda x: _constrain(x, P.UNCONSTRAINED, "x"), "f32[8,8]"
    ),
    _constrained("constraint-replicated", lambda x: _constrain(x) + 1, "f32[8,8]"),
    _constrained("constraint-scalar", lambda x: _constrain(x.sum()), "f32[8,8]"),
    _constrained(
        "constraint-scan",
        lambda x: lax.scan(lambda c, a: (_constrain(c + a, "x"), None), x[0], x)[0],
        "f32[4,8]",
    ),
    _constrained(
        "two-meshes",
        lambda x: lax.with_sharding_constraint(
            _constrain(x, "x"), _on("i", mesh=_LINE)
        ),
        "f32[8,8]",
    ),
    _constrained(
        "donated",
        lambda x: x * 2,
        "f32[8,8]",
        in_shardings=_on("x"),
        out_shardings=_on("x"),
        donate_argnums=0,
    ),
    _constrained(
        "typed-key",
        lambda s: jax.random.normal(jax.random.key(s), (8,), out_sharding=None),
        "i32[]",
    ),
    _constrained("explicit", lambda x: jnp.sin(x) + x, _EXPLICIT_SPEC),
    _constrained("explicit-reshard", _explicit, _EXPLICIT_SPEC),
    _mapped("elementwise", jnp.sin, "f32[8]"),
    _mapped("ppermute", _ring, "f32[8]"),
    _mapped("psum", lambda x: lax.psum(x, "i"), "f32[8]", out_specs=P()),
    _mapped("pmean", lambda x: lax.pmean(x, "i"), "f32[8]", out_specs=P()),
    _mapped("pmax", lambda x: lax.pmax(x, "i"), "f32[8]", out_specs=P()),
    _mapped(
        "all_gather",
        lambda x: lax.all_gather(x, "i", tiled=True),
        "f32[8]",
        check_vma=False,
    ),
    _mapped(
        "all_to_all", lambda x: lax.all_to_all(x, "i", 1, 0, tiled=True), "f32[8,8]"
    ),
    _mapped("psum_scatter", lambda x: lax.psum_scatter(x, "i", tiled=True), "f32[64]"),
    _mapped("axis_index", lambda x: x + lax.axis_index("i"), "f32[8]"),
    _mapped("loop", _loop, "f32[8]"),
    _mapped(
        "grad", lambda x: jax.grad(lambda a: lax.psum(jnp.sum(a**2), "i"))(x), "f32[8]"
    ),
    _mapped(
        "matmul",
        _matmul,
        "f32[8,8]",
        "f32[8,8]",
        mesh=_MESH,
        in_specs=(P("x", "y"), P("y")),
        out_specs=P("x"),
    ),
    _mapped(
        "psum-groups",
        lambda x: lax.psum(x, "y"),
        "f32[8,8]",
        mesh=_MESH,
        in_specs=P("x", "y"),
        out_specs=P("x"),
    ),
    _mapped(
        "partial-manual",
        jnp.sin,
        "f32[8,8]",
        mesh=_MESH,
        in_specs=P("x"),
        out_specs=P("x"),
        axis_names={"x"},
    ),
    _mapped(
        "several-values",
        lambda x, y: (x + y, y * 2),
        "f32[8]",
        "f32[]",
        in_specs=(P("i"), P()),
        out_specs=(P("i"), P()),
    ),
    _mapped("nested-jit", lambda x: jax.jit(_ring)(x), "f32[8]"),
]
