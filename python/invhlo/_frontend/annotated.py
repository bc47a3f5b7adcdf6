# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`lower_annotated`: a function as the compiler sees it, with its annotations."""

from collections.abc import Callable
from typing import Any

from invhlo._frontend.lowering import trace
from invhlo._jaxcompat import default_platform, ir, make_ir_context
from invhlo._util.avals import avals_of


def lower_annotated(fun: Callable[..., Any], *example_args: Any) -> str:
    """Lowers a function to the StableHLO that `invhlo-opt` and other tools can invert.

        >>> import jax.numpy as jnp
        >>> import invhlo
        >>> @invhlo.custom_inverse
        ... def cube(x):
        ...     return x * x * x
        >>> cube_inverse = cube.def_inverse_unary(jnp.cbrt)
        >>> text = invhlo.lower_annotated(lambda x: 2.0 * cube(x), 1.0)
        >>> "@invhlo.custom_inverse" in text, "inverse = @cube.inverse" in text
        (True, True)

    Args:
      fun: A function that JAX can trace.
      *example_args: Its arguments, or `jax.ShapeDtypeStruct` in their place.

    Returns:
      The module as text, in which calls of functions with custom inverses are annotated
      as docs/annotations.md describes. It includes inverses defined by
      `def_inverse_unary`; those of `def_inverse_and_ildj` depend on which values are
      known and stay in Python.
      Large constants that `fun` closes over are leading arguments of `@main`.

    Raises:
      TypeError: An argument is not an array.
      ValueError: `fun` has side effects.
    """
    avals = avals_of(example_args, "example arguments")
    forward = trace(fun, avals, {})
    with make_ir_context() as context:
        source = forward.stablehlo(default_platform(), False)
        return str(ir.Module.parse(source.text, context))
