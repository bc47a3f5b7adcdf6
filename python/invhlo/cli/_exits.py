# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Exit codes and error messages of commands."""

import contextlib
import enum
from collections.abc import Iterator

import click

from invhlo._errors import NonInvertibleError


class Exit(enum.IntEnum):
    """The exit codes of commands."""

    DONE = 0
    NOT_INVERTIBLE = 1
    USAGE = 2
    INPUT = 3
    OUTPUT = 4
    INTERRUPTED = 130


EXITS = """\b
Exit codes:
  0  done
  1  the program has no inverse that can be derived
  2  the command was not understood
  3  an input is missing, damaged, too new or does not fit
  4  the output exists or cannot be written
"""


class InputError(click.ClickException):
    """An input is not what it should be."""

    exit_code = Exit.INPUT


class OutputError(click.ClickException):
    """The output cannot be written."""

    exit_code = Exit.OUTPUT


@contextlib.contextmanager
def blaming(what: str) -> Iterator[None]:
    """A context in which every exception becomes an error about the input `what`.

    Exceptions of any type are caught, since user code may run inside.
    """
    try:
        yield
    except click.ClickException:
        raise
    except NonInvertibleError as error:
        raise NonInvertibleError(f"{what}: {error}") from error
    except Exception as error:
        reason = str(error) or type(error).__name__
        raise InputError(f"{what}: {reason}") from error


def ending(error: BaseException) -> tuple[str, Exit | int]:
    """The message of an error, in one line, and its exit code."""
    if isinstance(error, NonInvertibleError):
        return _one_line(str(error)), Exit.NOT_INVERTIBLE
    if isinstance(error, click.Abort):
        return "interrupted", Exit.INTERRUPTED
    if isinstance(error, click.ClickException):
        return _one_line(error.format_message()), error.exit_code
    raise error


def _one_line(message: str) -> str:
    return "; ".join(line.strip() for line in message.splitlines() if line.strip())
