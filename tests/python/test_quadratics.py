# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Quadratic functions of the unknown, and quotients of them, alone and in pieces."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import invhlo
from judge import dense_ildj

# Each grows over all numbers, or falls over all, but in a piece of it the formula
# is on the side where it goes the other way.
PIECES = {
    "x |x| + x": lambda x: x * jnp.abs(x) + x,
    "x (1 + |x|)": lambda x: x * (1 + jnp.abs(x)),
    "below zero": lambda x: jnp.where(x > 0, x, x - x * x),
    "on both sides": lambda x: jnp.where(x > 0, x + x * x, x - x * x),
    "falling": lambda x: jnp.where(x > 0, -x * x - x, -x),
    "beyond the vertex": lambda x: jnp.where(x > 1, 2 * x - x * x, 2 - x),
    "a quotient": lambda x: jnp.where(x < 0, (x - x * x) / (1 - 0.4 * x), x),
}


@pytest.mark.parametrize("name", PIECES)
def test_the_side_of_a_piece_is_taken(name):
    fun = PIECES[name]
    with jax.enable_x64(True):
        x = jnp.array([-2.0, -0.5, -1e-3, 0.5, 2.0, 30.0])
        y = fun(x)
        found, log_det = invhlo.inverse_and_ildj(fun, x)(y)
        np.testing.assert_allclose(found, x, rtol=1e-12)
        np.testing.assert_allclose(log_det, dense_ildj(fun, x), rtol=1e-12)
        slopes = jax.grad(lambda y: invhlo.inverse(fun, x)(y).sum())(y)
        wanted = 1 / jax.grad(lambda x: fun(x).sum())(x)
        np.testing.assert_allclose(slopes, wanted, rtol=1e-10)


@pytest.mark.parametrize(
    ("fun", "y"),
    [
        (lambda x: x * x - x, -2.0),
        (lambda x: x * x - x, np.nan),
        (lambda x: jnp.tanh(x * x - x), 2.0),
        (lambda x: jnp.sqrt(x * x - x), -2.0),
        (lambda x: jnp.exp((x * x - 3 * x) / (x + 4)), -1.0),
    ],
    ids=["below", "nan", "tanh", "sqrt", "a quotient"],
)
def test_outside_of_the_image_there_is_nan(fun, y):
    found, log_det = invhlo.inverse_and_ildj(fun, jnp.zeros(()))(jnp.asarray(y))
    assert np.isnan(found)
    assert np.isnan(log_det)


@pytest.mark.parametrize(
    "fun",
    [lambda x: (x * x - 1) / (x + 1), lambda x: (x + 1) * (x + 2) / (x + 2)],
)
def test_a_pole_is_no_solution(fun):
    x = jnp.array([-3.0, -4.0])
    found = invhlo.inverse(fun, x)(fun(x))
    assert np.all(np.isnan(found) | (np.abs(found - x) < 1e-5))


def test_a_pole_leaves_the_solutions_beside_it():
    def fun(x):
        return (x * x + 1) / (x - 3)

    x = jnp.array([2.0, 1.5])
    np.testing.assert_allclose(invhlo.inverse(fun, x)(fun(x)), x, rtol=1e-5)
