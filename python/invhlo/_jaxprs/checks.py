# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Removes prints and checks from a function that is to be inverted.

`jax.debug.print`, debugging callbacks and `checkify.check` do not change the value of a
function. Neither does a branch of a `lax.cond` that can only raise, as those that
`equinox.error_if` makes.
"""

import dis
import functools
from collections.abc import Callable, Sequence
from typing import Any

from invhlo._jaxcompat import ClosedJaxpr, Jaxpr, JaxprEqn, Var

_OBSERVERS = frozenset({"debug_callback", "debug_print", "check"})
PURE_CALLBACK = "pure_callback"


def may_check(primitives: Sequence[str]) -> bool:
    """Whether a program with these primitives may have checks to remove."""
    return any(name in _OBSERVERS or name == PURE_CALLBACK for name in primitives)


def without_checks(closed: ClosedJaxpr) -> ClosedJaxpr:
    """`closed` without its checks, and without equations that only these use."""
    return _Remover().closed(closed)


class _Remover:
    """Removes checks, once from each function, so that shared functions stay shared."""

    def __init__(self) -> None:
        self._done: dict[int, tuple[Any, Any]] = {}

    def closed(self, closed: ClosedJaxpr) -> ClosedJaxpr:
        result: ClosedJaxpr = self._once(
            closed, lambda: ClosedJaxpr(self.jaxpr(closed.jaxpr), closed.consts)
        )
        return result

    def jaxpr(self, jaxpr: Jaxpr) -> Jaxpr:
        result: Jaxpr = self._once(jaxpr, lambda: self._jaxpr(jaxpr))
        return result

    def _once(self, given: Any, make: Callable[[], Any]) -> Any:
        if id(given) not in self._done:
            self._done[id(given)] = given, make()  # `given` lives as long as its id
        return self._done[id(given)][1]

    def _jaxpr(self, jaxpr: Jaxpr) -> Jaxpr:
        eqns, outvars = self._without_raising(jaxpr)
        used = {id(atom) for atom in outvars}
        kept: list[JaxprEqn] = []
        dropped: set[Any] = set()
        for eqn in reversed(eqns):
            without = self._equation(eqn)
            if eqn.primitive.name in _OBSERVERS:
                dropped |= set(eqn.effects)
                continue
            dropped |= set(eqn.effects) - set(without.effects)
            if without.effects or any(id(var) in used for var in eqn.outvars):
                kept.append(without)
                used.update(id(atom) for atom in without.invars)
        kept.reverse()
        remaining = {effect for eqn in kept for effect in eqn.effects}
        effects = {e for e in jaxpr.effects if e in remaining or e not in dropped}
        pure: Jaxpr = jaxpr.replace(eqns=kept, outvars=outvars, effects=effects)
        return pure

    def _without_raising(self, jaxpr: Jaxpr) -> tuple[list[JaxprEqn], list[Any]]:
        """The equations and results of `jaxpr`, without branches that only raise.

        A `cond` of which all branches but one can only raise is replaced by the
        equations of that branch.
        """
        renamed: dict[int, Any] = {}
        eqns: list[JaxprEqn] = []

        def new(atoms: Sequence[Any]) -> list[Any]:
            return [renamed.get(id(atom), atom) for atom in atoms]

        for old in jaxpr.eqns:
            eqn = old.replace(invars=new(old.invars))
            branch = _branch_that_returns(eqn)
            if branch is None:
                eqns.append(eqn)
                continue
            body = branch.jaxpr
            renamed.update(zip(map(id, body.invars), eqn.invars[1:], strict=True))
            for inner in body.eqns:
                outvars = [Var(var.aval) for var in inner.outvars]
                eqns.append(inner.replace(invars=new(inner.invars), outvars=outvars))
                renamed.update(zip(map(id, inner.outvars), outvars, strict=True))
            renamed.update(zip(map(id, eqn.outvars), new(body.outvars), strict=True))
        return eqns, new(jaxpr.outvars)

    def _equation(self, eqn: JaxprEqn) -> JaxprEqn:
        params = {name: self._param(param) for name, param in eqn.params.items()}
        before, after = _effects_in(eqn.params), _effects_in(params)
        effects = {e for e in eqn.effects if e in after or e not in before}
        pure: JaxprEqn = eqn.replace(params=params, effects=effects)
        return pure

    def _param(self, param: Any) -> Any:
        if isinstance(param, ClosedJaxpr):
            return self.closed(param)
        if isinstance(param, Jaxpr):
            return self.jaxpr(param)
        if isinstance(param, tuple) and _jaxprs_in(param):
            return tuple(map(self._param, param))
        return param


def _jaxprs_in(param: Any) -> list[Jaxpr]:
    """The jaxprs in a parameter of an equation."""
    if isinstance(param, ClosedJaxpr):
        return [param.jaxpr]
    if isinstance(param, Jaxpr):
        return [param]
    if type(param) is tuple:
        return [jaxpr for each in param for jaxpr in _jaxprs_in(each)]
    return []


def _effects_in(params: dict[str, Any]) -> set[Any]:
    jaxprs = _jaxprs_in(tuple(params.values()))
    return {effect for jaxpr in jaxprs for effect in jaxpr.effects}


def _branch_that_returns(eqn: JaxprEqn) -> ClosedJaxpr | None:
    """The only branch of a `cond` that can return; None if `eqn` is no such `cond`."""
    if eqn.primitive.name != "cond":
        return None
    branches: Sequence[ClosedJaxpr] = eqn.params["branches"]
    returning = [b for b in branches if not _only_raises(b.jaxpr)]
    is_check = len(returning) == 1 < len(branches) and not returning[0].consts
    return returning[0] if is_check else None


def _only_raises(jaxpr: Jaxpr) -> bool:
    """Whether `jaxpr` calls back into a Python function that cannot return."""
    return any(
        _never_returns(getattr(eqn.params["callback"], "callback_func", None))
        if eqn.primitive.name == PURE_CALLBACK
        else eqn.primitive.name in _CALLS
        and any(map(_only_raises, _jaxprs_in(tuple(eqn.params.values()))))
        for eqn in jaxpr.eqns
    )


# Primitives that call one function and return its results.
_CALLS = frozenset({"jit", "closed_call", "custom_jvp_call", "custom_vjp_call"})


def _never_returns(function: Any) -> bool:
    """Whether a Python function has no way to return a value."""
    while isinstance(function, functools.partial):
        function = function.func
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    return code is not None and not any(
        instruction.opname.startswith(("RETURN", "YIELD"))
        for instruction in dis.get_instructions(code)
    )
