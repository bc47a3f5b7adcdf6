# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Every transformation of JAX, of inverses: as of inverses written by hand."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import invhlo
from transformed import FLOWS

flows = pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)


def assert_close(got, want, tolerance=2e-4):
    """Trees of arrays are the same."""
    assert jax.tree.structure(got) == jax.tree.structure(want)
    for one, other in zip(jax.tree.leaves(got), jax.tree.leaves(want), strict=True):
        assert (one.shape, one.dtype) == (other.shape, other.dtype)
        np.testing.assert_allclose(one, other, rtol=tolerance, atol=tolerance)


def inverted(flow):
    """The inverse with its log-det."""
    return invhlo.inverse_and_ildj(flow.fun, argnums=1)


def scalar(fun):
    """One number of all that a flow's inverse returns."""

    def loss(params, y):
        x, log_det = fun(params, y)
        return jnp.sum(x**2) / 3 + log_det**2

    return loss


def batch(params, y):
    """Three different results."""
    return params, jnp.stack([y, 0.5 * y, y + 0.1])


@flows
def test_eager_and_jit(flow):
    params, y = flow.draw()
    want = flow.by_hand(params, y)
    assert_close(inverted(flow)(params, y), want)
    assert_close(jax.jit(inverted(flow))(params, y), want)
    x = jax.jit(invhlo.inverse(flow.fun, argnums=1))(params, y)
    assert_close((x, jax.jit(invhlo.ildj(flow.fun, argnums=1))(params, y)), want)


@flows
def test_vmap_gives_a_log_det_for_each_example(flow):
    params, ys = batch(*flow.draw())
    got = jax.vmap(inverted(flow), in_axes=(None, 0))(params, ys)
    assert got[1].shape == (3,)
    assert_close(got, jax.vmap(flow.by_hand, in_axes=(None, 0))(params, ys))


@flows
def test_vmap_over_parameters_and_other_axes(flow):
    params, ys = batch(*flow.draw())
    many = jax.tree.map(lambda leaf: jnp.stack([leaf, 0.9 * leaf, 1.1 * leaf]), params)
    ys = jnp.moveaxis(ys, 0, -1)
    mapped = functools.partial(jax.vmap, in_axes=(0, -1), out_axes=-1)
    assert_close(mapped(inverted(flow))(many, ys), mapped(flow.by_hand)(many, ys))


@flows
@pytest.mark.parametrize("argnums", [0, 1], ids=["params", "y"])
def test_grad_and_jacobians(flow, argnums):
    params, y = flow.draw()
    got, want = scalar(inverted(flow)), scalar(flow.by_hand)
    grad = functools.partial(jax.grad, argnums=argnums)
    assert_close(grad(got)(params, y), grad(want)(params, y))
    for jacobian in (jax.jacfwd, jax.jacrev):
        assert_close(
            jacobian(inverted(flow), argnums=argnums)(params, y),
            jacobian(flow.by_hand, argnums=argnums)(params, y),
        )


@flows
def test_hessian(flow):
    params, y = flow.draw()
    got, want = (
        jax.hessian(scalar(fun), argnums=1)(params, y)
        for fun in (inverted(flow), flow.by_hand)
    )
    assert_close(got, want, 1e-3)


@flows
def test_jvp_vjp_and_linearize(flow):
    params, y = flow.draw()
    given = (params, y)
    moved = jax.tree.map(jnp.cos, given)
    got, want = inverted(flow), flow.by_hand
    assert_close(jax.jvp(got, given, moved), jax.jvp(want, given, moved))
    out, pull = jax.vjp(got, *given)
    assert_close(pull(out), jax.vjp(want, *given)[1](out))
    assert_close(jax.linearize(got, *given)[1](*moved), jax.jvp(want, given, moved)[1])


@flows
def test_checkpoint_scan_and_donation(flow):
    params, y = flow.draw()
    got, want = scalar(inverted(flow)), scalar(flow.by_hand)

    def scanned(loss):
        def step(y, _):
            y = y - 0.01 * jax.grad(jax.checkpoint(loss), argnums=1)(params, y)
            return y, loss(params, y)

        return lambda y: jax.lax.scan(step, y, length=3)

    donating = jax.jit(scanned(got), donate_argnums=0)
    assert_close(donating(y.copy()), jax.jit(scanned(want))(y), 1e-3)


@flows
def test_inverse_of_the_inverse(flow):
    params, y = flow.draw()
    if flow.name == "custom":  # its inverse is an iteration that uses y many times
        with pytest.raises(invhlo.NonInvertibleError):
            invhlo.inverse(invhlo.inverse(flow.fun, argnums=1), argnums=1)(params, y)
        return
    twice = invhlo.inverse_and_ildj(invhlo.inverse(flow.fun, argnums=1), argnums=1)
    x, log_det = flow.by_hand(params, y)
    assert_close(twice(params, x), (y, -log_det))


@flows
def test_derivative_of_an_inverse_inside_a_function_that_is_inverted(flow):
    params, y = flow.draw()
    grads = jax.grad(scalar(inverted(flow)), argnums=1)(params, y)

    def shifted(z):
        return z * 2 + jax.grad(scalar(inverted(flow)), argnums=1)(params, y)

    assert_close(invhlo.inverse(shifted)(y), (y - grads) / 2)


@flows
def test_export_for_all_platforms_at_once(flow):
    params, y = flow.draw()
    for fun in (inverted(flow), jax.grad(scalar(inverted(flow)))):
        exported = jax.export.export(jax.jit(fun), platforms=["cpu", "cuda", "tpu"])
        assert_close(exported(params, y).call(params, y), fun(params, y))


def test_the_jaxpr_is_as_one_would_write_it():
    flow = FLOWS[0]
    params, y = flow.draw()
    (call,) = jax.make_jaxpr(invhlo.inverse(flow.fun, argnums=1))(params, y).eqns
    assert call.params["name"] == "coupling_flow.inverse"
    names = {eqn.primitive.name for eqn in call.params["jaxpr"].eqns}
    by_hand = jax.make_jaxpr(lambda *args: flow.by_hand(*args)[0])(params, y)
    assert names <= {eqn.primitive.name for eqn in by_hand.eqns} | {
        "broadcast_in_dim",
        "reshape",
        "slice",
    }


def test_repeated_layers_stay_one_function():
    @jax.jit
    def layer(weights, x):
        for _ in range(6):  # too long to be inlined
            x = jnp.sinh(x * jnp.exp(jnp.sin(weights)) + jnp.tanh(weights))
        return x

    def stack(weights, x):
        for row in weights:
            x = layer(row, x)
        return x

    weights = 0.1 * jnp.ones((4, 3))
    lowered = jax.jit(invhlo.inverse(stack, argnums=1)).lower(weights, weights[0])
    assert lowered.as_text().count("chlo.asinh") == 6
