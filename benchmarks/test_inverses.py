# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Inverses beside inverses written by hand: what XLA runs, and what comes before."""

import collections
import gc
import re
import statistics
import time
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import pytest

import invhlo
from flows import coupling_flow, init_coupling_flow
from transformed import uncouple

SIZE = HIDDEN = 64
OPERATIONS = ("dot", "transpose", "copy", "broadcast")

layers = pytest.mark.parametrize("layers", [4, 16, 64])


def undo(params: Any, y: jax.Array) -> Any:
    return uncouple(params, y)[0]


def train(solve: Callable[..., Any]) -> Callable[..., Any]:
    """A step of gradient descent on the negative log-likelihood."""

    def loss(params: Any, y: jax.Array) -> jax.Array:
        x, log_det = solve(params, y)
        mean: jax.Array = (0.5 * jnp.sum(x**2) - log_det) / len(y)
        return mean

    def step(params: Any, y: jax.Array) -> Any:
        grads = jax.grad(loss)(params, y)
        return jax.tree.map(lambda p, g: p - 1e-3 * g, params, grads)

    return step


INVERSE = invhlo.inverse(coupling_flow, argnums=1)
SOLVE = invhlo.inverse_and_ildj(coupling_flow, argnums=1)
PAIRS = {
    "inverse": (INVERSE, undo),
    "inverse-and-ildj": (SOLVE, uncouple),
    "training-step": (train(SOLVE), train(uncouple)),
}


def operations(compiled: Any) -> dict[str, int]:
    """How many of each kind the optimised program holds."""
    found = collections.Counter(re.findall(r"= \S+ ([\w-]+)\(", compiled.as_text()))
    return {name: found[name] for name in OPERATIONS}


def seconds(fun: Callable[..., Any], *args: Any) -> float:
    start = time.perf_counter()
    jax.block_until_ready(fun(*args))
    return time.perf_counter() - start


def ratio(
    first: Callable[[], float], second: Callable[[], float], rounds: int
) -> float:
    """The median of quotients of times taken in turns, on the same machine."""
    return statistics.median(first() / second() for _ in range(rounds))


@layers
@pytest.mark.parametrize("batch", [1, 256, 4096])
@pytest.mark.parametrize("name", PAIRS)
def test_run(name: str, batch: int, layers: int, report: list[str]) -> None:
    params = init_coupling_flow(jax.random.key(0), layers, SIZE, HIDDEN)
    y = jax.random.normal(jax.random.key(1), (batch, SIZE))
    ours, by_hand = (jax.jit(fun).lower(params, y).compile() for fun in PAIRS[name])
    assert operations(ours) == operations(by_hand)
    rounds = 40 if batch == 4096 else 400
    found = ratio(
        lambda: seconds(ours, params, y), lambda: seconds(by_hand, params, y), rounds
    )
    report.append(f"{name}, {layers} layers, batch {batch}: {found:.2f} times by hand")


@layers
def test_first_call(layers: int, report: list[str]) -> None:
    params = init_coupling_flow(jax.random.key(0), layers, SIZE, HIDDEN)
    y = jnp.ones((256, SIZE))

    def lowering(fun: Callable[..., Any]) -> float:
        jax.clear_caches()
        gc.collect()
        start = time.process_time()
        jax.jit(fun).lower(params, y)
        return time.process_time() - start

    def ours() -> float:  # of a function that was never inverted before
        return lowering(invhlo.inverse(lambda p, x: coupling_flow(p, x), argnums=1))

    found = ratio(ours, lambda: lowering(lambda p, y: undo(p, y)), 20)
    report.append(f"first call, {layers} layers: {found:.2f} times by hand")


def test_eager_call(report: list[str]) -> None:
    params = init_coupling_flow(jax.random.key(0), 4, SIZE, HIDDEN)
    y = jnp.ones((1, SIZE))
    jitted = jax.jit(INVERSE)
    best = [
        min(seconds(fun, params, y) for _ in range(1000)) for fun in (INVERSE, jitted)
    ]
    report.append(f"eager call: {1e6 * (best[0] - best[1]):.0f} us more than jitted")
