# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Decompositions, solves, Fourier transforms, convolutions and windows."""

import jax
import jax.numpy as jnp
from jax import lax
from jax.scipy import fft as scipy_fft
from jax.scipy import linalg as scipy_linalg

from ._program import program


def _conv(name, lhs, rhs, **options):
    options = {"window_strides": (1, 1), "padding": "SAME"} | options
    return program(
        f"conv-{name}", lambda x, w: lax.conv_general_dilated(x, w, **options), lhs, rhs
    )


def _fft(name, fun, *args):
    return program(f"fft-{name}", fun, *args)


def _pool(x, init, op, padding="VALID"):
    return lax.reduce_window(x, init, op, (1, 2, 2, 1), (1, 2, 2, 1), padding)


def _max_pool(x):
    return _pool(x, -jnp.inf, lax.max)


_IMAGE = "f32[1,8,8,2]"
_NHWC = ("NHWC", "HWIO", "NHWC")

_LINALG = [
    program("linalg-cholesky", jnp.linalg.cholesky, "f32[3,3]"),
    program("linalg-cholesky-batched", jnp.linalg.cholesky, "c64[2,3,3]"),
    program("linalg-cond", jnp.linalg.cond, "f32[3,3]"),
    program("linalg-det", jnp.linalg.det, "f32[3,3]"),
    program("linalg-det-4", jnp.linalg.det, "f32[4,4]"),
    program("linalg-eigh", jnp.linalg.eigh, "f32[3,3]"),
    program("linalg-eig", jnp.linalg.eig, "f32[3,3]"),
    program("linalg-expm", scipy_linalg.expm, "f32[3,3]"),
    program("linalg-inv", jnp.linalg.inv, "f32[3,3]"),
    program("linalg-lstsq", jnp.linalg.lstsq, "f32[5,3]", "f32[5]"),
    program("linalg-lu", lax.linalg.lu, "f32[3,4]"),
    program("linalg-matrix_power", lambda x: jnp.linalg.matrix_power(x, 5), "f32[3,3]"),
    program("linalg-norm", jnp.linalg.norm, "f32[3,3]"),
    program("linalg-pinv", jnp.linalg.pinv, "f32[4,3]"),
    program("linalg-qr", jnp.linalg.qr, "f32[4,3]"),
    program("linalg-schur", lax.linalg.schur, "f32[3,3]"),
    program("linalg-slogdet", jnp.linalg.slogdet, "f32[3,3]"),
    program("linalg-solve", jnp.linalg.solve, "f32[3,3]", "f32[3,2]"),
    program(
        "linalg-solve-vmap", jax.vmap(jnp.linalg.solve), "f32[5,3,3]", "f32[5,3,1]"
    ),
    program(
        "linalg-solve_triangular",
        lambda a, b: scipy_linalg.solve_triangular(a, b, lower=True),
        "f32[3,3]",
        "f32[3]",
    ),
    program("linalg-svd", jnp.linalg.svd, "f32[4,3]"),
    program(
        "linalg-triangular_solve",
        lambda a, b: lax.linalg.triangular_solve(
            a, b, left_side=True, transpose_a=True
        ),
        "f32[3,3]",
        "f32[3,2]",
    ),
    program(
        "linalg-tridiagonal_solve",
        lax.linalg.tridiagonal_solve,
        *["f32[4]"] * 3,
        "f32[4,1]",
    ),
]

_FOURIER = [
    _fft("fft", jnp.fft.fft, "c64[8]"),
    _fft("ifft2", jnp.fft.ifft2, "c64[4,4]"),
    _fft("rfft", jnp.fft.rfft, "f32[8]"),
    _fft("irfftn", jnp.fft.irfftn, "c64[4,3]"),
    _fft("hfft", jnp.fft.hfft, "c64[5]"),
    _fft("fftshift", jnp.fft.fftshift, "f32[8]"),
    _fft("fftfreq", lambda x: x * jnp.fft.fftfreq(8), "f32[8]"),
    _fft("dct", scipy_fft.dct, "f32[8]"),
]

_CONVOLUTIONS = [
    _conv("plain", "f32[1,2,8,8]", "f32[4,2,3,3]"),
    _conv("channels-last", _IMAGE, "f32[3,3,2,4]", dimension_numbers=_NHWC),
    _conv("strides", "f32[1,2,8,8]", "f32[4,2,3,3]", window_strides=(2, 1)),
    _conv("padding", "f32[1,2,8,8]", "f32[4,2,3,3]", padding=((1, 0), (-1, 2))),
    _conv("dilated", "f32[1,2,8,8]", "f32[4,2,3,3]", rhs_dilation=(2, 2)),
    _conv(
        "transposed",
        "f32[1,2,8,8]",
        "f32[4,2,3,3]",
        lhs_dilation=(2, 2),
        padding=((1, 2), (1, 2)),
    ),
    _conv("grouped", "f32[1,4,8,8]", "f32[4,2,3,3]", feature_group_count=2),
    _conv("batch-groups", "f32[4,2,8,8]", "f32[4,2,3,3]", batch_group_count=2),
    _conv("precision", "f32[1,2,8,8]", "f32[4,2,3,3]", precision="highest"),
    _conv(
        "bf16-to-f32",
        "bf16[1,2,8,8]",
        "bf16[4,2,3,3]",
        preferred_element_type="float32",
    ),
    program(
        "conv-1d-valid",
        lambda x, w: lax.conv(x, w, (1,), "VALID"),
        "f32[1,2,8]",
        "f32[4,2,3]",
    ),
    program(
        "conv-transpose",
        lambda x, w: lax.conv_transpose(x, w, (2, 2), "SAME"),
        _IMAGE,
        "f32[3,3,2,4]",
    ),
    program(
        "conv-grad",
        jax.grad(lambda w, x: lax.conv(x, w, (1, 1), "SAME").sum()),
        "f32[4,2,3,3]",
        "f32[1,2,8,8]",
    ),
    program("pool-max", _max_pool, _IMAGE),
    program("pool-average", lambda x: _pool(x, 0.0, lax.add, "SAME") / 4, _IMAGE),
    program("pool-max-grad", jax.grad(lambda x: _max_pool(x).sum()), _IMAGE),
    program(
        "image-resize", lambda x: jax.image.resize(x, (1, 4, 4, 2), "linear"), _IMAGE
    ),
    program(
        "patches",
        lambda x: lax.conv_general_dilated_patches(x, (3, 3), (1, 1), "SAME"),
        "f32[1,2,8,8]",
    ),
]

PROGRAMS = [*_LINALG, *_FOURIER, *_CONVOLUTIONS]
