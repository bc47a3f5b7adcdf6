# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Walks the operations of a module."""

from typing import Any

from invhlo._jaxcompat import ir


def operations_in(root: Any) -> list[ir.Operation]:
    """`root`, a module or an operation, and all operations in its regions, as a list.

    The list stays as it is when the module is changed.
    """
    found: list[ir.Operation] = []

    def visit(op: ir.Operation) -> ir.WalkResult:
        found.append(op)
        return ir.WalkResult.ADVANCE

    root.operation.walk(visit)
    return found
