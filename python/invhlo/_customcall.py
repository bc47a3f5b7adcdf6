# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A call of a function with a custom inverse, traced."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import jax

from invhlo._annotation import annotating
from invhlo._avals import ShapedArray, avals_of, struct_of
from invhlo._constants import lift_constants
from invhlo._jaxcompat import ClosedJaxpr, jaxpr_as_fun


@dataclasses.dataclass(frozen=True)
class Mark:
    """Stands for a leaf; `aval` is None if that is no array."""

    aval: ShapedArray | None


class Closure:
    """The values that functions close over, as the first operands of a call."""

    def __init__(self) -> None:
        self.values: list[Any] = []

    def lift(self, closed: ClosedJaxpr) -> tuple[ClosedJaxpr, list[int]]:
        """`closed` with what it closes over as first arguments, and where these are."""
        lifted, constants = lift_constants(closed)
        return lifted, [self._position(constant) for constant in constants]

    def _position(self, constant: Any) -> int:
        for i, value in enumerate(self.values):
            if value is constant:
                return i
        self.values.append(constant)
        return len(self.values) - 1

    def find(self, constant: Any) -> int | None:
        """The position of `constant`, if it is one of the values."""
        return next(
            (i for i, value in enumerate(self.values) if value is constant), None
        )


@dataclasses.dataclass(frozen=True, eq=False)
class CustomCall:
    """A call of a function with a custom inverse, traced.

    Its operands are what the function and its rules close over, then the arrays among
    its arguments.

    Attributes:
      name: The function's name.
      bound: The object, if it is a method.
      leaves: The flat arguments.
      tree: The tree of `(args, kwargs)`.
      given: Which leaves are arrays.
      out_tree: The tree of what it returns.
      out_avals: The avals of what it returns.
      closure: What is closed over.
      lifted: The body: from what it closes over, and the arrays, to the results.
      taken: The positions in the closure that `lifted` takes first.
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
        """None if the function takes or returns no array, or has side effects."""

        def of_arrays(*arrays: jax.Array) -> Any:
            filled = list(leaves)
            for i, array in zip(given, arrays, strict=True):
                filled[i] = array
            args, kwargs = jax.tree.unflatten(tree, filled)
            return fun(*bound, *args, **kwargs)

        specs = [struct_of(avals_of(leaves[i], name)) for i in given]
        closed, out = jax.make_jaxpr(of_arrays, return_shape=True)(*specs)
        if not given or not closed.out_avals or closed.effects:
            return None
        closure = Closure()
        lifted, taken = closure.lift(closed)
        return CustomCall(
            name=name,
            bound=bound,
            leaves=leaves,
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

    def operands(self) -> list[Any]:
        """What the call takes."""
        return [*self.closure.values, *(self.leaves[i] for i in self.given)]

    def body(self) -> ClosedJaxpr:
        """The body as a function of all operands."""

        def body(*operands: jax.Array) -> list[jax.Array]:
            taken = [operands[i] for i in self.taken]
            results: list[jax.Array] = jaxpr_as_fun(self.lifted)(
                *taken, *operands[len(self.closure.values) :]
            )
            return results

        body.__name__ = self.name
        with annotating():
            closed: ClosedJaxpr = jax.make_jaxpr(body)(
                *(struct_of(avals_of(value, self.name)) for value in self.operands())
            )
        return closed

    def arguments(self, values: Sequence[Any]) -> tuple[Any, ...]:
        """The positional arguments, with `values` for the arrays."""
        filled = list(self.leaves)
        for i, value in zip(self.given, values, strict=True):
            filled[i] = value
        args: tuple[Any, ...]
        args, _ = jax.tree.unflatten(self.tree, filled)
        return args

    def outputs(self, values: Sequence[Any]) -> Any:
        """What the function returns, with these `values`."""
        return jax.tree.unflatten(self.out_tree, values)

    def marked(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """The arguments, with a mark in the place of each leaf."""
        avals = dict(zip(self.given, self.in_avals, strict=True))
        marks = [Mark(avals.get(i)) for i in range(len(self.leaves))]
        args, kwargs = jax.tree.unflatten(self.tree, marks)
        return args, kwargs
