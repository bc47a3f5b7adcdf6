# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Kernels of JAX's that programs call by name."""

import functools

import jax
import jax.numpy as jnp


@functools.cache
def _load_lapack() -> None:
    """JAX finds LAPACK when it first lowers an operation that calls it."""
    jax.jit(jnp.linalg.cholesky).lower(jax.ShapeDtypeStruct((1, 1), jnp.float32))


def load_kernels(module: bytes | str) -> None:
    """Loads the kernels that a module calls: it may be read, and not lowered here.

    A call of a kernel that is not there ends the process.
    """
    data = module if isinstance(module, bytes) else module.encode()
    if b"lapack_" in data:
        _load_lapack()
