# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`invhlo.testing.check_inverse`: what passes, and what it says of what does not."""

import jax
import jax.numpy as jnp
import pytest

from custom import make_add, make_add_one, make_cube
from invhlo import NonInvertibleError, custom_inverse
from invhlo.testing import check_inverse

X = jnp.array([0.5, 1.5, 2.0])


class TestRight:
    def test_of_the_compiler(self):
        check_inverse(lambda x: jnp.exp(2.0 * x), X)
        check_inverse(lambda w, x: jnp.tanh(x) * w, 2.0, X, argnums=1)
        check_inverse(
            lambda w, x: w[0] * jnp.exp(w @ x), jnp.eye(3)[::-1] + 1, X, argnums=1
        )
        check_inverse(
            lambda w, z: z * w, jnp.array([2 - 1j, 0.5j]), jnp.ones(2) + 0j, argnums=1
        )
        check_inverse(lambda a, k, b: (a + b * k, b), X, 2.0, X, argnums=(0, 2))
        check_inverse(lambda z: z * (1 + 2j), jnp.array([1 + 2j, 3 - 1j]))
        check_inverse(lambda t: {"b": t["a"] * 2, "n": t["n"] + 1}, {"a": X, "n": 3})
        check_inverse(lambda n: n ^ 5, jnp.arange(4))

    def test_of_rules(self):
        check_inverse(lambda x: 2.0 * make_cube()(x), X)
        check_inverse(make_add(), X, 2 * X, argnums=0)

    def test_in_low_precision(self):
        check_inverse(make_cube(), X.astype(jnp.bfloat16))

    def test_with_more_results_than_arguments(self):
        check_inverse(lambda x: (x, jnp.exp(x)), X)


def add_one_with(f_inv=None, f_ildj=None):
    add_one = make_add_one()
    add_one.def_inverse_unary(f_inv, f_ildj)
    return add_one


def add_with(rule):
    add = make_add()
    add.def_inverse_and_ildj(rule)
    return lambda x: jnp.exp(add(x, 1.0))


class TestWrong:
    def test_no_inverse(self):
        with pytest.raises(AssertionError, match=r"the inverse of `add_one` at .* is"):
            check_inverse(add_one_with(lambda y: y + 1.0), X)

    def test_right_only_there(self):
        with pytest.raises(AssertionError, match="of the inverse of `add_one` near"):
            check_inverse(add_one_with(lambda y: 0 * y + X), X)

    def test_the_log_det_has_the_other_sign(self):
        @custom_inverse
        def double(x):
            return 2 * x

        double.def_inverse_unary(
            lambda y: y / 2, lambda y: jnp.full_like(y, jnp.log(2.0))
        )
        with pytest.raises(AssertionError, match="log-det of the inverse of `double`"):
            check_inverse(double, X)

    @pytest.mark.parametrize(
        "share_of", [lambda share: -share, jnp.zeros_like, lambda share: 2 * share]
    )
    def test_the_share_that_came_in_is_lost(self, share_of):
        def rule(arguments, y, share):
            return (y - 1.0, None), (share_of(share), None)

        with pytest.raises(AssertionError, match="log-det"):
            check_inverse(add_with(rule), X)

    def test_a_derivative_that_is_cut(self):
        fun = add_one_with(lambda y: jax.lax.stop_gradient(y) - 1.0, jnp.zeros_like)
        with pytest.raises(AssertionError, match="derivative of the inverse"):
            check_inverse(fun, X)
        check_inverse(fun, X, derivatives=False)

    @pytest.mark.parametrize("what", ["inverse", "log-det"])
    def test_a_derivative_by_the_known_that_is_cut(self, what):
        @custom_inverse
        def scale(x, by):
            return x * by

        def cut(value, wanted):
            return jax.lax.stop_gradient(value) if wanted == what else value

        @scale.def_inverse_and_ildj
        def scale_inverse(arguments, y, share):
            _, by = arguments
            found, log_det = y / cut(by, "inverse"), jnp.log(cut(by, "log-det"))
            return (found, None), (share - log_det, None)

        with pytest.raises(AssertionError, match=f"the derivative of the {what}"):
            check_inverse(scale, X, 2.0 * X, argnums=0)
        # Nothing is said of a number that is no array.
        check_inverse(scale, X, 2.0, argnums=0)

    def test_a_log_det_whose_derivative_is_not_finite(self):
        fun = add_one_with(
            lambda y: y - 1.0, lambda y: jnp.where(y > 0, 0.0, jnp.sqrt(y - 9) * 0)
        )
        with pytest.raises(AssertionError, match="is not finite"):
            check_inverse(fun, jnp.array([8.0, 0.5]))

    @pytest.mark.parametrize("finds", [jax.lax.stop_gradient, lambda x: x])
    def test_a_log_det_that_searches(self, finds):
        """Its derivative is that of a search, however right it is itself."""

        @custom_inverse
        def bent(x):
            return x + jnp.tanh(x)

        def search(y):
            def step(_, x):
                return x - (bent(x) - y) / (2.0 - jnp.tanh(x) ** 2)

            return jax.lax.fori_loop(0, 20, step, y / 2)

        def log_det(y):
            return -jnp.log(2.0 - jnp.tanh(finds(search(y))) ** 2)

        @bent.def_inverse_unary(f_ildj=log_det)
        def bent_inverse(y):
            return search(y)

        if finds is not jax.lax.stop_gradient:
            check_inverse(bent, X)
            return
        with pytest.raises(
            AssertionError, match="derivative of the log-det .* that of"
        ):
            check_inverse(bent, X)
        check_inverse(bent, X, derivatives=False)

    def test_what_is_refused_is_told_as_ever(self):
        with pytest.raises(NonInvertibleError):
            check_inverse(lambda x: x * jnp.tanh(x), X)


class TestArguments:
    """What is no argument to check at is named."""

    def test_without_values(self):
        spec = jax.ShapeDtypeStruct((3,), jnp.float32)
        with pytest.raises(
            TypeError, match=r"argument 0\['a'\] is ShapeDtypeStruct.*no v"
        ):
            check_inverse(lambda t: 2 * t["a"], {"a": spec})
        with pytest.raises(TypeError, match="argument 0 is ShapeDtypeStruct"):
            check_inverse(lambda k, x: k * x, spec, X, argnums=1)

    def test_of_no_arrays(self):
        with pytest.raises(TypeError, match="argument 1 is not an array: 'x'"):
            check_inverse(lambda k, x: x, X, "x", argnums=1)

    def test_none(self):
        with pytest.raises(TypeError, match="takes the arguments of `<lambda>`"):
            check_inverse(lambda: 1.0)
