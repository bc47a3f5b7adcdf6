# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Matrix products, convolutions, linear solves, factorizations, transforms."""

from typing import Any

import jax
import jax.numpy as jnp
from jax import lax

from invhlo._backend.op import Op, UnreadableError, reads
from invhlo._jaxcompat import dtype_of, stablehlo


def _precision(op: Op) -> Any:
    return op.attribute("precision_config", convert=_precisions_of)


def _precisions_of(attr: Any) -> Any:
    pair = tuple(stablehlo.PrecisionAttr(precision).value for precision in attr)
    if all(precision == "DEFAULT" for precision in pair):
        return None
    return tuple(lax.Precision[precision] for precision in pair)


def _dot_dimensions(attr: Any) -> Any:
    dims = stablehlo.DotDimensionNumbers(attr)
    contracting = dims.lhs_contracting_dimensions, dims.rhs_contracting_dimensions
    batch = dims.lhs_batching_dimensions, dims.rhs_batching_dimensions
    return tuple(map(tuple, contracting)), tuple(map(tuple, batch))


@reads("stablehlo.dot_general")
def _dot_general(op: Op, left: jax.Array, right: jax.Array) -> Any:
    return lax.dot_general(
        left,
        right,
        op.attribute("dot_dimension_numbers", convert=_dot_dimensions),
        precision=_algorithm(op) or _precision(op),
        preferred_element_type=op.aval().dtype,
    )


def _algorithm(op: Op) -> Any:
    attr = op.attribute("algorithm")
    if attr is None:
        return None
    algorithm = stablehlo.DotAlgorithm(attr)
    return lax.DotAlgorithm(
        dtype_of(algorithm.lhs_precision_type),
        dtype_of(algorithm.rhs_precision_type),
        dtype_of(algorithm.accumulation_type),
        algorithm.lhs_component_count,
        algorithm.rhs_component_count,
        algorithm.num_primitive_operations,
        algorithm.allow_imprecise_accumulation,
    )


@reads("stablehlo.dot")
def _dot(op: Op, left: jax.Array, right: jax.Array) -> Any:
    return lax.dot_general(
        left,
        right,
        (((left.ndim - 1,), (0,)), ((), ())),
        precision=_precision(op),
        preferred_element_type=op.aval().dtype,
    )


@reads("stablehlo.convolution")
def _convolution(op: Op, left: jax.Array, right: jax.Array) -> Any:
    numbers = stablehlo.ConvDimensionNumbers(op.attribute("dimension_numbers"))
    kernel_dims = tuple(numbers.kernel_spatial_dimensions)
    rank = len(kernel_dims)
    ones = (1,) * rank
    reversal = op.attribute("window_reversal", (False,) * rank)
    if any(reversal):
        reverse = [d for d, r in zip(kernel_dims, reversal, strict=True) if r]
        right = lax.rev(right, reverse)
    padding = op.attribute("padding")
    return lax.conv_general_dilated(
        left,
        right,
        op.attribute("window_strides", ones),
        [(0, 0)] * rank if padding is None else [tuple(p) for p in padding.tolist()],
        lhs_dilation=op.attribute("lhs_dilation", ones),
        rhs_dilation=op.attribute("rhs_dilation", ones),
        dimension_numbers=lax.ConvDimensionNumbers(
            (
                numbers.input_batch_dimension,
                numbers.input_feature_dimension,
                *numbers.input_spatial_dimensions,
            ),
            (
                numbers.kernel_output_feature_dimension,
                numbers.kernel_input_feature_dimension,
                *kernel_dims,
            ),
            (
                numbers.output_batch_dimension,
                numbers.output_feature_dimension,
                *numbers.output_spatial_dimensions,
            ),
        ),
        feature_group_count=op.attribute("feature_group_count", 1),
        batch_group_count=op.attribute("batch_group_count", 1),
        precision=_precision(op),
        preferred_element_type=op.aval().dtype,
    )


@reads("stablehlo.fft")
def _fft(op: Op, operand: jax.Array) -> Any:
    kind = stablehlo.FftTypeAttr(op.attribute("fft_type")).value
    return lax.fft(operand, kind, op.attribute("fft_length"))


@reads("stablehlo.cholesky")
def _cholesky(op: Op, operand: jax.Array) -> Any:
    if op.attribute("lower"):
        return lax.linalg.cholesky(operand, symmetrize_input=False)
    adjoint = jnp.conj(jnp.matrix_transpose(operand))
    factor = lax.linalg.cholesky(adjoint, symmetrize_input=False)
    return jnp.conj(jnp.matrix_transpose(factor))


@reads("stablehlo.triangular_solve")
def _triangular_solve(op: Op, matrix: jax.Array, rhs: jax.Array) -> Any:
    transpose = stablehlo.TransposeAttr(op.attribute("transpose_a")).value
    return lax.linalg.triangular_solve(
        matrix,
        rhs,
        left_side=op.attribute("left_side"),
        lower=op.attribute("lower"),
        transpose_a=transpose != "NO_TRANSPOSE",
        conjugate_a=transpose == "ADJOINT",
        unit_diagonal=op.attribute("unit_diagonal"),
    )


@reads("stablehlo.rng_bit_generator")
def _rng_bit_generator(op: Op, state: jax.Array) -> Any:
    algorithm = stablehlo.RngAlgorithmAttr(op.attribute("rng_algorithm")).value
    aval = op.aval(1)
    try:
        return lax.rng_bit_generator(
            state,
            aval.shape,
            aval.dtype,
            algorithm=lax.RandomAlgorithm[f"RNG_{algorithm}"],
        )
    except TypeError as error:
        raise UnreadableError from error
