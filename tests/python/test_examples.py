# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the examples invert comes back."""

import functools
import importlib
import sys
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import invhlo
from judge import dense_ildj

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def example(monkeypatch):
    def load(name):
        monkeypatch.syspath_prepend(EXAMPLES)
        monkeypatch.delitem(sys.modules, name, raising=False)
        return importlib.import_module(name)

    return load


def test_masked_autoregressive_flow(example):
    module = example("masked_autoregressive")
    with jax.enable_x64(True):
        weights = jax.tree.map(
            lambda weight: weight.astype(jnp.float64),
            module.random_weights(jax.random.key(1)),
        )
        x = jax.random.normal(jax.random.key(2), (3, module.PIXELS), jnp.float64)
        y = module.flow(weights, x)
        found, shares = invhlo.inverse_and_ildj(
            module.flow, argnums=1, reduce_ildj=False
        )(weights, y)
        np.testing.assert_allclose(found, x, atol=1e-12)
        want = dense_ildj(module.flow, weights, x[0], argnums=1)
        np.testing.assert_allclose(shares[0].sum(), want, rtol=1e-10)


def test_planets_come_back_to_where_they_started(example):
    module = example("planets")
    with jax.enable_x64(True):
        start = jnp.asarray(module.POSITIONS), jnp.asarray(module.VELOCITIES)
        end = module.simulate(*start)
        assert np.max(np.abs(end[0] - start[0])) > 10
        found = invhlo.inverse(module.simulate, *start)(*end)
        for got, want in zip(found, start, strict=True):
            np.testing.assert_allclose(got, want, atol=1e-9)


def test_a_cipher_is_deciphered(example):
    module = example("cipher")
    secret = jax.jit(module.encipher)(module.KEY, module.PLAIN)
    np.testing.assert_array_equal(secret, module.SECRET)
    found = jax.jit(module.decipher)(module.KEY, module.SECRET)
    np.testing.assert_array_equal(found, module.PLAIN)
    assert module.lines(8) == module.lines(module.ROUNDS)


@pytest.mark.parametrize("name", ["autoregressive_flow", "spline_flow"])
def test_a_flow(example, name):
    module = example(name)
    params = jax.tree.map(
        lambda part: part + 0.1 * jax.random.normal(jax.random.key(1), part.shape),
        module.init(jax.random.key(0)),
    )
    noise = jax.random.normal(jax.random.key(2), (module.PIXELS,))
    image = module.draw(params, noise)
    found, log_det = module.encode_and_ildj(params, image)
    np.testing.assert_allclose(module.draw(params, found), image, atol=1e-5)
    want = dense_ildj(functools.partial(module.draw, params), found)
    np.testing.assert_allclose(log_det, want, rtol=1e-4)


def test_an_autoregressive_flow_is_encoded_as_by_hand(example):
    module = example("autoregressive_flow")
    params = jax.tree.map(
        lambda part: part + 0.1 * jax.random.normal(jax.random.key(1), part.shape),
        module.init(jax.random.key(0)),
    )
    image = jax.random.uniform(jax.random.key(2), (module.PIXELS,), maxval=0.99)
    got = module.encode_and_ildj(params, image)
    for value, want in zip(got, module.encode_by_hand(params, image), strict=True):
        np.testing.assert_allclose(value, want, rtol=1e-4, atol=1e-4)
