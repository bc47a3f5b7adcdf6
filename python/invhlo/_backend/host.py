# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Custom calls of functions that only the host, the Python process, has."""

import functools
from collections.abc import Callable
from typing import Any

from jax import lax

from invhlo._backend.support import SUPPORT_CALLS
from invhlo._jaxprs.hosted import Hosted


def host_call(operation: Any, hosted: Hosted) -> Callable[..., Any] | None:
    """The host function that `operation` calls; None if it calls none.

    Args:
      operation: An operation of a program.
      hosted: The primitives that the program refers to by number.

    Returns:
      A function from the operands to an array, or a list or tuple of arrays.
    """
    if operation.name != "stablehlo.custom_call":
        return None
    attributes = operation.attributes
    target = attributes["call_target_name"].value
    if target == "invhlo.bind":
        return functools.partial(hosted.bind, attributes["invhlo.host"].value)
    if target == "invhlo.split":
        dim = attributes["invhlo.dim"].value
        sizes = [result.type.shape[dim] for result in operation.results]
        return lambda operand: lax.split(operand, sizes, dim)
    function = SUPPORT_CALLS.get(target)
    if function is None and target.startswith("invhlo."):
        raise NotImplementedError(
            f"`SUPPORT_CALLS` of `invhlo._backend.support` has no `{target}`"
        )
    return function
