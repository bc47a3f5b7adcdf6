# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Linear maps whose matrix the op itself defines, one op a function."""

import functools

import jax
import jax.numpy as jnp
import jax.scipy.linalg
from jaxlib.mlir import ir
from jaxlib.mlir.dialects import stablehlo

from rules import op_of
from rules_moves import RuleTable

lax = jax.lax
LINEAR = RuleTable()


@LINEAR.of("reduce_window")
def running_sum(r):
    return lambda x: jnp.cumsum(jnp.exp(x), axis=1), r.normal(2, 5)


@LINEAR.of("reduce_window")
def running_sum_from_the_end(r):
    return lambda x: lax.cumsum(x, axis=0, reverse=True), r.normal(4, 2)


@LINEAR.of("reduce_window")
def running_product(r):
    return lambda x: jnp.cumprod(x), r.uniform(1, 2, 5)


@LINEAR.of("convolution")
def pointwise_convolution(r):
    kernel = r.matrix(3, 3).reshape(3, 3, 1, 1)

    def fun(x):
        return lax.conv(jnp.exp(x), kernel, (1, 1), "VALID")

    return fun, r.normal(2, 3, 4, 2)


@LINEAR.of("convolution")
def pointwise_convolution_with_features_last(r):
    kernel = r.matrix(2, 2).reshape(1, 2, 2)

    def fun(x):
        numbers = ("NHC", "HIO", "NHC")
        return lax.conv_general_dilated(
            x, kernel, (1,), "VALID", dimension_numbers=numbers
        )

    return fun, r.normal(1, 5, 2)


def lapack_solve(r, **options):
    matrix = r.matrix(4, 4)

    def fun(b):
        return jax.scipy.linalg.solve_triangular(matrix, jnp.exp(b), **options)

    return fun, r.normal(4, 3)


@LINEAR.of("custom_call")
def lower_solve(r):
    return lapack_solve(r, lower=True)


@LINEAR.of("custom_call")
def upper_solve(r):
    return lapack_solve(r, lower=False)


@LINEAR.of("custom_call")
def transposed_unit_solve(r):
    return lapack_solve(r, lower=True, trans=1, unit_diagonal=True)


def make_triangular_solve(left, lower, transpose):
    """The op, which JAX emits on accelerators only, with its derivative in b."""

    def triangular_solve(a, b):
        return stablehlo.triangular_solve(
            a,
            b,
            left_side=ir.BoolAttr.get(left),
            lower=ir.BoolAttr.get(lower),
            unit_diagonal=ir.BoolAttr.get(False),
            transpose_a=stablehlo.TransposeAttr.get(transpose),
        )

    solve = jax.custom_jvp(jax.jit(op_of(triangular_solve, lambda a, b: b)))

    @functools.partial(solve.defjvp)
    def derivative(primals, tangents):
        (a, b), (_, change) = primals, tangents
        options = {
            "left_side": left,
            "lower": lower,
            "transpose_a": transpose == "TRANSPOSE",
        }
        return solve(a, b), lax.linalg.triangular_solve(a, change, **options)

    return solve


@LINEAR.of("triangular_solve")
def lower_solve_from_the_left(r):
    solve, matrix = make_triangular_solve(True, True, "NO_TRANSPOSE"), r.matrix(3, 3)
    return lambda b: solve(matrix, b), r.normal(3, 2)


@LINEAR.of("triangular_solve")
def transposed_upper_solve_from_the_right(r):
    solve, matrix = make_triangular_solve(False, False, "TRANSPOSE"), r.matrix(3, 3)
    return lambda b: solve(matrix, b), r.normal(2, 3)


def in_parts(fun):
    """A function of complex values, of their two parts."""

    def of_parts(re, im):
        z = fun(lax.complex(re, im))
        return z.real, z.imag

    return of_parts


@LINEAR.of("fft")
def fourier_transform(r):
    fun = in_parts(lambda z: jnp.fft.fft(jnp.exp(z)))
    return fun, (r.normal(2, 4), r.normal(2, 4)), (0, 1)


@LINEAR.of("fft")
def inverse_fourier_transform_of_two_dimensions(r):
    fun = in_parts(lambda z: jnp.fft.ifft2(z * (1 + 2j)))
    return fun, (r.normal(3, 2), r.normal(3, 2)), (0, 1)
