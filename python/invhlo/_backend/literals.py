# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads the elements of constants."""

import re
from typing import Any

import numpy as np

from invhlo._jaxcompat import ir, shaped_array_of


def elements_of(constant: Any) -> np.ndarray[Any, Any]:
    """The elements of a `stablehlo.constant`; a splat is an array with zero strides."""
    aval = shaped_array_of(constant.results[0].type)
    elements = _read(constant, aval.dtype)
    if elements.size == 1:
        return np.broadcast_to(elements.reshape(()), aval.shape)
    return elements.reshape(aval.shape)


def _read(constant: Any, dtype: Any) -> np.ndarray[Any, Any]:
    try:
        attr = constant.attributes["value"]
        if attr.is_splat:
            return np.asarray(ir.DenseElementsAttr.get_splat_value(attr).value, dtype)
        return np.array(attr)
    except TypeError:  # the Python bindings print this type but cannot read it
        return _parse(str(constant), dtype)


def _parse(text: str, dtype: Any) -> np.ndarray[Any, Any]:
    match = re.search(r"dense<(.*?)> : tensor<", text, re.DOTALL)
    body = match[1] if match else ""
    if body.startswith('"0x'):
        return np.frombuffer(bytes.fromhex(body[3:-1]), dtype)
    is_complex = np.issubdtype(dtype, np.complexfloating)
    real = np.empty(0, dtype).real.dtype if is_complex else np.dtype(dtype)
    words = re.findall(r"[-+.\w]+", body)
    numbers = np.array([_number(word, real) for word in words], real)
    return numbers.view(dtype)


def _number(word: str, dtype: Any) -> Any:
    if word.startswith("0x"):  # MLIR prints infinities and NaNs as their bits
        bits = np.array(int(word, 16), f"uint{8 * dtype.itemsize}")
        return bits.view(dtype)[()]
    return float(word) if "." in word or "e" in word else int(word)
