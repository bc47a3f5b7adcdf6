# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions whose inverses are exported, compiled and run elsewhere."""

import dataclasses
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

import invhlo
from flows import coupling_flow, init_coupling_flow

SIZE = 8
PARAMS = init_coupling_flow(jax.random.key(1), layers=6, size=SIZE)
MATRIX = np.eye(SIZE, dtype=np.float32) + np.tri(SIZE, dtype=np.float32) / 4


def flow(x: jax.Array) -> jax.Array:
    """A coupling flow of six layers."""
    return coupling_flow(PARAMS, x)


def linear(x: jax.Array) -> jax.Array:
    """A product with a matrix that is computed, which takes an LU decomposition."""
    y: jax.Array = jnp.linalg.inv(MATRIX @ MATRIX.T) @ jnp.sinh(x)
    return y


@invhlo.custom_inverse
def area(x: jax.Array) -> jax.Array:
    """arsinh x, whose inverse is not found by itself: x is used twice."""
    return jnp.log(x + jnp.sqrt(x * x + 1.0))


area.def_inverse_unary(jnp.sinh)


def custom(x: jax.Array) -> jax.Array:
    """A function with an inverse of its own inside."""
    y: jax.Array = 2.0 * area(x) + 1.0
    return y


@dataclasses.dataclass(frozen=True)
class Case:
    """A function with what it is called with."""

    fun: Callable[[jax.Array], jax.Array]
    spec: Any
    x: jax.Array
    y: jax.Array


def _case(fun: Callable[[jax.Array], jax.Array]) -> Case:
    x = jnp.linspace(0.5, 1.5, SIZE, dtype=jnp.float32)
    return Case(fun, jax.ShapeDtypeStruct(x.shape, x.dtype), x, fun(x))


CASES = {fun.__name__: _case(fun) for fun in (flow, linear)}
CASES["custom"] = _case(custom)
