# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions that return more numbers than they take."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import invhlo
from judge import assert_close

# Of both signs, and beyond one period.
X = np.array([2.5, -2.0, 0.3, -7.0], np.float32)

FOUND = {
    "square, then shift": lambda x: (jnp.square(x), x + 1),
    "shift, then square": lambda x: (x + 1, jnp.square(x)),
    "cosh and sinh": lambda x: jnp.stack([jnp.cosh(x), jnp.sinh(x)]),
    "sine and identity": lambda x: (jnp.sin(2 * x), x),
    "modulus of a jitted step": lambda x: (jax.jit(jnp.abs)(x * 2), jnp.exp(x)),
    "square of half": lambda x: (x[:2] ** 2.0, x[2:], 3 * x[:2]),
    "even power of the exponential": lambda x: (jnp.exp(x) ** 2.0, -x),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_has_one_solution_comes_first(name):
    fun = FOUND[name]
    y = fun(X)
    outputs = y if isinstance(y, tuple) else (y,)
    assert_close(invhlo.inverse(fun, X)(*outputs), X, 1e-5)


MASK = np.array([1.0, 0.0, 1.0, 0.0], np.float32)
FACTORS = np.array([0.0, 0.0, 2.0, 3.0], np.float32)


@jax.jit
def long_step(x, m):
    """Stays a call."""
    for _ in range(6):
        x = jnp.arcsinh(x * 1.3) + 0.2
    return x * m


def branch(flag, one, other):
    """One function of x and m or another, which the call takes."""
    return lambda x, m: jax.lax.cond(flag > 0, one, other, x, m)


# Functions of x and of a factor that is zero for some elements, and its factor. Each is
# told somewhere.
TOLD = {
    "two masks": (lambda x, m: (x * m, x * (1 - m)), MASK),
    "two masks, stacked": (lambda x, m: jnp.stack([x * m, (1 - m) * x]), MASK),
    "two masks of one value": (
        lambda x, m: jnp.concatenate([x, x]) * jnp.concatenate([m, 1 - m]),
        MASK,
    ),
    "shifted": (lambda x, m: ((x + 1) * m, (x + 2) * (1 - m)), MASK),
    "numerator and denominator": (lambda x, m: (m / x, x * (1 - m)), MASK),
    "bases": (lambda x, m: ((1 + m) ** x, (2 - m) ** x), MASK),
    "cubes": (lambda x, m: (x**3 * m, x * (1 - m)), MASK),
    "slices": (lambda x, m: (x * m, x[::2], x[1::2]), MASK),
    "a part": (lambda x, m: (x * m, jnp.exp(x[1::2])), MASK),
    "jitted steps": (
        lambda x, m: (jax.jit(jnp.multiply)(x, m), jax.jit(jnp.multiply)(x, 1 - m)),
        MASK,
    ),
    "a call": (lambda x, m: (long_step(x, m), x * (1 - m)), MASK),
    "two calls": (lambda x, m: (long_step(x, m), long_step(x, 1 - m)), MASK),
    "a branch": (
        lambda x, m: (x * (1 - m), branch(m[0], jnp.multiply, jnp.add)(x, m)),
        MASK,
    ),
    "two branches": (
        lambda x, m: (
            branch(m[0], jnp.add, jnp.multiply)(x, m),
            branch(m[0], jnp.multiply, jnp.add)(x, m),
        ),
        MASK,
    ),
    "the other branches": (
        lambda x, m: (
            branch(m[1], jnp.add, jnp.multiply)(x, m),
            branch(m[1], jnp.multiply, jnp.add)(x, m),
        ),
        MASK,
    ),
    "both in a branch": (
        lambda x, m: jax.lax.cond(m[0] > 0, lambda: (x * m, x + m), lambda: (x, x)),
        MASK,
    ),
    "running sums first": (lambda x, m: (jnp.cumsum(x) * (2 - m), x * m), MASK),
    "elements first": (
        lambda x, m: (x[np.array([1, 0, 3, 2, 1])] * (1 + m[0]), x * m),
        MASK,
    ),
    "padded": (
        lambda x, m: (jnp.pad(x, 1) * jnp.pad(m, 1), jnp.pad(x, 1) * jnp.pad(1 - m, 1)),
        MASK,
    ),
    "elements": (lambda x, k: (x[0] * k[0], (3 * x[0] + 1) * k[2], x[1:]), FACTORS),
    "used before": (
        lambda x, m: (
            x[:2] * m[:2],
            (x[:2] + 1) * (1 - m[:2]),
            x[2:] + jnp.where(x[:2] > 0, 1.0, jnp.exp(x[:2])),
        ),
        MASK,
    ),
    "jitted": (jax.jit(lambda x, m: (x * m, x * (1 - m))), MASK),
    "a mask of copies": (lambda x, m: m * x, np.eye(4, dtype=np.float32)),
    "a mask of copies of rows": (
        lambda x, m: m * jnp.stack([x, jnp.exp(x)])[:, :, None],
        np.eye(4, dtype=np.float32)[[1, 0, 3, 2]],
    ),
    "copies of a mean": (lambda x, k: (x[1:], x[0] * k), FACTORS),
    "copies of a function": (lambda x, k: (x[1:], k * (2 + jnp.sinh(x[0]))), FACTORS),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_a_zero_does_not_tell_another_equation_does(name):
    fun, factor = TOLD[name]
    solve = invhlo.inverse(fun, X, factor, argnums=0)
    y = fun(X, factor)
    assert_close(solve(y, factor), X, 1e-5)
    gradient = jax.grad(lambda y: jnp.sum(jnp.sin(solve(y, factor))))(y)
    assert all(np.all(np.isfinite(leaf)) for leaf in jax.tree.leaves(gradient))


def test_log_det_is_that_of_what_tells_each_element():
    """Of the first results that do, where several tell."""

    def fun(x, m):
        return x * m * 2, x * (1 - m) * 3, x * 5

    solve = invhlo.ildj(fun, X, MASK, argnums=0, allow_overdetermined=True)
    want = -np.log(np.where(MASK, 2, 3)).sum()
    assert_close(solve(fun(X, MASK), MASK), want, 1e-6)


def test_what_nothing_tells_is_nan():
    def fun(x, k):
        return x * k, x * k * 2

    solve = invhlo.inverse_and_ildj(
        fun, X, FACTORS, argnums=0, allow_overdetermined=True
    )
    assert np.isnan(solve(fun(X, FACTORS), FACTORS)[1])
    found = invhlo.inverse(fun, X, FACTORS, argnums=0)(fun(X, FACTORS), FACTORS)
    np.testing.assert_array_equal(np.isnan(found), FACTORS == 0)
    assert_close(found[2:], X[2:], 1e-6)


def test_as_many_equations_as_unknowns_are_not_guarded():
    def fun(x, k):
        return x * k

    text = invhlo.invert_lowered(fun, X, FACTORS, argnums=0).as_text()
    assert text.count("stablehlo.") == 1


CONTRADICTED = {
    "circle": (lambda t: (jnp.cos(t), jnp.sin(t)), "cosine"),
    "circle, stacked": (lambda t: jnp.stack([jnp.cos(t), jnp.sin(t)]), "cosine"),
    "two guards": (
        lambda x: (
            jnp.where(x > 0, jnp.exp(x), jnp.nan),
            jnp.where(x > 0, jnp.nan, x),
        ),
        "select",
    ),
    "sign and magnitude": (lambda x: (jnp.abs(x), jnp.sign(x)), "abs"),
    "magnitude and predicate": (lambda x: (jnp.abs(x), x < 0), "abs"),
    "a function of the choice": (
        lambda x: (jnp.square(x), jnp.floor(x) + jnp.exp(jnp.floor(x))),
        "square",
    ),
    "sphere": (
        lambda t: (
            jnp.cos(t[0]),
            jnp.sin(t[0]) * jnp.cos(t[1:]),
            jnp.sin(t[0]) * jnp.sin(t[1:]),
        ),
        "sine",
    ),
    "several angles of one": (lambda t: jnp.cos(t[:1] * jnp.arange(1.0, 4.0)), ""),
    "in a jitted step": (jax.jit(lambda t: (jnp.cos(t), jnp.sin(t))), "cosine"),
    "copies by several formulas": (
        lambda t: jnp.cos(jnp.tile(t, (2, 1)) * jnp.array([[1.0], [2.0]])),
        "cosine",
    ),
    "copies and another": (lambda t: (jnp.cos(jnp.tile(t, 2)), jnp.sin(t)), "cosine"),
    "across a jitted step": (lambda t: (jax.jit(jnp.cos)(t), jnp.sin(t)), "cosine"),
}


@pytest.mark.parametrize("name", CONTRADICTED)
def test_a_choice_that_may_be_contradicted_is_refused(name):
    fun, op = CONTRADICTED[name]
    x = X[:1] if "one" in name else X
    y = fun(x)
    outputs = y if isinstance(y, tuple) else (y,)
    with pytest.raises(invhlo.NonInvertibleError) as caught:
        invhlo.inverse(fun, x)(*outputs)
    message = str(caught.value)
    assert f"{op}' op cannot be inverted: several values have the same" in message
    assert "depends on the choice" in message


COPIES = {
    "repeat": lambda x: jnp.sin(jnp.repeat(x, 3) / 2),
    "tile": lambda x: jnp.square(jnp.tile(x, (2, 3)) - 1),
    "broadcast": lambda x: 2 - jnp.cos(jnp.flip(jnp.broadcast_to(x, (3, 4)), 0)),
    "some of them": lambda x: (jnp.abs(jnp.repeat(x[:2], 2)), x[2:]),
}


@pytest.mark.parametrize("name", COPIES)
def test_a_choice_is_one_for_all_copies(name):
    fun = COPIES[name]
    y = fun(X)
    outputs = y if isinstance(y, tuple) else (y,)
    assert_close(fun(invhlo.inverse(fun, X)(*outputs)), y, 1e-5)


def test_a_choice_may_serve_to_find_more():
    def fun(x, z):
        return jnp.square(x), z * jnp.exp(x) + x

    x, z = np.abs(X), X
    assert_close(invhlo.inverse(fun, x, z)(*fun(x, z)), (x, z), 1e-5)


def test_a_value_that_is_returned_twice_is_one_value():
    def fun(x):
        y = jnp.exp(x)
        return y, y

    x, log_det = invhlo.inverse_and_ildj(fun, X)(*fun(X))
    assert_close(x, X, 1e-5)
    assert_close(log_det, -X.sum(), 1e-5)


MATRIX = np.array([[2, 1, 0], [0, 3, 1], [1, 0, 1]], np.float32)

LOST = {
    "in one result": lambda x: jnp.concatenate([x[:1], MATRIX @ jnp.exp(x)]),
    "by copies": lambda x: (MATRIX @ jnp.tanh(x)[np.array([0, 0, 1])], x[2:]),
    "in a jitted step": jax.jit(
        lambda x: jnp.concatenate([x[:1], MATRIX @ jnp.sinh(x)])
    ),
    "behind a jitted step": lambda x: jnp.concatenate(
        [x[:1], jax.jit(lambda z: MATRIX @ z)(jnp.exp(x))]
    ),
}


@pytest.mark.parametrize("name", LOST)
def test_log_dets_of_what_is_found_together_are_whole(name):
    fun, x = LOST[name], X[:3] / 4
    y = fun(x)
    outputs = y if isinstance(y, tuple) else (y,)
    assert_close(invhlo.inverse(fun, x)(*outputs), x, 1e-5)
    with pytest.raises(invhlo.NonInvertibleError, match="part of that is known|twice"):
        invhlo.ildj(fun, x, allow_overdetermined=True)(*outputs)


def test_log_dets_of_what_is_found_together_first():
    def fun(x):
        return MATRIX @ jnp.exp(x), x[:1]

    x = X[:3] / 4
    log_det = invhlo.ildj(fun, x, allow_overdetermined=True)(*fun(x))
    jacobian = jax.jacfwd(lambda x: fun(x)[0])(x)
    assert_close(log_det, -np.linalg.slogdet(jacobian)[1], 1e-5)


@pytest.mark.parametrize("first", [0, 1])
def test_log_dets_are_those_of_the_first_results(first):
    def fun(x):
        y = (2 * x, jnp.exp(x))
        return y[first], y[1 - first]

    _, log_det = invhlo.inverse_and_ildj(fun, X, allow_overdetermined=True)(*fun(X))
    jacobian = jax.jacfwd(lambda x: fun(x)[0])(X)
    assert_close(log_det, -np.linalg.slogdet(jacobian)[1], 1e-5)


def test_a_factor_that_is_zero_gives_way_to_another_result():
    def fun(mask, x):
        return x * mask, jnp.exp(x)

    mask = np.array([0.0, 1.0, 0.0, 2.0], np.float32)
    found = invhlo.inverse(fun, mask, X, argnums=1)(mask, fun(mask, X))
    assert_close(found, X, 1e-5)


def test_an_arm_beside_nan_gives_way_to_another_result():
    inverse = invhlo.inverse(lambda x: (jnp.where(x > 0, x, jnp.nan), 2 * x), 0.0)
    assert inverse(jnp.nan, -2.0) == -1.0


def test_what_a_loop_tells_keeps_its_derivatives():
    """It may tell what a quotient does not; how it is lowered has no derivatives."""

    def fun(x):
        start = jnp.resize(jnp.tanh(x), x.shape)
        end = jax.lax.scan(lambda c, k: (jnp.sin(c + k), None), start, jnp.arange(2.0))
        first = x * jnp.exp(end[0])
        return first, x / (2 + jnp.resize(jnp.tanh(first), x.shape))

    x = jnp.float32([0.5])
    inverse = invhlo.inverse(fun, x)
    np.testing.assert_allclose(inverse(*fun(x)), x, rtol=1e-5)
    gradient = jax.grad(lambda y: inverse(*y)[0])(fun(x))
    assert all(np.all(np.isfinite(part)) for part in gradient)
