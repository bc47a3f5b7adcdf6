# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What `invhlo` raises. This module imports nothing."""


class NonInvertibleError(ValueError):
    """Raised when a function has no inverse that `invhlo` can derive.

    The message names the function, the operation in the way, its source line and
    the reason. It is raised while the inverse is traced, so never from inside
    compiled code.

    A value that takes two ways through a function which then meet is the usual
    cause:

        >>> import jax.numpy as jnp
        >>> import invhlo
        >>> def gate(x):
        ...     return x * jnp.tanh(x)
        >>> invhlo.inverse(gate)(1.0)  # doctest: +IGNORE_EXCEPTION_DETAIL
        Traceback (most recent call last):
        invhlo.NonInvertibleError: cannot invert `gate`: ...

    Write the function so that each step can be undone from what is known by then
    (as a coupling layer is), make the other operand known with `argnums`, or give a
    part of it an inverse of its own with `custom_inverse`.

    Attributes:
      op: The operation in the way, as JAX or StableHLO calls it; None if it is not one.
      reason: Why that cannot be inverted; None if only the message tells.
      file: The file of its source line; None if it is not known.
      line: The number of that line; None if it is not known.
    """

    def __init__(
        self,
        message: str = "",
        *,
        op: str | None = None,
        reason: str | None = None,
        file: str | None = None,
        line: int | None = None,
    ) -> None:
        super().__init__(message)
        self.op = op
        self.reason = reason
        self.file = file
        self.line = line
