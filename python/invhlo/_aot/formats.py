# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What a file or a string of bytes is, told from its content."""

import codecs
import enum
import re

_HEAD = 4096  # as much as is looked at
_MAGIC = b"ML\xefR"
_PORTABLE = re.compile(rb"ML\xefR.StableHLO_v(\d+\.\d+\.\d+)\0", re.DOTALL)


# Files that are easily taken for one another.
_OTHERS = {
    re.compile(rb"\x93NUMPY"): "an array of NumPy's",
    re.compile(rb"PK\x03\x04"): "a ZIP or .npz file",
    re.compile(rb"HloModule\b"): "HLO, which XLA makes of StableHLO",
    re.compile(rb"[^\s{]+\.\w+\Z"): "the name of a file and not what it holds",
}


class Format(enum.Enum):
    """The forms in which programs are kept."""

    TEXT = "mlir"
    BYTECODE = "bytecode"
    PORTABLE = "portable"
    EXPORTED = "jax-export"


def format_of(data: bytes) -> Format:
    """The form that `data` has; `EXPORTED`, which has no mark, if it is no other."""
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
    """Checks that `data` is not known to be something else than a program.

    Raises:
      ValueError: It is.
    """
    for mark, what in _OTHERS.items():
        if mark.match(data[:_HEAD]):
            raise ValueError(
                f"it is {what}; a program is StableHLO as text (.mlir), bytecode or a "
                "portable artifact, or jax.export output"
            )


def portable_version(data: bytes) -> str | None:
    """The version of StableHLO that the portable artifact `data` is written in.

    None if it is not such an artifact.
    """
    found = _PORTABLE.match(data[:64])
    return found[1].decode() if found else None
