# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`invhlo.log_prob`: densities of what functions make of random values."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.scipy.stats import multivariate_normal, norm

import invhlo
from flows import coupling_flow, init_coupling_flow

MATRIX = jnp.array([[2.0, 0.0], [1.0, 3.0]])


class Base:
    """A distribution, as it is seen from here."""

    def log_prob(self, x):
        return norm.logpdf(x)


@pytest.mark.parametrize("base", [norm.logpdf, Base()], ids=["function", "object"])
def test_against_a_known_density(base):
    """What independent parts have of the density is added up."""

    def linear(x):
        return MATRIX @ x + 1.0

    y = jnp.array([0.5, -2.0])
    got = invhlo.log_prob(linear, base)(y)
    want = multivariate_normal.logpdf(y, jnp.ones(2), MATRIX @ MATRIX.T)
    np.testing.assert_allclose(got, want, rtol=1e-5)
    assert (got.shape, got.dtype) == ((), y.dtype)


def test_integrates_to_one():
    y = jnp.linspace(1e-4, 12.0, 20001)
    log_density = invhlo.log_prob(lambda x: jax.nn.softplus(2 * x), norm.logpdf)
    density = jnp.exp(jax.vmap(log_density)(y))
    np.testing.assert_allclose(np.trapezoid(density, y), 1.0, atol=1e-3)


@pytest.mark.parametrize("dtype", [jnp.float32, jnp.float64])
def test_of_a_flow(dtype):
    """It has derivatives by the weights, and maps over a batch."""
    with jax.enable_x64(dtype == jnp.float64):
        weights = init_coupling_flow(jax.random.key(0), 2, 4, dtype=dtype)
        x = jax.random.normal(jax.random.key(1), (3, 4), dtype)
        y = coupling_flow(weights, x)
        log_prob = invhlo.log_prob(coupling_flow, norm.logpdf, argnums=1)

        def by_hand(weights, x):
            jacobian = jax.jacfwd(coupling_flow, argnums=1)(weights, x)
            return norm.logpdf(x).sum() - jnp.linalg.slogdet(jacobian).logabsdet

        got = jax.jit(jax.vmap(log_prob, (None, 0)))(weights, y)
        want = jax.vmap(by_hand, (None, 0))(weights, x)
        assert got.dtype == dtype
        rtol = 1e-4 if dtype == jnp.float32 else 1e-10
        np.testing.assert_allclose(got, want, rtol=rtol)
        slopes = jax.jit(jax.grad(log_prob))(weights, y[0])
        assert all(jnp.all(jnp.isfinite(leaf)) for leaf in jax.tree.leaves(slopes))


def test_of_several_arguments():
    """The base takes what the inverse returns."""

    def pack(a, b):
        return jnp.concatenate([2.0 * a, b])

    def base(parts):
        a, b = parts
        return norm.logpdf(a).sum() + norm.logpdf(b, scale=3.0).sum()

    log_prob = invhlo.log_prob(pack, base, jnp.zeros(2), jnp.zeros(1))
    want = norm.logpdf(jnp.array([1.0, 2.0]), scale=2.0).sum()
    want += norm.logpdf(3.0, scale=3.0)
    np.testing.assert_allclose(log_prob(jnp.array([1.0, 2.0, 3.0])), want, rtol=1e-6)


def test_options():
    def scale(x, mode):
        return jnp.exp(x) if mode == "exp" else 2.0 * x

    log_prob = invhlo.log_prob(scale, Base(), argnums=0, static_argnames="mode")
    np.testing.assert_allclose(log_prob(3.0, "double"), norm.logpdf(3.0, scale=2.0))
    checked = invhlo.log_prob(lambda x: x**2, norm.logpdf, check=True)
    with pytest.raises(ValueError, match="no argument"):
        checked(-1.0)


def test_refused():
    with pytest.raises(TypeError, match="3 is neither a function nor has it"):
        invhlo.log_prob(jnp.exp, 3)
    with pytest.raises(invhlo.NonInvertibleError):
        invhlo.log_prob(lambda x: x * jnp.tanh(x), norm.logpdf)(1.0)
