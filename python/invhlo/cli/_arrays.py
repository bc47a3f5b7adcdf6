# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads and writes arrays in .npy and .npz files."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import jax
import numpy as np

from invhlo.cli import _files
from invhlo.cli._exits import InputError, OutputError
from invhlo.cli._specs import format_aval


def load_arrays(paths: Sequence[str]) -> list[np.ndarray[Any, Any]]:
    """The arrays in the files at `paths`, in order; a .npz file may hold several."""
    return [array for path in paths for array in _load(path)]


def _load(path: str) -> list[np.ndarray[Any, Any]]:
    data = _files.read(path)
    try:
        loaded = np.load(io.BytesIO(data), allow_pickle=False)
        if isinstance(loaded, np.ndarray):
            return [loaded]
        return [loaded[name] for name in loaded.files]
    except (ValueError, OSError, EOFError, zipfile.BadZipFile):
        raise InputError(f"{path}: it is no .npy or .npz file") from None


def fitted(
    arrays: Sequence[np.ndarray[Any, Any]], labels: Sequence[str], avals: Sequence[Any]
) -> list[np.ndarray[Any, Any]]:
    """Checks `arrays` against the arguments of a program, and restores their dtypes.

    NumPy writes dtypes that it does not know, such as bfloat16, as bytes.

    Args:
      arrays: The arrays to pass.
      labels: The names of the program's arguments in messages.
      avals: The types of its arguments.

    Raises:
      InputError: The arrays do not fit the arguments.
    """
    if len(arrays) != len(avals):
        raise InputError(
            f"the program takes {len(avals)} array(s), but was given {len(arrays)}"
        )
    found = []
    for array, label, aval in zip(arrays, labels, avals, strict=True):
        if array.dtype.kind == "V" and array.dtype.itemsize == aval.dtype.itemsize:
            array = array.view(aval.dtype)
        fits = _same_shape(array.shape, aval.shape)
        if array.dtype != aval.dtype or not fits:
            raise InputError(
                f"argument {label} is {format_aval(aval)}, but was given "
                f"{format_aval(array)}"
                + (f": save it by `array.astype('{aval.dtype}')`" if fits else "")
            )
        found.append(array)
    return found


def _same_shape(given: Sequence[int], wanted: Sequence[Any]) -> bool:
    """Whether shapes agree, but for symbolic sizes of the wanted one."""
    return len(given) == len(wanted) and all(
        size == want or not isinstance(want, int)
        for size, want in zip(given, wanted, strict=True)
    )


def dump(arrays: Sequence[Any], path: str) -> bytes:
    """The content of a .npz file of the arrays, or of a .npy file of the only one.

    The ending of `path` says which.
    """
    file = io.BytesIO()
    values = [np.asarray(jax.device_get(array)) for array in arrays]
    if path.endswith(".npz"):
        np.savez(file, *values)
    elif len(values) == 1:
        np.save(file, values[0])
    else:
        raise OutputError(
            f"the program returned {len(values)} arrays: write them to a .npz file"
        )
    return file.getvalue()
