# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Support calls: work of an inverse that StableHLO has no operation for.

The compiler names it by a neutral custom call; JAX lowers the function given here
for the platform that the program is for.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import jax
import jax.numpy as jnp


def _at_least_float32(array: jax.Array) -> jax.Array:
    """Half precision has no LU decomposition."""
    half = jnp.finfo(array.dtype).bits < 32
    return array.astype(jnp.float32) if half else array


def _solve(matrix: jax.Array, rhs: jax.Array) -> jax.Array:
    """`x` with `matrix @ x == rhs`: `[..., n, n]`, `[..., n, m]` to `[..., n, m]`."""
    solution = jnp.linalg.solve(_at_least_float32(matrix), _at_least_float32(rhs))
    return jnp.asarray(solution, rhs.dtype)


def _log_abs_det(matrix: jax.Array) -> jax.Array:
    """`log|det matrix|`: `[..., n, n]` to `[...]`, real."""
    slogdet = jnp.linalg.slogdet(_at_least_float32(matrix))
    return jnp.asarray(slogdet.logabsdet, jnp.finfo(matrix.dtype).dtype)


SUPPORT_CALLS: Mapping[str, Callable[..., jax.Array]] = MappingProxyType(
    {"invhlo.solve": _solve, "invhlo.log_abs_det": _log_abs_det}
)
