# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Shapes, indices, reductions, sorting and products of jax.numpy."""

import jax.numpy as jnp
import numpy as np

from ._program import program

_REDUCTIONS = [
    "all",
    "any",
    "argmax",
    "argmin",
    "count_nonzero",
    "max",
    "mean",
    "median",
    "min",
    "nanmax",
    "nansum",
    "prod",
    "ptp",
    "std",
    "sum",
    "var",
]
_SCANS = ["cumsum", "cumprod", "nancumsum"]

_SHAPES = [
    program("array_split", lambda x: jnp.array_split(x, 3), "f32[8]"),
    program("atleast_3d", jnp.atleast_3d, "f32[2]"),
    program("block", lambda x, y: jnp.block([[x, y], [y, x]]), "f32[2,2]", "f32[2,2]"),
    program("broadcast_to", lambda x: jnp.broadcast_to(x, (4, 2, 3)), "f32[2,1]"),
    program("concatenate", lambda *xs: jnp.concatenate(xs), "f32[2]", "f32[3]"),
    program("diag", jnp.diag, "f32[3]"),
    program("diagonal", jnp.diagonal, "f32[3,4]"),
    program("expand_dims", lambda x: jnp.expand_dims(x, (0, 2)), "f32[3]"),
    program("flip", lambda x: jnp.flip(x, 1), "f32[2,3]"),
    program("hstack", lambda *xs: jnp.hstack(xs), "f32[2,2]", "f32[2,1]"),
    program("kron", jnp.kron, "f32[2,2]", "f32[3]"),
    program("meshgrid", jnp.meshgrid, "f32[2]", "f32[3]"),
    program("moveaxis", lambda x: jnp.moveaxis(x, 0, -1), "f32[2,3,4]"),
    program("pad-constant", lambda x: jnp.pad(x, 2, constant_values=1), "f32[3]"),
    program("pad-edge", lambda x: jnp.pad(x, ((1, 0), (0, 2)), "edge"), "f32[2,3]"),
    program("pad-reflect", lambda x: jnp.pad(x, 2, "reflect"), "f32[4]"),
    program("pad-wrap", lambda x: jnp.pad(x, 2, "wrap"), "f32[4]"),
    program("ravel", jnp.ravel, "f32[2,3]"),
    program("repeat", lambda x: jnp.repeat(x, 2, axis=1), "f32[2,3]"),
    program("reshape-order", lambda x: x.reshape((3, 2), order="F"), "f32[2,3]"),
    program("roll", lambda x: jnp.roll(x, (1, -1), (0, 1)), "f32[2,3]"),
    program("roll-dynamic", lambda x, n: jnp.roll(x, n), "f32[5]", "i32[]"),
    program("rot90", jnp.rot90, "f32[2,3]"),
    program("squeeze", jnp.squeeze, "f32[1,3,1]"),
    program("stack", lambda *xs: jnp.stack(xs, -1), "f32[3]", "f32[3]"),
    program("tile", lambda x: jnp.tile(x, (2, 2)), "f32[3]"),
    program("transpose", jnp.transpose, "f32[2,3,4]"),
    program("tril", jnp.tril, "f32[3,3]"),
    program("triu", lambda x: jnp.triu(x, 1), "f32[3,3]"),
    program("vander", lambda x: jnp.vander(x, 3), "f32[4]"),
]

_INDICES = [
    program("index-int", lambda x: x[-1], "f32[5,2]"),
    program("index-slice", lambda x: x[1:4:2, ::-1], "f32[5,2]"),
    program("index-scalar", lambda x, i: x[i], "f32[5,2]", "i32[]"),
    program("index-array", lambda x, i: x[i], "f32[5,2]", "i32[3]"),
    program("index-two-arrays", lambda x, i: x[i, i], "f32[5,5]", "i32[3]"),
    program("index-constant", lambda x: x[np.array([3, 1])], "f32[5]"),
    program("index-newaxis", lambda x: x[:, None, ..., 0], "f32[2,3]"),
    program("at-set", lambda x: x.at[2].set(1.0), "f32[5]"),
    program("at-add", lambda x, i: x.at[i].add(1.0), "f32[5]", "i32[3]"),
    program(
        "at-multiply", lambda x, i, u: x.at[i].multiply(u), "f32[5]", "i32[2]", "f32[2]"
    ),
    program("at-max", lambda x, i, u: x.at[i].max(u), "i32[5]", "i32[2]", "i32[2]"),
    program("at-apply", lambda x, i: x.at[i].apply(jnp.sin), "f32[5]", "i32[2]"),
    program("at-get-fill", lambda x, i: x.at[i].get(mode="fill"), "f32[5]", "i32[2]"),
    program(
        "at-set-drop", lambda x, i: x.at[i].set(0, mode="drop"), "f32[5]", "i32[2]"
    ),
    program(
        "choose",
        lambda i, x, y: jnp.choose(i, [x, y], mode="clip"),
        "i32[3]",
        "f32[3]",
        "f32[3]",
    ),
    program("digitize", jnp.digitize, "f32[3]", "f32[4]"),
    program("histogram", lambda x: jnp.histogram(x, 4), "f32[8]"),
    program("interp", jnp.interp, "f32[3]", "f32[5]", "f32[5]"),
    program("searchsorted", jnp.searchsorted, "f32[5]", "f32[3]"),
    program("select", lambda x: jnp.select([x < 0, x > 1], [x, x * 2], 0), "f32[3]"),
    program("take", lambda x, i: jnp.take(x, i, axis=1), "f32[2,5]", "i32[3]"),
    program(
        "take_along_axis",
        lambda x, i: jnp.take_along_axis(x, i, 1),
        "f32[2,5]",
        "i32[2,3]",
    ),
    program("tri", lambda x: x * jnp.tri(3), "f32[3,3]"),
    program("unravel_index", lambda i: jnp.unravel_index(i, (3, 4)), "i32[2]"),
]

_ORDER = [
    program("argsort", jnp.argsort, "f32[4]"),
    program("argsort-descending", lambda x: jnp.argsort(x, descending=True), "i32[4]"),
    program("lexsort", lambda x, y: jnp.lexsort((x, y)), "i32[4]", "f32[4]"),
    program("partition", lambda x: jnp.partition(x, 2), "f32[5]"),
    program("percentile", lambda x: jnp.percentile(x, 30), "f32[8]"),
    program("sort", lambda x: jnp.sort(x, axis=0), "f32[4,2]"),
    program("sort-complex", jnp.sort, "c64[4]"),
    program("unique", lambda x: jnp.unique(x, size=3), "i32[5]"),
]

_PRODUCTS = [
    program(
        "convolve", lambda x, y: jnp.convolve(x, y, mode="same"), "f32[8]", "f32[3]"
    ),
    program("correlate", jnp.correlate, "f32[8]", "f32[3]"),
    program("cov", jnp.cov, "f32[3,5]"),
    program("cross", jnp.cross, "f32[3]", "f32[3]"),
    program("dot", jnp.dot, "f32[3]", "f32[3]"),
    program(
        "einsum",
        lambda x, y: jnp.einsum("bij,bjk->bik", x, y),
        "f32[4,2,3]",
        "f32[4,3,5]",
    ),
    program("einsum-trace", lambda x: jnp.einsum("ii", x), "f32[3,3]"),
    program("inner", jnp.inner, "f32[2,3]", "f32[4,3]"),
    program("matmul", jnp.matmul, "f32[2,3]", "f32[3,4]"),
    program("matmul-batched", jnp.matmul, "f32[5,2,3]", "f32[3,4]"),
    program(
        "matvec-highest",
        lambda x, y: jnp.matmul(x, y, precision="highest"),
        "f32[2,3]",
        "f32[3]",
    ),
    program("outer", jnp.outer, "f32[2]", "f32[3]"),
    program("tensordot", jnp.tensordot, "f32[2,3,4]", "f32[3,4,5]"),
    program("trapezoid", jnp.trapezoid, "f32[5]"),
    program("vdot", jnp.vdot, "c64[3]", "c64[3]"),
]

PROGRAMS = [
    *_SHAPES,
    *_INDICES,
    *_ORDER,
    *_PRODUCTS,
    *(
        program(f"{n}-axis", lambda x, n=n: getattr(jnp, n)(x, axis=1), "f32[2,3]")
        for n in _REDUCTIONS
    ),
    *(
        program(f"{n}-axis", lambda x, n=n: getattr(jnp, n)(x, axis=1), "f32[2,3]")
        for n in _SCANS
    ),
    program(
        "arange-linspace", lambda x: x + jnp.arange(3) + jnp.linspace(0, 1, 3), "f32[3]"
    ),
    program("average-weights", jnp.average, "f32[3]", None, "f32[3]"),
    program("bincount", lambda i: jnp.bincount(i, length=4), "i32[8]"),
    program("diff", jnp.diff, "f32[5]"),
    program("ediff1d", jnp.ediff1d, "f32[5]"),
    program("gradient", jnp.gradient, "f32[5]"),
    program(
        "eye-ones-zeros",
        lambda x: x @ jnp.eye(3) + jnp.ones(3) + jnp.zeros(3),
        "f32[3]",
    ),
    program("sum-empty", jnp.sum, "f32[0,3]"),
    program("sum-where", lambda x, p: jnp.sum(x, where=p), "f32[3]", "bool[3]"),
]
