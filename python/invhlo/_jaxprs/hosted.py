# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What a lowered program refers to by number, since only Python has it."""

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
    """A JAX primitive that was lowered, as it was bound.

    Attributes:
      primitive: It.
      params: Its parameters.
      in_avals: The avals of its operands.
      context: What else it was bound with, as JAX has it.
    """

    primitive: Any
    params: dict[str, Any]
    in_avals: tuple[Any, ...]
    context: Any


@dataclasses.dataclass(frozen=True, eq=False)
class Hosted:
    """What a program refers to, by the places here.

    Attributes:
      rules: Rules of custom inverses; the compiler asks for these.
      primitives: JAX's primitives that the program would lose.
    """

    rules: list[Any] = dataclasses.field(default_factory=list)
    primitives: list[HostedPrimitive] = dataclasses.field(default_factory=list)

    def copy(self) -> "Hosted":
        """Another that can be added to."""
        return Hosted(list(self.rules), list(self.primitives))

    def bind(self, number: int, *operands: Any) -> Sequence[Any]:
        """Applies the primitive of that number."""
        hosted = self.primitives[number]

        def bind(*operands: Any) -> Sequence[Any]:
            return bind_again(
                *(hosted.primitive, hosted.params, hosted.in_avals, hosted.context),
                operands,
            )

        shardings = explicit_shardings_of(hosted.in_avals)
        if shardings:  # they are part of the types in it
            bind = jax.sharding.explicit_axes(bind, in_sharding=tuple(shardings))
        return bind(*operands)

    def find_mesh(self, axes: tuple[tuple[str, int], ...]) -> Any:
        """A mesh with these axes that a primitive uses; None if there is none."""
        for hosted in self.primitives:
            for param in hosted.params.values():
                mesh = getattr(param, "mesh", param)
                if isinstance(mesh, Mesh) and tuple(mesh.shape.items()) == axes:
                    return mesh
        return None


_current: contextvars.ContextVar[Hosted] = contextvars.ContextVar("_hosted")


@contextlib.contextmanager
def hosting(hosted: Hosted) -> Iterator[None]:
    """Within, programs are lowered that may refer to `hosted`."""
    token = _current.set(hosted)
    try:
        yield
    finally:
        _current.reset(token)


def current_host() -> Hosted:
    """What the program that is being lowered may refer to."""
    return _current.get()
