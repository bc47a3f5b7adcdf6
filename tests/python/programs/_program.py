# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What a program of the corpus is, and how it becomes StableHLO."""

import dataclasses
import re
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
from jaxlib.mlir import ir

_DTYPES = {
    "bool": jnp.bool_,
    "bf16": jnp.bfloat16,
    "c64": jnp.complex64,
    "c128": jnp.complex128,
    "i2": jnp.int2,
    "i4": jnp.int4,
    "u2": jnp.uint2,
    "u4": jnp.uint4,
    "f4e2m1fn": jnp.float4_e2m1fn,
    **{
        f"f8{kind}": getattr(jnp, f"float8_{kind}")
        for kind in (
            "e3m4",
            "e4m3",
            "e4m3fn",
            "e4m3fnuz",
            "e4m3b11fnuz",
            "e5m2",
            "e5m2fnuz",
            "e8m0fnu",
        )
    },
    **{f"f{width}": f"float{width}" for width in (16, 32, 64)},
    **{f"i{width}": f"int{width}" for width in (8, 16, 32, 64)},
    **{f"u{width}": f"uint{width}" for width in (8, 16, 32, 64)},
}


def spec(text: str) -> jax.ShapeDtypeStruct:
    """Returns the shape and dtype written as in `f32[2,3]`."""
    dtype, shape = re.fullmatch(r"(\w+)\[([\d,]*)\]", text).groups()
    sizes = tuple(int(size) for size in shape.split(",") if size)
    return jax.ShapeDtypeStruct(sizes, _DTYPES[dtype])


@dataclasses.dataclass(frozen=True)
class Program:
    """A function and what it is lowered for.

    Strings in `args`, at any depth, are read by `spec`; the rest is passed on.
    `jit` holds options of `jax.jit`.
    """

    name: str
    fun: Callable[..., Any]
    args: tuple[Any, ...]
    jit: dict[str, Any] = dataclasses.field(default_factory=dict)
    x64: bool = False

    def trace(self) -> jax.stages.Traced:
        """Returns the program, traced."""
        with jax.enable_x64(self.x64):
            args = jax.tree.map(
                lambda leaf: spec(leaf) if isinstance(leaf, str) else leaf, self.args
            )
            return jax.jit(self.fun, **self.jit).trace(*args)

    def lower(self) -> ir.Module:
        """Returns the StableHLO module JAX makes of the program."""
        with jax.enable_x64(self.x64):
            return self.trace().lower().compiler_ir("stablehlo")


def program(
    name: str, fun: Callable[..., Any], *args: Any, x64: bool = False, **jit: Any
) -> Program:
    """Returns the program `name`; see `Program`."""
    return Program(name, fun, args, jit, x64)
