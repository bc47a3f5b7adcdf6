# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Where in the user's source an operation comes from.

JAX takes the place of an operation from the Python frame that binds it. Here the
binding is done in a frame at the place that the operation names.
"""

import ast
import functools
from collections.abc import Callable
from typing import Any

from invhlo._jaxcompat import ir


def at(location: ir.Location, run: Callable[..., Any], *args: Any) -> Any:
    """Calls `run` from where `location` is."""
    while not isinstance(location, ir.FileLineColLoc):
        if isinstance(location, ir.NameLoc):
            location = location.child_loc
        elif isinstance(location, ir.CallSiteLoc):
            location = location.callee
        elif isinstance(location, ir.FusedLoc) and location.locations:
            location = location.locations[0]
        else:
            return run(*args)
    call = _caller(location.filename, location.start_line, location.start_col)
    return call(run, *args)


@functools.lru_cache(maxsize=4096)
def _caller(filename: Any, line: int, column: int) -> Callable[..., Any]:
    """A function that calls its argument, and stands at that place."""
    tree = ast.parse("lambda run, *args: run(*args)", mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.expr | ast.arg):
            node.lineno = node.end_lineno = max(line, 1)
            node.col_offset = node.end_col_offset = max(column - 1, 0)
    call: Callable[..., Any] = eval(compile(tree, str(filename), "eval"))
    return call
