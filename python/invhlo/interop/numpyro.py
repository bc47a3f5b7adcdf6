# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""JAX functions as transforms of NumPyro."""

from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp

from invhlo.interop._events import Events, Frame
from invhlo.interop._needs import needs

with needs("numpyro", "numpyro"):
    from numpyro.distributions import constraints
    from numpyro.distributions.transforms import Transform as NumPyroTransform
    from numpyro.distributions.transforms import biject_to

__all__ = ["Transform"]


class Transform(NumPyroTransform):
    """A JAX function as a NumPyro transform, in both directions, with log-dets.

        >>> import jax.numpy as jnp
        >>> import numpyro.distributions as dist
        >>> import invhlo.interop.numpyro
        >>> transform = invhlo.interop.numpyro.Transform(
        ...     lambda x: 1.0 + jnp.exp(x), codomain=dist.constraints.greater_than(1.0)
        ... )
        >>> shifted = dist.TransformedDistribution(dist.Normal(0.0, 1.0), transform)
        >>> print(shifted.log_prob(jnp.array([2.0, 3.0])))
        [-0.9189385 -1.8523122]

    The function is written for one event; the last `domain.event_dim` axes of an input
    are one, and the function is mapped over the others. Log-dets have the shape of
    these.

    A transform is a pytree, as its function is: the leaves are the arrays of
    `jax.tree_util.Partial(fun, weights)` or of an Equinox module, and those of its
    domain and codomain.
    """

    def __init__(
        self,
        fun: Callable[[Any], Any],
        event_dim: int | None = None,
        *,
        event_shape: Sequence[int] | None = None,
        domain: Any = None,
        codomain: Any = None,
    ) -> None:
        """Makes a transform of `fun`.

        Args:
          fun: A function from an event, a real array, to an event.
          event_dim: The number of axes of an event; by default that of `domain`, or 0:
            `fun` then takes a scalar.
          event_shape: The shape of an event that `fun` takes, if it is not that of the
            one that it returns. `event_dim` follows from it.
          domain: The constraint that events fulfill which `fun` takes; real by default.
          codomain: The constraint that those fulfill which it returns, likewise. The
            supports of transformed distributions are made of it.

        Raises:
          TypeError: `fun` is not a function, or when called, returns no array.
          ValueError: `event_dim`, `event_shape` and the domains contradict each other;
            when called: an input has fewer axes than an event, or `fun` changes its
            shape without `event_shape`.
          NonInvertibleError: When called: `fun` has no inverse that can be derived.
        """
        if event_dim is None and event_shape is None and domain is not None:
            event_dim = domain.event_dim
        self._events = Events(fun, event_dim, event_shape)
        self._frame, self._arrays = Frame.of(fun)
        self._domain = _checked(domain, self._events.ndims_in, "domain")
        self._codomain = _checked(codomain, self._events.ndims_out, "codomain")

    @property
    def fun(self) -> Callable[[Any], Any]:
        """The function."""
        fun: Callable[[Any], Any] = self._frame.filled(self._arrays)
        return fun

    @property
    def domain(self) -> Any:
        """The constraint that events fulfill which the function takes."""
        return self._domain

    @property
    def codomain(self) -> Any:
        """The constraint that events fulfill which the function returns."""
        return self._codomain

    @property
    def sign(self) -> jax.Array:
        """Whether a scalar function is increasing, 1, or decreasing, -1."""
        if self._events.ndims_in or self._events.ndims_out:
            raise ValueError("only a function of a scalar has a sign")
        low, high = self(biject_to(self._domain)(jnp.arange(2.0)))
        return jnp.sign(high - low)

    def __call__(self, x: Any) -> jax.Array:
        """Computes y = fun(x) for each event of `x`."""
        y: jax.Array = self._events.forward(self.fun, x)
        return y

    def _inverse(self, y: Any) -> Any:
        return self._events.inverse(self.fun, y)

    def call_with_intermediates(self, x: Any) -> tuple[Any, Any]:
        """Computes y = fun(x), with log|det dy/dx| as the intermediate."""
        return self._events.forward_and_log_det(self.fun, x)

    def log_abs_det_jacobian(self, x: Any, y: Any, intermediates: Any = None) -> Any:
        """log|det dy/dx| for each event of `x`, where y is fun(x)."""
        if intermediates is not None:
            return intermediates
        return self._events.log_det(self.fun, x, y)

    def forward_shape(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """The shape of fun(x) for x of `shape`."""
        return self._events.forward_shape(shape)

    def inverse_shape(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """The shape of x for fun(x) of `shape`."""
        return self._events.inverse_shape(shape)

    def tree_flatten(self) -> tuple[Any, Any]:
        """The arrays of the function and its domains, and what else there is."""
        names = ("_arrays", "_domain", "_codomain")
        children = tuple(getattr(self, name) for name in names)
        return children, (names, {"_events": self._events, "_frame": self._frame})

    def eq(self, other: object, static: bool = False) -> Any:
        """Whether `other` is a transform by the same function, of the same domains."""
        if not isinstance(other, Transform) or other._frame != self._frame:
            return False
        equal: Any = self._domain.eq(other._domain, static=static)
        equal = equal & self._codomain.eq(other._codomain, static=static)
        for one, another in zip(self._arrays, other._arrays, strict=True):
            same = jnp.array_equal(one, another)
            equal = equal & (bool(same) if static else same)
        return equal


def _checked(constraint: Any, event_dim: int, what: str) -> Any:
    """`constraint`, which is real by default, if it is for events of that rank."""
    if constraint is None:
        real = constraints.real
        return constraints.independent(real, event_dim) if event_dim else real
    if constraint.event_dim != event_dim:
        raise ValueError(
            f"the {what} is for events of {constraint.event_dim} axes, but the "
            f"function is for events of {event_dim}"
        )
    return constraint
