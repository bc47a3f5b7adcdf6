# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Elementwise operations."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from invhlo._backend.op import RULES, Op, UnreadableError, reads, reads_as
from invhlo._jaxcompat import stablehlo

_PLAIN: dict[str, Callable[..., Any]] = {
    "stablehlo.abs": lax.abs,
    "stablehlo.and": lax.bitwise_and,
    "stablehlo.atan2": lax.atan2,
    "stablehlo.ceil": lax.ceil,
    "stablehlo.clamp": lax.clamp,
    "stablehlo.complex": lax.complex,
    "stablehlo.count_leading_zeros": lax.clz,
    "stablehlo.divide": lax.div,
    "stablehlo.floor": lax.floor,
    "stablehlo.imag": lax.imag,
    "stablehlo.is_finite": lax.is_finite,
    "stablehlo.negate": lax.neg,
    "stablehlo.not": lax.bitwise_not,
    "stablehlo.or": lax.bitwise_or,
    "stablehlo.popcnt": lax.population_count,
    "stablehlo.power": lax.pow,
    "stablehlo.real": lax.real,
    "stablehlo.remainder": lax.rem,
    "stablehlo.select": lax.select,
    "stablehlo.shift_left": lax.shift_left,
    "stablehlo.shift_right_arithmetic": lax.shift_right_arithmetic,
    "stablehlo.shift_right_logical": lax.shift_right_logical,
    "stablehlo.sign": lax.sign,
    "stablehlo.subtract": lax.sub,
    "stablehlo.xor": lax.bitwise_xor,
    "chlo.acos": lax.acos,
    "chlo.acosh": lax.acosh,
    "chlo.asin": lax.asin,
    "chlo.asinh": lax.asinh,
    "chlo.atan": lax.atan,
    "chlo.atanh": lax.atanh,
    "chlo.bessel_i1e": lax.bessel_i1e,
    "chlo.conj": lax.conj,
    "chlo.cosh": lax.cosh,
    "chlo.digamma": lax.digamma,
    "chlo.erf": lax.erf,
    "chlo.erf_inv": lax.erf_inv,
    "chlo.erfc": lax.erfc,
    "chlo.is_inf": jnp.isinf,
    "chlo.is_neg_inf": jnp.isneginf,
    "chlo.is_pos_inf": jnp.isposinf,
    "chlo.lgamma": lax.lgamma,
    "chlo.mulhi": lax.mulhi,
    "chlo.next_after": lax.nextafter,
    "chlo.polygamma": lax.polygamma,
    "chlo.sinh": lax.sinh,
    "chlo.square": lax.square,
    "chlo.tan": lax.tan,
    "chlo.zeta": lax.zeta,
}
reads_as(_PLAIN)

# The functions for numbers and for booleans, on which StableHLO does arithmetic, too.
_ARITHMETIC: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "stablehlo.add": (lax.add, lax.bitwise_or),
    "stablehlo.maximum": (lax.max, lax.bitwise_or),
    "stablehlo.minimum": (lax.min, lax.bitwise_and),
    "stablehlo.multiply": (lax.mul, lax.bitwise_and),
}


@reads(*_ARITHMETIC)
def _arithmetic(op: Op, left: jax.Array, right: jax.Array) -> jax.Array:
    of_numbers, of_booleans = _ARITHMETIC[op.name]
    result: jax.Array = (of_booleans if left.dtype == np.bool_ else of_numbers)(
        left, right
    )
    return result


_ACCURATE: dict[str, Callable[..., Any]] = {
    "stablehlo.cbrt": lax.cbrt,
    "stablehlo.cosine": lax.cos,
    "stablehlo.exponential": lax.exp,
    "stablehlo.exponential_minus_one": lax.expm1,
    "stablehlo.log": lax.log,
    "stablehlo.log_plus_one": lax.log1p,
    "stablehlo.logistic": lax.logistic,
    "stablehlo.rsqrt": lax.rsqrt,
    "stablehlo.sine": lax.sin,
    "stablehlo.sqrt": lax.sqrt,
    "stablehlo.tan": lax.tan,
    "stablehlo.tanh": lax.tanh,
}


@reads(*_ACCURATE)
def _accurate(op: Op, operand: jax.Array) -> Any:
    accuracy = op.attribute("result_accuracy")
    function = _ACCURATE[op.name]
    return function(operand, **({} if accuracy is None else _accuracy_of(accuracy)))


def _accuracy_of(attr: Any) -> dict[str, Any]:
    accuracy = stablehlo.ResultAccuracyAttr(attr)
    mode = str(accuracy.mode)
    if "DEFAULT" in mode:
        return {}
    if "HIGHEST" in mode:
        return {"accuracy": lax.AccuracyMode.HIGHEST}
    return {"accuracy": lax.Tolerance(accuracy.atol, accuracy.rtol, accuracy.ulps)}


# Rounding, comparing, converting.

_ROUNDING = {
    "stablehlo.round_nearest_afz": lax.RoundingMethod.AWAY_FROM_ZERO,
    "stablehlo.round_nearest_even": lax.RoundingMethod.TO_NEAREST_EVEN,
}


@reads(*_ROUNDING)
def _round(op: Op, operand: jax.Array) -> Any:
    return lax.round(operand, _ROUNDING[op.name])


_COMPARISONS: dict[str, Callable[..., Any]] = {
    "EQ": lax.eq,
    "NE": lax.ne,
    "LT": lax.lt,
    "LE": lax.le,
    "GT": lax.gt,
    "GE": lax.ge,
}
_TOTAL_COMPARISONS: dict[str, Callable[..., Any]] = {
    "EQ": lax.eq_to_p.bind,
    "NE": lambda a, b: lax.bitwise_not(lax.eq_to_p.bind(a, b)),
    "LT": lax.lt_to_p.bind,
    "LE": lax.le_to_p.bind,
    "GT": lambda a, b: lax.lt_to_p.bind(b, a),
    "GE": lambda a, b: lax.le_to_p.bind(b, a),
}


@reads("stablehlo.compare")
def _compare(op: Op, left: jax.Array, right: jax.Array) -> Any:
    direction = op.attribute("comparison_direction")
    kind = op.attribute("compare_type")
    is_total = kind and stablehlo.ComparisonTypeAttr(kind).value == "TOTALORDER"
    comparisons = _TOTAL_COMPARISONS if is_total else _COMPARISONS
    compare = comparisons[stablehlo.ComparisonDirectionAttr(direction).value]
    return compare(left, right)


@reads("stablehlo.convert")
def _convert(op: Op, operand: jax.Array) -> Any:
    dtype = op.aval().dtype
    if jnp.iscomplexobj(operand) and not jnp.issubdtype(dtype, jnp.complexfloating):
        operand = lax.real(operand)
    return lax.convert_element_type(operand, dtype)


@reads("stablehlo.bitcast_convert")
def _bitcast(op: Op, operand: jax.Array) -> Any:
    return lax.bitcast_convert_type(operand, op.aval().dtype)


@reads("stablehlo.reduce_precision")
def _reduce_precision(op: Op, operand: jax.Array) -> Any:
    return lax.reduce_precision(
        operand, op.attribute("exponent_bits"), op.attribute("mantissa_bits")
    )


@reads("stablehlo.map")
def _map(op: Op, *operands: jax.Array) -> Any:
    function: Any = op.region(0)
    for _ in operands[0].shape if operands else ():
        function = jax.vmap(function)
    return function(*operands)


def _with_checked_types(name: str) -> None:
    """Keeps the operation `name` opaque for dtypes that JAX does not allow."""
    rule = RULES[name]

    def checked(op: Op, *operands: jax.Array) -> Any:
        try:
            return rule(op, *operands)
        except TypeError as error:
            raise UnreadableError from error

    RULES[name] = checked


for _name in (*_PLAIN, *_ARITHMETIC, *_ACCURATE, *_ROUNDING):
    _with_checked_types(_name)
