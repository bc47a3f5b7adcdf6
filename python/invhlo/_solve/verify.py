# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks the results of an inverse, by applying the function to them."""

import dataclasses
import functools
from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.experimental import checkify

from invhlo._solve.problem import Problem

# The rounding error that is tolerated, in units in the last place: of the recovered
# arguments, and of the largest element of an output.
_ROUNDING = 100


@dataclasses.dataclass(frozen=True, eq=False)
class Verifier:
    """Checks that the function maps the recovered arguments to the given outputs.

    Attributes:
      problem: The problem that the inverse solves.
      tolerance: The relative tolerance of outputs; None for the square root of the
        machine epsilon of their dtype.
    """

    problem: Problem
    tolerance: float | None

    def __call__(
        self, operands: Sequence[Any], results: Sequence[jax.Array]
    ) -> list[jax.Array]:
        """Checks the results of the inverse program.

        Args:
          operands: The operands of the program.
          results: Its results: the unknown leaves, then the log-det.

        Returns:
          `results`; under a transformation, NaN instead if the check fails at run time.

        Raises:
          ValueError: The function does not return the outputs that the inverse was
            given.
        """
        given = operands[-len(self.problem.forward.out_avals) :]
        got, agrees = self._compare(
            *jax.lax.stop_gradient((list(operands), list(results)))
        )
        if any(isinstance(agree, jax.core.Tracer) for agree in agrees):
            all_agree = functools.reduce(jnp.logical_and, map(jnp.all, agrees))
            name = self.problem.forward.name
            checkify.debug_check(
                all_agree, f"`{name}` does not return what its inverse was given"
            )
            return [
                jnp.where(all_agree, x, jnp.nan)
                if jnp.issubdtype(x.dtype, jnp.inexact)
                else x
                for x in results
            ]
        for i, agree in enumerate(map(np.asarray, agrees)):
            if not agree.all():
                raise ValueError(self._complaint(i, given[i], got[i], agree))
        return list(results)

    def _complaint(self, leaf: int, given: Any, got: Any, agree: Any) -> str:
        first = tuple(map(int, np.argwhere(~agree)[0]))
        where = f" at {list(first)}" if first else ""
        name = self.problem.forward.name
        return (
            f"no argument of `{name}` was found that has this output: "
            f"{self.problem.output_labels[leaf]}{where} is {np.asarray(given)[first]}, "
            f"but of what was found it is {np.asarray(got)[first]}"
        )

    @functools.cached_property
    def _compare(self) -> Any:
        """A jitted function of the operands and results of the inverse program.

        It returns the outputs of the function for the recovered arguments and, for each
        output, a mask of the elements that agree with the given ones.
        """
        problem, forward = self.problem, self.problem.forward
        constants, unknown = len(forward.constants), set(problem.unknown)
        assert forward.apply is not None
        apply = forward.apply

        @jax.jit
        def compare(operands: list[Any], results: list[Any]) -> Any:
            rest, found = iter(operands), iter(results)
            arguments = [next(rest) for _ in range(constants)]
            arguments += [
                next(found if i in unknown else rest)
                for i in range(len(forward.in_avals))
            ]
            given = list(rest)
            places = [constants + i for i in problem.unknown]
            got, moved = _applied(apply, arguments, places)
            return got, [
                self._agree(*each) for each in zip(given, got, moved, strict=True)
            ]

        return compare

    def _agree(self, given: jax.Array, got: jax.Array, moved: Any) -> jax.Array:
        if not jnp.issubdtype(got.dtype, jnp.inexact):
            same: jax.Array = given == got
            return same
        real = jnp.promote_types(jnp.finfo(got.dtype).dtype, jnp.float32)
        size = jnp.abs(given).astype(real)
        eps = float(jnp.finfo(got.dtype).eps)
        relative = eps**0.5 if self.tolerance is None else self.tolerance
        largest = jnp.max(jnp.where(jnp.isfinite(size), size, 0), initial=0)
        rounding = _ROUNDING * eps * largest + moved.astype(real)
        tolerance = relative * size + jnp.where(jnp.isfinite(rounding), rounding, 0)
        near = jnp.abs(got - given).astype(real) <= tolerance
        both_nan = jnp.isnan(got) & jnp.isnan(given)
        return (given == got) | both_nan | (near & jnp.isfinite(given))


def _applied(
    apply: Any, arguments: list[Any], places: Sequence[int]
) -> tuple[list[Any], list[Any]]:
    """The results of `apply`, and how much they change by rounding of its arguments.

    Args:
      apply: A function that returns a list.
      arguments: Its arguments.
      places: The positions of the arguments that have rounding errors.

    Returns:
      The results, and the absolute changes of their elements; None for integers.
    """
    moved = list(arguments)
    for i in places:
        x = arguments[i]
        if jnp.issubdtype(x.dtype, jnp.inexact):
            moved[i] = x * (1 + _ROUNDING * jnp.finfo(x.dtype).eps).astype(x.dtype)
    got = apply(*arguments)
    return got, [
        jnp.abs(there - here) if jnp.issubdtype(here.dtype, jnp.inexact) else None
        for here, there in zip(got, apply(*moved), strict=True)
    ]
