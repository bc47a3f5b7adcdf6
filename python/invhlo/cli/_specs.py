# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Parses specifications of argument types, such as `f32[8,64]`."""

import ast
import re
from typing import Any

import jax
import ml_dtypes
import numpy as np

_NAMES = {
    "pred": "bool",
    "bool": "bool",
    **{f"f{width}": f"float{width}" for width in (16, 32, 64)},
    **{f"s{width}": f"int{width}" for width in (8, 16, 32, 64)},
    **{f"i{width}": f"int{width}" for width in (8, 16, 32, 64)},
    **{f"u{width}": f"uint{width}" for width in (8, 16, 32, 64)},
    "bf16": "bfloat16",
    "c64": "complex64",
    "c128": "complex128",
}


def parse_specs(text: str) -> list[Any]:
    """Parses the specifications of arguments, separated by commas.

        >>> parse_specs("f32[8,64], {'w': bf16[], 'b': (i32[2], i32[2])}")[0]
        ShapeDtypeStruct(shape=(8, 64), dtype=float32)

    Arrays are a dtype and a shape. Tuples, lists and dictionaries of them are written
    as in Python. Sizes may be symbolic, such as `f32[b,64]`.

    Raises:
      ValueError: `text` is not made of specifications.
    """
    try:
        parsed = ast.parse(f"[{text.replace('[]', '[()]')}]", mode="eval").body
    except SyntaxError:
        raise ValueError(f"{text!r} is not a list such as f32[8,64],i32[]") from None
    found: list[Any] = _spec(parsed, jax.export.SymbolicScope())
    return found


def format_aval(aval: Any) -> str:
    """The specification of `aval`, which `parse_specs` reads.

    >>> format_aval(jax.ShapeDtypeStruct((8, 64), "float32"))
    'f32[8,64]'
    """
    name = np.dtype(aval.dtype).name
    short = {long: short for short, long in _NAMES.items()}.get(name, name)
    return f"{short}[{','.join(map(str, aval.shape))}]"


def _spec(node: ast.expr, scope: Any) -> Any:
    match node:
        case ast.List(elts):
            return [_spec(element, scope) for element in elts]
        case ast.Tuple(elts):
            return tuple(_spec(element, scope) for element in elts)
        case ast.Dict(keys, values):
            pairs = zip(keys, values, strict=True)
            return {_key(key): _spec(value, scope) for key, value in pairs}
        case ast.Subscript(ast.Name(name), shape):
            return jax.ShapeDtypeStruct(_shape(shape, scope), _dtype(name))
        case ast.Name(name):
            return jax.ShapeDtypeStruct((), _dtype(name))
    raise ValueError(f"{ast.unparse(node)!r} is not an array such as f32[8,64]")


def _key(node: ast.expr | None) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    raise ValueError("the keys of dictionaries are written as in Python, in quotes")


def _shape(node: ast.expr, scope: Any) -> tuple[Any, ...]:
    sizes = node.elts if isinstance(node, ast.Tuple) else [node]
    written = [ast.unparse(size) for size in sizes]
    for size in written:
        if not re.fullmatch(r"[\w+* ]+", size):
            raise ValueError(f"{size!r} is not the size of an axis")
    if all(size.isdecimal() for size in written):
        return tuple(map(int, written))
    return tuple(jax.export.symbolic_shape(", ".join(written), scope=scope))


def _dtype(name: str) -> Any:
    full = _NAMES.get(name, name)
    try:
        dtype = np.dtype(getattr(ml_dtypes, full, full))
    except TypeError:
        dtype = None
    if dtype is None or dtype.name != full:
        raise ValueError(f"{name!r} is not a dtype such as f32, bf16 or i8")
    return dtype
