# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`check=True` applies the function to what was found."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.experimental import checkify

import invhlo
from flows import coupling_flow, init_coupling_flow

X = jnp.array([0.5, 1.0, 2.0])


def twice(x):
    return {"once": x, "twice": 2 * x}


RIGHT = {"once": X, "twice": 2 * X}
WRONG = {"once": X, "twice": 2 * X.at[1].set(7.0)}
CALLS = [
    functools.partial(invhlo.inverse, twice, X, check=True),
    functools.partial(invhlo.ildj, twice, X, allow_overdetermined=True, check=True),
    functools.partial(
        invhlo.inverse_and_ildj, twice, X, allow_overdetermined=True, check=True
    ),
    functools.partial(
        invhlo.inverse_and_ildj,
        *(twice, X),
        reduce_ildj=False,
        allow_overdetermined=True,
        check=True,
    ),
]


@pytest.mark.parametrize("make", CALLS)
def test_outputs_that_contradict_each_other(make):
    call = make()
    unchecked = invhlo.inverse(twice, X)(WRONG)
    np.testing.assert_allclose(unchecked, X)
    with pytest.raises(ValueError, match="no argument of `twice`") as caught:
        call(WRONG)
    assert type(caught.value) is ValueError
    message = str(caught.value)
    assert "the output of `twice`['twice'] at [1] is 14.0" in message
    assert "of what was found it is 2.0" in message
    for right in (call(RIGHT), jax.jit(call)(RIGHT)):
        assert all(jnp.isfinite(x).all() for x in jax.tree.leaves(right))
    for x in jax.tree.leaves(jax.jit(call)(WRONG)):
        assert jnp.isnan(x).all()


def test_each_example_of_a_batch():
    batch = jax.tree.map(lambda a, b: jnp.stack([a, b]), WRONG, RIGHT)
    x = jax.vmap(invhlo.inverse(twice, X, check=True))(batch)
    np.testing.assert_array_equal(jnp.isnan(x), [[True] * 3, [False] * 3])


def test_with_checkify():
    call = jax.jit(invhlo.inverse(twice, X, check=True))
    run = checkify.checkify(call, errors=checkify.all_checks)
    assert run(RIGHT)[0].get() is None
    assert "`twice` does not return what its inverse was given" in run(WRONG)[0].get()


def test_derivatives_are_those_without():
    checked = invhlo.inverse(jnp.sinh, check=True)
    plain = invhlo.inverse(jnp.sinh)
    for grad in (jax.jacfwd, jax.jacrev):
        np.testing.assert_array_equal(grad(checked)(X), grad(plain)(X))


OUTSIDE = {
    "exponential": (jnp.exp, [-0.5, 1.0]),
    "tanh": (jnp.tanh, [0.5, 1.5]),
    "square": (jnp.square, [-1.0, 1.0]),
    "sum and difference": (lambda x: jnp.stack([x[0], x[1], x[0] + x[1]]), [1, 2, 4.0]),
    "rounded integers": (lambda n: n.astype(jnp.float32) / 4, [0.25, 0.3]),
}


@pytest.mark.parametrize("name", OUTSIDE)
def test_outside_of_the_image(name):
    fun, y = OUTSIDE[name]
    example = jnp.arange(2) if name == "rounded integers" else jnp.ones(2)
    with pytest.raises(ValueError, match="no argument of"):
        invhlo.inverse(fun, example, check=True)(jnp.array(y))


def custom(x):
    return 2 * x


with_vjp = jax.custom_vjp(custom)
with_vjp.defvjp(lambda x: (custom(x), None), lambda _, g: (2 * g,))

MATRIX = jax.random.normal(jax.random.key(0), (40, 40))
FLOW = functools.partial(coupling_flow, init_coupling_flow(jax.random.key(0), 4, 8))
INSIDE = {
    "cancellation": (lambda x: x - 5, 5.0001),
    "cancellation in a product": (lambda x: MATRIX @ x, MATRIX[0]),
    "tiny": (jnp.exp, jnp.linspace(-80, 80, 50)),
    "flow": (FLOW, jax.random.normal(jax.random.key(1), (8,))),
    "custom_vjp": (with_vjp, X),
    "complex": (lambda z: z * (1 + 2j), X + 1j * X),
    "integers": (lambda n: n * 3 + 1, jnp.arange(5)),
    "half": (jnp.sinh, X.astype(jnp.bfloat16)),
    "infinite": (jnp.exp, jnp.array([jnp.inf, -jnp.inf, jnp.nan])),
    "python": (lambda k, x: jax.pure_callback(lambda k: k, k, k) * x, X),
    "weights": (functools.partial(jnp.multiply, jnp.ones(5000)), jnp.ones(5000)),
    "keys": (lambda key, x: x + jax.random.normal(key, x.shape), X),
}


@pytest.mark.parametrize("name", INSIDE)
def test_rounding_is_no_contradiction(name):
    fun, x = INSIDE[name]
    if name in ("python", "keys"):
        known = jax.random.key(0) if name == "keys" else X
        y = fun(known, x)
        got = invhlo.inverse(fun, argnums=1, check=True)(known, y)
    else:
        got = invhlo.inverse(fun, x, check=True)(fun(x))
    np.testing.assert_allclose(got, x, rtol=0.01, atol=1e-3)


def test_the_tolerance_may_be_given():
    y = {"once": X, "twice": 2.01 * X}
    invhlo.inverse(twice, X, check=0.1)(y)
    for check in (True, 1e-3):
        with pytest.raises(ValueError, match="no argument"):
            invhlo.inverse(twice, X, check=check)(y)


@pytest.mark.parametrize("check", [-1.0, float("nan"), float("inf"), "yes", None])
def test_what_is_no_tolerance(check):
    with pytest.raises(TypeError, match="a relative tolerance, but was given"):
        invhlo.inverse(twice, X, check=check)
