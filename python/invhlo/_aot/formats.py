# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Recognizes the format of a program by its first bytes."""

import codecs
import enum
import re

_HEAD = 4096  # how many bytes are looked at
_MAGIC = b"ML\xefR"
_PORTABLE = re.compile(rb"ML\xefR.StableHLO_v(\d+\.\d+\.\d+)\0", re.DOTALL)


# Files that a user may pass by mistake, by how they begin.
_OTHERS = {
    re.compile(rb"\x93NUMPY"): "an array of NumPy's",
    re.compile(rb"PK\x03\x04"): "a ZIP or .npz file",
    re.compile(rb"HloModule\b"): "HLO, which XLA makes of StableHLO",
    re.compile(rb"[^\s{]+\.\w+\Z"): "the name of a file and not what it holds",
}


class Format(enum.Enum):
    """The formats of programs in files."""

    TEXT = "mlir"
    BYTECODE = "bytecode"
    PORTABLE = "portable"
    EXPORTED = "jax-export"


def format_of(data: bytes) -> Format:
    """The format of `data`: `EXPORTED`, which has no magic number, if no other fits."""
    if portable_version(data):
        return Format.PORTABLE
    if data.startswith(_MAGIC):
        return Format.BYTECODE
    try:
        head = codecs.getincrementaldecoder("utf-8")().decode(data[:_HEAD])
    except UnicodeDecodeError:
        return Format.EXPORTED
    return Format.EXPORTED if "\0" in head else Format.TEXT


def check_program(data: bytes) -> None:
    """Checks that `data` is not recognized as something other than a program.

    Raises:
      ValueError: `data` is recognized as, for example, a NumPy or ZIP file.
    """
    for mark, what in _OTHERS.items():
        if mark.match(data[:_HEAD]):
            raise ValueError(
                f"it is {what}; a program is StableHLO as text (.mlir), bytecode or a "
                "portable artifact, or jax.export output"
            )


def portable_version(data: bytes) -> str | None:
    """The version of StableHLO in which the portable artifact `data` is written.

    None if `data` is not a portable artifact.
    """
    found = _PORTABLE.match(data[:64])
    return found[1].decode() if found else None
