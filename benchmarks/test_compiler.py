# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How long the compiler takes to invert, beside what it takes to read and print."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import pytest

from flows import coupling_flow, init_coupling_flow

TOOL = Path(sys.executable).parent / "invhlo-opt"
SIZE = 64
OPS = 2000


def flow_of(ops: int) -> str:
    """A coupling flow of at least so many operations, as StableHLO."""
    layers = ops // 20
    while True:
        params = init_coupling_flow(jax.random.key(0), layers, SIZE)
        x = jax.ShapeDtypeStruct((SIZE,), jnp.float32)
        text: str = jax.jit(coupling_flow).lower(params, x).as_text(debug_info=True)
        if text.count("= stablehlo.") >= ops:
            return text
        layers += 1 + layers // 10


@pytest.fixture(scope="module")
def flow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a coupling flow of 2,000 operations."""
    path = tmp_path_factory.mktemp("flow") / "flow.mlir"
    path.write_text(flow_of(OPS))
    return path


TIMES: dict[str, float] = {}


def run(*arguments: Any) -> None:
    """Runs the compiler."""
    subprocess.run([TOOL, *arguments, "-o", "/dev/null"], check=True)


@pytest.mark.benchmark(group="2,000-op coupling flow")
@pytest.mark.parametrize("name", ["cse", "invert", "invert-with-log-det"])
def test_compiler(benchmark: Any, flow: Path, report: list[str], name: str) -> None:
    unknown = flow.read_text().count("%arg", 0, flow.read_text().index("->")) - 1
    option = {
        "cse": "--cse",
        "invert": f"--invhlo-pipeline=unknown={unknown}",
        "invert-with-log-det": f"--invhlo-pipeline=unknown={unknown} log-det=total",
    }[name]
    benchmark.pedantic(run, (flow, option), rounds=20, warmup_rounds=2)
    if benchmark.stats is None:  # with --benchmark-disable
        return
    TIMES[name] = benchmark.stats.stats.min
    if name != "cse" and "cse" in TIMES:
        ratio = TIMES[name] / TIMES["cse"]
        report.append(f"{name}: {ratio:.2f} times what --cse takes")
