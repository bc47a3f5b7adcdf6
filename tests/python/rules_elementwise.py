# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Real elementwise ops of one unknown, each with its truth in mpmath."""

import jax
import jax.numpy as jnp
from jaxlib.mlir.dialects import chlo, stablehlo
from mpmath import mp, mpf

from rules import Row, op_of

lax = jax.lax


def both(values):
    """`values` and their negatives."""
    return [*values, *(-value for value in values)]


# Close to zero, to one and to the largest numbers, of f64 too.
SMALL = [1e-300, 1e-100, 1e-30, 1e-10, 1e-7, 1e-3]
MIDDLE = [0.1, 0.3, 0.5, 0.9, 1.0, 1.5, 2.0, 3.0, 10.0]
LARGE = [1e3, 1e7, 1e15, 1e30, 1e37, 1e100, 1e300]
POSITIVE = [*SMALL, *MIDDLE, *LARGE]
REAL = [0.0, *both(POSITIVE)]
TO_1E100 = [value for value in REAL if abs(value) < 1e101]
# Near one from below and above, by the last places of each dtype.
BELOW_ONE = [0.99, 1 - 1e-5, 1 - 1e-7, 1 - 2**-24, 1 - 1e-12, 1 - 1e-15]
ABOVE_ONE = [1.01, 1 + 1e-5, 1 + 2**-23, 1 + 1e-12, 1 + 2**-52]


def roots(limit):
    """Positive numbers whose `limit`-th powers are finite and normal in f32."""
    low, high = 1e-36 ** (1 / limit), 1e36 ** (1 / limit)
    return [low, low**0.5, 0.1, 0.5, 0.999, 1.0, 1.5, 3.0, high**0.5, high]


def cbrt(y):
    return mp.sign(y) * mp.cbrt(abs(y))


def inverse_erfc(y):
    if y > 0.1:
        return mp.erfinv(1 - y)
    return mp.findroot(lambda x: mp.log(mp.erfc(x)) - mp.log(y), mp.sqrt(-mp.log(y)))


ROWS = [
    Row("negate", lambda x: -x, lambda y: -y, lambda x: mpf(-1), REAL, (0, 0)),
    Row(
        "abs",
        jnp.abs,
        lambda y: y,
        lambda x: mpf(1),
        [0.0, *POSITIVE],
        (0, 0),
        outside=[-1e-3, -1.0],
    ),
    Row("optimization_barrier", lax.optimization_barrier, mpf, lambda x: mpf(1), REAL),
    # Roots and powers.
    Row(
        "sqrt",
        lax.sqrt,
        lambda y: y**2,
        lambda x: 1 / (2 * mp.sqrt(x)),
        roots(2),
        (1, 1),
        outside=[-1.0, -1e-3],
    ),
    Row(
        "rsqrt",
        lax.rsqrt,
        lambda y: 1 / y**2,
        lambda x: -(x ** mpf(-1.5)) / 2,
        roots(2),
        (3, 3),
        outside=[-1.0],
    ),
    Row(
        "cbrt",
        lax.cbrt,
        lambda y: y**3,
        lambda x: 1 / (3 * cbrt(x) ** 2),
        both(roots(3)),
        (2, 2),
    ),
    Row("square", lax.square, mp.sqrt, lambda x: 2 * x, POSITIVE, outside=[-1.0]),
    *(
        Row(
            "power",
            lambda x, p=p: lax.pow(x, jnp.asarray(p, x.dtype)),
            lambda y, p=p: mp.sign(y) * abs(y) ** (1 / mpf(p)),
            lambda x, p=p: p * abs(x) ** (mpf(p) - 1),
            both(roots(3)) if p % 2 == 1 else roots(3),
            (24, 24),  # the rounding of 1 / p, enlarged by log y
            label=f"of exponent {p}",
            outside=[] if p % 2 == 1 else [-2.0],
        )
        for p in (0.5, -0.5, 2.0, 3.0, -1.0, -3.0, 5.0, 1.5, 4.0, 0.75)
    ),
    *(
        Row(
            "power",
            lambda x, b=b: lax.pow(jnp.asarray(b, x.dtype), x),
            lambda y, b=b: mp.log(y) / mp.log(b),
            lambda x, b=b: mp.log(b) * mpf(b) ** x,
            [v for v in POSITIVE if 1e-37 < v < 1e38],
            (4, 4),
            label=f"of base {b}",
            outside=[-1.0],
        )
        for b in (2.0, 0.5, 10.0)
    ),
    # Exponentials and logarithms.
    Row("exponential", lax.exp, mp.log, mp.exp, POSITIVE, outside=[-1.0]),
    Row(
        "exponential_minus_one",
        lax.expm1,
        mp.log1p,
        mp.exp,
        [0.0, *POSITIVE, *(-v for v in SMALL), -0.5, -0.9, *(-v for v in BELOW_ONE)],
        outside=[-2.0],
    ),
    Row(
        "log",
        lax.log,
        mp.exp,
        lambda x: 1 / x,
        [0.0, *both([1e-30, 1e-7, 0.1, 0.5, 1.0, 3.0, 10.0, 80.0]), -700.0, 700.0],
        (3, 3),
    ),
    Row(
        "log_plus_one",
        lax.log1p,
        mp.expm1,
        lambda x: 1 / (1 + x),
        [0.0, *both([1e-300, 1e-30, 1e-7, 0.1, 0.5, 1.0, 3.0, 10.0]), 80.0, 700.0],
        (3, 3),
    ),
    Row(
        "logistic",
        op_of(stablehlo.logistic),
        lambda y: mp.log(y) - mp.log1p(-y),
        lambda x: 1 / (mp.exp(x / 2) + mp.exp(-x / 2)) ** 2,
        [*SMALL, 0.1, 0.3, 0.49, 0.51, 0.9, *BELOW_ONE],
        (4, 4),
        outside=[-0.5, 1.5],
    ),
    # Hyperbolic functions.
    Row(
        "tanh",
        lax.tanh,
        mp.atanh,
        lambda x: 1 / mp.cosh(x) ** 2,
        both([*SMALL, 0.1, 0.5, 0.9, *BELOW_ONE]),
        (4, 4),
        outside=[1.5, -1.5],
    ),
    Row("sinh", lax.sinh, mp.asinh, mp.cosh, REAL, (4, 4)),
    Row(
        "asinh",
        lax.asinh,
        mp.sinh,
        lambda x: 1 / mp.sqrt(1 + x * x),
        [0.0, *both([1e-300, 1e-30, 1e-7, 0.1, 0.5, 1.0, 3.0, 10.0, 80.0])],
        (8, 8),
    ),
    Row(
        "cosh",
        lax.cosh,
        mp.acosh,
        mp.sinh,
        [*ABOVE_ONE, 1.5, 2.0, 10.0, *LARGE],
        (4, 4),
        outside=[0.5, -3.0],
    ),
    Row(
        "acosh",
        lax.acosh,
        mp.cosh,
        lambda x: 1 / (mp.sqrt(x - 1) * mp.sqrt(x + 1)),
        [1e-3, 0.1, 0.5, 1.0, 3.0, 10.0, 80.0],
        (8, 8),
        outside=[-1.0],
    ),
    Row(
        "atanh",
        lax.atanh,
        mp.tanh,
        lambda x: 1 / ((1 - x) * (1 + x)),
        [0.0, *both([1e-300, 1e-30, 1e-7, 0.1, 0.5, 1.0, 3.0, 8.0, 15.0])],
        (6, 6),
    ),
    # Trigonometric functions.
    Row(
        "sine",
        lax.sin,
        mp.asin,
        mp.cos,
        both([*SMALL, 0.1, 0.5, 0.9, *BELOW_ONE]),
        (4, 4),
        outside=[1.5],
    ),
    Row(
        "cosine",
        lax.cos,
        mp.acos,
        lambda x: -mp.sin(x),
        both([1e-30, 1e-7, 0.1, 0.5, 0.9, *BELOW_ONE]),
        (4, 4),
        outside=[1.5],
    ),
    Row("tan", lax.tan, mp.atan, lambda x: 1 + mp.tan(x) ** 2, TO_1E100, (4, 4)),
    Row(
        "chlo-tan",
        op_of(chlo.tan),
        mp.atan,
        lambda x: 1 + mp.tan(x) ** 2,
        TO_1E100,
        (4, 4),
    ),
    Row(
        "asin",
        op_of(chlo.asin),
        mp.sin,
        lambda x: 1 / mp.sqrt((1 - x) * (1 + x)),
        [0.0, *both([*SMALL, 0.1, 0.5, 1.0, 1.5, 1.57])],
        (4, 4),
        outside=[1.6, -2.0, 7.0],
    ),
    Row(
        "acos",
        lax.acos,
        mp.cos,
        lambda x: -1 / mp.sqrt((1 - x) * (1 + x)),
        [1e-3, 0.1, 0.5, 1.0, 1.5, 2.0, 3.0, 3.14],
        (4, 4),
        outside=[-0.1, 3.2, 7.0],
    ),
    Row(
        "atan",
        lax.atan,
        mp.tan,
        lambda x: 1 / (1 + x * x),
        [0.0, *both([*SMALL, 0.1, 0.5, 1.0, 1.5, 1.57])],
        (4, 4),
        outside=[1.6, -2.0],
    ),
    Row(
        "atan2",
        lambda x: lax.atan2(x, jnp.asarray(2.5, x.dtype)),
        lambda y: mpf(2.5) * mp.tan(y),
        lambda x: mpf(2.5) / (mpf(2.5) ** 2 + x * x),
        both([1e-30, 1e-7, 0.1, 0.5, 1.0, 1.5, 1.57]),
        (6, 6),
        label="of numerator",
    ),
    Row(
        "atan2",
        lambda x: lax.atan2(x, jnp.asarray(-2.5, x.dtype)),
        lambda y: mpf(-2.5) * mp.tan(y),
        lambda x: mpf(-2.5) / (mpf(2.5) ** 2 + x * x),
        both([1.6, 2.0, 3.0, 3.14]),
        (6, 6),
        label="of numerator over a negative",
    ),
    Row(
        "atan2",
        lambda x: lax.atan2(jnp.asarray(2.5, x.dtype), x),
        lambda y: mpf(2.5) / mp.tan(y),
        lambda x: -mpf(2.5) / (mpf(2.5) ** 2 + x * x),
        [1e-7, 0.1, 0.5, 1.0, 1.5, 2.0, 3.0],
        (8, 8),
        label="of denominator",
    ),
    # Error functions.
    Row(
        "erf",
        lax.erf,
        mp.erfinv,
        lambda x: 2 / mp.sqrt(mp.pi) * mp.exp(-x * x),
        both([1e-30, 1e-7, 0.1, 0.5, 0.9, *BELOW_ONE]),
        (8, 8),
        (8, 8),
        outside=[1.5],
    ),
    Row(
        "erf_inv",
        lax.erf_inv,
        mp.erf,
        lambda x: mp.sqrt(mp.pi) / 2 * mp.exp(mp.erfinv(x) ** 2),
        both([1e-30, 1e-7, 0.1, 0.5, 1.0, 2.0, 3.0]),
        (8, 8),
    ),
    Row(
        "erfc",
        lax.erfc,
        inverse_erfc,
        lambda x: -2 / mp.sqrt(mp.pi) * mp.exp(-x * x),
        [1e-300, 1e-100, 1e-36, 1e-30, 1e-10, 1e-7, 1e-3, 0.05, 0.0999, 0.1, 0.1001]
        + [0.2, 0.5, 0.9, 1.1, 1.5, 1.9, 1.99, 1.9999],
        (8, 8),
        (8, 8),
        outside=[-0.5, 2.5],
    ),
    # Arithmetic with a known operand.
    Row(
        "add",
        lambda x: x + jnp.asarray(1.25, x.dtype),
        lambda y: y - mpf(1.25),
        lambda x: mpf(1),
        both([1e-30, 0.5, 1.0, 3.0, 1e30]),
        (1, 1),
        label="lhs",
    ),
    Row(
        "add",
        lambda x: jnp.asarray(1.25, x.dtype) + x,
        lambda y: y - mpf(1.25),
        lambda x: mpf(1),
        both([1e-30, 0.5, 1.0, 3.0, 1e30]),
        (1, 1),
        label="rhs",
    ),
    Row(
        "subtract",
        lambda x: x - jnp.asarray(1.25, x.dtype),
        lambda y: y + mpf(1.25),
        lambda x: mpf(1),
        both([1e-30, 0.5, 1.0, 3.0, 1e30]),
        (1, 1),
        label="lhs",
    ),
    Row(
        "subtract",
        lambda x: jnp.asarray(1.25, x.dtype) - x,
        lambda y: mpf(1.25) - y,
        lambda x: mpf(-1),
        both([1e-30, 0.5, 1.0, 3.0, 1e30]),
        (1, 1),
        label="rhs",
    ),
    Row(
        "multiply",
        lambda x: x * jnp.asarray(-2.5, x.dtype),
        lambda y: y / mpf(-2.5),
        lambda x: mpf(-2.5),
        REAL,
        (1, 1),
        label="lhs",
    ),
    Row(
        "multiply",
        lambda x: jnp.asarray(-2.5, x.dtype) * x,
        lambda y: y / mpf(-2.5),
        lambda x: mpf(-2.5),
        REAL,
        (1, 1),
        label="rhs",
    ),
    Row(
        "divide",
        lambda x: x / jnp.asarray(-2.5, x.dtype),
        lambda y: y * mpf(-2.5),
        lambda x: -1 / mpf(2.5),
        [v for v in REAL if abs(v) < 1e37],
        (1, 1),
        label="lhs",
    ),
    Row(
        "divide",
        lambda x: jnp.asarray(-2.5, x.dtype) / x,
        lambda y: mpf(-2.5) / y,
        lambda x: mpf(2.5) / x**2,
        both([1e-30, 1e-7, 0.5, 1.0, 3.0, 1e7, 1e30]),
        (1, 1),
        label="rhs",
    ),
    Row(
        "reduce_precision",
        lambda x: lax.reduce_precision(x, 8, 7),
        mpf,
        lambda x: mpf(1),
        both([0.5, 1.0, 3.0, 2.0**100]),
        (0, 0),
    ),
    Row("real", op_of(stablehlo.real), mpf, lambda x: mpf(1), REAL, (0, 0)),
]
