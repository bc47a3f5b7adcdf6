# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Log-dets from dense Jacobians."""

from collections.abc import Sequence
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
        moving = [
            i for i, y in enumerate(results) if jnp.issubdtype(y.dtype, jnp.inexact)
        ]

        def of_vector(vector: jax.Array) -> jax.Array:
            parts = list(results)
            start = 0
            for i in moving:
                count = _real_vector(results[i]).size
                parts[i] = _from_real(vector[start : start + count], results[i])
                start += count
            found = jaxpr_as_fun(inverse)(*constant, *parts)
            return _concatenated([x for x in found if has_density(x)])

        vector = _concatenated([results[i] for i in moving])
        jacobian = jax.jacfwd(of_vector)(vector)
        if jacobian.shape[0] != jacobian.shape[1]:
            raise NonInvertibleError(
                "its input and output differ in size, so it has no log-det"
            )
        total = jnp.linalg.slogdet(jacobian).logabsdet
        count = sum(aval.size for aval in inverse.out_avals if has_density(aval))
        return [
            jnp.full(aval.shape, total / count, share_dtype(aval))
            if has_density(aval)
            else jnp.zeros(aval.shape, share_dtype(aval))
            for aval in inverse.out_avals
        ]

    closed: ClosedJaxpr = jax.make_jaxpr(shares)(*map(stand_in, inverse.in_avals))
    return closed


def has_density(value: Any) -> bool:
    """Whether `value`, an array or an aval, is real or complex."""
    return bool(jnp.issubdtype(value.dtype, jnp.inexact))


def _concatenated(values: Sequence[jax.Array]) -> jax.Array:
    return jnp.concatenate([_real_vector(value) for value in values])


def _real_vector(value: jax.Array) -> jax.Array:
    """The real and imaginary parts of all elements, at least single."""
    flat = jnp.ravel(value)
    if jnp.iscomplexobj(flat):
        return jnp.concatenate([flat.real, flat.imag])
    return flat.astype(jnp.promote_types(flat.dtype, jnp.float32))


def _from_real(vector: jax.Array, like: jax.Array) -> jax.Array:
    """The array of the shape and dtype of `like` of which `vector` has the parts."""
    if jnp.iscomplexobj(like):
        real, imag = jnp.split(vector, 2)
        vector = jax.lax.complex(real, imag)
    return vector.reshape(like.shape).astype(like.dtype)
