# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Handles what nobody vouches for in a process of its own, which may die of it."""

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

SECONDS = 60  # of work, and one for each megabyte
MEMORY = 4 << 30  # bytes, and these for each byte of data
MEMORY_PER_BYTE = 16
_WAIT = 8  # how much longer it may take than it works, on a machine that is busy

_TRUST = "say trusted=True of programs whose origin you trust"


@dataclasses.dataclass(frozen=True)
class Diagnostic:
    """What the compiler said about a place; see `_core.Diagnostic`."""

    severity: str
    message: str
    location: str
    notes: Sequence["Diagnostic"]
    is_refusal: bool
    names: str


@dataclasses.dataclass(frozen=True)
class PipelineResult:
    """A module, or why there is none; see `_core.PipelineResult`."""

    succeeded: bool
    diagnostics: Sequence[Diagnostic]
    module: bytes


def check_module(data: bytes) -> None:
    """Checks that MLIR survives to read the module `data`.

    Raises:
      ValueError: It does not, or says what is wrong with the module.
    """
    digest = hashlib.sha256(data).digest()
    if digest not in _found_readable:
        _run("module", data, "not a StableHLO module: ")
        _found_readable.add(digest)


def note_readable(data: bytes) -> None:
    """Notes that the module `data` was part of what was checked."""
    _found_readable.add(hashlib.sha256(data).digest())


_found_readable: set[bytes] = set()


def check_exported(data: bytes) -> None:
    """Checks that JAX and MLIR survive to read what `jax.export` wrote.

    Raises:
      ValueError: They do not, or `data` is something else.
    """
    _run("exported", data, "")


def run_pipeline(
    library: str, text: bytes, pipeline: str, as_text: bool
) -> PipelineResult:
    """Runs the compiler on the module `text`.

    Args:
      library: The path of the compiler.
      text: The module.
      pipeline: The passes.
      as_text: Whether the result is to be text, not bytecode.

    Raises:
      ValueError: The compiler does not survive it.
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
    """Has a task of the probe done, and returns what it wrote.

    Args:
      task: It.
      data: What to do it with.
      what: How messages begin.
      *arguments: What else the task takes.
    """
    seconds = SECONDS + len(data) // 1_000_000
    memory = MEMORY + MEMORY_PER_BYTE * len(data)
    # -P: what lies beside the probe is not to be imported.
    command = [
        *(_interpreter(), "-P", probe.__file__),
        *(task, str(seconds), str(memory), *arguments),
    ]
    # What it imports starts a thread for each processor, and takes memory for each.
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
    """The Python to run the probe with.

    Raises:
      RuntimeError: There is none: Python is part of another program.
    """
    if not sys.executable or not Path(sys.executable).exists():
        raise RuntimeError(_not_started("sys.executable names no interpreter"))
    return sys.executable


def _not_started(reason: str) -> str:
    return (
        "programs from outside are read in a process of their own, which cannot be "
        f"started: {reason}; {_TRUST}"
    )
