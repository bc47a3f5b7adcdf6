# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Gathers, scatters and sorts."""

from collections.abc import Callable
from typing import Any

import jax
import numpy as np
from jax import lax

from invhlo._backend.op import Op, UnreadableError, reads
from invhlo._backend.ops.reduction import single_operation
from invhlo._jaxcompat import stablehlo, top_k


@reads("stablehlo.gather")
def _gather(op: Op, operand: jax.Array, indices: Any) -> Any:
    dims = stablehlo.GatherDimensionNumbers(op.attribute("dimension_numbers"))
    indices = _with_last_vector(indices, dims.index_vector_dim)
    sizes = op.attribute("slice_sizes")
    limits = [operand.shape[dim] - sizes[dim] for dim in tuple(dims.start_index_map)]
    in_bounds = isinstance(indices, np.ndarray) and bool(
        np.all((indices >= 0) & (indices <= np.array(limits)))
    )
    return lax.gather(
        operand,
        indices,
        lax.GatherDimensionNumbers(
            offset_dims=tuple(dims.offset_dims),
            collapsed_slice_dims=tuple(dims.collapsed_slice_dims),
            start_index_map=tuple(dims.start_index_map),
            operand_batching_dims=tuple(dims.operand_batching_dims),
            start_indices_batching_dims=tuple(dims.start_indices_batching_dims),
        ),
        sizes,
        indices_are_sorted=bool(op.attribute("indices_are_sorted")),
        # StableHLO clamps indices; the mode tells JAX, also for the derivative.
        mode="promise_in_bounds" if in_bounds else "clip",
    )


_SCATTERS: dict[str | None, Callable[..., Any]] = {
    None: lax.scatter,
    "stablehlo.add": lax.scatter_add,
    "stablehlo.maximum": lax.scatter_max,
    "stablehlo.minimum": lax.scatter_min,
    "stablehlo.multiply": lax.scatter_mul,
    "stablehlo.subtract": lax.scatter_sub,
}


@reads("stablehlo.scatter")
def _scatter(op: Op, *operands: jax.Array) -> Any:
    if len(operands) != 3:
        raise UnreadableError
    operand, indices, updates = operands
    block = op.operation.regions[0].blocks[0]
    is_update = len(block.operations) == 1 and (
        block.operations[0].operands[0] == block.arguments[1]
    )
    name = None if is_update else single_operation(block)
    scatter = _SCATTERS.get(name) if name or is_update else None
    if scatter is None or operand.dtype == np.bool_ and name:
        raise UnreadableError
    dims = stablehlo.ScatterDimensionNumbers(op.attribute("scatter_dimension_numbers"))
    return scatter(
        operand,
        _with_last_vector(indices, dims.index_vector_dim),
        updates,
        lax.ScatterDimensionNumbers(
            update_window_dims=tuple(dims.update_window_dims),
            inserted_window_dims=tuple(dims.inserted_window_dims),
            scatter_dims_to_operand_dims=tuple(dims.scattered_dims_to_operand_dims),
            operand_batching_dims=tuple(dims.input_batching_dims),
            scatter_indices_batching_dims=tuple(dims.scatter_indices_batching_dims),
        ),
        indices_are_sorted=bool(op.attribute("indices_are_sorted")),
        unique_indices=bool(op.attribute("unique_indices")),
        mode="drop",
    )


def _with_last_vector(indices: Any, dim: int) -> Any:
    """`indices` with the index vector dimension `dim` moved last, as JAX expects it."""
    rank = indices.ndim
    if dim == rank - 1:
        return indices
    if dim == rank:
        return indices[..., None]
    return lax.transpose(indices, [d for d in range(rank) if d != dim] + [dim])


@reads("chlo.top_k")
def _top_k(op: Op, operand: jax.Array) -> Any:
    return top_k(operand, op.attribute("k"), op.attribute("is_stable", True))


@reads("stablehlo.sort")
def _sort(op: Op, *operands: jax.Array) -> Any:
    """Reads sorts whose comparator compares elements of the first operand only."""
    block = op.operation.regions[0].blocks[0]
    compare = block.operations[0]
    if (
        single_operation(block) != "stablehlo.compare"
        or list(compare.operands) != list(block.arguments)[:2]
        or stablehlo.ComparisonDirectionAttr(
            compare.attributes["comparison_direction"]
        ).value
        != "LT"
        or jax.numpy.issubdtype(operands[0].dtype, np.inexact)
    ):
        raise UnreadableError
    return lax.sort(
        operands,
        dimension=op.attribute("dimension") % operands[0].ndim,
        is_stable=bool(op.attribute("is_stable")),
    )
