# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""From rules that users write to functions that the compiler can use."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp

from invhlo._annotation import (
    AskedRule,
    Known,
    RuleFunction,
    UnaryRule,
    annotating,
)
from invhlo._avals import ShapedArray, share_dtype, stand_in
from invhlo._constants import lift_constants
from invhlo._customcall import CustomCall
from invhlo._dense import dense_ildj, has_density
from invhlo._errors import NonInvertibleError
from invhlo._jaxcompat import ClosedJaxpr, jaxpr_as_fun
from invhlo._rulecheck import Argument, checked_share, checked_value


def unary_rule(
    call: CustomCall,
    f_inv: Callable[..., Any] | None,
    f_ildj: Callable[..., Any] | None,
) -> UnaryRule | AskedRule:
    """What `def_inverse_unary` defines, for `call`.

    What is wrong with it is raised when the rule is needed.
    """
    try:
        return _unary_rule(call, f_inv, f_ildj)
    except Exception as error:
        raised = error

        def raise_when_asked(known: Known, log_det: bool) -> RuleFunction:
            raise raised

        return AskedRule(raise_when_asked)


def _unary_rule(
    call: CustomCall,
    f_inv: Callable[..., Any] | None,
    f_ildj: Callable[..., Any] | None,
) -> UnaryRule:
    argument = _only_argument(call)

    def traced(
        fun: Callable[..., Any], leaves_of: Callable[[Any], list[jax.Array]]
    ) -> tuple[ClosedJaxpr, list[int]]:
        def of_results(*results: jax.Array) -> list[jax.Array]:
            return leaves_of(fun(*call.bound, call.outputs(results)))

        specs = map(stand_in, call.out_avals)
        return call.closure.lift(jax.make_jaxpr(of_results)(*specs))

    inverse = f_inv and traced(f_inv, argument.values)
    ildj = f_ildj and traced(f_ildj, argument.shares)
    taken = sorted({*(inverse[1] if inverse else ()), *(ildj[1] if ildj else ())})

    def of_taken(lifted: tuple[ClosedJaxpr, list[int]]) -> ClosedJaxpr:
        jaxpr, own = lifted

        def fun(*arrays: jax.Array) -> list[jax.Array]:
            closed_over = [arrays[taken.index(i)] for i in own]
            results: list[jax.Array] = jaxpr_as_fun(jaxpr)(
                *closed_over, *arrays[len(taken) :]
            )
            return results

        specs = [stand_in(call.closure.avals[i]) for i in taken]
        specs += map(stand_in, call.out_avals)
        closed: ClosedJaxpr = jax.make_jaxpr(fun)(*specs)
        return closed

    whole_inverse = of_taken(inverse) if inverse else None

    def dense() -> ClosedJaxpr:
        assert whole_inverse, "asked where there is an inverse without a log-det"
        return dense_ildj(whole_inverse, len(taken))

    count = len(call.closure.avals)
    return UnaryRule(
        operands=tuple(taken),
        finds=tuple(range(count, count + len(call.given))),
        inverse=whole_inverse,
        ildj=of_taken(ildj) if ildj else None,
        dense_ildj=dense,
    )


def _only_argument(call: CustomCall) -> Argument:
    """The one argument of a unary function that has arrays."""
    args, kwargs = call.marked()
    arguments = [
        (place, argument)
        for place, argument in [*enumerate(args), *kwargs.items()]
        if _has_arrays(argument)
    ]
    if len(arguments) != 1:
        raise TypeError(
            f"`{call.name}` has the inverse of a unary function (def_inverse_unary), "
            f"but is called with {len(arguments)} arguments that hold arrays; define "
            "it by def_inverse_and_ildj"
        )
    place, argument = arguments[0]
    return Argument(f"argument `{place}`", call.name, argument)


def _has_arrays(marked: Any) -> bool:
    return any(mark.aval for mark in jax.tree.leaves(marked))


def asked_rule(call: CustomCall, f_ildj: Callable[..., Any]) -> AskedRule:
    """What `def_inverse_and_ildj` defines, for `call`."""
    return AskedRule(lambda known, log_det: _Asked(call, f_ildj, known, log_det).rule())


@dataclasses.dataclass(frozen=True, eq=False)
class _Asked:
    """A rule, asked with what is known.

    Attributes:
      call: The call that it is to invert.
      f_ildj: What the user defined.
      known: What is known.
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
            returned = self.f_ildj(
                *call.bound,
                call.arguments(values),
                call.outputs(results),
                call.outputs(shares),
            )
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
        """Positions among the arrays, values and shares of what was found."""
        call = self.call
        name = call.name
        args, kwargs = call.marked()
        if _has_arrays(kwargs):
            raise TypeError(
                f"`{name}` takes arrays as keyword-only arguments, which its inverse "
                "(def_inverse_and_ildj) does not see"
            )
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
        """`closed` as a function of all that is known."""
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
