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

import interop
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


def importable(name):
    """The module of this name, where the libraries that it needs are installed."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        if not name.startswith("invhlo.interop."):
            raise
        pytest.skip(f"{error}; {interop.WHY}")


@pytest.mark.parametrize("name", ["invhlo", *MODULES])
def test_docstrings(name):
    module = importable(name)
    assert doctest.testmod(module, optionflags=FLAGS).failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages(page):
    for name in re.findall(
        r"^>>> import (invhlo\.interop\.\w+)", page.read_text(), re.M
    ):
        importable(name)
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
    for i, block in enumerate(
        re.findall(r"^```mlir\n(.*?)^```", page.read_text(), re.S | re.M)
    )
]


@pytest.mark.parametrize("block", MLIR_BLOCKS)
def test_modules_in_pages_are_inverted(block):
    result = invhlo_opt.run(block, "--invhlo-pipeline=log-det=total")
    assert result.returncode == 0, result.stderr


GUIDE = (ROOT / "docs" / "adding-a-rule.md").read_text()
PATH = re.compile(r"`((?:passes|python|scripts|tests)/[\w./-]+)`")


class TestGuide:
    """What docs/adding-a-rule.md names is there, and what it adds is not."""

    def test_paths(self):
        missing = [path for path in PATH.findall(GUIDE) if not (ROOT / path).exists()]
        assert not missing

    def test_the_op_that_is_taken_out_is_as_shown(self):
        (section,) = re.findall(r"^## An op\n(.*?)^## ", GUIDE, re.S | re.M)
        parts = re.split(
            r"^```(?:cpp|python|text)\n(.*?)^```$", section, flags=re.S | re.M
        )
        paths = []
        for text, block in zip(parts[::2], parts[1::2], strict=False):
            paths += PATH.findall(text)
            assert block in (ROOT / paths[-1]).read_text(), paths[-1]
        assert len(parts) == 11

    def test_names_in_the_code(self):
        blocks = re.findall(r"^```(?:cpp|tablegen)\n(.*?)^```$", GUIDE, re.S | re.M)
        sources = [*(ROOT / "passes").rglob("*.cpp"), *(ROOT / "passes").rglob("*.h")]
        sources += (ROOT / "passes").rglob("*.td")
        word = re.compile(r"[A-Za-z_]\w+")
        known = {name for path in sources for name in word.findall(path.read_text())}
        new = set(word.findall("\n".join(blocks))) - known
        assert new == {
            *("isru", "IsruRule", "NamedComputationModel"),
            *("Invhlo_LogitOp", "LogitOp"),
        }

    def test_the_op_with_a_region_has_no_rule(self):
        rules = invhlo_opt.run("", "--list-rules").stdout.split()
        assert "sdy.named_computation" not in rules


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
        "Preimages",
        "compile_for_target",
        "custom_inverse",
        "export",
        "from_forward",
        "ildj",
        "inverse",
        "inverse_and_ildj",
        "invert_lowered",
        "log_prob",
        "lower_annotated",
        "preimages",
        "spread_log_det",
        "while_loop",
    }


@pytest.mark.parametrize("name", public_names())
def test_public_names_are_documented(name):
    thing = getattr(invhlo, name)
    assert inspect.getdoc(thing)
    for member_name, member in vars(thing).items() if inspect.isclass(thing) else ():
        if not member_name.startswith("_"):
            assert inspect.getdoc(member), f"{name}.{member_name}"
