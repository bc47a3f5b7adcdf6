# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The journal says how an inverse was found."""

import collections
import json
import re

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from flows import init_mlp, mlp
from invhlo import _core

X = np.linspace(-1, 1, 8, dtype=np.float32)
# What comes before inversion, so that the journal is of what is inverted.
BEFORE = "invhlo-inline-calls,invhlo-fold-constants,cse,invhlo-raise-idioms"


def run(passes, text, **options):
    result = _core.run_pipeline(text, passes, as_text=True, **options)
    return result.module.decode(), json.loads(result.journal or "null")


def prepare(fun, *args):
    text = jax.jit(fun).lower(*args).as_text(debug_info=True).encode()
    return run(BEFORE, text)[0]


def ops_of(text, function):
    """The names of the ops of a function in generic text, but its terminator."""
    body = text.partition(f'sym_name = "{function}"')[2].partition('"func.func"')[0]
    names = re.findall(r'"((?:stablehlo|func|invhlo)\.\w+)"\(', body)
    return collections.Counter(names) - collections.Counter(["func.return"])


def slice_of(unit, values):
    """The steps that those of some values follow from."""
    steps, pending = unit["steps"], []
    pending = [i for i, step in enumerate(steps) if step["value"] in values]
    needed = set()
    while pending:
        number = pending.pop()
        if number not in needed:
            needed.add(number)
            assert all(before < number for before in steps[number]["from"])
            pending += steps[number]["from"]
    return [steps[number] for number in sorted(needed)]


def coupling_flow():
    layers = [
        init_mlp(key, [4, 16, 8]) for key in jax.random.split(jax.random.key(0), 3)
    ]

    def flow(x):
        for i, layer in enumerate(layers):
            a, b = jnp.split(x, 2)
            if i % 2:
                a, b = b, a
            log_scale, shift = jnp.split(mlp(layer, a), 2)
            b = b * jnp.exp(jnp.tanh(log_scale)) + shift
            x = jnp.concatenate([b, a] if i % 2 else [a, b])
        return jax.nn.softplus(x) * 2

    return flow


def test_a_slice_of_the_journal_is_the_inverse():
    prepared = prepare(coupling_flow(), X)
    inverse, journal = run("invhlo-invert", prepared.encode(), journal=True)
    (unit,) = journal["units"]
    assert (journal["unknown"], unit["function"]) == ([0], "main")
    assert collections.Counter(op["op"] for op in unit["ops"]) == ops_of(
        prepared, "main"
    )
    needed = slice_of(unit, [unit["takes"][0]])
    by = collections.Counter(name for step in needed for name in step["by"])
    # The two halves of the argument are put together when it is returned.
    by["stablehlo.concatenate"] += 1
    assert by == ops_of(inverse, "main")


def test_each_op_says_what_was_done_with_it():
    def fun(w, x):
        unused = jnp.sin(x)  # noqa: F841
        return jnp.exp(x) * jnp.tanh(w)

    text = jax.jit(fun, keep_unused=True).lower(X, X).as_text(debug_info=True)
    _, journal = run(
        "invhlo-invert{unknown=1 log-det=total}", text.encode(), journal=True
    )
    ops = {op["op"]: op for op in journal["units"][0]["ops"]}
    uses = {name: (op["evaluated"], op["solved"]) for name, op in ops.items()}
    assert uses == {
        "stablehlo.exponential": (False, True),
        "stablehlo.tanh": (True, False),
        "stablehlo.multiply": (False, True),
        "stablehlo.sine": (True, False),
    }
    assert __file__ in ops["stablehlo.tanh"]["location"]
    assert ops["stablehlo.tanh"]["names"] == "jit(fun)/tanh"
    steps = journal["units"][0]["steps"]
    adds = {step["value"] for step in steps if step.get("logDet")}
    assert adds >= {journal["units"][0]["takes"][1]}


def test_calls_and_branches_have_units_of_their_own():
    @jax.jit
    def layer(x):
        return jnp.sinh(x * 2)

    def fun(p, x):
        return lax.cond(p, layer, lambda x: layer(layer(x)), x)

    text = jax.jit(fun).lower(True, X).as_text(debug_info=True).encode()
    _, journal = run("invhlo-invert{unknown=1}", text, journal=True)
    main, *rest = journal["units"]
    (branches,) = [op["units"] for op in main["ops"] if op["op"] == "stablehlo.case"]
    calls = [
        [step["calls"] for step in journal["units"][number]["steps"] if "calls" in step]
        for number in branches
    ]
    inverses = {unit.get("inverse") for unit in rest}
    assert len(branches) == 2
    assert {name for names in calls for name in names} <= inverses


def test_parts_and_choices_are_told():
    def fun(x):
        return jnp.square(x[:3]), x[3:]

    text = jax.jit(fun).lower(X).as_text().encode()
    _, journal = run("invhlo-invert", text, journal=True)
    unit = journal["units"][0]
    found = [step for step in unit["steps"] if step["value"] == unit["takes"][0]]
    assert {step["where"]: step["elements"] for step in found} == {
        "[0:3]": 3,
        "[3:8]": 5,
    }
    assert any(step.get("chosen") for step in unit["steps"])


def test_what_is_in_the_way():
    def fun(x):
        return jnp.exp(jnp.floor(x))

    text = jax.jit(fun).lower(X).as_text(debug_info=True).encode()
    module, journal = run("invhlo-invert", text, journal=True)
    assert module == ""
    assert journal["blame"]["op"] == "stablehlo.floor"
    assert "many values" in journal["blame"]["reason"]
    (floor,) = [
        op for op in journal["units"][0]["ops"] if op["op"] == "stablehlo.floor"
    ]
    assert floor["refusal"] == journal["blame"]["reason"]
    assert not floor["solved"]
    known = {
        value["argument"]: value["known"]
        for value in journal["units"][0]["values"]
        if "argument" in value
    }
    assert known == {0: 0}


def open_part_of(fun, *args):
    """What is left of a function: the ops of the blocks in order, and of the rest."""
    text = jax.jit(fun).lower(*args).as_text().encode()
    _, journal = run("invhlo-invert", text, journal=True)
    unit = journal["units"][0]
    names = [op["op"].removeprefix("stablehlo.") for op in unit["ops"]]

    def names_of(cluster):
        return sorted(names[number] for number in cluster["ops"])

    left = unit["open"]
    rest = {key: names_of(left[key]) for key in left if key != "blocks"}
    return [names_of(block) for block in left["blocks"]], rest


class TestWhatIsLeft:
    """It is taken apart into blocks that depend on those before them only."""

    def test_a_block_and_what_waits_for_it(self):
        def fun(x):
            h = jnp.exp(x)
            return jnp.sin(h) * h

        blocks, rest = open_part_of(fun, X)
        assert (blocks, rest) == ([["multiply", "sine"], ["exponential"]], {})

    def test_blocks_in_their_order(self):
        def fun(x, y):
            return x + jnp.tanh(x), y * jnp.exp(y) + jnp.sin(x)

        blocks, rest = open_part_of(fun, X, X)
        assert rest == {}
        assert blocks == [
            ["add", "tanh"],
            ["sine"],
            ["add"],
            ["exponential", "multiply"],
        ]

    def test_too_few_equations(self):
        def fun(x, y, z):
            return x + y, y * z, jnp.exp(z) + z

        blocks, rest = open_part_of(lambda x, y, z: fun(x, y, z)[:2], X, X, X)
        assert (blocks, rest) == ([], {"underdetermined": ["add", "multiply"]})
        blocks, rest = open_part_of(fun, X, X, X)
        assert rest == {}
        assert blocks == [["add", "exponential"], ["multiply"], ["add"]]

    def test_too_many_equations(self):
        blocks, rest = open_part_of(lambda x: (x + jnp.tanh(x), x * jnp.exp(x)), X)
        assert blocks == []
        assert rest == {"overdetermined": ["add", "exponential", "multiply", "tanh"]}

    def test_equations_are_handed_on(self):
        """Each of the sums is needed for the term that the one before leaves."""

        def fun(x):
            return tuple(x[i] + jnp.sin(x[i + 1]) for i in range(7))

        _, rest = open_part_of(fun, X)
        assert set(rest["underdetermined"]) >= {"add", "sine"}
        blocks, rest = open_part_of(lambda x: (*fun(x), x[7] * x[0]), X)
        assert rest == {}
        assert max(map(len, blocks)) > 7


@pytest.mark.parametrize("wanted", [False, True])
def test_it_is_written_only_where_it_is_asked_for(wanted):
    text = jax.jit(jnp.exp).lower(X).as_text().encode()
    result = _core.run_pipeline(text, "invhlo-invert", journal=wanted)
    assert bool(result.journal) == wanted
