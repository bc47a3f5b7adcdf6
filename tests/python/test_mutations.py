# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Damaged modules get an error or an inverse, never a crash and never silence."""

import random
import re
import subprocess
import sys

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from invhlo import _core

TOKEN = re.compile(r"\d+|[a-z_]+|[^\w\s]")
NUMBERS = ["0", "1", "2", "5", "-1", str(10**12), str(2**63)]


def coupling(x):
    keep, change = jnp.split(x, 2)
    return jnp.concatenate([change * jnp.exp(jnp.sin(keep)) + keep, jnp.tanh(keep)])


def masked(x):
    mask = np.arange(6) % 2 == 0
    return jnp.where(mask, x, x * jnp.exp(jnp.where(mask, x, 0).sum()))


def mixed(x):
    matrix = np.eye(6, dtype="float32") * 2
    return (matrix @ x)[np.array([2, 0, 3, 1, 5, 4])].reshape(2, 3).T


def summed(x):
    return jnp.cumsum(jnp.pad(x, 2)[2:-2].at[1].add(2.0))


PROGRAMS = {fun.__name__: fun for fun in (coupling, masked, mixed, summed)}


def mutate(text, draw):
    """Changes, swaps or drops a character, a token, a number or a line."""
    kind = draw.choice(["character", "token", "number", "line"])
    if kind == "character":
        at = draw.randrange(len(text))
        return text[:at] + text[at + 1 :]
    if kind == "line":
        lines = text.split("\n")
        del lines[draw.randrange(len(lines))]
        return "\n".join(lines)
    tokens = list(TOKEN.finditer(text))
    if kind == "number":
        tokens = [token for token in tokens if token.group().isdigit()]
        new = draw.choice(NUMBERS)
    else:
        new = draw.choice(tokens).group()
    old = draw.choice(tokens)
    return text[: old.start()] + new + text[old.end() :]


def damaged(name, count):
    """`count` damaged copies of a program, as text."""
    lowered = jax.jit(PROGRAMS[name]).lower(jnp.ones(6, "float32"))
    draw = random.Random(name)
    for _ in range(count):
        text = lowered.as_text()
        for _ in range(draw.randint(1, 3)):
            text = mutate(text, draw)
        yield text


def run_mutations(name, count):
    """Runs the pipeline on `count` damaged copies of a program."""
    for text in damaged(name, count):
        result = _core.run_pipeline(text.encode(), "invhlo-pipeline{log-det=total}")
        if not result.succeeded:
            assert result.diagnostics, text


@pytest.mark.parametrize("name", PROGRAMS)
def test_damaged_modules_do_not_crash(name):
    # In a process of its own, so that a crash is a failure of this test alone.
    command = [sys.executable, __file__, name, "300"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    assert not done.stderr


if __name__ == "__main__":
    *names, count = sys.argv[1:]
    if names:
        run_mutations(*names, int(count))
    else:  # for `invhlo-stress`
        each = int(count) // len(PROGRAMS)
        texts = (text for name in PROGRAMS for text in damaged(name, each))
        print(*texts, sep="\n// -----\n")
