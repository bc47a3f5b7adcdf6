# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Powers, of exponents that differ from element to element or are known late."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import invhlo
from judge import check

X = np.array([-1.3, 0.4, 2.0])
ODD = [3.0, 1.0, 5.0]


@pytest.fixture(autouse=True)
def _double_precision():
    with jax.enable_x64(True):
        yield


class TestLiterals:
    @pytest.mark.parametrize(
        "exponents", [ODD, [-3.0, -1.0, -5.0], [7.0, 0.5, 2.0], [1.0, -0.25, 1 / 3]]
    )
    def test_each_element_has_its_own(self, exponents):
        check(lambda x: x ** jnp.array(exponents), X)

    @pytest.mark.parametrize("power", [3, 5, 3.0])
    def test_of_one_element(self, power):
        check(lambda x: x.at[0].power(power), X)

    def test_of_a_part(self):
        def fun(x):
            return jnp.concatenate([x[:1] ** 3.0, x[1:] ** jnp.array([0.5, -2.0])])

        check(fun, X)

    def test_the_first_power_of_zero_is_regular(self):
        fun = lambda x: x ** jnp.array([1.0, 3.0])  # noqa: E731
        y = jnp.array([0.0, 8.0])
        x, log_det = invhlo.inverse_and_ildj(fun)(y)
        np.testing.assert_allclose(x, [0.0, 2.0])
        np.testing.assert_allclose(log_det, -np.log(12.0))
        jacobian = jax.jacrev(invhlo.inverse(fun))(y)
        np.testing.assert_allclose(jacobian, np.diag([1.0, 1 / 12]))
        assert jnp.isfinite(jax.grad(invhlo.ildj(fun))(y)[1])


class TestKnownAtRunTime:
    @pytest.mark.parametrize("exponent", [3.0, 1.0, 5.0, -3.0, 4.0, 0.5, -0.7, 1 / 3])
    def test_an_exponent(self, exponent):
        is_odd = abs(exponent) % 2 == 1
        x = X if is_odd else jnp.abs(X)
        inverse = jax.jit(invhlo.inverse_and_ildj(jnp.power, argnums=0))
        y = x**exponent
        got, log_det = inverse(y, jnp.full(3, exponent))
        np.testing.assert_allclose(got, x, rtol=1e-12)
        want = -jnp.log(jnp.abs(exponent * x ** (exponent - 1))).sum()
        np.testing.assert_allclose(log_det, want, rtol=1e-12)
        outside, _ = inverse(-jnp.abs(y), jnp.full(3, exponent))
        assert is_odd or jnp.isnan(outside).all()

    def test_an_integer(self):
        check(lambda x, k: x**k, X, jnp.int32(3), argnums=0)

    @pytest.mark.parametrize("exponent", [0.0, jnp.inf, -jnp.inf, jnp.nan])
    def test_an_exponent_that_loses_x(self, exponent):
        got = invhlo.inverse(jnp.power, argnums=0)(jnp.array([0.5, 1.0, 2.0]), exponent)
        assert jnp.isnan(got).all()

    @pytest.mark.parametrize("base", [0.0, 1.0, -2.0, jnp.inf, jnp.nan])
    def test_a_base_that_loses_x(self, base):
        got = invhlo.inverse(jnp.power, argnums=1)(base, jnp.array([0.5, 1.0, 2.0]))
        assert jnp.isnan(got).all()

    @pytest.mark.parametrize("exponent", [3.0, 0.5])
    def test_derivatives_by_the_exponent(self, exponent):
        inverse = invhlo.inverse(jnp.power, argnums=0)
        got = jax.grad(inverse, argnums=1)(8.0, exponent)
        want = -np.log(8.0) / exponent**2 * 8.0 ** (1 / exponent)
        np.testing.assert_allclose(got, want, rtol=1e-12)
