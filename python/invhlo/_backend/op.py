# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""An operation of a program, as rules see it, and the table of rules."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from invhlo._jaxcompat import ir, shaped_array_of
from invhlo._jaxprs.hosted import Hosted
from invhlo._util.avals import ShapedArray

Function = Callable[..., Sequence[Any]]


class UnreadableError(Exception):
    """No combination of JAX functions does what an operation does."""


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Op:
    """An operation, with access to the program around it.

    Attributes:
      operation: The MLIR operation.
      name: Its name, with the dialect: "stablehlo.add".
      function_of: Makes a Python function of a region.
      callee: Makes a Python function of the MLIR function of a given symbol name.
      symbol: Finds the operation of a given symbol name.
      hosted: The primitives that the program refers to by number.
      known_attributes: A cache of converted attributes, shared by the program.
    """

    operation: Any
    name: str
    function_of: Callable[[ir.Region], Function]
    callee: Callable[[str], Function]
    symbol: Callable[[str], Any]
    hosted: Hosted
    known_attributes: dict[Any, Any]

    def attribute(
        self,
        name: str,
        default: Any = None,
        convert: Callable[[Any], Any] | None = None,
    ) -> Any:
        """The attribute `name` as a Python value.

        Args:
          name: The name of the attribute.
          default: The value to return if the operation has no such attribute.
          convert: Converts the attribute; by default, `to_python`, which returns an
            attribute of a dialect as it is.
        """
        try:
            attr = self.operation.attributes[name]
        except KeyError:
            return default
        known = self.known_attributes
        if attr not in known:  # MLIR makes equal attributes one object
            known[attr] = (convert or to_python)(attr)
        return known[attr]

    def region(self, number: int) -> Function:
        """The region at position `number` as a function that returns a list."""
        return self.function_of(self.operation.regions[number])

    def shape(self) -> tuple[int, ...]:
        """The shape of the first result."""
        return tuple(self.operation.results[0].type.shape)

    def aval(self, number: int = 0) -> ShapedArray:
        """The aval of the result at position `number`."""
        return shaped_array_of(self.operation.results[number].type)


# The attribute with which the compiler numbers operations that are the same but for
# their operands; see `invhlo-number-kinds`.
KIND = "invhlo.kind"

Rule = Callable[..., Any]
RULES: dict[str, Rule] = {}


def reads(*names: str) -> Callable[[Rule], Rule]:
    """A decorator that makes a function the rule of the operations `names`.

    The function takes an `Op` and its operands, and returns its result, or a list or
    tuple of results. It may raise `UnreadableError`. Within a block it is called once
    for all operations of the same `invhlo.kind` whose operands are alike; see
    `Recorder.kind_of`.
    """

    def add(rule: Rule) -> Rule:
        RULES.update(dict.fromkeys(names, rule))
        return rule

    return add


def reads_as(functions: dict[str, Callable[..., Any]]) -> None:
    """Adds rules that apply a JAX function to the operands, for each operation name."""
    for name, function in functions.items():
        RULES[name] = lambda op, *operands, function=function: function(*operands)


_PYTHON: dict[Any, Callable[[Any], Any]] = {
    ir.BoolAttr: lambda attr: attr.value,
    ir.DenseBoolArrayAttr: tuple,
    ir.DenseI64ArrayAttr: tuple,
    ir.DenseIntElementsAttr: np.array,
    ir.DictAttr: lambda attr: {
        named.name: to_python(named.attr)
        for named in (attr[i] for i in range(len(attr)))
    },
    ir.ArrayAttr: lambda attr: tuple(map(to_python, attr)),
    ir.FlatSymbolRefAttr: lambda attr: attr.value,
    ir.IntegerAttr: lambda attr: attr.value,
    ir.StringAttr: lambda attr: attr.value,
}


def to_python(attr: ir.Attribute) -> Any:
    """`attr` as a Python value; an attribute of a dialect is returned as it is."""
    convert = _PYTHON.get(type(attr))
    return convert(attr) if convert else attr
