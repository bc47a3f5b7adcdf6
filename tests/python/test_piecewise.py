# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions that are made of pieces, of which the unknown tells which one is taken."""

import math

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

import invhlo
from judge import assert_close, tolerance_of

# Both sides of all thresholds below, none of which is among them.
X = np.array([-7.3, -3.1, -1.7, -0.6, -0.2, -1e-3, 2e-4, 0.3, 0.45, 0.8, 1.6, 2.7, 6.0])


def signed_power(p):
    return lambda x: jnp.sign(x) * jnp.abs(x) ** p


def yeo_johnson(p):
    """Yeo and Johnson, "A New Family of Power Transformations", 2000."""

    def fun(x):
        above, below = jnp.where(x >= 0, x, 0), jnp.where(x < 0, x, 0)
        return jnp.where(
            x >= 0, ((1 + above) ** p - 1) / p, -((1 - below) ** (2 - p) - 1) / (2 - p)
        )

    return fun


def a_law(x):
    """ITU-T G.711's compression of a signal."""
    size, a = jnp.abs(x), 87.6
    logarithmic = (1 + jnp.log(jnp.maximum(a * size, 1.0))) / (1 + math.log(a))
    linear = a * size / (1 + math.log(a))
    return jnp.sign(x) * jnp.where(size < 1 / a, linear, logarithmic)


def stable_softplus(x):
    """As TensorFlow Probability writes it."""
    bound = float(np.log(np.finfo(np.float32).eps)) + 2
    middle = jnp.log1p(jnp.exp(jnp.where(x > -bound, 0.0, x)))
    return jnp.where(x < bound, jnp.exp(x), jnp.where(x > -bound, x, middle))


def leaky_tanh(x):
    """As flowjax writes it: linear where tanh is flat."""
    size = jnp.abs(x)
    slope = 1 - math.tanh(3.0) ** 2
    linear = jnp.sign(x) * (math.tanh(3.0) + slope * (size - 3))
    return jnp.where(size > 3, linear, jnp.tanh(x))


PIECES = {
    "slopes": lambda x: jnp.where(x > 0, 3 * x, 0.2 * x + 0.0),
    "a function on either side": lambda x: jnp.where(x > 0, x, jnp.expm1(2 * x)),
    "a predicate of the negation": lambda x: jnp.where(-x > -0.5, 2 * x, jnp.exp(x)),
    "a jump": lambda x: jnp.where(x > 0.5, x, 0.1 * x),
    "a cube": lambda x: jnp.where(x > 1, x**3, x),
    "squares": lambda x: jnp.where(x > 0, x**2, -jnp.square(x)),
    "falling": lambda x: jnp.where(x > 0, jnp.exp(-x), 1 - x),
    "a reciprocal": lambda x: jnp.where(x > 0, 1 / jnp.where(x > 0, x, 1), x - 1),
    "three": lambda x: jnp.where(
        x < -1, 0.5 * x, jnp.where(x < 1, 2 * x + 1.5, 3 * x + 0.5)
    ),
    "maximum of affine functions": lambda x: jnp.maximum(2 * x - 1, 0.5 * x),
    "x |x|": lambda x: x * jnp.abs(x),
    "signed power": signed_power(1.5),
    "signed root": signed_power(0.5),
    "signed logarithm": lambda x: jnp.sign(x) * jnp.log1p(jnp.abs(x)),
    "Laplace": lambda x: 0.5 - 0.5 * jnp.sign(x) * jnp.expm1(-jnp.abs(x)),
    "absolute value and x": lambda x: 2 * x + jnp.abs(x),
    "clip and x": lambda x: x + jnp.clip(x, -1, 1),
    "maximum and minimum": lambda x: jnp.maximum(x, 0) + 0.3 * jnp.minimum(x, 0),
    "Yeo-Johnson 0.7": yeo_johnson(0.7),
    "Yeo-Johnson 2.5": yeo_johnson(2.5),
    "A-law": a_law,
    "stabilised sigmoid": lambda x: jnp.where(x < -9, jnp.exp(x), jax.nn.sigmoid(x)),
    "stabilised softplus": stable_softplus,
    "leaky tanh": leaky_tanh,
    "a square and a multiple": lambda x: jnp.where(x > 0, x * x + x, 2 * x),
    "a sign of integers": lambda x: (
        jnp.where(x < 0, -1, 1).astype(x.dtype) * jnp.log1p(jnp.abs(x))
    ),
    "a sign of a predicate": lambda x: (1 - 2 * (x < 0)) * jnp.log1p(jnp.abs(x)),
    "copysign": lambda x: jnp.copysign(jnp.log1p(jnp.abs(x)), x),
    "sign bits": lambda x: jnp.where(jnp.signbit(x), x, jnp.expm1(x)),
    "what is no number": lambda x: jnp.where(jnp.isnan(x), 0.0, jnp.exp(x)),
    "predicates": lambda x: jnp.where(
        ~(jnp.isfinite(x) & (x >= 0)) ^ (x < -2), 0.5 * x, x
    ),
}


def named(functions):
    return [pytest.param(fun, id=name) for name, fun in functions.items()]


def slope_of(fun, x):
    return jax.vmap(jax.grad(lambda t: fun(t[None])[0]))(x)


@pytest.mark.parametrize("dtype", ["float32", "float64", "bfloat16", "float16"])
@pytest.mark.parametrize("fun", named(PIECES))
def test_what_comes_back(fun, dtype):
    with jax.enable_x64(True):
        # Halves know little of what is close to an end of the image.
        x = jnp.asarray(X if jnp.finfo(dtype).bits >= 32 else X[np.abs(X) < 2], dtype)
        y = fun(x)
        got, shares = invhlo.inverse_and_ildj(fun, reduce_ildj=False)(y)
        assert got.dtype == x.dtype
        # What rounding of sums with 1 in f makes of a result, and that of x.
        slope = slope_of(fun, x.astype("float64"))
        wide = got.astype("float64")
        lost = (1 + jnp.abs(y.astype("float64"))) / jnp.abs(slope) + 1 + jnp.abs(x)
        assert jnp.all(jnp.abs(wide - x) <= 16 * float(jnp.finfo(dtype).eps) * lost)
        if dtype == "float64":
            np.testing.assert_allclose(
                shares, -jnp.log(jnp.abs(slope)), rtol=1e-9, atol=1e-9
            )


@pytest.mark.parametrize("fun", named(PIECES))
def test_derivatives(fun):
    with jax.enable_x64(True):
        x = jnp.asarray(X)
        y = fun(x)
        inverse, ildj = invhlo.inverse(fun), invhlo.ildj(fun)
        slope = slope_of(fun, x)
        curvature = slope_of(lambda x: jnp.log(jnp.abs(slope_of(fun, x))), x)
        for jacobian in (jax.jacrev, jax.jacfwd):
            np.testing.assert_allclose(
                jacobian(inverse)(y), np.diag(1 / slope), rtol=1e-6, atol=1e-9
            )
            np.testing.assert_allclose(
                jacobian(ildj)(y), -curvature / slope, rtol=1e-6, atol=1e-9
            )


@pytest.mark.parametrize("fun", named(PIECES))
def test_far_from_zero(fun):
    """No end of the range makes NaN, nor do derivatives of what is not taken."""
    with jax.enable_x64(True):
        x = jnp.asarray([-90.0, -30.0, 30.0, 90.0])
        y = jax.jit(fun)(x)
        # Where it saturates, several numbers have one result.
        tells = np.isfinite(y) & (fun(x + 1e-6) != y)
        gradient = jax.grad(lambda y: jnp.sum(invhlo.inverse(fun)(y)))(y)
        assert np.all(np.isfinite(np.asarray(gradient))[tells])


@pytest.mark.parametrize("fun", named(PIECES))
def test_beside_the_seams(fun):
    """Neighbours of each threshold come back, but for what rounding lost."""
    x = np.array([-3, -1, 0, 0.5, 1, 3, 1 / 87.6, -9], np.float32)
    for direction in (-np.inf, np.inf):
        for _ in range(4):
            x = np.concatenate([x, np.nextafter(x[-8:], np.float32(direction))])
    y = fun(x)
    got = invhlo.inverse(fun)(y)
    slope = np.abs(slope_of(fun, x + np.float32(1e-6)))
    tells = slope > 1e-6
    lost = (1 + np.abs(y[tells])) / slope[tells] + 1 + np.abs(x[tells])
    assert np.all(np.abs(got - x)[tells] <= 1e-6 * lost)


def test_at_a_kink_the_log_det_is_that_of_the_side_that_is_taken():
    above = invhlo.ildj(lambda x: jnp.where(x >= 0, 3 * x, jnp.expm1(x)))
    below = invhlo.ildj(lambda x: jnp.where(x > 0, 3 * x, jnp.expm1(x)))
    np.testing.assert_allclose(above(jnp.zeros(())), -np.log(3), rtol=1e-6)
    np.testing.assert_allclose(below(jnp.zeros(())), 0)


@pytest.mark.parametrize(
    ("fun", "outside"),
    [
        (lambda x: jnp.where(x > 0, x, jnp.expm1(2 * x)), [-1.5]),
        (lambda x: jnp.where(x > 0.5, x, 0.1 * x), [0.2, 0.05001]),
        (lambda x: jnp.where(x > 0, x + 1, x), [0.5, 1e-3]),
        (PIECES["Laplace"], [-0.1, 1.2]),
    ],
)
def test_outside_of_the_image_there_is_nan(fun, outside):
    got, shares = invhlo.inverse_and_ildj(fun, reduce_ildj=False)(jnp.array(outside))
    assert np.all(np.isnan(got))
    assert np.all(np.isnan(shares))
    assert np.isnan(invhlo.inverse(fun)(jnp.array([jnp.nan])))


@pytest.mark.parametrize(
    ("fun", "reason"),
    [
        (lambda x: jnp.where(x > 0, x**2, -x), "both x > 0 and x <= 0 give 1"),
        (lambda x: x - 2 * jnp.maximum(x, 0), "both x >= 0 and x < 0 give -1"),
        (
            lambda x: jnp.where(x > 0.5, x, jnp.expm1(x)),
            "both x > 0.5 and x <= 0.5 give 0.574361",
        ),
        (
            lambda x: jnp.where(x < -1, x, jnp.where(x < 1, -x, 0.5 * x)),
            "both -1 <= x < 1 and x >= 1 give 0.75",
        ),
    ],
)
def test_pieces_that_overlap_are_refused(fun, reason):
    with pytest.raises(
        invhlo.NonInvertibleError, match=f"a function of pieces .* {reason}"
    ):
        invhlo.inverse(fun)(jnp.ones(3))


@pytest.mark.parametrize(
    "fun",
    [
        lambda x: jnp.where(jnp.log(x) > 0, 2 * x - 1, x),
        lambda x: jnp.where(jnp.sqrt(x) > 1, 2 * x - 1, x),
        lambda x: jnp.where(~(jnp.log(x) <= 0), 2 * x - 1, x),
    ],
    ids=["log", "sqrt", "denied"],
)
def test_of_what_is_no_number_no_comparison_holds(fun):
    x = jnp.array([-3.0, 0.5, 2.0])
    y = jax.jit(fun)(x)
    np.testing.assert_allclose(invhlo.inverse(fun, x)(y)[1:], x[1:], rtol=1e-6)
    if not np.isnan(fun(x)[0]) and fun(x)[0] == x[0]:
        np.testing.assert_allclose(invhlo.inverse(fun, x)(y)[0], x[0], rtol=1e-6)


@pytest.mark.parametrize(
    ("dtype", "x"),
    [("bfloat16", 0.005), ("float16", 0.0005), ("float32", 5e-7)],
)
def test_beside_a_piece_whose_results_are_not_known(dtype, x):
    """Rounding takes results past an end by less than another piece's begin."""

    def steep(x):
        return jnp.where(x > 0, 20 * x + x * x, x)

    x = jnp.array([x, -x, 0.0], dtype)
    found = invhlo.inverse(steep, x)(steep(x))
    np.testing.assert_allclose(found, x, rtol=4 * float(jnp.finfo(dtype).eps))


def test_what_is_reached_at_infinity_alone_is_another_piece_s():
    x = jnp.array([0.0, -1.0, 2.0])

    def fun(x):
        return jnp.where(x > 0, 1 / x, x)

    found, log_det = invhlo.inverse_and_ildj(fun, x)(fun(x))
    np.testing.assert_array_equal(found, x)
    np.testing.assert_allclose(log_det, 2 * np.log(2), rtol=1e-6)


def test_at_a_threshold_of_three_pieces():
    def fun(x):
        return jnp.where(x > 1, 3 * x - 2, jnp.where(x > 0, x, 2 * x))

    log_det = invhlo.ildj(fun, jnp.array(1.0))
    np.testing.assert_allclose([log_det(fun(1.0)), log_det(fun(2.0))], [0, -np.log(3)])


def test_too_many_pieces_are_named():
    def fun(x):
        return x + sum(jnp.maximum(x - i, 0) for i in range(20))

    with pytest.raises(invhlo.NonInvertibleError, match="more than 16 pieces"):
        invhlo.inverse(fun)(jnp.ones(3))


def test_a_piece_that_loses_x_is_refused():
    with pytest.raises(invhlo.NonInvertibleError):
        invhlo.inverse(lambda x: jnp.where(x > 0, x, 0 * x + jnp.sign(x)))(jnp.ones(3))


# Of each, its thresholds.
SEAMS = {
    "a sum of three": (
        lambda x: (
            0.78 * x + 1.12 * jnp.maximum(x + 1.6, 0) - 1.68 * jnp.maximum(x - 1.8, 0)
        ),
        [-1.6, 1.8],
    ),
    "a sum of four": (
        lambda x: (
            0.1 * x
            + jnp.maximum(x - 0.1, 0)
            + 2 * jnp.maximum(x - 0.7, 0)
            - 0.5 * jnp.maximum(x - 1.3, 0)
        ),
        [0.1, 0.7, 1.3],
    ),
    "a result beyond the image by rounding": (
        lambda x: jnp.where(x < 0.51, 1.85 * x, 1.57 * x + 1.0028),
        [0.51],
    ),
    "Rec. 709": (
        lambda x: jnp.where(
            x < 0.018, 4.5 * x, 1.099 * jnp.maximum(x, 0.01) ** 0.45 - 0.099
        ),
        [0.018],
    ),
    "zero at the seam": (
        lambda x: jnp.where(x > 0, jax.nn.softplus(x) - math.log(2), jnp.tanh(x) / 2),
        [0.0],
    ),
    "products with predicates": (lambda x: x * (x < 0.3) + 2 * x * (x >= 0.3), [0.3]),
}


@pytest.mark.parametrize("dtype", ["float32", "float64", "bfloat16", "float16"])
@pytest.mark.parametrize("name", SEAMS)
def test_each_neighbour_of_a_threshold_comes_back(name, dtype):
    fun, thresholds = SEAMS[name]
    with jax.enable_x64(True):
        eps = float(jnp.finfo(dtype).eps)
        steps = 1 + eps * np.arange(-4, 5)
        x = jnp.asarray([k * step for k in thresholds for step in steps], dtype)
        got = invhlo.inverse(fun)(fun(x)).astype("float64")
        # Slopes are at least a tenth.
        allowed = 160 * eps * (1 + jnp.abs(x.astype("float64")))
        assert jnp.all(jnp.abs(got - x.astype("float64")) <= allowed)


K = np.array([0.3, -1.2, 0.5, 2.0, -0.4, 0.1], np.float32)
Z = np.array([-1.3, 0.4, 2.0, -0.7, 0.05, 1.0], np.float32)


# Functions of what is known and of x.
KNOWN = {
    "a slope": lambda k, x: jnp.where(x > 0, x, jnp.exp(k) * x),
    "a slope below a maximum": lambda k, x: jnp.maximum(x, jax.nn.sigmoid(k) * x),
    "a threshold": lambda k, x: jnp.where(x < k, x, 2 * x - k),
    "two thresholds": lambda k, x: jnp.where(
        x < k, 2 * x - k, jnp.where(x < k + 1, x, 3 * x - 2 * k - 2)
    ),
    "a predicate": lambda k, x: jnp.where(k > 0, jnp.exp(x), 2 * x),
    "a predicate and the unknown": lambda k, x: jnp.where(
        (k > 0) & (x > 0), jnp.expm1(x), x
    ),
    "a number for all": lambda k, x: jnp.where(
        k[0] == 0, jnp.log(x + 3), ((x + 3) ** k[0] - 1) / k[0]
    ),
}


@pytest.mark.parametrize("fun", named(KNOWN))
def test_what_is_known_in_a_run_only(fun):
    x = jnp.asarray(Z)
    inverse = invhlo.inverse_and_ildj(fun, K, x, argnums=1)
    for run in (inverse, jax.jit(inverse)):
        got, log_det = run(K, fun(K, x))
        assert_close(got, x, 1e-5)
        jacobian = jax.jacobian(lambda x: fun(K, x))(x)
        np.testing.assert_allclose(
            log_det, -np.linalg.slogdet(jacobian)[1], rtol=1e-4, atol=1e-5
        )
    gradient = jax.grad(lambda k: jnp.sum(inverse(k, fun(K, x))[1]))(K)
    assert np.all(np.isfinite(gradient))


def test_both_sides_of_a_threshold_that_is_known_in_a_run_only():
    def fun(k, x):
        return jnp.where(x < k, 0.7 * x, 1.9 * x - 1.2 * k)

    k = np.random.default_rng(0).normal(size=1000).astype(np.float32)
    for steps in range(-3, 4):
        x = k.copy()
        for _ in range(abs(steps)):
            x = np.nextafter(x, np.float32(np.sign(steps) * np.inf))
        got = invhlo.inverse(fun, k, x, argnums=1)(k, fun(k, x))
        np.testing.assert_allclose(got, x, rtol=1e-6, atol=1e-6)


def test_three_pieces_with_thresholds_that_are_known_in_a_run_only():
    def fun(k, x):
        t, a, c = k
        outside = jnp.where(x < t, c * x, a * (x - t) + c * t)
        return jnp.where(x < -t, a * (x + t) - c * t, outside)

    draw = np.random.default_rng(1)
    inverse = jax.jit(invhlo.inverse(fun, (1.0, 1.0, 1.0), jnp.zeros(8), argnums=1))
    for _ in range(50):
        k = tuple(np.float32(draw.uniform(0.2, 2)) for _ in range(3))
        above = np.nextafter(k[0], np.float32(9))
        below = np.nextafter(k[0], np.float32(0))
        x = np.array([k[0], above, below, -k[0], -above, -below, 3, -3], np.float32)
        np.testing.assert_allclose(inverse(k, fun(k, x)), x, rtol=1e-5, atol=1e-5)


def test_pieces_that_share_a_formula_are_no_seam():
    def fun(t, x):
        return jnp.where(jnp.abs(x) < t, x / 2, x)

    y = jnp.array([0.7, 0.3, 2.0])
    got = invhlo.inverse(fun, 1.0, y, argnums=1)(1.0, y)
    np.testing.assert_allclose(got, [np.nan, 0.6, 2.0])


def test_derivatives_by_what_is_known_where_its_piece_is_not_taken():
    def fun(a, x):
        return jnp.where(x <= 0.5, x - 0.5, jnp.expm1(a * (x - 0.5)))

    inverse = invhlo.inverse(fun, 2.0, jnp.zeros(2), argnums=1)
    gradient = jax.jacobian(inverse)(2.0, jnp.array([-2.0, 1.0]))
    np.testing.assert_allclose(gradient, [0, -np.log(2) / 4], rtol=1e-5)


def elu2(x):
    return jnp.where(x > 0, x, jnp.expm1(2 * x))


W = np.array([[0.5, 1.0, -0.3], [0.1, -0.4, 0.8], [1.1, 0.2, 0.6]], np.float32)


# Where a function of pieces may stand.
PLACES = {
    "scalar": lambda x: elu2(x[0])[None],
    "matrix": lambda x: elu2(x.reshape(3, 2)).T,
    "composed": lambda x: elu2(leaky_tanh(x) * 1.5 - 0.2),
    "after a product": lambda x: elu2(jnp.asarray(W) @ x[:3]),
    "vmap": lambda x: jax.vmap(lambda r: elu2(r @ W))(x.reshape(2, 3)),
    "a mask": lambda x: jnp.where(np.arange(6) % 2 == 0, x, elu2(x)),
    "a mask and a conditioner": lambda x: jnp.where(
        np.arange(6) % 2 == 0, x, elu2(x * jnp.exp(jnp.roll(x, 1)))
    ),
    "a coupling": lambda x: jnp.concatenate([x[:3], elu2(x[3:]) + jnp.tanh(x[:3])]),
    "slopes of the other half": lambda x: jnp.concatenate(
        [x[:3], jnp.where(x[3:] > 0, x[3:], jnp.exp(x[:3]) * x[3:])]
    ),
    "a loop": lambda x: lax.scan(
        lambda c, w: (elu2(c * w), None), x, jnp.ones(4) * 1.1
    )[0],
    "calls": lambda x: jax.jit(elu2)(jax.jit(elu2)(x) * 2),
    "an empty array": lambda x: jnp.concatenate([elu2(x[:0]), x]),
}


@pytest.mark.parametrize("fun", named(PLACES))
def test_places(fun):
    x = jnp.asarray(Z[:1] if fun is PLACES["scalar"] else Z)
    if fun is PLACES["after a product"]:
        x = x[:3]
    y = fun(x)
    got, log_det = invhlo.inverse_and_ildj(fun, x)(y)
    assert_close(got, x, tolerance_of(x))
    flat = jax.jacobian(lambda x: fun(x).ravel())(x)
    np.testing.assert_allclose(
        log_det, -np.linalg.slogdet(flat)[1], rtol=1e-4, atol=1e-4
    )


def test_another_result_may_tell_the_unknown():
    def fun(x):
        return jnp.where(x > 0, x**2, -x), x + 1

    got = invhlo.inverse(fun, Z)(*fun(jnp.asarray(Z)))
    assert_close(got, jnp.asarray(Z), 1e-6)


@pytest.mark.parametrize(
    ("fun", "low", "high"),
    [
        (jnp.sin, 2.0, 4.0),
        (jnp.sin, -4.0, -2.0),
        (jnp.cos, -3.0, -0.2),
        (jnp.cos, 6.4, 9.2),
        (jnp.tan, 2.0, 4.0),
        (lambda x: jnp.sin(2 * x + 1), 0.4, 1.7),
    ],
)
def test_a_branch_of_a_periodic_function(fun, low, high):
    """An arm tells which branch it is, and the inverse finds that one."""

    def piece(x):
        return jnp.where((x > low) & (x < high), fun(x), jnp.nan)

    def of_two(x):
        return jnp.where((x > low) & (x < high), fun(x), jnp.exp(x) + 20)

    x = jnp.linspace(low + 0.05, high - 0.05, 7)
    for function in (piece, of_two):
        np.testing.assert_allclose(invhlo.inverse(function)(function(x)), x, rtol=2e-5)
    outside = jnp.float32([low - 1, high + 1])
    back = invhlo.inverse(of_two)(of_two(outside))
    np.testing.assert_allclose(back, outside, rtol=1e-3)


def test_the_inverse_of_an_angle():
    """Its formula has a tangent of more than one branch."""

    def angle(x):
        return jnp.arctan2(1.3, x)

    x = jnp.float32([0.5, -0.7, 3.0, -8.0])
    twice = invhlo.inverse(invhlo.inverse(angle))
    np.testing.assert_allclose(twice(x), angle(x), rtol=1e-5)
