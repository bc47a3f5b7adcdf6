# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""JAX functions as bijections of FlowJAX."""

from collections.abc import Callable, Sequence
from typing import Any

import jax

from invhlo.interop._events import Events
from invhlo.interop._needs import needs

with needs("flowjax", "flowjax"):
    import equinox
    from flowjax.bijections import AbstractBijection

__all__ = ["Bijection"]


class Bijection(AbstractBijection):
    """A JAX function as a FlowJAX bijection, in both directions, with log-dets.

        >>> import jax.numpy as jnp
        >>> from flowjax.distributions import Normal, Transformed
        >>> import invhlo.interop.flowjax
        >>> bijection = invhlo.interop.flowjax.Bijection(lambda x: 1.0 + jnp.exp(x))
        >>> shifted = Transformed(Normal(), bijection)
        >>> print(shifted.log_prob(jnp.array([2.0, 3.0])))
        [-0.9189385 -1.8523122]

    A bijection acts on arrays of exactly `shape`. It is an Equinox module, and its
    leaves are those of the function: the arrays of an Equinox module, or of
    `jax.tree_util.Partial(fun, weights)`, are trained, unless they are wrapped in
    `paramax.non_trainable`.

    Attributes:
      fun: The function.
      shape: The shape of what it takes and returns.
      cond_shape: The shape of the condition, or None if there is none.
    """

    fun: Callable[..., Any]
    shape: tuple[int, ...]
    cond_shape: tuple[int, ...] | None
    _events: Events = equinox.field(static=True)

    def __init__(
        self,
        fun: Callable[..., Any],
        shape: Sequence[int] = (),
        cond_shape: Sequence[int] | None = None,
    ) -> None:
        """Makes a bijection of `fun`.

        Args:
          fun: A function from a real array of `shape` to one of the same shape; with
            `cond_shape`, it takes the condition as a second argument.
          shape: The shape of the arrays.
          cond_shape: The shape of the condition; None for no condition.

        Raises:
          TypeError: `fun` is not a function, or when called, returns no array.
          ValueError: When called: with other shapes, or `fun` returns another shape.
          NonInvertibleError: When called: `fun` has no inverse that can be derived.
        """
        self.fun = fun
        self.shape = tuple(shape)
        self.cond_shape = None if cond_shape is None else tuple(cond_shape)
        self._events = Events(fun, len(self.shape))

    def transform_and_log_det(
        self, x: Any, condition: Any = None
    ) -> tuple[jax.Array, jax.Array]:
        """Computes y = fun(x[, condition]), and log|det dy/dx|, a scalar."""
        return self._events.forward_and_log_det(self.fun, x, *self._known(condition))

    def inverse_and_log_det(
        self, y: Any, condition: Any = None
    ) -> tuple[jax.Array, jax.Array]:
        """Finds x with fun(x[, condition]) = y, and log|det dx/dy|, a scalar."""
        return self._events.inverse_and_log_det(self.fun, y, *self._known(condition))

    def _known(self, condition: Any) -> tuple[Any, ...]:
        """What `fun` takes after x. Conditions that it does not take are ignored."""
        return () if self.cond_shape is None else (condition,)
