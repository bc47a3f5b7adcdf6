# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Operations that JAX has no function for, kept as they are.

One is bound as a primitive of its own, whose lowering puts it where the primitive
stood. It runs, but JAX cannot differentiate or map it, and says so.
"""

import dataclasses
import functools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jax

from invhlo._hosted import Hosted
from invhlo._jaxcompat import (
    Context,
    Primitive,
    func,
    ir,
    lower_here,
    register_lowering,
    shaped_array_of,
)
from invhlo._operations import operations_in
from invhlo._readback._host import host_call

KIND = "invhlo.kind"


@dataclasses.dataclass(frozen=True)
class _Program:
    """An operation by itself.

    Attributes:
      text: A module whose `@main` applies it.
      out_avals: What it returns.
      hosted: What it refers to by number.
    """

    text: str
    out_avals: tuple[jax.core.ShapedArray, ...]
    hosted: Hosted


def bind_opaque(
    operation: Any,
    module: ir.Module,
    hosted: Hosted,
    operands: Sequence[Any],
    captured: Mapping[ir.Value, Any],
) -> list[jax.Array]:
    """Applies `operation` of `module`.

    Args:
      operation: It.
      module: Where it is from, with the functions that it refers to.
      hosted: What it refers to by number.
      operands: Its operands.
      captured: The values from outside that its regions use.
    """
    name = operation.name
    if "call_target_name" in operation.attributes:
        name += f" @{operation.attributes['call_target_name'].value}"
    program = _Program(
        _alone(operation, module, list(captured)),
        tuple(shaped_array_of(result.type) for result in operation.results),
        hosted,
    )
    results: list[jax.Array] = _primitive(name).bind(
        *operands, *captured.values(), program=program
    )
    return results


@functools.cache
def _primitive(name: str) -> Primitive:
    """The primitive for operations of that name, which JAX's messages show."""
    primitive = Primitive(name)
    primitive.multiple_results = True
    primitive.def_impl(
        lambda *operands, program: jax.jit(
            functools.partial(primitive.bind, program=program)
        )(*operands)
    )
    primitive.def_abstract_eval(lambda *operands, program: program.out_avals)
    register_lowering(primitive, _lower)
    return primitive


def _alone(operation: Any, module: ir.Module, captured: list[ir.Value]) -> str:
    """A module with `operation` alone, as a function of what it uses."""
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
        if inside:
            _replace_operands(clone, inside)
        for inner in operations_in(alone):
            if KIND in inner.attributes:
                del inner.attributes[KIND]
        text: str = alone.operation.get_asm(print_generic_op_form=True)
        return text


def _replace_operands(operation: Any, by: Mapping[ir.Value, ir.Value]) -> None:
    for region in operation.regions:
        for block in region.blocks:
            for view in block.operations:
                inner = view.operation
                for i, operand in enumerate(list(inner.operands)):
                    if operand in by:
                        inner.operands[i] = by[operand]
                _replace_operands(inner, by)


def _lower(
    context: Context, *operands: ir.Value, program: _Program
) -> Sequence[ir.Value]:
    """Puts the body of the text's `@main` here and its other symbols beside us."""
    module = ir.Module.parse(program.text, context.module_context.context)
    calls = [(op, host_call(op, program.hosted)) for op in operations_in(module)]
    main = _rename_apart(module, context.module_context.symbol_table)
    block = main.regions[0].blocks[0]
    for argument, operand in zip(block.arguments, operands, strict=True):
        argument.replace_all_uses_with(operand)
    for op in [op for op in module.body.operations if op != main]:
        op.detach_from_parent()
        context.module_context.module.body.append(op)
        context.module_context.symbol_table.insert(op)
    here = ir.InsertionPoint.current
    *body, terminator = list(block.operations)
    results = list(terminator.operands)
    for op in body:
        op.detach_from_parent()
        here.insert(op)
    for op, call in calls:
        if call:
            _replace_by(op, call, context)
    return results


def _replace_by(operation: Any, fun: Callable[..., Any], context: Context) -> None:
    """Puts what JAX makes of `fun` in the place of an operation that calls it."""

    def listed(*operands: jax.Array) -> Any:
        results = fun(*operands)
        return results if isinstance(results, list | tuple) else [results]

    with ir.InsertionPoint(operation), operation.location:
        lowered = lower_here(context, listed, list(operation.operands))
    for old, new in zip(list(operation.results), lowered, strict=True):
        old.replace_all_uses_with(new)
    operation.erase()


def _rename_apart(module: ir.Module, taken: ir.SymbolTable) -> ir.Operation:
    """Renames the symbols of `module` that are `taken`; returns its `@main`.

    What is there already, word for word, as meshes often are, is left out.
    """
    symbols = ir.SymbolTable(module.operation)
    used: set[str] = set()
    for op in list(module.body.operations):
        name = op.attributes["sym_name"].value
        if name == "main":
            continue
        is_function = isinstance(op, func.FuncOp)
        if not is_function and name in taken and str(op) == str(taken[name]):
            op.erase()
            continue
        new, count = name, 0
        while new in taken or new in used or (new != name and new in symbols):
            new, count = f"{name}_{count}", count + 1
        used.add(new)
        if new != name:
            symbols.set_symbol_name(op, new)
            ir.SymbolTable.replace_all_symbol_uses(name, new, module.operation)
        if is_function:
            op.attributes["sym_visibility"] = ir.StringAttr.get(
                "private", module.context
            )
    return symbols["main"]
