# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Programs through jax.export: symbolic shapes and several platforms."""

import dataclasses

import jax
import jax.numpy as jnp
from jax import export, lax
from jax.interpreters.mlir import make_ir_context
from jaxlib.mlir import ir

from ._program import Program, spec


@dataclasses.dataclass(frozen=True)
class ExportedProgram(Program):
    """A program lowered by `jax.export`; `a` and `b` in shapes are symbols."""

    platforms: tuple[str, ...] = ("cpu",)

    def lower(self) -> ir.Module:
        scope = export.SymbolicScope()
        args = [self._symbolic(text, scope) for text in self.args]
        lowered = export.export(jax.jit(self.fun), platforms=self.platforms)(*args)
        with make_ir_context():
            return ir.Module.parse(lowered.mlir_module())

    @staticmethod
    def _symbolic(text: str, scope: export.SymbolicScope) -> jax.ShapeDtypeStruct:
        dtype, shape = text[:-1].split("[")
        sizes = export.symbolic_shape(shape, scope=scope)
        return jax.ShapeDtypeStruct(sizes, spec(f"{dtype}[]").dtype)


def _exported(name, fun, *args, **options):
    return ExportedProgram(f"export-{name}", fun, args, **options)


def _scan(x):
    return lax.scan(lambda c, a: (c + a, c), jnp.zeros(x.shape[1:]), x)


PROGRAMS = [
    _exported("static", jnp.sin, "f32[2,3]"),
    _exported("platforms", jnp.sin, "f32[3]", platforms=("cpu", "cuda", "tpu")),
    _exported("add", lambda x, y: x + y, "f32[a,3]", "f32[a,1]"),
    _exported("arange", lambda x: x * jnp.arange(x.shape[0]), "f32[a]"),
    _exported("broadcast", lambda x: jnp.broadcast_to(x, (x.shape[0], 4)), "f32[a,1]"),
    _exported("concatenate", lambda x, y: jnp.concatenate([x, y]), "f32[a]", "f32[b]"),
    _exported("divisible", lambda x: x.reshape((-1, 2)), "f32[2*a]"),
    _exported("gather", lambda x, i: x[i], "f32[a,3]", "i32[b]"),
    _exported("matmul", jnp.matmul, "f32[a,b]", "f32[b,4]"),
    _exported("mean", lambda x: x.mean(0), "f32[a,3]"),
    _exported("pad", lambda x: jnp.pad(x, (x.shape[0], 1)), "f32[a]"),
    _exported("reshape", jnp.ravel, "f32[a,b]"),
    _exported("scan", _scan, "f32[a,b]"),
    _exported("shape", lambda x: x.shape[0] + x.sum(), "f32[a]"),
    _exported("slice", lambda x: x[1:, :2], "f32[a,b]"),
    _exported("softmax", jax.nn.softmax, "f32[a,b]"),
    _exported("sort", jnp.sort, "f32[a]"),
    _exported("vmap", jax.vmap(jnp.outer), "f32[a,3]", "f32[a,b]"),
]
