# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the outer solar system for centuries, and back to where it started.

The simulation is a `lax.scan` over steps of an integrator. Its inverse is a scan as
well, which the compiler finds from the step: nobody wrote the way back.

    python examples/planets.py
"""

import time
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from rich.console import Console
from rich.table import Table

import invhlo

STEPS = 10_000
DAYS = 20.0  # a step

# Masses in suns, positions in astronomical units and velocities in these per day, of
# the Sun, Jupiter, Saturn, Uranus and Neptune: Hairer, Lubich, Wanner, "Geometric
# Numerical Integration", 2nd edition 2006, section I.2.4.
GRAVITY = 2.95912208286e-4
MASSES = np.array(
    [
        1.00000597682,
        9.54786104043e-4,
        2.85583733151e-4,
        4.37273164546e-5,
        5.17759138449e-5,
    ]
)
POSITIONS = np.array(
    [
        [0.0, 0.0, 0.0],
        [-3.5023653, -3.8169847, -1.5507963],
        [9.0755314, -3.0458353, -1.6483708],
        [8.3101420, -16.2901086, -7.2521278],
        [11.4707666, -25.7294829, -10.8169456],
    ]
)
VELOCITIES = np.array(
    [
        [0.0, 0.0, 0.0],
        [0.00565429, -0.00412490, -0.00190589],
        [0.00168318, 0.00483525, 0.00192462],
        [0.00354178, 0.00137102, 0.00055029],
        [0.00288930, 0.00114527, 0.00039677],
    ]
)


def accelerations(positions: jax.Array) -> jax.Array:
    """What each body is drawn by the others: `[5, 3]` to `[5, 3]`."""
    offsets = positions[None] - positions[:, None]
    # A body does not draw itself: its offset is zero.
    distances = jnp.sqrt(jnp.sum(offsets**2, axis=-1) + jnp.eye(len(positions)))
    pulls = GRAVITY * jnp.asarray(MASSES, positions.dtype) / distances**3
    return jnp.sum(pulls[..., None] * offsets, axis=1)


def simulate(
    positions: jax.Array, velocities: jax.Array
) -> tuple[jax.Array, jax.Array]:
    """`STEPS` steps of the leapfrog method (Stoermer, Verlet)."""

    def step(state: Any, _: None) -> tuple[Any, None]:
        positions, velocities = state
        velocities = velocities + DAYS / 2 * accelerations(positions)
        positions = positions + DAYS * velocities
        velocities = velocities + DAYS / 2 * accelerations(positions)
        return (positions, velocities), None

    final: tuple[jax.Array, jax.Array]
    final, _ = lax.scan(step, (positions, velocities), length=STEPS)
    return final


def main() -> None:
    """Runs there and back, and prints how far off that ends."""
    jax.config.update("jax_enable_x64", True)
    start = jnp.asarray(POSITIONS), jnp.asarray(VELOCITIES)
    run = jax.jit(simulate)
    back = jax.jit(invhlo.inverse(simulate, *start))
    end = jax.block_until_ready(run(*start))
    found = jax.block_until_ready(back(*end))

    table = Table(title=f"{STEPS} steps of {DAYS:.0f} days")
    for column in ("", "seconds", "furthest from the start"):
        table.add_column(column, justify="right")
    for name, fun, state in (("forward", run, start), ("back", back, end)):
        begin = time.perf_counter()
        jax.block_until_ready(fun(*state))
        seconds = time.perf_counter() - begin
        away = jnp.max(jnp.abs((end if name == "forward" else found)[0] - start[0]))
        table.add_row(name, f"{seconds:.3f}", f"{away:.1e} au")
    Console().print(table)
    loops = str(jax.make_jaxpr(back)(*end)).count("scan[")
    print(f"Loops in the inverse: {loops}. Steps back that were written by hand: 0.")


if __name__ == "__main__":
    main()
