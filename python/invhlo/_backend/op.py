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
    """No JAX function does what an operation does."""


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Op:
    """An operation.

    Attributes:
      operation: It, in the program.
      name: What it is called, with its dialect.
      function_of: Makes a function of a region.
      callee: Makes a function of the function that a symbol names.
      symbol: Finds the operation that a symbol names.
      hosted: What the program refers to by number.
      known_attributes: Those converted before.
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
          name: What it is called.
          default: What to return where there is none.
          convert: Converts an attribute of a dialect; without, such is returned as it
            is.
        """
        try:
            attr = self.operation.attributes[name]
        except KeyError:
            return default
        known = self.known_attributes
        if attr not in known:  # attributes that are equal are one
            known[attr] = (convert or to_python)(attr)
        return known[attr]

    def region(self, number: int) -> Function:
        """The region of that number as a function that returns a list."""
        return self.function_of(self.operation.regions[number])

    def shape(self) -> tuple[int, ...]:
        """The shape of the first result."""
        return tuple(self.operation.results[0].type.shape)

    def aval(self, number: int = 0) -> ShapedArray:
        """What the result of that number is."""
        return shaped_array_of(self.operation.results[number].type)


# What operations have in common that differ in their operands alone.
KIND = "invhlo.kind"

Rule = Callable[..., Any]
RULES: dict[str, Rule] = {}


def reads(*names: str) -> Callable[[Rule], Rule]:
    """Makes a function the rule of the operations `names`.

    It takes an `Op` and its operands, and returns its result, or a list or tuple of
    them. It may raise `UnreadableError`. Within a block it is not asked again for an
    operation of the same `invhlo.kind` with operands of the same kind.
    """

    def add(rule: Rule) -> Rule:
        RULES.update(dict.fromkeys(names, rule))
        return rule

    return add


def reads_as(functions: dict[str, Callable[..., Any]]) -> None:
    """Adds the rules of operations that are JAX functions of their operands."""
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
    """`attr` as a Python value; itself if it is of a dialect."""
    convert = _PYTHON.get(type(attr))
    return convert(attr) if convert else attr
