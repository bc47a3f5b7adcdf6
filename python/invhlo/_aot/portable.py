# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Portable artifacts: programs for any StableHLO runtime.

For a platform that JAX does not know it emits StableHLO without custom calls. Some
runtimes lack `triangular_solve`, so that one is lowered to a loop.
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
    """A traced function as a portable artifact.

    Args:
      traced: The function.
      version: The version of StableHLO to write; None for the newest.

    Raises:
      NotImplementedError: The function does what StableHLO alone cannot express.
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
    """The components of a version such as "1.10.0", which compare as numbers."""
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
    """Solves `a x = b` or `x a = b` by substitution, row by row."""
    if conjugate_a:
        a = jnp.conj(a)
    if transpose_a == left_side:  # x a = b is solved as a^T x^T = b^T
        a, lower = a.mT, not lower
    if not left_side:
        b = b.mT
    n = a.shape[-1]
    a = jnp.tril(a) if lower else jnp.triu(a)
    # Keeps IREE 3.13 from fusing a gather into `b`: it miscompiles the loop then.
    b = lax.optimization_barrier(b)

    def body(step: Any, x: jax.Array) -> jax.Array:
        i = step if lower else n - 1 - step
        row = lax.dynamic_index_in_dim(a, i, -2)
        found = lax.dynamic_index_in_dim(b, i, -2) - row @ x  # rows not found yet are 0
        if not unit_diagonal:
            found = found / lax.dynamic_index_in_dim(row, i, -1)
        updated: jax.Array = lax.dynamic_update_index_in_dim(x, found, i, -2)
        return updated

    x = lax.fori_loop(0, n, body, jnp.zeros_like(b))
    solution: jax.Array = x if left_side else x.mT
    return solution
