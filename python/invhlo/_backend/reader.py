# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Interprets a program: applies the rule of each operation to its operands."""

from collections.abc import Hashable, Sequence
from typing import Any

import jax

from invhlo._backend.op import KIND, RULES, Function, Op, UnreadableError
from invhlo._backend.opaque import bind_opaque
from invhlo._backend.ops import (
    collective,
    control,
    elementwise,
    indexing,
    linear,
    movement,
    reduction,
    sharding,
)
from invhlo._backend.places import at
from invhlo._ir.operations import operations_in
from invhlo._jaxcompat import Recorder, Recording, ir, make_ir_context, source_info
from invhlo._jaxprs.hosted import Hosted

# Importing a family enters its rules into the table `RULES`.
FAMILIES = (
    *(collective, control, elementwise, indexing),
    *(linear, movement, reduction, sharding),
)


def answers(name: str) -> bool:
    """Whether there is a rule for the operation `name`; others are kept opaque."""
    return name in RULES


def read_back(
    data: bytes, hosted: Hosted, *operands: jax.Array, is_quoted: bool = True
) -> list[jax.Array]:
    """Applies the `@main` of a StableHLO module to `operands`.

    Args:
      data: The module, as bytecode or text.
      hosted: The primitives that it refers to by number.
      *operands: The arguments of `@main`, usually tracers.
      is_quoted: Whether tracebacks may show the source lines that the module names.
    """
    with make_ir_context() as context:
        module = ir.Module.parse(data, context)
        results: list[jax.Array] = list(
            _Reader(module, hosted, is_quoted).main(operands)
        )
        return results


class _Reader:
    """Interprets one module.

    Each MLIR function becomes one jitted function, so that shared code stays shared.
    """

    def __init__(self, module: ir.Module, hosted: Hosted, is_quoted: bool) -> None:
        self._module = module
        self._is_quoted = is_quoted
        self._symbols = ir.SymbolTable(module.operation)
        self._hosted = hosted
        self._functions: dict[str, Function] = {}
        self._values: dict[ir.Value, Any] = {}
        self._attributes: dict[Any, Any] = {}
        self._sources: dict[ir.Attribute, Any] = {}

    def main(self, operands: Sequence[Any]) -> Sequence[Any]:
        """The results of `@main` for `operands`."""
        return self._function_of(self._symbols["main"].regions[0])(*operands)

    def _function_of(self, region: ir.Region) -> Function:
        # A region may use values from outside, which are in `self._values` by then.
        return lambda *operands: self._read_block(region.blocks[0], operands)

    def _callee(self, name: str) -> Function:
        if name not in self._functions:
            body = self._function_of(self._symbols[name].regions[0])

            def function(*operands: Any) -> Sequence[Any]:
                return body(*operands)

            function.__name__ = name
            self._functions[name] = jax.jit(function)
        return self._functions[name]

    def _read_block(self, block: ir.Block, operands: Sequence[Any]) -> list[Any]:
        values = self._values
        values.update(zip(block.arguments, operands, strict=True))
        *operations, terminator = block.operations
        recorder = Recorder.of_current_trace()
        recordings: dict[Hashable, Recording | None] = {}
        for view in operations:
            operation = view.operation
            read = [values[operand] for operand in operation.operands]
            kind = _kind_of(operation)
            key = None if kind is None else (kind, recorder.kind_of(read))
            recording = recordings.get(key)
            if recording:
                results = recording.replay(read, self._source_of(operation.location))
            else:
                results = self._at(operation.location, self._apply, operation, read)
                if key is not None and key not in recordings:
                    recordings[key] = recorder.record(read, results)
            values.update(zip(operation.results, results, strict=True))
        return [values[value] for value in terminator.operands]

    def _at(self, location: ir.Location, run: Any, *args: Any) -> Any:
        return at(location, self._is_quoted, run, *args)

    def _source_of(self, location: ir.Location) -> Any:
        """JAX's `SourceInfo` of `location`."""
        known = location.attr
        if known not in self._sources:
            self._sources[known] = self._at(location, source_info)
        return self._sources[known]

    def _apply(self, operation: Any, operands: Sequence[Any]) -> Sequence[Any]:
        name = operation.name
        op = Op(
            operation=operation,
            name=name,
            function_of=self._function_of,
            callee=self._callee,
            symbol=self._symbols.__getitem__,
            hosted=self._hosted,
            known_attributes=self._attributes,
        )
        rule = RULES.get(name)
        try:
            if rule is None:
                raise UnreadableError
            results = rule(op, *operands)
        except UnreadableError:
            captured = {value: self._values[value] for value in captures_of(operation)}
            return bind_opaque(
                operation, self._module, self._hosted, operands, captured
            )
        return results if isinstance(results, list | tuple) else [results]


def _kind_of(operation: Any) -> int | None:
    """The number that operations share which are the same but for their operands."""
    attributes = operation.attributes
    if KIND not in attributes:
        return None
    kind: int = attributes[KIND].value
    return kind


def captures_of(operation: Any) -> list[ir.Value]:
    """The values from outside that the regions of `operation` use."""
    if not len(operation.regions):
        return []
    inside: set[ir.Value] = set()
    used: dict[ir.Value, None] = {}
    for inner in operations_in(operation):
        inside.update(inner.results)
        for region in inner.regions:
            for block in region.blocks:
                inside.update(block.arguments)
        if inner != operation:
            used.update(dict.fromkeys(inner.operands))
    return [value for value in used if value not in inside]
