# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Detects programs that search for their results, whose derivatives are meaningless.

A bisection narrows an interval by comparisons. Its result depends on its argument, but
through comparisons only, which have no derivative. JAX would give the derivative of a
constant, or that of the ends of the initial interval.
"""

import dataclasses
from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp

from invhlo._jaxcompat import ClosedJaxpr, Jaxpr, Var, sizes_of_scan
from invhlo._jaxprs.elementwise import called_by

_DISCRETE = frozenset({"ceil", "floor", "round", "sign"})
# Primitives that read at integer indices. The indices are piecewise constant, so only
# the first operand, the array, matters.
_READS = frozenset({"dynamic_slice", "gather", "take"})
# How many steps of a scan are followed: the carry's `_Ways` are constant after these.
_TURNS = 4


@dataclasses.dataclass(frozen=True)
class _Ways:
    """How a value depends on the moving arguments, those to differentiate by.

    Attributes:
      direct: Whether it depends on them on a path without choices.
      chosen: Whether it depends on them through a choice, such as a `select`.
      moves: Whether it depends on them on a path that has a derivative.
    """

    direct: bool = False
    chosen: bool = False
    moves: bool = False

    @property
    def depends(self) -> bool:
        return self.direct or self.chosen

    def __or__(self, other: "_Ways") -> "_Ways":
        return _Ways(
            self.direct or other.direct,
            self.chosen or other.chosen,
            self.moves or other.moves,
        )

    def by_choice(self) -> "_Ways":
        return _Ways(False, self.depends, self.moves)


_NONE = _Ways()


def searches(closed: ClosedJaxpr, moving: Sequence[int]) -> bool:
    """Whether the derivative of `closed` with respect to `moving` may be meaningless.

    It is if a real result depends on them through choices only or comes out of a
    `while` loop, or if a choice depends on them both directly and through an earlier
    choice, as in a bisection. It is safe to answer true too often: the derivative is
    then taken from the forward function.

    Args:
      closed: A function.
      moving: The positions of the arguments to differentiate by.
    """
    ways = [_NONE] * len(closed.in_avals)
    for place in moving:
        is_real = jnp.issubdtype(closed.in_avals[place].dtype, jnp.inexact)
        ways[place] = _Ways(direct=True, moves=bool(is_real))
    walk = _Walk()
    results = walk.run(closed.jaxpr, ways)
    return walk.found or any(
        jnp.issubdtype(aval.dtype, jnp.inexact) and not way.moves
        for aval, way in zip(closed.out_avals, results, strict=True)
    )


class _Walk:
    """Follows the moving arguments through a program.

    Attributes:
      found: Whether the program searches for a result, as far as it was followed.
    """

    def __init__(self) -> None:
        self.found = False

    def run(self, jaxpr: Jaxpr, ways: Sequence[_Ways]) -> list[_Ways]:
        """The `_Ways` of the results of `jaxpr`, given the `ways` of its arguments."""
        known: dict[Var, _Ways] = dict(zip(jaxpr.invars, ways, strict=True))

        def way_of(atom: Any) -> _Ways:
            return known.get(atom, _NONE) if isinstance(atom, Var) else _NONE

        for eqn in jaxpr.eqns:
            given = [way_of(atom) for atom in eqn.invars]
            results = [_NONE] * len(eqn.outvars)
            if any(way.depends for way in given):
                results = self._equation(eqn, given)
            known.update(zip(eqn.outvars, results, strict=True))
        return [way_of(atom) for atom in jaxpr.outvars]

    def _equation(self, eqn: Any, given: list[_Ways]) -> list[_Ways]:
        name = eqn.primitive.name
        # A function with a custom derivative has that, however it computes its value.
        is_opaque = name.startswith(("custom_jvp", "custom_vjp"))
        body = None if is_opaque else called_by(eqn)
        if body is not None:
            return self.run(body, given)
        if name == "while":
            return self._while(eqn, given)
        if name == "scan":
            return self._scan(eqn, given)
        if name == "cond":
            branches = [self.run(b.jaxpr, given[1:]) for b in eqn.params["branches"]]
            joined = [_join(ways) for ways in zip(*branches, strict=True)]
            return self._chosen(given[0], joined)
        if name == "select_n":
            return self._chosen(given[0], [_join(given[1:])])
        if name in _READS:
            given = given[:1]
        way = _join(given)
        was_real = any(
            way.depends and _is_real(atom)
            for atom, way in zip(eqn.invars, given, strict=False)
        )
        if name in _DISCRETE or (way.depends and not was_real):
            way = dataclasses.replace(way, moves=False)
            if all(_is_real(var) for var in eqn.outvars):
                way = way.by_choice()
        return [
            way if _is_real(var) else dataclasses.replace(way, moves=False)
            for var in eqn.outvars
        ]

    def _chosen(self, by: _Ways, results: list[_Ways]) -> list[_Ways]:
        """The `_Ways` of the results of a choice.

        Args:
          by: The `_Ways` of its predicate or index.
          results: For each result, the `_Ways` of the values to choose from, joined.
        """
        if by.direct and by.chosen:
            self.found = True
        return [(by | way).by_choice() for way in results] if by.depends else results

    def _while(self, eqn: Any, given: list[_Ways]) -> list[_Ways]:
        way = _join(given)
        self.found |= any(_is_real(var) for var in eqn.outvars)
        return [dataclasses.replace(way.by_choice(), moves=False) for _ in eqn.outvars]

    def _scan(self, eqn: Any, given: list[_Ways]) -> list[_Ways]:
        sizes = sizes_of_scan(eqn)
        if sizes is None:
            return self._while(eqn, given)
        consts, carries = sizes
        body = eqn.params["jaxpr"].jaxpr
        fixed, carry = given[:consts], given[consts : consts + carries]
        slices = given[consts + carries :]
        stacked = [_NONE] * (len(eqn.outvars) - carries)
        for _ in range(_TURNS):
            results = self.run(body, [*fixed, *carry, *slices])
            carry = results[:carries]
            stacked = [a | b for a, b in zip(stacked, results[carries:], strict=True)]
        return [*carry, *stacked]


def _join(ways: Sequence[_Ways]) -> _Ways:
    joined = _NONE
    for way in ways:
        joined |= way
    return joined


def _is_real(atom: Any) -> bool:
    return bool(jnp.issubdtype(atom.aval.dtype, jnp.inexact))
