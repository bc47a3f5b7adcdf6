# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Operations of jax.lax, close to one StableHLO op each."""

import inspect

import jax.numpy as jnp
from jax import lax

from ._program import program

_UNARY = [
    "acos",
    "acosh",
    "asinh",
    "atan",
    "bessel_i1e",
    "cbrt",
    "ceil",
    "cos",
    "cosh",
    "digamma",
    "erf",
    "erf_inv",
    "erfc",
    "exp",
    "expm1",
    "floor",
    "is_finite",
    "lgamma",
    "log",
    "log1p",
    "logistic",
    "neg",
    "round",
    "rsqrt",
    "sign",
    "sin",
    "sinh",
    "sqrt",
    "square",
    "tan",
    "tanh",
]
_BINARY = [
    "atan2",
    "igamma",
    "max",
    "min",
    "nextafter",
    "polygamma",
    "pow",
    "rem",
    "zeta",
]
_BITS = [
    "bitwise_and",
    "bitwise_or",
    "bitwise_xor",
    "shift_left",
    "shift_right_logical",
]


def _top_2(x):
    return lax.top_k(x, 2)


def _top_2_of_equals(x):
    """Any of equal elements, where JAX may choose."""
    may_choose = "is_stable" in inspect.signature(lax.top_k).parameters
    return lax.top_k(x, 2, **({"is_stable": False} if may_choose else {}))


def _dot_general(x, y):
    return lax.dot_general(
        x, y, (([2], [1]), ([0], [0])), preferred_element_type=jnp.float32
    )


def _ragged_dot(x, y, sizes):
    return lax.ragged_dot(x, y, sizes)


def _rng_bits(key):
    return lax.rng_bit_generator(key, (3,), dtype=jnp.uint32)


def _reduce_window(x):
    return lax.reduce_window(
        x, 0.0, lax.add, (1, 2), (1, 2), ((0, 0), (1, 0)), (1, 1), (1, 2)
    )


def _sort_pairs(keys, values):
    return lax.sort((keys, values), dimension=1, is_stable=True, num_keys=1)


def _gather(x, i):
    dims = lax.GatherDimensionNumbers(
        offset_dims=(1,), collapsed_slice_dims=(0,), start_index_map=(0, 1)
    )
    return lax.gather(x, i, dims, (1, 2), mode="clip")


def _scatter_add(x, i, u):
    dims = lax.ScatterDimensionNumbers(
        update_window_dims=(1,),
        inserted_window_dims=(0,),
        scatter_dims_to_operand_dims=(0,),
    )
    return lax.scatter_add(x, i, u, dims, indices_are_sorted=True, unique_indices=True)


PROGRAMS = [
    *(program(f"lax-{n}", getattr(lax, n), "f32[2,3]") for n in _UNARY),
    *(program(f"lax-{n}", getattr(lax, n), "f32[3]", "f32[3]") for n in _BINARY),
    *(program(f"lax-{n}", getattr(lax, n), "u32[3]", "u32[3]") for n in _BITS),
    program("lax-argmax", lambda x: lax.argmax(x, 1, jnp.int32), "f32[2,3]"),
    program("lax-bitcast", lambda x: lax.bitcast_convert_type(x, jnp.uint8), "f32[3]"),
    program("lax-broadcast", lambda x: lax.broadcast(x, (2,)), "f32[3]"),
    program(
        "lax-broadcast_in_dim",
        lambda x: lax.broadcast_in_dim(x, (2, 3), (0,)),
        "f32[2]",
    ),
    program("lax-clamp", lax.clamp, "f32[]", "f32[3]", "f32[]"),
    program("lax-clz", lax.clz, "i32[3]"),
    program("lax-collapse", lambda x: lax.collapse(x, 0, 2), "f32[2,3,4]"),
    program("lax-complex", lax.complex, "f32[3]", "f32[3]"),
    program(
        "lax-concatenate",
        lambda x, y: lax.concatenate([x, y], 1),
        "f32[2,3]",
        "f32[2,1]",
    ),
    program("lax-conj", lax.conj, "c64[3]"),
    program("lax-convert", lambda x: lax.convert_element_type(x, jnp.int8), "f32[3]"),
    program("lax-cumlogsumexp", lax.cumlogsumexp, "f32[4]"),
    program("lax-cummax", lambda x: lax.cummax(x, reverse=True), "f32[4]"),
    program("lax-cumsum-reverse", lambda x: lax.cumsum(x, 1, reverse=True), "f32[2,3]"),
    program("lax-dot_general", _dot_general, "bf16[4,2,3]", "bf16[4,3,5]"),
    program(
        "lax-dot-algorithm",
        lambda x, y: lax.dot(x, y, precision="BF16_BF16_F32"),
        "f32[2,3]",
        "f32[3,4]",
    ),
    program("lax-dynamic_index_in_dim", lax.dynamic_index_in_dim, "f32[5,2]", "i32[]"),
    program(
        "lax-dynamic_slice",
        lambda x, i: lax.dynamic_slice(x, (i, 0), (2, 3)),
        "f32[4,3]",
        "i32[]",
    ),
    program(
        "lax-dynamic_update_slice",
        lax.dynamic_update_slice,
        "f32[4,3]",
        "f32[1,3]",
        ("i32[]", "i32[]"),
    ),
    program(
        "lax-compare",
        lambda x, y: (lax.eq(x, y), lax.lt(x, y), lax.ge(x, y)),
        "f32[3]",
        "f32[3]",
    ),
    program("lax-gather", _gather, "f32[5,4]", "i32[3,2]"),
    program(
        "lax-integer_pow",
        lambda x: (lax.integer_pow(x, 3), lax.integer_pow(x, -2)),
        "f32[3]",
    ),
    program(
        "lax-iota",
        lambda: (lax.iota(jnp.float32, 3), lax.broadcasted_iota(jnp.int8, (2, 3), 1)),
    ),
    program("lax-mulhi", lax.mulhi, "i32[3]", "i32[3]"),
    program(
        "lax-optimization_barrier",
        lambda x, y: lax.optimization_barrier((x, y)),
        "f32[3]",
        "i32[]",
    ),
    program(
        "lax-pad",
        lambda x, v: lax.pad(x, v, [(1, -1, 2), (0, 0, 1)]),
        "f32[3,2]",
        "f32[]",
    ),
    program("lax-population_count", lax.population_count, "u8[3]"),
    program("lax-random_gamma_grad", lax.random_gamma_grad, "f32[3]", "f32[3]"),
    program("lax-ragged_dot", _ragged_dot, "f32[11,5]", "f32[3,5,7]", "i32[3]"),
    program("lax-real-imag", lambda z: (lax.real(z), lax.imag(z)), "c64[3]"),
    program(
        "lax-reduce", lambda x: lax.reduce(x, jnp.float32(0), lax.max, (0,)), "f32[2,3]"
    ),
    program(
        "lax-reduce-custom",
        lambda x: lax.reduce(x, jnp.float32(1), lambda a, b: a * b + a, (0,)),
        "f32[2,3]",
    ),
    program(
        "lax-reduce-pair",
        lambda x, i: lax.reduce(
            (x, i),
            (jnp.float32(0), jnp.int32(0)),
            lambda a, b: (a[0] + b[0], a[1] | b[1]),
            (0,),
        ),
        "f32[4]",
        "i32[4]",
    ),
    program("lax-reduce_and", lambda p: lax.reduce_and(p, (0,)), "bool[3]"),
    program("lax-reduce_precision", lambda x: lax.reduce_precision(x, 5, 10), "f32[3]"),
    program("lax-reduce_window", _reduce_window, "f32[3,8]"),
    program("lax-reduce_xor", lambda x: lax.reduce_xor(x, (0,)), "i32[3]"),
    program("lax-reshape-dims", lambda x: lax.reshape(x, (6,), (1, 0)), "f32[2,3]"),
    program("lax-rev", lambda x: lax.rev(x, (0, 1)), "f32[2,3]"),
    program("lax-rng_bit_generator", _rng_bits, "u32[4]"),
    program(
        "lax-rng_uniform", lambda a, b: lax.rng_uniform(a, b, (3,)), "f32[]", "f32[]"
    ),
    program("lax-scatter_add", _scatter_add, "f32[5,3]", "i32[2,1]", "f32[2,3]"),
    program("lax-select_n", lax.select_n, "i32[3]", "f32[3]", "f32[3]", "f32[3]"),
    program(
        "lax-shift_right_arithmetic", lax.shift_right_arithmetic, "i32[3]", "i32[3]"
    ),
    program("lax-slice", lambda x: lax.slice(x, (1, 0), (4, 2), (2, 1)), "f32[5,2]"),
    program("lax-sort-pairs", _sort_pairs, "i32[2,4]", "f32[2,4]"),
    program("lax-split", lambda x: lax.split(x, (1, 3)), "f32[4,2]"),
    program("lax-tile", lambda x: lax.tile(x, (2, 1)), "f32[2,3]"),
    program("lax-top_k", _top_2, "f32[2,5]"),
    program("lax-top_k-of_equals", _top_2_of_equals, "f32[2,5]"),
    program("lax-transpose", lambda x: lax.transpose(x, (2, 0, 1)), "f32[2,3,4]"),
]
