# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the tool invhlo-opt on text."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_SEPARATOR = "// -----\n"


def path() -> Path:
    """Returns where invhlo-opt is: $INVHLO_OPT, or beside the running Python."""
    return Path(
        os.environ.get("INVHLO_OPT") or Path(sys.executable).parent / "invhlo-opt"
    )


def run(text: str, *flags: str) -> subprocess.CompletedProcess[str]:
    """Runs invhlo-opt on `text` and returns what it printed."""
    return subprocess.run(
        [path(), *flags], input=text, capture_output=True, text=True, check=False
    )


def run_all(texts: Sequence[str], *flags: str) -> list[str]:
    """Runs invhlo-opt on many modules, in one process unless one of them fails.

    Returns what was printed for each; for one that fails, the error.
    """
    result = run(_SEPARATOR.join(texts), "--split-input-file", *flags)
    if result.returncode == 0:
        return result.stdout.split(_SEPARATOR)
    results = [run(text, *flags) for text in texts]
    return [each.stderr if each.returncode else each.stdout for each in results]


_DUMP = re.compile(r"^// -----// IR Dump .* //----- //\n", re.MULTILINE)


def left_by_failure(text: str, flag: str) -> tuple[str, str] | None:
    """The module that the failing pass `invhlo-invert` was given, and what it left.

    `flag` says what is run. Returns None if the pass does not fail.
    """
    result = run(
        text,
        flag,
        "--mlir-disable-threading",
        "--mlir-print-ir-before=invhlo-invert",
        "--mlir-print-ir-after-failure",
        "--mlir-print-ir-module-scope",
        "--mlir-print-local-scope",
    )
    dumps = _DUMP.split(result.stderr)[1:]
    if result.returncode == 0 or len(dumps) != 2:
        return None
    # An empty line ends a module.
    before, after = (dump.partition("\n\n")[0] for dump in dumps)
    return before, after
