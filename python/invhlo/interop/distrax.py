# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""JAX functions as bijectors of Distrax."""

from collections.abc import Callable, Sequence
from typing import Any

import jax

from invhlo.interop._events import Events
from invhlo.interop._needs import needs

with needs("distrax", "distrax"):
    import distrax

__all__ = ["Bijector"]


class Bijector(distrax.Bijector):
    """A JAX function as a Distrax bijector, in both directions, with log-dets.

        >>> import distrax, jax.numpy as jnp
        >>> import invhlo.interop.distrax
        >>> bijector = invhlo.interop.distrax.Bijector(lambda x: 1.0 + jnp.exp(x))
        >>> shifted = distrax.Transformed(distrax.Normal(0.0, 1.0), bijector)
        >>> print(shifted.log_prob(jnp.array([2.0, 3.0])))
        [-0.9189385 -1.8523122]

    The function is written for one event. As in every Distrax bijector, the last
    `event_ndims_in` axes of an input are an event and the others are a batch, over
    which the function is mapped; the log-dets have the shape of the batch. They have
    the dtype of the input, as events do, but at least single precision.

    A bijector is a pytree, as its function is: the leaves are the arrays of
    `jax.tree_util.Partial(fun, weights)`, or of an Equinox module. Make it once, or
    inside `jax.jit`: what is inverted is remembered with it.
    """

    def __init__(
        self,
        fun: Callable[[Any], Any],
        event_ndims: int | None = None,
        *,
        event_shape: Sequence[int] | None = None,
        is_constant_jacobian: bool = False,
    ) -> None:
        """Makes a bijector of `fun`.

        Args:
          fun: A function from an event, a real array, to an event.
          event_ndims: The number of axes of an event, 0 by default: `fun` then takes a
            scalar.
          event_shape: The shape of an event that `fun` takes, if it is not that of the
            one that it returns. `event_ndims` follows from it.
          is_constant_jacobian: Whether `fun` is promised to be affine.

        Raises:
          TypeError: `fun` is not a function, or when called, returns no array.
          ValueError: `event_ndims` contradicts `event_shape`; when called: an input has
            fewer axes than an event, or `fun` changes its shape without `event_shape`.
          NonInvertibleError: When called: `fun` has no inverse that can be derived.
        """
        self._fun = fun
        self._events = Events(fun, event_ndims, event_shape)
        super().__init__(
            event_ndims_in=self._events.ndims_in,
            event_ndims_out=self._events.ndims_out,
            is_constant_jacobian=is_constant_jacobian,
        )

    def forward(self, x: Any) -> jax.Array:
        """Computes y = fun(x), without its log-det."""
        self._check_forward_input_shape(x)
        y: jax.Array = self._events.forward(self._fun, x)
        return y

    def inverse(self, y: Any) -> jax.Array:
        """Finds x with fun(x) = y, without its log-det."""
        self._check_inverse_input_shape(y)
        x: jax.Array = self._events.inverse(self._fun, y)
        return x

    def forward_and_log_det(self, x: Any) -> tuple[jax.Array, jax.Array]:
        """Computes y = fun(x) and log|det dy/dx|."""
        self._check_forward_input_shape(x)
        return self._events.forward_and_log_det(self._fun, x)

    def inverse_and_log_det(self, y: Any) -> tuple[jax.Array, jax.Array]:
        """Finds x with fun(x) = y, and log|det dx/dy|."""
        self._check_inverse_input_shape(y)
        return self._events.inverse_and_log_det(self._fun, y)

    def same_as(self, other: Any) -> bool:
        """Whether `other` is a bijector of the same function object and events."""
        return (
            type(other) is Bijector
            and other._fun is self._fun
            and other._events.shape_in == self._events.shape_in
            and other._events.ndims_in == self._events.ndims_in
        )
