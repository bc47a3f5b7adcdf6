# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions with custom inverses, fresh for each test."""

import jax.numpy as jnp

from invhlo import NonInvertibleError, custom_inverse


def make_add_one():
    @custom_inverse
    def add_one(x):
        return x + 1.0

    return add_one


def make_add():
    """`x + y` with a rule for each unknown."""

    @custom_inverse
    def add(x, y):
        return x + y

    @add.def_inverse_and_ildj
    def add_inverse(invals, out, share):
        x, y = invals
        if x is None and y is None:
            raise NonInvertibleError("both terms are unknown")
        if x is None:
            return (out - y, y), (share, None)
        return (x, out - x), (None, share)

    return add


def make_cube():
    """`x ** 3` by a body that cannot be inverted, so that the rule must be used."""

    @custom_inverse
    def cube(x):
        """The third power."""
        return x * x * x

    cube.def_inverse_unary(jnp.cbrt)
    return cube
