# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A minute of the fuzzer: `make fuzz` goes on for hours."""

import random

import pytest

from fuzz.drafts import Choice, Input, Line
from fuzz.metamorphic import outline
from fuzz.modules import modules_of
from fuzz.more_steps import EXCLUDED, STEPS
from fuzz.programs import Program, build, draft_of, draw_program
from fuzz.shrinking import Outcome, fare, script_of, shrink
from invhlo import _core

# So that a failure shows which program it was, there are a few in a test.
SEEDS = [range(start, start + 5) for start in range(0, 60, 5)]


def failure_of(seed, program, outcome):
    """What to print of a program that failed: a script that runs alone."""
    program = shrink(program, seed, outcome)
    return script_of(program, seed, fare(program, seed))


@pytest.mark.parametrize("seeds", SEEDS, ids=lambda seeds: f"from {seeds[0]}")
def test_inverses_are_right_or_refused(seeds):
    for seed in seeds:
        program = draw_program(seed)
        outcome = fare(program, seed)
        if outcome.kind in ("wrong", "error"):
            pytest.fail(failure_of(seed, program, outcome), pytrace=False)


def test_few_programs_are_refused():
    outcomes = [fare(draw_program(seed), seed) for seed in range(100, 120)]
    refused = [outcome.detail for outcome in outcomes if outcome.kind == "refused"]
    assert len(refused) <= 4, refused


def test_programs_are_the_same_each_time():
    one, other = draw_program(5), draw_program(5)
    assert one == other
    assert build(one).source == build(other).source


def test_what_is_outlined_may_return_nothing():
    draft = draft_of(Program("float32", (Input("f", (2,)), Input("f", (2,))), (), ()))
    (unused,) = draft.fresh()
    draft.insert(0, Line((unused,), f"{unused} = {draft.unknown[0]} + 1"))
    outline(draft, random.Random(0))
    assert [line.sets for line in draft.lines] == [()]
    for line in (*draft.definitions, draft.lines[0].code):
        compile(line, "line", "exec")


def test_modules_are_written_with_their_pipelines():
    written = [module for seed in range(3) for module in modules_of(draw_program(seed))]
    assert len(written) >= 3
    for module, pipeline in written:
        assert "unknown=0" in pipeline
        result = _core.run_pipeline(module.encode(), pipeline)
        assert result.succeeded or result.diagnostics[0].is_refusal


def drafts(kinds):
    """Drafts with inputs of some kinds, of which each step fits one."""
    for dtype in ("float64", "bfloat16"):
        for shape in ((4, 2), (2, 4), (3,)):
            yield draft_of(
                Program(dtype, [Input(kind, shape) for kind in kinds], (), ())
            )


@pytest.mark.parametrize("name", STEPS)
def test_each_step_fits(name):
    kinds = STEPS[name].takes.replace("*", "f") + "f"
    assert any(draft.apply(Choice(name, 3)) for draft in drafts(kinds))


def test_exclusions_have_reasons():
    assert all(name in STEPS and reason for name, reason in EXCLUDED.items())


def test_failures_shrink_to_what_fails(monkeypatch):
    steps = tuple(Choice(name, 0) for name in ("negate", "tanh", "ravel", "flip"))
    inputs = (Input("f", (3, 2)), Input("f", (2,)), Input("f", (2,), known=True))
    program = Program("float32", inputs, steps, (Choice("outline", 1),))

    def fail_at_tanh(program, seed):
        kind = "wrong" if "tanh" in build(program).applied else "right"
        return Outcome(kind, "x back")

    monkeypatch.setattr("fuzz.shrinking.fare", fail_at_tanh)
    found = shrink(program, 0, Outcome("wrong", "x back"))
    assert [choice.name for choice in found.steps] == ["tanh"]
    assert not found.decorations
    assert found.inputs == (Input("f", ()),)
    script = script_of(found, 0, Outcome("wrong", "x back"))
    scope = {"__name__": "script"}
    exec(compile(script, "script", "exec"), scope)
    assert (
        scope["Judge"](scope["f"], scope["args"], scope["argnums"], 1e-5).judge() == []
    )
