# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""From an inverted program to a JAX function: the way out."""

import dataclasses

import jax

from invhlo._hosted import Hosted
from invhlo._jaxcompat import with_weak_type
from invhlo._readback import read_back


@dataclasses.dataclass(frozen=True, eq=False)
class Program:
    """A StableHLO program that is called from JAX.

    Attributes:
      name: What it is called in messages.
      out_avals: The avals of its results.
      module: Its module, as bytecode or text. `@main` is the entry.
      hosted: What it refers to by number.
    """

    name: str
    out_avals: tuple[jax.core.ShapedArray, ...]
    module: bytes
    hosted: Hosted

    def __call__(self, *operands: jax.Array) -> list[jax.Array]:
        """Applies it, operation by operation; to be traced."""
        strong = [with_weak_type(operand, False) for operand in operands]
        results = read_back(self.module, self.hosted, *strong)
        return [
            with_weak_type(result, aval.weak_type)
            for result, aval in zip(results, self.out_avals, strict=True)
        ]
