# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Derivatives for maximum likelihood, first and second order, judged three ways."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.flatten_util import ravel_pytree

import invhlo
from transformed import FLOWS

pytestmark = pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)


@pytest.fixture(autouse=True)
def _double_precision():
    with jax.enable_x64(True):
        yield


def drawn(flow):
    """Flat parameters, how to unpack them, and a result of the flow."""
    params, y = flow.draw(jnp.float64)
    flat, unravel = ravel_pytree(params)
    return flat, unravel, y


def loss_of(flow, unravel):
    """The negative log-likelihood of `y`, of flat parameters."""
    solve = invhlo.inverse_and_ildj(flow.fun, argnums=1)

    def loss(flat, y):
        x, log_det = solve(unravel(flat), y)
        return 0.5 * jnp.sum(x**2) - log_det

    return loss


def by_hand(flow, unravel):
    """The same, from the inverse written by hand."""

    def loss(flat, y):
        x, log_det = flow.by_hand(unravel(flat), y)
        return 0.5 * jnp.sum(x**2) - log_det

    return loss


def test_against_an_inverse_by_hand(flow):
    flat, unravel, y = drawn(flow)
    got, want = loss_of(flow, unravel), by_hand(flow, unravel)
    direction = jnp.cos(jnp.arange(flat.size))

    def second(loss):  # of the Hessian, its product with a direction
        grad = jax.grad(loss)
        return jax.jit(
            lambda flat: jax.jvp(lambda p: grad(p, y), (flat,), (direction,))
        )

    for one, other in zip(second(got)(flat), second(want)(flat), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-9)


def test_against_finite_differences(flow):
    flat, unravel, y = drawn(flow)
    ildj = invhlo.ildj(flow.fun, argnums=1)
    direction = jnp.cos(jnp.arange(flat.size))

    def along(t):
        return ildj(unravel(flat + t * direction), y)

    first, second = jax.grad(along), jax.grad(jax.grad(along))
    value, step = jax.jit(along), 1e-4
    low, middle, high = value(-step), value(0.0), value(step)
    np.testing.assert_allclose(
        first(0.0), (high - low) / (2 * step), rtol=1e-6, atol=1e-8
    )
    want = (high - 2 * middle + low) / step**2
    np.testing.assert_allclose(second(0.0), want, rtol=1e-4, atol=1e-5)


def test_against_the_implicit_function_theorem(flow):
    flat, unravel, y = drawn(flow)
    inverse = invhlo.inverse(flow.fun, argnums=1)
    x = inverse(unravel(flat), y)
    got = jax.jit(jax.jacrev(lambda flat: inverse(unravel(flat), y).ravel()))(flat)

    def forward(flat, x):
        return flow.fun(unravel(flat), x.reshape(y.shape)).ravel()

    of_params, of_x = jax.jit(jax.jacfwd(forward, argnums=(0, 1)))(flat, x.ravel())
    want = -jnp.linalg.solve(of_x, of_params)
    np.testing.assert_allclose(got, want, rtol=1e-8, atol=1e-8)
