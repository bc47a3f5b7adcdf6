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


def check_row(row, dtype):
    """x and its share are those of mpmath, and f(x) is y, over the whole range."""
    y = in_dtype(row.points, dtype)
    kept = [fits(row.inverse(exact(value)), dtype) for value in np.asarray(y)]
    y = y[np.array(kept)]
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


def check_outside(row, dtype):
    """No finite number comes back for what is no value of the function."""
    x, _ = solve(row.fun, jnp.asarray(row.outside, dtype))
    assert bool(jnp.all(jnp.isnan(x)))


def lowered_text(fun, *args):
    """What JAX lowers `fun` to."""
    return jax.jit(fun).lower(*args).as_text()
