# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions whose textbook inverse loses precision, each with its truth in mpmath."""

import jax
import jax.numpy as jnp
from jax.scipy import special
from mpmath import mp, mpf

from rules import Row
from rules_elementwise import (
    BELOW_ONE,
    LARGE,
    MIDDLE,
    POSITIVE,
    REAL,
    SMALL,
    both,
    cbrt,
    inverse_erfc,
)

ULPS = (4, 4)
TAILS = [1e-300, 1e-100, 1e-36, 1e-30, 1e-10, 1e-7, 1e-3]
# Between 0 and 1, close to the ends and to the middle.
UNIT = [*TAILS, 0.04, 0.1, 0.2, 0.25, 0.3, 0.4, 0.49, 0.4999, 0.5 - 1e-7, 0.5 + 1e-7]
UNIT += [0.5 + 1e-12, 0.501, 0.6, 0.7, 0.75, 0.8, 0.9, *BELOW_ONE]
SIGNED_UNIT = [0.0, *both([*SMALL, 0.01, 0.1, 0.35, 0.4, 0.413, 0.5, 0.9, *BELOW_ONE])]
# The lower ends of functions that bend at zero.
BENT = [v for v in REAL if v > -1] + [-0.35, -0.4, -0.413, *(-v for v in BELOW_ONE)]
EXPONENTS = [0.0, *both([1e-300, 1e-30, 1e-7, 0.01, 0.1, 0.5, 1.0, 3.0, 10.0]), 80.0]


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def squareplus(x):
    root = mp.sqrt(x * x + 4)
    return (x + root) / 2 if x > 0 else 2 / (root - x)


def normal_density(x):
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def ndtr(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def ndtri(y):
    if y > 0.5:
        return -ndtri(1 - y)
    return -mp.sqrt(2) * inverse_erfc(2 * y)


def inverse_log_ndtr(y):
    if y > -1:
        return ndtri(mp.exp(y))
    start = -mp.sqrt(-2 * y) + 0.1
    return mp.findroot(lambda x: mp.log(ndtr(x)) - y, start, tol=1e-60)


def bent(below, above=lambda v: v):
    """A function that is `above` for positive arguments and `below` for others."""
    return lambda v: above(v) if v > 0 else below(v)


def row(name, fun, inverse, slope, points, outside=()):
    return Row("idiom", fun, inverse, slope, points, ULPS, ULPS, outside, name)


IDIOMS = [
    *(
        row(
            name,
            fun,
            lambda y: mp.log(y / (1 - y)),
            lambda x: sigmoid(x) * sigmoid(-x),
            UNIT,
            [-0.5, 1.5],
        )
        for name, fun in (("sigmoid", jax.nn.sigmoid), ("expit", special.expit))
    ),
    row(
        "logit",
        special.logit,
        sigmoid,
        lambda x: 1 / (x * (1 - x)),
        [0.0, *both([1e-30, 1e-7, 0.1, 1.0, 3.0, 10.0]), -80.0, 15.0],
    ),
    row(
        "softplus",
        jax.nn.softplus,
        lambda y: mp.log(mp.expm1(y)),
        sigmoid,
        [*SMALL, *MIDDLE, 0.4, 0.44, 0.6, 0.6931, 0.69314718, 0.7, 1.2, 1.3, 80.0, 1e3]
        + LARGE,
        [-1e-3, -2.0],
    ),
    row(
        "log_sigmoid",
        jax.nn.log_sigmoid,
        lambda y: -mp.log(mp.expm1(-y)),
        lambda x: sigmoid(-x),
        [-v for v in [*SMALL, *MIDDLE, 0.4, 0.6931, 0.7, 1.2, 80.0, *LARGE]],
        [1e-3, 2.0],
    ),
    row(
        "logaddexp",
        lambda x: jnp.logaddexp(x, jnp.asarray(0.25, x.dtype)),
        lambda y: mp.log(mp.exp(y) - mp.exp(0.25)),
        lambda x: sigmoid(x - 0.25),
        [0.2501, 0.26, 0.3, 0.5, 0.9, 1.0, 2.0, 10.0, 80.0, 1e3, 1e30],
        [0.2, -1.0],
    ),
    row(
        "log1mexp",
        jax.nn.log1mexp,
        lambda y: -mp.log(-mp.expm1(y)),
        lambda x: 1 / mp.expm1(x),
        [-v for v in [*SMALL, *MIDDLE, 0.6931, 80.0]],
        [0.5],
    ),
    row(
        "elu",
        jax.nn.elu,
        bent(mp.log1p),
        bent(mp.exp, lambda x: mpf(1)),
        BENT,
        [-1.5],
    ),
    row(
        "elu of 0.5",
        lambda x: jax.nn.elu(x, 0.5),
        bent(lambda y: mp.log1p(2 * y)),
        bent(lambda x: mp.exp(x) / 2, lambda x: mpf(1)),
        [v for v in BENT if v > -0.5],
        [-0.75],
    ),
    row(
        "celu",
        jax.nn.celu,
        bent(mp.log1p),
        bent(mp.exp, lambda x: mpf(1)),
        BENT,
        [-1.5],
    ),
    row(
        "celu of 2",
        lambda x: jax.nn.celu(x, 2.0),
        bent(lambda y: 2 * mp.log1p(y / 2)),
        bent(lambda x: mp.exp(x / 2), lambda x: mpf(1)),
        [v if v > 0 else 2 * v for v in BENT],
        [-2.5],
    ),
    row(
        "selu",
        jax.nn.selu,
        bent(
            lambda y: mp.log1p(
                y
                / mpf(1.0507009873554804934193349852946)
                / mpf(1.6732632423543772848170429916717)
            ),
            lambda y: y / mpf(1.0507009873554804934193349852946),
        ),
        bent(
            lambda x: (
                mp.exp(x)
                * mpf(1.0507009873554804934193349852946)
                * mpf(1.6732632423543772848170429916717)
            ),
            lambda x: mpf(1.0507009873554804934193349852946),
        ),
        [v for v in BENT if abs(v) < 1e37],
        [-2.0],
    ),
    row(
        "leaky_relu",
        jax.nn.leaky_relu,
        bent(lambda y: y / mpf(0.01)),
        lambda x: mpf(1) if x >= 0 else mpf(0.01),
        [v for v in REAL if abs(v) < 1e35],
    ),
    row(
        "leaky_relu that bends above zero",
        lambda x: jnp.where(x > 0, x, 0.01 * x),
        bent(lambda y: y / mpf(0.01)),
        bent(lambda x: mpf(0.01), lambda x: mpf(1)),
        [v for v in REAL if abs(v) < 1e35],
    ),
    *(
        row(
            name,
            fun,
            bent(lambda y, below=below: y / below, lambda y, above=above: y / above),
            lambda x, zero=zero, below=below, above=above: mpf(
                zero if x == 0 else above if x > 0 else below
            ),
            [v for v in REAL if abs(v) < 1e35],
        )
        for name, below, above, zero, fun in (
            ("slopes", 0.25, 2, 2, lambda x: jnp.where(x >= 0, 2 * x, 0.25 * x)),
            ("slopes below", 0.25, 2, 2, lambda x: jnp.where(x < 0, 0.25 * x, 2 * x)),
            ("slopes of positive", 4, 2, 4, lambda x: jnp.where(x > 0, 2 * x, 4 * x)),
            (
                "slopes of parts",
                0.5,
                2,
                1.25,
                lambda x: 2 * jnp.maximum(x, 0) + jnp.minimum(x, 0) * 0.5,
            ),
            ("maximum", 0.25, 1, 0.625, lambda x: jnp.maximum(x, 0.25 * x)),
            ("steep maximum", 1, 4, 2.5, lambda x: jnp.maximum(4 * x, x)),
            ("minimum", 1, 0.25, 0.625, lambda x: jnp.minimum(x, 0.25 * x)),
        )
    ),
    row(
        "arcsine",
        lambda x: jnp.arctan2(x, jnp.sqrt((1 - x) * (1 + x))),
        mp.sin,
        lambda x: 1 / mp.sqrt((1 - x) * (1 + x)),
        [0.0, *both([*SMALL, 0.1, 0.5, 1.0, 1.5, 1.57])],
        [1.6, -2.0, 7.0],
    ),
    row(
        "soft_sign",
        jax.nn.soft_sign,
        lambda y: y / (1 - abs(y)),
        lambda x: 1 / (1 + abs(x)) ** 2,
        SIGNED_UNIT,
        [1.5, -1.5],
    ),
    row(
        "squareplus",
        jax.nn.squareplus,
        lambda y: y - 1 / y,
        lambda x: 1 / (1 + (1 / squareplus(x)) ** 2),
        [*POSITIVE, *BELOW_ONE, 1 + 1e-5, 1 + 2**-23],
        [-0.5],
    ),
    row(
        "ndtr",
        special.ndtr,
        ndtri,
        normal_density,
        UNIT,
        [-0.5, 1.5],
    ),
    row(
        "ndtri",
        special.ndtri,
        ndtr,
        lambda x: 1 / normal_density(ndtri(x)),
        [0.0, *both([1e-30, 1e-7, 0.1, 0.5, 1.0, 2.0, 3.0]), -5.0, -10.0, -12.0],
    ),
    row(
        "log_ndtr",
        special.log_ndtr,
        inverse_log_ndtr,
        lambda x: normal_density(x) / ndtr(x),
        [-v for v in [*TAILS, 0.01, 0.1, 0.3, 0.6931, 0.7, 1.0, 2.0, 2.9, 3.1, 10.0]]
        + [-30.0, -80.0, -120.0, -700.0, -1e4, -1e7, -1e15, -1e30],
        [0.5],
    ),
    # Single ops that are as easily spoilt.
    row(
        "tanh",
        jnp.tanh,
        mp.atanh,
        lambda x: 1 / mp.cosh(x) ** 2,
        SIGNED_UNIT,
        [1.5, -1.5],
    ),
    row("sinh", jnp.sinh, mp.asinh, mp.cosh, REAL),
    row(
        "arcsinh",
        jnp.arcsinh,
        mp.sinh,
        lambda x: 1 / mp.sqrt(1 + x * x),
        [*EXPONENTS, -80.0],
    ),
    row(
        "tan",
        jnp.tan,
        mp.atan,
        lambda x: 1 + mp.tan(x) ** 2,
        [v for v in REAL if abs(v) < 1e101],
    ),
    row(
        "cbrt",
        jnp.cbrt,
        lambda y: y**3,
        lambda x: 1 / (3 * cbrt(x) ** 2),
        both([1e-12, 1e-7, 0.1, 0.5, 0.6, 0.999, 1.0, 3.0, 1e7, 1e12]),
    ),
    row(
        "expm1",
        jnp.expm1,
        mp.log1p,
        mp.exp,
        BENT,
        [-2.0],
    ),
    row(
        "log1p",
        jnp.log1p,
        mp.expm1,
        lambda x: 1 / (1 + x),
        EXPONENTS,
    ),
    row(
        "erf",
        jax.lax.erf,
        mp.erfinv,
        lambda x: 2 / mp.sqrt(mp.pi) * mp.exp(-x * x),
        SIGNED_UNIT[1:],
        [1.5],
    ),
    row(
        "erfinv",
        special.erfinv,
        mp.erf,
        lambda x: mp.sqrt(mp.pi) / 2 * mp.exp(mp.erfinv(x) ** 2),
        both([1e-30, 1e-7, 0.1, 0.5, 1.0, 2.0, 3.0]),
    ),
    row(
        "deg2rad",
        jnp.deg2rad,
        lambda y: y * 180 / mp.pi,
        lambda x: mp.pi / 180,
        [v for v in REAL if abs(v) < 1e36],
    ),
]
