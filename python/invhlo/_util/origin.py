# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Where a program comes from, and what may be done with it therefore."""

import enum


class Origin(enum.Enum):
    """Where a program comes from."""

    TRACED = "a function that JAX traced in this process"
    TRUSTED = "outside, from where the caller trusts it"
    FOREIGN = "outside"

    @property
    def is_quoted(self) -> bool:
        """Whether the source lines that it names may be shown.

        From outside, it may name any file of the machine.
        """
        return self is Origin.TRACED

    @property
    def is_kept_apart(self) -> bool:
        """Whether it is read and inverted in a process of its own."""
        return self is Origin.FOREIGN
