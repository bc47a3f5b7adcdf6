# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Inverses of splines beside those that libraries have by hand.

Those of distrax and flowjax are compared where these are installed.
"""

import functools
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import pytest
from jax.flatten_util import ravel_pytree
from test_inverses import ratio, seconds

import invhlo

BINS, BOUND = 8, 4.0

Functions = tuple[Callable[..., Any], Callable[..., Any]]


def of_distrax() -> tuple[Functions, int]:
    """The rational quadratic spline of distrax, and how many parameters it has."""
    distrax = pytest.importorskip("distrax")

    def spline(params: jax.Array) -> Any:
        return distrax.RationalQuadraticSpline(params, -BOUND, BOUND)

    def forward(params: jax.Array, x: jax.Array) -> Any:
        return spline(params).forward(x)

    def inverse(params: jax.Array, y: jax.Array) -> Any:
        return spline(params).inverse_and_log_det(y)

    return (forward, inverse), 3 * BINS + 1


def of_flowjax() -> tuple[Functions, int]:
    """That of flowjax."""
    bijections = pytest.importorskip("flowjax.bijections")
    equinox = pytest.importorskip("equinox")
    paramax = pytest.importorskip("paramax")
    spline = bijections.RationalQuadraticSpline(knots=BINS, interval=BOUND)
    arrays, others = equinox.partition(spline, equinox.is_inexact_array)
    flat, unflatten = ravel_pytree(arrays)

    def of(params: jax.Array) -> Any:
        return paramax.unwrap(equinox.combine(unflatten(params), others))

    def forward(params: jax.Array, x: jax.Array) -> Any:
        return of(params).transform(x)

    def inverse(params: jax.Array, y: jax.Array) -> Any:
        return of(params).inverse_and_log_det(y)

    return (forward, inverse), flat.size


def of_interpolation() -> tuple[Functions, int]:
    """A table that `jnp.interp` looks up, whose inverse is one too."""

    def knots(params: jax.Array) -> tuple[jax.Array, jax.Array]:
        parts = jax.nn.softmax(params.reshape(2, -1))
        xs, ys = BOUND * (2 * jnp.cumsum(parts, axis=1) - 1)
        return xs, ys

    def interpolate(x: jax.Array, xs: jax.Array, ys: jax.Array) -> jax.Array:
        return jnp.interp(x, xs, ys, left="extrapolate", right="extrapolate")

    def forward(params: jax.Array, x: jax.Array) -> jax.Array:
        return interpolate(x, *knots(params))

    def inverse(params: jax.Array, y: jax.Array) -> tuple[jax.Array, jax.Array]:
        xs, ys = knots(params)
        x, slope = jax.jvp(lambda y: interpolate(y, ys, xs), (y,), (jnp.ones(()),))
        return x, jnp.log(slope)

    return (forward, inverse), 2 * (BINS + 1)


def first_of(solve: Callable[..., Any]) -> Callable[..., Any]:
    """X alone."""
    return lambda params, y: solve(params, y)[0]


def train(solve: Callable[..., Any]) -> Callable[..., Any]:
    """The gradient of a negative log-likelihood."""

    def loss(params: Any, y: jax.Array) -> jax.Array:
        x, log_det = solve(params, y)
        return jnp.mean(0.5 * x**2 - log_det)

    return jax.grad(loss)


@pytest.mark.parametrize("batch", [4096, 65536])
@pytest.mark.parametrize("knots", ["for each", "shared"])
@pytest.mark.parametrize("make", [of_distrax, of_flowjax, of_interpolation])
def test_spline(
    make: Callable[[], tuple[Functions, int]],
    knots: str,
    batch: int,
    report: list[str],
) -> None:
    """Bins of one spline for all elements, and of one for each, of a conditioner."""
    (forward, by_hand), size = make()
    shape = (batch, size) if knots == "for each" else (size,)
    axes = (0, 0) if knots == "for each" else (None, 0)
    params = jax.random.normal(jax.random.key(0), shape)
    x = jax.random.uniform(
        jax.random.key(1), (batch,), minval=-0.3 * BOUND, maxval=0.9 * BOUND
    )
    mapped = jax.vmap(forward, axes)
    y = jax.jit(mapped)(params, x)
    ours = invhlo.inverse_and_ildj(mapped, argnums=1, reduce_ildj=False)
    hand = jax.vmap(by_hand, axes)
    programs = {
        "inverse": [first_of(ours), first_of(hand)],
        "inverse-and-ildj": [ours, hand],
        "gradient": [train(ours), train(hand)],
    }
    for name, pair in programs.items():
        first, second = (jax.jit(fun).lower(params, y).compile() for fun in pair)
        found = ratio(
            functools.partial(seconds, first, params, y),
            functools.partial(seconds, second, params, y),
            40 if batch == 65536 else 200,
        )
        report.append(
            f"{make.__name__[3:]}, knots {knots}, batch {batch}, {name}: "
            f"{found:.2f} times by hand"
        )
