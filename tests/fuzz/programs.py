# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Programs: records of what was drawn, and the source that they stand for."""

import dataclasses
import linecache
import math
import random

import jax.numpy as jnp

from fuzz import prelude
from fuzz.drafts import Choice, Draft, Input
from fuzz.metamorphic import METAMORPHIC
from fuzz.more_steps import EXCLUDED, GROUPS, STEPS
from fuzz.steps import WIDE

# The largest error that a program may make of rounding, and still be drawn.
LIMITS = {"float64": 1e-6, "float32": 3e-2, "float16": 0.2, "bfloat16": 0.4}
WRAPPERS = ("args", "vmap", "jit", "placed")


@dataclasses.dataclass(frozen=True)
class Program:
    """A program as a record, of which any part can be left out."""

    dtype: str
    inputs: tuple[Input, ...]
    steps: tuple[Choice, ...]
    decorations: tuple[Choice, ...]


@dataclasses.dataclass(frozen=True)
class Built:
    """The source of a program, which defines `f`, `args` and `argnums`.

    Attributes:
      source: The source.
      tolerance: How far off the inverse may be, by the rounding of its steps.
      image: "open", "thin" or "copies", the worst of its steps.
      applied: The names of its steps.
    """

    source: str
    tolerance: float
    image: str
    applied: tuple[str, ...]

    def load(self):
        """Runs the source; returns `f`, `args` and `argnums`."""
        name = f"<program {abs(hash(self.source))}>"
        lines = self.source.splitlines(keepends=True)
        linecache.cache[name] = len(self.source), None, lines, name
        scope = dict(vars(prelude))
        exec(compile(self.source, name, "exec"), scope)
        return scope["f"], scope["args"], scope["argnums"]


def tolerance_of(draft):
    """A bound of the rounding errors: each step makes some, and multiplies what is."""
    epsilon = float(jnp.finfo(draft.dtype).eps)
    return 4 * epsilon * (len(draft.applied) + 1) * draft.gain


def draft_of(program):
    """The lines of a program, as far as its steps fit."""
    draft = Draft(jnp.dtype(program.dtype))
    for given in program.inputs:
        draft.add_input(given)
    for choice in program.steps:
        draft.apply(choice)
    return draft


def build(program):
    """Writes the source of a program."""
    draft = draft_of(program)
    drawn = {choice.name: random.Random(choice.seed) for choice in program.decorations}
    for name, change in METAMORPHIC.items():
        if name in drawn:
            change(draft, drawn[name])
    images = [name for name in ("copies", "thin") if name in draft.images]
    return Built(
        source_of(program, draft, drawn),
        tolerance_of(draft),
        images[0] if images else "open",
        tuple(draft.applied),
    )


def tree_of(values, draw):
    """Source of a pytree of `values`."""
    style = draw.choice(["bare", "tuple", "list", "dict"]) if draw else "tuple"
    if style == "dict":
        return (
            "{"
            + ", ".join(
                f"'{c}': {v}" for c, v in zip("zyxwvutsrqponmlk", values, strict=False)
            )
            + "}"
        )
    if len(values) == 1 and (draw is None or style == "bare"):
        return values[0]
    inner = ", ".join(values)
    return f"[{inner}]" if style == "list" else f"({inner},)"


def source_of(program, draft, drawn):
    """The source of a draft as a function, its arguments and `argnums`."""
    trees = drawn.get("trees")
    apart = "args" in drawn and not draft.known
    batch = (3,) if "vmap" in drawn else ()
    unknown, known = [], []
    for seed, given in enumerate(program.inputs):
        shape = given.shape if given.known else (*batch, *given.shape)
        text = f"value({given.kind!r}, {seed}, {shape}, FLOAT)"
        (known if given.known else unknown).append(text)
    style = random.Random(trees.random()) if trees else None
    state = style.getstate() if style else None
    values = tree_of(unknown, style)
    if style:
        style.setstate(state)
    pattern = tree_of(draft.unknown, style)
    if apart:
        takes, head = draft.unknown, []
        args, argnums = unknown, None
    else:
        takes, head = ["x", *draft.known], [f"{pattern} = x"]
        args, argnums = [values, *known], 0
        if pattern.startswith("{"):
            head = [
                f"{v} = x['{c}']"
                for c, v in zip("zyxwvutsrqponmlk", draft.unknown, strict=False)
            ]
    body = [*head, *(line.code for line in draft.lines)]
    body.append(f"return {tree_of(draft.live, trees)}")
    parts = [
        f"FLOAT = jnp.dtype({program.dtype!r}).type",
        *draft.definitions,
        f"def f({', '.join(takes)}):\n    " + "\n    ".join(body),
    ]
    if batch:
        axes = 0 if apart else (0, *[None] * len(draft.known))
        parts.append(f"f = jax.vmap(f, in_axes={axes})")
    if "jit" in drawn:
        parts.append("f = jax.jit(f)")
    parts.append(f"args = ({', '.join(args)},)\nargnums = {argnums}")
    if "placed" in drawn:
        parts.append("args = jax.tree.map(placed, args)")
    return "\n\n".join(parts) + "\n"


def draw_program(seed):
    """The program of a seed."""
    drawn = random.Random(seed)
    dtype = drawn.choices(list(LIMITS), [60, 28, 6, 6])[0]
    size = drawn.choices([2, 3, 4, 6, 0, 1, 65537], [24, 24, 24, 16, 4, 6, 2])[0]
    decorations = {
        name: drawn.random() < chance
        for name, chance in [
            ("reorder", 0.4),
            ("identity", 0.5),
            ("outputs", 0.3),
            ("rename", 0.2),
            ("outline", 0.4),
            ("trees", 0.5),
            ("args", 0.3),
            ("vmap", 0.2 if size < 100 else 0),
            ("jit", 0.2),
            ("placed", 0.04),
        ]
    }
    devices = decorations["placed"]

    def shape():
        if size > 100:
            return (size,) if drawn.random() < 0.7 else (2, size)
        rank = drawn.choices([0, 1, 2, 3], [1, 4, 3, 1])[0]
        sizes = [8, 4] if devices else [size, size, 2, 3]
        return tuple(drawn.choice(sizes) for _ in range(rank))

    kinds = drawn.choices("fcibB", [30, 2, 2, 1, 1], k=drawn.randint(1, 3))
    if dtype not in WIDE:
        kinds = ["f" if kind == "c" else kind for kind in kinds]
    alike = shape()
    inputs = [Input(kind, alike if drawn.random() < 0.6 else shape()) for kind in kinds]
    inputs += [Input("f", shape(), True) for _ in range(drawn.choice([0, 0, 1, 2]))]
    groups = [list(group) for group, _ in GROUPS]
    weights = [weight for _, weight in GROUPS]
    if devices:
        weights[-1] = 25
    draft = draft_of(Program(dtype, tuple(inputs), (), ()))
    steps, count = [], drawn.randint(1, 12)
    for _ in range(12 * count):
        if len(steps) == count:
            break
        name = drawn.choice(drawn.choices(groups, weights)[0])
        choice = Choice(name, drawn.randrange(10**6))
        gain = STEPS[name].gain if name not in EXCLUDED else math.inf
        if 2 * tolerance_of(draft) * gain <= LIMITS[dtype] and draft.apply(choice):
            steps.append(choice)
    decorations["vmap"] &= all(STEPS[step.name].maps for step in steps)
    chosen = [
        Choice(name, drawn.randrange(10**6)) for name, on in decorations.items() if on
    ]
    return Program(dtype, tuple(inputs), tuple(steps), tuple(chosen))
