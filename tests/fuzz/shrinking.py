# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Outcomes of programs, their shrinking, and scripts that show them alone."""

import contextlib
import dataclasses
import inspect
import re
import traceback
import warnings

import jax

import invhlo
from fuzz import checks, prelude
from fuzz.checks import Judge, NotCompiledError, WrongError
from fuzz.modules import modules_of
from fuzz.programs import build
from invhlo_opt import left_by_failure

SCRIPT = '''"""{title}"""

import os

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=8"

import dataclasses
import functools
import re

import jax
import jax.numpy as jnp
import numpy as np

import invhlo

jax.config.update("jax_enable_x64", {wide})

{helpers}
{source}
if __name__ == "__main__":
    y = f(*args)
    asked = (y, *args[1:]) if argnums == 0 else y if type(y) is tuple else (y,)
    print("inverse", invhlo.inverse(f, *args, argnums=argnums)(*asked))
    print("of", args if argnums is None else args[0])
    print(Judge(f, args, argnums, {tolerance!r}, {image!r}, {seed}).judge())
'''


@dataclasses.dataclass(frozen=True)
class Outcome:
    """How a program fared.

    Attributes:
      kind: "right", "refused", "wrong", "error", or "invalid" if there is no function.
      reason: The same for alike failures.
      detail: The message.
    """

    kind: str
    reason: str = ""
    detail: str = ""

    def alike(self, other):
        """Whether another outcome is the same failure."""
        return (self.kind, self.reason) == (other.kind, other.reason)


def outcome_of(program, seed, built=None):
    """Judges a program."""
    with (
        jax.enable_x64(program.dtype == "float64"),
        warnings.catch_warnings(action="error"),
    ):
        built = built or build(program)
        try:
            fun, args, argnums = built.load()
            jax.eval_shape(fun, *args)
        except Exception as error:
            return Outcome("error", f"forward: {error!r}"[:80], traceback.format_exc())
        try:
            judge = Judge(fun, args, argnums, built.tolerance, built.image, seed)
            remarks = judge.judge()
        except invhlo.NonInvertibleError as error:
            return Outcome("refused", reason_of(error), str(error))
        except WrongError as error:
            if judge.is_miscompiled():
                return Outcome("invalid", "XLA compiles another function", str(error))
            return Outcome("wrong", error.what, str(error))
        except NotCompiledError as error:
            return Outcome("invalid", "XLA fails to compile the function", str(error))
        except Exception as error:
            reason = re.sub(r"\d+", "#", f"{type(error).__name__}: {error}")[:80]
            return Outcome("error", reason, traceback.format_exc())
        return Outcome("right", "; ".join(remarks).split("\n")[0])


def reason_of(error):
    """The reason of a refusal, without numbers and names."""
    line = str(error).split("\n")[0].split(": ", 1)[-1]
    return re.sub(r"\(.*\)|\d+|`.*?`", "#", line)


def leaves_something(program):
    """Whether a refusal leaves the module other than it was."""
    for module, pipeline in modules_of(program):
        passes = f"--pass-pipeline=builtin.module({pipeline})"
        left = left_by_failure(module, passes)
        if left is not None and left[0] != left[1]:
            return True
    return False


def fare(program, seed):
    """Judges a program; a refusal that a change of its form causes is wrong."""
    outcome = outcome_of(program, seed)
    if outcome.kind == "refused" and leaves_something(program):
        return Outcome("wrong", "the refused module is not as it was", outcome.detail)
    if outcome.kind == "refused" and program.decorations:
        bare = dataclasses.replace(program, decorations=())
        if outcome_of(bare, seed).kind == "right":
            return Outcome(
                "wrong", f"refused as decorated: {outcome.reason}", outcome.detail
            )
    return outcome


def smaller(program):
    """Programs with less in them, those with much less first."""

    def without(field):
        items = getattr(program, field)
        for count in dict.fromkeys((len(items) // 2, 1)):
            for i in range(0, len(items) if count else 0, count or 1):
                rest = items[:i] + items[i + count :]
                yield dataclasses.replace(program, **{field: rest})

    yield from without("steps")
    yield from without("decorations")
    if len(program.inputs) > 1:
        yield from without("inputs")
    for i, given in enumerate(program.inputs):
        shapes = [
            given.shape[:j] + given.shape[j + 1 :] for j in range(len(given.shape))
        ]
        shapes += [
            (*given.shape[:j], new, *given.shape[j + 1 :])
            for j, size in enumerate(given.shape)
            for new in (1, 2, size // 2, size - 1)
            if 0 < new < size
        ]
        for shape in shapes:
            inputs = list(program.inputs)
            inputs[i] = dataclasses.replace(given, shape=shape)
            yield dataclasses.replace(program, inputs=tuple(inputs))
    if program.dtype != "float64":
        yield dataclasses.replace(program, dtype="float64")


def shrink(program, seed, outcome, tries=80):
    """The smallest program found that fares alike."""
    seen = {program}
    for _ in range(tries):
        for candidate in smaller(program):
            if candidate in seen or all(given.known for given in candidate.inputs):
                continue
            seen.add(candidate)
            tries -= 1
            if tries < 0:
                return program
            with contextlib.suppress(Exception):
                if fare(candidate, seed).alike(outcome):
                    program = candidate
                    break
        else:
            return program
    return program


def script_of(program, seed, outcome):
    """A script that shows how a program fares, without this package."""
    built = build(program)
    needed, texts = [built.source], {}
    while needed:
        for name in re.findall(r"[a-z_]\w+", needed.pop()):
            helper = vars(prelude).get(name)
            inside = getattr(helper, "__wrapped__", helper)
            inside = getattr(inside, "func", inside)
            written = getattr(inside, "__module__", None) == prelude.__name__
            if name not in texts and written:
                texts[name] = section_of(name)
                needed.append(texts[name])
    judge = inspect.getsource(checks).split("import invhlo\n", 1)[1]
    title = re.sub(r'["\\]', "'", f"{outcome.kind}: {outcome.reason}: {outcome.detail}")
    order = inspect.getsource(prelude)
    helpers = sorted(texts.values(), key=order.index)
    return SCRIPT.format(
        title=title[:2000],
        wide=program.dtype == "float64",
        helpers="\n\n".join([*helpers, judge]),
        source=built.source,
        tolerance=built.tolerance,
        image=built.image,
        seed=seed,
    )


def section_of(name):
    """The source of a helper, with its decorators and its rules."""
    sections = re.split(r"\n\n\n", inspect.getsource(prelude))
    found = [
        i for i, text in enumerate(sections) if re.search(rf"^def {name}\(", text, re.M)
    ]
    start = stop = found[0]
    while stop + 1 < len(sections) and re.match(rf"@?{name}\.", sections[stop + 1]):
        stop += 1
    return "\n\n\n".join(sections[start : stop + 1])
