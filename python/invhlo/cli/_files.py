# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads and writes files, or standard input and output."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from invhlo.cli._exits import InputError, OutputError


def read(path: str) -> bytes:
    """The content of the file at `path`, or of standard input if `path` is "-"."""
    try:
        with click.open_file(path, "rb") as file:
            data: bytes = file.read()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    if not data:
        raise InputError(f"{path}: it is empty")
    return data


def check_free(path: str, *, force: bool) -> None:
    """Checks, before work is done, that `path` may be written."""
    if path == "-":
        return
    target = Path(path)
    if target.is_dir():
        raise OutputError(f"{path}: it is a directory")
    if target.is_file() and not force:
        raise OutputError(f"{path}: it exists; --force overwrites it")
    if not target.parent.is_dir():
        raise OutputError(f"{path}: there is no such directory")


def write(path: str, data: bytes, *, force: bool) -> None:
    """Writes a file as a whole or not at all; standard output if `path` is "-"."""
    check_free(path, force=force)
    try:
        if path == "-":
            _print(data)
        elif Path(path).exists() and not Path(path).is_file():  # a device or a pipe
            Path(path).write_bytes(data)
        else:
            _replace(Path(path), data)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}") from error


def _print(data: bytes) -> None:
    stream = sys.stdout.buffer
    if stream.isatty() and b"\0" in data:
        raise OutputError("the output is not text; write it to a file by -o")
    stream.write(data)
    stream.flush()


def _replace(path: Path, data: bytes) -> None:
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        written = Path(file.name)
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            written.chmod(0o666 & ~_umask())
            written.replace(path)
        except BaseException:
            written.unlink(missing_ok=True)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextlib.contextmanager
def progress(what: str) -> Iterator[None]:
    """Shows a spinner with the text `what`, if standard error is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(Text(what)):
        yield
