# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the compiler. The only module that calls `_core`."""

import linecache
import re
from collections.abc import Callable, Sequence
from typing import Literal

from invhlo import _core
from invhlo._compiler import apart
from invhlo._errors import NonInvertibleError
from invhlo._jaxcompat import reads_bytecode
from invhlo._util.origin import Origin

RuleQuestion = _core.RuleQuestion
RuleAnswer = _core.RuleAnswer
AskRule = Callable[[RuleQuestion], RuleAnswer]
LogDet = Literal["none", "shares", "total"]
_Diagnostic = _core.Diagnostic | apart.Diagnostic


def invert(
    text: bytes,
    unknown: Sequence[int],
    *,
    name: str,
    labels: Callable[[], Sequence[str]],
    log_det: LogDet = "none",
    allow_overdetermined: bool = False,
    preimage: int | None = None,
    keep_primitives: bool = True,
    ask: AskRule | None = None,
    origin: Origin = Origin.TRACED,
    remarks: Callable[[], Sequence[str]] = tuple,
) -> bytes:
    """Inverts the StableHLO module `text`.

    Args:
      text: A module whose public `@main` is the function.
      unknown: Positions of the arguments of `@main` to solve for.
      name: The function's name, for messages.
      labels: Returns the name of each argument of `@main` in messages.
      log_det: Whether the inverse also returns the inverse log-det-Jacobian: one
        share for each unknown argument, or their total.
      allow_overdetermined: Whether the function may return more numbers than it takes;
        the log-det is then with respect to the outputs that the inverse uses.
      preimage: Of several values with the same result, the number of the one to find,
        if the inverse is not to choose. The attribute `invhlo.preimages` of the module
        says how many there are for each unknown argument.
      keep_primitives: Whether the inverse calls JAX's primitives by number, to be read
        back. Otherwise it is plain StableHLO that XLA compiles, but for support calls.
      ask: Returns the rule for a call whose annotation only refers to it by number. An
        exception that it raises passes through.
      origin: Where the module comes from.
      remarks: Returns further notes for the message of a refusal.

    Returns:
      A module as bytecode or text. Its `@main` takes the known arguments and the
      results of the function, and returns the unknown arguments and the log-det.

    Raises:
      NonInvertibleError: The function has no inverse that the compiler finds.
      ValueError: The text is not a module that can be read.
    """
    options = [
        f"unknown={','.join(map(str, unknown))}",
        f"log-det={log_det}",
        f"allow-overdetermined={_flag(allow_overdetermined)}",
        f"keep-primitives={_flag(keep_primitives)}",
        *([] if preimage is None else [f"preimage={preimage}"]),
    ]
    pipeline = f"invhlo-pipeline{{{' '.join(options)}}}"
    as_text = not reads_bytecode()
    result: _core.PipelineResult | apart.PipelineResult
    if origin.is_kept_apart:
        assert not ask, "what comes from outside refers to no rules here"
        result = apart.run_pipeline(_core.__file__, text, pipeline, as_text)
    else:
        result = _core.run_pipeline(text, pipeline, ask, as_text)
    if result.succeeded:
        return result.module
    raise _error_from(
        result.diagnostics, name, labels(), remarks, quoting=origin.is_quoted
    )


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _error_from(
    diagnostics: Sequence[_Diagnostic],
    name: str,
    labels: Sequence[str],
    remarks: Callable[[], Sequence[str]],
    *,
    quoting: bool,
) -> ValueError:
    errors = [found for found in diagnostics if found.severity == "error"]
    if not errors:
        return ValueError(f"cannot invert `{name}`: the compiler gave no reason")
    first = errors[0]
    message = _for_users(first.message, labels)
    op, message = _named(message, first.names)
    lines = [f"cannot invert `{name}`: {message}", *_where(first, quoting)]
    for note in first.notes:
        lines += [f"  note: {_for_users(note.message, labels)}", *_where(note, quoting)]
    if not first.is_refusal:
        return ValueError("\n".join(lines))
    reason = message.partition("cannot be inverted: ")[2] or message
    said = {found.message: found for found in diagnostics if found.severity == "remark"}
    for what, found in said.items():
        lines += [f"  note: {what}", *_where(found, quoting)]
    lines += [f"  note: {note}" for note in (*remarks(), *_ways_out(op, reason))]
    place = _PLACE.fullmatch(first.location or "")
    return NonInvertibleError(
        "\n".join(lines),
        op=op,
        reason=reason,
        file=place[1] if place else None,
        line=int(place[2]) if place else None,
    )


# Reasons of the compiler, and the words that JAX users know them by.
_IN_WORDS_OF_JAX = {
    "its predicate is not a literal": "its condition is not a constant",
    "its predicate depends on": "its condition depends on",
    "its indices are not literals": "its indices are not constants",
    "its start is not a literal": "its start is not a constant",
}


def _for_users(message: str, labels: Sequence[str]) -> str:
    """`message` with the `labels` of arguments for their numbers, in JAX's words."""

    def label(match: re.Match[str]) -> str:
        position = int(match[1])
        return labels[position] if position < len(labels) else match[0]

    message = re.sub(r"^'func\.func' op ", "it ", message.strip())
    for ours, theirs in _IN_WORDS_OF_JAX.items():
        message = message.replace(ours, theirs)
    return re.sub(r"argument #(\d+)", label, message)


# JAX primitives that cannot be recognized by the operations they are lowered to.
_HIDDEN = {"scan", "while", "cond", "pure_callback", "custom_linear_solve"}
_LOWERED = {
    "invhlo.alternatives",
    "invhlo.scan",
    "stablehlo.while",
    "stablehlo.case",
    "stablehlo.custom_call",
}
_PIVOTS = "the order of its rows is found when it runs"
_UNKNOWN_MATRIX = "its matrix depends on the unknown, or its result is not known"


def _named(message: str, names: str) -> tuple[str | None, str]:
    """Replaces the operation's name in `message` by the name that JAX has for it.

    Args:
      message: The message of a diagnostic, "'dialect.op' op ...".
      names: The name stack that JAX put in the location of the operation.

    Returns:
      The name of the operation, or None if the reason names it, and the message.
    """
    match = re.match(r"'([\w.]+)' op ", message)
    if not match:
        return None, message
    op = match[1]
    if op == "invhlo.idiom":  # the reason names the function
        return None, message.partition("cannot be inverted: ")[2]
    rest, path = message[match.end() :], re.split(r"[/:]", names)
    if op == "invhlo.piecewise":
        return None, f"a function of pieces {rest}"
    if op == "invhlo.monomial":  # JAX lowers a power to products
        return None, f"a power {rest}"
    if op == "func.call" and "custom_linear_solve" in path:
        return "solve", f"`solve` cannot be inverted: {_UNKNOWN_MATRIX}"
    if op == "stablehlo.gather" and "jit(_lu_solve)" in path:
        return "lu_solve", f"`lu_solve` cannot be inverted: {_PIVOTS}"
    for name in path if op in _LOWERED else ():
        if name in _HIDDEN:
            return name, f"`{name}` {rest}"
    if op == "stablehlo.custom_call" and path[-1].isidentifier():
        return path[-1], f"`{path[-1]}` {rest}"
    return op, message


def _ways_out(op: str | None, reason: str) -> list[str]:
    """Hints for the user, on how to make the function invertible.

    Args:
      op: The operation that is refused, if known.
      reason: Why it is refused.
    """
    if "condition depends on the unknown" in reason:
        return [
            "what a condition chooses can be inverted if both are computed element by "
            "element from one array of the unknown, in at most 16 pieces"
        ]
    if "not a constant" in reason or "not constants" in reason:
        return [
            "it depends on the unknown or is traced, as all arguments are, and under "
            "`jit` the leaves of a model; masks and indices that are constants, such "
            "as static fields of the model or NumPy arrays that it closes over, can be "
            "inverted"
        ]
    if "more output than input" in reason:
        return [
            "`ildj` and `inverse_and_ildj` take `allow_overdetermined=True`, for the "
            "first outputs that determine the unknown"
        ]
    if reason == _PIVOTS:
        return ["`jnp.linalg.solve` can be, and so can triangular and Cholesky solves"]
    if "no inversion rule" in reason or "depend on the unknown" in reason:
        return ["a part of it can be given an inverse by `invhlo.custom_inverse`"]
    return []


_PLACE = re.compile(r"(.+):(\d+):(\d+)")


def _where(diagnostic: _Diagnostic, quoting: bool) -> list[str]:
    """The lines of a message that show where `diagnostic` is.

    Args:
      diagnostic: The diagnostic.
      quoting: Whether the source line may be shown.
    """
    place = diagnostic.location
    if not place or place == "unknown":
        return []
    position = _PLACE.fullmatch(place)
    if not position:
        return [f"  at {place}"]
    name, line, column = position.groups()
    if name == "-":  # the module was text without locations
        return [f"  at line {line}, column {column}"]
    # `linecache` also knows the lines of notebook cells.
    source = linecache.getline(name, int(line)).strip() if quoting else ""
    return [f"  at {place}" + (f": {source}" if source else "")]
