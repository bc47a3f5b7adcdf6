# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`preimages`: all arguments that have an output."""

import dataclasses
import functools
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

from invhlo._inverse import Inverse, Inverter, make_inverter
from invhlo._solve.problem import Argnums
from invhlo._solve.solve import count_preimages, solver
from invhlo._solve.statics import Fixed


class Preimages(NamedTuple):
    """The arguments of a function that have an output, element by element.

    Attributes:
      values: The candidates: what `inverse` returns, with a leading axis for them on
        each array. Where a candidate is no solution, it is that of another one.
      mask: Which of them are solutions, of the same structure and shapes.
      ildj: The share of each in the inverse log-det-Jacobian, of the same structure
        and shapes; -inf where it is no solution.
    """

    values: Any
    mask: Any
    ildj: Any


def preimages(
    fun: Callable[..., Any],
    *example_args: Any,
    argnums: Argnums = None,
    static_argnums: int | Sequence[int] | None = None,
    static_argnames: str | Sequence[str] | None = None,
) -> Callable[..., Preimages]:
    """Finds all arguments of `fun` that have an output.

        >>> import jax, jax.numpy as jnp
        >>> import invhlo
        >>> found = invhlo.preimages(jnp.square)(jnp.array([4.0, -1.0]))
        >>> print(found.values[:, 0], found.mask)
        [ 2. -2.] [[ True False]
         [ True False]]

    Where `inverse` returns one of several solutions, this returns each of them. So the
    density of `fun(x)` is the sum over all x that it may have come from; here, that of
    the square of a normal variable, which is the chi-squared one:

        >>> def log_density(y):
        ...     x, mask, ildj = invhlo.preimages(jnp.square)(y)
        ...     terms = jax.scipy.stats.norm.logpdf(x) + ildj
        ...     return jax.nn.logsumexp(jnp.where(mask, terms, -jnp.inf), axis=0)
        >>> y = jnp.array([0.5, 2.0])
        >>> print(jnp.abs(log_density(y) - jax.scipy.stats.chi2.logpdf(y, 1)) < 1e-6)
        [ True  True]

    What has several solutions must have them element by element: `fun` computes from
    each unknown array first, elementwise, something that is made of pieces that go one
    way each, and then something injective from that. Pieces are what `where`, `abs`,
    `maximum` and the like choose, and what even powers, `cosh`, and, where they are
    limited to an interval, `sin` and `cos` have on either side of an extremum.

    Args:
      fun: See `inverse`.
      *example_args: See `inverse`.
      argnums: See `inverse`.
      static_argnums: See `inverse`.
      static_argnames: See `inverse`.

    Returns:
      A function that takes what `inverse(fun)` takes and returns `Preimages`. The
      number of candidates depends on `fun` alone. On a boundary between pieces there is
      one solution.

    Raises:
      NonInvertibleError: When called: `fun` has solutions that are not told apart.
      TypeError: See `inverse`.
      ValueError: See `inverse`.
    """
    inverter = make_inverter(
        fun,
        example_args,
        argnums,
        static_argnums,
        static_argnames,
        False,
        "shares",
        kind=_Finder,
    )
    return inverter.function(Preimages, "preimages")


@dataclasses.dataclass(frozen=True, eq=False)
class _AllInverses(Inverse):
    """Finds all candidates; `run` returns their leaves, then masks, then shares."""

    def __call__(self, call_leaves: Sequence[Any]) -> tuple[Any, ...]:
        """The values, masks and shares of the unknown arguments."""
        results = self.run(*self.operands_of(call_leaves))
        count = len(self.problem.unknown)
        parts = (results[start : start + count] for start in (0, count, 2 * count))
        return tuple(map(self.problem.recovered, parts))


@dataclasses.dataclass(frozen=True, eq=False)
class _Finder(Inverter):
    """Makes and caches what finds all arguments of `fun`."""

    def _make(
        self, fixed: Fixed, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Inverse:
        problem = self._pose(fixed, args, kwargs)
        matching = problem.match(args, kwargs)
        counts = count_preimages(problem)
        solvers = [solver(problem, "shares", preimage=k) for k in range(max(counts))]

        @jax.jit
        def run(*operands: jax.Array) -> list[jax.Array]:
            found = [solve(*operands) for solve in solvers]
            leaves = [
                _stack(
                    [results[leaf] for results in found[:count]],
                    [results[leaf + len(counts)] for results in found[:count]],
                )
                for leaf, count in enumerate(counts)
            ]
            return [part for parts in zip(*leaves, strict=True) for part in parts]

        return _AllInverses(problem, "shares", matching.leaves, matching.dtypes, run)


def _stack(
    values: Sequence[jax.Array], shares: Sequence[jax.Array]
) -> tuple[jax.Array, jax.Array, jax.Array]:
    """Candidates of one array, which are NaN where they are no solutions."""
    candidates = jnp.stack(values)
    mask = ~jnp.isnan(candidates)
    # Where pieces meet, the same one is found in each.
    for i in range(1, len(values)):
        again = jnp.any(mask[:i] & (candidates[:i] == candidates[i]), axis=0)
        mask = mask.at[i].set(mask[i] & ~again)
    # Neither values nor derivatives of a density are NaN at those of another one.
    other = functools.reduce(lambda a, b: jnp.where(jnp.isnan(a), b, a), values)
    filled = jnp.where(mask, candidates, jax.lax.stop_gradient(other))
    return filled, mask, jnp.where(mask, jnp.stack(shares), -jnp.inf)
