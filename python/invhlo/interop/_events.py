# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A function of one event in both directions, with log-dets, for batches of events.

An *event* is what the function takes: an array, or the last axes of a larger one whose
other axes are a batch.
"""

import dataclasses
from collections.abc import Callable, Hashable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from invhlo._errors import NonInvertibleError
from invhlo._inverse import ildj, inverse, inverse_and_ildj
from invhlo._util.functions import name_of


@dataclasses.dataclass(frozen=True)
class Frame:
    """What is left of a function, as a pytree, when its arrays are taken out.

    Attributes:
      tree: The structure of the function.
      kinds: What tells its other leaves from those of a different function.
      leaves: These leaves, with None in the place of arrays.
      name: The name of the function.
    """

    tree: Any
    kinds: tuple[Hashable, ...]
    leaves: tuple[Any, ...] = dataclasses.field(compare=False)
    name: str = dataclasses.field(compare=False)

    @classmethod
    def of(cls, fun: Callable[..., Any]) -> tuple["Frame", list[Any]]:
        """The frame and the arrays of `fun`, which need not be a pytree."""
        leaves, tree = jax.tree.flatten(fun)
        arrays = [leaf for leaf in leaves if _is_array(leaf)]
        others = tuple(None if _is_array(leaf) else leaf for leaf in leaves)
        kinds = tuple(map(_kind, leaves))
        return cls(tree, kinds, others, name_of(fun)), arrays

    def filled(self, arrays: Sequence[Any]) -> Any:
        """The function with these arrays."""
        remaining = iter(arrays)
        leaves = [
            next(remaining) if kind is _Array else leaf
            for kind, leaf in zip(self.kinds, self.leaves, strict=True)
        ]
        return jax.tree.unflatten(self.tree, leaves)


class _Array:
    """The kind of an array."""


def _is_array(leaf: Any) -> bool:
    return isinstance(leaf, jax.Array | np.ndarray | np.generic)


def _kind(leaf: Any) -> Hashable:
    if _is_array(leaf):
        return _Array
    # Numbers of different types may be equal, and so may zeros of different signs.
    if isinstance(leaf, int | float | complex):
        return type(leaf), repr(leaf)
    kind: Hashable = leaf
    return kind


class Events:
    """How functions act on events of a given rank or shape.

    This is static data of a bijector. The function comes with each call, since its
    arrays may be traced, differentiated by and replaced.

    Attributes:
      ndims_in: The number of axes of the events that the function takes.
      ndims_out: The number of axes of those that it returns.
      shape_in: Their shape, if the function changes shapes; else None.
      shape_out: The shape of those that it returns, likewise.
    """

    def __init__(
        self,
        fun: Callable[..., Any],
        event_ndims: int | None = None,
        event_shape: Sequence[int] | None = None,
    ) -> None:
        """Events of a given rank, or for functions that change shapes, of a shape.

        Args:
          fun: The function, or one like it.
          event_ndims: The number of axes of an event, 0 by default.
          event_shape: The shape of the events that `fun` takes.

        Raises:
          TypeError: `fun` is not a function.
          ValueError: Rank and shape contradict each other, or the rank is negative.
        """
        if not callable(fun):
            raise TypeError(f"{fun!r} is not a function")
        self.shape_in: tuple[int, ...] | None = None
        self.shape_out: tuple[int, ...] | None = None
        self._ways: dict[Frame, _Ways] = {}
        if event_shape is None:
            self.ndims_in = self.ndims_out = event_ndims or 0
        else:
            self.shape_in = tuple(event_shape)
            self.shape_out = _shape_from(fun, self.shape_in)
            self.ndims_in, self.ndims_out = len(self.shape_in), len(self.shape_out)
        if self.ndims_in < 0:
            raise ValueError(f"events have {self.ndims_in} axes")
        if event_ndims not in (None, self.ndims_in):
            raise ValueError(
                f"event_ndims is {event_ndims}, but event_shape is {self.shape_in}"
            )

    def __getstate__(self) -> dict[str, Any]:
        """What is copied and pickled; what was inverted is inverted again."""
        return {**self.__dict__, "_ways": {}}

    def forward(self, fun: Callable[..., Any], x: Any, *known: Any) -> Any:
        """`fun(x, *known)` for each event of `x`."""
        ways, arrays = self._ways_of(fun)
        x = _as_real(x)

        def one(arrays: Any, x: Any, *known: Any) -> Any:
            y = ways.apply(arrays, x, *known)
            self._check(fun, x, y)
            return y

        return _over_batch(one, x, self.ndims_in)(arrays, x, *known)

    def inverse(self, fun: Callable[..., Any], y: Any, *known: Any) -> Any:
        """The x for which `fun(x, *known)` is y, for each event y."""
        ways, arrays = self._ways_of(fun)
        y = _as_real(y)
        return _over_batch(ways.inverse, y, self.ndims_out)(arrays, y, *known)

    def inverse_and_log_det(
        self, fun: Callable[..., Any], y: Any, *known: Any
    ) -> tuple[Any, Any]:
        """The same, with log|det dx/dy| of each event."""
        ways, arrays = self._ways_of(fun)
        y = _as_real(y)
        one = ways.posed(inverse_and_ildj)
        pair: tuple[Any, Any] = _over_batch(one, y, self.ndims_out)(arrays, y, *known)
        return pair

    def forward_and_log_det(
        self, fun: Callable[..., Any], x: Any, *known: Any
    ) -> tuple[Any, Any]:
        """`fun(x, *known)` and log|det dy/dx| for each event of `x`."""
        y = self.forward(fun, x, *known)
        return y, self.log_det(fun, x, y, *known)

    def log_det(self, fun: Callable[..., Any], x: Any, y: Any, *known: Any) -> Any:
        """log|det dy/dx| for each event of `x`, where y is `fun(x, *known)`.

        It is computed from x, by inverting the inverse, which is exact where y is
        rounded to the end of a range, as a sigmoid of 20 is to 1. Of an inverse that
        has no inverse it is minus the log-det at y.
        """
        ways, arrays = self._ways_of(fun)
        x, y = _as_real(x), _as_real(y)
        kind = (x.shape, x.dtype, y.shape, y.dtype)
        if kind not in ways.one_way:
            output = jax.ShapeDtypeStruct(y.shape[y.ndim - self.ndims_out :], y.dtype)

            def one(arrays: Any, x: Any, *known: Any) -> Any:
                of_back = ildj(ways.inverse, arrays, output, *known, argnums=1)
                return of_back(arrays, x, *known)

            try:
                return _over_batch(one, x, self.ndims_in)(arrays, x, *known)
            except NonInvertibleError:
                ways.one_way.add(kind)
        return -_over_batch(ways.posed(ildj), y, self.ndims_out)(arrays, y, *known)

    def forward_shape(self, shape: Sequence[int]) -> tuple[int, ...]:
        """The shape of the output for a batch of events of `shape`."""
        return _with_event(tuple(shape), self.ndims_in, self.shape_out)

    def inverse_shape(self, shape: Sequence[int]) -> tuple[int, ...]:
        """The shape of what is found for a batch of outputs of `shape`."""
        return _with_event(tuple(shape), self.ndims_out, self.shape_in)

    def _ways_of(self, fun: Callable[..., Any]) -> tuple["_Ways", list[Any]]:
        frame, arrays = Frame.of(fun)
        try:
            ways = self._ways.get(frame)
        except TypeError:  # something in it is not hashable
            return _Ways(frame, self.shape_in), arrays
        if ways is None:
            ways = self._ways[frame] = _Ways(frame, self.shape_in)
        return ways, arrays

    def _check(self, fun: Callable[..., Any], x: Any, y: Any) -> None:
        """Checks what `fun` returned for one event."""
        want = x.shape if self.shape_out is None else self.shape_out
        got = getattr(y, "shape", None)
        if got is None:
            raise TypeError(f"`{name_of(fun)}` returned {y!r}, which is not an array")
        if got != want:
            raise ValueError(
                f"`{name_of(fun)}` maps an event of shape {x.shape} to one of shape "
                f"{got}, not {want}; event_ndims says how many axes an event has, and "
                "event_shape is its shape for functions that change it"
            )


class _Ways:
    """A function of one event, whose arrays are its first argument, and its inverse.

    Attributes:
      apply: The function, of its arrays, an event and what else is known.
      inverse: Its inverse, of the same with the output in the place of the event.
      one_way: The shapes and dtypes for which the inverse is known to have no inverse.
    """

    def __init__(self, frame: Frame, shape_in: tuple[int, ...] | None) -> None:
        def apply(arrays: Any, x: Any, *known: Any) -> Any:
            return frame.filled(arrays)(x, *known)

        apply.__name__ = frame.name
        self.apply = apply
        self.one_way: set[Hashable] = set()
        self._shape_in = shape_in
        self.inverse = self.posed(inverse)

    def posed(self, undo: Callable[..., Any]) -> Callable[..., Any]:
        """`undo`, which is `invhlo.inverse` or one like it, of the function."""

        def of_event(arrays: Any, y: Any, *known: Any) -> Any:
            examples: tuple[Any, ...] = ()
            if self._shape_in is not None:
                event = jax.ShapeDtypeStruct(self._shape_in, y.dtype)
                examples = (arrays, event, *known)
            return undo(self.apply, *examples, argnums=1)(arrays, y, *known)

        return of_event


def _as_real(x: Any) -> Any:
    """`x` as an array of real or complex numbers."""
    x = jnp.asarray(x)
    return x if jnp.issubdtype(x.dtype, jnp.inexact) else x.astype(float)


def _over_batch(one: Callable[..., Any], x: Any, event_ndims: int) -> Any:
    """`one`, a function of arrays and an event, mapped over the batch axes of `x`."""
    if x.ndim < event_ndims:
        raise ValueError(f"an event has {event_ndims} axes, but was given {x.shape}")

    def mapped(arrays: Any, x: Any, *known: Any) -> Any:
        def of_event(x: Any) -> Any:
            return one(arrays, x, *known)

        for _ in range(x.ndim - event_ndims):
            of_event = jax.vmap(of_event)
        return of_event(x)

    return mapped


def _shape_from(fun: Callable[..., Any], shape: tuple[int, ...]) -> tuple[int, ...]:
    """The shape of what `fun` returns for an event of `shape`."""
    event = jax.ShapeDtypeStruct(shape, jnp.result_type(float))
    result = jax.eval_shape(fun, event)
    if not hasattr(result, "shape"):
        raise TypeError(f"`{name_of(fun)}` returns {result!r}, which is not an array")
    found: tuple[int, ...] = result.shape
    return found


def _with_event(
    shape: tuple[int, ...], ndims: int, event_shape: tuple[int, ...] | None
) -> tuple[int, ...]:
    """`shape` with another event shape, unless that is None."""
    batch = shape[: len(shape) - ndims]
    return shape if event_shape is None else (*batch, *event_shape)
