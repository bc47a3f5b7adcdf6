# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Who may know whom, read off imports and includes."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / "python" / "invhlo"
PASSES = ROOT / "passes"


def imports_of(path):
    """What the module at `path` imports, as dotted names."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: write imports in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


MODULES = {
    ".".join(path.relative_to(PYTHON).with_suffix("").parts): list(imports_of(path))
    for path in PYTHON.glob("**/*.py")
}


def importers(*prefixes):
    """The modules that import something from under one of the `prefixes`."""
    dotted = tuple(prefix + "." for prefix in prefixes)
    return {
        name
        for name, imports in MODULES.items()
        for imported in imports
        if (imported + ".").startswith(dotted)
    }


def test_errors_imports_nothing():
    assert MODULES["_errors"] == []


def test_only_the_pipeline_calls_the_compiler():
    assert importers("invhlo._core") == {"_compiler.pipeline"}


def test_private_jax_is_in_one_place():
    private = importers("jax._src", "jax.interpreters", "jax.extend", "jaxlib")
    # The probe is a program of its own, which must not wait for JAX to be imported.
    outside = {name for name in private if not name.startswith("_jaxcompat.")}
    assert outside == {"_compiler.probe"}


def test_private_jax_may_be_missing():
    """It is looked up, not imported, but for a type that only mypy sees."""
    assert not importers("jax._src", "jaxlib._jax") - {"_jaxcompat.transforms"}


def test_public_names_are_re_exported():
    for imported in MODULES["__init__"]:
        assert not imported.startswith("jax"), imported


def module_of(imported):
    """The module that holds the name `imported`, if it is one of ours, in a set."""
    path = imported.removeprefix("invhlo.")
    while path and path not in MODULES and f"{path}.__init__" not in MODULES:
        path = path.rpartition(".")[0]
    return {path} if path and imported.startswith("invhlo.") else set()


# The folders and modules of `python/invhlo`, in the order of use.
ORDER = [
    *("_errors", "_util", "_jaxcompat", "_ir", "_jaxprs", "_rules", "_frontend"),
    *("_compiler", "_backend", "_solve", "_inverse", "_log_prob", "_while_loop"),
    *("_preimages", "_aot", "__init__", "testing", "interop", "oryx", "cli"),
]


def place_of(name):
    """The number of the folder or module that `name` is in."""
    return ORDER.index(name.partition(".")[0])


@pytest.mark.parametrize("name", MODULES)
def test_python_imports_point_down(name):
    for imported in MODULES[name]:
        for module in module_of(imported):
            assert place_of(module) <= place_of(name), imported


def test_python_imports_have_no_cycle():
    def known(imported):
        return {
            module if module in MODULES else f"{module}.__init__"
            for module in module_of(imported)
        }

    edges = {
        name: set().union(*map(known, imports)) - {name}
        for name, imports in MODULES.items()
    }
    while edges:
        free = {name for name, needed in edges.items() if not needed & set(edges)}
        assert free, f"these import each other: {sorted(edges)}"
        edges = {name: needed for name, needed in edges.items() if name not in free}


# Left may include right; each may include itself.
DIALECTS = {"StableHLO", "CHLO", "Sdy", "Invhlo"}
MAY_INCLUDE = {
    "StableHLO": set(),
    "StableHLO/Analysis": {"StableHLO"},
    "CHLO": {"StableHLO"},
    "Sdy": {"StableHLO"},
    "Invhlo": {"StableHLO"},
    "Spans": DIALECTS,
    "Literals": {"StableHLO", "StableHLO/Analysis"},
    "Folding": {"Literals", "StableHLO", "StableHLO/Analysis"},
    "Interfaces": {"Literals"} | DIALECTS,
    "Engine": {"Interfaces"} | DIALECTS,
    "Rules": {"Interfaces", "Literals", "Spans", "StableHLO/Analysis"} | DIALECTS,
    "Idioms": {"Literals", "Spans", "StableHLO/Analysis"} | DIALECTS,
    "Systems": {"Idioms", "Interfaces", "Literals", "Rules", "StableHLO/Analysis"}
    | DIALECTS,
    "Transforms": {"Engine", "Folding", "Idioms", "Interfaces", "StableHLO/Analysis"}
    | DIALECTS,
    "Bridge": {"Transforms", "Rules", "Interfaces", "Systems"} | DIALECTS,
    "tools": {"Bridge", "Transforms", "Rules", "Interfaces"} | DIALECTS,
    "bindings": {"Bridge"},
}
SOURCES = [
    path
    for folder in (PASSES, ROOT / "python" / "bindings")
    for path in folder.rglob("*")
    if path.suffix in {".h", ".cpp", ".td"}
]


def layer_of(path):
    """The layer that the source at `path` belongs to."""
    parts = path.relative_to(ROOT).parts
    if parts[0] == "python":
        return "bindings"
    if parts[1] == "tools":
        return "tools"
    folders = parts[3:] if parts[1] == "include" else parts[2:]
    return "/".join(folders[: 2 if folders[1] == "Analysis" else 1])


def includes_of(path):
    """The layers that the source at `path` includes."""
    text = path.read_text()
    folder = r'^(?:#)?include "invhlo/(\w+(?:/Analysis)?)/'
    return set(re.findall(folder, text, re.MULTILINE))


@pytest.mark.parametrize("layer", MAY_INCLUDE)
def test_includes_point_down(layer):
    allowed = MAY_INCLUDE[layer] | {layer}
    wrong = {
        f"{path.relative_to(ROOT)} includes {included}"
        for path in SOURCES
        if layer_of(path) == layer
        for included in includes_of(path) - allowed
    }
    assert not wrong


def test_every_source_has_a_layer():
    assert {layer_of(path) for path in SOURCES} <= set(MAY_INCLUDE)


def test_nothing_in_the_compiler_sees_python():
    for path in PASSES.rglob("*"):
        if path.suffix in {".h", ".cpp"}:
            assert "Python.h" not in path.read_text(), path
            assert "nanobind" not in path.read_text(), path


def written_files():
    """The files that people write."""
    suffixes = {".py", ".pyi", ".h", ".cpp", ".td", ".cmake", ".sh"}
    for folder in ("python", "passes", "tests", "examples", "benchmarks", "cmake"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in suffixes and "Output" not in path.parts:
                yield path


def test_files_are_short():
    long = {
        str(path.relative_to(ROOT)): count
        for path in written_files()
        if (count := len(path.read_text().splitlines())) > 620
    }
    assert not long


def test_types_have_names_of_their_own():
    """Two of one name would be mixed up by the linker, wherever they are."""
    places = {}
    for path in PASSES.rglob("*"):
        if path.suffix in {".h", ".cpp"}:
            for kind in re.findall(
                r"^(?:struct|class) (\w+)(?:\s+final)?(?: \{| :|$)",
                path.read_text(),
                re.MULTILINE,
            ):
                places.setdefault(kind, []).append(path.name)
    assert not {kind: files for kind, files in places.items() if len(files) > 1}


def test_files_name_their_license():
    spdx = "SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception"
    missing = [
        str(path.relative_to(ROOT))
        for path in written_files()
        if (text := path.read_text()).strip() and spdx not in text
    ]
    assert not missing
