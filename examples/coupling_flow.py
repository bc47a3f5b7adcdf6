# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Inverts a coupling flow over images of handwritten digits.

The flow is written in one direction, as a plain function. `invhlo` derives the other
direction and its log-det-Jacobian.

    python examples/coupling_flow.py [--output DIRECTORY]
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import matplotlib as mpl
from rich.console import Console
from rich.syntax import Syntax
from rich.table import Table
from sklearn.datasets import load_digits

import invhlo

LAYERS = 6
HIDDEN = 128
PIXELS = 64


def conditioner(weights: Any, x: jax.Array) -> tuple[jax.Array, jax.Array]:
    """A multilayer perceptron that gives a shift and a log-scale."""
    for matrix, bias in weights[:-1]:
        x = jax.nn.silu(x @ matrix + bias)
    matrix, bias = weights[-1]
    shift, log_scale = jnp.split(x @ matrix + bias, 2, axis=-1)
    return shift, jnp.tanh(log_scale)


def flow(params: Any, image: jax.Array) -> jax.Array:
    """Maps images, `[..., 64]`, to codes of the same shape."""
    even, odd = image[..., ::2], image[..., 1::2]
    for layer in params:
        shift, log_scale = conditioner(layer, even)
        odd = odd * jnp.exp(log_scale) + shift
        even, odd = odd, even
    return jnp.concatenate([even, odd], axis=-1)


def init(key: jax.Array, dtype: Any) -> Any:
    """Random parameters for `flow`."""
    sizes = (PIXELS // 2, HIDDEN, HIDDEN, PIXELS)

    def linear(key: jax.Array, rows: int, columns: int) -> tuple[jax.Array, jax.Array]:
        matrix = jax.random.normal(key, (rows, columns), dtype) / rows**0.5
        return matrix, jnp.zeros(columns, dtype)

    return [
        [
            linear(jax.random.fold_in(layer_key, i), *shape)
            for i, shape in enumerate(zip(sizes[:-1], sizes[1:], strict=True))
        ]
        for layer_key in jax.random.split(key, LAYERS)
    ]


decode = invhlo.inverse(flow, argnums=1)
decode_and_ildj = invhlo.inverse_and_ildj(flow, argnums=1)


def images_of(dtype: Any) -> jax.Array:
    """The 1,797 digits of scikit-learn, `[1797, 64]`, between -1 and 1."""
    return jnp.asarray(load_digits().data / 8 - 1, dtype)


def round_trip_error(dtype: Any) -> tuple[float, float]:
    """How far images, and log-dets, are from what they should be."""
    params, images = init(jax.random.key(0), dtype), images_of(dtype)
    decoded = decode(params, flow(params, images))
    error = jnp.max(jnp.abs(decoded - images)) / jnp.max(jnp.abs(images))

    image = images[0]
    _, ildj = decode_and_ildj(params, flow(params, image))
    jacobian = jax.jacfwd(flow, argnums=1)(params, image)
    ildj_error = jnp.abs(ildj + jnp.linalg.slogdet(jacobian).logabsdet)
    return float(error), float(ildj_error)


def milliseconds(fun: Callable[..., Any], *args: Any) -> float:
    """The best time of a compiled call."""
    fun = jax.jit(fun)
    jax.block_until_ready(fun(*args))
    times = []
    for _ in range(20):
        start = time.perf_counter()
        jax.block_until_ready(fun(*args))
        times.append(time.perf_counter() - start)
    return 1e3 * min(times)


def save_picture(path: Path) -> None:
    """Saves digits, their codes and what the codes are decoded to."""
    mpl.use("agg")
    from matplotlib import pyplot as plt

    params, images = init(jax.random.key(0), jnp.float32), images_of(jnp.float32)[:10]
    codes = flow(params, images)
    rows = {"digit": images, "code": codes, "decoded": decode(params, codes)}
    figure, axes = plt.subplots(len(rows), len(images), figsize=(10, 3.3))
    for (name, row), line in zip(rows.items(), axes, strict=True):
        for image, ax in zip(row, line, strict=True):
            ax.imshow(image.reshape(8, 8), cmap="gray")
            ax.set(xticks=[], yticks=[])
        line[0].set_ylabel(name)
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=120)


def main() -> None:
    """Runs the example."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--output",
        type=Path,
        default=Path(__file__).parent / "output",
        help="where the picture is saved",
    )
    output = parser.parse_args().output
    console = Console()

    errors = Table(title="1,797 images, encoded and decoded")
    errors.add_column("precision")
    errors.add_column("largest relative error", justify="right")
    errors.add_column("error of the log-det-Jacobian", justify="right")
    for dtype in (jnp.float32, jnp.float64):
        with jax.enable_x64(dtype == jnp.float64):
            error, ildj_error = round_trip_error(dtype)
        errors.add_row(dtype.__name__, f"{error:.1e}", f"{ildj_error:.1e}")
    console.print(errors)

    params, images = init(jax.random.key(0), jnp.float32), images_of(jnp.float32)
    codes = flow(params, images)
    times = Table(title="Time for all of them")
    times.add_column("program")
    times.add_column("ms", justify="right")
    times.add_row("flow, as written", f"{milliseconds(flow, params, images):.2f}")
    times.add_row("inverse", f"{milliseconds(decode, params, codes):.2f}")
    both = milliseconds(decode_and_ildj, params, codes)
    times.add_row("inverse and log-det", f"{both:.2f}")
    console.print(times)

    lowered = invhlo.invert_lowered(flow, params, images[0], argnums=1)
    lines = lowered.as_text().splitlines()
    console.print(f"The inverse has {len(lines)} lines of StableHLO. It ends with:")
    end = next(i for i, line in enumerate(lines) if "return" in line)
    excerpt = [line.strip() for line in lines[end - 12 : end + 1]]
    short = "\n".join(
        line if len(line) < console.width else line[: console.width - 5] + " ..."
        for line in excerpt
    )
    console.print(Syntax(short, "llvm", background_color="default"))

    picture = output / "coupling_flow.png"
    save_picture(picture)
    console.print(f"Digits, codes and decoded digits: {picture}", soft_wrap=True)


if __name__ == "__main__":
    main()
