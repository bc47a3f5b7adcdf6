# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Element types: narrow and wide integers and floats, complex, and x64."""

import jax
import jax.numpy as jnp
import numpy as np

from ._program import program

_SMALL_FLOATS = ["f16", "bf16"]
_FLOAT8 = [
    "f4e2m1fn",
    "f8e3m4",
    "f8e4m3",
    "f8e4m3fn",
    "f8e4m3fnuz",
    "f8e4m3b11fnuz",
    "f8e5m2",
    "f8e5m2fnuz",
    "f8e8m0fnu",
]
_INTEGERS = ["i8", "i16", "i32", "u8", "u16", "u32"]
_TINY_INTEGERS = ["i2", "i4", "u2", "u4"]


def _arithmetic(x, y):
    return x + y, x * y - x, jnp.maximum(x, y), x < y


def _constants(x):
    values = [0.0, -0.0, 1.5, np.inf, -np.inf, np.nan, 1e-45, 3.4e38]
    return x + np.array(values, np.float32)


def _wide_constants(x):
    return x + np.array([2**63 - 1, -(2**63), 7]), np.float64(0.1) * x


def _typed_constants(x):
    return (
        x + jnp.array([1, 2], jnp.bfloat16),
        jnp.array([1 + 2j, -3j]),
        jnp.array([[True, False], [False, True]]),
        jnp.array([-8, 7], jnp.int4),
        jnp.array([0.5, -448], jnp.float8_e4m3fn),
        jnp.arange(64, dtype=jnp.uint8).reshape(8, 8) @ jnp.ones((8, 2), jnp.uint8),
    )


PROGRAMS = [
    *(
        program(f"arithmetic-{t}", _arithmetic, f"{t}[3]", f"{t}[3]")
        for t in _SMALL_FLOATS + _INTEGERS
    ),
    *(
        program(
            f"convert-{t}",
            lambda x: (x.astype(jnp.float32), x.reshape(3, 1)),
            f"{t}[3]",
        )
        for t in _FLOAT8
    ),
    *(
        program(f"convert-{t}", lambda x: (x.astype(jnp.int32), -x), f"{t}[3]")
        for t in _TINY_INTEGERS
    ),
    program("bitcast-f32-i32", lambda x: x.view(jnp.int32), "f32[3]"),
    program("bitcast-u8-u32", lambda x: x.view(jnp.uint32), "u8[8]"),
    program(
        "complex-parts", lambda z: (z.real, z.imag, abs(z), jnp.angle(z)), "c64[3]"
    ),
    program("complex-product", lambda z, w: z @ w + 2j, "c64[2,2]", "c64[2,2]"),
    program("constants-f32", _constants, "f32[8]"),
    program(
        "constants-large", lambda x: x + np.arange(300.0, dtype=np.float32), "f32[300]"
    ),
    program("constants-typed", _typed_constants, "bf16[2]"),
    program(
        "dot-f8",
        lambda x, y: jax.lax.dot(x, y, preferred_element_type=jnp.float32),
        "f8e4m3fn[2,3]",
        "f8e5m2[3,4]",
    ),
    program(
        "dot-i4",
        lambda x, y: jax.lax.dot(x, y, preferred_element_type=jnp.int32),
        "i4[2,3]",
        "i4[3,4]",
    ),
    program(
        "dot-i8",
        lambda x, y: jax.lax.dot(x, y, preferred_element_type=jnp.int32),
        "i8[2,3]",
        "i8[3,4]",
    ),
    program("logical", lambda p, q: (p & ~q) | (p ^ q), "bool[3]", "bool[3]"),
    program("scalars", lambda x, y: x + y, 1.0, 2),
    program("weak-types", lambda x: x * 2 + 1, 1.0),
    program("x64-arange", lambda n: n + jnp.arange(3), "i64[]", x64=True),
    program("x64-complex", lambda z: jnp.exp(z) * 1j, "c128[3]", x64=True),
    program("x64-constants", _wide_constants, "i64[3]", x64=True),
    program(
        "x64-mixed",
        lambda x, i: x[i] + i.astype("float64"),
        "f64[5]",
        "i64[3]",
        x64=True,
    ),
    program("x64-random", lambda k: jax.random.normal(k, (3,)), "u32[2]", x64=True),
    program("x64-solve", jnp.linalg.solve, "f64[3,3]", "f64[3]", x64=True),
    program("x64-unsigned", lambda x: (x >> 3) | (x << 61), "u64[3]", x64=True),
]
