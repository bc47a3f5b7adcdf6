# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""invhlo-opt knows every op and attribute that jaxlib's bindings know.

The bindings are generated from the op definitions jaxlib was built with, so an
op, an attribute or an optional marker that is missing here shows up as a
failure when jaxlib moves on.
"""

import ast
import functools
import importlib
import inspect
import re
import textwrap
from collections import defaultdict
from pathlib import Path

import pytest
from jax.interpreters.mlir import make_ir_context
from jaxlib.mlir import ir

import invhlo_opt

_EXAMPLES = Path(__file__).parents[1] / "lit" / "dialect"
_SEPARATOR = "// -----\n"


def _attributes(cls: type) -> dict[str, bool]:
    """Returns the attributes that an op class has, and which are optional."""
    found = {}
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(cls)))):
        if not isinstance(node, ast.FunctionDef) or node.returns is None:
            continue
        text = ast.unparse(node)
        if match := re.search(r"'(\w+)' in self\.operation\.attributes", text):
            found[match[1]] = True
        elif match := re.search(r"self\.operation\.attributes\['(\w+)'\]", text):
            optional = "Optional" in ast.unparse(node.returns)
            found[match[1]] = optional
    return found


def _bindings() -> dict[str, dict[str, bool]]:
    """Returns the attributes of every op of the three dialects."""
    found = {}
    for dialect in ("stablehlo", "chlo", "sdy"):
        module = importlib.import_module(f"jaxlib.mlir.dialects._{dialect}_ops_gen")
        for cls in vars(module).values():
            if isinstance(cls, type) and hasattr(cls, "_ODS_REGIONS"):
                found[cls.OPERATION_NAME] = _attributes(cls)
    return found


_OPS = _bindings()
_ATTRIBUTES = [(op, name) for op, attributes in _OPS.items() for name in attributes]


def _errors(texts: list[str]) -> list[str]:
    """Returns the errors invhlo-opt has with each of `texts`, from one process."""
    result = invhlo_opt.run(_SEPARATOR.join(texts), "--split-input-file")
    by_line = defaultdict(str)
    for line, message in re.findall(r"<stdin>:(\d+):\d+: error: (.*)", result.stderr):
        by_line[int(line)] += message + "\n"
    errors, first = [], 1
    for text in texts:
        last = first + text.count("\n")
        errors.append("".join(by_line[line] for line in range(first, last + 1)))
        first = last + 1
    return errors


# ===------------------------------------------------------------------------=== #
# Ops are registered
# ===------------------------------------------------------------------------=== #


@functools.cache
def _unregistered() -> set[str]:
    """Returns the ops invhlo-opt does not know, and one that nobody knows."""
    names = [*_OPS, "stablehlo.no_such_op"]
    errors = _errors([f'"{name}"() : () -> ()\n' for name in names])
    return {
        name
        for name, error in zip(names, errors, strict=True)
        if "unregistered" in error
    }


def test_an_unknown_op_is_noticed():
    assert "stablehlo.no_such_op" in _unregistered()


@pytest.mark.parametrize("op", _OPS)
def test_op_is_registered(op: str):
    assert op not in _unregistered()


# ===------------------------------------------------------------------------=== #
# Attributes belong to their op
# ===------------------------------------------------------------------------=== #


@functools.cache
def _discardable() -> dict[str, set[str]]:
    """Returns the attributes that are just passengers on an op.

    An attribute of the op itself moves into `<{...}>`, or is dropped if it has the
    wrong type, which "?" will be for most.
    """
    text = ""
    for op, attributes in _OPS.items():
        entries = ", ".join(f'{name} = "?"' for name in [*attributes, "no_such"])
        text += f'"{op}"() {{{entries}}} : () -> ()\n'
    result = invhlo_opt.run(
        text,
        "--mlir-very-unsafe-disable-verifier-on-parsing",
        "--verify-each=false",
        "--mlir-print-op-generic",
    )
    assert result.returncode == 0, result.stderr
    printed = re.findall(
        r'"([\w.-]+)"\(\)(?: <\{.*\}>)? \{(.*)\} : \(\) -> \(\)', result.stdout
    )
    return {op: set(re.findall(r"(\w+) =", rest)) for op, rest in printed}


@pytest.mark.parametrize("op", _OPS)
def test_an_unknown_attribute_is_noticed(op: str):
    assert "no_such" in _discardable()[op]


@pytest.mark.parametrize(("op", "attribute"), _ATTRIBUTES)
def test_attribute_belongs_to_the_op(op: str, attribute: str):
    assert attribute not in _discardable()[op]


# ===------------------------------------------------------------------------=== #
# Attributes are required where jaxlib requires them
# ===------------------------------------------------------------------------=== #


def _find(op: ir.Operation, name: str) -> ir.Operation | None:
    """Returns the first op of that name inside `op`."""
    for region in op.regions:
        for block in region:
            for inner in block:
                if inner.operation.name == name:
                    return inner.operation
                if found := _find(inner.operation, name):
                    return found
    return None


def _example_without(op: str, attribute: str) -> str:
    """Returns the op's example from the lit tests, less one attribute."""
    dialect, _, mnemonic = op.partition(".")
    text = (_EXAMPLES / dialect / f"{mnemonic}.mlir").read_text()
    with make_ir_context():
        module = ir.Module.parse(text)
        example = _find(module.operation, op)
        assert example is not None
        if attribute in example.attributes:
            del example.attributes[attribute]
        return module.operation.get_asm(print_generic_op_form=True)


@functools.cache
def _required() -> dict[tuple[str, str], bool]:
    errors = _errors([_example_without(*pair) for pair in _ATTRIBUTES])
    return {
        (op, name): f"'{op}' op requires attribute '{name}'" in error
        for (op, name), error in zip(_ATTRIBUTES, errors, strict=True)
    }


@pytest.mark.parametrize(("op", "attribute"), _ATTRIBUTES)
def test_attribute_is_optional_where_it_is_in_jaxlib(op: str, attribute: str):
    optional = _OPS[op][attribute]
    assert _required()[op, attribute] == (not optional)
