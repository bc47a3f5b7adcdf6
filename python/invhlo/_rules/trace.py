# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Traces the rules that users write, to functions that the compiler can use."""

import dataclasses
import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp

from invhlo._errors import NonInvertibleError
from invhlo._jaxcompat import ClosedJaxpr, jaxpr_as_fun
from invhlo._jaxprs.constants import lift_constants
from invhlo._jaxprs.search import searches
from invhlo._rules.annotation import (
    AskedRule,
    Known,
    RuleFunction,
    UnaryRule,
    annotating,
)
from invhlo._rules.call import CustomCall, Mark
from invhlo._rules.check import Argument, checked_share, checked_value, is_none
from invhlo._rules.dense import dense_ildj, has_density, spread_evenly
from invhlo._rules.implicit import FromForward, Pair
from invhlo._util.avals import ShapedArray, share_dtype, shown, stand_in


def unary_rule(
    call: CustomCall,
    f_inv: Callable[..., Any] | None,
    f_ildj: Callable[..., Any] | FromForward | None,
) -> UnaryRule | AskedRule:
    """The rule that `def_inverse_unary` defines, for `call`.

    If it cannot be traced, the exception is raised when the compiler asks for the rule.

    Args:
      call: The call to invert.
      f_inv: The user's inverse; None to invert the body.
      f_ildj: The user's log-det, or `from_forward`; None to derive it.
    """
    try:
        return _Unary(call, f_inv, f_ildj).rule()
    except Exception as error:
        raised = error

        def raise_when_asked(known: Known, log_det: bool) -> RuleFunction:
            raise raised

        return AskedRule(raise_when_asked)


@dataclasses.dataclass(frozen=True, eq=False)
class _Lifted:
    """A traced function, with the arrays that it closes over made arguments.

    Attributes:
      jaxpr: The function, which takes these arrays first.
      closed_over: The positions of these arrays in the closure of the call.
    """

    jaxpr: ClosedJaxpr
    closed_over: list[int]


@dataclasses.dataclass(frozen=True, eq=False)
class _Unary:
    """The definition of a unary function's inverse, for a call.

    Attributes:
      call: The call to invert.
      f_inv: The user's inverse; None to invert the body.
      f_ildj: The user's log-det, or `from_forward`; None to derive it.
    """

    call: CustomCall
    f_inv: Callable[..., Any] | None
    f_ildj: Callable[..., Any] | FromForward | None

    @functools.cached_property
    def finds(self) -> list[int]:
        """The numbers of the arrays in the one positional argument that has any."""
        numbers: list[int] = jax.tree.leaves(_only(self.call, *self.call.numbered())[1])
        return numbers

    @functools.cached_property
    def keywords(self) -> list[int]:
        """The numbers of the other arrays, which are passed by keyword and known."""
        return [i for i in range(len(self.call.given)) if i not in self.finds]

    def rule(self) -> UnaryRule | AskedRule:
        place, like = _only(self.call, *self.call.marked())
        argument = Argument(f"argument `{place}`", self.call.name, like)
        inverse = self.f_inv and self._traced(self.f_inv, argument.values)
        if isinstance(self.f_ildj, FromForward):
            assert inverse, "checked when it was defined"
            return self._from_forward(inverse)
        ildj = self.f_ildj and self._traced(self.f_ildj, argument.shares)
        if inverse is None or not self._searches(inverse):
            return self._as_given(inverse, ildj)
        if ildj is None:
            return self._from_forward(inverse)
        pair, taken = self._pair(inverse)
        return self._as_given(_Lifted(pair.implicit_inverse(), taken), ildj)

    def _traced(
        self, fun: Callable[..., Any], leaves_of: Callable[[Any], list[jax.Array]]
    ) -> _Lifted:
        call = self.call

        def of_results(*arrays: jax.Array) -> list[jax.Array]:
            given: list[Any] = [None] * len(call.given)
            for number, array in zip(self.keywords, arrays, strict=False):
                given[number] = array
            results = arrays[len(self.keywords) :]
            passed = keywords_for(fun, call.arguments(given)[1], call.name)
            return leaves_of(fun(*call.bound, call.outputs(results), **passed))

        specs = [stand_in(call.in_avals[i]) for i in self.keywords]
        specs += map(stand_in, call.out_avals)
        return _Lifted(*call.closure.lift(jax.make_jaxpr(of_results)(*specs)))

    def _taking(self, function: _Lifted, taken: list[int]) -> ClosedJaxpr:
        """`function`, taking the arrays at positions `taken` in the closure first."""

        def fun(*arrays: jax.Array) -> list[jax.Array]:
            closed_over = [arrays[taken.index(i)] for i in function.closed_over]
            results: list[jax.Array] = jaxpr_as_fun(function.jaxpr)(
                *closed_over, *arrays[len(taken) :]
            )
            return results

        specs = [stand_in(self.call.closure.avals[i]) for i in taken]
        own = function.jaxpr.in_avals[len(function.closed_over) :]
        closed: ClosedJaxpr = jax.make_jaxpr(fun)(*specs, *map(stand_in, own))
        return closed

    def _as_given(self, inverse: _Lifted | None, ildj: _Lifted | None) -> UnaryRule:
        """The rule with these functions, which are differentiated as they are."""
        functions = [function for function in (inverse, ildj) if function]
        taken = sorted({i for function in functions for i in function.closed_over})
        whole_inverse = self._taking(inverse, taken) if inverse else None

        def dense() -> ClosedJaxpr:
            assert whole_inverse, "asked where there is an inverse without a log-det"
            return dense_ildj(whole_inverse, len(taken) + len(self.keywords))

        count = len(self.call.closure.avals)
        return UnaryRule(
            operands=(*taken, *(count + i for i in self.keywords)),
            finds=tuple(count + i for i in self.finds),
            inverse=whole_inverse,
            ildj=self._taking(ildj, taken) if ildj else None,
            dense_ildj=dense,
        )

    def _pair(self, inverse: _Lifted) -> tuple[Pair, list[int]]:
        """The function with its inverse, and the closure positions that both take."""
        call = self.call
        order = [*self.keywords, *self.finds]

        def reordered(*arrays: jax.Array) -> list[jax.Array]:
            count = len(call.taken)
            given = [arrays[count + order.index(i)] for i in range(len(order))]
            results: list[jax.Array] = jaxpr_as_fun(call.lifted)(
                *arrays[:count], *given
            )
            return results

        specs = [call.closure.avals[i] for i in call.taken]
        specs += [call.in_avals[i] for i in order]
        jaxpr = jax.make_jaxpr(reordered)(*map(stand_in, specs))
        function = _Lifted(jaxpr, call.taken)
        taken = sorted({*inverse.closed_over, *function.closed_over})
        pair = Pair(
            call.name,
            self._taking(function, taken),
            self._taking(inverse, taken),
            len(taken) + len(self.keywords),
        )
        return pair, taken

    def _from_forward(self, inverse: _Lifted) -> AskedRule:
        """The rule that takes derivative and log-det from the function itself."""
        pair, taken = self._pair(inverse)
        count = len(self.call.closure.avals)
        leading = [*taken, *(count + i for i in self.keywords)]
        finds = [count + i for i in self.finds]
        return AskedRule(
            lambda known, log_det: _implicit_rule(
                self.call, pair, leading, finds, known, log_det
            )
        )

    def _searches(self, inverse: _Lifted) -> bool:
        """Whether `inverse` searches, so that its derivative is meaningless."""
        count = len(inverse.jaxpr.in_avals)
        return searches(inverse.jaxpr, range(count - len(self.call.out_avals), count))


def _implicit_rule(
    call: CustomCall,
    pair: Pair,
    leading: list[int],
    operands: list[int],
    known: Known,
    log_det: bool,
) -> RuleFunction:
    """Traces a rule whose derivative and log-det come from the function.

    Args:
      call: The call to invert.
      pair: The function and its inverse.
      leading: The positions of the operands of `call` that both take first.
      operands: The positions of the operands of `call` that the inverse finds.
      known: Which operands and results are known.
      log_det: Whether the log-det is wanted.
    """
    places = [i for i, is_known in enumerate(known.operands) if is_known]
    if not all(known.results):
        raise NonInvertibleError("it needs all that the function returns")
    if any(i not in places for i in leading):
        raise NonInvertibleError("what it closes over or takes by keyword is unknown")
    finds = [i for i in operands if i not in places]
    if log_det and finds != operands:
        raise NonInvertibleError("part of what it finds is known already")
    implicit = pair.implicit_inverse()

    def fun(*arrays: jax.Array) -> list[jax.Array]:
        closed_over = [arrays[places.index(i)] for i in leading]
        rest = arrays[len(places) :]
        results, shares = rest[: len(call.out_avals)], rest[len(call.out_avals) :]
        xs = jaxpr_as_fun(implicit)(*closed_over, *results)
        found = [xs[operands.index(i)] for i in finds]
        if not log_det:
            return found
        moved = _move_shares(shares, call.out_avals, pair.operands)
        added = pair.ildj(closed_over, xs)
        return found + [a + b for a, b in zip(moved, added, strict=True)]

    avals = [*call.closure.avals, *call.in_avals]
    specs = [stand_in(avals[i]) for i in places]
    specs += map(stand_in, call.out_avals)
    if log_det:
        specs += [ShapedArray(y.shape, share_dtype(y)) for y in call.out_avals]
    return RuleFunction(jax.make_jaxpr(fun)(*specs), tuple(finds))


def _move_shares(
    shares: Sequence[jax.Array],
    results: Sequence[ShapedArray],
    operands: Sequence[ShapedArray],
) -> Sequence[jax.Array]:
    """Turns the shares of results into shares of the operands found from them.

    If the operands have the shapes and dtypes of the results, each takes the share of
    its result. Otherwise the total is spread evenly.
    """
    types = [
        [(x.shape, share_dtype(x)) for x in avals] for avals in (results, operands)
    ]
    if types[0] == types[1]:
        return shares
    total = sum((jnp.sum(share) for share in shares), jnp.zeros(()))
    return spread_evenly(total, operands)


def _only(
    call: CustomCall, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[int | str, Any]:
    """The argument that the inverse of a unary function finds, with its place.

    It is the only positional argument that holds arrays: arguments passed by keyword
    are known. If there is none, it is the only keyword argument that holds arrays.
    """
    positional = [(i, value) for i, value in enumerate(args) if _has_arrays(value)]
    by_keyword = [(k, value) for k, value in kwargs.items() if _has_arrays(value)]
    arguments: list[tuple[int | str, Any]] = [*(positional or by_keyword)]
    if len(arguments) != 1:
        raise TypeError(
            f"`{call.name}` has the inverse of a unary function (def_inverse_unary), "
            f"but is called with {len(arguments)} arguments that hold arrays; pass "
            "those that are known by keyword, or define it by def_inverse_and_ildj"
        )
    return arguments[0]


def keywords_for(
    fun: Callable[..., Any], keywords: dict[str, Any], name: str
) -> dict[str, Any]:
    """The keyword arguments of the function `name` that its rule `fun` takes.

    Raises:
      TypeError: `fun` has no parameter for a keyword argument that holds arrays.
    """
    taken = _taken_by(fun, keywords)
    for keyword, value in keywords.items():
        is_traced = any(isinstance(x, jax.Array) for x in jax.tree.leaves(value))
        if is_traced and keyword not in taken:
            raise TypeError(
                f"`{name}` takes the array `{keyword}` by keyword, but its inverse has "
                "no parameter of that name; give it one"
            )
    return taken


def _taken_by(fun: Callable[..., Any], keywords: dict[str, Any]) -> dict[str, Any]:
    try:
        parameters = inspect.signature(fun).parameters
    except (TypeError, ValueError):  # it has no signature
        return {}
    kinds = {name: parameter.kind for name, parameter in parameters.items()}
    if inspect.Parameter.VAR_KEYWORD in kinds.values():
        return keywords
    hidden = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.VAR_POSITIONAL)
    return {
        name: value
        for name, value in keywords.items()
        if name in kinds and kinds[name] not in hidden
    }


def _has_arrays(argument: Any) -> bool:
    """Whether `argument` holds marks, or numbers, of arrays."""
    return any(
        leaf.aval is not None if isinstance(leaf, Mark) else True
        for leaf in jax.tree.leaves(argument)
    )


def asked_rule(call: CustomCall, f_ildj: Callable[..., Any]) -> AskedRule:
    """The rule that `def_inverse_and_ildj` defines, for `call`."""
    return AskedRule(lambda known, log_det: _Asked(call, f_ildj, known, log_det).rule())


@dataclasses.dataclass(frozen=True, eq=False)
class _Asked:
    """A rule, asked for with given known values.

    Attributes:
      call: The call to invert.
      f_ildj: The user's function.
      known: Which operands and results are known.
      log_det: Whether the shares are wanted.
    """

    call: CustomCall
    f_ildj: Callable[..., Any]
    known: Known
    log_det: bool

    def rule(self) -> RuleFunction:
        call = self.call
        closure = call.closure.avals
        known_arrays = self.known.operands[len(closure) :]
        finds: list[int] = []

        def of_known(*arrays: jax.Array) -> list[jax.Array]:
            remaining = iter(arrays)
            values = [
                next(remaining) if is_known else None for is_known in known_arrays
            ]
            results = self._known_results(remaining)
            shares = self._shares(results, remaining)
            returned = self._returned(values, results, shares)
            found = self._found(returned, values)
            finds[:] = [i for i, _, _ in found]
            out = [value for _, value, _ in found]
            return out + [share for _, _, share in found] if self.log_det else out

        specs = [
            stand_in(aval)
            for aval, is_known in zip(call.in_avals, known_arrays, strict=True)
            if is_known
        ]
        known_results = [
            aval
            for aval, is_known in zip(call.out_avals, self.known.results, strict=True)
            if is_known
        ]
        specs += map(stand_in, known_results)
        if self.log_det:
            specs += [
                ShapedArray(aval.shape, share_dtype(aval)) for aval in known_results
            ]
        with annotating(False):
            closed = jax.make_jaxpr(of_known)(*specs)
        if not finds:
            raise NonInvertibleError("it finds nothing with what is known")
        return RuleFunction(
            self._with_closure(closed), tuple(len(closure) + i for i in finds)
        )

    def _returned(
        self,
        values: Sequence[jax.Array | None],
        results: Sequence[jax.Array | None],
        shares: Sequence[jax.Array | None],
    ) -> Any:
        """Calls the user's function.

        Args:
          values: The arrays among the arguments, None where they are unknown.
          results: The arrays of the output, None where they are unknown.
          shares: The shares of the output, None where it is unknown.

        Raises:
          NonInvertibleError: The function raises it, or fails on a value that is None.
        """
        call = self.call
        args, kwargs = call.arguments(values)
        if any(leaf is None for leaf in jax.tree.leaves(kwargs, is_leaf=is_none)):
            raise NonInvertibleError("what it takes by keyword is unknown")
        output = call.outputs(results)
        passed = keywords_for(self.f_ildj, kwargs, call.name)
        try:
            return self.f_ildj(
                *call.bound, args, output, call.outputs(shares), **passed
            )
        except NonInvertibleError:
            raise
        except (AttributeError, TypeError, ValueError) as error:
            if all(value is not None for value in (*values, *results)):
                raise
            raise NonInvertibleError(
                f"its rule, called with {shown(args)} for the arguments and "
                f"{shown(output)} for the output, failed ({error}); it may raise "
                "NonInvertibleError where it finds nothing with what is known"
            ) from error

    def _known_results(self, remaining: Any) -> list[jax.Array | None]:
        return [
            next(remaining) if is_known else None for is_known in self.known.results
        ]

    def _shares(
        self, results: Sequence[jax.Array | None], remaining: Any
    ) -> list[jax.Array | None]:
        """The shares of the known results; zeros if they are not wanted."""
        return [
            None
            if result is None
            else next(remaining)
            if self.log_det
            else jnp.zeros(aval.shape, share_dtype(aval))
            for result, aval in zip(results, self.call.out_avals, strict=True)
        ]

    def _found(
        self, returned: Any, values: Sequence[jax.Array | None]
    ) -> list[tuple[int, jax.Array, jax.Array]]:
        """The positions, values and shares of the argument arrays that were found."""
        call = self.call
        name = call.name
        args, _ = call.marked()
        if not isinstance(returned, tuple | list) or len(returned) != 2:
            raise TypeError(
                f"the inverse of `{name}` returned {returned!r}, not the pair "
                "(new_invals, new_ildjs)"
            )
        arguments = Argument("the arguments", name, args)
        new_values = arguments.paired(returned[0], "inverse")
        new_shares = arguments.paired(returned[1], "log-det")
        found: list[tuple[int, jax.Array, jax.Array]] = []
        arrays = [
            pair
            for pair in zip(new_values, new_shares, strict=True)
            if pair[0][1] is not None
        ]
        for i, ((value, aval, path), (share, _, _)) in enumerate(arrays):
            if value is None or values[i] is not None or aval is None:
                continue
            what = f"argument {path}"
            checked = checked_value(value, aval, what, name)
            if share is None and self.log_det and has_density(aval):
                raise NonInvertibleError(f"it gives no log-det for {what}")
            if share is None:
                share = jnp.zeros(aval.shape, share_dtype(aval))
            found.append((i, checked, checked_share(share, aval, what, name)))
        return found

    def _with_closure(self, closed: ClosedJaxpr) -> ClosedJaxpr:
        """`closed` as a function of all known operands, those of the closure first."""
        call = self.call
        closure = call.closure.avals
        lifted, constants = lift_constants(closed)
        known_closure = [
            i
            for i, is_known in enumerate(self.known.operands[: len(closure)])
            if is_known
        ]
        sources: list[Any] = []
        for constant in constants:
            place = call.closure.find(constant)
            if place is not None and place not in known_closure:
                raise NonInvertibleError("it closes over something that is unknown")
            if place is None and isinstance(constant, jax.core.Tracer):
                raise TypeError(
                    f"the inverse of `{call.name}` closes over {jax.typeof(constant)} "
                    f"from around it, which `{call.name}` itself does not use; pass "
                    "it as an argument"
                )
            sources.append(constant if place is None else known_closure.index(place))

        def of_all(*arrays: jax.Array) -> list[jax.Array]:
            closed_over = [
                arrays[source] if isinstance(source, int) else source
                for source in sources
            ]
            results: list[jax.Array] = jaxpr_as_fun(lifted)(
                *closed_over, *arrays[len(known_closure) :]
            )
            return results

        specs = [stand_in(closure[i]) for i in known_closure]
        count = len(constants)
        specs += map(stand_in, lifted.in_avals[count:])
        whole: ClosedJaxpr = jax.make_jaxpr(of_all)(*specs)
        return whole
