# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""From StableHLO text to a JAX function: the way out.

`call` is the whole interface. Today it binds a primitive whose lowering puts the
program's operations where the primitive stood, so XLA sees plain StableHLO.
"""

import dataclasses
import functools
from collections.abc import Callable, Sequence
from typing import Any

import jax

from invhlo._jaxcompat import (
    Context,
    Primitive,
    func,
    ir,
    lower_function,
    lower_on_each_platform,
    register_lowering,
    stablehlo,
)
from invhlo._support import SUPPORT_CALLS


@dataclasses.dataclass(frozen=True, eq=False)
class Program:
    """A StableHLO program to be called from JAX; two are the same if identical.

    Attributes:
      name: What it is called in messages.
      out_avals: The avals of its results.
      stablehlo: Its text for a platform. `@main` is the entry.
    """

    name: str
    out_avals: tuple[jax.core.ShapedArray, ...]
    stablehlo: Callable[[str], str]


def call(program: Program, *operands: jax.Array) -> list[jax.Array]:
    """Calls `program`, eagerly or while tracing."""
    results: list[jax.Array] = _program_p.bind(*operands, program=program)
    return results


def _impl(*operands: jax.Array, program: Program) -> list[jax.Array]:
    results: list[jax.Array] = jax.jit(
        functools.partial(_program_p.bind, program=program)
    )(*operands)
    return results


def _abstract_eval(
    *operands: jax.core.ShapedArray, program: Program
) -> Sequence[jax.core.ShapedArray]:
    return program.out_avals


def _lower(
    context: Context, *operands: ir.Value, program: Program
) -> Sequence[ir.Value]:
    def rule_of(platform: str) -> Callable[..., Sequence[ir.Value]]:
        text = program.stablehlo(platform)
        return lambda context, *operands: _splice(context, program.name, text, operands)

    return lower_on_each_platform(context, program.name, rule_of, *operands)


_program_p = Primitive("invhlo_program")
_program_p.multiple_results = True
_program_p.def_impl(_impl)
_program_p.def_abstract_eval(_abstract_eval)
register_lowering(_program_p, _lower)


def _splice(
    context: Context, name: str, text: str, operands: Sequence[ir.Value]
) -> Sequence[ir.Value]:
    """Puts the body of the text's `@main` here and its other symbols beside us."""
    module = ir.Module.parse(text, context.module_context.context)
    main = _rename_apart(module, context.module_context.symbol_table)
    block = main.regions[0].blocks[0]
    _check_types(name, block.arguments, operands)
    for argument, operand in zip(block.arguments, operands, strict=True):
        argument.replace_all_uses_with(operand)

    symbols = [op for op in module.body.operations if op != main]
    support_calls = [call for op in (*symbols, main) for call in _support_calls(op)]
    for op in symbols:
        op.detach_from_parent()
        context.module_context.module.body.append(op)
        context.module_context.symbol_table.insert(op)
    here = ir.InsertionPoint.current
    *body, terminator = list(block.operations)
    results = list(terminator.operands)
    for op in body:
        op.detach_from_parent()
        here.insert(op)
    # What a support call stands for may be one of the results.
    for op in support_calls:
        for old, new in zip(op.results, _lower_support(context, op), strict=True):
            results = [new if result == old else result for result in results]
            old.replace_all_uses_with(new)
        op.erase()
    return results


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


def _check_types(
    name: str, parameters: Sequence[ir.Value], operands: Sequence[ir.Value]
) -> None:
    wanted = [str(parameter.type) for parameter in parameters]
    given = [str(operand.type) for operand in operands]
    if wanted != given:
        raise RuntimeError(
            f"internal error: the program of {name} takes ({', '.join(wanted)}), "
            f"but is called with ({', '.join(given)})"
        )


def _support_calls(root: ir.Operation) -> list[Any]:
    found: list[Any] = []

    def visit(op: ir.Operation) -> ir.WalkResult:
        call = op.opview
        is_call = isinstance(call, stablehlo.CustomCallOp)
        if is_call and call.call_target_name.value in SUPPORT_CALLS:
            found.append(call)
        return ir.WalkResult.ADVANCE

    root.operation.walk(visit)
    return found


def _lower_support(context: Context, call: Any) -> Sequence[ir.Value]:
    with ir.InsertionPoint(call), call.location:
        fun = SUPPORT_CALLS[call.call_target_name.value]
        return lower_function(context, fun, list(call.operands))
