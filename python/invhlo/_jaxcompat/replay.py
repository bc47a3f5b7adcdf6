# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Records traced equations, to trace them again for other operands."""

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
    """The source info that JAX gives primitives bound now; None if not available."""
    return _current_source_info() if _current_source_info else None


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """Equations that were traced, to be traced again for other operands.

    Values are numbered: the operands, then the constants, then the results of the
    equations, in order.

    Attributes:
      trace: The trace that the equations are part of.
      constants: The tracers, other than operands, that the equations use.
      eqns: The equations, each with the numbers of its operands and the avals of its
        results.
      results: The numbers of the results of the recording.
    """

    trace: Any
    constants: list[Any]
    eqns: list[tuple[Any, list[int], list[Any]]]
    results: list[int]

    def replay(self, operands: Sequence[Any], source_info: Any) -> list[Any]:
        """Traces the equations for `operands`.

        Args:
          operands: Tracers of the kind that was recorded; see `Recorder.kind_of`.
          source_info: The source info of the new equations.
        """
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

    To trace an equation again costs a fraction of what binding its primitive does. If
    this JAX lacks the private names for it, nothing is recorded.
    """

    def __init__(self, trace: Any) -> None:
        """Records equations of `trace`; nothing if that is None."""
        self._trace = trace

    @classmethod
    def of_current_trace(cls) -> "Recorder":
        """A recorder for the current trace."""
        return cls(_trace_ctx.trace if _can_replay() else None)

    def kind_of(self, operands: Sequence[Any]) -> Hashable:
        """A key that is equal for operands for which a recording can be replayed.

        Tracers are of one kind if they have the same aval, and repeat alike. Literals
        must be the same object: JAX may compute with them without any equation.

        Args:
          operands: The operands, which must live as long as the key.
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
        """The equations from `operands` to `results`; None if they have no replay."""
        if self._trace is None or not all(map(self._traces, results)):
            return None
        known = {id(x.val) for x in operands if self._traces(x)}
        constants: list[Any] = []
        eqns: list[Any] = []

        def visit(tracer: Any) -> None:
            """Collects the equations of `tracer`, those that it depends on first."""
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
    """Whether recording and replaying works with this JAX, by trying it."""

    def twice(x: jax.Array) -> Any:
        recorder = Recorder(_trace_ctx.trace)
        recorder.kind_of([x])
        once = jnp.sin(x)
        recording = recorder.record([x], [once])
        return recording and recording.replay([once], source_info())

    try:
        jaxpr = jax.make_jaxpr(twice)(1.0).jaxpr
        first, second = jaxpr.eqns
    except Exception:  # private names may do anything
        return False
    return (
        (first.primitive, first.params) == (second.primitive, second.params)
        and [*first.invars, *second.invars] == [*jaxpr.invars, *first.outvars]
        and jaxpr.outvars == second.outvars
    )
