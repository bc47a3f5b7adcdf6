# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Tables of functions as users write them, and how a row is judged."""

import dataclasses
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree

import invhlo
from judge import assert_close, call_for, places_of, tolerance_of


class Draw:
    """Draws the arrays of one program, the same ones every time."""

    def __init__(self, dtype):
        self.dtype = jnp.dtype(dtype)
        self._random = np.random.default_rng(20)

    def normal(self, *shape):
        return jnp.asarray(self._random.normal(size=shape), self.dtype)

    def uniform(self, low, high, *shape):
        return jnp.asarray(self._random.uniform(low, high, size=shape), self.dtype)

    def matrix(self, *shape):
        """A well-conditioned square matrix, or a batch of them."""
        unit = np.eye(shape[-1])
        noise = self._random.normal(size=shape) / (2 * shape[-1] ** 0.5)
        return jnp.asarray(unit + noise, self.dtype)

    def orthogonal(self, size):
        factor, _ = np.linalg.qr(self._random.normal(size=(size, size)))
        return jnp.asarray(factor, self.dtype)

    def integers(self, dtype, *shape):
        """Integers of the whole range of `dtype`, its ends among them."""
        info = jnp.iinfo(dtype)
        values = self._random.integers(
            info.min, info.max, size=shape, dtype=dtype, endpoint=True
        )
        values.flat[:2] = info.min, info.max
        return jnp.asarray(values)

    def permutation(self, size):
        return self._random.permutation(size)

    def bits(self, *shape):
        return self._random.integers(0, 2, size=shape).astype(bool)


@dataclasses.dataclass(frozen=True)
class Program:
    """A row: a function of a `Draw` that returns what to invert.

    Attributes:
      make: Returns the function, its arguments and, where not all are unknown,
        `argnums`.
    """

    make: Callable[[Draw], tuple[Any, ...]]

    @property
    def name(self):
        return self.make.__name__

    def draw(self, dtype, draw=Draw):
        """The function, its arguments and `argnums`."""
        fun, args, *rest = self.make(draw(dtype))
        args = args if isinstance(args, tuple) else (args,)
        return fun, args, rest[0] if rest else None


class Table(list[Program]):
    """Programs, which enter as decorated functions."""

    def add(self, make):
        self.append(Program(make))
        return make


def unknown_of(args, argnums):
    """The unknown arguments as an inverse returns them."""
    places, single = places_of(argnums, len(args))
    unknown = tuple(args[place] for place in places)
    return unknown[0] if single else unknown


def check_values(program, dtype, draw=Draw):
    """The inverse returns the arguments; of integers, exactly."""
    fun, args, argnums = program.draw(dtype, draw)
    output = fun(*args)
    call = call_for(output, args, argnums)
    got = invhlo.inverse(fun, *args, argnums=argnums)(*call)
    assert_close(got, unknown_of(args, argnums), tolerance_of((args, output)))


def varying_ildj(fun, args, argnums):
    """The inverse log-det of the outputs that vary; padding does not."""
    places, _ = places_of(argnums, len(args))
    flat, unravel = ravel_pytree([args[place] for place in places])

    def flat_fun(flat):
        called = list(args)
        for place, value in zip(places, unravel(flat), strict=True):
            called[place] = value
        return ravel_pytree(fun(*called))[0]

    jacobian = jax.jacfwd(flat_fun)(flat)
    varying = jacobian[np.asarray(jnp.any(jacobian != 0, axis=1))]
    assert varying.shape == (flat.size, flat.size)
    return -jnp.linalg.slogdet(varying).logabsdet


def check_program(program, dtype):
    """The inverse returns the arguments, and its log-det is the dense Jacobian's."""
    fun, args, argnums = program.draw(dtype)
    output = fun(*args)
    call = call_for(output, args, argnums)
    solve = invhlo.inverse_and_ildj(fun, *args, argnums=argnums, reduce_ildj=False)
    got, shares = solve(*call)
    tolerance = tolerance_of((args, output))
    assert_close(got, unknown_of(args, argnums), tolerance)

    assert jax.tree.structure(shares) == jax.tree.structure(got)
    for share, leaf in zip(jax.tree.leaves(shares), jax.tree.leaves(got), strict=True):
        assert share.shape == leaf.shape
    total = sum(float(jnp.sum(share)) for share in jax.tree.leaves(shares))
    want = float(varying_ildj(fun, args, argnums))
    np.testing.assert_allclose(total, want, rtol=tolerance, atol=tolerance)
