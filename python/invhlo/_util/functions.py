# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The names of functions, and their partial application."""

import functools
from collections.abc import Callable, Sequence
from typing import Any


def name_of(fun: Callable[..., Any]) -> str:
    """The name of `fun`, looking through `functools.partial` and callable objects."""
    while isinstance(fun, functools.partial):
        fun = fun.func
    return getattr(fun, "__name__", None) or type(fun).__name__


def along(
    fun: Callable[..., Any], operands: Sequence[Any], places: Sequence[int]
) -> Callable[..., Any]:
    """`fun` as a function of its operands at `places`, the others being fixed.

    Args:
      fun: A function of positional operands.
      operands: A value for each operand; those at `places` are not used.
      places: The positions of the operands that the result takes.
    """

    def of_some(*given: Any) -> Any:
        values = list(operands)
        for place, value in zip(places, given, strict=True):
            values[place] = value
        return fun(*values)

    return of_some
