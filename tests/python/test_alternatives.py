# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions with branches, of which the unknown tells which one is run."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

import invhlo
from judge import assert_close

A = np.array([[2.0, 1.0], [0.5, 3.0]], np.float32)


def on_a_vector(branches, predicate=lambda x: jnp.sum(x) > 0):
    return lambda x: lax.cond(predicate(x), *branches, x)


# Of each, an argument for each branch.
BRANCHES = {
    "cube": (lambda x: lax.cond(x > 1, lambda x: x**3, lambda x: x, x), [1.5, -2, 1]),
    "exponential": (
        lambda x: lax.cond(x > 0, lambda x: jnp.exp(x) - 1, lambda x: x, x),
        [0.3, -2, 0],
    ),
    "exponential below": (
        lambda x: lax.cond(x > -1, lambda x: x, lambda x: jnp.exp(x + 1) - 2, x),
        [0.3, -2, -1],
    ),
    "switch": (
        lambda x: lax.switch(
            (x > 1).astype(int) + (x > 2),
            [lambda x: x, lambda x: 2 * x - 1, lambda x: x + 1],
            x,
        ),
        [0.5, 1.5, 3.0],
    ),
    "cond of cond": (
        lambda x: lax.cond(
            x > 1,
            lambda x: lax.cond(x > 2, lambda x: 3 * x - 2, lambda x: 2 * x, x),
            lambda x: x + 1,
            x,
        ),
        [0.5, 1.5, 3.0],
    ),
    "piecewise": (
        lambda x: jnp.piecewise(
            x,
            [x < 0, (x >= 0) & (x < 1)],
            [lambda x: jnp.exp(x) - 5, lambda x: 2 * x - 4, lambda x: x**2 + 3],
        ),
        [-0.5, 0.5, 3.0],
    ),
    "piecewise, of an array of one element": (
        lambda x: jnp.piecewise(
            x, [x < 0, x < 1], [jnp.exp, lambda x: 2 * x - 4, lambda x: x**2 + 3]
        ),
        [[-0.5], [0.5], [3.0]],
    ),
    "pieces in a branch": (
        lambda x: lax.cond(x > 0, jnp.log1p, lambda x: x * jnp.abs(x), x),
        [0.7, -0.7],
    ),
    "sum": (
        on_a_vector([lambda x: 2 * x, lambda x: A @ x]),
        [[1.0, 2.0], [-1.0, -2.0], [3.0, -1.0]],
    ),
    "a branch that is infinite elsewhere": (
        on_a_vector([lambda x: jnp.exp(x), lambda x: -jnp.exp(-x)]),
        [[1.0, 2.0], [-1.0, -2.0]],
    ),
    "used from an earlier value": (
        lambda x: lax.cond(jnp.sum(x) > 0, jnp.exp, lambda z: z - 9, x * 2 + 1),
        [[1.0, 2.0], [-1.0, -2.0]],
    ),
    "an element": (
        on_a_vector(
            [
                lambda x: jnp.stack([x[0], x[1] * jnp.exp(x[0])]),
                lambda x: jnp.stack([x[0] * 2, x[1] + x[0]]),
            ],
            lambda x: x[0] > 0,
        ),
        [[1.0, 2.0], [-1.0, -2.0]],
    ),
}


@pytest.mark.parametrize(
    ("fun", "args"), [pytest.param(*row, id=name) for name, row in BRANCHES.items()]
)
def test_branches_that_the_unknown_tells(fun, args):
    for arg in args:
        x = jnp.asarray(arg, "float32")
        y = fun(x)
        got, log_det = invhlo.inverse_and_ildj(fun)(y)
        assert_close(got, x, 1e-5)
        jacobian = jax.jacobian(fun)(x)
        matrix = jacobian.reshape(x.size, x.size)
        np.testing.assert_allclose(
            log_det, -np.linalg.slogdet(matrix)[1], rtol=1e-5, atol=1e-5
        )
        for jacobian_of in (jax.jacrev, jax.jacfwd):
            np.testing.assert_allclose(
                jacobian_of(invhlo.inverse(fun))(y).reshape(x.size, x.size),
                np.linalg.inv(matrix),
                rtol=1e-4,
                atol=1e-5,
            )
    x = jnp.asarray(args, "float32")
    mapped = jax.vmap(fun)
    assert_close(jax.vmap(invhlo.inverse(fun))(mapped(x)), x, 1e-5)


@pytest.mark.parametrize("name", ["cube", "switch", "cond of cond", "exponential"])
def test_mapped_branches_are_pieces(name):
    fun, args = BRANCHES[name]
    x = jnp.asarray(args, "float32")
    assert_close(invhlo.inverse(jax.vmap(fun))(jax.vmap(fun)(x)), x, 1e-5)


@pytest.mark.parametrize(
    ("fun", "x"),
    [
        (lambda x: lax.cond(x > 0, lambda x: x**2, lambda x: -x, x), 1.0),
        (lambda x: jnp.piecewise(x, [x > 0], [jnp.square, jnp.negative]), 1.0),
        (
            lambda x: jnp.piecewise(x, [x > 0], [jnp.square, jnp.negative]),
            np.float32([1.0]),
        ),
    ],
)
def test_branches_that_overlap_are_refused(fun, x):
    with pytest.raises(invhlo.NonInvertibleError, match="`cond` .* not injective"):
        invhlo.inverse(fun)(x)


def test_a_result_of_no_branch_is_nan():
    fun = on_a_vector([lambda x: x + 10, lambda x: x - 10])
    assert np.all(np.isnan(invhlo.inverse(fun)(jnp.array([1.0, -1.0]))))
