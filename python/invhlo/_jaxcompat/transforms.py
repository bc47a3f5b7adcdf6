# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Registers batching and differentiation rules of our own primitives."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import jax
from jax.extend.core import Primitive
from jax.interpreters import ad as _ad
from jax.interpreters import batching as _batching

from invhlo._util.functions import along

if TYPE_CHECKING:
    from jax._src.interpreters.batching import AxisData as AxisData
else:
    AxisData = Any


def register_batching(primitive: Primitive, rule: Callable[..., Any]) -> None:
    """Makes `rule(axis, operands, dims, **params)` the batching rule of `primitive`."""
    _batching.fancy_primitive_batchers[primitive] = rule


def mapped(
    fun: Callable[..., Any],
    axis: AxisData,
    in_dims: Sequence[int | None],
    out_dims: Sequence[int | None] | int,
) -> Callable[..., Any]:
    """`fun` mapped over `axis`, for use in a batching rule.

    Args:
      fun: A function that returns a list.
      axis: The mapped axis.
      in_dims: The batch dimension of each operand; None if it is not mapped.
      out_dims: The batch dimension of each result, or of all.
    """
    return jax.vmap(
        fun,
        in_axes=tuple(in_dims),
        out_axes=out_dims if isinstance(out_dims, int) else list(out_dims),
        axis_name=axis.name,
        axis_size=axis.size,
        spmd_axis_name=axis.spmd_name,
    )


def register_jvp(
    primitive: Primitive, fun_of: Callable[..., Callable[..., Any]]
) -> None:
    """Differentiates `primitive` as `fun_of(**params)`, which returns a list.

    The primal results are still those of `primitive`.
    """

    def rule(
        primals: Sequence[Any], tangents: Sequence[Any], **params: Any
    ) -> tuple[Any, Any]:
        moving = [
            i for i, tangent in enumerate(tangents) if type(tangent) is not _ad.Zero
        ]
        results = primitive.bind(*primals, **params)
        _, moved = jax.jvp(
            along(fun_of(**params), primals, moving),
            [primals[i] for i in moving],
            [tangents[i] for i in moving],
        )
        return results, [
            _ad.Zero(jax.typeof(result).to_tangent_aval())
            if tangent.dtype == jax.dtypes.float0
            else tangent
            for result, tangent in zip(results, moved, strict=True)
        ]

    _ad.primitive_jvps[primitive] = rule
