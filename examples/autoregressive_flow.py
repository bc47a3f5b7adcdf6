# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Trains an autoregressive flow on images of handwritten digits.

Each layer is written as one draws from it: a `lax.scan` over the pixels, which shifts
and scales the noise of each by what a network makes of the pixels before. `invhlo`
derives the scan from digits to noise, with its log-det-Jacobian, through which the flow
is trained; one written by hand takes as long.

    python examples/autoregressive_flow.py [--steps 500]
"""

import argparse
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from coupling_flow import LEVELS, ascend, load
from jax import lax
from masked_autoregressive import seconds
from rich.console import Console
from rich.progress import track
from rich.table import Table

import invhlo

LAYERS = 3
HIDDEN = 32
PIXELS = 64


def conditioner(weights: Any, seen: jax.Array) -> tuple[jax.Array, jax.Array]:
    """The shift and the log-scale of a pixel, of those before it."""
    first, second, bias = weights
    shift, log_scale = jax.nn.silu(seen @ first) @ second + bias
    return shift, jnp.tanh(log_scale)


def layer(weights: Any, noise: jax.Array) -> jax.Array:
    """One pixel after another; the others are zero until they are drawn."""

    def step(seen: jax.Array, pixel: Any) -> tuple[jax.Array, jax.Array]:
        i, own, z = pixel
        shift, log_scale = conditioner(own, seen)
        x = shift + jnp.exp(log_scale) * z
        return seen.at[i].set(x), x

    _, x = lax.scan(step, jnp.zeros(PIXELS), (jnp.arange(PIXELS), weights, noise))
    return x


def draw(params: Any, noise: jax.Array) -> jax.Array:
    """Turns normal noise, `[64]`, into an image of the same shape, in (0, 1)."""
    x = noise
    for weights in params:
        x = layer(weights, x[::-1])
    return jax.nn.sigmoid(x)


# All that there is to do for the other direction.
encode_and_ildj = invhlo.inverse_and_ildj(draw, argnums=1)


def encode_by_hand(params: Any, image: jax.Array) -> tuple[jax.Array, jax.Array]:
    """What `encode_and_ildj` does, for comparison."""

    def step(seen: jax.Array, pixel: Any) -> tuple[jax.Array, Any]:
        i, own, x = pixel
        shift, log_scale = conditioner(own, seen)
        return seen.at[i].set(x), ((x - shift) * jnp.exp(-log_scale), log_scale)

    x = jnp.log(image) - jnp.log1p(-image)
    ildj = -jnp.sum(jnp.log(image) + jnp.log1p(-image))
    for weights in reversed(params):
        pixels = jnp.arange(PIXELS), weights, x
        _, (z, log_scales) = lax.scan(step, jnp.zeros(PIXELS), pixels)
        x, ildj = z[::-1], ildj - log_scales.sum()
    return x, ildj


def bits(params: Any, images: jax.Array) -> jax.Array:
    """Bits per dimension of images, `[n, 64]`; a flat density needs log2(17) = 4.09."""
    noise, ildj = jax.vmap(encode_and_ildj, in_axes=(None, 0))(params, images)
    nats = jax.scipy.stats.norm.logpdf(noise).sum(axis=-1) + ildj
    mean: jax.Array = np.log2(LEVELS) - nats.mean() / PIXELS / np.log(2)
    return mean


def init(key: jax.Array) -> Any:
    """Random parameters for `draw`, with which its layers only reverse."""
    shape = LAYERS, PIXELS, PIXELS, HIDDEN
    return [
        (first, jnp.zeros((PIXELS, HIDDEN, 2)), jnp.zeros((PIXELS, 2)))
        for first in jax.random.normal(key, shape) / PIXELS**0.5
    ]


def main() -> None:
    """Trains, and reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=500)
    steps = parser.parse_args().steps
    training, held_out = load()
    optimizer = optax.adamw(optax.cosine_decay_schedule(4e-3, steps), weight_decay=2.0)
    step = ascend(lambda *batch: -bits(*batch), optimizer, training)
    params = init(jax.random.key(0))
    state = optimizer.init(params)
    table = Table(f"{len(held_out)} held-out images", "")
    table.add_row("before training", f"{bits(params, held_out):.2f} bits per dimension")
    for i in track(range(steps), "Training"):
        params, state = step(params, state, jax.random.key(100 + i))
    table.add_row("after training", f"{bits(params, held_out):.2f} bits per dimension")

    derived, by_hand = (
        jax.jit(jax.vmap(encode, in_axes=(None, 0)))
        for encode in (encode_and_ildj, encode_by_hand)
    )
    noise, ildj = derived(params, held_out)
    again = jax.vmap(draw, in_axes=(None, 0))(params, noise)
    table.add_row("largest error, there and back", f"{abs(again - held_out).max():.1e}")
    table.add_row("log-det of one image", f"{ildj[0]:.3f}")
    table.add_row("by hand", f"{by_hand(params, held_out)[1][0]:.3f}")
    for name, encode in (("time to encode", derived), ("by hand", by_hand)):
        table.add_row(name, f"{1e3 * seconds(encode, params, held_out):.1f} ms")
    Console().print(table)


if __name__ == "__main__":
    main()
