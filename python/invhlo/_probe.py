# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads a module from standard input, to see whether it can be read.

A program of its own: MLIR ends the process that reads bytecode which is damaged in
certain ways, so this one is started first. It imports no more than MLIR needs.
"""

import sys

from jaxlib.mlir import ir
from jaxlib.mlir.dialects import chlo, func, sdy, stablehlo

__all__ = ["chlo", "func", "sdy", "stablehlo"]  # importing them loads the dialects


def main() -> int:
    """Returns 0 if the module can be read, 3 if not."""
    data = sys.stdin.buffer.read()
    with ir.Context() as context:
        for dialect in (chlo, sdy, stablehlo):
            dialect.register_dialect(context)
        context.allow_unregistered_dialects = True
        try:
            if b"StableHLO_v" in data[:32]:
                module = stablehlo.deserialize_portable_artifact(context, data)
            else:
                module = ir.Module.parse(data)
            module.operation.verify()
        except (ir.MLIRError, ValueError) as error:
            print(" ".join(str(error).split()), file=sys.stderr)
            return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
