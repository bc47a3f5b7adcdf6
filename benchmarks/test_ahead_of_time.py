# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Inverting ahead of time, beside XLA's time to compile, and its memory."""

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import pytest

import invhlo
from flows import coupling_flow, init_coupling_flow
from invhlo._backend.program import Program
from invhlo._compiler import pipeline
from invhlo._frontend.lowering import trace
from invhlo._jaxcompat import ir, make_ir_context
from invhlo._solve.problem import pose

LAYERS = 200
SIZE = 64
ROUNDS = 5
PARAMS, X = jax.tree.map(
    lambda array: jax.ShapeDtypeStruct(array.shape, array.dtype),
    (init_coupling_flow(jax.random.key(0), LAYERS, SIZE), jnp.zeros(SIZE)),
)


def timed(fun: Callable[[], Any], rounds: int = ROUNDS) -> tuple[float, Any]:
    """The best time of `fun`, and what it returned last."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        result = fun()
        times.append(time.perf_counter() - start)
    return min(times), result


def fresh_flow() -> Callable[..., jax.Array]:
    """The flow as a function that JAX has not traced before."""
    return lambda params, x: coupling_flow(params, x)


def test_time_to_text_beside_compilation(benchmark: Any, report: list[str]) -> None:
    """From the function to the text of its inverse, and the parts of that."""

    def whole() -> str:
        return invhlo.invert_lowered(fresh_flow(), PARAMS, X, argnums=1).as_text()

    def parse(module: bytes) -> None:
        with make_ir_context() as context:
            ir.Module.parse(module, context)

    benchmark.pedantic(whole, rounds=ROUNDS, warmup_rounds=1)
    if benchmark.stats is None:  # with --benchmark-disable
        return
    total = benchmark.stats.stats.min
    problem = pose(fresh_flow(), (PARAMS, X), {}, 1)
    known = problem.forward.in_avals[:-1]
    parts = {}
    parts["trace"], _ = timed(lambda: trace(fresh_flow(), (PARAMS, X), {}))
    both, source = timed(
        lambda: trace(fresh_flow(), (PARAMS, X), {}).stablehlo("cpu", False)
    )
    parts["lower and print"] = both - parts["trace"]
    parts["pass"], inverted = timed(
        lambda: pipeline.invert(
            source.text, [len(known)], name="flow", labels=list, keep_primitives=False
        )
    )
    parts["parse"], _ = timed(lambda: parse(inverted))
    program = Program("flow", problem.unknown_avals, inverted, source.hosted)
    both, lowered = timed(
        lambda: jax.jit(lambda *operands: program.splice(*operands)).lower(
            *known, *problem.forward.out_avals
        )
    )
    parts["splice and lower"] = both - parts["parse"]
    parts["print"], _ = timed(lowered.as_text)

    def beside(program: Any) -> str:
        """`whole` beside compiling: the median of quotients of neighbouring times."""
        quotients, times = [], []
        for _ in range(ROUNDS):
            lowered = program()
            gc.collect()
            before, _ = timed(whole, 1)
            compiling, _ = timed(lowered.compile, 1)
            after, _ = timed(whole, 1)
            quotients.append((before + after) / 2 / compiling)
            times.append(compiling)
        return f"{statistics.median(quotients):.1%} of {min(times):.1f} s"

    forward = beside(lambda: jax.jit(fresh_flow()).lower(PARAMS, X))
    inverse = beside(
        lambda: invhlo.invert_lowered(fresh_flow(), PARAMS, X, argnums=1).lowered
    )
    report.append(
        f"{LAYERS}-layer flow to the text of its inverse: {total:.2f} s; of what XLA "
        f"takes to compile it, {forward}; of what it takes for the inverse, {inverse}"
    )
    report.extend(f"  {part}: {seconds:.3f} s" for part, seconds in parts.items())


_MEMORY = """
import sys
import jax, jax.numpy as jnp, numpy as np
import invhlo

def peak():
    lines = dict(line.split(":", 1) for line in open("/proc/self/status"))
    return int(lines["VmHWM"].split()[0]) * 1024

size = 25_000_000
small = jax.ShapeDtypeStruct((2,), "float32")
invhlo.invert_lowered(invhlo.invert_lowered(jnp.exp, small).as_bytecode()).as_bytecode()
before = peak()
if sys.argv[1] == "write":
    weights = np.arange(1, size + 1, dtype=np.float32)
    spec = jax.ShapeDtypeStruct((size,), "float32")
    inverse = invhlo.invert_lowered(lambda x: x * weights, spec)
else:
    inverse = invhlo.invert_lowered(open(sys.argv[2], "rb").read())
inverted = peak()
data = inverse.as_bytecode()
written = peak()
if sys.argv[1] == "write":
    open(sys.argv[2], "wb").write(data)
print((inverted - before) / (4 * size), (written - before) / (4 * size))
"""


@pytest.mark.parametrize("kind", ["write", "read"])
def test_memory_of_a_large_constant(
    benchmark: Any,
    report: list[str],
    tmp_path_factory: pytest.TempPathFactory,
    kind: str,
) -> None:
    """The peak of a function, and of bytecode, with a constant of 100 MB."""
    path = tmp_path_factory.getbasetemp() / "large.bytecode"
    command = [sys.executable, "-c", _MEMORY, kind, str(path)]
    printed = benchmark.pedantic(
        lambda: subprocess.check_output(command, text=True), rounds=1
    )
    inverted, written = map(float, printed.split())
    what = "closed over" if kind == "write" else "in bytecode"
    report.append(
        f"a constant of 100 MB {what}: memory grew by up to {inverted:.1f} times "
        f"that to invert, {written:.1f} times to write the inverse as bytecode"
    )
