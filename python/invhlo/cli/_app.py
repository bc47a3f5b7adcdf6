# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The command `invhlo`, and its subcommands."""

import sys
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError
from click.shell_completion import get_completion_class

from invhlo.cli._exits import EXITS, ending
from invhlo.cli._export_command import export
from invhlo.cli._inspect_command import inspect
from invhlo.cli._invert_command import invert
from invhlo.cli._run_command import run

HELP = f"""Inverts JAX functions and StableHLO programs.

\b
Examples:
  invhlo invert layer.mlir -o inverse.mlir
  invhlo export model:flow --args 'f32[8,64]' -o inverse.bin
  invhlo run inverse.bin --inputs y.npy -o x.npy
  invhlo inspect inverse.bin

{EXITS}"""


class _App(click.Group):
    """A group of commands that reports an error in one line on standard error."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            code = super().main(*args, **{**kwargs, "standalone_mode": False})
        except NoArgsIsHelpError as error:
            error.show()  # the help
            code = error.exit_code
        except (click.ClickException, click.Abort, ValueError) as error:
            message, code = ending(error)
            click.echo(f"invhlo: {message}", err=True)
        sys.exit(code)


@click.group(cls=_App, help=HELP, context_settings={"max_content_width": 100})
@click.version_option(package_name="invhlo")
def app() -> None:
    """Inverts JAX functions and StableHLO programs."""


@app.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Prints a script that completes commands: source <(invhlo completion bash)."""
    completer = get_completion_class(shell)
    assert completer is not None
    click.echo(completer(app, {}, "invhlo", "_INVHLO_COMPLETE").source())


for command in (invert, export, run, inspect):
    app.add_command(command)
