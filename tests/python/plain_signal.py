# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Transforms, integrators and codecs as users write them; and over integers."""

import jax
import jax.numpy as jnp
import numpy as np

from plain import Table

SIGNAL = Table()
INTEGERS = Table()


@SIGNAL.add
def haar_lifting(r):
    def transform(x):
        even, odd = x[0::2], x[1::2]
        detail = odd - even
        return jnp.concatenate([even + detail / 2, detail]) * 2.0

    return transform, r.normal(8)


@SIGNAL.add
def cdf_5_3_lifting(r):
    def transform(x):
        even, odd = x[::2], x[1::2]
        odd = odd - 0.5 * (even + jnp.roll(even, -1))
        even = even + 0.25 * (odd + jnp.roll(odd, 1))
        return even * np.sqrt(2), odd / np.sqrt(2)

    return transform, r.normal(8)


@SIGNAL.add
def two_levels_of_lifting(r):
    def level(x):
        even, odd = x[..., ::2], x[..., 1::2]
        odd = odd - 0.5 * (even + jnp.roll(even, -1, axis=-1))
        return even + 0.25 * (odd + jnp.roll(odd, 1, axis=-1)), odd

    def transform(x):
        low, high = level(x)
        lowest, middle = level(low)
        return {"low": lowest, "middle": middle, "high": high}

    return transform, r.normal(2, 8)


@SIGNAL.add
def lifting_of_an_image(r):
    def level(x):
        odd = x[1::2] - x[::2]
        return jnp.concatenate([x[::2] + odd / 2, odd])

    return lambda x: level(level(x).T).T, r.normal(4, 4)


@SIGNAL.add
def cosine_transform_as_a_matrix(r):
    n = 6
    k, i = np.indices((n, n))
    basis = np.cos(np.pi * k * (2 * i + 1) / (2 * n)).astype(r.dtype)
    return lambda x: x @ basis.T, r.normal(2, n)


@SIGNAL.add
def ycbcr_as_a_matrix(r):
    matrix = jnp.asarray(
        [[0.299, 0.587, 0.114], [-0.1687, -0.3313, 0.5], [0.5, -0.4187, -0.0813]],
        r.dtype,
    )
    offset = jnp.asarray([0, 128, 128], r.dtype)
    return lambda rgb: rgb @ matrix.T + offset, r.uniform(0, 255, 2, 2, 3)


@SIGNAL.add
def dpcm(r):
    def encode(x):
        return jnp.concatenate([x[:1], x[1:] - x[:-1]])

    return encode, r.normal(6)


@SIGNAL.add
def pre_emphasis(r):
    def emphasise(x):
        return x - 0.97 * jnp.concatenate([jnp.zeros((1,), x.dtype), x[:-1]])

    return emphasise, r.normal(6)


@SIGNAL.add
def recursive_filter_unrolled(r):
    def filtered(x):
        y, state = [], jnp.zeros((), x.dtype)
        for i in range(5):
            state = 0.5 * state + x[i]
            y.append(state)
        return jnp.stack(y)

    return filtered, r.normal(5)


@SIGNAL.add
def gamma_and_gain(r):
    return lambda x: (x * 1.5 + 0.1) ** 2.2, r.uniform(0.1, 1, 4, 4)


@SIGNAL.add
def decibels(r):
    return lambda x: 10 * jnp.log10(x), r.uniform(0.1, 10, 5)


@SIGNAL.add
def running_product(r):
    return lambda x: jnp.cumprod(x, axis=1), r.uniform(0.5, 2, 2, 4)


@SIGNAL.add
def filtered_spectrum(r):
    gain = r.uniform(0.5, 2, 6)

    def filtered(x, y):
        z = jnp.fft.ifft(jnp.fft.fft(jax.lax.complex(x, y)) * gain)
        return z.real, z.imag

    return filtered, (r.normal(6), r.normal(6))


@SIGNAL.add
def padded_and_cropped(r):
    def shift(x):
        return jnp.pad(x, ((2, 1), (0, 3)))[1:7, :5].at[:, 3:].set(0.0)[1:5, :3] * 2.0

    return shift, r.normal(4, 3)


@SIGNAL.add
def leapfrog_of_a_pendulum(r):
    def integrate(q, p):
        for _ in range(3):
            p = p - 0.05 * jnp.sin(q)
            q = q + 0.1 * p
            p = p - 0.05 * jnp.sin(q)
        return q, p

    return integrate, (r.normal(3), r.normal(3))


@SIGNAL.add
def leapfrog_with_a_gradient(r):
    matrix = r.normal(3, 3)

    def potential(q):
        return jnp.sum(jnp.log1p(jnp.square(matrix @ q)))

    def integrate(state):
        q, p = state["q"], state["p"]
        for _ in range(3):
            p = p - 0.05 * jax.grad(potential)(q)
            q = q + 0.1 * p
            p = p - 0.05 * jax.grad(potential)(q)
        return {"q": q, "p": -p}

    return integrate, {"q": r.normal(3), "p": r.normal(3)}


@SIGNAL.add
def symplectic_euler_of_many_bodies(r):
    mass = r.uniform(1, 2, 3)

    def acceleration(q):
        separation = q[:, None] - q[None]
        distance = jnp.sqrt(jnp.sum(separation**2, -1) + 0.1)
        return -jnp.sum(mass[:, None] * separation / distance[..., None] ** 3, axis=1)

    def integrate(q, p):
        for _ in range(2):
            p = p + 0.1 * acceleration(q)
            q = q + 0.1 * p
        return q, p

    return integrate, (r.normal(3, 2), r.normal(3, 2))


@SIGNAL.add
def reversible_residual_blocks(r):
    f, g = r.normal(3, 3), r.normal(3, 3)

    def network(x):
        a, b = jnp.split(x, 2, axis=-1)
        for _ in range(2):
            a = a + jax.nn.gelu(b @ f)
            b = b + jax.nn.silu(a @ g)
        return jnp.concatenate([a, b], axis=-1)

    return network, r.normal(2, 6)


@SIGNAL.add
def reversible_blocks_by_grad_of_a_norm(r):
    def network(a, b):
        a = a + jax.grad(lambda v: jnp.sum(jnp.tanh(v)))(b)
        return b, a * 3.0

    return network, (r.normal(3), r.normal(3))


@INTEGERS.add
def ycocg_r(r):
    def encode(rgb):
        red, green, blue = rgb[..., 0], rgb[..., 1], rgb[..., 2]
        co = red - blue
        t = blue + (co >> 1)
        cg = green - t
        return jnp.stack([t + (cg >> 1), co, cg], axis=-1)

    return encode, r.integers("int32", 4, 4, 3)


@INTEGERS.add
def integer_cdf_5_3(r):
    def transform(x):
        even, odd = x[::2], x[1::2]
        odd = odd - ((even + jnp.roll(even, -1)) >> 1)
        even = even + ((odd + jnp.roll(odd, 1) + 2) >> 2)
        return jnp.concatenate([even, odd])

    return transform, r.integers("int16", 16)


@INTEGERS.add
def integer_dpcm(r):
    def encode(x):
        return jnp.concatenate([x[:1], x[1:] - x[:-1]])

    return encode, r.integers("uint8", 6)


@INTEGERS.add
def feistel(r):
    keys = r.integers("uint32", 4)

    def mix(half, key):
        half = (half ^ key) * np.uint32(0x9E3779B1)
        return half ^ (half >> 15)

    def encrypt(block):
        left, right = block[::2], block[1::2]
        for key in keys:
            left, right = right, left ^ mix(right, key)
        return jnp.stack([left, right], axis=-1).reshape(block.shape)

    return encrypt, r.integers("uint32", 8)


@INTEGERS.add
def tea_rounds(r):
    k = r.integers("uint32", 4)

    def encrypt(v):
        a, b = v[0], v[1]
        total = np.uint32(0)
        for _ in range(3):
            total = np.uint32((int(total) + 0x9E3779B9) % 2**32)
            a = a + (((b << 4) + k[0]) ^ (b + total) ^ ((b >> 5) + k[1]))
            b = b + (((a << 4) + k[2]) ^ (a + total) ^ ((a >> 5) + k[3]))
        return jnp.stack([a, b])

    return encrypt, r.integers("uint32", 2)


@INTEGERS.add
def linear_congruential_generator(r):
    def advance(state):
        for _ in range(3):
            state = state * np.uint32(1664525) + np.uint32(1013904223)
        return state

    return advance, r.integers("uint32", 5)


@INTEGERS.add
def one_time_pad(r):
    def encrypt(text, key):
        return text ^ key

    return encrypt, (r.integers("uint8", 9), r.integers("uint8", 9)), 0


@INTEGERS.add
def pad_from_a_random_key(r):
    def encrypt(text, key):
        return text ^ jax.random.bits(key, text.shape, text.dtype)

    return encrypt, (r.integers("uint32", 5), jax.random.key(1)), 0


@INTEGERS.add
def affine_cipher(r):
    return lambda x: ~(x * np.int8(-5) - np.int8(77)), r.integers("int8", 9)


@INTEGERS.add
def byte_permutation(r):
    order = r.permutation(4)

    def shuffle(words):
        octets = jax.lax.bitcast_convert_type(words, jnp.uint8)
        return jax.lax.bitcast_convert_type(octets[:, order], jnp.uint32)

    return shuffle, r.integers("uint32", 5)


@INTEGERS.add
def zigzag_scan(r):
    i, j = np.indices((4, 4))
    diagonal = i + j
    order = np.lexsort((np.where(diagonal % 2, i, j).ravel(), diagonal.ravel()))
    return lambda block: block.reshape(-1)[order], r.integers("int16", 4, 4)


@INTEGERS.add
def logical_masks(r):
    pattern = r.bits(6)
    return lambda x: ~(x ^ pattern), jnp.asarray(r.bits(6))


@INTEGERS.add
def sign_bit_flip(r):
    def ordered(x):
        bits = jax.lax.bitcast_convert_type(x, jnp.uint32)
        return jax.lax.bitcast_convert_type(bits ^ np.uint32(1 << 31), jnp.int32)

    return ordered, r.integers("int32", 6)


@INTEGERS.add
def widened_and_offset(r):
    return lambda x: x.astype(jnp.int32) + 1000, r.integers("uint8", 6)
