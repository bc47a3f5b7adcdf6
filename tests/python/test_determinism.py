# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The same function has the same inverse, letter for letter, every time."""

import os
import random
import subprocess
import sys

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import invhlo
import invhlo_opt

FLAGS = ("--invhlo-pipeline=log-det=shares", "--mlir-print-op-generic")


def layer(x):
    """A coupling that slices one value often, in no order."""
    tail = x[2:] * jnp.exp(jnp.sin(x[:2])) + jnp.cos(x[:2])[::-1]
    tail = tail + x[0:1] * x[1:2] + jnp.roll(x[:2], 1) + x[:3:2].at[1].set(0.0)[0]
    return jnp.concatenate([tail, x[:2] * 2.0])


def flow(x):
    return layer(jax.jit(layer)(layer(x)))


def text_of_flow():
    return jax.jit(flow).lower(jnp.ones(4)).as_text()


def invert(text):
    done = invhlo_opt.run(text, *FLAGS)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_processes_agree():
    text = text_of_flow()
    assert len({invert(text) for _ in range(24)}) == 1


_PRINT = """
import sys
sys.path[:0] = sys.argv[1:]
import conftest, invhlo, jax.numpy as jnp
from test_determinism import flow
print(invhlo.invert_lowered(flow, jnp.ones(4)).as_text())
"""


def test_hashing_does_not_matter():
    texts = set()
    for seed in ("0", "1", "2", "random"):
        done = subprocess.run(
            [sys.executable, "-c", _PRINT, os.path.dirname(__file__)],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        texts.add(done.stdout)
    assert len(texts) == 1
    assert "stablehlo" in texts.pop()


SLICES = [(0, 2), (0, 2), (1, 3), (2, 4), (0, 4), (3, 6), (2, 6)]


def sliced(order):
    """Slices one value in the given order; the results keep theirs."""
    lines = ["func.func @main(%x: tensor<6xf32>) -> (RESULTS) {"]
    for i in order:
        begin, end = SLICES[i]
        size = end - begin
        lines.append(
            f"  %{i} = stablehlo.slice %x [{begin}:{end}] "
            f": (tensor<6xf32>) -> tensor<{size}xf32>"
        )
    types = ", ".join(f"tensor<{end - begin}xf32>" for begin, end in SLICES)
    names = ", ".join(f"%{i}" for i in range(len(SLICES)))
    lines += [f"  return {names} : {types}", "}"]
    return "\n".join(lines).replace("RESULTS", types)


def test_order_of_independent_ops_does_not_matter():
    shuffled = random.Random(0)
    texts = set()
    for _ in range(24):
        order = shuffled.sample(range(len(SLICES)), len(SLICES))
        done = invhlo_opt.run(sliced(order), "--invhlo-pipeline")
        assert done.returncode == 0, done.stderr
        texts.add(done.stdout)
    assert len(texts) == 1


@pytest.mark.parametrize("seed", range(4))
def test_overlapping_slices_in_any_order(seed):
    order = np.random.default_rng(seed).permutation(len(SLICES))
    x = jnp.arange(6.0)

    def fun(x):
        return tuple(x[slice(*SLICES[i])] for i in order)

    np.testing.assert_array_equal(invhlo.inverse(fun, x)(*fun(x)), x)
