# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Converts between JAX's types of arrays and MLIR's."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import jax
import ml_dtypes
import numpy as np
from jax.extend import core
from jax.interpreters import mlir
from jaxlib.mlir import ir

# JAX 0.12 has one class where there were two, and hides the name of the other.
if TYPE_CHECKING:
    from jax.extend.core import (  # type: ignore[attr-defined,unused-ignore]
        ClosedJaxpr as ClosedJaxpr,
    )
else:
    ClosedJaxpr = getattr(core, "ClosedJaxpr", core.Jaxpr)

_DTYPES: dict[str, Any] = {
    "i1": np.bool_,
    **{f"i{width}": f"int{width}" for width in (8, 16, 32, 64)},
    **{f"ui{width}": f"uint{width}" for width in (8, 16, 32, 64)},
    **{f"f{width}": f"float{width}" for width in (16, 32, 64)},
    "complex<f32>": np.complex64,
    "complex<f64>": np.complex128,
    "bf16": ml_dtypes.bfloat16,
    **{f"i{width}": getattr(ml_dtypes, f"int{width}") for width in (2, 4)},
    **{f"ui{width}": getattr(ml_dtypes, f"uint{width}") for width in (2, 4)},
    "f4E2M1FN": ml_dtypes.float4_e2m1fn,
    "f8E3M4": ml_dtypes.float8_e3m4,
    "f8E4M3": ml_dtypes.float8_e4m3,
    "f8E4M3B11FNUZ": ml_dtypes.float8_e4m3b11fnuz,
    "f8E4M3FN": ml_dtypes.float8_e4m3fn,
    "f8E4M3FNUZ": ml_dtypes.float8_e4m3fnuz,
    "f8E5M2": ml_dtypes.float8_e5m2,
    "f8E5M2FNUZ": ml_dtypes.float8_e5m2fnuz,
    "f8E8M0FNU": ml_dtypes.float8_e8m0fnu,
}


def tensor_type_of(aval: jax.core.ShapedArray, context: ir.Context) -> ir.Type:
    """The MLIR tensor type of an array of `aval`."""
    with context, ir.Location.unknown():
        return ir.RankedTensorType.get(aval.shape, mlir.dtype_to_ir_type(aval.dtype))


def shaped_array_of(type_: ir.Type) -> jax.core.ShapedArray:
    """The abstract array of a tensor type with a static shape.

    Raises:
      ValueError: `type_` is not such a type.
    """
    if not isinstance(type_, ir.RankedTensorType):
        raise ValueError(f"`{type_}` is not the type of an array")
    if not type_.has_static_shape:
        raise ValueError(f"`{type_}` has a dynamic shape, which is not supported")
    return jax.core.ShapedArray(tuple(type_.shape), dtype_of(type_.element_type))


def dtype_of(type_: ir.Type) -> np.dtype[Any]:
    """The dtype of the element type `type_`.

    Raises:
      ValueError: JAX has no such dtype.
    """
    try:
        dtype: np.dtype[Any] = np.dtype(_DTYPES[str(type_)])
    except KeyError:
        raise ValueError(
            f"`{type_}` is an element type that is not supported"
        ) from None
    return dtype


def is_array_aval(aval: Any) -> bool:
    """Whether `aval` is that of an array, not of a reference or a token."""
    return type(aval) is jax.core.ShapedArray


def size_at(size: Any, point: Mapping[str, int]) -> int:
    """The value at `point` of `size`, which may be symbolic.

    Args:
      size: The size of an axis.
      point: The number of each symbol, by name.

    Raises:
      ValueError: JAX cannot evaluate the size.
    """
    if isinstance(size, int):
        return size
    evaluate = getattr(size, "_evaluate", None)
    if evaluate is not None:
        return int(evaluate(dict(point)))
    constraints = [f"{name} == {number}" for name, number in point.items()]
    (number,) = jax.export.symbolic_shape(str(size), constraints=constraints)
    if not isinstance(number, int):
        raise ValueError(f"the symbolic size `{size}` cannot be given numbers")
    return number
