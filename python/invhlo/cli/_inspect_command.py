# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`invhlo inspect`."""

import json
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from invhlo._aot.formats import Format
from invhlo._aot.programs import ReadProgram, read_program
from invhlo.cli import _files, _options
from invhlo.cli._exits import EXITS, blaming
from invhlo.cli._specs import format_aval

HELP = f"""Says what a file is: its form, arguments, results, platforms and versions.

\b
Examples:
  invhlo inspect inverse.bin
  invhlo inspect --json layer.mlir

{EXITS}"""

_FORMS = {
    Format.TEXT: "StableHLO as text",
    Format.BYTECODE: "StableHLO as bytecode",
    Format.PORTABLE: "portable StableHLO artifact",
    Format.EXPORTED: "program of jax.export",
}


@click.command(help=HELP)
@click.argument("file", metavar="FILE", type=click.Path(allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@_options.trusted
def inspect(file: str, as_json: bool, trusted: bool) -> None:
    """Says what a file is."""
    data = _files.read(file)
    with blaming(file):
        program = read_program(data, _options.origin_of(trusted))
    if as_json:
        click.echo(json.dumps(_described(program, len(data)), indent=2))
        return
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for key, value in _lines(program, len(data)):
        table.add_row(Text(key), Text(value))  # `Text`, so that brackets are not markup
    Console(soft_wrap=True).print(table)


def _described(program: ReadProgram, size: int) -> dict[str, Any]:
    arguments = zip(program.labels, program.in_avals, strict=True)
    return {
        "form": program.form.value,
        "name": program.name,
        "arguments": [
            {"name": label, "type": format_aval(aval)} for label, aval in arguments
        ],
        "results": [format_aval(aval) for aval in program.out_avals],
        "platforms": list(program.platforms),
        "stablehlo_version": program.stablehlo_version,
        "calling_convention": program.calling_convention,
        "vjp_orders": program.vjp_orders,
        "bytes": size,
    }


def _lines(program: ReadProgram, size: int) -> list[tuple[str, str]]:
    described = _described(program, size)
    lines = [("form", _FORMS[program.form]), ("name", program.name)]
    lines += [(f"argument {a['name']}", a["type"]) for a in described["arguments"]]
    lines += [(f"result {i}", type_) for i, type_ in enumerate(described["results"])]
    if program.platforms:
        lines.append(("platforms", ", ".join(program.platforms)))
    if program.stablehlo_version:
        lines.append(("StableHLO", program.stablehlo_version))
    if program.calling_convention:
        lines.append(("calling convention", str(program.calling_convention)))
        lines.append(("orders of derivatives", str(program.vjp_orders)))
    return [*lines, ("size", f"{size:,} bytes")]
