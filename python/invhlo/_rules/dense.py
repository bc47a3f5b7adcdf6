# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Jacobians, dense or diagonal, and log-dets from them."""

from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from invhlo._errors import NonInvertibleError
from invhlo._jaxcompat import ClosedJaxpr, jaxpr_as_fun
from invhlo._jaxprs.elementwise import sources_of_results
from invhlo._util.avals import share_dtype, stand_in


def dense_ildj(inverse: ClosedJaxpr, leading: int) -> ClosedJaxpr:
    """log|det| of the Jacobian of what `inverse` returns in its last arguments.

    Args:
      inverse: From `leading` arguments and the results of a function to its operands.
      leading: How many of its arguments are constant.

    Returns:
      From the same arguments to the shares of what `inverse` returns: all alike,
      unless it acts on each element by itself.
    """
    sources = diagonal_sources(inverse, leading)

    def shares(*arrays: jax.Array) -> list[jax.Array]:
        constant, results = list(arrays[:leading]), list(arrays[leading:])
        if sources is not None:
            slopes = diagonal(inverse, sources, constant, results)
            return log_slopes(slopes, inverse.out_avals)
        jacobian = dense_jacobian(
            lambda results: jaxpr_as_fun(inverse)(*constant, *results), results
        )
        if jacobian.shape[0] != jacobian.shape[1]:
            raise NonInvertibleError(
                "its input and output differ in size, so it has no log-det"
            )
        total = jnp.linalg.slogdet(jacobian).logabsdet
        return spread_evenly(total, inverse.out_avals)

    closed: ClosedJaxpr = jax.make_jaxpr(shares)(*map(stand_in, inverse.in_avals))
    return closed


def dense_jacobian(
    fun: Callable[[list[jax.Array]], Sequence[jax.Array]], at: Sequence[jax.Array]
) -> jax.Array:
    """The derivative of the real and complex results of `fun` by such arguments.

    The real and imaginary parts of all elements are one vector.
    """

    def of_vector(vector: jax.Array) -> jax.Array:
        return real_vector(fun(from_real_vector(vector, at)))

    jacobian: jax.Array = jax.jacfwd(of_vector)(real_vector(at))
    return jacobian


def diagonal_sources(fun: ClosedJaxpr, leading: int) -> dict[int, int] | None:
    """The arguments, behind `leading`, of which results are elementwise functions.

    None if the Jacobian of the real results by the real arguments is not diagonal, or
    is not seen to be.
    """
    moving = [i for i, x in enumerate(fun.in_avals) if i >= leading and has_density(x)]
    results = [i for i, y in enumerate(fun.out_avals) if has_density(y)]
    of_complex = any(
        jnp.issubdtype(aval.dtype, jnp.complexfloating)
        for aval in (*fun.in_avals[leading:], *fun.out_avals)
    )
    found = sources_of_results(fun, moving, results)
    if not found or of_complex or sorted(found) != moving:
        return None
    return {i: source - leading for i, source in zip(results, found, strict=True)}


def diagonal(
    fun: ClosedJaxpr,
    sources: dict[int, int],
    constant: Sequence[jax.Array],
    at: Sequence[jax.Array],
) -> dict[int, jax.Array]:
    """The derivative of each element of the results by that which it is made of."""
    ones = [jnp.ones_like(x) if has_density(x) else no_tangent(x) for x in at]
    _, slopes = jax.jvp(
        lambda at: jaxpr_as_fun(fun)(*constant, *at), (list(at),), (ones,)
    )
    return {i: slopes[i] for i in sources}


def log_slopes(slopes: dict[int, jax.Array], avals: Sequence[Any]) -> list[jax.Array]:
    """Shares for values of `avals`: the logs of those slopes that there are."""
    return [
        jnp.log(jnp.abs(slopes[i].astype(share_dtype(aval))))
        if i in slopes
        else jnp.zeros(aval.shape, share_dtype(aval))
        for i, aval in enumerate(avals)
    ]


def no_tangent(x: jax.Array) -> Any:
    """The tangent of what has none."""
    return np.zeros(x.shape, jax.dtypes.float0)


def spread_evenly(total: jax.Array, avals: Sequence[Any]) -> list[jax.Array]:
    """Shares for values of `avals`, all alike, that add up to `total`."""
    count = sum(aval.size for aval in avals if has_density(aval))
    return [
        jnp.full(aval.shape, total / count, share_dtype(aval))
        if has_density(aval)
        else jnp.zeros(aval.shape, share_dtype(aval))
        for aval in avals
    ]


def has_density(value: Any) -> bool:
    """Whether `value`, an array or an aval, is real or complex."""
    return bool(jnp.issubdtype(value.dtype, jnp.inexact))


def count_dimensions(avals: Sequence[Any]) -> int:
    """The real dimensions of values of `avals`."""
    return sum(
        aval.size * (2 if jnp.issubdtype(aval.dtype, jnp.complexfloating) else 1)
        for aval in avals
        if has_density(aval)
    )


def real_vector(values: Sequence[jax.Array]) -> jax.Array:
    """The real and imaginary parts of all elements, at least single."""
    return jnp.concatenate([_parts(x) for x in values if has_density(x)])


def from_real_vector(vector: jax.Array, like: Sequence[jax.Array]) -> list[jax.Array]:
    """Arrays `like` those of which `vector` has the parts; the others are those."""
    values = list(like)
    start = 0
    for i, value in enumerate(like):
        if not has_density(value):
            continue
        count = count_dimensions([value])
        parts = vector[start : start + count]
        start += count
        if jnp.iscomplexobj(value):
            real, imag = jnp.split(parts, 2)
            parts = jax.lax.complex(real, imag)
        values[i] = parts.reshape(value.shape).astype(value.dtype)
    return values


def _parts(value: jax.Array) -> jax.Array:
    flat = jnp.ravel(value)
    if jnp.iscomplexobj(flat):
        return jnp.concatenate([flat.real, flat.imag])
    return flat.astype(jnp.promote_types(flat.dtype, jnp.float32))
