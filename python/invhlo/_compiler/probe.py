# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A script that reads, or inverts, an untrusted program in a process of its own.

MLIR may crash the process that reads a damaged or deeply nested module. So this process
tries first, with limits of time and memory. It takes the data from standard input and
writes the result to standard output; `invhlo._compiler.apart` starts it. It imports no
more than its task needs.
"""

import collections
import contextlib
import dataclasses
import importlib.machinery
import importlib.util
import json
import re
import resource
import sys
import threading
from collections.abc import Callable
from typing import Any

READY = b"invhlo\n"  # the first output, which shows that the script runs
REFUSED = 3  # the exit status if the data cannot be read
NEITHER = "it is neither StableHLO nor jax.export output"
MAX_DEPTH = 32  # how deep regions may be nested
MAX_CALLS = 64  # how deep calls may be nested
MAX_SIZE = 4_000_000  # how many operations there may be with all calls inlined


class RefusedError(Exception):
    """The data cannot be read; the message says why."""


def read_module(data: bytes) -> None:
    """Reads, verifies and writes a module, which MLIR does recursively.

    It is done with an eighth of the usual stack, so that the caller's process, which
    reads the module again, has stack enough.

    Raises:
      RefusedError: The module cannot be read, or is too large or too deeply nested.
    """
    raised: list[Exception] = []

    def run() -> None:
        try:
            _read_module(data)
        except Exception as error:
            raised.append(error)

    threading.stack_size(1 << 20)
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]


def _read_module(data: bytes) -> None:
    from jaxlib.mlir import ir
    from jaxlib.mlir.dialects import chlo, mhlo, sdy, stablehlo

    with ir.Context() as context:
        with contextlib.suppress(ImportError):
            from jaxlib.mlir._mlir_libs import _jax_mlir_ext

            registry = ir.DialectRegistry()
            _jax_mlir_ext.register_dialects(registry)
            context.append_dialect_registry(registry)
        context.enable_multithreading(False)
        for dialect in (chlo, sdy, stablehlo):
            dialect.register_dialect(context)
        mhlo.register_mhlo_dialect(context)
        try:
            if b"StableHLO_v" in data[:32]:
                module = stablehlo.deserialize_portable_artifact(context, data)
            else:
                module = ir.Module.parse(data)
            module.operation.verify()
        except ir.MLIRError as error:
            raise RefusedError(reasons_of(error)) from None
        except ValueError as error:
            raise RefusedError(" ".join(str(error).split())) from None
        _check_size(module)
        module.operation.print(
            file="/dev/null",
            binary=True,
            enable_debug_info=True,
            print_generic_op_form=True,
            large_elements_limit=16,
        )


def reasons_of(error: Any) -> str:
    """The messages of an `MLIRError`, with line and column if there are any."""

    def said(diagnostic: Any) -> str:
        place = re.search(r":(\d+):(\d+)\)$", str(diagnostic.location))
        where = f" at line {place[1]}, column {place[2]}" if place else ""
        return f"{diagnostic.message}{where}"

    return "; ".join(map(said, error.error_diagnostics))


def _check_size(module: Any) -> None:
    """Checks the nesting and size of a module: XLA and JAX recurse, and inline calls.

    Raises:
      RefusedError: A limit is exceeded.
    """
    functions: dict[str, _Function] = {}
    for op in module.body.operations:
        functions[_text_in(op, "sym_name")] = _function_of(op.operation)
    sizes: dict[str, tuple[int, int]] = {}  # operations with calls inlined, depth
    for name in functions:
        path = [name]
        while path:
            function = functions[path[-1]]
            pending = [
                callee
                for callee in function.calls
                if callee in functions and callee not in sizes
            ]
            if pending and len(path) > MAX_CALLS:  # too deep, or recursive
                raise RefusedError(f"more than {MAX_CALLS} calls are nested")
            if pending:
                path.append(pending[0])
                continue
            called = [(sizes[f], n) for f, n in function.calls.items() if f in sizes]
            size = function.size + sum(size * n for (size, _), n in called)
            depth = max((depth + 1 for (_, depth), _ in called), default=0)
            if depth > MAX_CALLS or size > MAX_SIZE:
                raise RefusedError(
                    f"more than {MAX_CALLS} calls are nested"
                    if depth > MAX_CALLS
                    else f"with its calls, it has more than {MAX_SIZE:,} operations"
                )
            sizes[path.pop()] = size, depth


@dataclasses.dataclass
class _Function:
    """The size of a function.

    Attributes:
      size: How many operations it has, without those of callees.
      calls: How often it calls each function.
    """

    size: int
    calls: collections.Counter[str]


def _function_of(function: Any) -> _Function:
    found = _Function(0, collections.Counter())
    pending = [(function, 0)]
    while pending:
        parent, depth = pending.pop()
        if depth >= MAX_DEPTH:
            raise RefusedError(f"its regions are nested more than {MAX_DEPTH} deep")
        operations = [
            inner.operation
            for region in parent.regions
            for block in region
            for inner in block.operations
        ]
        found.size += len(operations)
        for op in operations:
            if len(op.regions):
                pending.append((op, depth + 1))
            key = _CALLEES.get(op.name)
            if key:
                found.calls[_text_in(op, key)] += 1
    return found


def _text_in(op: Any, key: str) -> str:
    """The value of the string or symbol attribute `key`; empty if it is neither."""
    attribute = op.attributes.get(key, None)
    try:
        value = getattr(attribute, "value", None)
    except (RuntimeError, UnicodeDecodeError):
        raise RefusedError("a name in it is no text") from None
    return value if isinstance(value, str) else ""


_CALLEES = {"func.call": "callee", "stablehlo.composite": "decomposition"}


def read_exported(data: bytes) -> None:
    """Deserializes a `jax.export.Exported` and its derivatives.

    Raises:
      RefusedError: `data` is something else, or a module in it cannot be read.
    """
    import jax.export

    try:
        exported = jax.export.deserialize(bytearray(data))
        modules = [exported.mlir_module_serialized]
        while exported.has_vjp():
            exported = exported.vjp()
            modules.append(exported.mlir_module_serialized)
    except Exception:  # JAX does not validate its input
        raise RefusedError(NEITHER) from None
    for module in modules:
        read_module(module)


def invert(data: bytes, library: str, pipeline: str, form: str) -> None:
    """Runs the compiler, and writes its result to standard output.

    The first line is its diagnostics as JSON; the module follows.

    Args:
      data: The module, as text or bytecode.
      library: The path of the extension module `_core`.
      pipeline: The passes, in MLIR's textual form.
      form: Whether to write the module as "text" or "bytecode".
    """
    loader = importlib.machinery.ExtensionFileLoader("_core", library)
    spec = importlib.util.spec_from_loader("_core", loader)
    assert spec is not None
    core = importlib.util.module_from_spec(spec)
    loader.exec_module(core)
    result = core.run_pipeline(data, pipeline, as_text=form == "text")

    def listed(diagnostic: Any) -> list[Any]:
        return [
            diagnostic.severity,
            diagnostic.message,
            diagnostic.location,
            [listed(note) for note in diagnostic.notes],
            diagnostic.is_refusal,
            diagnostic.names,
        ]

    said = [result.succeeded, [listed(found) for found in result.diagnostics]]
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + result.module)


TASKS: dict[str, Callable[..., None]] = {
    "module": read_module,
    "exported": read_exported,
    "invert": invert,
}


def main() -> int:
    """Does one task within limits; returns 0, or `REFUSED` if the data is refused.

    The command line names the task, its limits of seconds and bytes of memory, and the
    arguments of the task.
    """
    task, seconds, memory, *arguments = sys.argv[1:]
    for limit, most in (
        (resource.RLIMIT_CPU, int(seconds)),
        (resource.RLIMIT_AS, int(memory)),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(limit)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (most, hard))
    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()
    data = sys.stdin.buffer.read()
    try:
        TASKS[task](data, *arguments)
    except RefusedError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except MemoryError:
        print("it takes too much memory", file=sys.stderr)
        return REFUSED
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
