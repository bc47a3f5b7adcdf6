# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reductions over dimensions and windows."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from invhlo._backend.op import Op, reads
from invhlo._backend.ops.movement import scalar_of


def single_operation(block: Any) -> str | None:
    """The operation that a block applies to its two arguments and returns."""
    operations = list(block.operations)
    if len(operations) != 2 or len(block.arguments) < 2:
        return None
    first, last = operations
    if list(last.operands) != list(first.results) or len(first.operands) != 2:
        return None
    arguments = list(block.arguments)
    if list(first.operands) not in (arguments[:2], arguments[1::-1]):
        return None
    name: str = first.operation.name
    return name


Function = Callable[..., Any]
# For each combining operation: the JAX function that reduces an array by it, the one
# that combines two arrays, and a function from the dtype to its neutral element.
_MONOIDS: dict[str, tuple[Function, Function, Function]] = {
    "stablehlo.add": (lax.reduce_sum, lax.add, lambda dtype: 0),
    "stablehlo.and": (lax.reduce_and, lax.bitwise_and, lambda dtype: _ends(dtype)[2]),
    "stablehlo.maximum": (lax.reduce_max, lax.max, lambda dtype: _ends(dtype)[0]),
    "stablehlo.minimum": (lax.reduce_min, lax.min, lambda dtype: _ends(dtype)[1]),
    "stablehlo.multiply": (lax.reduce_prod, lax.mul, lambda dtype: 1),
    "stablehlo.or": (lax.reduce_or, lax.bitwise_or, lambda dtype: 0),
    "stablehlo.xor": (lax.reduce_xor, lax.bitwise_xor, lambda dtype: 0),
}
_OF_BOOLEANS = {
    "stablehlo.add": "stablehlo.or",
    "stablehlo.maximum": "stablehlo.or",
    "stablehlo.minimum": "stablehlo.and",
    "stablehlo.multiply": "stablehlo.and",
}


def _ends(dtype: Any) -> tuple[Any, Any, Any]:
    """The least and greatest value of `dtype`, and its value with all bits set."""
    if dtype == np.bool_:
        return False, True, True
    if jnp.issubdtype(dtype, np.integer):
        info = jnp.iinfo(dtype)
        return info.min, info.max, np.array(0, dtype) ^ np.array(-1).astype(dtype)
    return -np.inf, np.inf, None


def _monoid(op: Op, dtype: Any) -> tuple[Function, Function, Function] | None:
    name = single_operation(op.operation.regions[0].blocks[0])
    if dtype == np.bool_ and name is not None:
        name = _OF_BOOLEANS.get(name, name)
    return _MONOIDS.get(name) if name else None


@reads("stablehlo.reduce")
def _reduce(op: Op, *operands: jax.Array) -> Any:
    count = len(operands) // 2
    arrays, initial = operands[:count], operands[count:]
    dims = op.attribute("dimensions")
    monoid = _monoid(op, arrays[0].dtype) if count == 1 else None
    if monoid is None:
        function = op.region(0)
        return lax.reduce(
            arrays, initial, lambda acc, new: tuple(function(*acc, *new)), dims
        )
    reduce, combine, neutral = monoid
    result = reduce(arrays[0], dims)
    return _start_from(initial[0], result, combine, neutral)


def _start_from(
    initial: Any, result: jax.Array, combine: Function, neutral: Function
) -> Any:
    """Makes a reduction start from `initial`.

    Args:
      initial: The initial value, a scalar.
      result: The result of the reduction that started from the neutral element.
      combine: Combines two arrays.
      neutral: From a dtype to the neutral element of `combine`.
    """
    if scalar_of(initial) == neutral(result.dtype):
        return result
    return combine(result, lax.broadcast(initial, result.shape))


@reads("stablehlo.reduce_window")
def _reduce_window(op: Op, *operands: jax.Array) -> Any:
    count = len(operands) // 2
    arrays, initial = operands[:count], operands[count:]
    monoid = _monoid(op, arrays[0].dtype) if count == 1 else None
    rank = arrays[0].ndim
    ones = (1,) * rank
    padding = op.attribute("padding")
    window = (
        op.attribute("window_dimensions"),
        op.attribute("window_strides", ones),
        ((0, 0),) * rank if padding is None else tuple(map(tuple, padding.tolist())),
        op.attribute("base_dilations", ones),
        op.attribute("window_dilations", ones),
    )
    if monoid is not None:
        _, combine, neutral = monoid
        dtype = arrays[0].dtype
        nothing = np.array(neutral(dtype), dtype)
        result = lax.reduce_window(arrays[0], nothing, combine, *window)
        return _start_from(initial[0], result, combine, neutral)
    function = op.region(0)
    return lax.reduce_window(
        arrays, initial, lambda acc, new: tuple(function(*acc, *new)), *window
    )
