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
        >>> def swish(x):
        ...     return x * jnp.tanh(x)
        >>> invhlo.inverse(swish)(1.0)  # doctest: +IGNORE_EXCEPTION_DETAIL
        Traceback (most recent call last):
        invhlo.NonInvertibleError: cannot invert `swish`: ...

    Write the function so that each step can be undone from what is known by then
    (as a coupling layer is), or make the other operand known with `argnums`.
    """
