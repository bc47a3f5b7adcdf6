# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Modules of Equinox, Flax and Haiku, inverted as the functions that they are."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import interop
import invhlo
from judge import dense_ildj

X = jnp.array([0.3, -0.7, 1.1, 0.2])


def couple(conditioner):
    """A coupling layer whose shift and scale `conditioner` computes, of two numbers."""

    def layer(x):
        keep, change = jnp.split(x, 2)
        shift, log_scale = jnp.split(conditioner(keep), 2)
        return jnp.concatenate([change * jnp.exp(jnp.tanh(log_scale)) + shift, keep])

    return layer


def check(layer):
    """The inverse of `layer` and its log-det are those of the function."""

    @jax.jit
    def both(x):
        y = layer(x)
        return invhlo.inverse_and_ildj(layer)(y), dense_ildj(layer, x)

    (found, log_det), want = both(X)
    np.testing.assert_allclose(found, X, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(log_det, want, rtol=1e-4, atol=1e-5)


def check_weighted(layer, weights):
    """So are those of `layer` of `weights` and x, and derivatives by the weights."""

    @jax.jit
    def both(weights):
        found, log_det = invhlo.inverse_and_ildj(layer, argnums=1)(
            weights, layer(weights, X)
        )
        return log_det, found

    @jax.jit
    def dense(weights):
        return dense_ildj(layer, weights, X, argnums=1)

    (log_det, found), got = jax.value_and_grad(both, has_aux=True)(weights)
    log_det_by_hand, want = jax.value_and_grad(dense)(weights)
    np.testing.assert_allclose(found, X, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(log_det, log_det_by_hand, rtol=1e-4, atol=1e-5)
    slopes = jax.tree.leaves(got)
    for one, other in zip(slopes, jax.tree.leaves(want), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-4)
    assert any(jnp.any(slope != 0) for slope in slopes)


class TestEquinox:
    eqx = pytest.importorskip("equinox", reason=interop.WHY)

    def mlp(self):
        return self.eqx.nn.MLP(2, 4, 8, 1, jnp.tanh, key=jax.random.key(0))

    def test_a_layer(self):
        """A module that is called is a function; its arrays are closed over."""
        check(self.eqx.nn.Linear(4, 4, key=jax.random.key(1)))
        check(couple(self.mlp()))

    def test_arrays_apart(self):
        """`partition` tells what is traced from what is static."""
        arrays, static = self.eqx.partition(self.mlp(), self.eqx.is_array)

        def layer(arrays, x):
            return couple(self.eqx.combine(arrays, static))(x)

        check_weighted(layer, arrays)

    def test_what_raises(self):
        """`error_if` is left out of the inverse."""

        def layer(x):
            x = self.eqx.error_if(x, jnp.any(x > 100), "too large")
            return jnp.exp(x)

        check(layer)


class TestFlax:
    flax = pytest.importorskip("flax", reason=interop.WHY)

    def test_linen(self):
        from flax import linen

        class Conditioner(linen.Module):
            @linen.compact
            def __call__(self, x):
                return linen.Dense(4)(jnp.tanh(linen.Dense(8)(x)))

        module = Conditioner()
        weights = module.init(jax.random.key(0), X[:2])

        def layer(weights, x):
            return couple(lambda x: module.apply(weights, x))(x)

        check_weighted(layer, weights)
        dense = linen.Dense(4)
        weights = dense.init(jax.random.key(1), X)
        check(lambda x: dense.apply(weights, x))

    def test_nnx(self):
        from flax import nnx

        graph, weights = nnx.split(nnx.Linear(2, 4, rngs=nnx.Rngs(0)))

        def layer(weights, x):
            return couple(nnx.merge(graph, weights))(x)

        check_weighted(layer, weights)
        # A module itself is a function, too; its variables are closed over.
        check(nnx.Linear(4, 4, rngs=nnx.Rngs(1)))


class TestHaiku:
    hk = pytest.importorskip("haiku", reason=interop.WHY)

    def test_transformed(self):
        def conditioner(x):
            return self.hk.nets.MLP([8, 4], activation=jnp.tanh)(x)

        module = self.hk.without_apply_rng(self.hk.transform(conditioner))
        weights = module.init(jax.random.key(0), X[:2])

        def layer(weights, x):
            return couple(lambda x: module.apply(weights, x))(x)

        check_weighted(layer, weights)
        dense = self.hk.without_apply_rng(
            self.hk.transform(lambda x: self.hk.Linear(4)(x))
        )
        weights = dense.init(jax.random.key(1), X)
        check_weighted(dense.apply, weights)
