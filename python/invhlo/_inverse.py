# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`inverse`, `ildj` and `inverse_and_ildj`."""

import dataclasses
import functools
from collections.abc import Callable, Hashable, Sequence
from typing import Any

import jax
import jax.numpy as jnp

from invhlo._annotation import rules_version
from invhlo._avals import avals_of
from invhlo._cache import FunctionCache
from invhlo._functions import name_of
from invhlo._jaxcompat import trace_context, typeof
from invhlo._pipeline import LogDet
from invhlo._problem import Argnums, Problem, pose
from invhlo._solve import solver


def inverse(
    fun: Callable[..., Any], *example_args: Any, argnums: Argnums = None
) -> Callable[..., Any]:
    """Inverts `fun`.

        >>> import jax.numpy as jnp
        >>> import invhlo
        >>> def standardize(x):
        ...     return (x - 10.0) / 4.0
        >>> print(invhlo.inverse(standardize)(2.0))
        18.0

    The function is traced and inverted when the result is first called with arguments
    of given shapes and dtypes; later calls only run the inverse.

    Args:
      fun: A function of arrays, or pytrees of them, that JAX can trace.
      *example_args: Arguments of `fun`, or `jax.ShapeDtypeStruct` in their place; only
        their shapes and dtypes matter. Without them the inputs of `fun` are taken to
        look like its outputs.
      argnums: Which positional arguments to solve for, as in `jax.grad`. The others
        are known, as keyword arguments are always. None solves for all.

    Returns:
      Without `argnums`, a function that takes the outputs of `fun` (as many arguments
      as the tuple it returns has elements, if it returns a tuple) and returns the
      argument of `fun`, or a tuple of them.

      With `argnums`, a function with the arguments of `fun`, where the output of `fun`
      stands in the place of the unknown argument, and which returns that. With several
      unknown arguments, `fun` returns a value for each; these stand in their places,
      and a tuple is returned.

    Raises:
      NonInvertibleError: When called: `fun` has no inverse that can be derived.
      TypeError: When called: with something that is not an array, or with the wrong
        number of arguments.
      ValueError: When called: with shapes or dtypes that `fun` does not return; or
        `fun` has side effects, or nothing to solve for.
    """
    inverter = _Inverter(fun, example_args, argnums, "none")
    return inverter.function(lambda argument: argument, "inverse")


def ildj(
    fun: Callable[..., Any],
    *example_args: Any,
    argnums: Argnums = None,
    reduce_ildj: bool = True,
    allow_overdetermined: bool = False,
) -> Callable[..., Any]:
    """Makes a function for the inverse log-det-Jacobian of `fun`.

        >>> import jax.numpy as jnp
        >>> import invhlo
        >>> print(invhlo.ildj(lambda x: jnp.exp(x))(jnp.array([1.0, 1.0])))
        0.0

    Args:
      fun: See `inverse`.
      *example_args: See `inverse`.
      argnums: See `inverse`.
      reduce_ildj: See `inverse_and_ildj`.
      allow_overdetermined: See `inverse_and_ildj`.

    Returns:
      A function that takes what `inverse(fun)` takes and returns `log|det dx/dy|` for
      the unknown arguments `x` and the outputs `y` of `fun`.

    Raises:
      NonInvertibleError: See `inverse_and_ildj`.
    """
    log_det: LogDet = "total" if reduce_ildj else "shares"
    inverter = _Inverter(fun, example_args, argnums, log_det, allow_overdetermined)
    return inverter.function(lambda _, ildj: ildj, "ildj")


def inverse_and_ildj(
    fun: Callable[..., Any],
    *example_args: Any,
    argnums: Argnums = None,
    reduce_ildj: bool = True,
    allow_overdetermined: bool = False,
) -> Callable[..., tuple[Any, Any]]:
    """Inverts `fun`, with the inverse log-det-Jacobian, in one program.

        >>> import jax.numpy as jnp
        >>> import invhlo
        >>> x, log_det = invhlo.inverse_and_ildj(lambda x: 2 * x)(jnp.array([4.0]))
        >>> print(x, log_det)
        [2.] -0.6931472

    Args:
      fun: See `inverse`.
      *example_args: See `inverse`.
      argnums: See `inverse`.
      reduce_ildj: Whether to add up the log-det. Otherwise each recovered leaf has its
        share, an array of the leaf's shape, and their sum is the log-det.
      allow_overdetermined: Whether `fun` may return more numbers than it takes. The
        log-det is then that of the outputs which the inverse uses, and it is for the
        caller to know that this is the chart that is meant.

    Returns:
      A function that takes what `inverse(fun)` takes and returns what that returns,
      and `log|det dx/dy|` for the unknown arguments `x` and the outputs `y` of `fun`: a
      scalar of the promoted real dtype of `x`, or, with `reduce_ildj=False`, a pytree
      of shares that is built like `x`.

    Raises:
      NonInvertibleError: When called: `fun` has no inverse that can be derived, or it
        is over-determined without `allow_overdetermined`.
      TypeError: See `inverse`.
      ValueError: See `inverse`.
    """
    log_det: LogDet = "total" if reduce_ildj else "shares"
    inverter = _Inverter(fun, example_args, argnums, log_det, allow_overdetermined)
    return inverter.function(lambda *results: results, "inverse_and_ildj")


@dataclasses.dataclass(frozen=True, eq=False)
class Inverse:
    """An inverse for calls with arguments of certain shapes.

    Attributes:
      problem: What it solves.
      log_det: What else it returns.
      leaves: Which leaves of a call it takes, in its order.
      dtypes: The dtypes in which it takes them.
      run: Runs it.
    """

    problem: Problem
    log_det: LogDet
    leaves: tuple[int, ...]
    dtypes: tuple[Any, ...]
    run: Callable[..., list[jax.Array]]

    def __call__(self, call_leaves: Sequence[Any]) -> tuple[Any, ...]:
        """The unknown arguments and, unless it is "none", the log-det."""
        operands = [
            _as_dtype(call_leaves[leaf], dtype)
            for leaf, dtype in zip(self.leaves, self.dtypes, strict=True)
        ]
        results = self.run(*self.problem.forward.constants, *operands)
        count = len(self.problem.unknown)
        recovered = self.problem.recovered(results[:count])
        if self.log_det == "none":
            return (recovered,)
        if self.log_det == "total":
            return recovered, results[count]
        return recovered, self.problem.recovered(results[count:])


def inverse_of(
    problem: Problem,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    log_det: LogDet,
    *,
    allow_overdetermined: bool = False,
    spliced: bool = False,
) -> Inverse:
    """Solves `problem` for calls with arguments like these avals.

    What is returned reads the inverted program whenever it is called, or is one
    operation if it is `spliced`.
    """
    matching = problem.match(args, kwargs)
    solved = solver(
        problem, log_det, allow_overdetermined=allow_overdetermined, spliced=spliced
    )

    def run(*operands: jax.Array) -> list[jax.Array]:
        return solved(*operands)

    run.__name__ = f"{problem.forward.name}.inverse"
    return Inverse(problem, log_det, matching.leaves, matching.dtypes, run)


def _as_dtype(leaf: Any, dtype: Any) -> Any:
    """`leaf`, where a Python scalar may have to take another dtype."""
    return leaf if getattr(leaf, "dtype", None) == dtype else jnp.asarray(leaf, dtype)


def _call_avals(
    args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The avals of the arguments of a call."""
    return (
        tuple(avals_of(arg, f"argument {i}") for i, arg in enumerate(args)),
        {name: avals_of(arg, f"argument `{name}`") for name, arg in kwargs.items()},
    )


INVERSES = FunctionCache()


@dataclasses.dataclass(frozen=True, eq=False)
class _Inverter:
    """Makes, and remembers, the inverse of `fun` for each kind of call."""

    fun: Callable[..., Any]
    example_args: tuple[Any, ...]
    argnums: Argnums
    log_det: LogDet
    allow_overdetermined: bool = False

    def __post_init__(self) -> None:
        if not callable(self.fun):
            raise TypeError(f"cannot invert {self.fun!r}: it is not a function")

    def function(self, choose: Callable[..., Any], name: str) -> Callable[..., Any]:
        """The function that users call; it returns what `choose` picks."""

        def inverse_of_fun(*args: Any, **kwargs: Any) -> Any:
            leaves, tree = jax.tree.flatten((args, kwargs))
            return choose(*self._for(leaves, tree)(leaves))

        inverse_of_fun.__name__ = f"{name}_of_{name_of(self.fun)}"
        inverse_of_fun.__qualname__ = inverse_of_fun.__name__
        return inverse_of_fun

    @functools.cached_property
    def _examples(self) -> tuple[Any, ...]:
        return tuple(
            avals_of(example, f"example argument {i}")
            for i, example in enumerate(self.example_args)
        )

    @functools.cached_property
    def _remembered(self) -> dict[Hashable, Inverse]:
        leaves, tree = jax.tree.flatten(self._examples)
        argnums = self.argnums
        kind = (
            tree,
            tuple(leaves),
            argnums if argnums is None or isinstance(argnums, int) else tuple(argnums),
            self.log_det,
            self.allow_overdetermined,
        )
        of_fun = INVERSES.of(self.fun)
        remembered: dict[Hashable, Inverse] = of_fun.setdefault(kind, {})
        return remembered

    def _for(self, leaves: Sequence[Any], tree: Any) -> Inverse:
        try:
            avals = tuple(map(typeof, leaves))
        except TypeError:
            _call_avals(*jax.tree.unflatten(tree, leaves))  # says which is no array
            raise
        key = (tree, avals, trace_context(), rules_version())
        if key not in self._remembered:
            made = self._make(*_call_avals(*jax.tree.unflatten(tree, leaves)))
            constants = made.problem.forward.constants
            if any(isinstance(constant, jax.core.Tracer) for constant in constants):
                return made  # good for this trace only
            self._remembered[key] = made
        return self._remembered[key]

    def _make(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Inverse:
        problem = pose(
            self.fun,
            self._examples or args,
            kwargs,
            self.argnums,
            guessed=not self.example_args,
        )
        inverse = inverse_of(
            problem,
            args,
            kwargs,
            self.log_det,
            allow_overdetermined=self.allow_overdetermined,
        )
        return dataclasses.replace(inverse, run=jax.jit(inverse.run))
