# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Source locations of operations.

JAX takes the source location of an operation from the Python frame that binds it. So
an operation of a program is bound in a frame with the file and line of its location.
"""

import ast
import functools
from collections.abc import Callable
from typing import Any

from invhlo._jaxcompat import ir

_MAX_PLACE = 2**31 - 2  # the largest line or column that Python's compiler takes


def at(
    location: ir.Location, is_quoted: bool, run: Callable[..., Any], *args: Any
) -> Any:
    """Calls `run` from a Python frame at `location`.

    Args:
      location: A source location; if it names no file, `run` is just called.
      is_quoted: Whether a traceback may show the source line there. Otherwise the file
        name is put in angle brackets, as of a file that does not exist.
      run: The function to call.
      *args: Its arguments.
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
    """A function that calls its argument from a frame at the given file and line."""
    tree = ast.parse("lambda run, *args: run(*args)", mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.expr | ast.arg):
            node.lineno = node.end_lineno = min(max(line, 1), _MAX_PLACE)
            node.col_offset = node.end_col_offset = min(max(column - 1, 0), _MAX_PLACE)
    name = filename.replace("\0", "?")  # Python refuses NUL in a file name
    call: Callable[..., Any] = eval(compile(tree, name, "eval"))
    return call
