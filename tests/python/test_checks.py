# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks that only look or raise are looked through; values from Python are kept."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.experimental import checkify

import invhlo

X = jnp.array([0.5, 1.0, 2.0])


def fails(*_):
    raise ValueError("it is too large")


def error_if(x, predicate):
    """Like that of Equinox: a branch calls back into what can only raise."""
    struct = jax.eval_shape(lambda: x)
    return jax.lax.cond(
        predicate, lambda: jax.pure_callback(fails, struct, 0), lambda: x
    )


error_if_with_jvp = jax.custom_jvp(error_if)
error_if_with_jvp.defjvp(lambda x, t: (error_if_with_jvp(*x), t[0]))


def prints(x):
    jax.debug.print("{}", jnp.sin(x))
    return 2 * jnp.exp(x)


def prints_in_order(x):
    jax.debug.print("{}", x, ordered=True)
    return 2 * jnp.exp(x)


def calls_back(x):
    jax.debug.callback(print, x.sum())
    return 2 * jnp.exp(x)


def calls_back_in_order(x):
    jax.debug.callback(print, x.sum(), ordered=True)
    return 2 * jnp.exp(x)


def checks(x):
    checkify.check(jnp.all(x > 0), "{x} is not positive", x=x)
    return 2 * jnp.exp(x)


def is_checked(x):
    return checkify.checkify(checks)(x)[1]


def raises_in_a_branch(x):
    y = error_if(jnp.exp(x), jnp.any(x < 0))
    return 2 * error_if(y, y.sum() > 100)


def raises_in_a_branch_with_jvp(x):
    return 2 * error_if_with_jvp(jnp.exp(x), jnp.any(x < 0))


def uses_no_value(x):
    jax.pure_callback(np.sin, x, x)
    return 2 * jnp.exp(x)


CHECKS = [
    prints,
    prints_in_order,
    calls_back,
    calls_back_in_order,
    checks,
    is_checked,
    raises_in_a_branch,
    raises_in_a_branch_with_jvp,
    uses_no_value,
]
WRAPPED = {
    "plain": lambda f: f,
    "jit": jax.jit,
    "checkpoint": jax.checkpoint,
    "twice": lambda f: lambda x: f(jax.jit(f)(x)),
    "unrolled": lambda f: (
        lambda x: jax.lax.scan(
            lambda carry, element: (carry, f(element)), 0, x[:, None], unroll=True
        )[1][:, 0]
    ),
}


@pytest.mark.parametrize("fun", CHECKS)
@pytest.mark.parametrize("wrap", WRAPPED)
def test_looked_through(fun, wrap, capfd):
    y, count = 2 * jnp.exp(X), 1
    if wrap == "twice":
        y, count = 2 * jnp.exp(y), 2
    x, ildj = invhlo.inverse_and_ildj(WRAPPED[wrap](fun), X)(y)
    np.testing.assert_allclose(x, X, rtol=1e-5)
    want = -jnp.log(y).sum() if count == 1 else -jnp.log(y * jnp.log(y / 2)).sum()
    np.testing.assert_allclose(ildj, want, rtol=1e-5)
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("fun", CHECKS)
def test_looked_through_ahead_of_time(fun):
    lowered = invhlo.invert_lowered(fun, X)
    assert "callback" not in lowered.as_text()
    np.testing.assert_allclose(lowered.compile()(2 * jnp.exp(X)), X, rtol=1e-6)
    data = invhlo.export(fun, X, platforms=("cpu",)).serialize()
    got = jax.export.deserialize(data).call(2 * jnp.exp(X))
    np.testing.assert_allclose(got, X, rtol=1e-6)


def test_under_checkify():
    def flow(x):
        y = invhlo.inverse(checks)(x)
        checkify.check(jnp.all(y > 0), "negative")
        return y

    error, y = checkify.checkify(flow)(2 * jnp.exp(X))
    assert error.get() is None
    np.testing.assert_allclose(y, X, rtol=1e-6)


def one_more(k):
    return np.asarray(k) + np.float32(1)


def scale(k, x):
    return jax.pure_callback(one_more, k, k) * x


def test_a_value_from_python_is_known_where_its_operands_are():
    for fun in (scale, jax.jit(scale)):
        inverse = invhlo.inverse(fun, argnums=1)
        for run in (inverse, jax.jit(inverse)):
            np.testing.assert_allclose(run(X, (X + 1) * X), X, rtol=1e-6)
        x, ildj = invhlo.inverse_and_ildj(fun, argnums=1)(X, (X + 1) * X)
        np.testing.assert_allclose(ildj, -jnp.log(X + 1).sum(), rtol=1e-6)
    lowered = invhlo.invert_lowered(scale, X, X, argnums=1)
    np.testing.assert_allclose(lowered.compile()(X, (X + 1) * X), X, rtol=1e-6)
    for leave in (lowered.export, lowered.as_portable_artifact):
        with pytest.raises(ValueError, match="calls back into Python"):
            leave()


def test_a_value_from_python_in_a_coupling():
    def couple(x):
        return jnp.concatenate([x[:1], scale(x[:1], x[1:2])])

    got = invhlo.inverse(couple)(jnp.array([2.0, 6.0]))
    np.testing.assert_allclose(got, [2.0, 2.0])


def may_return(x):
    if x[0] > 100:
        raise ValueError
    return x


@pytest.mark.parametrize("callback", [np.sin, may_return])
def test_a_value_from_python_has_no_inverse(callback):
    def value(x):
        return jax.pure_callback(callback, x, x)

    def in_a_branch(x):
        return jax.lax.cond(x[0] > 0, value, lambda x: x, x)

    for fun, op in ((value, "pure_callback"), (in_a_branch, "cond")):
        with pytest.raises(invhlo.NonInvertibleError) as caught:
            invhlo.inverse(fun)(X)
        assert caught.value.op == op


def test_a_callable_object_and_a_partial_may_raise():
    class Fails:
        def fail(self, _):
            raise ValueError

    def check(callback, x):
        struct = jax.eval_shape(lambda: x)
        return jax.lax.cond(
            x[0] > 100, lambda: jax.pure_callback(callback, struct, 0), lambda: x
        )

    for callback in (Fails().fail, functools.partial(fails, 1)):
        got = invhlo.inverse(functools.partial(check, callback))(X)
        np.testing.assert_array_equal(got, X)
