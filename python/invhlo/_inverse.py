# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`inverse`, `ildj` and `inverse_and_ildj`."""

import dataclasses
import functools
import math
from collections.abc import Callable, Hashable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from invhlo._compiler.pipeline import LogDet
from invhlo._frontend.lowering import Forward, trace
from invhlo._jaxcompat import hiding_our_frames, trace_context, typeof
from invhlo._rules.annotation import rules_version
from invhlo._solve.problem import Argnums, Problem, argnums_of, pose
from invhlo._solve.solve import solver
from invhlo._solve.statics import Fixed, Statics, statics_of
from invhlo._solve.verify import Verifier
from invhlo._util.avals import avals_of
from invhlo._util.cache import FunctionCache
from invhlo._util.functions import name_of


def inverse(
    fun: Callable[..., Any],
    *example_args: Any,
    argnums: Argnums = None,
    static_argnums: int | Sequence[int] | None = None,
    static_argnames: str | Sequence[str] | None = None,
    check: bool | float = False,
) -> Callable[..., Any]:
    """Inverts `fun`.

        >>> import jax.numpy as jnp
        >>> import invhlo
        >>> def standardize(x):
        ...     return (x - 10.0) / 4.0
        >>> print(invhlo.inverse(standardize)(2.0))
        18.0

    The function is traced and inverted when the result is first called with arguments
    of given shapes and dtypes; later calls only run the inverse. As with `jax.jit`, a
    function object is traced once for each combination of shapes and dtypes, and global
    and closed-over values are read then; `inverse`, `ildj` and `inverse_and_ildj` share
    the trace. A bound method is a new object each time that it is read from its
    instance, so `inverse(instance.method)` sees the instance as it is when the inverse
    is first called.

        >>> class Scale:
        ...     def forward(self, x):
        ...         return self.factor * x
        >>> layer = Scale()
        >>> for layer.factor in (2.0, 3.0):
        ...     print(invhlo.inverse(layer.forward)(6.0))
        3.0
        2.0

    Args:
      fun: A function of arrays, or pytrees of them, that JAX can trace.
      *example_args: Arguments of `fun`, or `jax.ShapeDtypeStruct` in their place; only
        their shapes and dtypes matter. Without them the inputs of `fun` are taken to
        look like its outputs.
      argnums: Which positional arguments to solve for, as in `jax.grad`. The others
        are known, as keyword arguments are always. None solves for all.
      static_argnums: Positions of arguments that are not arrays but part of the
        function, as in `jax.jit`. They must be hashable; each value is another
        function. The inverse takes static arguments in the positions in which `fun`
        takes them; but with example arguments and without `argnums`, the example
        arguments include them and the inverse does not take them.
      static_argnames: Their names, as in `jax.jit`. Where only positions or only names
        are given, the others follow from the signature of `fun`.
      check: Whether to apply `fun` to the recovered arguments and to raise a
        `ValueError` that names the first output element which differs from the given
        one. Under `jit` and other transformations, where no error can be raised, all
        recovered arguments are NaN instead (integers stay), and
        `jax.experimental.checkify` reports the failure. The relative tolerance is the
        square root of the machine epsilon of the dtype, or the float given instead of
        True; added to it are 100 times the rounding errors of the recovered arguments
        and of the largest element of the output array.

        Without a check, outputs outside the range of `fun` may go unnoticed. They give
        NaN where an operation cannot have such a result, as -1 of an exponential, but
        not where outputs contradict each other: of `(x, 2 * x)` the inverse uses one.

            >>> twice = invhlo.inverse(lambda x: (x, 2 * x), 0.0, check=True)
            >>> print(twice(1.0, 2.0))
            1.0
            >>> twice(1.0, 3.0)  # doctest: +IGNORE_EXCEPTION_DETAIL
            Traceback (most recent call last):
            ValueError: no argument of `<lambda>` was found that has this output: ...

    Returns:
      Without `argnums`, a function that takes the outputs of `fun` (as many arguments
      as the tuple it returns has elements, if it returns a tuple) and returns the
      argument of `fun`, or a tuple of its arguments if there are several.

      With `argnums`, a function with the signature of `fun`. It takes the output of
      `fun` in the position of the unknown argument, and returns that argument. If
      several arguments are unknown, `fun` must return a value for each; the function
      takes these in their positions and returns a tuple.

    Raises:
      NonInvertibleError: When called: `fun` has no inverse that can be derived.
      TypeError: When called: with something that is not an array, or with the wrong
        number of arguments.
      ValueError: When called: with shapes or dtypes that `fun` does not return; or if
        `fun` has side effects, or there is nothing to solve for, or a `check` fails.
    """
    inverter = make_inverter(
        fun, example_args, argnums, static_argnums, static_argnames, check, "none"
    )
    return inverter.function(lambda argument: argument, "inverse")


def ildj(
    fun: Callable[..., Any],
    *example_args: Any,
    argnums: Argnums = None,
    static_argnums: int | Sequence[int] | None = None,
    static_argnames: str | Sequence[str] | None = None,
    reduce_ildj: bool = True,
    allow_overdetermined: bool = False,
    check: bool | float = False,
) -> Callable[..., Any]:
    """Makes the function that computes the inverse log-det-Jacobian of `fun`.

        >>> import jax.numpy as jnp
        >>> import invhlo
        >>> print(invhlo.ildj(lambda x: jnp.exp(x))(jnp.array([1.0, 1.0])))
        0.0

    Args:
      fun: See `inverse`.
      *example_args: See `inverse`.
      argnums: See `inverse`.
      static_argnums: See `inverse`.
      static_argnames: See `inverse`.
      reduce_ildj: See `inverse_and_ildj`.
      allow_overdetermined: See `inverse_and_ildj`.
      check: See `inverse`.

    Returns:
      A function that takes what `inverse(fun)` takes and returns `log|det dx/dy|` for
      the unknown arguments `x` and the outputs `y` of `fun`.

    Raises:
      NonInvertibleError: See `inverse_and_ildj`.
      TypeError: See `inverse`.
      ValueError: See `inverse`.
    """
    log_det: LogDet = "total" if reduce_ildj else "shares"
    inverter = make_inverter(
        fun,
        example_args,
        argnums,
        static_argnums,
        static_argnames,
        check,
        log_det,
        allow_overdetermined,
    )
    return inverter.function(lambda _, ildj: ildj, "ildj")


def inverse_and_ildj(
    fun: Callable[..., Any],
    *example_args: Any,
    argnums: Argnums = None,
    static_argnums: int | Sequence[int] | None = None,
    static_argnames: str | Sequence[str] | None = None,
    reduce_ildj: bool = True,
    allow_overdetermined: bool = False,
    check: bool | float = False,
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
      static_argnums: See `inverse`.
      static_argnames: See `inverse`.
      reduce_ildj: Whether to return the log-det as one scalar. Otherwise there is a
        share for each recovered leaf, an array of the leaf's shape, and the sum of all
        shares is the log-det.
      allow_overdetermined: Whether `fun` may return more numbers than it takes. The
        log-det is then with respect to the output elements that the inverse uses: the
        first ones that determine the unknown.
      check: See `inverse`.

    Returns:
      A function that takes the same as `inverse(fun)` and returns a pair: the result of
      `inverse(fun)`, and `log|det dx/dy|` for the unknown arguments `x` and the outputs
      `y` of `fun`. The log-det is a scalar of the promoted real dtype of `x`, or, with
      `reduce_ildj=False`, a pytree of shares with the structure of `x`.

    Raises:
      NonInvertibleError: When called: `fun` has no inverse that can be derived, or
        returns more numbers than it takes, without `allow_overdetermined`.
      TypeError: See `inverse`.
      ValueError: See `inverse`.
    """
    log_det: LogDet = "total" if reduce_ildj else "shares"
    inverter = make_inverter(
        fun,
        example_args,
        argnums,
        static_argnums,
        static_argnames,
        check,
        log_det,
        allow_overdetermined,
    )
    return inverter.function(lambda *results: results, "inverse_and_ildj")


@dataclasses.dataclass(frozen=True, eq=False)
class Inverse:
    """An inverse for calls with arguments of given shapes and dtypes.

    Attributes:
      problem: The problem that it solves.
      log_det: Whether it also returns the log-det: "none", "shares" or "total".
      leaves: The positions of its operands in the flattened `(args, kwargs)` of a call.
      dtypes: The dtypes of its operands.
      run: The inverse program: from the operands to the recovered leaves and log-det.
      verify: Checks the results of `run`; None for no check.
    """

    problem: Problem
    log_det: LogDet
    leaves: tuple[int, ...]
    dtypes: tuple[Any, ...]
    run: Callable[..., list[jax.Array]]
    verify: Verifier | None = None

    def operands_of(self, call_leaves: Sequence[Any]) -> list[Any]:
        """The operands of `run` for the leaves of a call."""
        operands = [
            _as_dtype(call_leaves[leaf], dtype)
            for leaf, dtype in zip(self.leaves, self.dtypes, strict=True)
        ]
        return [*self.problem.forward.constants, *operands]

    def __call__(self, call_leaves: Sequence[Any]) -> tuple[Any, ...]:
        """The unknown arguments and, unless `log_det` is "none", the log-det."""
        operands = self.operands_of(call_leaves)
        results = self.run(*operands)
        if self.verify:
            results = self.verify(operands, results)
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
    """Solves `problem` for calls with arguments of given types.

    Args:
      problem: The problem.
      args: The avals of the positional arguments of a call of the inverse.
      kwargs: The avals of its keyword arguments.
      log_det: Whether the inverse also returns the log-det.
      allow_overdetermined: See `inverse_and_ildj`.
      spliced: Whether the inverse is a single operation to JAX, which then cannot
        transform it. Otherwise each call applies the program operation by operation.
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
    """`leaf`, converted to `dtype` if it is a Python scalar."""
    # NumPy takes None for a dtype, which is that of doubles.
    is_such = hasattr(leaf, "dtype") and leaf.dtype == dtype
    return leaf if is_such else jnp.asarray(leaf, dtype)


def _call_avals(
    args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The avals of the arguments of a call of the inverse."""
    return (
        tuple(avals_of(arg, f"argument {i}", _STATIC) for i, arg in enumerate(args)),
        {
            name: avals_of(arg, f"argument `{name}`", _STATIC)
            for name, arg in kwargs.items()
        },
    )


_STATIC = "; known arguments that are no arrays are named by static_argnames"


INVERSES = FunctionCache()


@dataclasses.dataclass(frozen=True, eq=False)
class Inverter:
    """Makes and caches the inverses of `fun`, one for the types of each call.

    Attributes:
      fun: The function to invert.
      example_args: Its example arguments; empty if none were given.
      argnums: The positions of the unknown arguments; None for all.
      statics: Which arguments are static.
      check: Whether to check results, or the relative tolerance.
      log_det: Whether the inverses also return the log-det.
      allow_overdetermined: See `inverse_and_ildj`.
    """

    fun: Callable[..., Any]
    example_args: tuple[Any, ...]
    argnums: Argnums
    statics: Statics
    check: bool | float
    log_det: LogDet
    allow_overdetermined: bool = False

    def function(self, choose: Callable[..., Any], name: str) -> Callable[..., Any]:
        """The function that users call.

        Args:
          choose: Makes its result of the unknown arguments and the log-det, if any.
          name: The prefix of its name.
        """

        @hiding_our_frames
        def inverse_of_fun(*args: Any, **kwargs: Any) -> Any:
            fixed = _NONE_FIXED
            if self.statics != _NONE_STATIC:
                fixed, args, kwargs = self._split(args, kwargs)
            leaves, tree = jax.tree.flatten((args, kwargs))
            return choose(*self._for(fixed, leaves, tree)(leaves))

        inverse_of_fun.__name__ = f"{name}_of_{name_of(self.fun)}"
        inverse_of_fun.__qualname__ = inverse_of_fun.__name__
        return inverse_of_fun

    def _split(
        self, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[Fixed, tuple[Any, ...], dict[str, Any]]:
        """The static arguments of a call of the inverse, and the other arguments."""
        if not self.example_args or self.argnums is not None:
            return self.statics.split(args, kwargs)
        # Without `argnums`, only outputs are passed by position; static arguments among
        # the positional ones are in the examples.
        fixed, args, kwargs = self.statics.split(args, kwargs, by_position=False)
        return dataclasses.replace(fixed, args=self._examples[0].args), args, kwargs

    @functools.cached_property
    def _examples(self) -> tuple[Fixed, tuple[Any, ...]]:
        """The static example arguments, and the avals of the other ones."""
        fixed, others, _ = self.statics.split(self.example_args, {})
        return fixed, tuple(
            avals_of(example, f"example argument {i}")
            for i, example in enumerate(others)
        )

    @functools.cached_property
    def _remembered(self) -> tuple[dict[Hashable, Forward], dict[Hashable, Inverse]]:
        """The caches of the traces of `fun`, and of its inverses with these options."""
        leaves, tree = jax.tree.flatten(self._examples[1])
        kind = (
            type(self),
            tree,
            tuple(leaves),
            self.argnums,
            self.statics,
            (type(self.check), self.check),
            self.log_det,
            self.allow_overdetermined,
        )
        of_fun = INVERSES.of(self.fun)
        return of_fun.setdefault("traces", {}), of_fun.setdefault(kind, {})

    def _for(self, fixed: Fixed, leaves: Sequence[Any], tree: Any) -> Inverse:
        try:
            avals = tuple(map(typeof, leaves))
        except TypeError:
            _call_avals(*jax.tree.unflatten(tree, leaves))  # names the leaf at fault
            raise
        key = (tree, avals, fixed.key, trace_context(), rules_version())
        _, inverses = self._remembered
        if key not in inverses:
            made = self._make(fixed, *_call_avals(*jax.tree.unflatten(tree, leaves)))
            if _holds_tracers(made.problem.forward):
                return made
            inverses[key] = made
        return inverses[key]

    def _make(
        self, fixed: Fixed, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Inverse:
        problem = self._pose(fixed, args, kwargs)
        inverse = inverse_of(
            problem,
            args,
            kwargs,
            self.log_det,
            allow_overdetermined=self.allow_overdetermined,
        )
        verify = None
        if self.check is not False:
            verify = Verifier(problem, None if self.check is True else self.check)
        return dataclasses.replace(inverse, run=jax.jit(inverse.run), verify=verify)

    def _pose(
        self, fixed: Fixed, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Problem:
        """The problem that calls with arguments of given types pose."""
        return pose(
            self.fun,
            self._examples[1] or args,
            kwargs,
            self.argnums,
            fixed=fixed,
            guessed=not self.example_args,
            trace_as=functools.partial(self._trace, fixed),
        )

    def _trace(
        self, fixed: Fixed, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Forward:
        """Traces the function, once for all its inverses and log-dets."""
        leaves, tree = jax.tree.flatten((args, kwargs))
        key = (tree, tuple(leaves), fixed.key, trace_context(), rules_version())
        traces, _ = self._remembered
        if key not in traces:
            forward = trace(fixed.applied_to(self.fun), args, kwargs)
            if _holds_tracers(forward):
                return forward
            traces[key] = forward
        return traces[key]


_NONE_FIXED, _NONE_STATIC = Fixed(), Statics()


def make_inverter(
    fun: Callable[..., Any],
    example_args: tuple[Any, ...],
    argnums: Argnums,
    static_argnums: int | Sequence[int] | None,
    static_argnames: str | Sequence[str] | None,
    check: bool | float,
    *rest: Any,
    kind: type[Inverter] = Inverter,
) -> Inverter:
    """The inverter of `fun`, for what users say of it.

    Args:
      fun: See `inverse`.
      example_args: See `inverse`.
      argnums: See `inverse`.
      static_argnums: See `inverse`.
      static_argnames: See `inverse`.
      check: See `inverse`.
      *rest: The other attributes of the inverter.
      kind: What inverts.

    Raises:
      TypeError: Something is not of the type that it should be.
    """
    if not callable(fun):
        raise TypeError(f"cannot invert {fun!r}: it is not a function")
    statics = statics_of(fun, static_argnums, static_argnames)
    check = bool(check) if isinstance(check, bool | np.bool_) else _tolerance(check)
    return kind(fun, example_args, argnums_of(argnums), statics, check, *rest)


def _holds_tracers(forward: Forward) -> bool:
    """Whether `forward` closes over tracers, so that it must not be cached."""
    return any(isinstance(x, jax.core.Tracer) for x in forward.constants)


def _tolerance(check: Any) -> float:
    try:
        tolerance = float(check)
    except (TypeError, ValueError):
        tolerance = math.nan
    if not 0 <= tolerance < math.inf:
        raise TypeError(
            f"check is True, False or a relative tolerance, but was given {check!r}"
        )
    return tolerance
