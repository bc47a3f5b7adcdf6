# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Rows of the rule tests, and the judge of elementwise rules: mpmath."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import mpmath
import numpy as np
from jax.extend.core import Primitive
from jax.interpreters import mlir

import invhlo

mpmath.mp.dps = 330

# XLA's log1p of doubles is the worst.
FORWARD_ULPS = 64


def op_of(builder, result=lambda aval: aval):
    """A JAX function that is one op, for the ops that JAX does not emit itself.

    Args:
      builder: Builds the op from MLIR values.
      result: The aval of the op's result, from those of its operands.
    """
    primitive = Primitive(f"test_{builder.__name__}")
    primitive.def_abstract_eval(result)

    def lower(context, *operands):
        return [builder(*operands)]

    mlir.register_lowering(primitive, lower)
    return primitive.bind


@dataclasses.dataclass(frozen=True)
class Row:
    """An op in which one operand is unknown, real and elementwise.

    Attributes:
      op: The name of the rule, which is that of its lit test.
      fun: The op as a JAX function of the unknown.
      inverse: The true x of a y.
      slope: The true derivative of `fun` at x.
      points: The y at which to test, of the whole range; those that a dtype does not
        have are left out.
      ulps: How far x may be from the true one, in f32 and in f64, in units in the
        last place, either of x or of y.
      share_ulps: How far its share may be from log|dx/dy|, in epsilons, absolute up
        to one and relative above.
      outside: Some y that no x has.
      label: What distinguishes this row from others of the op.
    """

    op: str
    fun: Callable[..., Any]
    inverse: Callable[[Any], Any]
    slope: Callable[[Any], Any]
    points: Sequence[float]
    ulps: tuple[float, float] = (2, 2)
    share_ulps: tuple[float, float] = (4, 4)
    outside: Sequence[float] = ()
    label: str = ""

    @property
    def name(self):
        return f"{self.op}-{self.label}" if self.label else self.op


def in_dtype(values, dtype):
    """`values` as an array, without those that leave its range or round to one."""
    info = jnp.finfo(dtype)
    kept = [v for v in values if v == 0 or float(info.tiny) <= abs(v)]
    kept = [v for v in kept if abs(v) <= float(info.max)]
    kept = [v for v in kept if abs(v) == 1 or abs(float(info.dtype.type(v))) != 1]
    return jnp.asarray(np.array(kept, np.float64).astype(dtype))


def solve(fun, y):
    """The unknown and its share."""
    return invhlo.inverse_and_ildj(fun, y, reduce_ildj=False)(y)


def exact(value):
    """The number that a float is."""
    return mpmath.mpf(float(value))


def true_share_of(row, y):
    """log|dx/dy|."""
    return -mpmath.log(abs(row.slope(row.inverse(y))))


def fits(value, dtype):
    """Whether a number is in the normal range of `dtype`."""
    info = jnp.finfo(dtype)
    return value == 0 or float(info.tiny) <= abs(value) <= float(info.max)


def spacing(value, dtype):
    """The distance between numbers of `dtype` near `value`."""
    info = jnp.finfo(dtype)
    magnitude = max(abs(value), exact(info.tiny))
    return mpmath.mpf(2) ** (mpmath.floor(mpmath.log(magnitude, 2)) - info.nmant)


def points_of(row, dtype):
    """The points at which y and x are numbers of `dtype`."""
    y = in_dtype(row.points, dtype)
    kept = [fits(row.inverse(exact(value)), dtype) for value in np.asarray(y)]
    return y[np.array(kept)]


def check_row(row, dtype):
    """x and its share are those of mpmath, and f(x) is y, over the whole range."""
    y = points_of(row, dtype)
    x, share = solve(row.fun, y)
    assert (x.shape, x.dtype, share.shape) == (y.shape, y.dtype, y.shape)
    info = jnp.finfo(dtype)
    which = 1 if info.bits == 64 else 0
    half = info.bits == 16
    # Half precision is computed in f32, so that only the last rounding shows.
    ulps = 0.51 if half else row.ulps[which]
    again = jax.jit(row.fun)(x)
    eps = exact(jnp.finfo(share.dtype).eps)
    y, x, share, again = map(np.asarray, (y, x, share, again))

    for i, value in enumerate(map(exact, y)):
        true_x = row.inverse(value)
        slope = abs(row.slope(true_x))
        true_share = true_share_of(row, value)
        at = f"{row.name} at y = {float(y[i])!r} in {dtype}"
        # What the last place of y changes, x need not know better.
        unit = max(spacing(true_x, dtype), spacing(value, dtype) / slope)
        error = abs(exact(x[i]) - true_x) / unit
        assert error <= ulps, (
            f"{at}: x = {float(x[i])!r} is {float(error):.3g} ulps off {float(true_x)}"
        )
        below = true_share_of(row, value - mpmath.sign(value) * spacing(value, dtype))
        unit_of_share = max(eps * max(1, abs(true_share)), abs(below - true_share))
        off = abs(exact(share[i]) - true_share) / unit_of_share
        assert off <= row.share_ulps[which], (
            f"{at}: share {float(share[i])!r} is {float(off):.3g} epsilons off "
            f"{float(true_share)}"
        )
        # The rounding of x comes back enlarged by the condition of f, to which XLA
        # adds its own.
        allowed = (ulps + 1) * slope * unit
        if allowed < abs(value) / 100:
            allowed += FORWARD_ULPS * spacing(value, dtype)
            assert abs(exact(again[i]) - value) <= allowed, (
                f"{at}: f(x) = {float(again[i])!r}"
            )


def derivatives(fun):
    """First and second derivatives of the elementwise `fun`, by each mode of JAX.

    Returns:
      A function of y that returns, for each output of `fun`, the derivatives by
      `jvp` and by `vjp`, and the second ones by `jvp` and by `vjp` of the latter.
    """

    def by_vjp(fun):
        def derive(y):
            outputs, pull = jax.vjp(fun, y)

            def pick(which):
                return [
                    jnp.ones_like(output) if i == which else jnp.zeros_like(output)
                    for i, output in enumerate(outputs)
                ]

            return [pull(pick(which))[0] for which in range(len(outputs))]

        return derive

    def by_jvp(fun):
        return lambda y: jax.jvp(fun, (y,), (jnp.ones_like(y),))[1]

    def listed(y):
        return list(fun(y))

    first = by_vjp(listed)
    modes = [by_jvp(listed), first, by_jvp(first), by_vjp(first)]
    return jax.jit(lambda y: [mode(y) for mode in modes])


def true_derivatives(row, y):
    """The first and second derivatives of x and of its share; None at a kink."""
    with mpmath.workdps(150):
        step = mpmath.mpf(10) ** -20 * (abs(y) or 1)
        slopes = [1 / row.slope(row.inverse(y + k * step)) for k in (-1, 0, 1)]
        shares = [mpmath.log(abs(slope)) for slope in slopes]
        if not (is_smooth(slopes) and is_smooth(shares)):
            return (slopes[1], None), (None, None)
        of_share = (shares[2] - shares[0]) / (2 * step)
        bend = (shares[2] - 2 * shares[1] + shares[0]) / step**2
        return (slopes[1], of_share), ((slopes[2] - slopes[0]) / (2 * step), bend)


def is_smooth(values):
    """Whether values at three neighbouring points are on no kink."""
    before, here, after = values
    return abs(after - 2 * here + before) <= 1e-8 * abs(after - before)


def check_derivatives(row, dtype, tolerance=1e-3):
    """Derivatives are those of mpmath, up to the second, by either mode."""
    y = points_of(row, dtype)
    y = y[(y == 0) | ((abs(y) >= 1e-30) & (abs(y) <= 1e30))]
    inverse = invhlo.inverse_and_ildj(row.fun, y, reduce_ildj=False)
    found = derivatives(inverse)(y)
    most = mpmath.sqrt(exact(jnp.finfo(dtype).max))
    for i, value in enumerate(map(exact, np.asarray(y))):
        first, second = true_derivatives(row, value)
        for name, got, truth in zip(
            ("jvp", "vjp", "jvp of vjp", "vjp of vjp"),
            found,
            (first, first, second, second),
            strict=True,
        ):
            for of, one, want in zip(("x", "share"), got, truth, strict=True):
                one = float(np.asarray(one)[i])
                at = f"{name} of {of} of {row.name} at y = {float(y[i])!r} in {dtype}"
                if want is None or abs(want) > most:
                    continue
                assert np.isfinite(one), f"{at}: {one}, not {float(want)}"
                assert abs(one - want) <= tolerance * max(abs(want), 1e-3), (
                    f"{at}: {one!r}, not {float(want)}"
                )


def check_outside(row, dtype):
    """No finite number comes back for what is no value of the function."""
    x, _ = solve(row.fun, jnp.asarray(row.outside, dtype))
    assert bool(jnp.all(jnp.isnan(x)))


def lowered_text(fun, *args):
    """What JAX lowers `fun` to."""
    return jax.jit(fun).lower(*args).as_text()
