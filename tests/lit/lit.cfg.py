# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the .mlir tests here: `lit tests/lit`.

invhlo-opt is taken from `--param invhlo_opt=PATH`, from the environment
variable INVHLO_OPT, or from beside the Python that runs lit. FileCheck and its
kin come with LLVM 22 (Debian: llvm-22-tools).
"""

# lit defines `config` and `lit_config`.
# ruff: noqa: F821

import os
import shutil
import subprocess
import sys
from pathlib import Path

import lit.formats


def find_invhlo_opt() -> str:
    """Returns the path of the tool under test, or ends the run."""
    chosen = lit_config.params.get("invhlo_opt") or os.environ.get("INVHLO_OPT")
    path = Path(chosen or Path(sys.executable).parent / "invhlo-opt")
    if not path.exists():
        lit_config.fatal(f"no invhlo-opt at {path}: build it, or --param invhlo_opt=")
    return str(path.absolute())


def find_llvm_tools() -> Path:
    """Returns the directory of LLVM 22's FileCheck, or ends the run."""
    for name in ("llvm-config-22", "llvm-config"):
        if llvm_config := shutil.which(name):
            bindir = subprocess.check_output([llvm_config, "--bindir"], text=True)
            if (Path(bindir.strip()) / "FileCheck").exists():
                return Path(bindir.strip())
    for directory in (Path("/usr/lib/llvm-22/bin"), *map(Path, os.get_exec_path())):
        if (directory / "FileCheck").exists():
            return directory
    lit_config.fatal("no FileCheck: install llvm-22-tools")
    raise AssertionError


llvm_tools = find_llvm_tools()

config.name = "invhlo"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.test_source_root, "../../build/lit")
config.environment["JAX_PLATFORMS"] = "cpu"
config.substitutions += [
    (r"\binvhlo-opt\b", f'"{find_invhlo_opt()}"'),
    ("%invhlo", f'"{sys.executable}" -m invhlo.cli'),
    (r"\bFileCheck\b", f'"{llvm_tools / "FileCheck"}" --enable-var-scope'),
    (r"\bsplit-file\b", f'"{llvm_tools / "split-file"}"'),
    # Paths may have spaces. These come before lit's own, which fill in the path.
    *((f"%{name}(?![a-zA-Z])", f'"%{name}"') for name in "sStT"),
]
