# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The entry function of a module, `@main`, and its arguments."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from invhlo._backend import elements_of
from invhlo._jaxcompat import func, ir, stablehlo, tensor_type_of
from invhlo._jaxprs.constants import MAX_LITERAL_SIZE, stays_literal
from invhlo._util.avals import ShapedArray


def main_of(module: ir.Module) -> Any:
    """The function `@main`.

    Raises:
      ValueError: `module` has no function `@main`.
    """
    symbols = ir.SymbolTable(module.operation)
    main = symbols["main"].opview if "main" in symbols else None
    if not isinstance(main, func.FuncOp) or main.is_external:
        raise ValueError("the module has no function `@main` with a body")
    return main


def hide_helpers(module: ir.Module) -> None:
    """Makes every function but `@main` private, so that only `@main` is inverted."""
    private = ir.StringAttr.get("private", module.context)
    for op in module.body.operations:
        if isinstance(op, func.FuncOp) and op.name.value != "main":
            op.attributes["sym_visibility"] = private


def asks_for_platform(module: ir.Module) -> bool:
    """Whether the program uses its platform index, the first argument of `@main`.

    Passing the index on to a function that ignores it does not count as a use.
    """
    symbols = ir.SymbolTable(module.operation)
    pending = [main_of(module).arguments[0]]
    while pending:
        for use in pending.pop().uses:
            if not isinstance(use.owner.opview, func.CallOp):
                return True
            callee = symbols[use.owner.attributes["callee"].value].opview
            pending.append(callee.arguments[use.operand_number])
    return False


def lift_literals(module: ir.Module) -> list[np.ndarray[Any, Any]]:
    """Makes large literals in `@main` its first arguments, and returns their values.

    Printing such literals would take time and several times their memory.
    """
    main = main_of(module)
    block = main.entry_block
    inputs = list(main.type.inputs)
    values: list[np.ndarray[Any, Any]] = []
    for op in list(block.operations):
        value = _large_value(op)
        if value is None:
            continue
        values.append(value)
        result = op.results[0]
        result.replace_all_uses_with(block.add_argument(result.type, op.location))
        op.operation.erase()
    if not values:
        return values
    types = [argument.type for argument in block.arguments]
    with module.context:
        type_ = ir.FunctionType.get(types, main.type.results)
        main.attributes["function_type"] = ir.TypeAttr.get(type_)
        if "arg_attrs" in main.attributes:
            del main.attributes["arg_attrs"]
    literals = types[len(inputs) :]
    _wrap(
        module,
        [*literals, *inputs],
        lambda given: [*given[len(literals) :], *given[: len(literals)]],
    )
    return values


def _large_value(op: Any) -> np.ndarray[Any, Any] | None:
    if not isinstance(op, stablehlo.ConstantOp):
        return None
    attr = op.attributes["value"]
    if not isinstance(attr, ir.DenseElementsAttr) or attr.is_splat:
        return None
    if np.prod(op.results[0].type.shape) <= MAX_LITERAL_SIZE:
        return None
    value = elements_of(op)
    return None if stays_literal(value) else value


def take_all(
    module: ir.Module,
    leading: int,
    kept: Sequence[int],
    in_avals: Sequence[ShapedArray],
    platform: int | None = None,
) -> None:
    """Gives `@main` back the unused arguments that JAX dropped.

    Args:
      module: A module that JAX lowered; it is changed in place.
      leading: The number of constants that `@main` takes before its arguments.
      kept: The positions, among all arguments, of those that JAX kept.
      in_avals: The avals of all arguments, flat.
      platform: The platform index to pass, if `@main` takes one between the constants
        and the arguments; else None.
    """
    inputs = list(main_of(module).type.inputs)
    types = [tensor_type_of(aval, module.context) for aval in in_avals]

    def passed(given: Sequence[ir.Value]) -> list[ir.Value]:
        numbers = [] if platform is None else [_scalar(platform, inputs[leading])]
        return [
            *given[:leading],
            *numbers,
            *(given[leading + index] for index in kept),
        ]

    _wrap(module, [*inputs[:leading], *types], passed)


def _scalar(number: int, type_: ir.Type) -> ir.Value:
    element = ir.RankedTensorType(type_).element_type  # i64 in 64-bit mode, else i32
    attr = ir.DenseElementsAttr.get_splat(type_, ir.IntegerAttr.get(element, number))
    return stablehlo.constant(attr)


def _wrap(module: ir.Module, types: Sequence[ir.Type], passed: Any) -> None:
    """Wraps `@main` in a new `@main`, whose arguments have other types.

    Args:
      module: The module.
      types: The types of the arguments of the new `@main`.
      passed: Maps these arguments to the operands of the call of the old `@main`.
    """
    main = main_of(module)
    name = "main.used"
    symbols = ir.SymbolTable(module.operation)
    while name in symbols:
        name += "_"
    symbols.set_symbol_name(main, name)
    main.attributes["sym_visibility"] = ir.StringAttr.get("private", module.context)
    with ir.InsertionPoint.at_block_begin(module.body), main.location:
        whole = func.FuncOp(
            "main", (list(types), main.type.results), visibility="public"
        )
        given = list(whole.add_entry_block().arguments)
        with ir.InsertionPoint(whole.entry_block):
            func.ReturnOp(func.CallOp(main, passed(given)).results)
