# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads programs from bytes, which may be untrusted."""

from typing import cast

import jax

from invhlo._aot.artifact import check_undamaged
from invhlo._aot.formats import Format, check_program, format_of, portable_version
from invhlo._aot.portable import numbers
from invhlo._compiler import apart
from invhlo._compiler.probe import NEITHER, reasons_of
from invhlo._ir.composites import unwrap_composites
from invhlo._jaxcompat import ir, stablehlo
from invhlo._util.origin import Origin


def read_module(
    data: str | bytes, context: ir.Context, origin: Origin = Origin.FOREIGN
) -> ir.Module:
    """Reads a StableHLO module: text, bytecode or a portable artifact.

    Raises:
      ValueError: `data` is no such module, or too new.
    """
    data = data.encode() if isinstance(data, str) else data
    if format_of(data) is Format.EXPORTED:
        raise ValueError("not a StableHLO module: neither text nor bytecode")
    check_program(data)
    _check_version(data)
    if origin.is_kept_apart:
        apart.check_module(data)
    return _unserialized(data, context)


def read_exported(data: bytes, origin: Origin = Origin.FOREIGN) -> jax.export.Exported:
    """Deserializes a `jax.export.Exported`.

    Raises:
      ValueError: `data` is something else, damaged or too new.
    """
    check_program(data)
    check_undamaged(data)
    if origin.is_kept_apart:
        apart.check_exported(data)
    try:
        # The cast avoids a copy: `deserialize` asks for a bytearray, but only reads.
        exported = jax.export.deserialize(cast(bytearray, data))
    except Exception:  # JAX does not validate its input
        raise ValueError(NEITHER) from None
    if origin.is_kept_apart:
        apart.note_readable(exported.mlir_module_serialized)
    check_exported(exported)
    return exported


def module_of_exported(exported: jax.export.Exported, context: ir.Context) -> ir.Module:
    """The module of an exported program that `check_exported` accepts."""
    return _unserialized(exported.mlir_module_serialized, context)


def _unserialized(data: bytes, context: ir.Context) -> ir.Module:
    if portable_version(data) is None:
        return _parse(data, context)
    module = stablehlo.deserialize_portable_artifact(context, data)
    unwrap_composites(module)
    return module


def check_exported(
    exported: jax.export.Exported, origin: Origin = Origin.TRUSTED
) -> None:
    """Checks that the installed JAX is new enough to read `exported`.

    If the origin is foreign, also checks in a separate process that it can be read.

    Raises:
      ValueError: `exported` is too new, or cannot be read.
    """
    version = exported.calling_convention_version
    newest = jax.export.maximum_supported_calling_convention_version
    if version > newest:
        raise ValueError(
            f"the exported program has calling convention {version}, but this JAX "
            f"knows {newest} at most"
        )
    _check_version(exported.mlir_module_serialized)
    if origin.is_kept_apart:
        apart.check_module(exported.mlir_module_serialized)


def _check_version(data: bytes) -> None:
    version = portable_version(data)
    newest = stablehlo.get_current_version()
    if version and numbers(version) > numbers(newest):
        raise ValueError(
            f"the portable artifact is of StableHLO {version}, but this jaxlib knows "
            f"{newest} at most"
        )


def _parse(data: bytes, context: ir.Context) -> ir.Module:
    try:
        return ir.Module.parse(data, context)
    except ir.MLIRError as error:
        raise ValueError(f"not a StableHLO module: {reasons_of(error)}") from None
