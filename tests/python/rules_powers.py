# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Integer powers, which JAX lowers to products, each with its truth in mpmath."""

from functools import partial

import jax
from mpmath import mp

from rules import Row
from rules_elementwise import POSITIVE, both

EXPONENTS = [-8, -5, -3, -2, *range(2, 10), 12, 31, 100]


def root(n, y):
    """The x that is not negative, or real, with x^n = y."""
    if y < 0:
        return -root(n, -y)
    return mp.root(y, n) if n > 0 else 1 / mp.root(y, -n)


def slope(n, x):
    return n * x ** (n - 1)


POWERS = [
    Row(
        "monomial",
        partial(jax.lax.integer_pow, y=n),
        partial(root, n),
        partial(slope, n),
        # The largest numbers overflow on the way back up.
        [v for v in (both(POSITIVE) if n % 2 else POSITIVE) if abs(v) < 1e200],
        ulps=(4, 4),
        outside=[] if n % 2 else [-1e-3, -1.0, -1e3],
        label=str(n),
    )
    for n in EXPONENTS
]
