# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the lines of generated programs call; scripts take along what they use."""

import functools

import jax
import jax.numpy as jnp
import numpy as np

import invhlo


def draw(seed, shape, low, high, dtype):
    """Numbers between `low` and `high`, the same ones for each seed."""
    values = np.random.default_rng(seed).uniform(low, high, size=shape)
    return values.astype(dtype)


def value(kind, seed, shape, dtype):
    """An argument: floats, complex numbers, integers of 32 bits, or of 8."""
    if kind == "f":
        return draw(seed, shape, -1.9, 1.9, dtype)
    if kind == "c":
        parts = draw(seed, (2, *shape), -1.3, 1.3, dtype)
        return parts[0] + 1j * parts[1]
    integer = {"i": np.uint32, "b": np.uint8, "B": np.int8}[kind]
    return np.random.default_rng(seed).integers(
        np.iinfo(integer).min, np.iinfo(integer).max, shape, integer, endpoint=True
    )


def const(seed, like, low=0.5, high=1.0):
    """A literal of the shape of `like`."""
    values = draw(seed, like.shape, low, high, np.float64)
    if jnp.issubdtype(like.dtype, jnp.complexfloating):
        return (values * np.exp(3j * values)).astype(like.dtype)
    return values.astype(like.dtype)


def signs(seed, like):
    """A literal of ones and minus ones."""
    return np.sign(draw(seed, like.shape, -1, 1, np.float64)).astype(like.dtype)


def integers(seed, like, step=1):
    """Literal integers; odd ones if `step` is 2."""
    low, high = (1, 120) if step == 1 else (0, 60)
    drawn = np.random.default_rng(seed).integers(low, high, size=like.shape)
    return (drawn * step + step - 1).astype(like.dtype)


def mask(seed, shape):
    """Literal bits, of the whole shape or of one that is broadcast to it."""
    random = np.random.default_rng(seed)
    shape = tuple(1 if random.random() < 0.3 else size for size in shape)
    return random.random(shape) < 0.5


def order(seed, size):
    """A literal permutation."""
    return np.random.default_rng(seed).permutation(size)


def matrix(seed, size, dtype, *, triangular=False):
    """A literal square matrix; neither it nor its inverse makes numbers much larger."""
    if size > 64:
        raise ValueError("too large for a dense matrix")
    noise = draw(seed, (size, size), -1, 1, np.float64) / (2 * max(size, 1))
    if triangular:
        noise = np.tril(noise)
    return (2 / 3 * (np.eye(size) + noise)).astype(dtype)


def few(size):
    """A number of elements, of which a sum may be made of the differences."""
    if size > 8:
        raise ValueError("too many to lose no digits")
    return size


def fit(source, like):
    """Numbers in (-1, 1), of the shape of `like`, that depend on `source`."""
    if 0 in source.shape:
        return jnp.zeros(like.shape, like.dtype)
    real = jnp.real(source).astype(jnp.real(like).dtype)
    return jnp.resize(jnp.tanh(real), like.shape)


def scan_fit(source, like):
    """As `fit`, by a loop."""
    carry = fit(source, like)
    return jax.lax.scan(lambda c, k: (jnp.sin(c + k), None), carry, jnp.arange(2.0))[0]


def dense_fit(source, like):
    """As `fit`, by a matrix product and a reduction."""
    size = like.shape[-1]
    weights = matrix(size, size, jnp.real(like).dtype)
    hidden = fit(source, like) @ weights
    return jnp.tanh(hidden - hidden.max())


def branch_fit(source, like):
    """As `fit`, by a branch, which rounding does not change."""
    inner = fit(source, like)
    return jax.lax.cond(inner.sum() > -1e6, jnp.sin, jnp.tanh, inner)


@jax.jit
def stretch(x):
    """An elementwise function that is traced once."""
    return jnp.arcsinh(2 * x) * 0.9


@functools.partial(jax.jit, static_argnames="scale")
def couple(x, context, scale=0.5):
    """A coupling that is traced once for each scale."""
    return x * (0.6 + 0.3 * context) + scale * 0.2 * context


@jax.jit
def halves(x):
    """Splits the first axis, changes one half by the other, and joins them."""
    middle = x.shape[0] // 2
    first, second = x[:middle], x[middle:]
    return jnp.concatenate([second - 0.1 * jnp.tanh(first.sum(0)), first])


@invhlo.custom_inverse
def steep(x):
    """Its inverse is given, its log-det is derived."""
    return x * jnp.where(x > 0, 0.9, 0.5)


steep.def_inverse_unary(lambda y: jnp.where(y > 0, y / 0.9, y / 0.5))


@invhlo.custom_inverse
def bend(x):
    """Both its inverse and its log-det are given."""
    return jnp.sinh(x / 2) * jnp.cosh(x / 2)


bend.def_inverse_unary(
    lambda y: jnp.arcsinh(2 * y), lambda y: np.log(2) - 0.5 * jnp.log1p(4 * y * y)
)


@invhlo.custom_inverse
def blend(x, context):
    """Told what is known of two arguments."""
    return x * (0.7 + 0.2 * context)


@blend.def_inverse_and_ildj
def _(arguments, y, share):
    x, context = arguments
    if x is not None or context is None:
        raise invhlo.NonInvertibleError("only `x` is found")
    factor = 0.7 + 0.2 * context
    return (y / factor, None), (share - jnp.log(factor), None)


@invhlo.custom_inverse
def search(x):
    """Its inverse is searched for, and derivatives are those of the function."""
    return x + 0.4 * jnp.tanh(x)


@search.def_inverse_unary(f_ildj=invhlo.from_forward)
def _(y):
    def step(_, x):
        return x - (x + 0.4 * jnp.tanh(x) - y) / (1.4 - 0.4 * jnp.tanh(x) ** 2)

    return jax.lax.fori_loop(0, 12, step, y)


def sharding_of(size, axis=0):
    """Splits `axis`, of a size, over as many of 8 devices as divide it.

    All shardings are of one mesh: JAX refuses some programs in which there are two.
    """
    devices = np.asarray(jax.devices()[:8]).reshape(4, 2)
    mesh = jax.sharding.Mesh(devices, ("parts", "others"))
    splits = {8: ("parts", "others"), 4: "parts", 2: "others"}
    names = next((axes for count, axes in splits.items() if size % count == 0), None)
    return jax.sharding.NamedSharding(mesh, jax.P(*[None] * axis, names))


def shard(x, axis):
    """A constraint that splits `axis`."""
    return jax.lax.with_sharding_constraint(x, sharding_of(x.shape[axis], axis))


def placed(x):
    """Splits the first axis of an argument."""
    return jax.device_put(x, sharding_of(x.shape[0])) if x.shape else x


def around(x):
    """Each device scales what its neighbour sends."""
    mesh, spec = (sharding := sharding_of(x.shape[0])).mesh, sharding.spec
    if spec[0] is None:
        raise ValueError("cannot be split")

    def local(x):
        count = jax.lax.axis_size(spec[0])
        ring = [(i, (i + 1) % count) for i in range(count)]
        place = jax.lax.axis_index(spec[0]).astype(x.dtype)
        return jax.lax.ppermute(x, spec[0], ring) * (0.5 + 0.05 * place)

    mapped = jax.shard_map(local, mesh=mesh, in_specs=spec, out_specs=spec)
    return jax.jit(mapped)(x)


def splice(x, place):
    """Cuts the first axis and joins it again."""
    return jnp.concatenate([x[:place], x[place:]])


@jax.jit
def identity(x):
    """A callee that returns its argument."""
    return x
