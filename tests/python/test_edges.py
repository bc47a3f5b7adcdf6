# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What rules state about equations is so: operands are perturbed, results looked at.

The functions are those of the lit tests of rules that are one op of their arguments.
"""

import json
import re
from pathlib import Path

import jax
import numpy as np
import pytest

from invhlo import _core
from run_stablehlo import run_stablehlo

LIT_RULES = Path(__file__).parents[1] / "lit" / "rules"
STEP = 1 / 64

# JAX reads only what it runs on one device.
ELSEWHERE = re.compile(r"sdy\.|invhlo\.|replica_groups|source_target|@mystery")


@pytest.fixture(autouse=True, scope="module")
def lapack():
    """JAX looks LAPACK up when it first lowers a call of it."""
    jax.scipy.linalg.solve_triangular(np.eye(2), np.eye(2))


def journals_of(chunk):
    """The journals of all functions in a module."""
    text = _core.run_pipeline(chunk.encode(), "invhlo-invert", journal=True).journal
    return [json.loads(line) for line in text.splitlines()]


def draw(type_text, random):
    """An array of a tensor type, away from where functions are singular."""
    sizes, dtype = re.fullmatch(r"tensor<((?:\d+x)*)(.*)>", type_text).groups()
    shape = tuple(map(int, sizes.split("x")[:-1]))
    if dtype == "i1":
        return random.integers(0, 2, shape).astype(bool)
    if match := re.fullmatch(r"(u?)i(\d+)", dtype):
        return random.integers(1, 4, shape).astype(f"{match[1]}int{match[2]}")
    if match := re.fullmatch(r"complex<f(\d+)>", dtype):
        values = random.uniform(0.25, 0.75, (2, *shape))
        return (values[0] + 1j * values[1]).astype(f"complex{2 * int(match[1])}")
    floats = {"f32": np.float32, "f64": np.float64, "f16": np.float16}
    if dtype in floats:
        return random.uniform(0.25, 0.75, shape).astype(floats[dtype])
    return None


def perturbed(x, place, steps):
    """`x` with one element changed, and by how much."""
    x = x.copy()
    if x.dtype == bool:
        x[place] ^= steps % 2 == 1
    else:
        x[place] += steps if x.dtype.kind in "iu" else steps * STEP
    return x


class OneOp:
    """A function that is one op of its arguments."""

    def __init__(self, chunk, unit):
        (self.op,) = [op for op in unit["ops"] if op["takes"]]
        self.unit = unit
        text = re.sub(r"\s*\{invhlo\.unknown\}", "", chunk)
        text = text.replace(f"@{unit['function']}(", "@main(")
        self.text = text
        self.types = [unit["values"][i]["type"] for i in unit["takes"]]

    @staticmethod
    def get(chunk, unit):
        """Such a function, if it is one."""
        ops = [op for op in unit["ops"] if op["takes"]]
        if len(ops) != 1 or unit["returns"] != ops[0]["gives"]:
            return None
        return OneOp(chunk, unit)

    def run(self, args):
        return run_stablehlo(self.text, *args)

    def operands(self):
        """Pairs of an operand and the argument that it is."""
        takes = self.unit["takes"]
        for operand, value in enumerate(self.op["takes"]):
            if value in takes:
                yield operand, takes.index(value)

    def solved(self):
        """The operands that the op was solved for."""
        number = self.unit["ops"].index(self.op)
        values = {
            step["value"]
            for step in self.unit["steps"]
            if step["how"] == "solved" and step["op"] == number
        }
        return {i for i, value in enumerate(self.op["takes"]) if value in values}


def functions_in(path):
    """The functions of a lit test that are one op."""
    for chunk in path.read_text().split("// -----"):
        for journal in journals_of(chunk):
            one = OneOp.get(chunk, journal["units"][0])
            if one is not None:
                yield one


def check_reach(reach, changes, shape):
    """`changes` are pairs of a place of the operand and where the result changed."""
    if reach == "none":
        assert not any(changed for _, changed in changes)
    elif reach == "same":
        assert all(set(changed) <= {place} for place, changed in changes)
    elif reach == "moved":
        counts = np.zeros(shape, int)
        for _, changed in changes:
            for where in changed:
                counts[where] += 1
        assert counts.max(initial=0) <= 1
    elif reach == "running":
        away = [np.subtract(w, place) for place, changed in changes for w in changed]
        axes = {int(axis) for step in away for axis in np.nonzero(step)[0]}
        assert len(axes) <= 1
        signs = {int(np.sign(step.sum())) for step in away} - {0}
        assert len(signs) <= 1


def check_edge(one, edge, argument, args, random):
    """Perturbs the elements of an operand, and looks at a result."""
    x = args[argument]
    y = one.run(args)[edge["result"]]
    places = [tuple(map(int, place)) for place in np.ndindex(x.shape)]
    changes, rises = [], set()
    for place in random.permutation(np.array(places, dtype=object), axis=0)[:8]:
        place = tuple(map(int, place))
        first, second = (
            one.run([*args[:argument], perturbed(x, place, n), *args[argument + 1 :]])[
                edge["result"]
            ]
            for n in (1, 2)
        )
        differs = ~np.isclose(first, y, rtol=0, atol=0, equal_nan=True)
        changed = [tuple(map(int, where)) for where in np.argwhere(differs)]
        changes.append((place, changed))
        if edge["coupling"] == "affine" and x.dtype != bool:
            expected = 2 * (first - y)
            np.testing.assert_allclose(second - y, expected, rtol=1e-2, atol=1e-4)
        if edge["coupling"] == "monotone":
            rises |= {bool(first[where] > y[where]) for where in changed}
            rises |= {bool(second[where] > first[where]) for where in changed}
    check_reach(edge["reach"], changes, y.shape)
    assert len(rises) <= 1


RULES = sorted(LIT_RULES.glob("*.mlir"), key=lambda path: path.stem)
INDEPENDENT = {"reach": "none", "coupling": "opaque"}


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_edges(path):
    random = np.random.default_rng(0)
    for one in functions_in(path):
        # Of an op with units only these are looked at; nothing is stated about it.
        if "units" in one.op:
            continue
        edges = {(e["operand"], e["result"]): e for e in one.op["edges"]}
        for operand in one.solved():
            stated = [e for (i, _), e in edges.items() if i == operand]
            assert any(edge["solvable"] for edge in stated), one.op
        if ELSEWHERE.search(one.text):
            continue
        args = [draw(text, random) for text in one.types]
        if any(arg is None for arg in args):
            continue
        for operand, argument in one.operands():
            for result in range(len(one.op["gives"])):
                edge = edges.get((operand, result), INDEPENDENT | {"result": result})
                check_edge(one, edge, argument, args, random)
