# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The origin of a program, and how far it is trusted."""

import enum


class Origin(enum.Enum):
    """Where a program comes from."""

    TRACED = "a function that JAX traced in this process"
    TRUSTED = "outside, from where the caller trusts it"
    FOREIGN = "outside"

    @property
    def is_quoted(self) -> bool:
        """Whether the source lines that the program names may be shown.

        A program from outside may name any file of this machine.
        """
        return self is Origin.TRACED

    @property
    def is_kept_apart(self) -> bool:
        """Whether the program is read and inverted in a separate process."""
        return self is Origin.FOREIGN
