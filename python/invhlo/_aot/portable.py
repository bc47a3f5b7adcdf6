# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Portable artifacts: programs for any StableHLO runtime.

JAX lowers to nothing but StableHLO for a platform that it does not know. Some runtimes
have no `triangular_solve`, so that is lowered to a loop.
"""

import re
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax

from invhlo._jaxcompat import (
    ir,
    lower_with,
    lowered_as,
    portable_bytes,
    stablehlo,
    triangular_solve_p,
)


def portable_artifact(traced: jax.stages.Traced, version: str | None) -> bytes:
    """A traced function as an artifact of that version; by default, the newest.

    Raises:
      NotImplementedError: It does what StableHLO alone cannot express.
      ValueError: There is no such version, or it cannot express the program.
    """
    oldest, newest = stablehlo.get_minimum_version(), stablehlo.get_current_version()
    version = version or newest
    if not re.fullmatch(r"\d+\.\d+\.\d+", version) or not (
        numbers(oldest) <= numbers(version) <= numbers(newest)
    ):
        raise ValueError(
            f"cannot write StableHLO {version}: the versions are {oldest} to {newest}"
        )
    rules = {triangular_solve_p: lowered_as(_triangular_solve)}
    module = lower_with(traced, "stablehlo", rules)
    try:
        return portable_bytes(module, version)
    except (ir.MLIRError, ValueError):
        raise ValueError(f"StableHLO {version} cannot express the program") from None


def numbers(version: str) -> tuple[int, ...]:
    """A version, to be compared."""
    return tuple(map(int, version.split(".")))


def _triangular_solve(
    a: jax.Array,
    b: jax.Array,
    *,
    left_side: bool,
    lower: bool,
    transpose_a: bool,
    conjugate_a: bool,
    unit_diagonal: bool,
) -> jax.Array:
    """Solves `a x = b` or `x a = b`, row by row."""
    if conjugate_a:
        a = jnp.conj(a)
    if transpose_a == left_side:  # of x a = b, the transpose is solved
        a, lower = a.mT, not lower
    if not left_side:
        b = b.mT
    n = a.shape[-1]
    a = jnp.tril(a) if lower else jnp.triu(a)
    # IREE 3.13 miscompiles a loop over what it has fused a gather into.
    b = lax.optimization_barrier(b)

    def body(step: Any, x: jax.Array) -> jax.Array:
        i = step if lower else n - 1 - step
        row = lax.dynamic_index_in_dim(a, i, -2)
        found = lax.dynamic_index_in_dim(b, i, -2) - row @ x  # x is zero from there on
        if not unit_diagonal:
            found = found / lax.dynamic_index_in_dim(row, i, -1)
        updated: jax.Array = lax.dynamic_update_index_in_dim(x, found, i, -2)
        return updated

    x = lax.fori_loop(0, n, body, jnp.zeros_like(b))
    solution: jax.Array = x if left_side else x.mT
    return solution
