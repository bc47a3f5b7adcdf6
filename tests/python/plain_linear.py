# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Linear and affine maps as users write them, and the ways to call a function."""

import functools

import jax
import jax.numpy as jnp
import jax.scipy.linalg
import numpy as np

from plain import Table

LINEAR = Table()


@LINEAR.add
def matrix_on_the_left(r):
    matrix, shift = r.matrix(4, 4), r.normal(4)
    return lambda x: matrix @ x + shift, r.normal(4)


@LINEAR.add
def matrix_on_the_right(r):
    matrix = r.matrix(4, 4)
    return lambda x: x @ matrix, r.normal(3, 4)


@LINEAR.add
def matrices_on_both_sides(r):
    left, right = r.matrix(3, 3), r.matrix(2, 2)
    return lambda x: left @ x @ right.T, r.normal(3, 2)


@LINEAR.add
def matrices_of_a_batch(r):
    matrices = r.matrix(3, 2, 2)
    return lambda x: matrices @ x, r.normal(3, 2, 2)


@LINEAR.add
def vmapped_over_vectors(r):
    matrix = r.matrix(3, 3)
    return jax.vmap(lambda x: matrix @ x), r.normal(4, 3)


@LINEAR.add
def vmapped_over_matrices(r):
    matrices = r.matrix(4, 3, 3)
    return lambda x: jax.vmap(jnp.matmul)(matrices, x), r.normal(4, 3)


@LINEAR.add
def vmapped_over_the_last_axis(r):
    matrices = r.matrix(4, 3, 3)
    product = jax.vmap(jnp.matmul, in_axes=(0, 1), out_axes=1)
    return lambda x: product(matrices, x), r.normal(3, 4)


@LINEAR.add
def einsum_with_the_unknown_first(r):
    matrix = r.matrix(3, 3)
    return lambda x: jnp.einsum("bi,ij->bj", x, matrix), r.normal(2, 3)


@LINEAR.add
def einsum_with_the_unknown_last(r):
    matrix = r.matrix(3, 3)
    return lambda x: jnp.einsum("ij,jb->bi", matrix, x), r.normal(3, 2)


@LINEAR.add
def einsum_without_contraction(r):
    scale = r.uniform(0.5, 2, 4)
    return lambda x: jnp.einsum("i,ij->ij", scale, x), r.normal(4, 2)


@LINEAR.add
def einsum_over_two_axes(r):
    matrix = r.matrix(6, 6).reshape(2, 3, 3, 2)
    return lambda x: jnp.einsum("ijkl,kl->ij", matrix, x), r.normal(3, 2)


@LINEAR.add
def tensordot(r):
    matrix = r.matrix(6, 6).reshape(6, 2, 3)
    return lambda x: jnp.tensordot(x, matrix, axes=[[1, 2], [1, 2]]), r.normal(2, 2, 3)


@LINEAR.add
def matrix_as_argument(r):
    def affine(matrix, x, shift):
        return x @ matrix + shift

    return affine, (r.matrix(3, 3), r.normal(2, 3), r.normal(3)), 1


@LINEAR.add
def unknown_matrix(r):
    def affine(matrix, x):
        return x @ matrix

    return affine, (r.normal(3, 2), r.matrix(3, 3)), 0


@LINEAR.add
def triangular_parameters(r):
    entries, log_diagonal = r.normal(6), r.normal(4)

    def affine(x):
        lower = jnp.zeros((4, 4), x.dtype).at[jnp.tril_indices(4, -1)].set(entries)
        return (lower + jnp.diag(jnp.exp(log_diagonal))) @ x

    return affine, r.normal(4)


@LINEAR.add
def triangular_by_mask(r):
    weights = r.normal(4, 4) + 2 * jnp.eye(4, dtype=r.dtype)
    return lambda x: jnp.tril(weights) @ x, r.normal(4)


@LINEAR.add
def lu_parameters(r):
    weights, log_diagonal = r.normal(4, 4), r.normal(4)

    def affine(x):
        lower = jnp.tril(weights, -1) + jnp.eye(4, dtype=x.dtype)
        upper = jnp.triu(weights, 1) + jnp.diag(jnp.exp(log_diagonal))
        return lower @ (upper @ x)

    return affine, r.normal(4)


@LINEAR.add
def whitening(r):
    samples = r.normal(20, 3) @ r.matrix(3, 3)

    def whiten(x):
        mean = jnp.mean(samples, axis=0)
        values, vectors = jnp.linalg.eigh(jnp.cov(samples.T))
        return (x - mean) @ (vectors / jnp.sqrt(values))

    return whiten, r.normal(2, 3)


@LINEAR.add
def whitening_by_triangular_solve(r):
    factor = r.matrix(3, 3)

    def whiten(x, mean, covariance):
        lower = jnp.linalg.cholesky(covariance)
        return jax.scipy.linalg.solve_triangular(lower, x - mean, lower=True)

    return whiten, (r.normal(3), r.normal(3), factor @ factor.T), 0


@LINEAR.add
def gaussian_by_cholesky(r):
    factor = r.matrix(3, 3)

    def sample(noise, mean, covariance):
        return mean + jnp.linalg.cholesky(covariance) @ noise

    return sample, (r.normal(3), r.normal(3), factor @ factor.T), 0


@LINEAR.add
def rotation_by_matrix_exponential(r):
    generator = r.normal(3, 3)

    def rotate(x):
        return jax.scipy.linalg.expm(generator - generator.T) @ x

    return rotate, r.normal(3)


@LINEAR.add
def householder_as_a_matrix(r):
    v = r.normal(4)

    def reflect(x):
        return (jnp.eye(4, dtype=x.dtype) - 2 * jnp.outer(v, v) / (v @ v)) @ x

    return reflect, r.normal(4)


@LINEAR.add
def givens_as_a_matrix(r):
    angle = r.normal()

    def rotate(x):
        c, s = jnp.cos(angle), jnp.sin(angle)
        return jnp.array([[c, -s], [s, c]]) @ x

    return rotate, r.normal(2, 5)


@LINEAR.add
def rotation_by_three_shears(r):
    a, b = r.normal(), r.normal()

    def rotate(p):
        x, y = p[0], p[1]
        x = x + a * y
        y = y + b * x
        x = x + a * y
        return jnp.stack([x, y])

    return rotate, r.normal(2, 3)


@LINEAR.add
def standardised_data(r):
    mean, deviation = r.normal(3), r.uniform(0.5, 2, 3)
    return lambda x: (x - mean) / deviation, r.normal(4, 3)


@LINEAR.add
def reciprocal_and_ratio(r):
    k = r.uniform(1, 2, 4)
    return lambda x: k / (1.0 / x), r.uniform(0.5, 2, 4)


@LINEAR.add
def kalman_step(r):
    a, b, u = r.matrix(3, 3), r.normal(3, 2), r.normal(2)
    return lambda x: a @ x + b @ u, r.normal(3)


@LINEAR.add
def pytrees_in_and_out(r):
    def regroup(tree):
        first, (second, third) = tree["a"], tree["b"]
        return [{"y": second * first.sum()}, (jnp.exp(first), third.T + 1.0)]

    return regroup, {"a": r.normal(2), "b": (r.normal(3), r.normal(2, 2))}


@LINEAR.add
def several_arguments(r):
    def mix(a, b, c):
        return a * 2.0, b + jnp.sin(a), c / jnp.exp(b)

    return mix, (r.normal(3), r.normal(3), r.normal(3))


@LINEAR.add
def some_arguments(r):
    def mix(a, known, b):
        return a * known, b + a

    return mix, (r.normal(3), r.uniform(1, 2, 3), r.normal(3)), (0, 2)


@LINEAR.add
def nested_jit_and_partial(r):
    scale = jax.jit(functools.partial(jnp.multiply, r.uniform(1, 2, 3)))
    shift = functools.partial(lambda k, x: x + k, r.normal(3))
    return jax.jit(lambda x: jax.jit(shift)(scale(shift(x)))), r.normal(3)


@LINEAR.add
def closed_over_numpy_arrays(r):
    scale, shift = np.asarray(r.uniform(1, 2, 3)), np.asarray(r.normal(3))

    def affine(x):
        return x * scale + shift

    return affine, r.normal(2, 3)


@LINEAR.add
def known_argument_returned(r):
    def carry(params, x):
        return params, x * params["k"]

    return lambda p, x: carry(p, x)[1], ({"k": r.uniform(1, 2, 3)}, r.normal(3)), 1


@LINEAR.add
def indices_and_axes(r):
    def pick(x):
        head, rest = x[0], x[-2:]
        return rest[:, None] * 2.0, (head[None] + 1.0)[..., None], x[1:2].squeeze(0)

    return pick, r.normal(4, 3)


@LINEAR.add
def known_random_numbers(r):
    def noisy(x, key):
        return x * 2.0 + jax.random.normal(key, x.shape, x.dtype)

    return noisy, (r.normal(4), jax.random.key(3)), 0
