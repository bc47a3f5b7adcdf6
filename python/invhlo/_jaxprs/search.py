# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Which programs search for their results, so that their derivatives say nothing.

A bisection narrows an interval by comparing: where it ends depends on its argument, but
not by way of anything that has a derivative. Differentiated, its result is a constant,
or follows the ends of the interval that it began with.
"""

import dataclasses
from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp

from invhlo._jaxcompat import ClosedJaxpr, Jaxpr, Var, sizes_of_scan
from invhlo._jaxprs.elementwise import called_by

_DISCRETE = frozenset({"ceil", "floor", "round", "sign"})
# Integers say where to read, which is constant in between.
_READS = frozenset({"dynamic_slice", "gather", "take"})
# A loop's carry says the same again after a few turns.
_TURNS = 4


@dataclasses.dataclass(frozen=True)
class _Ways:
    """How a value depends on the arguments that move.

    Attributes:
      direct: By a way without choices.
      chosen: By a way through a choice that these arguments make.
      moves: By a way that has a derivative.
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
    """Whether the derivative of `closed` by its arguments `moving` says nothing.

    That is where a real result depends on them by choices alone, comes out of a loop
    that runs until it is found, or out of comparisons of what was chosen before with
    something else that depends on them. It is right to say so of too many: they are
    differentiated in another way.
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
    """Follows arguments through a program.

    Attributes:
      found: Whether the program searches.
    """

    def __init__(self) -> None:
        self.found = False

    def run(self, jaxpr: Jaxpr, ways: Sequence[_Ways]) -> list[_Ways]:
        """How the results depend on what the arguments depend on in these `ways`."""
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
        # Functions with derivatives of their own have these, however they compute.
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
        """What a choice `by` something gives, with `results` to choose from."""
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
