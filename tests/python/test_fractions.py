# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Affine functions that use the unknown more than once, and quotients of them."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import invhlo
from judge import assert_close, tolerance_of

W = np.array([0.5, -0.3, 2.0, 0.1])
X = np.array([0.3, -0.7, 1.9, 0.05])


# Functions of what is known and of x.
FRACTIONS = {
    "twice": lambda w, x: x + x,
    "a known factor and one": lambda w, x: x * w + x,
    "numbers": lambda w, x: 2 * x + 3 * x - 1,
    "between two": lambda w, x: w * x + (1 - jax.nn.sigmoid(w)) * x + w,
    "a step of relaxation": lambda w, x: x - 0.3 * (x - w),
    "x / (1 + x)": lambda w, x: x / (1 + x),
    "Moebius": lambda w, x: (2 * x + 1) / (x + 3),
    "known coefficients": lambda w, x: (w * x + 1) / (x + 3 * w + 4),
    "tanh": lambda w, x: (jnp.exp(2 * x) - 1) / (jnp.exp(2 * x) + 1),
    "Hill": lambda w, x: jnp.exp(x) ** 2 / (2 + jnp.exp(x) ** 2),
    "x / (2 + |x|)": lambda w, x: x / (2 + jnp.abs(x)),
    "by a mask": lambda w, x: jnp.where(np.arange(4) % 2 == 0, x + x, x / (3 + x)),
    "continued": lambda w, x: 1 / (1 + 1 / (2 + x)) + w,
}


@pytest.mark.parametrize("dtype", ["float32", "float64", "bfloat16"])
@pytest.mark.parametrize("name", FRACTIONS)
def test_fractions(name, dtype):
    with jax.enable_x64(True):
        fun = FRACTIONS[name]
        w, x = jnp.asarray(W, dtype), jnp.asarray(X, dtype)
        y = fun(w, x)
        got, log_det = invhlo.inverse_and_ildj(fun, w, x, argnums=1)(w, y)
        tolerance = 20 * tolerance_of(x)
        assert_close(got, x, tolerance)
        if dtype == "bfloat16":
            return
        jacobian = jax.jacobian(lambda x: fun(w, x))(x)
        want = -jnp.linalg.slogdet(jacobian)[1]
        np.testing.assert_allclose(log_det, want, rtol=tolerance, atol=tolerance)
        gradient = jax.jacobian(invhlo.inverse(fun, w, x, argnums=1), 1)(w, y)
        np.testing.assert_allclose(
            gradient @ jacobian, np.eye(4), rtol=tolerance, atol=tolerance
        )


def test_complex_numbers():
    def fun(x):
        return (x * 1j + 1) / (x + 2)

    x = jnp.array([0.3 + 1j, -0.2 - 0.5j], "complex64")
    got, log_det = invhlo.inverse_and_ildj(fun)(fun(x))
    assert_close(got, x, 1e-5)
    slope = jax.vmap(jax.grad(fun, holomorphic=True))(x)
    np.testing.assert_allclose(
        log_det, -2 * jnp.sum(jnp.log(jnp.abs(slope))), rtol=1e-5
    )


def test_in_a_mask_what_is_not_taken_has_finite_derivatives():
    def fun(x):
        return jnp.where(np.array([True, False]), x / (2 * x + 1), 2 * x)

    gradient = jax.grad(lambda y: jnp.sum(invhlo.inverse(fun)(y)))
    np.testing.assert_allclose(gradient(jnp.array([0.25, 0.5])), [4, 0.5])


@pytest.mark.parametrize(
    "fun", [lambda x: x - x, lambda x: (x + 1) / (2 * x + 2), lambda x: x + x**3]
)
def test_what_is_no_fraction_is_refused(fun):
    with pytest.raises(invhlo.NonInvertibleError, match="unknown"):
        invhlo.inverse(fun)(jnp.ones(3))


def test_a_factor_that_is_zero_in_a_run_may_be_told_by_another_result():
    def fun(w, x):
        return w * x + x, w * x - x

    w, x = jnp.array([-1.0, 1.0, 0.5]), jnp.array([0.3, -2.0, 1.0])
    inverse = invhlo.inverse(fun, w, x, argnums=1)
    assert_close(inverse(w, fun(w, x)), x, 1e-6)
