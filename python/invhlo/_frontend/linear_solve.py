# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Lowers `jax.lax.custom_linear_solve`, which carries the linear map that it solves."""

from collections.abc import Sequence
from typing import Any

import jax

from invhlo._jaxcompat import ClosedJaxpr, Context, LinearSolve, ir, jaxpr_as_fun
from invhlo._rules.annotation import Annotation, UnaryRule, lower_annotated_call
from invhlo._rules.dense import dense_ildj
from invhlo._util.avals import stand_in


def lower_linear_solve(
    context: Context, *operands: ir.Value, **params: Any
) -> Sequence[ir.Value]:
    """Lowers a linear solve as an annotated call, whose inverse is the linear map."""
    linear = LinearSolve.of(**params)

    def solve(*arrays: jax.Array) -> list[jax.Array]:
        constants = [arrays[i] for i in linear.solve_operands]
        found: list[jax.Array] = jaxpr_as_fun(linear.solve)(
            *constants, *arrays[linear.first :]
        )
        return found

    avals: Sequence[Any] = context.avals_in
    body: ClosedJaxpr = jax.make_jaxpr(solve)(*map(stand_in, avals))
    rule = UnaryRule(
        operands=tuple(linear.map_operands),
        finds=tuple(range(linear.first, len(operands))),
        inverse=linear.map,
        ildj=None,
        dense_ildj=lambda: dense_ildj(linear.map, len(linear.map_operands)),
    )
    annotation = Annotation("solve", (rule,))
    return lower_annotated_call(context, *operands, body=body, annotation=annotation)
