# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Loops, branches and calls."""

from typing import Any

import jax
import jax.numpy as jnp
from jax import lax

from invhlo._backend.host import host_call
from invhlo._backend.literals import elements_of
from invhlo._backend.op import Op, UnreadableError, reads
from invhlo._backend.ops.movement import scalar_of
from invhlo._jaxcompat import stablehlo


@reads("stablehlo.while")
def _while(op: Op, *carry: jax.Array) -> Any:
    condition, body = op.region(0), op.region(1)
    counter, end = _counter(op)
    start = None if counter is None else scalar_of(carry[counter])
    if start is not None and end is not None:
        # A loop whose length is known can be differentiated in reverse.
        return lax.fori_loop(
            start, end, lambda _, carry: tuple(body(*carry)), tuple(carry)
        )
    return lax.while_loop(
        lambda carry: condition(*carry)[0], lambda carry: tuple(body(*carry)), carry
    )


def _counter(op: Op) -> tuple[int | None, Any]:
    """The position of a loop's counter in its carry, and the literal end of the count.

    `(None, None)` if no value counts up by one while it is less than a literal.
    """
    condition, body = (region.blocks[0] for region in op.operation.regions)
    *_, compare, returned = condition.operations
    if returned.operands[0].owner != compare.operation or not _is_less(compare):
        return None, None
    counter, end = compare.operands
    arguments = list(condition.arguments)
    if counter not in arguments or _literal(end) is None:
        return None, None
    place = arguments.index(counter)
    step = list(body.operations)[-1].operands[place].owner
    if getattr(step, "name", None) != "stablehlo.add":
        return None, None
    terms = list(step.operands)
    if body.arguments[place] not in terms:
        return None, None
    terms.remove(body.arguments[place])
    return (place, _literal(end)) if _literal(terms[0]) == 1 else (None, None)


def _is_less(compare: Any) -> bool:
    if compare.operation.name != "stablehlo.compare":
        return False
    direction = compare.operation.attributes["comparison_direction"]
    is_less: bool = stablehlo.ComparisonDirectionAttr(direction).value == "LT"
    return is_less


def _literal(value: Any) -> Any:
    """The scalar of which `value` is the constant; None if it is no scalar constant."""
    owner = value.owner
    if getattr(owner, "name", None) != "stablehlo.constant" or value.type.rank:
        return None
    return elements_of(owner)[()]


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


def _scan(op: Op, *operands: jax.Array) -> list[jax.Array]:
    """A loop over the rows of arrays, whose body is a function."""
    (symbol,) = op.operation.attributes["called_computations"]
    body = op.callee(symbol.value)
    carried, stacked = op.attribute("invhlo.carried"), op.attribute("invhlo.stacked")
    inits, rest = operands[:carried], operands[carried:]
    arrays, captured = rest[:stacked], rest[stacked:]
    if not inits and not arrays:
        # Rows that only their numbers tell: all at once.
        numbers = jnp.arange(op.attribute("invhlo.count"), dtype=jnp.int32)
        return list(jax.vmap(lambda number: body(number, *captured))(numbers))

    def step(carry: Any, rows: Any) -> Any:
        number, values = carry
        results = body(number, *values, *rows, *captured)
        return (number + 1, tuple(results[:carried])), tuple(results[carried:])

    (_, last), made = lax.scan(
        step,
        (jnp.int32(0), tuple(inits)),
        tuple(arrays),
        length=op.attribute("invhlo.count"),
        reverse=op.attribute("invhlo.reverse"),
    )
    return [*last, *made]


@reads("stablehlo.custom_call")
def _custom_call(op: Op, *operands: jax.Array) -> Any:
    if op.attribute("call_target_name") == "invhlo.scan":
        return _scan(op, *operands)
    call = host_call(op.operation, op.hosted)
    if call is None:
        raise UnreadableError
    return call(*operands)
