# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A cache for each function object, which lives as long as the function."""

import weakref
from collections.abc import Hashable
from typing import Any


class FunctionCache:
    """A dictionary for each function object, dropped with it.

    Functions are told apart by identity, so they need not be hashable, and two
    functions that compare equal share nothing. A bound method is a new object each time
    that it is read from its instance.
    """

    def __init__(self) -> None:
        self._entries: dict[int, tuple[weakref.ref[Any], dict[Hashable, Any]]] = {}

    def __len__(self) -> int:
        """The number of functions that have a dictionary."""
        return len(self._entries)

    def of(self, fun: object) -> dict[Hashable, Any]:
        """The dictionary that belongs to `fun`.

        If `fun` cannot be weakly referenced, the dictionary is a new one each time.
        Values must not refer to `fun`, or neither is ever freed.
        """
        key = id(fun)
        if key not in self._entries:
            try:
                alive = weakref.ref(fun, lambda _: self._entries.pop(key, None))
            except TypeError:
                return {}
            self._entries[key] = (alive, {})
        return self._entries[key][1]
