# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Derivatives of the function that an equation applies, as jaxprs."""

from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from invhlo._jaxcompat import ClosedJaxpr
from invhlo._util.avals import stand_in
from invhlo._util.functions import along


def differentiable(values: Sequence[Any]) -> list[int]:
    """The positions of the `values`, avals or variables, that have a real dtype."""
    return [
        i
        for i, x in enumerate(values)
        if jnp.issubdtype(getattr(x, "aval", x).dtype, jnp.inexact)
    ]


def _call_of(eqn: Any) -> Callable[..., Any]:
    """The function of its operands that `eqn` applies; it returns a tuple."""

    def call(*operands: Any) -> Any:
        params = eqn.primitive.get_bind_params(eqn.params)
        return tuple(eqn.primitive.bind(*operands, **params))

    return call


def jvp_of(eqn: Any, moving: Sequence[int]) -> ClosedJaxpr:
    """The JVP of the function that `eqn` applies.

    Args:
      eqn: An equation.
      moving: The positions of the operands that have tangents.

    Returns:
      From all operands and the tangents of `moving` to the results and their tangents.
    """

    def jvp(primals: list[Any], tangents: list[Any]) -> Any:
        of_moving = along(_call_of(eqn), primals, moving)
        return jax.jvp(of_moving, [primals[i] for i in moving], tangents)

    primals = [stand_in(atom.aval) for atom in eqn.invars]
    return jax.make_jaxpr(jvp)(primals, [primals[i] for i in moving])


def vjp_of(eqn: Any, moving: Sequence[int]) -> tuple[ClosedJaxpr, ClosedJaxpr]:
    """The VJP of the function that `eqn` applies, as a forward and a backward pass.

    Args:
      eqn: An equation.
      moving: The positions of the operands that have cotangents.

    Returns:
      The forward pass, from all operands to the results and then the residuals; and the
      backward pass, from the residuals and the cotangents of the differentiable results
      to the cotangents of `moving`.
    """
    pulling: list[Any] = []

    def forward(*operands: Any) -> list[Any]:
        of_moving = along(_call_of(eqn), operands, moving)
        results, pull = jax.vjp(of_moving, *(operands[i] for i in moving))
        residuals, tree = jax.tree.flatten(pull)
        pulling.append(tree)
        return [*results, *residuals]

    def backward(residuals: list[Any], given: list[Any]) -> Any:
        cotangents: list[Any] = [
            np.zeros(x.aval.shape, jax.dtypes.float0) for x in eqn.outvars
        ]
        for i, cotangent in zip(moved, given, strict=True):
            cotangents[i] = cotangent
        return jax.tree.unflatten(pulling[0], residuals)(tuple(cotangents))

    moved = differentiable(eqn.outvars)
    whole = jax.make_jaxpr(forward)(*(stand_in(atom.aval) for atom in eqn.invars))
    residuals = [stand_in(aval) for aval in whole.out_avals[len(eqn.outvars) :]]
    given = [stand_in(eqn.outvars[i].aval) for i in moved]
    return whole, jax.make_jaxpr(backward)(residuals, given)
