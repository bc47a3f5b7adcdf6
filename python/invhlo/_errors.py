# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What `invhlo` raises. This module imports nothing."""


class NonInvertibleError(ValueError):
    """Raised when a function has no inverse that `invhlo` can derive.

    The message names the function, the operation in the way, its source line and
    the reason. It is raised while the inverse is traced, so never from inside
    compiled code.

    The usual cause is an operation with two operands that both depend on the unknown:

        >>> import jax.numpy as jnp
        >>> import invhlo
        >>> def gate(x):
        ...     return x * jnp.tanh(x)
        >>> invhlo.inverse(gate)(1.0)  # doctest: +IGNORE_EXCEPTION_DETAIL
        Traceback (most recent call last):
        invhlo.NonInvertibleError: cannot invert `gate`: ...

    Write the function so that each step can be undone from what is known by then
    (as a coupling layer is), make the other operand known with `argnums`, or give a
    part of the function an inverse of its own with `custom_inverse`.

    Attributes:
      op: The name of the operation in the way, in JAX or StableHLO; None if the failure
        is not that of one operation.
      reason: Why the operation cannot be inverted; None if only the message says.
      file: The source file of the operation; None if it is not known.
      line: The number of its source line; None if it is not known.
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
