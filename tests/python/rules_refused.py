# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The ops whose rule is to refuse, with the reason."""

import jax
import jax.numpy as jnp
import numpy as np
from jaxlib.mlir import ir
from jaxlib.mlir.dialects import chlo

from rules import op_of
from rules_moves import on_line

lax = jax.lax

X = np.array([0.5, 1.5, 2.5], np.float32)
I = np.array([1, 2, 3], np.int32)  # noqa: E741
U = np.array([1, 2, 3], np.uint32)
MANY_TO_ONE = "it maps many values to one"
THE_SMALLER = "it loses the operand that is not taken"
NO_BRANCH = "it is not injective, and no branch has a closed inverse"
COMBINED = "it combines what several devices hold"
SHARED = "each device gets what others hold too"
LOWEST = "it loses bits 0 to 1 of its operand"


def predicate(aval):
    return aval.update(dtype=np.dtype(bool))


def broadcast_to_all(value):
    groups = ir.DenseIntElementsAttr.get(np.arange(8).reshape(1, 8))
    return ir.Operation.create(
        "stablehlo.collective_broadcast",
        results=[value.type],
        operands=[value],
        attributes={"replica_groups": groups},
    ).result


# The op, the function, its unknown and the reason.
REFUSED_RULES = [
    ("remainder", lambda x: lax.rem(x, np.float32(2)), X, "it loses the quotient"),
    ("maximum", lambda x: lax.max(x, np.float32(2)), X, THE_SMALLER),
    ("minimum", lambda x: lax.min(x, np.float32(2)), X, THE_SMALLER),
    ("clamp", lambda x: lax.clamp(np.float32(1), x, np.float32(2)), X, THE_SMALLER),
    ("ceil", lax.ceil, X, MANY_TO_ONE),
    ("floor", lax.floor, X, MANY_TO_ONE),
    ("round_nearest_afz", lax.round, X, MANY_TO_ONE),
    ("round_nearest_even", jnp.rint, X, MANY_TO_ONE),
    ("sign", lax.sign, X, MANY_TO_ONE),
    ("is_finite", lax.is_finite, X, MANY_TO_ONE),
    ("compare", lambda x: x < 1, X, MANY_TO_ONE),
    ("is_inf", op_of(chlo.is_inf, predicate), X, MANY_TO_ONE),
    ("is_pos_inf", op_of(chlo.is_pos_inf, predicate), X, MANY_TO_ONE),
    ("is_neg_inf", op_of(chlo.is_neg_inf, predicate), X, MANY_TO_ONE),
    ("mulhi", lambda x: lax.mulhi(x, np.int32(5)), I, MANY_TO_ONE),
    ("next_after", lambda x: lax.nextafter(x, np.float32(9)), X, MANY_TO_ONE),
    ("and", lambda x: x & 5, I, "it loses bits 1, 3 to 31 of its operand"),
    ("or", lambda x: x | 5, I, "it loses bits 0, 2 of its operand"),
    ("shift_left", lambda x: x << 2, U, "it loses bits 30 to 31 of"),
    ("shift_right_logical", lambda x: x >> 2, U, LOWEST),
    ("shift_right_arithmetic", lambda x: x >> 2, I, LOWEST),
    ("popcnt", lax.population_count, I, MANY_TO_ONE),
    ("count_leading_zeros", lax.clz, I, MANY_TO_ONE),
    (
        "dynamic_slice",
        lambda x: lax.dynamic_slice(x, (jnp.argmin(x),), (2,)),
        X,
        "its start is not a constant",
    ),
    ("all_reduce", on_line(lambda x: lax.psum(x, "i")), np.ones(8), COMBINED),
    (
        "reduce_scatter",
        on_line(lambda x: lax.psum_scatter(x, "i", tiled=True)),
        np.ones(64),
        COMBINED,
    ),
    ("all_gather", on_line(lambda x: lax.all_gather(x, "i")), np.ones(8), SHARED),
    ("collective_broadcast", on_line(op_of(broadcast_to_all)), np.ones(8), SHARED),
    ("lgamma", op_of(chlo.lgamma), X, NO_BRANCH),
    ("digamma", lax.digamma, X, NO_BRANCH),
    ("polygamma", lambda x: lax.polygamma(np.float32(1), x), X, NO_BRANCH),
    ("zeta", lambda x: lax.zeta(x, np.float32(3)), X, NO_BRANCH),
    ("bessel_i1e", lax.bessel_i1e, X, NO_BRANCH),
]
