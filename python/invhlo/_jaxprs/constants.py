# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Closed-over constants: which stay in the program, which become arguments."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from invhlo._jaxcompat import ClosedJaxpr, Var, call_with_leading, is_jit

# Printing a larger constant costs more than passing it.
MAX_LITERAL_SIZE = 4096


def stays_literal(const: Any) -> bool:
    """Whether `const` is written into the program that the compiler inverts.

    Masks, integers and small constants are, so that the compiler can reason about
    their elements. Larger weights become known arguments, and so do tracers, whose
    elements are not available yet.
    """
    if isinstance(const, jax.core.Tracer):
        return False
    if jnp.issubdtype(const.dtype, jax.dtypes.extended):
        return False
    if const.size <= MAX_LITERAL_SIZE:
        return True
    if not jnp.issubdtype(const.dtype, np.inexact):
        return True
    if not getattr(const, "is_fully_addressable", True):
        return False
    values = np.ravel(np.asarray(const))
    return all(_is_mask(values[i : i + _CHUNK]) for i in range(0, values.size, _CHUNK))


_CHUNK = 1 << 16  # elements looked at together: most weights fail in the first chunk


def _is_mask(values: np.ndarray[Any, Any]) -> bool:
    return bool(np.all((values == 0) | (values == 1)))


def lift_constants(closed: ClosedJaxpr) -> tuple[ClosedJaxpr, list[Any]]:
    """Turns the constants that do not stay literal into leading arguments.

    `jax.jit` keeps the constants of a jitted function to itself, so those of every
    jitted function called in `closed` are looked at too.

    Returns:
      The jaxpr with one more leading argument for each lifted constant, and the
      lifted constants. `closed` itself where there are none.
    """
    return _Lifter().lift(closed)


class _Lifter:
    """Lifts constants from each function once, so that shared functions stay shared."""

    def __init__(self) -> None:
        self._done: dict[int, tuple[ClosedJaxpr, list[Any]]] = {}

    def lift(self, closed: ClosedJaxpr) -> tuple[ClosedJaxpr, list[Any]]:
        if id(closed) not in self._done:
            self._done[id(closed)] = self._lift(closed)
        return self._done[id(closed)]

    def _lift(self, closed: ClosedJaxpr) -> tuple[ClosedJaxpr, list[Any]]:
        jaxpr = closed.jaxpr
        kept: dict[Var, Any] = {}
        lifted: dict[Var, Any] = {}
        var_of: dict[int, Var] = {}  # by the identity of the lifted constant
        for var, const in zip(jaxpr.constvars, closed.consts, strict=True):
            (kept if stays_literal(const) else lifted)[var] = const
            var_of[id(const)] = var

        equations = []
        for eqn in jaxpr.eqns:
            if is_jit(eqn):
                callee, consts = self.lift(eqn.params["jaxpr"])
                for const in consts:
                    if id(const) not in var_of:
                        var_of[id(const)] = Var(jax.typeof(const))
                    lifted[var_of[id(const)]] = const
                if consts:
                    leading = [var_of[id(const)] for const in consts]
                    eqn = call_with_leading(eqn, callee, leading)
            equations.append(eqn)
        if not lifted:
            return closed, []
        lifted_jaxpr = jaxpr.replace(
            constvars=list(kept), invars=[*lifted, *jaxpr.invars], eqns=equations
        )
        return ClosedJaxpr(lifted_jaxpr, list(kept.values())), list(lifted.values())
