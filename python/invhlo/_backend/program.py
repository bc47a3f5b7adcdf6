# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Makes a JAX function of an inverted program."""

import dataclasses
import functools
from collections.abc import Sequence

import jax

from invhlo._backend import Spliced, read_back, splice
from invhlo._backend.kernels import load_kernels
from invhlo._jaxcompat import with_weak_type
from invhlo._jaxprs.hosted import Hosted
from invhlo._util.avals import explicit_shardings_of


@dataclasses.dataclass(frozen=True, eq=False)
class Program:
    """A StableHLO program that is called from JAX.

    Attributes:
      name: The name of the program in messages.
      out_avals: The avals of its results.
      module: Its module, as bytecode or text, with the entry function `@main`.
      hosted: The primitives that the module refers to by number.
      is_quoted: Whether tracebacks may show the source lines that it names.
    """

    name: str
    out_avals: tuple[jax.core.ShapedArray, ...]
    module: bytes
    hosted: Hosted
    is_quoted: bool = True

    def __call__(self, *operands: jax.Array) -> list[jax.Array]:
        """Applies the program, operation by operation, while JAX traces."""
        load_kernels(self.module)
        run = functools.partial(
            read_back, self.module, self.hosted, is_quoted=self.is_quoted
        )
        avals = [*self.out_avals, *map(jax.typeof, operands)]
        if shardings := explicit_shardings_of(avals)[: len(self.out_avals)]:
            # Inside, XLA chooses shardings: the compiler's output has no explicit ones.
            run = jax.sharding.auto_axes(run, out_sharding=shardings)
        try:
            results = run(*_strong(operands))
        except RecursionError:
            if self.is_quoted:
                raise
            raise ValueError(
                f"`{self.name}` nests calls and loops too deeply for JAX"
            ) from None
        return self._typed(results)

    def splice(self, *operands: jax.Array) -> list[jax.Array]:
        """Applies the program as one operation, while JAX traces; see `splice`."""
        load_kernels(self.module)
        avals = tuple(aval.update(weak_type=False) for aval in self.out_avals)
        program = Spliced(self.module, avals, self.hosted)
        return self._typed(splice("invhlo.inverse", program, *_strong(operands)))

    def _typed(self, results: Sequence[jax.Array]) -> list[jax.Array]:
        return [
            with_weak_type(result, aval.weak_type)
            for result, aval in zip(results, self.out_avals, strict=True)
        ]


def _strong(operands: Sequence[jax.Array]) -> list[jax.Array]:
    return [with_weak_type(operand, False) for operand in operands]
