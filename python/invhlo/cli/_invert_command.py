# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`invhlo invert`."""

from typing import Any

import click

from invhlo._aot.formats import Format, format_of, portable_version
from invhlo._aot.programs import vjp_orders
from invhlo._aot.reading import read_exported
from invhlo._frontend.lowering import PLATFORMS
from invhlo.cli import _files, _options
from invhlo.cli._exits import EXITS, blaming
from invhlo.cli._options import Inversion, origin_of

HELP = f"""Inverts a program that is kept in a file.

IN is a StableHLO module, as text (.mlir), bytecode or a portable artifact, or what
jax.export wrote. It is recognized by its content, and its inverse is written in the
same form unless --emit says otherwise. For IN, - is standard input.

\b
Examples:
  invhlo invert layer.mlir
  invhlo invert layer.mlir --argnums 1 --with-ildj -o inverse.mlir
  invhlo invert flow.bin -o inverse.bin
  cat layer.mlir | invhlo invert - --emit portable --stablehlo-version 1.0.0 -o i.bc

{EXITS}"""


@click.command(help=HELP)
@click.argument("source", metavar="IN", type=click.Path(allow_dash=True))
@_options.output()
@_options.inversion
@_options.trusted
def invert(inversion: Inversion, source: str, output: str, force: bool) -> None:
    """Inverts a program that is kept in a file."""
    _files.check_free(output, force=force)
    data = _files.read(source)
    form = format_of(data)
    with _files.progress(f"Inverting {source}"), blaming(source):
        program: Any = data
        platforms, orders = PLATFORMS, 0
        if form is Format.EXPORTED:
            program = read_exported(data, origin_of(inversion.trusted))
            platforms, orders = tuple(program.platforms), vjp_orders(program)
        inverse = inversion.of(program)
        written = inversion.bytes_of(
            inverse, form, platforms, portable_version(data), orders
        )
    _files.write(output, written, force=force)
