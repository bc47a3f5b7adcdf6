# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Dense and diagonal Jacobians, and log-dets from them."""

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
    """The log-det of an inverse, from its Jacobian.

    Args:
      inverse: From `leading` constants and the results of a function to its operands.
      leading: How many arguments of `inverse` are constant.

    Returns:
      From the same arguments to the shares of the operands. The log-det is spread
      evenly over them, unless `inverse` is elementwise.
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
    """The Jacobian matrix of the real and complex results of `fun`.

    Args:
      fun: A function of a list of arrays.
      at: The arrays at which it is differentiated.

    Returns:
      The Jacobian of `real_vector` of the results by `real_vector` of the arguments.
    """

    def of_vector(vector: jax.Array) -> jax.Array:
        return real_vector(fun(from_real_vector(vector, at)))

    jacobian: jax.Array = jax.jacfwd(of_vector)(real_vector(at))
    return jacobian


def diagonal_sources(fun: ClosedJaxpr, leading: int) -> dict[int, int] | None:
    """For each real result, the argument of which it is an elementwise function.

    Args:
      fun: A function.
      leading: How many of its arguments are constant.

    Returns:
      From the positions of results to those of arguments, counted behind the constants.
      None unless the Jacobian is known to be diagonal.
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
    """The diagonal of the Jacobian of an elementwise function.

    Args:
      fun: The function.
      sources: The argument of which each result is a function; see `diagonal_sources`.
      constant: The constant arguments.
      at: The other arguments.

    Returns:
      For each result in `sources`, the derivatives of its elements.
    """
    ones = [jnp.ones_like(x) if has_density(x) else no_tangent(x) for x in at]
    _, slopes = jax.jvp(
        lambda at: jaxpr_as_fun(fun)(*constant, *at), (list(at),), (ones,)
    )
    return {i: slopes[i] for i in sources}


def log_slopes(slopes: dict[int, jax.Array], avals: Sequence[Any]) -> list[jax.Array]:
    """Shares for values of `avals`: the log of the absolute slope, 0 where none is."""
    return [
        jnp.log(jnp.abs(slopes[i].astype(share_dtype(aval))))
        if i in slopes
        else jnp.zeros(aval.shape, share_dtype(aval))
        for i, aval in enumerate(avals)
    ]


def no_tangent(x: jax.Array) -> Any:
    """The tangent (of dtype `float0`) of an array `x` that has no derivative."""
    return np.zeros(x.shape, jax.dtypes.float0)


def spread_evenly(total: jax.Array, avals: Sequence[Any]) -> list[jax.Array]:
    """Shares for values of `avals`: `total` spread evenly over all elements."""
    count = sum(aval.size for aval in avals if has_density(aval))
    return [
        jnp.full(aval.shape, total / count, share_dtype(aval))
        if has_density(aval)
        else jnp.zeros(aval.shape, share_dtype(aval))
        for aval in avals
    ]


def has_density(value: Any) -> bool:
    """Whether `value`, an array or aval, is real or complex: it counts in a log-det."""
    return bool(jnp.issubdtype(value.dtype, jnp.inexact))


def count_dimensions(avals: Sequence[Any]) -> int:
    """The number of real dimensions of values of `avals`; a complex number has two."""
    return sum(
        aval.size * (2 if jnp.issubdtype(aval.dtype, jnp.complexfloating) else 1)
        for aval in avals
        if has_density(aval)
    )


def real_vector(values: Sequence[jax.Array]) -> jax.Array:
    """The real and imaginary parts of all elements as a vector, at least float32."""
    return jnp.concatenate([_parts(x) for x in values if has_density(x)])


def from_real_vector(vector: jax.Array, like: Sequence[jax.Array]) -> list[jax.Array]:
    """The inverse of `real_vector`.

    Args:
      vector: The real and imaginary parts of all elements.
      like: Arrays of the shapes and dtypes to make; integers are returned as they are.
    """
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
