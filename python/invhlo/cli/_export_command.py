# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`invhlo export`."""

import importlib
import os
import sys
from pathlib import Path
from typing import Any

import click
import jax

from invhlo._aot.formats import Format
from invhlo._util.avals import is_wide
from invhlo.cli import _files, _options
from invhlo.cli._exits import EXITS, InputError, blaming
from invhlo.cli._options import Inversion
from invhlo.cli._specs import parse_specs

HELP = f"""Inverts a Python function and exports the inverse.

FUNCTION is `module:function` or `file.py:function`. What is written is read by
jax.export.deserialize, also where invhlo is not installed, and by `invhlo run`.

\b
Examples:
  invhlo export model:flow --args 'f32[8,64]' -o inverse.bin
  invhlo export model.py:flow --args "{{'w': f32[64,64]}}, f32[64]" --argnums 1 \\
      --platforms cpu,cuda,tpu --with-ildj --vjp-order 1 -o inverse.bin
  invhlo export model:flow --args 'f32[64]' --emit mlir

{EXITS}"""


@click.command(help=HELP)
@click.argument("function", metavar="FUNCTION")
@click.option(
    "--args", "specs", required=True, help="All its arguments: 'f32[4,2], f32[4]'."
)
@_options.output()
@_options.inversion
@click.option(
    "--vjp-order",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="How often what is exported can be differentiated.",
)
def export(
    inversion: Inversion,
    function: str,
    specs: str,
    output: str,
    force: bool,
    vjp_order: int,
) -> None:
    """Inverts a Python function and exports the inverse."""
    _files.check_free(output, force=force)
    try:
        args = parse_specs(specs)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--args") from None
    with (
        _files.progress(f"Inverting {function}"),
        blaming(function),
        jax.enable_x64(is_wide(args)),
    ):
        inverse = inversion.of(_load(function), *args)
        written = inversion.bytes_of(inverse, Format.EXPORTED, vjp_order=vjp_order)
    _files.write(output, written, force=force)


def _load(function: str) -> Any:
    module_name, _, path = function.partition(":")
    if not module_name or not path:
        raise click.BadParameter(f"{function!r} is not of the form module:function")
    found = _module(module_name)
    for name in path.split("."):
        try:
            found = getattr(found, name)
        except AttributeError:
            raise InputError(f"{module_name} has no {path!r}") from None
    return found


def _module(name: str) -> Any:
    if not name.endswith(".py"):
        sys.path.insert(0, os.getcwd())
        return importlib.import_module(name)
    if not Path(name).is_file():
        raise InputError(f"{name}: No such file or directory")
    sys.path.insert(0, str(Path(name).resolve().parent))
    return importlib.import_module(Path(name).stem)
