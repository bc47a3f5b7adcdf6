# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What JAX knows about a conditioner, its inverse knows as well."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax
from jax.scipy.linalg import lu

import invhlo

PARAMS = jnp.array(
    [
        [0.3, -1.2, 2.0, 0.7],
        [1.1, 0.4, -0.6, 0.2],
        [0.5, 0.9, 0.1, -1.4],
        [-0.8, 0, 1, 2],
    ]
)
X = jnp.array([0.4, -0.3, 1.2, 0.8])


@jax.custom_jvp
def sevenfold(x):
    return jnp.sin(x)


sevenfold.defjvp(lambda primals, tangents: (jnp.sin(primals[0]), 7 * tangents[0]))


@jax.custom_vjp
def elevenfold(x):
    return jnp.sin(x)


elevenfold.defvjp(lambda x: (jnp.sin(x), None), lambda _, moved: (11 * moved,))


def looped(p):
    carry, rows = lax.scan(lambda c, row: (jnp.tanh(c + row), c * row), p[0], p)
    return carry + rows[1]


CONDITIONERS = {
    "custom_jvp": lambda p: sevenfold(p[0]),
    "custom_vjp": lambda p: elevenfold(p[0]),
    "stop_gradient": lambda p: lax.stop_gradient(p[0]) + p[1],
    "checkpoint": lambda p: jax.checkpoint(lambda row: jnp.sin(jnp.sin(row)))(p[0]),
    "scan": looped,
    "fori": lambda p: lax.fori_loop(0, 3, lambda i, row: jnp.sin(row) + i, p[0]),
    "cond": lambda p: lax.cond(p[0, 0] > 0, jnp.sin, jnp.cos, p[0]),
    "cholesky": lambda p: jnp.linalg.cholesky(p @ p.T + jnp.eye(4))[:, 0],
    "solve": lambda p: jnp.linalg.solve(p, p[0]),
    "eigh": lambda p: jnp.linalg.eigh(p @ p.T)[0],
    "lu": lambda p: lu(p)[2][:, 3],
    "qr": lambda p: jnp.linalg.qr(p)[1][:, 3],
    "sort": lambda p: jnp.sort(p[0]),
    "cumulative": lambda p: lax.cumlogsumexp(p[0]) + jnp.cumprod(p[1]),
    "top_k": lambda p: lax.top_k(p[0], 4)[0],
    "gather": lambda p: p[0][jnp.argsort(p[1])],
    "scatter": lambda p: p[0].at[jnp.argsort(p[1])[:2]].mul(3.0),
    "random": lambda p: p[0] * jax.random.uniform(jax.random.key(3), (4,)),
    "softplus": lambda p: jax.nn.softplus(p[0]),
    "lgamma": lambda p: lax.lgamma(p[0]),
    "arcsin": lambda p: jnp.arcsin(p[0] / 4),
    "modulus": lambda p: jnp.abs(p[0] + 1j * p[3]),
}
conditioners = pytest.mark.parametrize(
    "conditioner", CONDITIONERS.values(), ids=CONDITIONERS.keys()
)


def flow(conditioner):
    """An affine function of `x` with that conditioner."""
    return lambda p, x: x * jnp.exp(jnp.tanh(conditioner(p))) + conditioner(p)


def by_hand(conditioner):
    """Its inverse and its log-det, as one number."""

    def total(p, y):
        shift = conditioner(p)
        log_scale = jnp.tanh(shift)
        x = (y - shift) * jnp.exp(-log_scale)
        return jnp.sum(jnp.cos(x)) - jnp.sum(log_scale)

    return total


def inverted(conditioner):
    """The same number from the inverted flow."""

    def total(p, y):
        x, log_det = invhlo.inverse_and_ildj(flow(conditioner), argnums=1)(p, y)
        return jnp.sum(jnp.cos(x)) + log_det

    return total


@conditioners
def test_gradient(conditioner):
    y = flow(conditioner)(PARAMS, X)
    got, want = (
        jax.jit(jax.value_and_grad(make(conditioner)))(PARAMS, y)
        for make in (inverted, by_hand)
    )
    np.testing.assert_allclose(got[0], want[0], rtol=1e-4)
    np.testing.assert_allclose(got[1], want[1], rtol=1e-3, atol=1e-3)


@conditioners
def test_vmap_and_platforms(conditioner):
    y = flow(conditioner)(PARAMS, X)
    total = jax.jit(jax.vmap(inverted(conditioner), in_axes=(0, None)))
    many = jnp.stack([PARAMS, 0.9 * PARAMS])
    want = jax.vmap(by_hand(conditioner), in_axes=(0, None))(many, y)
    np.testing.assert_allclose(total(many, y), want, rtol=1e-3)
    exported = jax.export.export(total, platforms=["cpu", "cuda", "tpu"])(many, y)
    assert exported.platforms == ("cpu", "cuda", "tpu")


def test_an_annotated_module_has_no_primitives():
    text = invhlo.lower_annotated(flow(CONDITIONERS["scan"]), PARAMS, X)
    assert "stablehlo.while" in text
    assert "invhlo.primitive" not in text


def test_derivatives_of_what_is_not_jax():
    text = """
      func.func @main(%k: tensor<3xf32>, %x: tensor<3xf32>) -> tensor<3xf32> {
        %c = stablehlo.custom_call @elsewhere(%k) : (tensor<3xf32>) -> tensor<3xf32>
        %y = stablehlo.add %x, %c : tensor<3xf32>
        return %y : tensor<3xf32>
      }"""
    lowered = invhlo.invert_lowered(text, argnums=1)
    assert "stablehlo.custom_call @elsewhere(%arg0)" in lowered.as_text()


def foreign(x):
    """Calls something that JAX knows only the name of."""
    return jax.ffi.ffi_call("elsewhere", jax.ShapeDtypeStruct((3,), jnp.float32))(x)


@pytest.mark.parametrize(
    ("transform", "says"),
    [
        (jax.jacrev, "jvp"),
        (lambda fun: jax.vmap(fun, in_axes=(0, None)), "vmap_method"),
    ],
    ids=["jacrev", "vmap"],
)
def test_what_jax_cannot_transform_it_refuses_itself(transform, says):
    inverse = invhlo.inverse(lambda k, x: x + foreign(k), argnums=1)
    k = jnp.ones((2, 3)) if says == "vmap_method" else jnp.ones(3)
    with pytest.raises((NotImplementedError, ValueError), match=says):
        jax.make_jaxpr(transform(inverse))(k, jnp.ones(3))


def test_mismatched_mapped_axes():
    inverse = invhlo.inverse(lambda k, x: x * k, argnums=1)
    with pytest.raises(ValueError, match="inconsistent sizes"):
        jax.vmap(inverse)(jnp.ones((2, 3)), jnp.ones((4, 3)))


def test_leaked_tracers():
    kept = []

    @jax.jit
    def keep(x):
        kept.append(x)
        return x

    keep(jnp.ones(3))
    inverse = invhlo.inverse(lambda k, x: x * k, argnums=1)
    with pytest.raises(jax.errors.UnexpectedTracerError):
        inverse(kept[0], jnp.ones(3))


def test_derivative_of_something_refused():
    twice = invhlo.inverse(lambda x: x * jnp.tanh(x) ** 2)
    with pytest.raises(invhlo.NonInvertibleError, match="2 operands depend"):
        jax.grad(lambda y: jnp.sum(twice(y)))(X)


def masked_flow(p, x):
    """A coupling layer that multiplies by a mask."""
    mask = np.array([1.0, 0.0, 0.0, 1.0], np.float32)
    kept = mask * x
    scale = jnp.tanh(kept @ p)
    return kept + (1 - mask) * (x * scale + kept @ p)


@pytest.mark.parametrize(
    "fun",
    [
        masked_flow,
        lambda p, x: jnp.where(np.array([1, 0, 1, 0], bool), jnp.exp(x), x * p[0]),
        lambda p, x: jnp.exp(x).at[np.array([1, 2])].set(x[np.array([2, 1])]),
    ],
    ids=["coupling", "where", "at"],
)
def test_masks_leave_derivatives_finite(fun):
    x = X.at[1].set(0.0).at[3].set(0.0)
    y = fun(PARAMS, x)
    solve = invhlo.inverse_and_ildj(fun, argnums=1)
    for argnums in (0, 1):
        for jacobian in jax.jacrev(solve, argnums=argnums)(PARAMS, y):
            assert np.all(np.isfinite(jacobian))
    want = jnp.linalg.inv(jax.jacfwd(fun, argnums=1)(PARAMS, x))
    got = jax.jacrev(invhlo.inverse(fun, argnums=1), argnums=1)(PARAMS, y)
    np.testing.assert_allclose(got, want, rtol=1e-4, atol=1e-4)
