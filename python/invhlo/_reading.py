# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads programs from bytes that nobody vouches for."""

import re
import subprocess
import sys
from pathlib import Path
from typing import cast

import jax

from invhlo._artifact import is_intact
from invhlo._composites import unwrap_composites
from invhlo._formats import Format, format_of, portable_version
from invhlo._jaxcompat import ir, stablehlo
from invhlo._portable import numbers

_PROBE = Path(__file__).with_name("_probe.py")


def read_module(data: str | bytes, context: ir.Context) -> ir.Module:
    """Reads a StableHLO module: text, bytecode or a portable artifact.

    Raises:
      ValueError: It is no such module, or too new.
    """
    if isinstance(data, str):
        return _parse(data, context)
    form = format_of(data)
    if form is Format.EXPORTED:
        raise ValueError("not a StableHLO module: neither text nor bytecode")
    if form is Format.TEXT:
        return _parse(data, context)
    _check_version(data)
    _probe(data)
    return _unserialized(data, context)


def read_exported(data: bytes) -> jax.export.Exported:
    """Reads what `jax.export` wrote.

    Raises:
      ValueError: It is something else, damaged or too new.
    """
    intact = is_intact(data)
    try:
        # It only reads; another type would be another copy.
        exported = jax.export.deserialize(cast(bytearray, data))
    except Exception:  # of any kind: JAX trusts what it reads
        raise ValueError("the data is not a program that jax.export wrote") from None
    check_exported(exported)
    if not intact:
        _probe(exported.mlir_module_serialized)
    return exported


def module_of_exported(exported: jax.export.Exported, context: ir.Context) -> ir.Module:
    """The module of a program that can be read."""
    return _unserialized(exported.mlir_module_serialized, context)


def _unserialized(data: bytes, context: ir.Context) -> ir.Module:
    if portable_version(data) is None:
        return _parse(data, context)
    module = stablehlo.deserialize_portable_artifact(context, data)
    unwrap_composites(module)
    return module


def check_exported(exported: jax.export.Exported) -> None:
    """Checks that `exported` is not newer than the JAX at hand.

    Raises:
      ValueError: It is.
    """
    version = exported.calling_convention_version
    newest = jax.export.maximum_supported_calling_convention_version
    if version > newest:
        raise ValueError(
            f"the exported program has calling convention {version}, but this JAX "
            f"knows {newest} at most"
        )
    _check_version(exported.mlir_module_serialized)


def _check_version(data: bytes) -> None:
    version = portable_version(data)
    newest = stablehlo.get_current_version()
    if version and numbers(version) > numbers(newest):
        raise ValueError(
            f"the portable artifact is of StableHLO {version}, but this jaxlib knows "
            f"{newest} at most"
        )


def _probe(data: bytes) -> None:
    """Reads bytecode in a process that may die of it."""
    # -P: what lies beside the probe is not to be imported.
    done = subprocess.run(
        [sys.executable, "-P", _PROBE], input=data, capture_output=True, check=False
    )
    if done.returncode == 0:
        return
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode < 0:  # ended by a signal, with a stack trace
        said = "the bytecode is damaged"
    elif done.returncode != 3:
        raise RuntimeError(f"cannot look at bytecode: {said}")
    raise ValueError(f"not a StableHLO module: {said}")


def _parse(data: str | bytes, context: ir.Context) -> ir.Module:
    try:
        return ir.Module.parse(data, context)
    except ir.MLIRError as error:
        reasons = "; ".join(_said(diagnostic) for diagnostic in error.error_diagnostics)
        raise ValueError(f"not a StableHLO module: {reasons}") from None


def _said(diagnostic: ir.DiagnosticInfo) -> str:
    """What jaxlib's parser reports, and where in the text."""
    place = re.search(r":(\d+):(\d+)\)$", str(diagnostic.location))
    where = f" at line {place[1]}, column {place[2]}" if place else ""
    return f"{diagnostic.message}{where}"
