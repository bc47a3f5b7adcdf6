# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints modules to bytes.

Given a path, jaxlib writes the file itself, which is fast. Given a Python file object,
it passes text token by token, and copies large constants: that is the fallback where
open files have no path, or where this jaxlib takes no path.
"""

import io
import tempfile
from collections.abc import Callable
from typing import Any

from invhlo._jaxcompat import ir


def text_of(module: ir.Module) -> bytes:
    """The generic form of `module`, with source locations."""
    return _written(
        lambda path: module.operation.print(
            file=path, binary=True, enable_debug_info=True, print_generic_op_form=True
        )
    )


def bytecode_of(module: ir.Module) -> bytes:
    """`module` as MLIR bytecode, with source locations."""
    return _written(module.operation.write_bytecode)


def _written(write: Callable[[Any], Any]) -> bytes:
    """The bytes that `write` writes, given a path or a file object."""
    with tempfile.TemporaryFile() as file:
        try:
            write(f"/dev/fd/{file.fileno()}")
        except Exception:  # jaxlib does not document which
            pass
        else:
            if written := file.read():
                return written
    buffer = io.BytesIO()
    write(buffer)
    return buffer.getvalue()
