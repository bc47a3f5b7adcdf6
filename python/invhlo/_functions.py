# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What functions are called."""

import functools
from collections.abc import Callable
from typing import Any


def name_of(fun: Callable[..., Any]) -> str:
    """The name of `fun`, looking through `functools.partial` and callable objects."""
    while isinstance(fun, functools.partial):
        fun = fun.func
    return getattr(fun, "__name__", None) or type(fun).__name__
