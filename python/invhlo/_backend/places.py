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

_MAX_PLACE = 2**31 - 2  # which the lines and columns of Python's code are below


def at(
    location: ir.Location, is_quoted: bool, run: Callable[..., Any], *args: Any
) -> Any:
    """Calls `run` from where `location` is.

    Args:
      location: It.
      is_quoted: Whether a traceback may show the line there. Otherwise the name of the
        file is put in the brackets of those that there are none of.
      run: What to call.
      *args: What with.
    """
    while not isinstance(location, ir.FileLineColLoc):
        if isinstance(location, ir.NameLoc):
            location = location.child_loc
        elif isinstance(location, ir.CallSiteLoc):
            location = location.callee
        elif isinstance(location, ir.FusedLoc) and location.locations:
            location = location.locations[0]
        else:
            return run(*args)
    name = str(location.filename)
    call = _caller(
        name if is_quoted else f"<{name}>", location.start_line, location.start_col
    )
    return call(run, *args)


@functools.lru_cache(maxsize=4096)
def _caller(filename: str, line: int, column: int) -> Callable[..., Any]:
    """A function that calls its argument, and stands at that place."""
    tree = ast.parse("lambda run, *args: run(*args)", mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.expr | ast.arg):
            node.lineno = node.end_lineno = min(max(line, 1), _MAX_PLACE)
            node.col_offset = node.end_col_offset = min(max(column - 1, 0), _MAX_PLACE)
    name = filename.replace("\0", "?")  # which no file has in its name
    call: Callable[..., Any] = eval(compile(tree, name, "eval"))
    return call
