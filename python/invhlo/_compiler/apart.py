# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads and inverts untrusted programs in a separate process, which may crash."""

import dataclasses
import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from invhlo._compiler import probe

# The limits of the process: CPU seconds, and one more for each megabyte of data; bytes
# of memory, and some more for each byte of data.
SECONDS = 60
MEMORY = 4 << 30
MEMORY_PER_BYTE = 16
_WAIT = 8  # wall-clock seconds for each CPU second, on a machine that is busy

_TRUST = "say trusted=True of programs whose origin you trust"


@dataclasses.dataclass(frozen=True)
class Diagnostic:
    """A diagnostic of the compiler; see `_core.Diagnostic`."""

    severity: str
    message: str
    location: str
    notes: Sequence["Diagnostic"]
    is_refusal: bool
    names: str


@dataclasses.dataclass(frozen=True)
class PipelineResult:
    """The resulting module, or the errors; see `_core.PipelineResult`."""

    succeeded: bool
    diagnostics: Sequence[Diagnostic]
    module: bytes


def check_module(data: bytes) -> None:
    """Checks, in a separate process, that MLIR can read the module `data`.

    Raises:
      ValueError: MLIR reports an error, crashes or exceeds the limits.
    """
    digest = hashlib.sha256(data).digest()
    if digest not in _found_readable:
        _run("module", data, "not a StableHLO module: ")
        _found_readable.add(digest)


def note_readable(data: bytes) -> None:
    """Records that the module `data` was part of a program that passed a check."""
    _found_readable.add(hashlib.sha256(data).digest())


_found_readable: set[bytes] = set()


def check_exported(data: bytes) -> None:
    """Checks, in a separate process, that a serialized `Exported` can be read.

    Raises:
      ValueError: `data` is something else, or reading it crashes or exceeds the limits.
    """
    _run("exported", data, "")


def run_pipeline(
    library: str, text: bytes, pipeline: str, as_text: bool
) -> PipelineResult:
    """Runs the compiler in a separate process.

    Args:
      library: The path of the extension module `_core`.
      text: The module, as text or bytecode.
      pipeline: The passes, in MLIR's textual form.
      as_text: Whether the result is to be text, not bytecode.

    Raises:
      ValueError: The compiler crashes or exceeds the limits.
    """
    said, _, module = _run(
        *("invert", text, "cannot invert the program: "),
        *(library, pipeline, "text" if as_text else "bytecode"),
    ).partition(b"\n")
    succeeded, diagnostics = json.loads(said)
    return PipelineResult(
        succeeded, [_diagnostic(*found) for found in diagnostics], module
    )


def _diagnostic(
    severity: str,
    message: str,
    location: str,
    notes: Sequence[Any],
    is_refusal: bool,
    names: str,
) -> Diagnostic:
    inner = [_diagnostic(*note) for note in notes]
    return Diagnostic(severity, message, location, inner, is_refusal, names)


def _run(task: str, data: bytes, what: str, *arguments: str) -> bytes:
    """Runs the probe in a separate process.

    Args:
      task: The name of the task; see `probe.main`.
      data: The bytes on its standard input.
      what: The prefix of error messages.
      *arguments: Further arguments of the task.

    Returns:
      The output of the task.

    Raises:
      RuntimeError: The process cannot be started.
      ValueError: The data is refused, or the process crashes or exceeds its limits.
    """
    seconds = SECONDS + len(data) // 1_000_000
    memory = MEMORY + MEMORY_PER_BYTE * len(data)
    # -P: modules in the folder of the probe must not shadow others.
    command = [
        *(_interpreter(), "-P", probe.__file__),
        *(task, str(seconds), str(memory), *arguments),
    ]
    # NumPy's BLAS would start a thread, and reserve memory, for each processor.
    single = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    environment = {**os.environ, **single, "JAX_PLATFORMS": "cpu"}
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            check=False,
            env=environment,
            timeout=_WAIT * seconds,
        )
    except subprocess.TimeoutExpired:
        raise ValueError(f"{what}it takes more than {seconds} s") from None
    except OSError as error:
        raise RuntimeError(f"{_not_started(str(error.strerror))}") from None
    said = done.stderr.decode(errors="replace").strip()
    if not done.stdout.startswith(probe.READY):
        raise RuntimeError(_not_started(said or "it is no interpreter of Python"))
    if done.returncode == 0:
        return done.stdout.removeprefix(probe.READY)
    if done.returncode == probe.REFUSED:
        raise ValueError(what + (said or "it is nested too deeply"))
    if done.returncode == -signal.SIGXCPU:
        raise ValueError(f"{what}it takes more than {seconds} s")
    if "bad_alloc" in said or "out of memory" in said:
        raise ValueError(f"{what}it takes more than {memory >> 20:,} MiB of memory")
    if done.returncode < 0:  # ended by a signal, with a stack trace
        raise ValueError(f"{what}it is damaged or nested too deeply")
    raise RuntimeError(_not_started(said))


def _interpreter() -> str:
    """The path of the Python interpreter that runs the probe.

    Raises:
      RuntimeError: There is none, as where Python is embedded in another program.
    """
    if not sys.executable or not Path(sys.executable).exists():
        raise RuntimeError(_not_started("sys.executable names no interpreter"))
    return sys.executable


def _not_started(reason: str) -> str:
    return (
        "programs from outside are read in a process of their own, which cannot be "
        f"started: {reason}; {_TRUST}"
    )
