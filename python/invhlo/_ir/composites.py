# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Composites: how a portable artifact represents CHLO operations and named calls."""

from typing import Any

from invhlo._ir.operations import operations_in
from invhlo._jaxcompat import func, ir


def unwrap_composites(module: ir.Module) -> None:
    """Replaces each composite by the CHLO operation that it stands for, or by a call.

    Portable artifacts hold no CHLO: `chlo.sinh` becomes the composite `"chlo.sinh"`.
    There are inversion rules for the operation, not for its decomposition.
    """
    for op in operations_in(module):
        if op.name != "stablehlo.composite":
            continue
        with ir.InsertionPoint(op), op.location:
            results = _unwrapped(op)
        for old, new in zip(op.results, results, strict=True):
            old.replace_all_uses_with(new)
        op.operation.erase()


def _unwrapped(op: Any) -> Any:
    attributes = op.attributes
    name = attributes["name"].value
    types = [result.type for result in op.results]
    operands = list(op.operands)
    if not name.startswith("chlo."):
        callee = attributes["decomposition"].value
        return func.CallOp(types, callee, operands).results
    own = attributes.get("composite_attributes", {})
    named = {own[i].name: own[i].attr for i in range(len(own))}
    return ir.Operation.create(
        name, results=types, operands=operands, attributes=named
    ).results
