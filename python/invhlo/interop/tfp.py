# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""JAX functions as bijectors of TensorFlow Probability on JAX."""

from collections.abc import Callable, Sequence
from typing import Any

import jax.numpy as jnp

from invhlo._util.functions import name_of
from invhlo.interop._events import Events
from invhlo.interop._needs import needs

with needs("tensorflow_probability", "tfp-nightly"):
    from tensorflow_probability.substrates.jax import bijectors as tfb
    from tensorflow_probability.substrates.jax import tf2jax

__all__ = ["Bijector"]


class Bijector(tfb.AutoCompositeTensorBijector):
    """A JAX function as a bijector of TensorFlow Probability, with log-dets.

        >>> import jax.numpy as jnp
        >>> from tensorflow_probability.substrates.jax import distributions as tfd
        >>> import invhlo.interop.tfp
        >>> bijector = invhlo.interop.tfp.Bijector(lambda x: 1.0 + jnp.exp(x))
        >>> shifted = tfd.TransformedDistribution(tfd.Normal(0.0, 1.0), bijector)
        >>> print(shifted.log_prob(jnp.array([2.0, 3.0])))
        [-0.9189385 -1.8523122]

    The function is written for one event. The last `forward_min_event_ndims` axes of an
    input are one, and the function is mapped over all others. Log-dets are asked for
    with `event_ndims`, at least as many; they are summed over the axes in between, as
    those of any TFP bijector are.

    The package is `tfp-nightly`; whatever installs `tensorflow-probability` overwrites
    its files.
    """

    def __init__(
        self,
        fun: Callable[[Any], Any],
        min_event_ndims: int | None = None,
        *,
        event_shape: Sequence[int] | None = None,
        is_constant_jacobian: bool = False,
        is_increasing: bool | None = None,
        validate_args: bool = False,
        name: str | None = None,
    ) -> None:
        """Makes a bijector of `fun`.

        Args:
          fun: A function from an event, a real array, to an event.
          min_event_ndims: The number of axes of an event, 0 by default: `fun` then
            takes a scalar.
          event_shape: The shape of an event that `fun` takes, if it is not that of the
            one that it returns. `min_event_ndims` follows from it.
          is_constant_jacobian: Whether `fun` is promised to be affine.
          is_increasing: For a scalar `fun`, whether it is increasing; needed by
            `cdf` and `quantile` of transformed distributions.
          validate_args: As in any TFP bijector.
          name: The name of the bijector; that of `fun` by default.

        Raises:
          TypeError: `fun` is not a function, or when called, returns no array.
          ValueError: `min_event_ndims` contradicts `event_shape`; when called: an input
            has fewer axes than an event, or `fun` changes its shape without
            `event_shape`.
          NonInvertibleError: When called: `fun` has no inverse that can be derived.
        """
        parameters = dict(locals())
        self._fun = fun
        self._events = Events(fun, min_event_ndims, event_shape)
        if is_increasing is not None:
            self._is_increasing = lambda: is_increasing
        super().__init__(
            forward_min_event_ndims=self._events.ndims_in,
            inverse_min_event_ndims=self._events.ndims_out,
            is_constant_jacobian=is_constant_jacobian,
            validate_args=validate_args,
            parameters=parameters,
            name=name or name_of(fun).strip("<>"),
        )

    @classmethod
    def _parameter_properties(cls, dtype: Any) -> dict[str, Any]:
        return {}

    def _forward(self, x: Any) -> Any:
        return self._events.forward(self._fun, x)

    def _inverse(self, y: Any) -> Any:
        return self._events.inverse(self._fun, y)

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        return self._events.log_det(self._fun, x, self.forward(x))

    def _inverse_log_det_jacobian(self, y: Any) -> Any:
        return self._events.inverse_and_log_det(self._fun, y)[1]

    def _forward_event_shape(self, input_shape: Any) -> Any:
        return tf2jax.TensorShape(self._events.forward_shape(input_shape))

    def _inverse_event_shape(self, output_shape: Any) -> Any:
        return tf2jax.TensorShape(self._events.inverse_shape(output_shape))

    def _forward_event_shape_tensor(self, input_shape: Any) -> Any:
        return jnp.array(self._events.forward_shape(input_shape), jnp.int32)

    def _inverse_event_shape_tensor(self, output_shape: Any) -> Any:
        return jnp.array(self._events.inverse_shape(output_shape), jnp.int32)
