# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Traces a call of a function with a custom inverse."""

import dataclasses
import weakref
from collections.abc import Callable, Hashable, Sequence
from typing import Any

import jax

from invhlo._jaxcompat import ClosedJaxpr, has_side_effects, jaxpr_as_fun
from invhlo._jaxprs.constants import lift_constants
from invhlo._rules.annotation import annotating
from invhlo._util.avals import ShapedArray, avals_of, stand_in


@dataclasses.dataclass(frozen=True)
class Mark:
    """A placeholder for a leaf of an argument.

    Attributes:
      aval: The aval of the leaf; None if it is not an array.
    """

    aval: ShapedArray | None


class Closure:
    """The arrays that a function and its rules close over; a call takes them first.

    Attributes:
      avals: The avals of these arrays.
    """

    def __init__(self) -> None:
        self.avals: list[ShapedArray] = []
        self._values: list[Any] = []
        self._references: list[weakref.ref[Any]] = []

    def lift(self, closed: ClosedJaxpr) -> tuple[ClosedJaxpr, list[int]]:
        """Turns the constants of `closed` into arguments.

        Returns:
          The function with its constants as first arguments, and the positions of these
          in the closure.
        """
        lifted, constants = lift_constants(closed)
        return lifted, [self._place(constant) for constant in constants]

    def _place(self, constant: Any) -> int:
        place = self.find(constant)
        if place is None:
            place = len(self.avals)
            self.avals.append(avals_of(constant, "a constant"))
            self._values.append(constant)
            self._references.append(weakref.ref(constant))
        return place

    def find(self, constant: Any) -> int | None:
        """The position of `constant` in the closure; None if it is not in there."""
        for i, reference in enumerate(self._references):
            if reference() is constant:
                return i
        return None

    def take(self) -> list[Any]:
        """Returns the arrays and forgets them, since they may be tracers."""
        values, self._values = self._values, []
        return values


@dataclasses.dataclass(frozen=True, eq=False)
class CustomCall:
    """A call of a function with a custom inverse, traced.

    Its operands are the arrays that the function and its rules close over, then the
    arrays among its arguments.

    Attributes:
      name: The function's name.
      bound: The object of a method, in a tuple; empty for a function.
      leaves: The flat arguments, with None in place of arrays, which may be tracers.
      tree: The tree of `(args, kwargs)`.
      given: The positions of the leaves that are arrays.
      out_tree: The tree of the results.
      out_avals: The avals of the results.
      closure: The arrays that the function and its rules close over.
      lifted: The body, from arrays of the closure and the argument arrays to results.
      taken: The positions in the closure of the arrays that `lifted` takes first.
    """

    name: str
    bound: tuple[Any, ...]
    leaves: Sequence[Any]
    tree: jax.tree_util.PyTreeDef
    given: Sequence[int]
    out_tree: jax.tree_util.PyTreeDef
    out_avals: tuple[ShapedArray, ...]
    closure: Closure
    lifted: ClosedJaxpr
    taken: list[int]

    @staticmethod
    def trace(
        fun: Callable[..., Any],
        name: str,
        bound: tuple[Any, ...],
        leaves: Sequence[Any],
        tree: jax.tree_util.PyTreeDef,
        given: Sequence[int],
    ) -> "CustomCall | None":
        """Traces a call of `fun`.

        Args:
          fun: The function, with the object bound if it is a method.
          name: Its name.
          bound: The object of a method, in a tuple.
          leaves: The flat arguments.
          tree: The tree of `(args, kwargs)`.
          given: The positions of the leaves that are arrays.

        Returns:
          The call; None if it takes or returns no array, or has side effects.
        """
        static: list[Any] = list(leaves)
        for i in given:
            static[i] = None

        def of_arrays(*arrays: jax.Array) -> Any:
            args, kwargs = _unflatten(tree, static, given, arrays)
            return fun(*bound, *args, **kwargs)

        specs = [avals_of(leaves[i], name) for i in given]
        closed, out = jax.make_jaxpr(of_arrays, return_shape=True)(*specs)
        if not given or not closed.out_avals or has_side_effects(closed):
            return None
        closure = Closure()
        lifted, taken = closure.lift(closed)
        return CustomCall(
            name=name,
            bound=bound,
            leaves=static,
            tree=tree,
            given=given,
            out_tree=jax.tree.structure(out),
            out_avals=tuple(closed.out_avals),
            closure=closure,
            lifted=lifted,
            taken=taken,
        )

    @property
    def in_avals(self) -> tuple[ShapedArray, ...]:
        """The avals of the arrays among the arguments."""
        return tuple(self.lifted.in_avals[len(self.taken) :])

    def kind(self) -> Hashable | None:
        """A key that is equal for calls that can share a rule; None if none can."""
        kind = (
            (self.tree, tuple(self.leaves), tuple(map(type, self.leaves))),
            (tuple(self.given), self.in_avals, self.out_tree, self.out_avals),
        )
        try:
            hash(kind)
        except TypeError:
            return None
        return None if self.bound or self.closure.avals else kind

    def body(self) -> ClosedJaxpr:
        """The body as a function of all operands."""
        count = len(self.closure.avals)
        if self.taken == list(range(count)):
            return self.lifted

        def body(*operands: jax.Array) -> list[jax.Array]:
            taken = [operands[i] for i in self.taken]
            results: list[jax.Array] = jaxpr_as_fun(self.lifted)(
                *taken, *operands[count:]
            )
            return results

        body.__name__ = self.name
        specs = map(stand_in, [*self.closure.avals, *self.in_avals])
        with annotating():
            closed: ClosedJaxpr = jax.make_jaxpr(body)(*specs)
        return closed

    def arguments(
        self, values: Sequence[Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """`(args, kwargs)`, with `values` in place of the arrays."""
        return _unflatten(self.tree, self.leaves, self.given, values)

    def numbered(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """`(args, kwargs)`, with the number of each array in its place, else None."""
        blank = [None] * len(self.leaves)
        return _unflatten(self.tree, blank, self.given, range(len(self.given)))

    def outputs(self, values: Sequence[Any]) -> Any:
        """The result pytree of the function, made of `values`."""
        return jax.tree.unflatten(self.out_tree, values)

    def marked(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """`(args, kwargs)`, with a `Mark` in place of each leaf."""
        blank = [Mark(None)] * len(self.leaves)
        return _unflatten(self.tree, blank, self.given, [*map(Mark, self.in_avals)])


def _unflatten(
    tree: jax.tree_util.PyTreeDef,
    leaves: Sequence[Any],
    places: Sequence[int],
    values: Sequence[Any],
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Makes `(args, kwargs)` of `leaves`, with `values` at `places`."""
    filled = list(leaves)
    for place, value in zip(places, values, strict=True):
        filled[place] = value
    args, kwargs = jax.tree.unflatten(tree, filled)
    return args, kwargs
