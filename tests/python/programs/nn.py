# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions of jax.nn and jax.scipy."""

import jax
import jax.numpy as jnp
from jax import nn
from jax.scipy import signal, special, stats

from ._program import program

_ACTIVATIONS = [
    "celu",
    "elu",
    "gelu",
    "hard_sigmoid",
    "hard_silu",
    "hard_swish",
    "hard_tanh",
    "leaky_relu",
    "log_sigmoid",
    "log_softmax",
    "mish",
    "relu",
    "relu6",
    "selu",
    "sigmoid",
    "silu",
    "softmax",
    "soft_sign",
    "softplus",
    "sparse_plus",
    "squareplus",
    "standardize",
]
_SPECIAL = (
    """
    bessel_jn digamma entr erf erfc erfinv expi expit exp1 gammaln i0 i0e i1 i1e log1p
    log_ndtr logit ndtr ndtri spence
""".replace("bessel_jn", "")
    .replace("log1p", "")
    .split()
)
_SPECIAL_BINARY = [
    "betaln",
    "gammainc",
    "gammaincc",
    "kl_div",
    "rel_entr",
    "xlog1py",
    "xlogy",
    "zeta",
]


def _attention(q, k, v):
    return nn.dot_product_attention(q, k, v, is_causal=True)


def _layer_norm(x, scale):
    mean = x.mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(x.var(-1, keepdims=True) + 1e-5) * scale


def _mlp(params, x):
    for w, b in params:
        x = jnp.tanh(x @ w + b)
    return x


_PARAMS = [("f32[4,8]", "f32[8]"), ("f32[8,2]", "f32[2]")]

PROGRAMS = [
    *(program(f"nn-{n}", getattr(nn, n), "f32[2,3]") for n in _ACTIVATIONS),
    *(program(f"special-{n}", getattr(special, n), "f32[3]") for n in _SPECIAL),
    *(
        program(f"special-{n}", getattr(special, n), "f32[3]", "f32[3]")
        for n in _SPECIAL_BINARY
    ),
    program("nn-attention", _attention, *["f32[1,8,2,4]"] * 3),
    program("nn-gelu-exact", lambda x: nn.gelu(x, approximate=False), "f32[3]"),
    program("nn-glu", nn.glu, "f32[2,4]"),
    program("nn-layer_norm", _layer_norm, "f32[4,8]", "f32[8]"),
    program("nn-mlp", _mlp, _PARAMS, "f32[5,4]"),
    program(
        "nn-mlp-grad", jax.grad(lambda p, x: _mlp(p, x).sum()), _PARAMS, "f32[5,4]"
    ),
    program("nn-one_hot", lambda i: nn.one_hot(i, 4), "i32[3]"),
    program(
        "signal-convolve", lambda x, y: signal.convolve(x, y), "f32[4,4]", "f32[2,2]"
    ),
    program("signal-stft", lambda x: signal.stft(x, nperseg=8), "f32[32]"),
    program("special-betainc", special.betainc, "f32[3]", "f32[3]", "f32[3]"),
    program("special-logsumexp", special.logsumexp, "f32[2,3]"),
    program("special-multigammaln", lambda x: special.multigammaln(x, 2), "f32[3]"),
    program("special-polygamma", lambda x: special.polygamma(1, x), "f32[3]"),
    program("stats-beta-logpdf", stats.beta.logpdf, "f32[3]", "f32[]", "f32[]"),
    program("stats-gamma-logpdf", stats.gamma.logpdf, "f32[3]", "f32[]"),
    program(
        "stats-multivariate_normal-logpdf",
        stats.multivariate_normal.logpdf,
        "f32[3]",
        "f32[3]",
        "f32[3,3]",
    ),
    program("stats-norm-logcdf", stats.norm.logcdf, "f32[3]"),
    program("stats-norm-ppf", stats.norm.ppf, "f32[3]"),
    program("stats-poisson-logpmf", stats.poisson.logpmf, "i32[3]", "f32[]"),
]
