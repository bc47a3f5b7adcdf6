# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Programs that were written for Oryx, with another import.

The packages of Oryx ship its own tests of inverses and of `custom_inverse`; with the
imports changed they pass, but for those that want Oryx to fail and those of `harvest`.
"""

import functools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.scipy.stats import norm

import interop
from invhlo import oryx
from invhlo.oryx.core import ppl

NAMES = [
    *("NonInvertibleError", "custom_inverse", "ildj", "inverse", "inverse_and_ildj"),
    *("log_prob", "ppl"),
]


@pytest.mark.parametrize("name", NAMES)
def test_names(name):
    """They are found in `oryx.core` and, for `from oryx.core import`, in `oryx`."""
    assert getattr(oryx, name) is getattr(oryx.core, name)


def test_inverses():
    def f(x, y):
        return jnp.exp(x), x**2 + y

    (x, y), log_det = oryx.core.inverse_and_ildj(f, 0.1, 0.2)(2.0, 2.0)
    np.testing.assert_allclose((x, y), (np.log(2.0), 2 - np.log(2.0) ** 2), rtol=1e-6)
    np.testing.assert_allclose(log_det, -np.log(2.0), rtol=1e-6)
    shares = oryx.core.ildj(f, 0.1, 0.2, reduce_ildj=False)(2.0, 2.0)
    np.testing.assert_allclose(sum(shares), log_det, rtol=1e-6)
    halves = oryx.core.inverse(lambda x: jnp.split(x, 2), jnp.ones(4))
    np.testing.assert_array_equal(halves([jnp.ones(2), jnp.zeros(2)]), [1, 1, 0, 0])
    for refused in (lambda x: 1.0, lambda x: x * jnp.tanh(x)):
        with pytest.raises(ValueError, match="cannot invert"):
            oryx.core.inverse(refused)(1.0)


def test_custom_inverses():
    @oryx.core.custom_inverse
    def add(x, y):
        return x + y

    def add_ildj(invals, z, z_ildj):
        x, y = invals
        if z is None:
            raise oryx.core.NonInvertibleError()
        if x is not None and y is None:
            return (x, z**2), (jnp.zeros_like(z_ildj), 3.0 + z_ildj)
        if x is None and y is not None:
            return (z / 4, y), (2.0 + z_ildj, jnp.zeros_like(z_ildj))
        return (None, None), (0.0, 0.0)

    add.def_inverse_and_ildj(add_ildj)
    assert add.def_inverse_ildj == add.def_inverse_and_ildj
    for fun, found, log_det in (
        (functools.partial(add, 1.0), 4.0, 3.0),
        (lambda x: add(x, 1.0), 0.5, 2.0),
    ):
        assert oryx.core.inverse(fun)(2.0) == found
        assert oryx.core.ildj(fun)(2.0) == log_det

    @oryx.core.custom_inverse
    def add_one(x):
        return x + 1.0

    add_one.def_inverse_unary(f_ildj=lambda y: 4.0)
    assert oryx.core.inverse(add_one)(2.0) == 1.0
    assert oryx.core.ildj(add_one)(2.0) == 4.0

    def add_one_inverse(_):
        raise oryx.core.NonInvertibleError()

    add_one.def_inverse_unary(add_one_inverse)
    with pytest.raises(ValueError, match="add_one"):
        oryx.core.inverse(add_one)(1.0)


class Normal:
    """A distribution, as `random_variable` sees it."""

    def __init__(self, loc, scale):
        self.loc, self.scale = loc, scale

    def sample(self, key):
        return self.loc + self.scale * jax.random.normal(key)

    def log_prob(self, x):
        return norm.logpdf(x, self.loc, self.scale)


KEY = jax.random.key(0)


class TestPrograms:
    """Densities of what programs draw, each against one by hand."""

    def test_a_transformed_draw(self):
        def program(key):
            return jnp.exp(ppl.random_variable(Normal(0.0, 1.0), name="z")(key))

        log_prob = oryx.core.log_prob(program)
        want = norm.logpdf(jnp.log(2.0)) - jnp.log(2.0)
        np.testing.assert_allclose(log_prob(2.0), want, rtol=1e-6)
        np.testing.assert_allclose(jax.jit(log_prob)(2.0), want, rtol=1e-6)
        assert program(KEY) > 0

    def test_draws_that_depend_on_each_other(self):
        def program(key, loc):
            first, second = jax.random.split(key)
            z = ppl.rv(Normal(loc, 1.0))(first)
            x = ppl.rv(Normal(z, jnp.exp(z)))(second)
            return {"x": 2.0 * x, "z": z + 1.0}

        def by_hand(sample, loc):
            z, x = sample["z"] - 1.0, sample["x"] / 2.0
            density = norm.logpdf(z, loc) + norm.logpdf(x, z, jnp.exp(z))
            return density - jnp.log(2.0)

        sample = program(KEY, 0.5)
        log_prob = oryx.core.log_prob(program)
        for argnums in (0, 1):
            got = jax.value_and_grad(log_prob, argnums)(sample, 0.5)
            want = jax.value_and_grad(by_hand, argnums)(sample, 0.5)
            jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, 1e-5), got, want)

    def test_draws_in_batches_and_jitted_functions(self):
        @jax.jit
        def program(key, locs):
            def one(key, loc):
                return ppl.rv(Normal(loc, 2.0))(key)

            return jnp.cumsum(jax.vmap(one)(jax.random.split(key, 3), locs))

        locs = jnp.array([0.0, 1.0, 2.0])
        sample = program(KEY, locs)
        got = oryx.core.log_prob(program)(sample, locs)
        draws = jnp.diff(sample, prepend=0.0)
        np.testing.assert_allclose(got, norm.logpdf(draws, locs, 2.0).sum(), rtol=1e-5)

    def test_a_custom_inverse_inside(self):
        @oryx.core.custom_inverse
        def cube(x):
            return x**3

        cube.def_inverse_unary(jnp.cbrt, lambda y: jnp.full_like(y, 7.0))

        def program(key):
            return cube(ppl.rv(Normal(0.0, 1.0))(key))

        got = oryx.core.log_prob(program)(8.0)
        np.testing.assert_allclose(got, norm.logpdf(2.0) + 7.0, rtol=1e-6)

    def test_distributions(self):
        distribution = Normal(0.0, 1.0)
        np.testing.assert_allclose(ppl.log_prob(distribution)(1.0), norm.logpdf(1.0))
        program = ppl.rv(distribution)
        np.testing.assert_allclose(ppl.log_prob(program)(1.0), norm.logpdf(1.0))
        assert ppl.rv(program, name="x") is program

    def test_what_is_hidden_has_no_density(self):
        def program(key):
            first, second = jax.random.split(key)
            normal = Normal(0.0, 1.0)
            return ppl.rv(normal)(first) + ppl.rv(normal)(second)

        with pytest.raises(ValueError, match="2 unknown"):
            oryx.core.log_prob(program)(0.1)

    def test_draws_in_a_loop_are_refused(self):
        def program(key):
            def step(carry, key):
                carry = carry + ppl.rv(Normal(0.0, 1.0))(key)
                return carry, carry

            return jax.lax.scan(step, 0.0, jax.random.split(key, 3))[1]

        assert program(KEY).shape == (3,)
        with pytest.raises(
            oryx.core.NonInvertibleError, match="drawn inside of `scan`"
        ):
            oryx.core.log_prob(program)(jnp.ones(3))

    def test_samples_of_another_structure(self):
        program = ppl.rv(Normal(0.0, 1.0))
        with pytest.raises(TypeError, match="but the sample is"):
            oryx.core.log_prob(program)([1.0])

    def test_plates_are_refused(self):
        with pytest.raises(NotImplementedError, match="use jax.vmap"):
            ppl.rv(Normal(0.0, 1.0), plate="plate")


class TestLibraries:
    def test_of_tensorflow_probability(self):
        pytest.importorskip("tensorflow_probability", reason=interop.WHY)
        tfd, tfb = oryx.distributions, oryx.bijectors

        def program(key):
            return tfb.Exp()(ppl.rv(tfd.Normal(1.0, 2.0))(key))

        got = oryx.core.log_prob(program)(3.0)
        np.testing.assert_allclose(got, tfd.LogNormal(1.0, 2.0).log_prob(3.0), 1e-5)

    @pytest.mark.parametrize("library", ["distrax", "numpyro.distributions"])
    def test_of_others(self, library):
        module = pytest.importorskip(library, reason=interop.WHY)

        def program(key):
            return 2.0 * ppl.rv(module.Normal(1.0, 2.0))(key)

        got = oryx.core.log_prob(program)(3.0)
        np.testing.assert_allclose(got, norm.logpdf(3.0, 2.0, 4.0), rtol=1e-5)

    def test_a_name_that_is_not_there(self):
        with pytest.raises(AttributeError, match="has no attribute 'harvest'"):
            _ = oryx.harvest
