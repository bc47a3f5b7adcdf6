# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Equations that are traced again, for other operands."""

import dataclasses
import functools
from collections.abc import Hashable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
from jax.extend.core import Literal

from invhlo._jaxcompat.private import find

_trace_ctx = find("jax._src.core", "trace_ctx")
_DynamicJaxprTracer = find("jax._src.interpreters.partial_eval", "DynamicJaxprTracer")
_current_source_info = find("jax._src.source_info_util", "current")


def source_info() -> Any:
    """Where JAX takes what is bound now to come from."""
    return _current_source_info() if _current_source_info else None


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """Equations that were traced, to be traced again for other operands.

    Values have numbers: the operands, then the constants, then what the equations
    return, in order.

    Attributes:
      trace: The trace that they are part of.
      constants: What else than operands the equations use.
      eqns: The equations, each with its operands and the types of its results.
      results: The results.
    """

    trace: Any
    constants: list[Any]
    eqns: list[tuple[Any, list[int], list[Any]]]
    results: list[int]

    def replay(self, operands: Sequence[Any], source_info: Any) -> list[Any]:
        """Traces the equations for `operands`; they come from `source_info`."""
        values = [*operands, *self.constants]
        for eqn, inputs, avals in self.eqns:
            values += self.trace.emit_eqn(
                [values[i] for i in inputs],
                avals,
                *(eqn.primitive, eqn.params, eqn.effects, source_info, eqn.ctx),
            )
        return [values[result] for result in self.results]


class Recorder:
    """Records equations of the current trace.

    To trace one again costs a fraction of what binding its primitive does. Where this
    JAX does not let us, nothing is recorded.
    """

    def __init__(self, trace: Any) -> None:
        """Records equations of `trace`; of None, nothing."""
        self._trace = trace

    @classmethod
    def of_current_trace(cls) -> "Recorder":
        """Records equations of the trace that is under way."""
        return cls(_trace_ctx.trace if _can_replay() else None)

    def kind_of(self, operands: Sequence[Any]) -> Hashable:
        """What operands that a recording can be replayed for have in common.

        Literals are the same only: what JAX computes of them is no equation.

        Args:
          operands: They must live as long as what is returned.
        """
        first: dict[int, int] = {}
        return tuple(
            (first.setdefault(id(operand), i), operand.aval)
            if self._traces(operand) and not isinstance(operand.val, Literal)
            else id(operand)
            for i, operand in enumerate(operands)
        )

    def record(
        self, operands: Sequence[Any], results: Sequence[Any]
    ) -> Recording | None:
        """The equations from `operands` to `results`; None if they cannot be told."""
        if self._trace is None or not all(map(self._traces, results)):
            return None
        known = {id(x.val) for x in operands if self._traces(x)}
        constants: list[Any] = []
        eqns: list[Any] = []

        def visit(tracer: Any) -> None:
            """Finds what `tracer` depends on, and then how it is made."""
            if id(tracer.val) in known:
                return
            eqn = tracer.parent
            if eqn is None:
                known.add(id(tracer.val))
                constants.append(tracer)
                return
            for operand in eqn.in_tracers:
                visit(operand)
            known.update(map(id, eqn.outvars))
            eqns.append(eqn)

        for result in results:
            visit(result)
        if any(eqn.effects for eqn in eqns):
            return None
        values = [x.val if self._traces(x) else x for x in operands]
        values += [constant.val for constant in constants]
        values += [var for eqn in eqns for var in eqn.outvars]
        places = {id(value): place for place, value in enumerate(values)}
        return Recording(
            self._trace,
            constants,
            [
                (
                    eqn,
                    [places[id(operand.val)] for operand in eqn.in_tracers],
                    [var.aval for var in eqn.outvars],
                )
                for eqn in eqns
            ],
            [places[id(result.val)] for result in results],
        )

    def _traces(self, value: Any) -> bool:
        return (
            self._trace is not None
            and isinstance(value, _DynamicJaxprTracer)
            and value._trace is self._trace
        )


@functools.cache
def _can_replay() -> bool:
    """Whether equations are what this module takes them for: tries it."""

    def twice(x: jax.Array) -> Any:
        recorder = Recorder(_trace_ctx.trace)
        recorder.kind_of([x])
        once = jnp.sin(x)
        recording = recorder.record([x], [once])
        return recording and recording.replay([once], source_info())

    try:
        jaxpr = jax.make_jaxpr(twice)(1.0).jaxpr
        first, second = jaxpr.eqns
    except Exception:  # of any kind: JAX promises none of this
        return False
    return (
        (first.primitive, first.params) == (second.primitive, second.params)
        and [*first.invars, *second.invars] == [*jaxpr.invars, *first.outvars]
        and jaxpr.outvars == second.outvars
    )
