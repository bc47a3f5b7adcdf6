# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Programs read from files, which can be inspected and run."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import jax

from invhlo._aot.formats import Format, format_of, portable_version
from invhlo._aot.modules import signature_of
from invhlo._aot.reading import read_exported, read_module
from invhlo._backend.program import Program
from invhlo._ir.printing import text_of
from invhlo._jaxcompat import make_ir_context
from invhlo._jaxprs.hosted import Hosted
from invhlo._util.avals import ShapedArray
from invhlo._util.origin import Origin


@dataclasses.dataclass(frozen=True, eq=False)
class ReadProgram:
    """A program that was read from bytes.

    Attributes:
      form: The format of these bytes.
      name: The name of the program.
      labels: The names of its arguments in messages, flat.
      in_avals: The avals of its arguments, flat.
      out_avals: The avals of its results, flat.
      platforms: The platforms that it runs on; empty if the program does not say.
      stablehlo_version: The version of StableHLO that it is written in; None if the
        program does not say.
      calling_convention: The version of the calling convention of `jax.export`; None
        for a module.
      vjp_orders: How many orders of derivatives were serialized with it.
      call: Runs the program: from flat arrays to a list of arrays.
    """

    form: Format
    name: str
    labels: Sequence[str]
    in_avals: Sequence[Any]
    out_avals: Sequence[Any]
    platforms: tuple[str, ...]
    stablehlo_version: str | None
    calling_convention: int | None
    vjp_orders: int
    call: Callable[..., list[Any]]


def read_program(data: bytes, origin: Origin = Origin.FOREIGN) -> ReadProgram:
    """Reads a module or an exported program.

    Args:
      data: The content of the file.
      origin: Where it comes from.

    Raises:
      ValueError: `data` is neither, or damaged, or too new.
    """
    form = format_of(data)
    if form is Format.EXPORTED:
        return _exported(data, origin)
    return _module(data, form, origin)


def vjp_orders(exported: jax.export.Exported) -> int:
    """How many orders of derivatives were serialized with `exported`."""
    orders = 0
    while exported.has_vjp():
        exported = exported.vjp()
        orders += 1
    return orders


def _exported(data: bytes, origin: Origin) -> ReadProgram:
    exported = read_exported(data, origin)

    def call(*arrays: Any) -> list[Any]:
        args, kwargs = jax.tree.unflatten(exported.in_tree, arrays)
        return jax.tree.leaves(exported.call(*args, **kwargs))

    args, kwargs = jax.tree.unflatten(exported.in_tree, exported.in_avals)
    paths = [
        path for path, _ in jax.tree_util.tree_leaves_with_path((list(args), kwargs))
    ]
    return ReadProgram(
        form=Format.EXPORTED,
        name=exported.fun_name,
        labels=[jax.tree_util.keystr(path[1:]) for path in paths],
        in_avals=exported.in_avals,
        out_avals=exported.out_avals,
        platforms=tuple(exported.platforms),
        stablehlo_version=portable_version(exported.mlir_module_serialized),
        calling_convention=exported.calling_convention_version,
        vjp_orders=vjp_orders(exported),
        call=call,
    )


def _module(data: bytes, form: Format, origin: Origin) -> ReadProgram:
    with make_ir_context() as context:
        module = read_module(data, context, origin)
        name, in_avals, out_avals = signature_of(module)
        text = text_of(module)

    def call(*arrays: jax.Array) -> list[jax.Array]:
        avals: tuple[ShapedArray, ...] = tuple(out_avals)
        return Program(name, avals, text, Hosted(), is_quoted=False)(*arrays)

    return ReadProgram(
        form=form,
        name=name,
        labels=[f"[{i}]" for i in range(len(in_avals))],
        in_avals=in_avals,
        out_avals=out_avals,
        platforms=(),
        stablehlo_version=portable_version(data),
        calling_convention=None,
        vjp_orders=0,
        call=call,
    )
