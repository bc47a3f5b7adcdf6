# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Loops that take several rows in a step, or not one after another."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

_RANDOM = np.random.default_rng(2)
SERIES = _RANDOM.normal(size=6)
GRID = _RANDOM.normal(size=(3, 4))
X = _RANDOM.uniform(0.2, 0.9, size=3)
ORDER = np.array([2, 0, 1, 5, 3, 4], np.int32)
MASKS = np.array([[1, 0, 1], [0, 1, 0], [0, 1, 1]])
PERMUTATIONS = np.array([[1, 0, 2], [0, 2, 1], [2, 1, 0]], np.int32)


def two_rows(x):
    def step(i, y):
        y = y.at[2 * i].set(2 * x[2 * i])
        return y.at[2 * i + 1].set(3 * x[2 * i + 1] + jnp.sin(y[2 * i]))

    return lax.fori_loop(0, 3, step, jnp.zeros_like(x))


def wide_rows(x):
    def step(i, y):
        rows = lax.dynamic_slice(x, (2 * i,), (2,))
        return lax.dynamic_update_slice(y, jnp.sinh(rows), (2 * i,))

    return lax.fori_loop(0, 3, step, jnp.zeros_like(x))


def wide_columns_from_the_end(x):
    def step(i, y):
        columns = lax.dynamic_slice(x, (0, 2 - 2 * i), (3, 2))
        return lax.dynamic_update_slice(y, jnp.sinh(columns) + i, (0, 2 - 2 * i))

    return lax.fori_loop(0, 2, step, jnp.zeros_like(x))


def counter_of_two(x):
    def step(state):
        i, y = state
        y = y.at[i].set(jnp.sinh(x[i]))
        return i + 2, y.at[i + 1].set(2 * x[i + 1])

    return lax.while_loop(lambda state: state[0] < 6, step, (0, jnp.zeros_like(x)))[1]


def pairs_in_place(x):
    """Two rows from what was written in the step before, and each from the other."""

    def step(i, y):
        y = y.at[2 * i].set(y[2 * i] * jnp.exp(jnp.tanh(y[2 * i - 1])))
        return y.at[2 * i + 1].set(jnp.sinh(y[2 * i + 1]) + y[2 * i] * y[2 * i - 2])

    return lax.fori_loop(1, 3, step, x)


def pairs_in_place_backward(x):
    def step(k, y):
        i = 1 - k
        y = y.at[2 * i].set(y[2 * i] * jnp.exp(jnp.tanh(y[2 * i + 2])))
        return y.at[2 * i + 1].add(y[2 * i] * y[2 * i + 3])

    return lax.fori_loop(0, 2, step, x)


def swapped(x):
    """Both from what was there before either was written."""

    def step(i, y):
        mixed = y.at[2 * i].set(2 * y[2 * i + 1])
        return mixed.at[2 * i + 1].set(3 * y[2 * i] + jnp.tanh(mixed[2 * i]))

    return lax.fori_loop(0, 3, step, x)


def lifting(x):
    """Even numbers from odd ones, then odd ones from even ones."""
    x = lax.fori_loop(
        0, 3, lambda i, y: y.at[2 * i].multiply(jnp.exp(jnp.tanh(y[2 * i + 1]))), x
    )
    return lax.fori_loop(
        1, 3, lambda i, y: y.at[2 * i + 1].add(jnp.tanh(y[2 * i]) + y[2 * i - 1]), x
    )


def one_row_in_two_updates(x):
    return lax.fori_loop(
        0, 6, lambda i, y: y.at[i].set(2 * x[i]).at[i].add(i), jnp.zeros_like(x)
    )


def over_indices(x):
    return lax.map(lambda i: jnp.sinh(x[i]), jnp.arange(6))


def over_a_grid(x):
    def row(i, y):
        return lax.fori_loop(0, 4, lambda j, y: y.at[i, j].set(2 * x[i, j] + i), y)

    return lax.fori_loop(0, 3, row, jnp.zeros_like(x))


def along_rows_of_a_grid(x):
    """In place, each element from the one before in its row."""

    def element(i, j, y):
        return y.at[i, j].set(y[i, j] * jnp.exp(jnp.tanh(y[i, j - 1])) + i)

    def row(i, y):
        return lax.fori_loop(1, 4, lambda j, y: element(i, j, y), y)

    return lax.fori_loop(0, 3, row, x)


def along_columns_of_a_grid(x):
    def column(j, y):
        def element(k, y):
            i = 1 - k
            return y.at[i, j].add(jnp.tanh(y[i + 1, j]))

        return lax.fori_loop(0, 2, element, y)

    return lax.fori_loop(0, 4, column, x)


def from_a_row_of_another_loop(x):
    """The last loop writes row i of what it reads in row j, which is not the same."""

    def inner(i, j, y):
        return lax.fori_loop(0, 3, lambda k, y: y.at[i, k].set(jnp.sinh(y[j, k])), y)

    def outer(i, y):
        return lax.fori_loop(0, 3, lambda j, y: inner(i, j, y), y)

    return lax.fori_loop(0, 3, outer, x)


ROWS = {
    "two rows": (two_rows, SERIES),
    "two rows, mapped": (jax.vmap(two_rows), np.stack([SERIES, SERIES / 2])),
    "wide rows": (wide_rows, SERIES),
    "wide columns, from the end": (wide_columns_from_the_end, GRID),
    "a counter of two": (counter_of_two, SERIES),
    "pairs in place": (pairs_in_place, SERIES),
    "pairs in place, backward": (pairs_in_place_backward, SERIES),
    "swapped": (swapped, SERIES),
    "lifting": (lifting, SERIES),
    "one row in two updates": (one_row_in_two_updates, SERIES),
    "over indices": (over_indices, SERIES),
    "over a grid": (over_a_grid, GRID),
    "over a grid, mapped": (jax.vmap(over_a_grid), np.stack([GRID, GRID / 2])),
    "along rows of a grid": (along_rows_of_a_grid, GRID),
    "along columns of a grid": (along_columns_of_a_grid, GRID),
}


# No step needs another, and computes each number from those beside it.
APART = [
    "wide rows",
    "wide columns, from the end",
    "one row in two updates",
    "over indices",
]


def by_masks(x):
    """Couplings whose mask is another one in each layer."""

    def layer(c, mask):
        kept = jnp.where(mask, c, 0)
        return jnp.where(mask, c, c * jnp.exp(jnp.tanh(kept.sum()))), None

    return lax.scan(layer, x, MASKS > 0)[0]


def by_factors(x):
    def layer(c, mask):
        mask = mask.astype(c.dtype)
        scale = jnp.exp(jnp.tanh(jnp.sum(mask * c)))
        return mask * c + (1 - mask) * (c * scale), None

    return lax.scan(layer, x, MASKS)[0]


def permuted(x):
    return lax.scan(lambda c, p: (jnp.tanh(c[p]), None), x, PERMUTATIONS)[0]


def visited_in_an_order(x):
    return lax.map(lambda i: jnp.sinh(x[i]), ORDER)


def written_in_an_order(x):
    def step(y, i):
        return y.at[i].set(jnp.sinh(x[i])), None

    return lax.scan(step, jnp.zeros_like(x), ORDER)[0]


# A literal tells what a step chooses.
CHOSEN = {
    "masks": (by_masks, X),
    "factors": (by_factors, X),
    "permutations": (permuted, X),
    "visited in an order": (visited_in_an_order, SERIES),
    "written in an order": (written_in_an_order, SERIES),
}
