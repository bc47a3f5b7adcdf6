# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Loops that write one row after another of an array which they read as a whole."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

_RANDOM = np.random.default_rng(1)
SERIES = _RANDOM.normal(size=6)
ROWS = _RANDOM.normal(size=(3, 6))
MIXING = 0.5 * _RANDOM.normal(size=(6, 6))


def next_row(z, written):
    """A number from one that is drawn, and from all that are written before."""
    return z * jnp.exp(jnp.tanh(written.sum(-1))) + written.sum(-1)


def conditioned(z, written):
    """The same by a network of all of them."""
    return z * jnp.exp(jnp.tanh(written)) + jnp.sin(written)


def set_by_counter(z):
    def step(i, x):
        return x.at[i].set(next_row(z[i], x))

    return lax.fori_loop(0, 6, step, jnp.zeros_like(z))


def set_by_scanned_number(z):
    def step(x, scanned):
        i, z = scanned
        return x.at[i].set(next_row(z, x)), None

    return lax.scan(step, jnp.zeros_like(z), (jnp.arange(6), z))[0]


def set_from_the_end(z):
    def step(i, x):
        return x.at[5 - i].set(next_row(z[5 - i], x))

    return lax.fori_loop(0, 6, step, jnp.zeros_like(z))


def add_to_zeros(z):
    def step(i, x):
        return x.at[i].add(next_row(z[i], x))

    return lax.fori_loop(0, 6, step, jnp.zeros_like(z))


def choose_by_number(z):
    """As it is written for machines that do not scatter well."""

    def step(i, x):
        return jnp.where(jnp.arange(6) == i, next_row(z[i], x), x)

    return lax.fori_loop(0, 6, step, jnp.zeros_like(z))


def set_columns(z):
    mixing = jnp.asarray(MIXING, z.dtype)

    def step(i, x):
        return x.at[:, i].set(conditioned(z[:, i], (x @ mixing)[:, i]))

    return lax.fori_loop(0, 6, step, jnp.zeros_like(z))


def in_place_masked(z):
    """What is not written yet is there, but masked."""
    mixing = jnp.asarray(MIXING, z.dtype)

    def step(i, x):
        written = jnp.where(jnp.arange(6) < i, x, 0) @ mixing
        return x.at[..., i].set(conditioned(x[..., i], written[..., i]))

    return lax.fori_loop(0, 6, step, z)


def in_place_masked_from_the_end(z):
    mixing = jnp.asarray(MIXING, z.dtype)

    def step(t, x):
        i = 5 - t
        written = jnp.where(jnp.arange(6) > i, x, 0) @ mixing
        return x.at[i].set(conditioned(x[i], written[i]))

    return lax.fori_loop(0, 6, step, z)


BUFFERS = {
    "set": (set_by_counter, SERIES),
    "set, mapped": (jax.vmap(set_by_counter), ROWS),
    "set, by a scanned number": (set_by_scanned_number, SERIES),
    "set, from the end": (set_from_the_end, SERIES),
    "set, columns": (set_columns, ROWS),
    "added to zeros": (add_to_zeros, SERIES),
    "chosen by number": (choose_by_number, SERIES),
    "masked in place": (in_place_masked, SERIES),
    "masked in place, columns": (in_place_masked, ROWS),
    "masked in place, from the end": (in_place_masked_from_the_end, SERIES),
}
