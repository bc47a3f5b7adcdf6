# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Operations for which JAX has no function: each is spliced into the lowering."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import jax

from invhlo._backend.op import KIND
from invhlo._backend.splice import Spliced, splice
from invhlo._ir.operations import operations_in
from invhlo._jaxcompat import func, ir, shaped_array_of
from invhlo._jaxprs.hosted import Hosted


def bind_opaque(
    operation: Any,
    module: ir.Module,
    hosted: Hosted,
    operands: Sequence[Any],
    captured: Mapping[ir.Value, Any],
) -> list[jax.Array]:
    """Applies an operation of `module` as a primitive that is lowered to it.

    Args:
      operation: The operation.
      module: The module that it is in, with the functions that it refers to.
      hosted: The primitives that the module refers to by number.
      operands: The operands, JAX arrays.
      captured: The values from outside that its regions use, and their arrays.
    """
    name = operation.name
    if "call_target_name" in operation.attributes:
        name += f" @{operation.attributes['call_target_name'].value}"
    program = Spliced(
        _alone(operation, module, list(captured)),
        tuple(shaped_array_of(result.type) for result in operation.results),
        hosted,
    )
    return splice(name, program, *operands, *captured.values())


def _alone(operation: Any, module: ir.Module, captured: list[ir.Value]) -> str:
    """A module whose `@main` takes the operands and `captured` and does `operation`."""
    with ir.Location.unknown(module.context):
        alone = ir.Module.create()
        names = re.findall(r"@([\w.$-]+)", str(operation))
        symbols = ir.SymbolTable(module.operation)
        taken: set[str] = set()
        while names:
            name = names.pop()
            if name in symbols and name not in taken:
                taken.add(name)
                alone.body.append(symbols[name].operation.clone())
                names += re.findall(r"@([\w.$-]+)", str(symbols[name]))
        values = [*operation.operands, *captured]
        types = [value.type for value in values], [r.type for r in operation.results]
        with ir.InsertionPoint(alone.body):
            main = func.FuncOp("main", types)
        block = main.add_entry_block()
        with ir.InsertionPoint(block):
            clone = operation.clone()
            func.ReturnOp(list(clone.results))
        arguments = list(block.arguments)
        count = len(operation.operands)
        for i in range(count):
            clone.operands[i] = arguments[i]
        inside = dict(zip(captured, arguments[count:], strict=True))
        for inner in operations_in(alone):
            for i, operand in enumerate(list(inner.operands)):
                if operand in inside:
                    inner.operands[i] = inside[operand]
            if KIND in inner.attributes:
                del inner.attributes[KIND]
        text: str = alone.operation.get_asm(print_generic_op_form=True)
        return text
