# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Loops, branches and calls."""

from typing import Any

import jax
import jax.numpy as jnp
from jax import lax

from invhlo._readback._op import Op, UnreadableError, reads
from invhlo._support import SUPPORT_CALLS


@reads("stablehlo.while")
def _while(op: Op, *carry: jax.Array) -> Any:
    condition, body = op.region(0), op.region(1)
    return lax.while_loop(
        lambda carry: condition(*carry)[0], lambda carry: tuple(body(*carry)), carry
    )


@reads("stablehlo.if")
def _if(op: Op, predicate: jax.Array) -> Any:
    return lax.cond(predicate, op.region(0), op.region(1))


@reads("stablehlo.case")
def _case(op: Op, index: jax.Array) -> Any:
    count = len(op.operation.regions)
    if count == 2 and _is_of_boolean(op.operation.operands[0]):
        return lax.cond(jnp.bool_(index), op.region(1), op.region(0))
    # An index out of range means the last branch; lax.switch clamps negative ones.
    index = jnp.where(index < 0, count - 1, index)
    return lax.switch(index, [op.region(i) for i in range(count)])


def _is_of_boolean(index: Any) -> bool:
    owner = index.owner
    if getattr(owner, "name", None) != "stablehlo.convert":
        return False
    return str(owner.operands[0].type) == "tensor<i1>"


@reads("func.call")
def _call(op: Op, *operands: jax.Array) -> Any:
    return op.callee(op.attribute("callee"))(*operands)


@reads("stablehlo.composite")
def _composite(op: Op, *operands: jax.Array) -> Any:
    return op.callee(op.attribute("decomposition"))(*operands)


PRIMITIVE = "invhlo.primitive"


@reads("stablehlo.custom_call")
def _custom_call(op: Op, *operands: jax.Array) -> Any:
    target = op.attribute("call_target_name")
    if target == PRIMITIVE:
        return op.hosted.bind(op.attribute("invhlo.host"), *operands)
    if target in SUPPORT_CALLS:
        return SUPPORT_CALLS[target](*operands)
    raise UnreadableError
