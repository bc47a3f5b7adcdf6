# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How the compiler's time grows with the operations of a function, and with shapes.

Prints the exponents of the processor's time, which are about 1 where time is linear.
"""

import math
import resource
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


def measure(path: Path) -> float:
    """The seconds of processor time that an inverse takes, the least of three."""
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        option = "--invhlo-pipeline=unknown=0 log-det=total"
        subprocess.run([TOOL, path, option, "-o", "/dev/null"], check=True)
        times.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    return min(times)


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
        times.append(measure(path))
    exponent = math.log(times[1] / times[0]) / math.log(large / small)
    report.append(
        f"{make.__name__}: {times[0]:.2f} s for {small}, {times[1]:.2f} s for "
        f"{large}: exponent {exponent:.2f}"
    )
