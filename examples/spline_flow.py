# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Trains a neural spline flow on images of handwritten digits.

Each layer bends half of the values by rational quadratic splines, whose knots a network
makes of the other half (Durkan et al., "Neural Spline Flows", 2019). They are written
as the paper has them, from noise to digits: count the knots below x, take what belongs
to that bin, and apply a formula. `invhlo` derives the direction from digits to noise,
with its log-det-Jacobian, through which the flow is trained.

    python examples/spline_flow.py [--steps 500]
"""

import argparse
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from coupling_flow import ascend, load
from rich.console import Console
from rich.progress import track
from rich.table import Table

import invhlo

LAYERS = 4
HIDDEN = 64
PIXELS = 64
BINS = 8
BOUND = 4.0  # beyond it, values stay as they are
NUMBERS = 3 * BINS - 1  # that a spline is made of
# Each layer sees the values in another order.
ORDERS = [np.random.default_rng(layer).permutation(PIXELS) for layer in range(LAYERS)]


def knots(numbers: jax.Array) -> tuple[jax.Array, jax.Array, jax.Array]:
    """The knots of splines, `[..., BINS + 1]`: where, how high, and how steep."""
    widths, heights, slopes = jnp.split(numbers, [BINS, 2 * BINS], axis=-1)

    def spread(parts: jax.Array) -> jax.Array:
        sums = jnp.cumsum(jax.nn.softmax(parts), axis=-1)[..., :-1]
        ends = [(0, 0)] * (parts.ndim - 1) + [(1, 1)]
        inside = (2 * sums - 1) * BOUND
        return jnp.pad(inside, ends, constant_values=((-BOUND, BOUND),))

    ends = [(0, 0)] * (slopes.ndim - 1) + [(1, 1)]
    # One for zero.
    positive = 0.01 + 0.99 * jax.nn.softplus(slopes + np.log(np.e - 1))
    return (
        spread(widths),
        spread(heights),
        jnp.pad(positive, ends, constant_values=1.0),
    )


def bend(numbers: jax.Array, x: jax.Array) -> jax.Array:
    """A spline for each element of `x`; `numbers` has a dimension more."""
    tables = knots(numbers)
    limited = jnp.clip(x, -BOUND, BOUND)
    count = jnp.sum(limited[..., None] >= tables[0], axis=-1)
    place = jnp.clip(count - 1, 0, BINS - 1)[..., None]

    def take(table: jax.Array) -> jax.Array:
        return jnp.take_along_axis(table, place, axis=-1)[..., 0]

    low, y, first = (take(table[..., :-1]) for table in tables)
    high, above, last = (take(table[..., 1:]) for table in tables)
    width, height = high - low, above - y
    t = (limited - low) / width
    s, rest = height / width, t * (1 - t)
    y = y + height * (s * t**2 + first * rest) / (s + (first + last - 2 * s) * rest)
    return jnp.where((x > -BOUND) & (x < BOUND), y, x)


def draw(params: Any, noise: jax.Array) -> jax.Array:
    """Turns normal noise, `[64]`, into an image of the same shape, in (0, 1)."""
    x = noise
    for (first, second), order in zip(params, ORDERS, strict=True):
        keep, change = jnp.split(x[order], 2)
        hidden = jax.nn.silu(keep @ first)
        numbers = (hidden @ second).reshape(PIXELS // 2, NUMBERS)
        x = jnp.concatenate([keep, bend(numbers, change)])
    return jax.nn.sigmoid(x)


# All that there is to do for the other direction.
encode_and_ildj = invhlo.inverse_and_ildj(draw, argnums=1)


def mean_log_likelihood(params: Any, images: jax.Array) -> jax.Array:
    """The mean of the log of the density of images, `[n, 64]`, in nats."""
    noise, ildj = jax.vmap(encode_and_ildj, in_axes=(None, 0))(params, images)
    density: jax.Array = jax.scipy.stats.norm.logpdf(noise).sum(axis=-1) + ildj
    return density.mean()


def init(key: jax.Array) -> Any:
    """Random parameters for `draw`, with which its layers change nothing."""
    matrices = jax.random.normal(key, (LAYERS, PIXELS // 2, HIDDEN)) / PIXELS**0.5
    shape = HIDDEN, PIXELS // 2 * NUMBERS
    return [(matrix, jnp.zeros(shape)) for matrix in matrices]


def train(steps: int, console: Console) -> tuple[Any, jax.Array]:
    """Maximises the likelihood; returns the parameters and the held-out images."""
    training, held_out = load()
    optimizer = optax.chain(
        optax.clip_by_global_norm(1.0),
        optax.adamw(optax.cosine_decay_schedule(2e-3, steps), weight_decay=0.3),
    )

    step = ascend(mean_log_likelihood, optimizer, training)
    params = init(jax.random.key(0))
    state = optimizer.init(params)
    score = jax.jit(mean_log_likelihood)
    console.print(f"Held-out log-likelihood: {score(params, held_out):.1f} nats")
    for i in track(range(steps), "Training", console=console):
        params, state = step(params, state, jax.random.key(100 + i))
    console.print(f"Held-out log-likelihood: {score(params, held_out):.1f} nats")
    return params, held_out


def report(params: Any, images: jax.Array) -> Table:
    """How well the derived direction fits the written one."""
    noise, ildj = jax.vmap(encode_and_ildj, in_axes=(None, 0))(params, images)
    again = jax.vmap(draw, in_axes=(None, 0))(params, noise)
    jacobian = jax.jacfwd(draw, argnums=1)(params, noise[0])
    dense = -jnp.linalg.slogdet(jacobian).logabsdet
    table = Table("of held-out images", "")
    table.add_row(
        "largest error of draw(encode(image))", f"{abs(again - images).max():.1e}"
    )
    table.add_row("log-det of one image", f"{ildj[0]:.3f}")
    table.add_row("the same by the dense Jacobian", f"{dense:.3f}")
    return table


def main() -> None:
    """Trains, and reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=500)
    steps = parser.parse_args().steps
    console = Console()
    params, held_out = train(steps, console)
    console.print(report(params, held_out[:64]))


if __name__ == "__main__":
    main()
