# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Solves problems: has the compiler invert the function of each platform."""

import functools
from collections.abc import Callable

import jax
import jax.numpy as jnp

from invhlo._backend.program import Program
from invhlo._compiler import pipeline
from invhlo._compiler.pipeline import AskRule, LogDet, RuleAnswer, RuleQuestion
from invhlo._errors import NonInvertibleError
from invhlo._frontend.lowering import lower_jaxpr
from invhlo._jaxcompat import default_platform, ir, make_ir_context
from invhlo._jaxprs.hosted import Hosted
from invhlo._rules.annotation import Known, RuleFunction, UnaryRule
from invhlo._solve.problem import Problem
from invhlo._util.avals import ShapedArray, share_dtype


def solver(
    problem: Problem,
    log_det: LogDet,
    *,
    allow_overdetermined: bool = False,
    preimage: int | None = None,
    spliced: bool = False,
) -> Callable[..., list[jax.Array]]:
    """Solves a problem for every platform that needs a program of its own.

    Args:
      problem: See `solve`.
      log_det: See `solve`.
      allow_overdetermined: See `solve`.
      preimage: See `solve`.
      spliced: Whether the program is one operation to JAX, which cannot transform it.

    Returns:
      A function that applies the program of the platform that it is lowered for.

    Raises:
      NonInvertibleError: The function has no inverse on the default platform.
    """
    default = default_platform()
    platforms = problem.forward.variants or (default,)
    if default not in platforms:
        default = platforms[0]
    programs: dict[str, Callable[..., list[jax.Array]]] = {}
    for platform in platforms:
        try:
            program = solve(
                problem,
                log_det,
                platform,
                allow_overdetermined=allow_overdetermined,
                preimage=preimage,
                keep_primitives=not spliced,
            )
            programs[platform] = program.splice if spliced else program
        except (NonInvertibleError, NotImplementedError):
            # Platforms without an inverse are left out: most often JAX cannot lower the
            # function for them either.
            if platform == default:
                raise
    if len(programs) == 1:
        return programs[default]

    def on_platform(*operands: jax.Array) -> list[jax.Array]:
        results: list[jax.Array] = jax.lax.platform_dependent(*operands, **programs)
        return results

    return on_platform


def solve(
    problem: Problem,
    log_det: LogDet,
    platform: str,
    *,
    allow_overdetermined: bool = False,
    preimage: int | None = None,
    keep_primitives: bool = True,
) -> Program:
    """Inverts the function of `problem` as JAX lowers it for `platform`.

    Args:
      problem: The function and its unknown arguments.
      log_det: What the program returns of the inverse log-det-Jacobian: nothing, one
        share for each unknown leaf, or the total.
      platform: The platform to lower the function for.
      allow_overdetermined: Whether the function may return more numbers than it takes;
        the log-det is then with respect to the outputs that the inverse uses.
      preimage: Of several arguments with the same output, the number of the one that
        the program returns; see `count_preimages`. None to return the principal one.
      keep_primitives: Whether the program calls JAX's primitives, to be read back.

    Returns:
      A program that takes the constants of the function, its known leaves and its
      outputs, and returns the unknown leaves and the log-det.

    Raises:
      NonInvertibleError: The function has no inverse that the compiler finds.
    """
    forward = problem.forward
    count = len(forward.constants)
    unknown = [count + leaf for leaf in problem.unknown]

    source = forward.stablehlo(platform, keep_primitives)
    inverted = pipeline.invert(
        source.text,
        unknown,
        name=forward.name,
        labels=lambda: ["a constant"] * count + problem.labels,
        log_det=log_det,
        allow_overdetermined=allow_overdetermined,
        preimage=preimage,
        keep_primitives=keep_primitives,
        ask=_answers(source.hosted, platform) if source.hosted.rules else None,
        origin=forward.origin,
        remarks=lambda: [
            *([f"unknown are {lost}"] if (lost := problem.too_many) else []),
            *([] if preimage is None else [_ONE_BY_ONE]),
        ],
    )
    return Program(
        name=f"{forward.name}.inverse",
        out_avals=problem.unknown_avals + log_det_avals(problem, log_det),
        module=inverted,
        hosted=source.hosted,
        is_quoted=forward.origin.is_quoted,
    )


def count_preimages(problem: Problem) -> list[int]:
    """How many candidates each unknown leaf has, that each number of `solve` is one of.

    Raises:
      NonInvertibleError: See `solve`.
    """
    program = solve(problem, "none", default_platform(), preimage=0)
    with make_ir_context() as context:
        module = ir.Module.parse(program.module, context)
        return [max(count, 1) for count in module.operation.attributes[_PREIMAGES]]


_PREIMAGES = "invhlo.preimages"
_ONE_BY_ONE = (
    "several solutions are found of what is computed, element by element, from each "
    "array, in at most 16 pieces that go one way each"
)


def _answers(hosted: Hosted, platform: str) -> AskRule:
    """The function that traces and lowers a rule of `hosted` for the compiler."""

    def ask(question: RuleQuestion) -> RuleAnswer:
        rule = hosted.rules[question.host]
        known = Known(tuple(question.operands), tuple(question.results))
        try:
            if isinstance(rule, UnaryRule):
                function = RuleFunction(rule.dense_ildj(), ())
            else:
                function = rule.trace(known, question.log_det)
        except NonInvertibleError as error:
            return RuleAnswer(None, [], str(error))
        text = lower_jaxpr(function.jaxpr, platform, hosted)
        return RuleAnswer(text, list(function.finds), "")

    return ask


def log_det_avals(problem: Problem, log_det: LogDet) -> tuple[ShapedArray, ...]:
    """The avals of the log-det results of an inverse program."""
    unknown = problem.unknown_avals
    if log_det == "none":
        return ()
    if log_det == "shares":
        return tuple(
            aval.update(dtype=share_dtype(aval), weak_type=False) for aval in unknown
        )
    total = functools.reduce(jnp.promote_types, map(share_dtype, unknown))
    return (ShapedArray((), total),)
