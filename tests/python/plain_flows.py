# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Normalizing flows as users write them: couplings, Glow, autoregressive maps."""

import functools

import jax
import jax.numpy as jnp
import numpy as np

from flows import init_mlp, mlp
from plain import Table

FLOWS = Table()


def net(r, inputs, outputs):
    """A small conditioner with weights of its own."""
    first, second = r.normal(inputs, 8), r.normal(8, outputs)
    return lambda h: jnp.tanh(h @ first) @ second / 3


@FLOWS.add
def nice(r):
    nets = [net(r, 3, 3) for _ in range(4)]
    log_scale = r.normal(6)

    def flow(x):
        for i, shift in enumerate(nets):
            a, b = x[:3], x[3:]
            x = jnp.concatenate([a, b + shift(a)] if i % 2 else [a + shift(b), b])
        return x * jnp.exp(log_scale)

    return flow, r.normal(6)


@FLOWS.add
def calls_of_which_parts_have_shares(r):
    @jax.jit
    def layer(x):
        for _ in range(6):
            x = jnp.arcsinh(1.5 * x) + 0.2
        return x

    def flow(x):
        h = layer(layer(x))
        return h[:2], h[2:] * h[:2]

    return flow, r.normal(4) / 2


@FLOWS.add
def realnvp_by_split(r):
    nets = [net(r, 3, 6) for _ in range(4)]

    def flow(x):
        for layer in nets:
            a, b = jnp.split(x, 2)
            log_scale, shift = jnp.split(layer(a), 2)
            x = jnp.concatenate([b * jnp.exp(jnp.tanh(log_scale)) + shift, a])
        return x

    return flow, r.normal(6)


@FLOWS.add
def realnvp_of_a_batch(r):
    scale, shift = net(r, 2, 2), net(r, 2, 2)

    def flow(x):
        a, b = x[:, :2], x[:, 2:]
        return jnp.concatenate([a, b * jnp.exp(scale(a)) + shift(a)], axis=-1)

    return flow, r.normal(3, 4)


@FLOWS.add
def realnvp_of_one_vmapped(r):
    scale, shift = net(r, 2, 2), net(r, 2, 2)

    def flow(x):
        a, b = x[:2], x[2:]
        return jnp.concatenate([a, b * jnp.exp(scale(a)) + shift(a)])

    return jax.vmap(flow), r.normal(3, 4)


def masked_coupling(mask, scale, shift):
    """A coupling in the manner of distrax."""

    def layer(x):
        masked = jnp.where(mask, x, 0.0)
        y = x * jnp.exp(jnp.tanh(scale(masked))) + shift(masked)
        return jnp.where(mask, x, y)

    return layer


@FLOWS.add
def realnvp_by_half_mask(r):
    mask = jnp.arange(6) < 3
    layers = [
        masked_coupling(m, net(r, 6, 6), net(r, 6, 6)) for m in (mask, ~mask, mask)
    ]

    def flow(x):
        for layer in layers:
            x = layer(x)
        return x

    return flow, r.normal(6)


@FLOWS.add
def realnvp_by_alternating_mask(r):
    mask = jnp.arange(5) % 2 == 0
    layers = [masked_coupling(m, net(r, 5, 5), net(r, 5, 5)) for m in (mask, ~mask)]
    return lambda x: layers[1](layers[0](x)), r.normal(5)


@FLOWS.add
def realnvp_by_checkerboard_of_an_image(r):
    mask = np.indices((4, 4)).sum(0) % 2 == 0
    weights = r.normal(16, 16) / 4

    def conditioner(image):
        return jnp.tanh(image.reshape(-1) @ weights).reshape(4, 4)

    layers = [masked_coupling(m, conditioner, conditioner) for m in (mask, ~mask)]
    return lambda x: layers[1](layers[0](x)), r.normal(4, 4)


@FLOWS.add
def realnvp_by_random_mask(r):
    mask = r.bits(7)
    layers = [masked_coupling(m, net(r, 7, 7), net(r, 7, 7)) for m in (mask, ~mask)]
    return lambda x: layers[1](layers[0](x)), r.normal(7)


@FLOWS.add
def realnvp_by_checkerboard_of_a_batch_of_images(r):
    mask = (np.indices((4, 4)).sum(0) % 2 == 0)[..., None]
    kernel = r.normal(2, 2)
    layer = masked_coupling(mask, lambda h: jnp.tanh(h @ kernel), lambda h: h @ kernel)
    return layer, r.normal(2, 4, 4, 2)


@FLOWS.add
def realnvp_by_zero_one_mask(r):
    mask = jnp.asarray([1, 0, 0, 1, 1, 0], r.dtype)
    scale, shift = net(r, 6, 6), net(r, 6, 6)

    def layer(x, m):
        h = x * m
        return h + (1 - m) * (x * jnp.exp(scale(h)) + shift(h))

    return lambda x: layer(layer(x, mask), 1 - mask), r.normal(6)


@FLOWS.add
def realnvp_by_index_lists(r):
    keep, change = np.array([0, 3, 4]), np.array([5, 1, 2])
    scale, shift = net(r, 3, 3), net(r, 3, 3)

    def flow(x):
        h = x[keep]
        return x.at[change].set(x[change] * jnp.exp(scale(h)) + shift(h))

    return flow, r.normal(6)


@FLOWS.add
def realnvp_by_scatter_to_a_new_array(r):
    keep, change = np.array([0, 3, 4]), np.array([5, 1, 2])
    scale = net(r, 3, 3)

    def flow(x):
        h = x[keep]
        y = jnp.zeros_like(x).at[keep].set(h)
        return y.at[change].set(x[change] * jnp.exp(scale(h)))

    return flow, r.normal(6)


@FLOWS.add
def realnvp_in_place(r):
    shift = net(r, 3, 3)
    log_scale = r.normal(3)

    def flow(x):
        x = x.at[3:].add(shift(x[:3]))
        return x.at[:3].multiply(jnp.exp(log_scale))

    return flow, r.normal(6)


@FLOWS.add
def realnvp_by_stride_and_stack(r):
    scale, shift = net(r, 4, 4), net(r, 4, 4)

    def flow(x):
        even, odd = x[::2], x[1::2]
        odd = odd * jnp.exp(scale(even)) + shift(even)
        return jnp.stack([even, odd], axis=-1).reshape(-1)

    return flow, r.normal(8)


@FLOWS.add
def coupling_of_three_groups(r):
    f, g = net(r, 2, 2), net(r, 4, 2)

    def flow(x):
        a, b, c = jnp.split(x, [2, 4])
        b = b * jnp.exp(f(a))
        c = c + g(jnp.concatenate([a, b]))
        return jnp.concatenate([c, a, b])

    return flow, r.normal(6)


@FLOWS.add
def coupling_with_a_relu_conditioner(r):
    weights = r.normal(3, 3)

    def flow(x):
        a, b = x[:3], x[3:]
        return jnp.concatenate([a, b + jax.nn.relu(a @ weights)])

    return flow, r.normal(6)


@FLOWS.add
def coupling_with_a_normalised_conditioner(r):
    weights = r.normal(3, 3)

    def flow(x):
        a, b = x[:3], x[3:]
        h = a @ weights
        h = (h - jnp.mean(h)) / jnp.sqrt(jnp.var(h) + 1e-5)
        return jnp.concatenate([a, b * jnp.exp(jax.nn.softmax(h))])

    return flow, r.normal(6)


@FLOWS.add
def coupling_with_a_recurrent_conditioner(r):
    weights = r.normal(3, 3)

    def flow(x):
        a, b = x[:3], x[3:]
        h, _ = jax.lax.scan(lambda h, w: (jnp.tanh(h + w @ a), None), a, weights[None])
        h = jax.lax.cond(True, jnp.sin, jnp.cos, h)
        return jnp.concatenate([a, b * jnp.exp(h)])

    return flow, r.normal(6)


@FLOWS.add
def relu_of_all_used_for_one_half(r):
    def flow(x):
        h = jax.nn.relu(x)
        return jnp.concatenate([x[:3], x[3:] + h[:3]])

    return flow, r.normal(6)


@FLOWS.add
def coupling_with_known_context(r):
    conditioner = net(r, 5, 6)

    def flow(x, context):
        a, b = x[:3], x[3:]
        log_scale, shift = jnp.split(conditioner(jnp.concatenate([a, context])), 2)
        return jnp.concatenate([a, b * jnp.exp(log_scale) + shift])

    return flow, (r.normal(6), r.normal(2)), 0


@FLOWS.add
def mlp_coupling_with_parameters(r):
    params = init_mlp(jax.random.key(0), (3, 8, 6), dtype=r.dtype)

    def flow(params, x):
        a, b = x[..., :3], x[..., 3:]
        log_scale, shift = jnp.split(mlp(params, a), 2, axis=-1)
        return jnp.concatenate([b * jnp.exp(log_scale) + shift, a], axis=-1)

    return flow, (params, r.normal(2, 6)), 1


@FLOWS.add
def shared_jitted_layer(r):
    @jax.jit
    def layer(weights, x):
        a, b = x[:3], x[3:]
        return jnp.concatenate([b + jnp.tanh(a @ weights), a * 2.0])

    weights = [r.normal(3, 3) for _ in range(4)]
    return (
        functools.partial(functools.reduce, lambda x, w: layer(w, x)),
        (
            weights,
            r.normal(6),
        ),
        1,
    )


def squeeze(x):
    h, w, c = x.shape
    x = x.reshape(h // 2, 2, w // 2, 2, c)
    return x.transpose(0, 2, 1, 3, 4).reshape(h // 2, w // 2, 4 * c)


@FLOWS.add
def actnorm(r):
    def flow(x, params):
        return jnp.exp(params["log_scale"]) * (x + params["bias"])

    params = {"log_scale": r.normal(3), "bias": r.normal(3)}
    return flow, (r.normal(2, 2, 3), params), 0


@FLOWS.add
def glow_squeeze(r):
    return squeeze, r.normal(4, 4, 2)


@FLOWS.add
def glow_1x1_by_einsum(r):
    matrix = r.matrix(3, 3)
    return lambda x: jnp.einsum("hwc,dc->hwd", x, matrix), r.normal(2, 2, 3)


@FLOWS.add
def glow_1x1_by_convolution(r):
    kernel = r.matrix(3, 3)[None, None]

    def flow(x):
        return jax.lax.conv_general_dilated(
            x, kernel, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC")
        )

    return flow, r.normal(2, 2, 2, 3)


@FLOWS.add
def glow_1x1_by_lu(r):
    order = r.permutation(3)
    lower, upper, log_diagonal = r.normal(3, 3), r.normal(3, 3), r.normal(3)

    def flow(x):
        unit_lower = jnp.tril(lower, -1) + jnp.eye(3, dtype=x.dtype)
        matrix = unit_lower @ (jnp.triu(upper, 1) + jnp.diag(jnp.exp(log_diagonal)))
        return x @ matrix[order].T

    return flow, r.normal(2, 2, 3)


@FLOWS.add
def glow_step(r):
    bias, log_scale, matrix = r.normal(8), r.normal(8), r.orthogonal(8)
    conditioner = net(r, 4, 8)

    def flow(x):
        x = squeeze(x)
        x = jnp.exp(log_scale) * (x + bias)
        x = x @ matrix
        a, b = jnp.split(x, 2, axis=-1)
        shift, scale = jnp.split(conditioner(a), 2, axis=-1)
        return jnp.concatenate([a, (b + shift) * jax.nn.sigmoid(scale + 2)], axis=-1)

    return flow, r.normal(4, 4, 2)


@FLOWS.add
def two_scales(r):
    matrix = r.orthogonal(4)
    shift = net(r, 8, 8)

    def flow(x):
        x = squeeze(x) @ matrix
        early, x = x[..., :2], x[..., 2:]
        x = squeeze(x)
        late = x[..., 0, 0, :] + shift(early.reshape(-1)[:8])
        return {"early": early, "late": late * 2.0}

    return flow, r.normal(4, 4, 1)


@FLOWS.add
def autoregressive_sampling_unrolled(r):
    weights = r.normal(4, 4)

    def flow(u):
        x = []
        for i in range(4):
            h = sum((weights[i, j] * x[j] for j in range(i)), start=jnp.zeros(()))
            x.append(u[i] * jnp.exp(jnp.tanh(h)) + h.astype(u.dtype))
        return jnp.stack(x)

    return flow, r.normal(4)


@FLOWS.add
def autoregressive_density_unrolled(r):
    weights = r.normal(4, 4)

    def flow(x):
        u = []
        for i in range(4):
            h = jnp.tanh(x[:i] @ weights[:i, i]) if i else jnp.zeros((), x.dtype)
            u.append((x[i] - h) * jnp.exp(-h))
        return jnp.stack(u)

    return flow, r.normal(4)


@FLOWS.add
def autoregressive_by_at_set(r):
    weights = r.normal(4, 4)

    def flow(u):
        x = jnp.zeros_like(u)
        for i in range(4):
            x = x.at[i].set(u[i] * 2.0 + jnp.tanh(x[:i] @ weights[:i, i]))
        return x

    return flow, r.normal(4)


@FLOWS.add
def sinh_arcsinh(r):
    skew, tail = r.normal(5), r.uniform(0.5, 2, 5)
    return lambda x: jnp.sinh((jnp.arcsinh(x) + skew) * tail), r.normal(5)


@FLOWS.add
def sigmoid_of_affine(r):
    scale, shift = r.uniform(0.5, 2, 5), r.normal(5)
    return lambda x: jax.nn.sigmoid(scale * x + shift), r.normal(5)


@FLOWS.add
def tanh_bijector_to_an_interval(r):
    return lambda x: 3.0 + 2.0 * jnp.tanh(x), r.normal(5)


@FLOWS.add
def gaussian_copula(r):
    def flow(u):
        return jax.lax.erf_inv(2.0 * u - 1.0) * np.sqrt(2).astype(u.dtype)

    return flow, r.uniform(0.05, 0.95, 5)


@FLOWS.add
def weibull_quantile(r):
    scale, shape = 2.0, 1.5
    return lambda u: scale * (-jnp.log1p(-u)) ** (1 / shape), r.uniform(0.1, 0.9, 5)


@FLOWS.add
def box_cox(r):
    return lambda x: (x**0.3 - 1) / 0.3, r.uniform(0.5, 2, 5)


@FLOWS.add
def ordered_by_cumulative_sum(r):
    def flow(x):
        return jnp.cumsum(jnp.concatenate([x[:1], jnp.exp(x[1:])]))

    return flow, r.normal(5)


@FLOWS.add
def channel_shuffle(r):
    def flow(x):
        return x.reshape(2, 2, 2, 3).swapaxes(2, 3).reshape(2, 2, 6) * 1.5

    return flow, r.normal(2, 2, 6)


@FLOWS.add
def pixel_shuffle(r):
    def flow(x):
        h, w, c = x.shape
        x = x.reshape(h, w, 2, 2, c // 4)
        return jnp.einsum("hwabc->hawbc", x).reshape(2 * h, 2 * w, c // 4)

    return flow, r.normal(2, 3, 8)


@FLOWS.add
def patches(r):
    matrix = r.orthogonal(4)

    def flow(image):
        x = image.reshape(2, 2, 3, 2).transpose(0, 2, 1, 3).reshape(6, 4)
        return x @ matrix

    return flow, r.normal(4, 6)


@FLOWS.add
def fixed_permutation_by_gather(r):
    order = r.permutation(7)
    return lambda x: jnp.exp(x[order]), r.normal(7)


@FLOWS.add
def fixed_permutation_by_take(r):
    order = jnp.asarray(r.permutation(5))
    return lambda x: jnp.take(x, order, axis=1) * 2.0, r.normal(3, 5)


@FLOWS.add
def permutation_by_roll_and_flip(r):
    def flow(x):
        x = jnp.roll(x, 2, axis=0)
        x = jnp.flip(x, axis=1)
        return jnp.rot90(jnp.moveaxis(x, -1, 0), axes=(1, 2)) * 3.0

    return flow, r.normal(4, 3, 2)
