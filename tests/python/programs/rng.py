# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random numbers of jax.random, by raw and by typed keys."""

import jax
import jax.numpy as jnp

from ._program import program

_SAMPLERS = [
    "ball",
    "bernoulli",
    "bits",
    "cauchy",
    "exponential",
    "gumbel",
    "laplace",
    "logistic",
    "normal",
    "pareto",
    "rademacher",
    "rayleigh",
    "truncated_normal",
    "uniform",
]


def _sample(name):
    sampler = getattr(jax.random, name)
    if name == "ball":
        return lambda key: sampler(key, 2)
    if name == "pareto":
        return lambda key: sampler(key, 2.0, (3,))
    if name == "rayleigh":
        return lambda key: sampler(key, 1.0, (3,))
    if name == "truncated_normal":
        return lambda key: sampler(key, -1.0, 1.0, (3,))
    if name == "bernoulli":
        return lambda key: sampler(key, 0.3, (3,))
    return lambda key: sampler(key, shape=(3,))


def _typed(seed):
    key = jax.random.key(seed)
    return jax.random.normal(jax.random.split(key)[0], (3,))


def _typed_rbg(seed):
    return jax.random.uniform(jax.random.key(seed, impl="rbg"), (3,))


PROGRAMS = [
    *(program(f"random-{n}", _sample(n), "u32[2]") for n in _SAMPLERS),
    program("random-categorical", jax.random.categorical, "u32[2]", "f32[5]"),
    program(
        "random-choice", lambda k, x: jax.random.choice(k, x, (3,)), "u32[2]", "f32[8]"
    ),
    program("random-dirichlet", jax.random.dirichlet, "u32[2]", "f32[3]"),
    program("random-fold_in", jax.random.fold_in, "u32[2]", "u32[]"),
    program("random-gamma", jax.random.gamma, "u32[2]", "f32[3]"),
    program(
        "random-key_data",
        lambda seed: jax.random.key_data(jax.random.key(seed)),
        "i32[]",
    ),
    program(
        "random-multivariate_normal",
        jax.random.multivariate_normal,
        "u32[2]",
        "f32[3]",
        "f32[3,3]",
    ),
    program("random-orthogonal", lambda k: jax.random.orthogonal(k, 3), "u32[2]"),
    program("random-permutation", jax.random.permutation, "u32[2]", "f32[5]"),
    program("random-poisson", lambda k: jax.random.poisson(k, 2.0, (3,)), "u32[2]"),
    program("random-randint", lambda k: jax.random.randint(k, (3,), 0, 10), "u32[2]"),
    program("random-split", lambda k: jax.random.split(k, 3), "u32[2]"),
    program("random-typed", _typed, "i32[]"),
    program("random-typed-rbg", _typed_rbg, "i32[]"),
    program("random-vmap", jax.vmap(lambda k: jax.random.normal(k, (2,))), "u32[3,2]"),
    program(
        "random-weights",
        lambda k: jax.nn.initializers.glorot_normal()(k, (3, 4), jnp.float32),
        "u32[2]",
    ),
]
