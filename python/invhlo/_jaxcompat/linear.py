# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The primitive of `jax.lax.custom_linear_solve`."""

import dataclasses
from typing import Any

from jax import lax

from invhlo._jaxcompat.types import ClosedJaxpr

linear_solve_p = lax.linear_solve_p


@dataclasses.dataclass(frozen=True)
class LinearSolve:
    """The functions and operands of a linear solve.

    Attributes:
      map: The linear map, which takes its closed-over constants, then a vector.
      map_operands: Where the primitive takes the constants of `map`.
      solve: The inverse of the map, which takes its constants, then a vector.
      solve_operands: Where the primitive takes the constants of `solve`.
      first: The position of the first operand that is part of the right-hand side.
    """

    map: ClosedJaxpr
    map_operands: range
    solve: ClosedJaxpr
    solve_operands: range
    first: int

    @staticmethod
    def of(const_lengths: Any, jaxprs: Any) -> "LinearSolve":
        """The linear solve with these parameters of the primitive."""
        start = const_lengths.matvec + const_lengths.vecmat
        return LinearSolve(
            map=jaxprs.matvec,
            map_operands=range(const_lengths.matvec),
            solve=jaxprs.solve,
            solve_operands=range(start, start + const_lengths.solve),
            first=sum(const_lengths),
        )
