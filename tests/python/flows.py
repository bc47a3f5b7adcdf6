# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Small flows, written as users write them, for tests that need one."""

from typing import Any

import jax
import jax.numpy as jnp


def mlp(weights: Any, x: jax.Array) -> jax.Array:
    """A multilayer perceptron with tanh between its layers."""
    *hidden, (matrix, bias) = weights
    for inner_matrix, inner_bias in hidden:
        x = jnp.tanh(x @ inner_matrix + inner_bias)
    y: jax.Array = x @ matrix + bias
    return y


def init_mlp(key: jax.Array, sizes: Any, dtype: Any = jnp.float32) -> Any:
    """Random weights for `mlp`."""
    weights = []
    for i, (rows, columns) in enumerate(zip(sizes[:-1], sizes[1:], strict=True)):
        matrix_key, bias_key = jax.random.split(jax.random.fold_in(key, i))
        matrix = jax.random.normal(matrix_key, (rows, columns), dtype) / rows**0.5
        bias = 0.3 * jax.random.normal(bias_key, (columns,), dtype)
        weights.append((matrix, bias))
    return weights


def coupling_flow(params: Any, x: jax.Array) -> jax.Array:
    """Affine coupling layers over the halves of the last axis of `x`."""
    for i, weights in enumerate(params):
        first, second = jnp.split(x, 2, axis=-1)
        if i % 2:
            first, second = second, first
        shift, log_scale = jnp.split(mlp(weights, first), 2, axis=-1)
        second = second * jnp.exp(jnp.tanh(log_scale)) + shift
        parts = (second, first) if i % 2 else (first, second)
        x = jnp.concatenate(parts, axis=-1)
    return x


def init_coupling_flow(
    key: jax.Array, layers: int, size: int, hidden: int = 16, dtype: Any = jnp.float32
) -> Any:
    """Random parameters for `coupling_flow`."""
    keys = jax.random.split(key, layers)
    sizes = (size // 2, hidden, size)
    return [init_mlp(layer_key, sizes, dtype=dtype) for layer_key in keys]
