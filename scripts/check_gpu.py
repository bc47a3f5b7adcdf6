# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes exported inverses, and runs them where there are only JAX and a GPU.

    python scripts/check_gpu.py write build/gpu     here, with invhlo
    python scripts/check_gpu.py run build/gpu       there, with jax alone

`docs/gpu.md` says what is measured.
"""

import argparse
import functools
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

LAYERS = 8
CHANNELS = 48
HIDDEN = 256
BATCH = 1024
PLATFORMS = ("cpu", "cuda", "rocm")
# What a result may be off, in parts of the largest number: each machine adds up in an
# order of its own, and the layers multiply what is off.
TOLERANCE = 1e-3

Arrays = Any


def normal(seed: int, *shape: int) -> jax.Array:
    """Random numbers, the same ones for each seed."""
    return jnp.asarray(np.random.default_rng(seed).normal(size=shape), jnp.float32)


def conditioner(weights: Arrays, x: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Shifts and log-scales, by a multilayer perceptron."""
    hidden = jnp.tanh(x @ weights["in"])
    shift, log_scale = jnp.split(hidden @ weights["out"], 2, axis=-1)
    return shift, jnp.tanh(log_scale)


def perceptron(seed: int) -> Arrays:
    """Weights of `conditioner`."""
    half = CHANNELS // 2
    return {
        "in": normal(seed, half, HIDDEN) / half**0.5,
        "out": normal(seed + 1, HIDDEN, CHANNELS) / HIDDEN**0.5,
    }


def couple(weights: Arrays, x: jax.Array) -> jax.Array:
    """An affine coupling layer."""
    keep, change = jnp.split(x, 2, axis=-1)
    shift, log_scale = conditioner(weights, keep)
    change = change * jnp.exp(log_scale) + shift
    return jnp.concatenate([change, keep], axis=-1)


def uncouple(weights: Arrays, y: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Its inverse, by hand, and the log-det of that for each example."""
    change, keep = jnp.split(y, 2, axis=-1)
    shift, log_scale = conditioner(weights, keep)
    change = (change - shift) * jnp.exp(-log_scale)
    return jnp.concatenate([keep, change], axis=-1), -log_scale.sum(axis=-1)


def coupling_flow(params: Arrays, x: jax.Array) -> jax.Array:
    """Coupling layers."""
    for weights in params:
        x = couple(weights, x)
    return x


def undo_coupling_flow(params: Arrays, y: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Its inverse, by hand."""
    total = jnp.zeros(())
    for weights in reversed(params):
        y, log_det = uncouple(weights, y)
        total += log_det.sum()
    return y, total


def glow(params: Arrays, x: jax.Array) -> jax.Array:
    """Steps of Glow (Kingma and Dhariwal, 2018) for images of one pixel.

    Each is an activation normalisation, a full matrix over the channels, which the
    inverse solves for, and a coupling.
    """
    for step in params:
        x = (x + step["bias"]) * jnp.exp(step["log_scale"])
        x = couple(step["coupling"], x @ step["matrix"])
    return x


def undo_glow(params: Arrays, y: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Its inverse, by hand."""
    total = jnp.zeros(())
    for step in reversed(params):
        y, log_det = uncouple(step["coupling"], y)
        y = jnp.linalg.solve(step["matrix"].T, y.T).T
        y = y * jnp.exp(-step["log_scale"]) - step["bias"]
        fixed = jnp.linalg.slogdet(step["matrix"])[1] + step["log_scale"].sum()
        total += log_det.sum() - len(y) * fixed
    return y, total


def glow_step(seed: int) -> Arrays:
    """Weights of a step of `glow`."""
    factor, _ = np.linalg.qr(normal(seed, CHANNELS, CHANNELS))
    return {
        "bias": 0.1 * normal(seed + 1, CHANNELS),
        "log_scale": 0.1 * normal(seed + 2, CHANNELS),
        "matrix": jnp.asarray(factor),
        "coupling": perceptron(seed + 3),
    }


# Of Germain et al., "MADE: Masked Autoencoder for Distribution Estimation", 2015.
DEGREES = np.arange(HIDDEN) % (CHANNELS - 1) + 1
IN_MASK = (np.arange(CHANNELS)[:, None] < DEGREES).astype(np.float32)
OUT_MASK = (DEGREES[:, None] <= np.arange(CHANNELS)).astype(np.float32)


def masked(weights: Arrays, x: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Shifts and log-scales, each of the channels before its own."""
    hidden = jnp.tanh(x @ (weights["in"] * IN_MASK))
    shift = hidden @ (weights["shift"] * OUT_MASK)
    return shift, jnp.tanh(hidden @ (weights["scale"] * OUT_MASK))


def autoregress(weights: Arrays, x: jax.Array) -> jax.Array:
    """A masked autoregressive layer (Papamakarios et al., 2017)."""
    shift, log_scale = masked(weights, x)
    return x * jnp.exp(log_scale) + shift


def undo_autoregress(weights: Arrays, y: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Its inverse, and the log-scales there."""

    def refine(_: int, x: jax.Array) -> jax.Array:
        shift, log_scale = masked(weights, x)
        return (y - shift) * jnp.exp(-log_scale)

    x = jax.lax.fori_loop(0, CHANNELS, refine, jnp.zeros_like(y))
    return x, masked(weights, x)[1]


def autoregressive_flow(
    params: Arrays, x: jax.Array, layer: Callable[..., jax.Array] = autoregress
) -> jax.Array:
    """Autoregressive layers, each in the reverse order of the one before."""
    for weights in params:
        x = jnp.arcsinh(layer(weights, x)[..., ::-1])
    return x


def undo_autoregressive_flow(
    params: Arrays, y: jax.Array
) -> tuple[jax.Array, jax.Array]:
    """Its inverse, by hand."""
    total = jnp.zeros(())
    for weights in reversed(params):
        total += jnp.log(jnp.cosh(y)).sum()
        y, log_scale = undo_autoregress(weights, jnp.sinh(y)[..., ::-1])
        total -= log_scale.sum()
    return y, total


def masked_weights(seed: int) -> Arrays:
    """Weights of an autoregressive layer."""
    return {
        "in": normal(seed, CHANNELS, HIDDEN) / CHANNELS**0.5,
        "shift": normal(seed + 1, HIDDEN, CHANNELS) / HIDDEN**0.5,
        "scale": 0.2 * normal(seed + 2, HIDDEN, CHANNELS) / HIDDEN**0.5,
    }


# For each flow: itself, its inverse by hand, and the weights of a layer.
FLOWS: dict[str, tuple[Callable[..., Any], Callable[..., Any], Callable[..., Any]]] = {
    "coupling": (coupling_flow, undo_coupling_flow, perceptron),
    "glow": (glow, undo_glow, glow_step),
    "autoregressive": (
        autoregressive_flow,
        undo_autoregressive_flow,
        masked_weights,
    ),
}


def invertible(name: str) -> Callable[..., Any]:
    """A flow as it is given to `invhlo`."""
    import invhlo

    if name != "autoregressive":
        return FLOWS[name][0]
    layer = invhlo.custom_inverse(autoregress)

    @layer.def_inverse_and_ildj
    def _(arguments: Any, y: jax.Array, share: jax.Array) -> Any:
        x, log_scale = undo_autoregress(arguments[0], y)
        return (None, x), (None, share - log_scale)

    return functools.partial(autoregressive_flow, layer=layer)


def write(folder: Path, batch: int, layers: int) -> None:
    """Writes for each flow what `run` reads, with the results of this machine."""
    import invhlo

    folder.mkdir(parents=True, exist_ok=True)
    # So that a GPU does not round the operands of matrix products.
    jax.config.update("jax_default_matmul_precision", "highest")
    for name, (flow, by_hand, weights) in FLOWS.items():
        params = [weights(100 * layer) for layer in range(layers)]
        x = normal(1, batch, CHANNELS)
        y = jax.jit(flow)(params, x)
        exported = invhlo.export(
            invertible(name), params, x, argnums=1, platforms=PLATFORMS, with_ildj=True
        )
        (folder / f"{name}.inverse").write_bytes(exported.serialize())
        for kind, fun in (("forward", flow), ("by_hand", by_hand)):
            program = jax.export.export(jax.jit(fun), platforms=PLATFORMS)(params, x)
            (folder / f"{name}.{kind}").write_bytes(program.serialize())
        found, log_det = jax.jit(exported.call)(params, y)
        leaves = jax.tree.leaves(params)
        np.savez(
            folder / f"{name}.npz",
            **{f"leaf{i}": leaf for i, leaf in enumerate(leaves)},
            x=x,
            y=y,
            found=found,
            log_det=log_det,
        )
        print(f"{name}: written to {folder}")


def seconds(compiled: Any, args: Any, calls: int) -> float:
    """The median time of a call."""
    jax.block_until_ready(compiled(*args))
    times = []
    for _ in range(calls):
        start = time.perf_counter()
        jax.block_until_ready(compiled(*args))
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def off(got: Any, want: Any) -> float:
    """The largest difference, in parts of the largest number that is wanted."""
    got, want = np.asarray(got, np.float64), np.asarray(want, np.float64)
    return float(np.max(np.abs(got - want)) / max(1.0, np.max(np.abs(want))))


def run_flow(folder: Path, name: str, calls: int) -> dict[str, Any]:
    """Runs what was written of one flow."""
    data = np.load(folder / f"{name}.npz")
    leaves = [data[f"leaf{i}"] for i in range(len(data.files) - 4)]
    row: dict[str, Any] = {"flow": name}
    results = {}
    for kind, at in (("forward", "x"), ("by_hand", "y"), ("inverse", "y")):
        program = jax.export.deserialize(
            bytearray((folder / f"{name}.{kind}").read_bytes())
        )
        operands = [jnp.asarray(leaf) for leaf in (*leaves, data[at])]
        args, _ = jax.tree.unflatten(program.in_tree, operands)
        start = time.perf_counter()
        compiled = jax.jit(program.call).lower(*args).compile()
        row[f"{kind}_compile_s"] = time.perf_counter() - start
        memory = compiled.memory_analysis()
        row[f"{kind}_temporary_bytes"] = getattr(memory, "temp_size_in_bytes", None)
        row[f"{kind}_s"] = seconds(compiled, args, calls)
        results[kind] = compiled(*args)
    found, log_det = results["inverse"]
    row["x_off"] = off(found, data["x"])
    row["x_off_written"] = off(found, data["found"])
    row["log_det_off_written"] = off(log_det, data["log_det"])
    row["x_off_by_hand"] = off(found, results["by_hand"][0])
    row["log_det_off_by_hand"] = off(log_det, results["by_hand"][1])
    row["agrees"] = all(row[key] <= TOLERANCE for key in row if "_off" in key)
    row["times_forward"] = row["inverse_s"] / row["forward_s"]
    row["times_by_hand"] = row["inverse_s"] / row["by_hand_s"]
    return row


def run(folder: Path, calls: int) -> bool:
    """Runs all flows; prints a table, writes `results.json`."""
    device = jax.devices()[0]
    rows = [run_flow(folder, name, calls) for name in FLOWS]
    about = {"device": device.device_kind, "platform": device.platform}
    about["jax"] = jax.__version__
    stats = device.memory_stats() or {}
    about["peak_bytes_in_use"] = stats.get("peak_bytes_in_use")
    text = json.dumps({**about, "flows": rows}, indent=2)
    (folder / "results.json").write_text(text + "\n")
    print(f"{about['device']} ({about['platform']}), jax {about['jax']}")
    print(f"{'flow':15} {'forward':>10} {'by hand':>10} {'inverse':>10}", end="")
    print(f" {'/ forward':>10} {'/ by hand':>10} {'x off':>9} {'ldj off':>9}  agrees")
    for row in rows:
        times = [
            f"{1e3 * row[f'{k}_s']:7.2f} ms" for k in ("forward", "by_hand", "inverse")
        ]
        print(f"{row['flow']:15}", *times, end="")
        print(f" {row['times_forward']:10.2f} {row['times_by_hand']:10.2f}", end="")
        print(f" {row['x_off']:9.1e} {row['log_det_off_by_hand']:9.1e}", end="")
        print(f"  {'yes' if row['agrees'] else 'NO'}")
    return all(row["agrees"] for row in rows)


def main() -> int:
    """Reads the arguments."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=["write", "run"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--batch", type=int, default=BATCH, help="examples to write")
    parser.add_argument("--layers", type=int, default=LAYERS, help="of each flow")
    parser.add_argument("--calls", type=int, default=20, help="calls that are timed")
    arguments = parser.parse_args()
    if arguments.command == "write":
        write(arguments.folder, arguments.batch, arguments.layers)
        return 0
    return 0 if run(arguments.folder, arguments.calls) else 1


if __name__ == "__main__":
    raise SystemExit(main())
