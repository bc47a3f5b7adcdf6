# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Modules as bytes.

jaxlib writes to a file itself where it is given a path. To an object of Python's it
hands text token by token, and large constants in copies: that is what is left where
there are no paths of open files, or a jaxlib takes none.
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
    """What `write` writes to a path or a file."""
    with tempfile.TemporaryFile() as file:
        try:
            write(f"/dev/fd/{file.fileno()}")
        except Exception:  # of any kind: jaxlib does not say which
            pass
        else:
            if written := file.read():
                return written
    buffer = io.BytesIO()
    write(buffer)
    return buffer.getvalue()
