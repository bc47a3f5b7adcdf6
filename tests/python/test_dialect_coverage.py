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
import re
from collections import defaultdict
from pathlib import Path

import pytest
from jax.interpreters.mlir import make_ir_context
from jaxlib.mlir import ir

import invhlo_opt
from invhlo._backend.support import SUPPORT_CALLS

_EXAMPLES = Path(__file__).parents[1] / "lit" / "dialect"
_SEPARATOR = "// -----\n"


def _attributes(cls: ast.ClassDef) -> list[str]:
    """Returns the attributes of an op class, from the properties that read them."""
    found = []
    for node in cls.body:
        if not isinstance(node, ast.FunctionDef) or node.name.endswith("SegmentSizes"):
            continue
        decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
        if "builtins.property" in decorators:
            found += re.findall(
                r"return .*'(\w+)'.* self\.operation\.attributes"
                r"|return self\.operation\.attributes\['(\w+)'\]",
                ast.unparse(node),
            )
    return [unit or valued for unit, valued in found]


def _bindings() -> dict[str, list[str]]:
    """Returns the attributes of every op of the three dialects."""
    found = {}
    for dialect in ("stablehlo", "chlo", "sdy"):
        module = importlib.import_module(f"jaxlib.mlir.dialects._{dialect}_ops_gen")
        for node in ast.parse(Path(module.__file__).read_text()).body:
            cls = isinstance(node, ast.ClassDef) and getattr(module, node.name)
            name = getattr(cls, "OPERATION_NAME", None)
            if hasattr(cls, "_ODS_REGIONS"):
                found[name] = _attributes(node)
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


@functools.cache
def _own_attributes() -> set[tuple[str, str]]:
    """Returns the attributes invhlo-opt checks, as it does only with an op's own.

    No attribute may be both a string and a unit, so one of the two is refused.
    """
    pairs = _ATTRIBUTES + [(op, "no_such") for op in _OPS]
    found = set()
    for value in ("", ' = "?"'):
        texts = [f'"{op}"() {{{name}{value}}} : () -> ()\n' for op, name in pairs]
        for (op, name), error in zip(pairs, _errors(texts), strict=True):
            if f"attribute '{name}' failed to satisfy constraint" in error:
                found.add((op, name))
    return found


def test_an_unknown_attribute_is_noticed():
    assert all((op, "no_such") not in _own_attributes() for op in _OPS)


@pytest.mark.parametrize(("op", "attribute"), _ATTRIBUTES)
def test_attribute_belongs_to_the_op(op: str, attribute: str):
    assert (op, attribute) in _own_attributes()


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
    module = ir.Module.parse(text)
    example = _find(module.operation, op)
    assert example is not None
    if attribute in example.attributes:
        del example.attributes[attribute]
    return module.operation.get_asm(print_generic_op_form=True)


def _jaxlib_error(text: str) -> str:
    try:
        ir.Module.parse(text)
    except ir.MLIRError as error:
        return str(error)
    return ""


@functools.cache
def _required() -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Returns the attributes that invhlo-opt requires, and those jaxlib does."""
    with make_ir_context():
        texts = [_example_without(*pair) for pair in _ATTRIBUTES]
        theirs = [_jaxlib_error(text) for text in texts]
    ours = _errors(texts)
    return tuple(
        {
            (op, name)
            for (op, name), error in zip(_ATTRIBUTES, errors, strict=True)
            if f"requires attribute '{name}'" in error
        }
        for errors in (ours, theirs)
    )


def test_some_attributes_are_required():
    assert len(_required()[1]) > 50


@pytest.mark.parametrize(("op", "attribute"), _ATTRIBUTES)
def test_attribute_is_required_where_jaxlib_requires_it(op: str, attribute: str):
    ours, theirs = _required()
    assert ((op, attribute) in ours) == ((op, attribute) in theirs)


_OWN = Path(__file__).parents[2] / "passes/include/invhlo/Invhlo"
_OWN_OPS = "".join(path.read_text() for path in sorted(_OWN.glob("*.td")))


def test_every_op_of_our_own_has_tests():
    names = re.findall(r'(?:Invhlo_(?:Host)?Op<|Op<Invhlo_Dialect, )"(\w+)"', _OWN_OPS)
    tests = {path.stem for path in (_EXAMPLES / "invhlo").glob("*.mlir")}
    assert tests == {name + part for name in names for part in ("", "-errors")}


def test_every_host_call_is_a_function_of_jax():
    names = re.findall(r'Invhlo_HostOp<"(\w+)"', _OWN_OPS)
    # These take attributes, or are primitives of the program.
    others = {"primitive", "bind", "split"}
    assert {f"invhlo.{name}" for name in set(names) - others} == set(SUPPORT_CALLS)
