# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Elementwise functions at the ends of their images, and outside of them."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.scipy import special
from jaxlib.mlir.dialects import chlo, stablehlo

from rules import op_of

lax = jax.lax
INF, HALF_PI = np.inf, np.pi / 2


@dataclasses.dataclass(frozen=True)
class Ends:
    """The image of a function.

    Attributes:
      name: The rule, or the idiom.
      fun: The function.
      ends: The x of each y at a closed end, or to which f saturates.
      outside: Some y that no x has.
      dtypes: Those that the function takes.
      label: What distinguishes this row from others of the rule.
    """

    name: str
    fun: Callable[..., Any]
    ends: Mapping[float, float] = dataclasses.field(default_factory=dict)
    outside: Sequence[float] = ()
    dtypes: Sequence[str] = ("float32", "float64", "bfloat16", "float16")
    label: str = ""

    @property
    def id(self):
        return f"{self.name}-{self.label}" if self.label else self.name


def power(p, ends, outside=()):
    return Ends("power", lambda x: x**p, ends, outside, label=f"x ** {p:.3g}")


def exponential(b, ends):
    return Ends("power", lambda x: b**x, ends, [-2.0, -INF], label=f"{b} ** x")


def atan2(label, fun, ends, outside):
    return Ends("atan2", fun, ends, [*outside, 3.2, -3.2, INF, -INF], label=label)


def one(x):
    return jnp.ones_like(x)


NEGATIVE = [-1e-3, -1.0, -INF]
BEYOND_ONE = [1.0078125, -1.0078125, 2.0, INF, -INF]
ODD = {-INF: -INF, 0: 0, INF: INF}
WIDE = ("float32", "float64")

ENDS = [
    Ends("negate", lambda x: -x, {-INF: INF, INF: -INF}),
    Ends("optimization_barrier", lax.optimization_barrier, ODD),
    Ends("reduce_precision", lambda x: lax.reduce_precision(x, 8, 7), ODD, (), WIDE),
    Ends("real", op_of(stablehlo.real), ODD, (), WIDE),
    Ends("add", lambda x: x + 1.25, {-INF: -INF, INF: INF}),
    Ends("subtract", lambda x: 1.25 - x, {-INF: INF, INF: -INF}),
    Ends("multiply", lambda x: x * -2.5, {-INF: INF, 0: 0, INF: -INF}),
    Ends("divide", lambda x: x / 2.5, ODD),
    Ends("divide", lambda x: 2.5 / x, {0: INF, INF: 0}, label="into"),
    Ends("abs", jnp.abs, {0: 0, INF: INF}, NEGATIVE),
    Ends("sqrt", lax.sqrt, {0: 0, INF: INF}, NEGATIVE),
    Ends("rsqrt", lax.rsqrt, {0: INF, INF: 0}, NEGATIVE),
    Ends("cbrt", lax.cbrt, ODD),
    Ends("square", lax.square, {0: 0, INF: INF}, NEGATIVE),
    power(0.25, {0: 0, INF: INF}, NEGATIVE),
    power(1 / 3, {0: 0, INF: INF}, [-2.0, -INF]),
    power(0.2, {0: 0, INF: INF}, [-2.0, -INF]),
    power(3.0, ODD),
    power(5.0, ODD),
    power(4.0, {0: 0, INF: INF}, [-2.0, -INF]),
    power(-3.0, {0: INF, INF: 0}),
    power(-0.5, {0: INF, INF: 0}, [-2.0, -INF]),
    exponential(2.0, {0: -INF, INF: INF}),
    exponential(0.5, {0: INF, INF: -INF}),
    Ends("exponential", jnp.exp, {0: -INF, INF: INF}, NEGATIVE),
    Ends(
        "exponential_minus_one",
        jnp.expm1,
        {-1: -INF, INF: INF},
        [-1.0078125, -2.0, -INF],
    ),
    Ends("log", jnp.log, {-INF: 0, INF: INF}),
    Ends("log_plus_one", jnp.log1p, {-INF: -1, INF: INF}),
    Ends(
        "logistic",
        op_of(stablehlo.logistic),
        {0: -INF, 1: INF},
        [*NEGATIVE, 1.0078125, 2.0, INF],
    ),
    Ends("tanh", jnp.tanh, {-1: -INF, 1: INF}, BEYOND_ONE),
    Ends("atanh", lax.atanh, {-INF: -1, INF: 1}),
    Ends("sinh", lax.sinh, ODD),
    Ends("asinh", lax.asinh, ODD),
    Ends("cosh", lax.cosh, {1: 0, INF: INF}, [0.99, 0.0, -1.0, -INF]),
    Ends("acosh", lax.acosh, {0: 1, INF: INF}, NEGATIVE),
    Ends("sine", jnp.sin, {1: HALF_PI, -1: -HALF_PI}, BEYOND_ONE),
    Ends("cosine", jnp.cos, {1: 0, -1: np.pi}, BEYOND_ONE),
    Ends("tan", lax.tan, {-INF: -HALF_PI, INF: HALF_PI}),
    Ends("chlo-tan", op_of(chlo.tan), {-INF: -HALF_PI, INF: HALF_PI}),
    Ends(
        "asin",
        op_of(chlo.asin),
        {-HALF_PI: -1, HALF_PI: 1},
        [1.6, -1.6, 3.0, INF, -INF],
    ),
    Ends("acos", lax.acos, {0: 1, np.pi: -1}, [-0.1, 3.2, 7.0, INF, -INF]),
    # The float next to pi/2 is above it in single precision only.
    Ends(
        "atan",
        lax.atan,
        {-HALF_PI: -INF, HALF_PI: INF},
        [1.6, -1.6, 3.0, INF, -INF],
        ["float32"],
    ),
    Ends("atan", lax.atan, {0: 0}, [1.6, -1.6, 3.0, INF, -INF], label="elsewhere"),
    atan2("x, 1", lambda x: lax.atan2(x, one(x)), {0: 0}, [1.6, -1.6, 3.0, -3.0]),
    atan2("x, -1", lambda x: lax.atan2(x, -one(x)), {}, [0.0, 0.1, 1.5, -1.5]),
    atan2("1, x", lambda x: lax.atan2(one(x), x), {0: INF}, [-0.1, -2.0]),
    atan2("-1, x", lambda x: lax.atan2(-one(x), x), {}, [0.1, 2.0]),
    Ends("erf", lax.erf, {-1: -INF, 1: INF}, BEYOND_ONE),
    Ends("erf_inv", lax.erf_inv, {-INF: -1, INF: 1}),
    Ends("erfc", lax.erfc, {0: INF, 2: -INF}, [*NEGATIVE, 2.015625, 10.0, INF]),
    Ends(
        "sigmoid",
        jax.nn.sigmoid,
        {0: -INF, 1: INF},
        [*NEGATIVE, 1.0078125, 2.0, INF],
    ),
    Ends("logit", special.logit, {-INF: 0, INF: 1}),
    Ends("softplus", jax.nn.softplus, {0: -INF, INF: INF}, NEGATIVE),
    Ends("log_sigmoid", jax.nn.log_sigmoid, {0: INF, -INF: -INF}, [1e-3, INF]),
    Ends(
        "logaddexp",
        lambda x: jnp.logaddexp(x, jnp.asarray(0.25, x.dtype)),
        {0.25: -INF, INF: INF},
        [0.2, -1.0, -INF],
    ),
    Ends("log1mexp", jax.nn.log1mexp, {0: INF, -INF: 0}, [1e-3, INF]),
    Ends("elu", jax.nn.elu, {-1: -INF, INF: INF}, [-1.0078125, -INF]),
    Ends(
        "celu",
        lambda x: jax.nn.celu(x, 2.0),
        {-2: -INF, INF: INF},
        [-2.015625, -INF],
    ),
    Ends("leaky_relu", jax.nn.leaky_relu, ODD),
    Ends("soft_sign", jax.nn.soft_sign, {-1: -INF, 1: INF}, BEYOND_ONE),
    Ends("squareplus", jax.nn.squareplus, {0: -INF, INF: INF}, NEGATIVE),
    Ends(
        "ndtr",
        special.ndtr,
        {0: -INF, 1: INF},
        [*NEGATIVE, 1.0078125, 2.0, INF],
        WIDE,
    ),
    Ends("ndtri", special.ndtri, {-INF: 0, INF: 1}, (), WIDE),
    Ends("log_ndtr", special.log_ndtr, {0: INF, -INF: -INF}, [1e-3, 1.0, INF], WIDE),
]
