# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Gives a masked autoregressive layer its inverse, and inverts a deep flow of them.

The layer maps all dimensions in one pass through a masked network. Each output depends
on the inputs before it, so the way back is sequential. The compiler derives that from
the masks, too; `custom_inverse` says it in three lines, for layers whose masks are not
constants. What is around the layers is inverted by the compiler.

    python examples/masked_autoregressive.py
"""

import functools
import time
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.datasets import load_digits

import invhlo

LAYERS = 8
HIDDEN = 256
PIXELS = 64

# Of Germain et al., "MADE: Masked Autoencoder for Distribution Estimation", 2015: a
# unit of degree d sees inputs below d, an output the units of at most its own degree.
DEGREES = np.arange(HIDDEN) % (PIXELS - 1) + 1
IN_MASK = (np.arange(PIXELS)[:, None] < DEGREES).astype(np.float32)
OUT_MASK = (DEGREES[:, None] <= np.arange(PIXELS)).astype(np.float32)


def conditioner(weights: Any, x: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Shifts and log-scales, each a function of the pixels before its own."""
    hidden = jnp.tanh(x @ (weights["in"] * IN_MASK) + weights["bias"])
    shift = hidden @ (weights["shift"] * OUT_MASK)
    return shift, jnp.tanh(hidden @ (weights["scale"] * OUT_MASK))


@invhlo.custom_inverse
def autoregress(weights: Any, x: jax.Array) -> jax.Array:
    """Masked autoregressive layer (Papamakarios et al., 2017)."""
    shift, log_scale = conditioner(weights, x)
    return x * jnp.exp(log_scale) + shift


@autoregress.def_inverse_and_ildj
def _(arguments: Any, y: jax.Array, share: jax.Array) -> Any:
    weights, _ = arguments

    def refine(_: int, x: jax.Array) -> jax.Array:
        # Each round is right in one more pixel.
        shift, log_scale = conditioner(weights, x)
        return (y - shift) * jnp.exp(-log_scale)

    x = jax.lax.fori_loop(0, PIXELS, refine, jnp.zeros_like(y))
    _, log_scale = conditioner(weights, x)
    return (None, x), (None, share - log_scale)


def flow(weights: Any, x: jax.Array) -> jax.Array:
    """Images to latents; only the autoregressive layers say how to come back."""
    for layer in weights:
        x = (x + layer["offset"]) * jnp.exp(layer["log_gain"])
        x = autoregress(layer["made"], x)
        x = jnp.arcsinh(x[..., ::-1])
    return x


def random_weights(key: jax.Array) -> list[Any]:
    """Weights of `LAYERS` layers."""

    def layer(key: jax.Array) -> Any:
        keys = jax.random.split(key, 5)
        normal = functools.partial(jax.random.normal, dtype=jnp.float32)
        return {
            "offset": 0.1 * normal(keys[0], (PIXELS,)),
            "log_gain": 0.1 * normal(keys[1], (PIXELS,)),
            "made": {
                "in": normal(keys[2], (PIXELS, HIDDEN)) / PIXELS**0.5,
                "bias": jnp.zeros(HIDDEN),
                "shift": normal(keys[3], (HIDDEN, PIXELS)) / HIDDEN**0.5,
                "scale": 0.5 * normal(keys[4], (HIDDEN, PIXELS)) / HIDDEN**0.5,
            },
        }

    return [layer(key) for key in jax.random.split(key, LAYERS)]


def seconds(fun: Any, *args: Any) -> float:
    """The time of one call, the best of five."""
    jax.block_until_ready(fun(*args))
    times = []
    for _ in range(5):
        start = time.perf_counter()
        jax.block_until_ready(fun(*args))
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Maps the digits to latents and back."""
    jax.config.update("jax_enable_x64", True)
    digits = jnp.asarray(load_digits().data / 16.0 - 0.5)
    weights = jax.tree.map(
        lambda weight: weight.astype(digits.dtype), random_weights(jax.random.key(0))
    )
    forward = jax.jit(flow)
    inverse = jax.jit(invhlo.inverse_and_ildj(flow, argnums=1, reduce_ildj=False))
    latents = forward(weights, digits)
    found, shares = inverse(weights, latents)

    jacobian = jax.jacfwd(lambda x: flow(weights, x))(digits[0])
    want = -jnp.linalg.slogdet(jacobian).logabsdet
    table = Table(title=f"{LAYERS} masked autoregressive layers, {len(digits)} digits")
    table.add_column("what")
    table.add_column("measured", justify="right")
    error = float(jnp.max(jnp.abs(found - digits)))
    table.add_row("largest error of a pixel there and back", f"{error:.1e}")
    log_det = float(shares[0].sum())
    table.add_row("log-det of the first digit", f"{log_det:.9f}")
    table.add_row("from its dense Jacobian", f"{float(want):.9f}")
    table.add_row("forward", f"{seconds(forward, weights, digits):.3f} s")
    table.add_row("inverse, log-det", f"{seconds(inverse, weights, latents):.3f} s")
    Console().print(table)


if __name__ == "__main__":
    main()
