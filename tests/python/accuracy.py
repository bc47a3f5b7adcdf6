# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How far inverses and log-dets are from the truth."""

import dataclasses

import jax
import mpmath
import numpy as np

from rules import exact, fits, in_dtype, solve, spacing, true_share_of


@dataclasses.dataclass(frozen=True)
class Accuracy:
    """The worst errors of an inverse over some points.

    Attributes:
      ulps: Of x, in units in the last place of x or of what that of y changes.
      ulps_of_x: Of x, in units in its last place alone.
      log_det: Of log|dx/dy|, relative to it or to what a relative change of y makes.
      worst: The y of the first, for messages.
    """

    ulps: float
    ulps_of_x: float
    log_det: float
    worst: float


def measure(row, dtype):
    """The accuracy of the inverse of `row.fun` at its points."""
    with jax.enable_x64(True):
        y = in_dtype(row.points, dtype)
        kept = [fits(row.inverse(exact(value)), dtype) for value in np.asarray(y)]
        y = y[np.array(kept)]
        x, share = map(np.asarray, solve(row.fun, y))
    ulps, ulps_of_x, log_det = [], [], []
    for value, got, got_share in zip(map(exact, np.asarray(y)), x, share, strict=True):
        true_x = row.inverse(value)
        true_share = true_share_of(row, value)
        off = abs(exact(got) - true_x)
        unit = spacing(true_x, dtype)
        ulps_of_x.append(float(off / unit))
        slope = abs(row.slope(true_x))
        ulps.append(float(off / max(unit, spacing(value, dtype) / slope)))
        step = mpmath.mpf(2) ** -60
        change = abs(true_share_of(row, value * (1 - step)) - true_share) / step
        scale = max(abs(true_share), change, exact(np.finfo(dtype).tiny))
        log_det.append(float(abs(exact(got_share) - true_share) / scale))
    worst = int(np.argmax(np.nan_to_num(ulps, nan=np.inf)))
    return Accuracy(
        max(ulps), max(ulps_of_x), max(log_det), float(np.asarray(y)[worst])
    )
