# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Exported programs, as bytes that tell whether they were damaged."""

import dataclasses
import hashlib
from typing import TypeVar

import jax

_MARK = b"\0invhlo\1"
Data = TypeVar("Data", bytes, bytearray)
_DIGEST_SIZE = hashlib.sha256().digest_size


@dataclasses.dataclass(frozen=True)
class ExportedInverse(jax.export.Exported):
    """A `jax.export.Exported` that knows how many orders of derivatives to write.

        >>> import jax.numpy as jnp
        >>> import invhlo
        >>> exported = invhlo.export(jnp.exp, jnp.zeros(3), vjp_order=1)
        >>> exported.vjp_order, exported.platforms
        (1, ('cpu', 'cuda', 'rocm', 'tpu'))

    Attributes:
      vjp_order: How many orders of derivatives `serialize` writes by default.
    """

    vjp_order: int = 0

    def serialize(self, vjp_order: int | None = None) -> bytearray:
        """The program as bytes for `jax.export.deserialize`.

        A checksum follows the program. JAX ignores it; `invhlo` verifies it.

        Args:
          vjp_order: How many orders of derivatives to write; by default, those that
            were asked for when it was exported.

        Returns:
          The bytes, which end with a checksum.
        """
        order = self.vjp_order if vjp_order is None else vjp_order
        return checked(super().serialize(vjp_order=order))


def exported_inverse(exported: jax.export.Exported, vjp_order: int) -> ExportedInverse:
    """`exported` as an `ExportedInverse`, which serializes `vjp_order` derivatives."""
    fields = {
        field.name: getattr(exported, field.name)
        for field in dataclasses.fields(exported)
    }
    return ExportedInverse(**fields, vjp_order=vjp_order)


def checked(data: Data) -> Data:
    """`data` with a checksum appended."""
    return data + _MARK + hashlib.sha256(data).digest()


def check_undamaged(data: bytes) -> None:
    """Verifies the checksum at the end of a serialized program, if there is one.

    Data that JAX alone wrote has no checksum and passes. The checksum detects damage;
    it does not authenticate the origin.

    Raises:
      ValueError: The checksum does not match.
    """
    view = memoryview(data)
    end = len(data) - _DIGEST_SIZE - len(_MARK)
    if end < 0 or view[end : end + len(_MARK)] != _MARK:
        return
    if hashlib.sha256(view[:end]).digest() != view[-_DIGEST_SIZE:]:
        raise ValueError("the data is damaged: its checksum is wrong")
