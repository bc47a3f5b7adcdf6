# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Support calls: functions that an inverse needs and StableHLO has no operation for.

The compiler emits a platform-neutral custom call, which is read back as the JAX
function defined here. These have custom inverses, so an inverse can be inverted again.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import jax
import jax.numpy as jnp

from invhlo._errors import NonInvertibleError
from invhlo._rules.custom_inverse import custom_inverse


def _at_least_float32(array: jax.Array) -> jax.Array:
    """`array` in at least single precision: JAX has no LU of half precision."""
    half = jnp.finfo(array.dtype).bits < 32
    return array.astype(jnp.float32) if half else array


@custom_inverse
def _solve(matrix: jax.Array, rhs: jax.Array) -> jax.Array:
    """Solves `matrix @ x == rhs`: `[..., n, n]`, `[..., n, m]` to `[..., n, m]`."""
    solution = jnp.linalg.solve(_at_least_float32(matrix), _at_least_float32(rhs))
    return jnp.asarray(solution, rhs.dtype)


@_solve.def_inverse_and_ildj
def _solve_inverse(arguments: Any, solution: Any, share: Any) -> Any:
    """`rhs = matrix @ x`; the log-det of a column is spread evenly over it."""
    matrix, rhs = arguments
    if matrix is None or rhs is not None:
        raise NonInvertibleError("its matrix depends on the unknown")
    rhs = jnp.matmul(matrix, solution, precision="highest")
    dims = 2 if jnp.iscomplexobj(matrix) else 1
    log_det = dims * _log_abs_det(matrix)[..., None, None] / matrix.shape[-1]
    share = jnp.mean(share, axis=-2, keepdims=True) + log_det
    return (None, rhs), (None, jnp.broadcast_to(share, rhs.shape))


def _log_abs_det(matrix: jax.Array) -> jax.Array:
    """`log|det matrix|`: `[..., n, n]` to `[...]`, real."""
    slogdet = jnp.linalg.slogdet(_at_least_float32(matrix))
    return jnp.asarray(slogdet.logabsdet, jnp.finfo(matrix.dtype).dtype)


SUPPORT_CALLS: Mapping[str, Callable[..., jax.Array]] = MappingProxyType(
    {
        "invhlo.solve": _solve,
        "invhlo.log_abs_det": _log_abs_det,
    }
)
