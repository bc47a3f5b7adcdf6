# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Programs that JAX lowers to everything this project must read and write."""

from . import (
    calls,
    control,
    dtypes,
    exported,
    lax_ops,
    linalg,
    nn,
    numpy_arrays,
    numpy_math,
    rng,
    sharded,
)
from ._program import Program as Program

FAMILIES: dict[str, list[Program]] = {
    module.__name__.rpartition(".")[2]: module.PROGRAMS
    for module in (
        calls,
        control,
        dtypes,
        exported,
        lax_ops,
        linalg,
        nn,
        numpy_arrays,
        numpy_math,
        rng,
        sharded,
    )
}
