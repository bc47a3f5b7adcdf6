# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Options that several commands take."""

from collections.abc import Callable
from typing import Any

import click

from invhlo._formats import Format
from invhlo._lowered import LoweredInverse
from invhlo._lowering import PLATFORMS

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class _Argnums(click.ParamType[Any]):
    """Positions of arguments: one of them, or several with commas between."""

    name = "positions"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        try:
            positions = tuple(int(part) for part in str(value).split(","))
        except ValueError:
            self.fail(f"{value!r} is not a list of positions such as 0,2", param, ctx)
        return positions[0] if len(positions) == 1 else positions


class _Platforms(click.ParamType[Any]):
    """Names of platforms with commas between."""

    name = "names"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, ...]:
        names = tuple(str(value).split(","))
        for name in names:
            if name not in PLATFORMS:
                known = ", ".join(PLATFORMS)
                self.fail(f"unknown platform {name!r}: choose from {known}", param, ctx)
        return names


def output(default: str | None = "-") -> Decorator:
    """`-o` and `--force`."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        command = click.option(
            "--force", is_flag=True, help="Overwrite the output if it exists."
        )(command)
        return click.option(
            "-o",
            "--output",
            default=default,
            type=click.Path(allow_dash=True),
            help="Where to write; - is standard output.",
        )(command)

    return decorate


argnums = click.option(
    "--argnums",
    type=_Argnums(),
    help="Positions of the unknown arguments, such as 1 or 0,2; by default, all.",
)
with_ildj = click.option(
    "--with-ildj", is_flag=True, help="Return the inverse log-det-Jacobian, too."
)
platforms = click.option(
    "--platforms",
    type=_Platforms(),
    help=f"What an exported program is to run on, among {','.join(PLATFORMS)}.",
)
emit = click.option(
    "--emit",
    type=click.Choice([form.value for form in Format]),
    help="The form in which to write.",
)
stablehlo_version = click.option(
    "--stablehlo-version", help="The version of StableHLO of a portable artifact."
)


def bytes_of(
    inverse: LoweredInverse,
    form: Format,
    platforms: tuple[str, ...],
    version: str | None,
    vjp_order: int,
) -> bytes:
    """The inverse in that form."""
    if form is Format.TEXT:
        return inverse.as_text().encode()
    if form is Format.BYTECODE:
        return inverse.as_bytecode()
    if form is Format.PORTABLE:
        return inverse.as_portable_artifact(version)
    return bytes(inverse.export(platforms, vjp_order).serialize())
