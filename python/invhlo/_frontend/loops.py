# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What loops call their carried values, for messages."""

from collections.abc import Mapping, Sequence
from typing import Any

from invhlo._jaxcompat import Primitive, carried_names, ir


def name_carried(
    primitive: Primitive, params: Mapping[str, Any], results: Sequence[Any]
) -> None:
    """Gives the carried values of a loop the names that they have in Python.

    Args:
      primitive: The primitive that was lowered; only loops carry values.
      params: Its parameters.
      results: What it was lowered to: the last carried values come first.
    """
    # The results of other loops are more than their carried values.
    for name, result in zip(carried_names(primitive, params), results, strict=False):
        result = _lowered(result)
        if not name or not _is_of(result, "stablehlo.while"):
            continue
        for region in result.owner.regions:
            argument = region.blocks[0].arguments[result.result_number]
            location = ir.Location.name(f"carry:{name}", argument.location)
            argument.set_location(location)


def _is_of(value: Any, op: str) -> bool:
    return isinstance(value, ir.OpResult) and value.owner.name == op


def _lowered(value: Any) -> Any:
    """The value beside which `value` stands for the host, or else `value`."""
    if not _is_of(value, "stablehlo.custom_call"):
        return value
    call = value.owner
    if call.attributes["call_target_name"].value != "invhlo.primitive":
        return value
    return call.operands[len(call.operands) - len(call.results) + value.result_number]
