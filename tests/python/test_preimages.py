# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""All solutions of functions that have several, and the densities that they make."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import invhlo

norm, uniform = jax.scipy.stats.norm, jax.scipy.stats.uniform


def tent(x):
    return jnp.where(x < 0.5, 2 * x, 2 - 2 * x)


def inside(fun, low, high):
    return lambda x: jnp.where((x > low) & (x < high), fun(x), jnp.nan)


# Of each, arguments, with the number of solutions that their results have.
MANY = {
    "absolute value": (jnp.abs, [-1.5, 0.3, 7.0], [2, 2, 2]),
    "square": (jnp.square, [-1.5, 0.3, 7.0], [2, 2, 2]),
    "product": (lambda x: x * x, [-1.5, 0.3, 7.0], [2, 2, 2]),
    "fourth power": (lambda x: x**4, [-1.5, 0.3], [2, 2]),
    "sixth power": (lambda x: x**6, [-1.5, 0.3], [2, 2]),
    "reciprocal square": (lambda x: x**-2.0, [-1.5, 0.3], [2, 2]),
    "cosh": (jnp.cosh, [-1.5, 0.3], [2, 2]),
    "tent": (tent, [0.2, 0.9, -3.0], [2, 2, 2]),
    "pieces": (
        lambda x: jnp.where(x > 0, x**2, -x),
        [-1.5, 0.3, 2.0],
        [2, 2, 2],
    ),
    "pieces that overlap in part": (
        lambda x: jnp.where(x < 0, x, x - 1),
        [-2.0, -0.5, 0.7, 3.0],
        [1, 2, 2, 1],
    ),
    "distance of distance": (
        lambda x: jnp.abs(jnp.abs(x) - 1),
        [0.3, -0.3, 1.2, -2.5],
        [4, 4, 4, 2],
    ),
    "square of a square": (
        lambda x: (x**2 - 1) ** 2,
        [0.3, -1.2, 2.5],
        [4, 4, 2],
    ),
    "after an affine one": (lambda x: 3 * (2 * x - 1) ** 2 + 2, [-1.5, 0.3], [2, 2]),
    "before an exponential": (lambda x: jnp.exp(-(x**2) / 2), [-1.5, 0.3], [2, 2]),
    "after a sigmoid": (
        lambda x: (jax.nn.sigmoid(x) - 0.5) ** 2,
        [-1.5, 0.3],
        [2, 2],
    ),
    "of one sign": (lambda x: jnp.exp(x) ** 2, [-1.5, 0.3], [1, 1]),
    "cosine": (inside(jnp.cos, -np.pi, np.pi), [-1.5, 0.3, 3.0], [2, 2, 2]),
    "two waves": (inside(jnp.sin, 0, 4 * np.pi), [0.3, 3.5, 7.0], [4, 4, 4]),
    "a wave in part": (inside(jnp.sin, 0, 2.5), [0.3, 1.0, 2.2], [1, 2, 2]),
    "injective": (jnp.sinh, [-1.5, 0.3], [1, 1]),
    "injective pieces": (lambda x: x * jnp.abs(x), [-1.5, 0.3], [1, 1]),
}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", MANY)
def test_all_solutions(name, dtype):
    fun, x, counts = MANY[name]
    tolerance = 2e-5 if dtype == "float32" else 1e-11
    with jax.enable_x64(True):
        x = jnp.asarray(x, dtype)
        y = fun(x)
        values, mask, ildj = jax.jit(invhlo.preimages(fun))(y)
        assert (values.dtype, ildj.dtype, mask.dtype) == (x.dtype, x.dtype, bool)
        assert values.shape == mask.shape == ildj.shape
        np.testing.assert_array_equal(mask.sum(0), counts)
        assert np.all(np.min(np.abs(np.where(mask, values - x, 9)), 0) <= tolerance * 9)
        again = jax.vmap(fun)(values)
        assert np.all(np.abs(again - y)[mask] <= tolerance * (1 + np.abs(y).max()))
        slope = jax.vmap(jax.vmap(jax.grad(lambda t: fun(t[None])[0])))(values)
        want = np.where(mask, -np.log(np.abs(slope)), -np.inf)
        np.testing.assert_allclose(ildj, want, rtol=1e-3, atol=10 * tolerance)
        for i, count in enumerate(counts):
            found = np.sort(values[:, i][mask[:, i]])
            assert np.all(np.diff(found) > 1e-3)
            assert len(found) == count


@pytest.mark.parametrize("name", MANY)
def test_derivatives_are_finite_where_there_is_no_solution(name):
    fun, x, _ = MANY[name]
    y = fun(jnp.asarray(x, "float32"))

    def log_density(y):
        values, _, ildj = invhlo.preimages(fun)(y)
        return jnp.sum(jax.nn.logsumexp(norm.logpdf(values) + ildj, axis=0))

    gradient = jax.grad(log_density)(y)
    assert np.all(np.isfinite(gradient))
    h = 1e-3 * np.abs(y)
    difference = [
        (log_density(y.at[i].add(h[i])) - log_density(y.at[i].add(-h[i]))) / (2 * h[i])
        for i in range(y.size)
    ]
    np.testing.assert_allclose(gradient, difference, rtol=0.05, atol=0.05)


def log_density_of(fun, log_density):
    """The log-density of `fun(x)`, element by element."""

    def of_result(y):
        values, mask, ildj = invhlo.preimages(fun)(y)
        terms = jnp.where(mask, log_density(values) + ildj, -jnp.inf)
        return jax.nn.logsumexp(terms, axis=0)

    return of_result


@pytest.mark.parametrize(
    ("fun", "y", "found"),
    [
        (lambda x: jnp.where(x < 1, 1 - x, x - 1), 0.0, {1.0}),
        (jnp.abs, 0.0, {0.0}),
        (lambda x: x * x, 0.0, {0.0}),
        (lambda x: jnp.abs(jnp.abs(x) - 1), 0.0, {-1.0, 1.0}),
    ],
)
def test_where_pieces_meet_there_is_one_solution(fun, y, found):
    values, mask, _ = invhlo.preimages(fun)(jnp.array([y]))
    assert int(mask.sum()) == len(found)
    assert set(np.asarray(values[mask]).tolist()) == found


def test_folded_normal():
    y = jnp.array([0.1, 1.0, 2.5])
    got = log_density_of(jnp.abs, lambda x: norm.logpdf(x, 0.7, 1.2))(y)
    want = np.log(norm.pdf(y, 0.7, 1.2) + norm.pdf(-y, 0.7, 1.2))
    np.testing.assert_allclose(got, want, rtol=1e-5)


def test_chi_squared():
    y = jnp.array([0.1, 1.0, 2.5, 9.0])
    got = log_density_of(jnp.square, norm.logpdf)(y)
    np.testing.assert_allclose(got, jax.scipy.stats.chi2.logpdf(y, 1), rtol=1e-5)
    outside = log_density_of(jnp.square, norm.logpdf)(-y)
    np.testing.assert_array_equal(outside, np.full(4, -np.inf))


def test_the_tent_map_keeps_the_uniform_density():
    y = jnp.linspace(0.01, 0.99, 23)
    once = log_density_of(tent, uniform.logpdf)
    twice = log_density_of(lambda x: tent(tent(x)), uniform.logpdf)
    np.testing.assert_allclose(once(y), np.zeros(23), atol=1e-6)
    np.testing.assert_allclose(twice(y), np.zeros(23), atol=1e-6)


def test_densities_integrate_to_one():
    fun = lambda x: jnp.where(x > 0, x**2, -2 * x)  # noqa: E731
    log_density = log_density_of(fun, norm.logpdf)
    # Of the logarithm of y, which smoothes the pole at zero.
    z = jnp.linspace(-20, 4, 20_001)
    total = jnp.sum(jnp.exp(log_density(jnp.exp(z)) + z)) * (24 / 20_000)
    np.testing.assert_allclose(total, 1, rtol=1e-4)


def test_parameters_that_are_known_in_a_run_only():
    def fun(mean, scale, x):
        return (mean + scale * x) ** 2

    found = invhlo.preimages(fun, 1.0, 1.0, jnp.zeros(3), argnums=2)

    def log_likelihood(mean, scale, y):
        values, _, ildj = found(mean, scale, y)
        return jnp.sum(jax.nn.logsumexp(norm.logpdf(values) + ildj, axis=0))

    def want(mean, scale, y):
        root = jnp.sqrt(y)
        both = norm.pdf(root, mean, scale) + norm.pdf(-root, mean, scale)
        return jnp.sum(jnp.log(both / (2 * root)))

    y = jnp.array([0.1, 1.0, 6.0])
    np.testing.assert_allclose(
        log_likelihood(0.4, 1.3, y), want(0.4, 1.3, y), rtol=1e-5
    )
    for argnum in (0, 1, 2):
        np.testing.assert_allclose(
            jax.grad(log_likelihood, argnum)(0.4, 1.3, y),
            jax.grad(want, argnum)(0.4, 1.3, y),
            rtol=1e-4,
        )


W = np.array([[0.5, 1.0, -0.3], [0.1, -0.4, 0.8], [1.1, 0.2, 0.6]], np.float32)


def test_what_is_injective_after_the_pieces_may_mix_elements():
    fun = lambda x: jnp.asarray(W) @ jnp.abs(x) + 1  # noqa: E731
    x = jnp.array([0.3, -1.2, 2.0])
    values, mask, ildj = invhlo.preimages(fun)(fun(x))
    np.testing.assert_allclose(values, [abs(x), -abs(x)], rtol=1e-5)
    assert np.all(mask)
    want = -np.linalg.slogdet(W)[1]
    np.testing.assert_allclose(ildj.sum(1), [want, want], rtol=1e-5)


def test_several_arguments_have_their_own_solutions():
    def fun(a, b, c):
        return a["x"] ** 2, jnp.abs(b) * jnp.exp(a["x"] ** 2), c + jnp.abs(b)[:, None]

    args = {"x": jnp.array([1.0, -2.0])}, jnp.array([-3.0, 0.5]), jnp.ones((2, 3))
    values, mask, ildj = invhlo.preimages(fun, *args)(*fun(*args))
    assert jax.tree.structure(values) == jax.tree.structure(args)
    np.testing.assert_allclose(values[0]["x"], [[1, 2], [-1, -2]])
    np.testing.assert_allclose(values[1], [[3, 0.5], [-3, -0.5]], rtol=1e-6)
    np.testing.assert_allclose(values[2], np.ones((1, 2, 3)), rtol=1e-6)
    assert all(np.all(leaf) for leaf in jax.tree.leaves(mask))
    np.testing.assert_allclose(ildj[1], [[-1, -4], [-1, -4]], rtol=1e-6)


@pytest.mark.parametrize(
    "fun",
    [
        lambda x: jax.lax.cond(x > 0, jnp.square, jnp.negative, x),
        lambda x: jnp.piecewise(x, [x > 0], [jnp.square, jnp.negative]),
    ],
)
def test_branches_of_a_number(fun):
    values, mask, ildj = invhlo.preimages(fun)(4.0)
    np.testing.assert_allclose(np.sort(values), [-4, 2], rtol=1e-6)
    assert np.all(mask)
    np.testing.assert_allclose(np.sort(ildj), [-np.log(4), 0], rtol=1e-6, atol=1e-6)


def test_mapped_over_a_batch():
    y = jnp.array([4.0, 9.0])
    values, mask, ildj = jax.vmap(invhlo.preimages(jnp.square))(y)
    np.testing.assert_allclose(values, [[2, -2], [3, -3]], rtol=1e-6)
    assert np.all(mask)
    np.testing.assert_allclose(ildj, -np.log(2 * np.abs(values)), rtol=1e-6)


REFUSED = {
    "a system": lambda x: jnp.abs(jnp.asarray(W) @ x),
    "sums": lambda x: jnp.cumsum(x) ** 2,
    "a constant piece": jax.nn.relu,
    "no end of solutions": jnp.sin,
    "a value beside": lambda x: x**2 + jnp.cumsum(x),
    "no inverse of a piece": lambda x: jnp.abs(x + jnp.tanh(x)),
    "an exponent of the run": lambda x: jnp.power(x, jnp.sum(x)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    with pytest.raises(invhlo.NonInvertibleError, match="element by element"):
        invhlo.preimages(REFUSED[name], jnp.ones(3))(REFUSED[name](jnp.ones(3)))


def test_the_principal_inverse_is_not_affected():
    y = jnp.array([4.0])
    invhlo.preimages(jnp.square)(y)
    got, shares = invhlo.inverse_and_ildj(jnp.square, reduce_ildj=False)(y)
    np.testing.assert_allclose((got, shares), [[2.0], [-np.log(4)]], rtol=1e-6)
