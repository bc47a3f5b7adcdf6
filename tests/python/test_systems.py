# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Affine functions that use the unknown more than once: equations in common."""

import re

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

import invhlo
from implicit import cast, judge, judge_derivatives, reals_of

RANDOM = np.random.default_rng(3)


def normal(*shape):
    return RANDOM.normal(size=shape) / 2


def turn(w, q, p):
    return jnp.cos(w) * q - jnp.sin(w) * p, jnp.sin(w) * q + jnp.cos(w) * p


def angles(x):
    return jnp.arange(x.shape[-2])[:, None] * jnp.array([1.0, 0.1], x.dtype)


def rotary_halves(w, x):
    parts = turn(w * angles(x), *jnp.split(x, 2, axis=-1))
    return jnp.concatenate(parts, axis=-1)


def rotary_pairs(w, x):
    parts = turn(w * angles(x), x[..., ::2], x[..., 1::2])
    return jnp.stack(parts, axis=-1).reshape(x.shape)


def rotary_by_a_copy(w, x):
    both = jnp.tile(w * angles(x), 2)
    first, second = jnp.split(x, 2, axis=-1)
    return x * jnp.cos(both) + jnp.concatenate([-second, first], -1) * jnp.sin(both)


def rotary_of_literals(w, x):
    """No turn at the first place: what is added to it is zero."""
    return rotary_halves(np.float32(1), w * x)


def reflect(v, x):
    return x - 2 * (x @ v)[..., None] * v / (v @ v)


def givens(w, x):
    first, second = turn(w, x[0], x[2])
    return x.at[0].set(first).at[2].set(second)


def convolve(w, x, **options):
    options = {"padding": "SAME", "window_strides": (1,)} | options
    return lax.conv_general_dilated(
        x, w, **options, dimension_numbers=("NWC", "WIO", "NWC")
    )


def butterfly(_, x):
    """Haar's transform: sums and differences, of sums again."""
    if x.shape[-1] == 1:
        return x
    even, odd = x[..., ::2], x[..., 1::2]
    return jnp.concatenate([butterfly(_, even + odd), even - odd], axis=-1)


def euler(w, state):
    q, p = state
    return jnp.sinh(q + w * p), (p - w * q) ** 3 - 0.1


def through_layers(w, state):
    for i in range(3):
        q, p = turn(w + i, *state)
        state = jnp.sinh(q), 2 * p
    return state


def circulate(w, x):
    return jnp.fft.ifft(jnp.fft.fft(w) * jnp.fft.fft(x)).real


X, PAIR = normal(4), (normal(3), normal(3) + 2)
ONE, SQUARE = np.array(0.7), normal(4, 4)
COMPLEX = normal(3) + 1j * normal(3)

# Functions of parameters and x, with both.
PROGRAMS = {
    "sum and difference": (lambda w, x: (x[0] + w * x[1], x[0] - x[1]), ONE, PAIR),
    "rotation": (lambda w, x: turn(w, *x), ONE, PAIR),
    "rotary, halves": (rotary_halves, ONE, normal(2, 3, 4)),
    "rotary, pairs": (rotary_pairs, ONE, normal(2, 3, 4)),
    "rotary, by a copy": (rotary_by_a_copy, ONE, normal(2, 3, 4)),
    "rotary, literals": (rotary_of_literals, ONE, normal(2, 2, 3, 4)),
    "mapped": (jax.vmap(rotary_halves, (None, 1), 1), ONE, normal(3, 2, 4)),
    "Givens": (givens, ONE, X),
    "three by three": (
        lambda w, x: (x[0] + x[1] - x[2], w * x[0] - x[1], 3 * x[0] + x[2]),
        normal(2) + 2,
        tuple(normal(3, 2)),
    ),
    "of several shapes": (
        lambda w, x: (x[0] + w * x[1][:, None], x[0].sum(1) - x[1]),
        ONE,
        (normal(3, 2), normal(3)),
    ),
    "butterfly": (lambda w, x: butterfly(w, w * x), ONE, normal(2, 8)),
    "Euler": (euler, ONE, PAIR),
    "layers": (through_layers, ONE, PAIR),
    "reflection": (reflect, X, normal(4)),
    "reflection of a batch": (reflect, X, normal(5, 4)),
    "reflections": (
        lambda w, x: lax.scan(lambda x, v: (reflect(v, x), None), x, w)[0],
        normal(3, 4),
        normal(4),
    ),
    "low rank": (lambda w, x: x + w[:, :2] @ (w[:2] @ x), SQUARE, X),
    "mean": (lambda w, x: x + w * x.mean(-1, keepdims=True), ONE, normal(3, 4)),
    "residual": (lambda w, x: jnp.tanh(x + 0.3 * x @ w), SQUARE, normal(3, 4)),
    "transpose": (lambda w, x: x + w * x.T, ONE, SQUARE),
    "neighbours": (
        lambda w, x: x + w[0] * jnp.roll(x, 1) + w[1] * jnp.roll(x, -1),
        normal(2) / 3,
        normal(6),
    ),
    "with what is known": (lambda w, x: x + w * x[::-1] + jnp.exp(w), normal(4), X),
    "running sum": (lambda w, x: x * w + jnp.cumsum(x)[::-1], normal(4) + 2, X),
    "triangular solve": (
        lambda w, x: (
            lax.linalg.triangular_solve(
                jnp.tril(w) + 2 * jnp.eye(4), x, lower=True, left_side=True
            )
            + x[::-1]
        ),
        SQUARE,
        normal(4, 2),
    ),
    "interpolation": (lambda w, x: jnp.interp(w, jnp.arange(4), x) + 2 * x, abs(X), X),
    "by a mask": (
        lambda w, x: jnp.where(w > 0, x + x[::-1] / 3, 2 * x),
        np.array([1.0, -1.0, -1.0, 2.0]),
        X,
    ),
    "moved twice": (
        lambda w, x: x + w * jnp.take(jnp.concatenate([x[1:], x[:1]]), np.array([0])),
        ONE / 2,
        X,
    ),
    "one is added to all": (lambda w, x: x + w * x[0], ONE, X),
    "convolution": (convolve, normal(3, 2, 2), normal(2, 5, 2)),
    "depthwise": (
        lambda w, x: convolve(w, x, feature_group_count=3),
        normal(1, 1, 3),
        normal(2, 4, 3),
    ),
    "strided": (
        lambda w, x: convolve(w, x, window_strides=(2,)),
        normal(2, 1, 2),
        normal(2, 6, 1),
    ),
    "kernel": (
        lambda w, x: convolve(x, w, padding="VALID"),
        normal(1, 3, 1),
        normal(2, 1, 3),
    ),
    "circular": (circulate, normal(5) + np.eye(5)[0] * 3, normal(5)),
    "filter": (
        lambda w, x: jnp.fft.irfft(jnp.fft.rfft(x) * w, n=5),
        normal(3) + 2,
        normal(2, 5),
    ),
    "cosine transform": (lambda w, x: jax.scipy.fft.dct(w * x), ONE, normal(2, 5)),
    "Hartley": (
        lambda w, x: w * (jnp.fft.fft(x).real - jnp.fft.fft(x).imag),
        ONE,
        normal(5),
    ),
    "gradient": (
        lambda w, x: jax.grad(lambda x: x @ (w @ w.T + jnp.eye(4)) @ x)(x),
        SQUARE,
        X,
    ),
    "conjugate": (lambda w, x: x + w * jnp.conj(x), ONE / 2, COMPLEX),
    "complex": (
        lambda w, x: (x[0] + 1j * w * x[1], 1j * x[0] + x[1]),
        ONE,
        (COMPLEX, COMPLEX[::-1]),
    ),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_values(name):
    fun, w, x = PROGRAMS[name]
    judge(fun, cast(w, "float32"), cast(x, "float32"), tolerance=2e-4)


@pytest.mark.parametrize("name", PROGRAMS)
def test_derivatives(name):
    judge_derivatives(*PROGRAMS[name])


@pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
def test_narrow_floats(dtype):
    """Matrices are made and solved in single precision."""
    x, y = (jnp.asarray(RANDOM.uniform(1, 2, 500), dtype) for _ in range(2))
    back = invhlo.inverse(lambda x, y: (x + y, x - y))(x + y, x - y)
    for one, other in zip(back, (x, y), strict=True):
        assert one.dtype == other.dtype
        np.testing.assert_allclose(
            np.float64(one), np.float64(other), rtol=4 * jnp.finfo(dtype).eps
        )


def test_floats_of_several_widths():
    def fun(x, y):
        return x.astype("float64") + y, x - 2 * y.astype("float32")

    with jax.enable_x64(True):
        x, y = jnp.float32([0.7, -1.0]), jnp.float64([0.3, 5.0])
        back, log_det = invhlo.inverse_and_ildj(fun, x, y)(*fun(x, y))
        for one, other in zip(back, (x, y), strict=True):
            assert one.dtype == other.dtype
            np.testing.assert_allclose(one, other, rtol=1e-6)
        np.testing.assert_allclose(log_det, -2 * np.log(3), rtol=1e-6)


def test_two_are_solved_without_a_matrix():
    """Neither memory nor operations grow with the shapes."""

    def lines_of(size):
        w, x = jnp.float32(ONE), jnp.zeros((size, 3, 4))
        inverse = invhlo.invert_lowered(jax.jit(rotary_halves).lower(w, x), argnums=1)
        return inverse.as_text().splitlines()

    text = "\n".join(lines_of(1000))
    assert len(lines_of(1000)) == len(lines_of(2))
    assert not re.search("solve|while", text)
    sizes = [
        np.prod([int(n) for n in shape.split("x")[:-1]])
        for shape in re.findall(r"tensor<((?:\d+x)+)f32>", text)
    ]
    assert max(sizes) <= 1000 * 3 * 4


def test_a_batch_is_one_matrix():
    """What all of a batch have in common is factored once."""

    def fun(v, x):
        return reflect(v, x)

    v, x = cast(X, "float32"), jnp.zeros((100, 4))
    text = invhlo.invert_lowered(jax.jit(fun).lower(v, x), argnums=1).as_text()
    assert re.search(r"getrf\w*\(%\w+\).*: \(tensor<4x4xf32>\)", text)


@pytest.mark.parametrize(
    ("fun", "reason"),
    [
        (lambda x: x - x.mean(), "4 equations that do not tell 4 unknown numbers"),
        (lambda x: X * x - X * x.mean(), "their matrix is singular"),
        (lambda x: x - x @ np.full((4, 4), 0.25), "their matrix is singular"),
        (lambda x: jnp.fft.ifft(jnp.fft.fft(x) * np.eye(4)[0]).real, "singular"),
        (lambda x: x + x[::-1], "do not tell"),
        (lambda x: jnp.tile(x[:2] + x[2:], 2) * 2, "do not tell"),
        (lambda x: jnp.resize(x, 1000) @ np.ones((1000, 4)), "singular"),
    ],
)
def test_singular(fun, reason):
    with pytest.raises(invhlo.NonInvertibleError, match=reason):
        invhlo.inverse(fun, jnp.float32(X))(fun(jnp.float32(X)))


def test_singular_for_all_parameters():
    """That is seen though no parameter is known before the program runs."""
    with pytest.raises(invhlo.NonInvertibleError, match="their matrix is singular"):
        invhlo.inverse(lambda w, x: w * x - w * x.mean(), argnums=1)(
            jnp.float32(X), jnp.float32(X)
        )


def test_singular_in_a_run():
    """As of a matrix: what is found is not finite."""
    back = invhlo.inverse(lambda w, x: (x[0] + w * x[1], x[0] + x[1]), argnums=1)(
        jnp.float32(1), (jnp.float32(1), jnp.float32(1))
    )
    assert not np.isfinite(reals_of(back)).any()


def test_too_large():
    with pytest.raises(invhlo.NonInvertibleError, match="3000 unknown numbers depend"):
        invhlo.inverse(lambda x: x + 0.1 * x.sum())(jnp.zeros(3000))


def test_twice():
    """The inverse is an affine function too."""
    w, x = jnp.float32(ONE), jnp.float32(normal(3, 4))
    inverse = invhlo.inverse(rotary_halves, argnums=1)
    again = invhlo.inverse(inverse, argnums=1)
    np.testing.assert_allclose(again(w, x), rotary_halves(w, x), rtol=1e-5, atol=1e-6)
