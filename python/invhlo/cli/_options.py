# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Options that several commands take."""

import dataclasses
import functools
from collections.abc import Callable
from typing import Any

import click

from invhlo._aot.formats import Format
from invhlo._aot.lowered import LoweredInverse, lazily_inverted
from invhlo._frontend.lowering import PLATFORMS
from invhlo._util.origin import Origin

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class _Argnums(click.ParamType[Any]):
    """The type of an option of argument positions, separated by commas."""

    name = "positions"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        try:
            positions = tuple(int(part) for part in str(value).split(","))
        except ValueError:
            self.fail(f"{value!r} is not a list of positions such as 0,2", param, ctx)
        return positions[0] if len(positions) == 1 else positions


class _Platforms(click.ParamType[Any]):
    """The type of an option of platform names, separated by commas."""

    name = "names"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, ...]:
        names = tuple(str(value).split(","))
        for name in names:
            if name not in PLATFORMS:
                known = ", ".join(PLATFORMS)
                self.fail(f"unknown platform {name!r}: choose from {known}", param, ctx)
        return names


def output(default: str | None = "-") -> Decorator:
    """The options `-o` and `--force`; `default` is the path without `-o`."""

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


trusted = click.option(
    "--trusted",
    is_flag=True,
    help="Read the program without precautions: it comes from where you trust it.",
)


def origin_of(trusted: bool) -> Origin:
    """The origin of a program that is read with or without `--trusted`."""
    return Origin.TRUSTED if trusted else Origin.FOREIGN


@dataclasses.dataclass(frozen=True)
class Inversion:
    """How to invert a program, and in which form to write the inverse.

    Attributes:
      argnums: The positions of the unknown arguments; None for all.
      with_ildj: Whether the inverse also returns its log-det.
      emit: The format to write; None for that of the program.
      platforms: The platforms to export for; None for those of the program, or all.
      stablehlo_version: The version of a portable artifact; None for that of the
        program, or the newest.
      trusted: Whether the program is read in this process.
    """

    argnums: Any
    with_ildj: bool
    emit: str | None
    platforms: tuple[str, ...] | None
    stablehlo_version: str | None
    trusted: bool = False

    def of(self, program: Any, *args: Any) -> LoweredInverse:
        """Inverts `program` for these example arguments; see `invert_lowered`."""
        return lazily_inverted(
            program,
            *args,
            argnums=self.argnums,
            with_ildj=self.with_ildj,
            trusted=self.trusted,
        )

    def bytes_of(
        self,
        inverse: LoweredInverse,
        form: Format,
        platforms: tuple[str, ...] = PLATFORMS,
        version: str | None = None,
        vjp_order: int = 0,
    ) -> bytes:
        """The inverse in the format to write; the options override the arguments.

        Args:
          inverse: The inverse.
          form: The format of the program.
          platforms: The platforms of the program.
          version: The StableHLO version of the program, if it is a portable artifact.
          vjp_order: How many orders of derivatives to export.
        """
        form = Format(self.emit) if self.emit else form
        if form is Format.TEXT:
            return inverse.as_text().encode()
        if form is Format.BYTECODE:
            return inverse.as_bytecode()
        if form is Format.PORTABLE:
            return inverse.as_portable_artifact(self.stablehlo_version or version)
        exported = inverse.export(self.platforms or platforms, vjp_order)
        return bytes(exported.serialize())


_INVERSION = (
    click.option(
        "--stablehlo-version", help="The version of StableHLO of a portable artifact."
    ),
    click.option(
        "--platforms",
        type=_Platforms(),
        help=f"What an exported program is to run on, among {','.join(PLATFORMS)}.",
    ),
    click.option(
        "--emit",
        type=click.Choice([form.value for form in Format]),
        help="The form in which to write.",
    ),
    click.option(
        "--with-ildj", is_flag=True, help="Return the inverse log-det-Jacobian, too."
    ),
    click.option(
        "--argnums",
        type=_Argnums(),
        help="Positions of the unknown arguments, such as 1 or 0,2; by default, all.",
    ),
)


def inversion(command: Callable[..., Any]) -> Callable[..., Any]:
    """A decorator: adds the options of an `Inversion`, the command's first argument."""

    @functools.wraps(command)
    def gathering(**given: Any) -> Any:
        names = [field.name for field in dataclasses.fields(Inversion)]
        options = Inversion(
            **{name: given.pop(name) for name in names if name in given}
        )
        return command(options, **given)

    decorated: Callable[..., Any] = gathering
    for option in _INVERSION:
        decorated = option(decorated)
    return decorated
