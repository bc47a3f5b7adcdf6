# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Operations that make arrays or move their elements."""

from typing import Any

import jax
import numpy as np
from jax import lax

from invhlo._backend.literals import elements_of
from invhlo._backend.op import Op, reads


@reads("stablehlo.constant", "chlo.constant")
def _constant(op: Op) -> Any:
    elements = elements_of(op.operation)
    if elements.ndim and elements.size and not any(elements.strides):
        return lax.full(elements.shape, elements.flat[0], elements.dtype)
    return elements


@reads("chlo.constant_like")
def _constant_like(op: Op, operand: jax.Array) -> Any:
    value = op.attribute("value").value
    return lax.full(operand.shape, value, operand.dtype)


@reads("stablehlo.iota")
def _iota(op: Op) -> Any:
    aval = op.aval()
    return lax.broadcasted_iota(aval.dtype, aval.shape, op.attribute("iota_dimension"))


@reads("stablehlo.broadcast_in_dim")
def _broadcast_in_dim(op: Op, operand: jax.Array) -> Any:
    shape = op.shape()
    if shape == operand.shape == ():
        return operand  # keeps a literal a literal
    return lax.broadcast_in_dim(operand, shape, op.attribute("broadcast_dimensions"))


@reads("stablehlo.broadcast")
def _broadcast(op: Op, operand: jax.Array) -> Any:
    return lax.broadcast(operand, op.attribute("broadcast_sizes"))


@reads("stablehlo.reshape")
def _reshape(op: Op, operand: jax.Array) -> Any:
    return lax.reshape(operand, op.shape())


@reads("stablehlo.transpose")
def _transpose(op: Op, operand: jax.Array) -> Any:
    return lax.transpose(operand, op.attribute("permutation"))


@reads("stablehlo.reverse")
def _reverse(op: Op, operand: jax.Array) -> Any:
    return lax.rev(operand, op.attribute("dimensions"))


@reads("stablehlo.concatenate")
def _concatenate(op: Op, *operands: jax.Array) -> Any:
    return lax.concatenate(operands, op.attribute("dimension"))


@reads("stablehlo.slice")
def _slice(op: Op, operand: jax.Array) -> Any:
    strides = op.attribute("strides")
    return lax.slice(
        operand,
        op.attribute("start_indices"),
        op.attribute("limit_indices"),
        None if all(stride == 1 for stride in strides) else strides,
    )


@reads("stablehlo.pad")
def _pad(op: Op, operand: jax.Array, value: jax.Array) -> Any:
    edges = zip(
        op.attribute("edge_padding_low"),
        op.attribute("edge_padding_high"),
        op.attribute("interior_padding"),
        strict=True,
    )
    return lax.pad(operand, value, tuple(edges))


# Negative starts are clamped in StableHLO; lax counts them from the end.


@reads("stablehlo.dynamic_slice")
def _dynamic_slice(op: Op, operand: jax.Array, *starts: jax.Array) -> Any:
    sizes = op.attribute("slice_sizes")
    return lax.dynamic_slice(operand, starts, sizes, allow_negative_indices=False)


@reads("stablehlo.dynamic_update_slice")
def _dynamic_update_slice(
    op: Op, operand: jax.Array, update: jax.Array, *starts: jax.Array
) -> Any:
    return lax.dynamic_update_slice(
        operand, update, starts, allow_negative_indices=False
    )


@reads("stablehlo.optimization_barrier")
def _optimization_barrier(op: Op, *operands: jax.Array) -> Any:
    return lax.optimization_barrier(operands)


@reads("stablehlo.tuple")
def _tuple(op: Op, *operands: Any) -> Any:
    return [operands]


@reads("stablehlo.get_tuple_element")
def _get_tuple_element(op: Op, operand: Any) -> Any:
    return [operand[op.attribute("index")]]


def scalar_of(value: Any) -> Any:
    """The number that the scalar literal `value` holds; None if it is no literal."""
    return value[()] if isinstance(value, np.ndarray) and value.ndim == 0 else None
