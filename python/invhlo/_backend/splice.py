# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Programs that are a single operation to JAX.

Such a program is bound as a primitive whose lowering is the program itself. JAX can run
it, but cannot differentiate or map it, and raises an error that says so.
"""

import dataclasses
import functools
from collections.abc import Callable, Sequence
from typing import Any

import jax

from invhlo._backend.host import host_call
from invhlo._ir.operations import operations_in
from invhlo._jaxcompat import (
    Context,
    Primitive,
    func,
    ir,
    lower_here,
    register_lowering,
)
from invhlo._jaxprs.hosted import Hosted


@dataclasses.dataclass(frozen=True)
class Spliced:
    """A program, as a parameter of its primitive.

    Attributes:
      module: The module, as bytecode or text, with the entry function `@main`.
      out_avals: The avals of its results.
      hosted: The primitives that the module refers to by number.
    """

    module: bytes | str
    out_avals: tuple[jax.core.ShapedArray, ...]
    hosted: Hosted


def splice(name: str, program: Spliced, *operands: Any) -> list[jax.Array]:
    """Applies `program` to `operands`, as one operation.

    Args:
      name: The name of the operation in JAX's messages.
      program: The program.
      *operands: The arguments of `@main`, usually tracers.
    """
    results: list[jax.Array] = _primitive(name).bind(*operands, program=program)
    return results


@functools.cache
def _primitive(name: str) -> Primitive:
    """The primitive `name`, which is bound with a `Spliced` as its `program`."""
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


def _lower(
    context: Context, *operands: ir.Value, program: Spliced
) -> Sequence[ir.Value]:
    """Lowers the primitive: inlines `@main`, and adds the module's other symbols."""
    module = ir.Module.parse(program.module, context.module_context.context)
    calls = _host_calls(module, program)
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
    for op in body:
        op.detach_from_parent()
        here.insert(op)
    for op, call in calls:
        _replace_by(op, call, context)
    return list(terminator.operands)


def _host_calls(
    module: ir.Module, program: Spliced
) -> list[tuple[ir.Operation, Callable[..., Any]]]:
    """The operations of `module` that call host functions, and these functions."""
    data = program.module
    if b"invhlo." not in (data if isinstance(data, bytes) else data.encode()):
        return []
    found = [(op, host_call(op, program.hosted)) for op in operations_in(module)]
    return [(op, call) for op, call in found if call]


def _replace_by(operation: Any, fun: Callable[..., Any], context: Context) -> None:
    """Replaces `operation`, a call of the host function `fun`, by its lowering."""

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

    A symbol that is not a function, such as a mesh, is erased from `module` if `taken`
    holds an identical one.
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
