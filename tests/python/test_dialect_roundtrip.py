# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What JAX lowers goes through the compiler unchanged, letter for letter."""

import dataclasses
import functools

import pytest
from jax.interpreters.mlir import make_ir_context
from jaxlib.mlir import ir

import invhlo_opt
from invhlo import _core
from programs import FAMILIES

_PROGRAMS = [
    pytest.param(family, index, id=program.name)
    for family, programs in FAMILIES.items()
    for index, program in enumerate(programs)
]


@dataclasses.dataclass(frozen=True)
class _Texts:
    """One module in every form jaxlib prints.

    `generic` is of the module that JAX built, where default values are written out,
    `reparsed` of the one jaxlib reads from `pretty`.
    """

    pretty: str
    generic: str
    reparsed: str
    debug: str
    compiled: list[str]


def _texts(module: ir.Module) -> _Texts:
    print_module = module.operation.get_asm
    pretty = print_module()
    generic = print_module(print_generic_op_form=True)
    with make_ir_context():
        reparsed = ir.Module.parse(pretty).operation
        compiled = [
            ir.Module.parse(_through_compiler(generic, as_text)).operation.get_asm()
            for as_text in (False, True)
        ]
        return _Texts(
            pretty=pretty,
            generic=generic,
            reparsed=reparsed.get_asm(print_generic_op_form=True),
            debug=print_module(enable_debug_info=True),
            compiled=compiled,
        )


def _through_compiler(generic: str, as_text: bool) -> bytes:
    """A module, read as text and written by the compiler."""
    result = _core.run_pipeline(generic.encode(), "", as_text=as_text)
    assert result.succeeded, [found.message for found in result.diagnostics]
    return result.module


@functools.cache
def _lowered(family: str) -> list[_Texts]:
    return [_texts(program.lower()) for program in FAMILIES[family]]


@functools.cache
def _through_invhlo_opt(family: str, form: str, *flags: str) -> list[str]:
    return invhlo_opt.run_all(
        [getattr(texts, form) for texts in _lowered(family)], *flags
    )


# The form that goes in, the form that must come out, and the flags that ask for it.
_ROUTES = {
    "pretty": ("pretty", "pretty", ()),
    "to-generic": ("pretty", "reparsed", ("--mlir-print-op-generic",)),
    "from-generic": ("generic", "pretty", ()),
    "debug": ("debug", "debug", ("--mlir-print-debuginfo",)),
}


def _jaxlib_verifies(text: str) -> None:
    with make_ir_context():
        assert ir.Module.parse(text).operation.verify()


@pytest.mark.parametrize(("family", "index"), _PROGRAMS)
def test_round_trip(family: str, index: int):
    texts = _lowered(family)[index]
    for route, (given, wanted, flags) in _ROUTES.items():
        got = _through_invhlo_opt(family, given, *flags)[index]
        assert got.strip() == getattr(texts, wanted).strip(), route
    assert texts.compiled == [texts.pretty] * 2
    _jaxlib_verifies(_through_invhlo_opt(family, "pretty")[index])


def test_corpus_is_large_and_names_are_unique():
    names = [program.name for programs in FAMILIES.values() for program in programs]
    assert len(names) >= 300
    assert len(set(names)) == len(names)
