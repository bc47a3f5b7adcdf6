# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`invhlo run`."""

import json
from typing import Any

import click
import jax
import numpy as np

from invhlo._aot.programs import read_program
from invhlo._util.avals import is_wide
from invhlo.cli import _files, _options
from invhlo.cli._arrays import dump, fitted, load_arrays
from invhlo.cli._exits import EXITS, blaming
from invhlo.cli._specs import format_aval

HELP = f"""Runs a program on arrays.

PROGRAM is anything that `invhlo invert` reads or writes. The arrays of all inputs, .npy
and .npz, are its arguments in the order of `invhlo inspect`. Results go to a .npy file,
or a .npz file if there are several; without -o they are printed.

\b
Examples:
  invhlo run inverse.bin --inputs y.npy -o x.npy
  invhlo run inverse.mlir --inputs weights.npz y.npy --json

{EXITS}"""


class _Run(click.Command):
    """A command that takes several files after one `--inputs`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        spelled: list[str] = []
        for arg in args:
            follows = spelled[-2:-1] in (["-i"], ["--inputs"])
            if follows and arg.endswith((".npy", ".npz")):
                spelled.append("--inputs")
            spelled.append(arg)
        return super().parse_args(ctx, spelled)


@click.command(cls=_Run, help=HELP)
@click.argument("program", metavar="PROGRAM", type=click.Path(allow_dash=True))
@click.option(
    "--inputs",
    "-i",
    multiple=True,
    type=click.Path(allow_dash=True),
    help="A .npy or .npz file, or several.",
)
@_options.output(default=None)
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
@_options.trusted
def run(
    program: str,
    inputs: tuple[str, ...],
    output: str | None,
    force: bool,
    as_json: bool,
    trusted: bool,
) -> None:
    """Runs a program on arrays."""
    if output is not None:
        _files.check_free(output, force=force)
    data = _files.read(program)
    with blaming(program):
        read = read_program(data, _options.origin_of(trusted))
        arrays = fitted(load_arrays(inputs), read.labels, read.in_avals)
        wide = is_wide([read.in_avals, read.out_avals])
        with _files.progress(f"Running {program}"), jax.enable_x64(wide):
            results = jax.block_until_ready(jax.jit(read.call)(*arrays))
    if output is not None:
        _files.write(output, dump(results, output), force=force)
    elif as_json:
        click.echo(json.dumps([_described(result) for result in results]))
    else:
        for result in results:
            click.echo(np.array2string(np.asarray(result)))


def _described(array: Any) -> dict[str, Any]:
    values = np.asarray(array)
    if np.iscomplexobj(values):
        raise click.UsageError("JSON has no complex numbers: write the results by -o")
    wide = values if values.dtype.kind in "iub" else values.astype(np.float64)
    return {"type": format_aval(values), "values": wide.tolist()}
