# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How the compiler's time grows with the operations of a function, and with shapes.

Prints the exponents of the processor's time, which are about 1 where time is linear.
"""

import math
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from flows import coupling_flow, init_coupling_flow

TOOL = Path(sys.executable).parent / "invhlo-opt"

Function = Callable[..., Any]


def tanh_chain(steps: int) -> tuple[Function, tuple[Any, ...]]:
    """A chain of elementwise operations."""

    def fun(x: Any) -> Any:
        for _ in range(steps):
            x = jnp.tanh(x) + 0.1
        return x

    return fun, (jax.ShapeDtypeStruct((16,), jnp.float32),)


def coupling_layers(layers: int) -> tuple[Function, tuple[Any, ...]]:
    """A flow of coupling layers."""
    params = init_coupling_flow(jax.random.key(0), layers, 64)
    x = jax.ShapeDtypeStruct((64,), jnp.float32)
    return lambda x, params: coupling_flow(params, x), (x, params)


def calls(layers: int) -> tuple[Function, tuple[Any, ...]]:
    """Many calls of one jitted layer."""

    @jax.jit
    def layer(x: Any) -> Any:
        a, b = jnp.split(x, 2)
        for _ in range(4):
            a, b = b * jnp.exp(jnp.tanh(a)) + a, a
        return jnp.concatenate([a, b])

    def fun(x: Any) -> Any:
        for _ in range(layers):
            x = layer(x)
        return x

    return fun, (jax.ShapeDtypeStruct((16,), jnp.float32),)


def slices(count: int) -> tuple[Function, tuple[Any, ...]]:
    """An array that is taken apart, element by element."""

    def fun(x: Any) -> Any:
        return jnp.stack([jnp.tanh(x[i]) for i in range(count)])

    return fun, (jax.ShapeDtypeStruct((count,), jnp.float32),)


def images(batch: int) -> tuple[Function, tuple[Any, ...]]:
    """A checkerboard on a batch of images: nothing but the shape grows."""

    def fun(x: Any) -> Any:
        mask = (np.indices((32, 32)).sum(0) % 2 == 0)[..., None]
        scale = jnp.roll(jnp.tanh(jnp.where(mask, x, 0)), 1, axis=1)
        return jnp.where(mask, x, x * jnp.exp(scale) + scale)

    return fun, (jax.ShapeDtypeStruct((batch, 32, 32, 3), jnp.float32),)


def permutation(size: int) -> tuple[Function, tuple[Any, ...]]:
    """Literal positions: the program's text grows with them."""
    positions = np.random.default_rng(0).permutation(size)
    return lambda x: x[positions], (jax.ShapeDtypeStruct((size,), jnp.float32),)


# Modules of as many ops as asked for, which would be slow to trace.

HEADER = "func.func @main(%x0: tensor<16xf32>, %w: tensor<8xf32>) -> tensor<16xf32> {"
COUPLING = """
%a{i} = stablehlo.slice %x{i} [0:8] : (tensor<16xf32>) -> tensor<8xf32>
%b{i} = stablehlo.slice %x{i} [8:16] : (tensor<16xf32>) -> tensor<8xf32>
%t{i} = stablehlo.tanh %a{i} : tensor<8xf32>
%s{i} = stablehlo.multiply %t{i}, %w : tensor<8xf32>
%e{i} = stablehlo.exponential %s{i} : tensor<8xf32>
%m{i} = stablehlo.multiply %b{i}, %e{i} : tensor<8xf32>
%n{i} = stablehlo.add %m{i}, %t{i} : tensor<8xf32>
%x{j} = stablehlo.concatenate %n{i}, %a{i}, dim = 0
  : (tensor<8xf32>, tensor<8xf32>) -> tensor<16xf32>"""


def function(header: str, body: str, count: int) -> str:
    """A function that repeats `body`, which takes `%x{i}` to `%x{j}`."""
    lines = [body.format(i=i, j=i + 1) for i in range(count)]
    return "\n".join([header, *lines, f"return %x{count} : tensor<16xf32>", "}"])


def module_of_a_chain(ops: int) -> str:
    """A chain of elementwise ops."""
    both = """
%t{i} = stablehlo.tanh %x{i} : tensor<16xf32>
%x{j} = stablehlo.negate %t{i} : tensor<16xf32>"""
    return function(HEADER, both, ops // 2)


def module_of_couplings(ops: int) -> str:
    """A coupling flow."""
    return function(HEADER, COUPLING, ops // 8)


def module_of_calls(ops: int) -> str:
    """As many ops in calls of one layer of 100."""
    layer = HEADER.replace("func.func @main", "func.func private @layer")
    call = """
%x{j} = func.call @layer(%x{i}, %w) : (tensor<16xf32>, tensor<8xf32>) -> tensor<16xf32>
"""
    return "\n".join(
        [function(layer, COUPLING, 12), function(HEADER, call, ops // 100)]
    )


def module_of_nested_calls(ops: int) -> str:
    """Functions of five ops each, that call one another."""
    depth = ops // 5
    functions = []
    for i in range(depth):
        inner = (
            f"func.call @f{i + 1}(%b) : (tensor<16xf32>) -> tensor<16xf32>"
            if i + 1 < depth
            else "stablehlo.exponential %b : tensor<16xf32>"
        )
        functions.append(f"""
func.func {f"private @f{i}" if i else "@main"}(%x: tensor<16xf32>) -> tensor<16xf32> {{
  %a = stablehlo.tanh %x : tensor<16xf32>
  %b = stablehlo.negate %a : tensor<16xf32>
  %c = {inner}
  %d = stablehlo.negate %c : tensor<16xf32>
  return %d : tensor<16xf32>
}}""")
    return "\n".join(functions)


def measure(path: Path, repeats: int = 3) -> tuple[float, int]:
    """The least processor time that an inverse takes, in seconds, and MiB."""
    times, memory = [], 0
    for _ in range(repeats):
        option = "--invhlo-pipeline=unknown=0 log-det=total"
        process = subprocess.Popen([TOOL, path, option, "-o", "/dev/null"])
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        times.append(usage.ru_utime)
        memory = max(memory, usage.ru_maxrss // 1024)
    return min(times), memory


@pytest.mark.parametrize(
    ("make", "small", "large"),
    [
        (tanh_chain, 2000, 16_000),
        (coupling_layers, 50, 400),
        (calls, 200, 1600),
        (slices, 500, 4000),
        (permutation, 50_000, 400_000),
        (images, 64, 4096),
    ],
    ids=lambda value: value.__name__ if callable(value) else str(value),
)
def test_exponent(
    make: Callable[[int], tuple[Function, tuple[Any, ...]]],
    small: int,
    large: int,
    tmp_path: Path,
    report: list[str],
) -> None:
    times = []
    for size in (small, large):
        fun, args = make(size)
        path = tmp_path / f"{size}.mlir"
        path.write_text(jax.jit(fun).lower(*args).as_text())
        times.append(measure(path)[0])
    exponent = math.log(times[1] / times[0]) / math.log(large / small)
    report.append(
        f"{make.__name__}: {times[0]:.2f} s for {small}, {times[1]:.2f} s for "
        f"{large}: exponent {exponent:.2f}"
    )


@pytest.mark.parametrize(
    "make",
    [module_of_a_chain, module_of_couplings, module_of_calls, module_of_nested_calls],
    ids=lambda make: make.__name__,
)
def test_large_modules(
    make: Callable[[int], str], tmp_path: Path, report: list[str]
) -> None:
    # Both are beyond the caches, which smaller modules fit in: even MLIR's own CSE
    # takes a power of 1.5 from 50,000 to 200,000 ops, and of 1.1 from there on.
    sizes = (200_000, 800_000)
    found = []
    for size in sizes:
        path = tmp_path / f"{size}.mlir"
        path.write_text(make(size))
        found.append(measure(path, repeats=2))
    (small, _), (large, memory) = found
    exponent = math.log(large / small) / math.log(sizes[1] / sizes[0])
    report.append(
        f"{make.__name__}: {small:.2f} s for {sizes[0]:,} ops, {large:.2f} s and "
        f"{memory} MiB for {sizes[1]:,}: exponent {exponent:.2f}"
    )
