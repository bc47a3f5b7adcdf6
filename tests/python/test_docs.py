# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The examples in docstrings and pages run and print what they say."""

import doctest
import importlib
import inspect
import pkgutil
import re
import shlex
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import invhlo
import invhlo_opt
from invhlo.cli import app

ROOT = Path(__file__).parents[2]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
MODULES = [
    info.name
    for info in pkgutil.walk_packages(invhlo.__path__, "invhlo.")
    if info.name != "invhlo._core"
]
PAGES = [
    page
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    if ">>> " in page.read_text()
]


@pytest.mark.parametrize("name", ["invhlo", *MODULES])
def test_docstrings(name):
    module = importlib.import_module(name)
    assert doctest.testmod(module, optionflags=FLAGS).failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages(page):
    failed, _ = doctest.testfile(
        str(page), module_relative=False, optionflags=FLAGS, encoding="utf-8"
    )
    assert failed == 0


COMMANDS = re.findall(r"^    (invhlo .*)$", (ROOT / "README.md").read_text(), re.M)
LAYER = """
func.func @main(%k: tensor<f32>, %x: tensor<f32>) -> tensor<f32> {
  %y = stablehlo.multiply %k, %x : tensor<f32>
  return %y : tensor<f32>
}
"""


def test_commands_in_the_readme(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "layer.mlir").write_text(LAYER)
    (tmp_path / "model.py").write_text("def flow(x):\n    return 2 * x + 1\n")
    np.save("y.npy", np.full((8, 64), 5, np.float32))
    assert COMMANDS
    for command in COMMANDS:
        done = CliRunner().invoke(app, shlex.split(command)[1:])
        assert done.exit_code == 0, done.output
    assert np.load("x.npy").tolist() == np.full((8, 64), 2).tolist()


MLIR_BLOCKS = [
    pytest.param(block, id=f"{page.name}-{i}")
    for page in sorted((ROOT / "docs").glob("*.md"))
    for i, block in enumerate(re.findall(r"```mlir\n(.*?)```", page.read_text(), re.S))
]


@pytest.mark.parametrize("block", MLIR_BLOCKS)
def test_modules_in_pages_are_inverted(block):
    result = invhlo_opt.run(block, "--invhlo-pipeline=log-det=total")
    assert result.returncode == 0, result.stderr


def public_names():
    return [
        name
        for name, thing in vars(invhlo).items()
        if not name.startswith("_") and not inspect.ismodule(thing)
    ]


def test_public_names():
    assert set(public_names()) == set(invhlo.__all__)
    assert set(public_names()) == {
        "ExportedInverse",
        "LoweredInverse",
        "NonInvertibleError",
        "compile_for_target",
        "custom_inverse",
        "export",
        "from_forward",
        "ildj",
        "inverse",
        "inverse_and_ildj",
        "invert_lowered",
        "lower_annotated",
        "spread_log_det",
    }


@pytest.mark.parametrize("name", public_names())
def test_public_names_are_documented(name):
    thing = getattr(invhlo, name)
    assert inspect.getdoc(thing)
    for member_name, member in vars(thing).items() if inspect.isclass(thing) else ():
        if not member_name.startswith("_"):
            assert inspect.getdoc(member), f"{name}.{member_name}"
