# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Nothing depends on how large arrays are: neither whether there is an inverse nor how
many operations it takes."""

import re

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import invhlo
from invhlo_opt import run

lax = jax.lax

# More than the compiler writes as one literal.
LARGE = 65_537


def count_ops(fun, *shapes):
    """The operations of the inverse of `fun` with its log-det."""
    args = [jax.ShapeDtypeStruct(shape, jnp.float32) for shape in shapes]
    text = jax.jit(fun).lower(*args).as_text()
    result = run(text, "--invhlo-pipeline=log-det=total allow-overdetermined unknown=0")
    assert not result.returncode, result.stderr
    return len(re.findall(r"= (stablehlo\.\w+|call )", result.stdout))


def checkerboard(x):
    """A coupling layer whose mask is computed, for images in a batch."""
    height, width = x.shape[1:3]
    rows, columns = jnp.arange(height)[:, None], jnp.arange(width)
    mask = ((rows + columns) % 2 == 0)[..., None]
    scale = jnp.tanh(jnp.where(mask, x, 0).mean(3, keepdims=True))
    scale = jnp.roll(scale, 1, axis=1)
    return jnp.where(mask, x, x * jnp.exp(scale) + scale)


def checkerboard_of_numbers(x):
    """The same with a mask of zeros and ones that is written down."""
    mask = np.indices(x.shape[1:3]).sum(0)[..., None] % 2
    mask = np.broadcast_to(mask, x.shape[1:]).astype(np.float32)
    scale = jnp.roll(jnp.tanh(mask * x), 1, axis=1)
    return mask * x + (1 - mask) * (x * jnp.exp(scale) + scale)


COUPLINGS = [checkerboard, checkerboard_of_numbers]


@pytest.mark.parametrize("layer", COUPLINGS)
def test_masks_on_a_batch(layer):
    x = np.random.default_rng(0).normal(size=(64, 32, 32, 3)).astype(np.float32)
    got, log_det = invhlo.inverse_and_ildj(layer)(layer(x))
    np.testing.assert_allclose(got, x, rtol=1e-4, atol=1e-5)
    # A few of the images alone, whose masks are small.
    alone = jax.vmap(invhlo.ildj(lambda one: layer(one[None])[0]))(layer(x))
    np.testing.assert_allclose(log_det, alone.sum(), rtol=1e-4)


@pytest.mark.parametrize("layer", COUPLINGS)
def test_batch_does_not_count(layer):
    assert count_ops(layer, (64, 32, 32, 3)) == count_ops(layer, (4096, 32, 32, 3))


PERMUTATION = np.random.default_rng(1).permutation(LARGE)


@pytest.mark.parametrize(
    "fun",
    [
        pytest.param(lambda x: x[PERMUTATION], id="index"),
        pytest.param(lambda x: jnp.take(x, PERMUTATION), id="take"),
        pytest.param(lambda x: jnp.zeros_like(x).at[PERMUTATION].set(x), id="set"),
        pytest.param(lambda x: x[(jnp.arange(LARGE) * 7) % LARGE], id="computed"),
        pytest.param(lambda x: x[LARGE - 1 - jnp.arange(LARGE)], id="reversed"),
        pytest.param(
            lambda x: jnp.where(jnp.arange(LARGE) % 3 == 0, x, -x), id="computed mask"
        ),
        pytest.param(
            lambda x: x * (1.0 + (jnp.arange(LARGE) % 3)), id="computed factors"
        ),
    ],
)
def test_large_literals(fun):
    x = np.arange(LARGE, dtype=np.float32)
    np.testing.assert_array_equal(invhlo.inverse(fun, x)(fun(x)), x)


def test_rows_of_a_mask_on_a_broadcast():
    def fun(x):
        return jnp.where(np.array([[False], [True]]), x[None], 2 * x[None])

    x = np.arange(5, dtype=np.float32)
    np.testing.assert_array_equal(invhlo.inverse(fun, x)(fun(x)), x)


def comb(x):
    return x[:: x.shape[0] // 4], -x


def test_a_comb_is_found_first():
    x = np.arange(10_000, dtype=np.float32)
    inverse = invhlo.inverse_and_ildj(comb, x, allow_overdetermined=True)
    got, log_det = inverse(*comb(x))
    np.testing.assert_array_equal(got, x)
    assert log_det == 0


def padded(x):
    return lax.pad(jnp.exp(x), 0.5, ((3, 2, 4999),))


def test_pads_between_elements():
    def fun(x):
        return jnp.tanh(padded(x))

    x = np.linspace(-2, -1, 5).astype(np.float32)
    np.testing.assert_allclose(invhlo.inverse(fun, x)(fun(x)), x, rtol=1e-5)


@pytest.mark.parametrize(
    ("fun", "sizes"),
    [(comb, (80_000, 320_000)), (padded, (20, 80)), (lambda x: padded(-x), (20, 80))],
)
def test_shapes_do_not_count(fun, sizes):
    small, large = sizes
    assert count_ops(fun, (small,)) == count_ops(fun, (large,))


def shift(x):
    """Each element depends on the one before."""
    return x + jnp.concatenate([jnp.zeros(1), jnp.tanh(x[:-1])])


def shift_rows(x):
    return x + jnp.pad(jnp.tanh(x[:-1]), ((1, 0), (0, 0)))


def differences(x):
    return jnp.diff(x, prepend=0.0)


@pytest.mark.parametrize("fun", [shift, differences])
def test_a_few_steps_are_taken(fun):
    x = np.random.default_rng(0).normal(size=60).astype(np.float32)
    got, log_det = invhlo.inverse_and_ildj(fun)(fun(x))
    np.testing.assert_allclose(got, x, rtol=1e-4, atol=1e-5)
    assert log_det == 0


def in_some_order(x, steps=1):
    """Each element depends on one before it, in the order of no dimension."""
    order = np.random.default_rng(0).permutation(len(x))
    before = jnp.tanh(x[order[:-steps]])
    return x + jnp.zeros_like(x).at[order[steps:]].set(before)


def in_some_order_by_two(x):
    return in_some_order(x, 2)


@pytest.mark.parametrize(
    ("fun", "shape", "op", "steps"),
    [
        (in_some_order, (1000,), "add", "one element at a time: 1000 steps"),
        (in_some_order, (500, 16), "add", "16 elements at a time: 500 steps"),
        (in_some_order_by_two, (1000,), "add", "2 elements at a time: 500 steps"),
        (differences, (5000,), "subtract", "one element at a time: 5000 steps"),
    ],
)
def test_many_steps_are_refused(fun, shape, op, steps):
    x = jax.ShapeDtypeStruct(shape, jnp.float32)
    with pytest.raises(invhlo.NonInvertibleError) as caught:
        invhlo.invert_lowered(fun, x)
    message = str(caught.value)
    assert op in message
    assert f"it would be solved {steps}" in message


@pytest.mark.parametrize(
    ("fun", "shape"),
    [(shift, (2000,)), (shift, (1_000_000,)), (shift_rows, (500, 16))],
)
def test_many_steps_are_a_loop(fun, shape):
    assert count_ops(fun, shape) < 60


def test_as_many_pieces_as_the_program_has_operations():
    """Python loops that take an array apart have as many pieces as they have steps."""

    def fun(x):
        found = []
        for i in range(len(x)):
            found.append(x[i] * jnp.exp(jnp.tanh(x[:i].sum())))
        return jnp.stack(found)

    # More steps than an op may find pieces; only compiled, since XLA takes minutes.
    assert count_ops(fun, (150,)) < 150 * 20
