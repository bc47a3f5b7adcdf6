# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Flows, and inverses written by hand against which transformed ones are judged."""

import dataclasses
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

import invhlo
from flows import coupling_flow, init_coupling_flow, mlp


@dataclasses.dataclass(frozen=True)
class Flow:
    """A flow `fun(params, x)`.

    Attributes:
      name: What it is called.
      fun: It.
      by_hand: From parameters and `y` to `x` and the inverse log-det.
      params: Makes parameters of a dtype.
      shape: The shape of `x`.
    """

    name: str
    fun: Callable[..., Any]
    by_hand: Callable[..., Any]
    params: Callable[..., Any]
    shape: tuple[int, ...]

    def draw(self, dtype: Any = jnp.float32) -> tuple[Any, jax.Array]:
        """Parameters, and a result of the flow."""
        params = self.params(dtype)
        x = jax.random.normal(jax.random.key(7), self.shape, dtype)
        return params, self.fun(params, x)


def uncouple(params: Any, y: jax.Array) -> Any:
    """Undoes `coupling_flow`."""
    log_det = jnp.zeros((), y.dtype)
    for i, weights in reversed(list(enumerate(params))):
        first, second = jnp.split(y, 2, axis=-1)
        if i % 2:
            first, second = second, first
        shift, log_scale = jnp.split(mlp(weights, first), 2, axis=-1)
        log_scale = jnp.tanh(log_scale)
        second = (second - shift) / jnp.exp(log_scale)
        log_det -= jnp.sum(log_scale)
        parts = (second, first) if i % 2 else (first, second)
        y = jnp.concatenate(parts, axis=-1)
    return y, log_det


def glow_step(params: Any, x: jax.Array) -> Any:
    """Normalizes channels, mixes them by a dense 1x1 convolution, couples halves."""
    log_scale, bias, kernel, weights = params
    x = (x + bias) * jnp.exp(log_scale)
    x = jax.lax.conv_general_dilated(
        x,
        kernel[None, None],
        (1, 1),
        "SAME",
        dimension_numbers=("NHWC", "HWIO", "NHWC"),
    )
    return coupling_flow(weights, x)


def undo_glow_step(params: Any, y: jax.Array) -> Any:
    """Undoes `glow_step`."""
    log_scale, bias, kernel, weights = params
    y, log_det = uncouple(weights, y)
    pixels = y.size // y.shape[-1]
    y = jnp.linalg.solve(kernel.T, y[..., None])[..., 0]
    log_det -= pixels * (jnp.linalg.slogdet(kernel).logabsdet + jnp.sum(log_scale))
    return y * jnp.exp(-log_scale) - bias, log_det


def init_glow_step(dtype: Any) -> Any:
    """Parameters for `glow_step`."""
    keys = jax.random.split(jax.random.key(3), 4)
    kernel = jnp.eye(4, dtype=dtype) + 0.2 * jax.random.normal(keys[0], (4, 4), dtype)
    log_scale, bias = 0.3 * jax.random.normal(keys[1], (2, 4), dtype)
    return log_scale, bias, kernel, init_coupling_flow(keys[2], 1, 4, 3, dtype)


@invhlo.custom_inverse
def squash(k: Any, x: jax.Array) -> Any:
    """An invertible function that the compiler does not invert: two uses of `x`."""
    return x + k * jnp.tanh(x) + x


@squash.def_inverse_and_ildj
def squash_inverse(arguments: Any, y: Any, share: Any) -> Any:
    """Newton's method, unrolled, so that it can be differentiated."""
    k, x = arguments
    if k is None or x is not None:
        raise invhlo.NonInvertibleError("only `x` can be found")
    x = unsquash(k, y)
    return (None, x), (None, share - jnp.log(2 + k / jnp.cosh(x) ** 2))


def unsquash(k: Any, y: jax.Array) -> Any:
    """Solves `2 x + k tanh(x) == y`."""
    x = y / 2
    for _ in range(12):
        x -= (2 * x + k * jnp.tanh(x) - y) / (2 + k / jnp.cosh(x) ** 2)
    return x


def squashed(params: Any, x: jax.Array) -> Any:
    """A function with a custom inverse inside."""
    return 3.0 * squash(params["k"], x) + params["b"]


def unsquashed(params: Any, y: jax.Array) -> Any:
    """Undoes `squashed`."""
    x = unsquash(params["k"], (y - params["b"]) / 3.0)
    slope = 3.0 * (2 + params["k"] / jnp.cosh(x) ** 2)
    return x, -jnp.sum(jnp.broadcast_to(jnp.log(slope), y.shape))


def init_squashed(dtype: Any) -> Any:
    """Parameters for `squashed`."""
    return {"k": jnp.array([0.5, 1.0, 0.2], dtype), "b": jnp.array(0.3, dtype)}


FLOWS = [
    Flow(
        "coupling",
        coupling_flow,
        uncouple,
        lambda dtype: init_coupling_flow(jax.random.key(1), 2, 4, 3, dtype),
        (4,),
    ),
    Flow("glow", glow_step, undo_glow_step, init_glow_step, (1, 2, 2, 4)),
    Flow("custom", squashed, unsquashed, init_squashed, (3,)),
]
