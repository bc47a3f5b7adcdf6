# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Dense Jacobians, and log-dets from them."""

from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp

from invhlo._avals import share_dtype, stand_in
from invhlo._errors import NonInvertibleError
from invhlo._jaxcompat import ClosedJaxpr, jaxpr_as_fun


def dense_ildj(inverse: ClosedJaxpr, leading: int) -> ClosedJaxpr:
    """log|det| of the Jacobian of what `inverse` returns in its last arguments.

    Args:
      inverse: From `leading` arguments and the results of a function to its operands.
      leading: How many of its arguments are constant.

    Returns:
      From the same arguments to the shares, all alike, of what `inverse` returns.
    """

    def shares(*arrays: jax.Array) -> list[jax.Array]:
        constant, results = arrays[:leading], list(arrays[leading:])
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
