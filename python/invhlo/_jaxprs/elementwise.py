# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Finds out from its jaxpr whether a function is elementwise."""

from collections.abc import Iterable, Sequence
from typing import Any

from invhlo._jaxcompat import ClosedJaxpr, Jaxpr, Var

# Primitives of which each element of the result is a function of the same element of
# each operand. One that is missing here is taken to mix elements, which is correct, but
# costs time: its Jacobian is taken to be dense.
_ELEMENTWISE = frozenset(
    """
    abs acos acosh add asin asinh atan atan2 atanh bessel_i0e bessel_i1e cbrt ceil clamp
    convert_element_type copy copy_p cos cosh digamma div eq erf erf_inv erfc exp exp2
    expm1 floor ge gt igamma igammac integer_pow is_finite le lgamma log log1p logistic
    lt max min mul ne neg nextafter not pow rem round rsqrt select_n sign sin sinh sqrt
    square sub tan tanh
    """.split()  # noqa: SIM905
)

_CALLS = frozenset(
    {"checkpoint", "closed_call", "core_call", "custom_inverse", "custom_jvp_call"}
    | {"custom_vjp_call", "jit", "pjit", "remat", "remat2"}
)


def called_by(eqn: Any) -> Jaxpr | None:
    """The body of the function that `eqn` calls with its operands; else None."""
    if eqn.primitive.name not in _CALLS:
        return None
    for param in eqn.params.values():
        body = param.jaxpr if isinstance(param, ClosedJaxpr) else param
        if isinstance(body, Jaxpr) and len(body.invars) == len(eqn.invars):
            return body
    return None


def shape_of(atom: Any) -> Any:
    """The shape of an operand or a result of an equation."""
    return atom.aval.shape


def sources_of_results(
    closed: ClosedJaxpr, moving: Iterable[int], results: Iterable[int]
) -> list[int] | None:
    """For each result, the argument of which it is an elementwise function.

    Args:
      closed: A function.
      moving: The positions of its arguments that are not constant.
      results: The positions of the results to look at.

    Returns:
      The position of an argument for each of `results`; None if a result may depend on
      none or several of `moving`, or may mix elements.
    """
    places: list[int | None] = [None] * len(closed.in_avals)
    for place in moving:
        places[place] = place
    sources = _sources(closed.jaxpr, places)
    if sources is None:
        return None
    found = [sources[i] for i in results]
    complete = [source for source in found if source is not None]
    return complete if len(complete) == len(found) else None


def _sources(jaxpr: Jaxpr, sources: Sequence[int | None]) -> list[int | None] | None:
    """The argument on which each result depends, given that of each argument.

    An entry is None for a value that depends on no argument. Returns None if a result
    may depend on several arguments, or may mix elements.
    """
    known: dict[Var, int | None] = dict(zip(jaxpr.invars, sources, strict=True))

    def source_of(atom: Any) -> int | None:
        return known.get(atom) if isinstance(atom, Var) else None

    for eqn in jaxpr.eqns:
        given = [source_of(atom) for atom in eqn.invars]
        shapes = {
            shape_of(atom)
            for atom, source in zip(eqn.invars, given, strict=True)
            if source is not None
        }
        results: Sequence[int | None] | None = [None] * len(eqn.outvars)
        if shapes:
            body = called_by(eqn)
            distinct = set(given) - {None}
            if body is not None:
                results = _sources(body, given)
            elif (
                eqn.primitive.name in _ELEMENTWISE
                and len(distinct) == 1
                and shapes == {shape_of(eqn.outvars[0])}
            ):
                results = [distinct.pop()]
            else:
                results = None
        if results is None:
            return None
        known.update(zip(eqn.outvars, results, strict=True))
    return [source_of(atom) for atom in jaxpr.outvars]
