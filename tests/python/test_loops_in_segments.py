# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Loops that carry so much of what is known that it is not stacked for all steps."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from invhlo import inverse, inverse_and_ildj

_RANDOM = np.random.default_rng(3)
X = _RANDOM.uniform(0.2, 0.9, size=3)
TABLE = _RANDOM.normal(size=(512, 256))
LENGTH = 36
STACK = LENGTH * TABLE.size * 4


def carried(table, x, reverse=False):
    """Scales by a part of a table, which changes on its way and cannot go back."""
    weights = 0.1 * jnp.arange(3.0 * LENGTH, dtype=x.dtype).reshape(LENGTH, 3)

    def step(state, w):
        i, c, table = state
        scale = jnp.exp(0.1 * jnp.tanh(table[0, :3] + w))
        return (i + 1, c * scale + 0.01 * i, jnp.cos(table + w[0])), None

    start = jnp.zeros((), x.dtype), x, table
    return lax.scan(step, start, weights, reverse=reverse)[0][1]


def made(table, xs, reverse=False):
    """Rows by a part of the same table, each from the one before."""

    def step(state, x):
        before, table = state
        y = x * jnp.exp(0.1 * jnp.tanh(before)) + table[0, :3]
        return (y, jnp.cos(table)), y

    start = jnp.zeros(3, xs.dtype), table
    return lax.scan(step, start, xs, reverse=reverse)[1]


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("dtype", [jnp.float32, jnp.float64])
@pytest.mark.parametrize(
    ("loop", "x"), [(carried, X), (made, np.outer(np.linspace(0.5, 1, LENGTH), X))]
)
def test_values_and_log_dets(loop, x, dtype, reverse):
    with jax.enable_x64(dtype == jnp.float64):
        table, x = jnp.asarray(TABLE, dtype), jnp.asarray(x, dtype)

        def fun(table, x):
            return loop(table, x, reverse)

        y = jax.jit(fun)(table, x)
        found, log_det = jax.jit(inverse_and_ildj(fun, argnums=1))(table, y)
        tolerance = 200 * float(jnp.finfo(dtype).eps)
        jacobian = jax.jacfwd(fun, argnums=1)(table, x).reshape(x.size, x.size)
        np.testing.assert_allclose(found, x, rtol=tolerance, atol=tolerance)
        np.testing.assert_allclose(
            log_det, -np.linalg.slogdet(jacobian)[1], rtol=tolerance, atol=tolerance
        )


def test_the_stack_is_that_of_a_segment():
    table, x = jnp.asarray(TABLE, jnp.float32), jnp.asarray(X, jnp.float32)
    solve = jax.jit(inverse(carried, argnums=1)).lower(table, x).compile()
    assert solve.memory_analysis().temp_size_in_bytes < STACK / 2


def test_both_modes_differentiate():
    with jax.enable_x64(True):
        table, x = jnp.asarray(TABLE), jnp.asarray(X)
        y = carried(table, x)

        def solve(scale):
            found, log_det = inverse_and_ildj(carried, argnums=1)(scale * table, y)
            return jnp.sum(found**2) + log_det

        step = 1e-6
        want = (solve(1 + step) - solve(1 - step)) / (2 * step)
        for derive in (jax.jacfwd, jax.grad):
            np.testing.assert_allclose(derive(solve)(1.0), want, rtol=1e-5)
