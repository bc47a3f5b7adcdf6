# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Drafts: programs that are being put together, line by line."""

import dataclasses
import functools
import random
import re
import warnings
from typing import Any

import jax
import jax.numpy as jnp

from fuzz import prelude
from fuzz.more_steps import STEPS

VARIABLE = re.compile(r"\bv\d+\b")
CONTEXTS = ["fit", "fit", "scan_fit", "dense_fit", "branch_fit"]
# A sum has the errors of all that it adds; its gain in the table is for so many.
SUMMANDS = 12
MISFITS = (TypeError, ValueError, IndexError, ArithmeticError, Warning)


@dataclasses.dataclass(frozen=True)
class Choice:
    """A name from a table, and the seed of what else is drawn for it."""

    name: str
    seed: int


@dataclasses.dataclass(frozen=True)
class Input:
    """An argument: its kind, as `prelude.value` names it, and its shape."""

    kind: str
    shape: tuple[int, ...]
    known: bool = False


@dataclasses.dataclass(frozen=True)
class Line:
    """A line of a program, with the variables that it sets."""

    sets: tuple[str, ...]
    code: str

    @functools.cached_property
    def reads(self):
        """The variables that it reads."""
        right = self.code.split(" = ", 1)[1]
        return tuple(dict.fromkeys(VARIABLE.findall(right)))

    def renamed(self, names, *, sets=False):
        """With other names for what it reads, and maybe for what it sets."""
        left, right = self.code.split(" = ", 1)

        def replace(text):
            return VARIABLE.sub(lambda m: names.get(m.group(), m.group()), text)

        if sets:
            new = tuple(names.get(name, name) for name in self.sets)
            return Line(new, f"{replace(left)} = {replace(right)}")
        return Line(self.sets, f"{left} = {replace(right)}")


@dataclasses.dataclass
class Draft:
    """A program that is being put together.

    Attributes:
      dtype: The dtype of its floats.
      avals: The shape and dtype of each variable.
      unknown: The arguments to solve for.
      known: The other arguments.
      live: The variables that are returned.
      lines: The lines, in the order of their execution.
      definitions: The source of functions that the lines call.
      gain: The product of the gains of the steps.
      images: The images of the steps.
      applied: The names of the steps.
    """

    dtype: Any
    avals: dict[str, Any] = dataclasses.field(default_factory=dict)
    unknown: list[str] = dataclasses.field(default_factory=list)
    known: list[str] = dataclasses.field(default_factory=list)
    live: list[str] = dataclasses.field(default_factory=list)
    lines: list[Line] = dataclasses.field(default_factory=list)
    definitions: list[str] = dataclasses.field(default_factory=list)
    gain: float = 1.0
    images: set[str] = dataclasses.field(default_factory=set)
    applied: list[str] = dataclasses.field(default_factory=list)

    def add_input(self, given):
        """Adds an argument."""
        (name,) = self.fresh()
        value = prelude.value(given.kind, 0, given.shape, self.dtype)
        self.avals[name] = jax.ShapeDtypeStruct(value.shape, value.dtype)
        if given.known:
            self.known.append(name)
        else:
            self.unknown.append(name)
            self.live.append(name)

    def fresh(self, count=1):
        """Names of new variables."""
        return tuple(f"v{len(self.avals) + i}" for i in range(count))

    def infer(self, line):
        """The avals of what a line sets; raises what the line raises."""

        def body(values):
            scope = dict(zip(line.reads, values, strict=True))
            exec(line.code, {**vars(prelude), "FLOAT": self.dtype.type}, scope)
            return [jnp.asarray(scope[name]) for name in line.sets]

        with jax.enable_x64(self.dtype == "float64"), warnings.catch_warnings():
            warnings.simplefilter("error")
            return jax.eval_shape(body, [self.avals[name] for name in line.reads])

    def insert(self, place, line):
        """Inserts a line; says whether its shapes fit."""
        try:
            avals = self.infer(line)
        except MISFITS:
            return False
        if sum(aval.size for aval in avals) > 2**18:
            return False
        self.avals.update(zip(line.sets, avals, strict=True))
        self.lines.insert(place, line)
        return True

    def apply(self, choice):
        """Appends a step; says whether it fits."""
        step, drawn = STEPS[choice.name], random.Random(choice.seed)
        if self.dtype.name not in step.dtypes:
            return False
        taken = []
        for kind in step.takes:
            fitting = [
                name
                for name in self.live
                if kind in kinds_of(self.avals[name])
                and name not in taken
                and all(self.avals[name].dtype == self.avals[v].dtype for v in taken)
            ]
            if not fitting:
                return False
            taken.append(drawn.choice(fitting))
        others = [
            name
            for name in (*self.live, *self.known)
            if name not in taken and "i" not in kinds_of(self.avals[name])
        ]
        if "{z}" in step.code and not others:
            return False
        shape = self.avals[taken[0]].shape
        axis = drawn.randrange(max(len(shape), 1))
        size = shape[axis] if shape else 1
        new = self.fresh(2 if "{u}" in step.code else 1)
        code = step.code.format(
            x=taken[0],
            v=taken[-1],
            y=new[0],
            u=new[-1],
            z=drawn.choice(others or taken),
            a=axis,
            n=size,
            k=drawn.randrange(1, max(size, 2)),
            s=drawn.randrange(1000),
            b=drawn.randrange(1, 4),
            f=drawn.choice(CONTEXTS),
        )
        if not self.insert(len(self.lines), Line(new, code)):
            return False
        self.live = [name for name in self.live if name not in taken] + list(new)
        self.gain *= step.gain
        if ".sum(" in code:
            self.gain *= max(1, self.avals[taken[0]].size // SUMMANDS)
        self.images.add(step.image)
        self.applied.append(choice.name)
        return True


def kinds_of(aval):
    """The kinds of a variable, as `Step.takes` names them."""
    if jnp.issubdtype(aval.dtype, jnp.complexfloating):
        return "c*"
    if jnp.issubdtype(aval.dtype, jnp.floating):
        return "f*"
    return "bi*" if aval.dtype.itemsize == 1 else "i*"
