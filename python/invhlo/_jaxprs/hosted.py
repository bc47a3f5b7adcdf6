# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Hosted objects: Python objects that a lowered program refers to by number.

They are rules of custom inverses, and JAX primitives with their parameters.
"""

import contextlib
import contextvars
import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

import jax
from jax.sharding import Mesh

from invhlo._jaxcompat import bind_again
from invhlo._util.avals import explicit_shardings_of


@dataclasses.dataclass(frozen=True, eq=False)
class HostedPrimitive:
    """A JAX primitive that was lowered, with all that is needed to bind it again.

    Attributes:
      primitive: The JAX primitive that was bound.
      params: The parameters of its equation.
      in_avals: The avals of its operands.
      context: The context of its equation (JAX's `JaxprEqnContext`).
    """

    primitive: Any
    params: dict[str, Any]
    in_avals: tuple[Any, ...]
    context: Any


@dataclasses.dataclass(frozen=True, eq=False)
class Hosted:
    """The objects that a program refers to by their positions in these lists.

    Attributes:
      rules: Rules of custom inverses, which the compiler asks for.
      primitives: JAX primitives that cannot be recovered from their StableHLO.
    """

    rules: list[Any] = dataclasses.field(default_factory=list)
    primitives: list[HostedPrimitive] = dataclasses.field(default_factory=list)

    def copy(self) -> "Hosted":
        """A copy; adding to it does not change this one."""
        return Hosted(list(self.rules), list(self.primitives))

    def bind(self, number: int, *operands: Any) -> Sequence[Any]:
        """Applies the primitive `number` to `operands`."""
        hosted = self.primitives[number]

        def bind(*operands: Any) -> Sequence[Any]:
            return bind_again(
                *(hosted.primitive, hosted.params, hosted.in_avals, hosted.context),
                operands,
            )

        shardings = explicit_shardings_of(hosted.in_avals)
        if shardings:  # the primitive expects them in the types
            bind = jax.sharding.explicit_axes(bind, in_sharding=tuple(shardings))
        return bind(*operands)

    def find_mesh(self, axes: tuple[tuple[str, int], ...]) -> Any:
        """The mesh in the parameters of a primitive that has these axes, or None.

        Args:
          axes: The names and sizes of the axes of the mesh.
        """
        for hosted in self.primitives:
            for param in hosted.params.values():
                mesh = getattr(param, "mesh", param)
                if isinstance(mesh, Mesh) and tuple(mesh.shape.items()) == axes:
                    return mesh
        return None


_current: contextvars.ContextVar[Hosted] = contextvars.ContextVar("_hosted")


@contextlib.contextmanager
def hosting(hosted: Hosted) -> Iterator[None]:
    """A context in which lowerings add to `hosted`; see `current_host`."""
    token = _current.set(hosted)
    try:
        yield
    finally:
        _current.reset(token)


def current_host() -> Hosted:
    """The hosted objects of the program that is being lowered."""
    return _current.get()
