# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Trains a coupling flow on images of handwritten digits.

The flow is written in one direction, as a plain function that draws a digit from noise.
`invhlo` derives the other direction, from digits to noise, and its log-det-Jacobian,
through which the flow is trained by maximum likelihood.

    python examples/coupling_flow.py [--steps 1000] [--output DIRECTORY]
"""

import argparse
import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import matplotlib as mpl
import numpy as np
import optax
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

import invhlo

LAYERS = 8
HIDDEN = 128
PIXELS = 64
LEVELS = 17  # of gray
BATCH = 128
# Each layer sees the values in another order.
ORDERS = [np.random.default_rng(layer).permutation(PIXELS) for layer in range(LAYERS)]


def conditioner(weights: Any, x: jax.Array) -> tuple[jax.Array, jax.Array]:
    """A multilayer perceptron that gives a shift and a log-scale."""
    for matrix, bias in weights[:-1]:
        x = jax.nn.silu(x @ matrix + bias)
    matrix, bias = weights[-1]
    shift, log_scale = jnp.split(x @ matrix + bias, 2)
    return shift, jnp.tanh(log_scale)


def draw(params: Any, noise: jax.Array) -> jax.Array:
    """Turns normal noise, `[64]`, into an image of the same shape, in (0, 1)."""
    x = noise
    for weights, order in zip(params, ORDERS, strict=True):
        keep, change = jnp.split(x[order], 2)
        shift, log_scale = conditioner(weights, keep)
        x = jnp.concatenate([keep, change * jnp.exp(log_scale) + shift])
    return jax.nn.sigmoid(x)


# All that there is to do for the other direction.
encode_and_ildj = invhlo.inverse_and_ildj(draw, argnums=1)


def log_likelihood(params: Any, image: jax.Array) -> jax.Array:
    """The log of the density of `image`, in nats."""
    noise, ildj = encode_and_ildj(params, image)
    density: jax.Array = jax.scipy.stats.norm.logpdf(noise).sum() + ildj
    return density


def mean_log_likelihood(params: Any, images: jax.Array) -> jax.Array:
    """The mean over images, `[n, 64]`."""
    of_each = jax.vmap(log_likelihood, in_axes=(None, 0))
    return of_each(params, images).mean()


def init(key: jax.Array) -> Any:
    """Random parameters for `draw`, with which its layers change nothing."""
    sizes = (PIXELS // 2, HIDDEN, HIDDEN, PIXELS)

    def linear(key: jax.Array, rows: int, columns: int) -> tuple[jax.Array, jax.Array]:
        last = columns == PIXELS
        matrix = jax.random.normal(key, (rows, columns)) / rows**0.5
        return (0.0 if last else 1.0) * matrix, jnp.zeros(columns)

    return [
        [
            linear(jax.random.fold_in(layer_key, i), *shape)
            for i, shape in enumerate(zip(sizes[:-1], sizes[1:], strict=True))
        ]
        for layer_key in jax.random.split(key, LAYERS)
    ]


def dequantize(key: jax.Array, levels: jax.Array) -> jax.Array:
    """Images in (0, 1), spread evenly over the width of their gray levels."""
    noise = jax.random.uniform(key, levels.shape, minval=1e-3, maxval=1 - 1e-3)
    return (levels + noise) / LEVELS


def load() -> tuple[jax.Array, jax.Array]:
    """The 1,797 digits of scikit-learn, as training and held-out images `[n, 64]`."""
    split = train_test_split(load_digits().data, test_size=0.2, random_state=0)
    training, held_out = (jnp.asarray(images, jnp.float32) for images in split)
    return training, dequantize(jax.random.key(1), held_out)


def ascend(
    score: Callable[..., jax.Array],
    optimizer: optax.GradientTransformation,
    training: jax.Array,
) -> Callable[..., tuple[Any, Any]]:
    """A step that makes `score` greater on some of the images.

    It takes the parameters, the state of the optimizer and a random key, and returns
    the former two.
    """

    @functools.partial(jax.jit, donate_argnums=(0, 1))
    def step(params: Any, state: Any, key: jax.Array) -> tuple[Any, Any]:
        pick, spread = jax.random.split(key)
        rows = jax.random.choice(pick, training, (BATCH,))
        images = dequantize(spread, rows)
        grads = jax.grad(lambda params: -score(params, images))(params)
        updates, state = optimizer.update(grads, state, params)
        return optax.apply_updates(params, updates), state

    return step


def train(steps: int, console: Console) -> tuple[Any, jax.Array]:
    """Maximises the likelihood; returns the parameters and the held-out images."""
    training, held_out = load()
    schedule = optax.cosine_decay_schedule(2e-3, steps)
    optimizer = optax.chain(
        optax.clip_by_global_norm(1.0), optax.adamw(schedule, weight_decay=1.0)
    )

    step = ascend(mean_log_likelihood, optimizer, training)
    evaluate = jax.jit(mean_log_likelihood)
    params = init(jax.random.key(0))
    state = optimizer.init(params)
    columns = (
        TextColumn("Training"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total} steps"),
        TextColumn("held-out log-likelihood {task.fields[score]:.1f} nats"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        score = evaluate(params, held_out)
        task = progress.add_task("", total=steps, score=score)
        for i in range(steps):
            params, state = step(params, state, jax.random.key(100 + i))
            if i % 100 == 99 or i == steps - 1:
                score = evaluate(params, held_out)
                progress.update(task, completed=i + 1, score=score)
    return params, held_out


def report(params: Any, images: jax.Array) -> Table:
    """How well the derived direction fits the written one."""
    noise, ildj = jax.vmap(encode_and_ildj, in_axes=(None, 0))(params, images)
    again = jax.vmap(draw, in_axes=(None, 0))(params, noise)
    jacobian = jax.jacfwd(draw, argnums=1)(params, noise[0])
    dense = -jnp.linalg.slogdet(jacobian).logabsdet
    table = Table("held-out digits", "")
    table.add_row("log-likelihood", f"{mean_log_likelihood(params, images):.2f} nats")
    table.add_row("largest error there and back", f"{abs(again - images).max():.1e}")
    table.add_row("log-det of the first", f"{ildj[0]:.3f}")
    table.add_row("from its dense Jacobian", f"{dense:.3f}")
    return table


def save_picture(params: Any, images: jax.Array, path: Path) -> None:
    """Saves digits, what is drawn from fresh noise, and ways between two digits."""
    mpl.use("agg")
    from matplotlib import pyplot as plt

    draw_all = jax.vmap(draw, in_axes=(None, 0))
    noise, _ = jax.vmap(encode_and_ildj, in_axes=(None, 0))(params, images[:12])
    fresh = 0.8 * jax.random.normal(jax.random.key(2), (24, PIXELS))
    rows = {
        "digits": images[:12],
        "samples": draw_all(params, fresh[:12]),
        "": draw_all(params, fresh[12:]),
    }
    weight = jnp.linspace(0, 1, 12)[:, None]
    for i, name in ((0, "between"), (2, "digits")):
        way = (1 - weight) * noise[i] + weight * noise[i + 1]
        rows[f"{name} "] = draw_all(params, way)
    figure, axes = plt.subplots(len(rows), 12, figsize=(12, 5.4))
    for (name, row), line in zip(rows.items(), axes, strict=True):
        for image, ax in zip(row, line, strict=True):
            ax.imshow(image.reshape(8, 8), cmap="gray", vmin=0, vmax=1)
            ax.set(xticks=[], yticks=[])
        line[0].set_ylabel(name.strip())
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=120)


def main() -> None:
    """Runs the example."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=1000, help="how long to train")
    parser.add_argument(
        "--output",
        type=Path,
        default=Path(__file__).parent / "output",
        help="where the picture is saved",
    )
    arguments = parser.parse_args()
    console = Console()
    params, held_out = train(arguments.steps, console)
    console.print(report(params, held_out))
    picture = arguments.output / "coupling_flow.png"
    save_picture(params, held_out, picture)
    console.print(f"Digits, samples and ways between digits: {picture}", soft_wrap=True)


if __name__ == "__main__":
    main()
