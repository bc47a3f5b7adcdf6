# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions with branches, of which it is known which one is run."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

import invhlo
from judge import assert_close, call_for, tolerance_of

X = np.array([0.3, -0.2, 1.5, 0.7], np.float32)
W = np.array([[0.5, 1.0, -0.3, 0.2], [0.1, -0.4, 0.8, 0.6]], np.float32)
A = np.eye(4, dtype=np.float32) * 2 + 0.1 * np.arange(16, dtype=np.float32).reshape(
    4, 4
)


def halves_by_number(i, x):
    a, b = x[:2], x[2:]
    branches = [
        lambda a, b: (a + 2, jnp.sinh(b)),
        lambda a, b: (b * 3, a),
        lambda a, b: (jnp.exp(a), b + a),
    ]
    return lax.switch(i, branches, a, b)


def nested(i, x):
    def inner(x):
        return lax.cond(i > 1, jnp.sinh, lambda x: x * 2, x)

    return lax.cond(i > 0, inner, lambda x: x[::-1] - 1, x)


def parts_in_other_places(i, x):
    rest = lax.cond(
        i > 0,
        lambda x: x[:2] * 2,
        lambda x: jnp.concatenate([x[1:2] * 3, x[:1]]),
        x,
    )
    return rest, jnp.sinh(x[2:])


def more_in_one_than_the_other(i, x):
    some = lax.cond(i > 0, lambda x: x[1:3] * 2, lambda x: x[:3][1:] * 3, x)
    return some, x[0], x[3] + x[1]


@jax.jit
def step(i, w, x):
    return lax.cond(i > 0, lambda x: jnp.exp(w) * x, lambda x: x + w, x)


def pieces_with_and_without_shares(i, x):
    h = lax.cond(i > 0, jnp.exp, jnp.sinh, x)
    return h[:2], h[2:] * h[:2]


def calls(i, x):
    return step(i, W[0], step(i, W[1], x))


def inside_a_call(i, x):
    return lax.cond(i > 0, lambda x: step(i - 1, W[0], x), jnp.sinh, x)


def systems(i, x):
    return lax.cond(i > 0, lambda x: A @ x, lambda x: jnp.linalg.solve(A, x), x)


def coupling(i, x):
    a, b = x[:2], x[2:]
    by_scale = lambda b: b * jnp.exp(a) + a  # noqa: E731
    return a, lax.cond(i > 0, by_scale, lambda b: b - a, b)


def running_sums(i, x):
    return lax.cond(i > 0, jnp.cumsum, lambda x: x[::-1] * 2, x)


def squares(i, x):
    return lax.cond(i > 0, jnp.square, lambda x: x + 1, jnp.exp(x))


def one_branch(i, x):
    return lax.switch(i, [jnp.sinh], x)


INVERTED = [
    halves_by_number,
    nested,
    parts_in_other_places,
    more_in_one_than_the_other,
    pieces_with_and_without_shares,
    calls,
    inside_a_call,
    systems,
    coupling,
    running_sums,
    squares,
    one_branch,
]


@pytest.mark.parametrize("number", [-3, 0, 1, 2, 7])
@pytest.mark.parametrize("fun", INVERTED)
def test_the_branch_that_is_run_is_inverted(fun, number):
    y = fun(number, X)
    invert = jax.jit(invhlo.inverse_and_ildj(fun, number, X, argnums=1))
    x, log_det = invert(*call_for(y, (number, X), 1))
    tolerance = tolerance_of(X)
    assert_close(x, X, tolerance)
    outputs = lambda x: jnp.concatenate(jax.tree.leaves(fun(number, x)), axis=None)  # noqa: E731
    want = -np.linalg.slogdet(np.asarray(jax.jacobian(outputs)(X), np.float64))[1]
    np.testing.assert_allclose(log_det, want, atol=tolerance)


def test_integers_come_back_bit_for_bit():
    branches = [lambda x: x + 3, lambda x: x * 5, lambda x: x ^ 12]
    fun = lambda i, x: lax.switch(i, branches, x)  # noqa: E731
    x = np.arange(-4, 5, dtype=np.int32) * 0x1234567
    for i in range(3):
        got = invhlo.inverse(fun, argnums=1)(i, fun(i, x))
        np.testing.assert_array_equal(got, x)


def test_transformations():
    inverse = invhlo.inverse(running_sums, argnums=1)
    backward = jax.jacrev(inverse, 1)(1, X)
    np.testing.assert_allclose(backward, np.eye(4) - np.eye(4, k=-1), atol=1e-6)
    np.testing.assert_allclose(jax.jacfwd(inverse, 1)(0, X), np.eye(4)[::-1] / 2)
    mapped = jax.vmap(inverse, (0, None))(jnp.array([1, 0]), X)
    want = [np.diff(X, prepend=np.float32(0)), X[::-1] / 2]
    np.testing.assert_allclose(mapped, want, atol=1e-6)
    again = invhlo.inverse(inverse, argnums=1)
    np.testing.assert_allclose(again(1, X), np.cumsum(X), rtol=1e-6)


def test_a_custom_inverse_in_a_branch_is_used():
    @invhlo.custom_inverse
    def twice(x):
        return x * 2

    twice.def_inverse_unary(lambda y: y * 0.5 + 100)
    fun = lambda i, x: lax.cond(i > 0, twice, jnp.exp, x)  # noqa: E731
    assert_close(invhlo.inverse(fun, argnums=1)(1, X), X * 0.5 + 100, 1e-6)


def test_another_result_tells_what_a_branch_leaves_open():
    fun = lambda i, x: (lax.cond(i > 0, jnp.square, jnp.cosh, x), jnp.sinh(x))  # noqa: E731
    for i in (0, 1):
        assert_close(invhlo.inverse(fun, i, X, argnums=1)(i, fun(i, X)), X, 1e-5)


REFUSED = {
    "which branch is run is not known": lambda i, x: lax.cond(
        x[0] > 0, jnp.exp, jnp.sinh, x[1:]
    ),
    "it multiplies by zero": lambda i, x: lax.cond(i > 0, lambda x: x * 0, jnp.exp, x),
    "several values have the same result": lambda i, x: (
        lax.cond(i > 0, jnp.square, jnp.cosh, x),
        jnp.cos(x),
    ),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_refused(reason):
    with pytest.raises(invhlo.NonInvertibleError, match=reason):
        invhlo.inverse(REFUSED[reason], 1, X, argnums=1)(1, REFUSED[reason](1, X))


def nested_to(depth, inner=0):
    """Branches in branches, with a threshold more at each level."""

    def fun(x):
        if inner == depth:
            return 2 * x
        # Lines that meet at the threshold.
        threshold, slope = depth - inner, 3.0 + inner
        return lax.cond(
            x < threshold,
            nested_to(depth, inner + 1),
            lambda x: slope * (x - threshold) + line(depth, inner + 1, threshold),
            x,
        )

    return fun


def line(depth, inner, x):
    """What the level `inner` computes at the threshold above it."""
    if inner == depth:
        return 2 * x
    threshold, slope = depth - inner, 3.0 + inner
    return slope * (x - threshold) + line(depth, inner + 1, threshold)


def test_branches_in_branches_grow_with_their_number():
    def text(depth):
        return str(jax.make_jaxpr(invhlo.inverse(nested_to(depth)))(1.0))

    # Ten pieces instead of three.
    assert len(text(9)) < 4 * len(text(2))
    with pytest.raises(invhlo.NonInvertibleError):
        text(40)


def test_branches_in_branches_are_inverted():
    fun = nested_to(9)
    for x in (-1.0, 0.5, 1.5, 4.2, 8.8, 20.0):
        x = jnp.float32(x)
        got, log_det = invhlo.inverse_and_ildj(fun)(fun(x))
        np.testing.assert_allclose(got, x, rtol=1e-5)
        np.testing.assert_allclose(log_det, -jnp.log(jax.grad(fun)(x)), rtol=1e-5)
