# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random movements of elements come back exactly.

Every function here takes x apart and returns all of it, in one way or another, so
that the inverse meets pieces of every form. Elements are numbered, and compared.
"""

import itertools

import jax
import jax.numpy as jnp
import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import invhlo

lax = jax.lax

quickly = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)

shapes = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple)


def numbered(shape):
    return np.arange(np.prod(shape, dtype=int), dtype=np.int32).reshape(shape)


def check_exact(fun, x):
    """The inverse of `fun` gives x."""
    output = fun(x)
    call = output if type(output) is tuple else (output,)
    np.testing.assert_array_equal(invhlo.inverse(fun, x)(*call), x)


def halves(x, axis, at):
    """`x` in two parts."""
    return lax.split(x, [at, x.shape[axis] - at], axis)


@st.composite
def moves(draw, shape):
    """A random movement of all elements, and the shape it leads to."""
    kind = draw(st.sampled_from(["transpose", "reverse", "reshape", "units", "gather"]))
    rank = len(shape)
    if kind == "transpose":
        order = draw(st.permutations(range(rank)))
        return lambda x: x.transpose(order), tuple(shape[d] for d in order)
    if kind == "reverse":
        dims = draw(st.sets(st.integers(0, rank - 1)))
        return lambda x: lax.rev(x, sorted(dims)), shape
    if kind == "reshape":
        factors = [f for size in shape for f in prime_factors(size)]
        groups = draw(st.integers(1, 3))
        sizes = [1] * groups
        for factor in draw(st.permutations(factors)):
            sizes[draw(st.integers(0, groups - 1))] *= factor
        return lambda x: x.reshape(sizes), tuple(sizes)
    if kind == "units" and rank < 4:
        place = draw(st.integers(0, rank))
        wider = (*shape[:place], 1, *shape[place:])
        return lambda x: jnp.expand_dims(x, place), wider
    axis = draw(st.integers(0, rank - 1))
    order = np.array(draw(st.permutations(range(shape[axis]))))
    return lambda x: jnp.take(x, order, axis=axis), shape


def prime_factors(number):
    factors, candidate = [], 2
    while number > 1:
        while number % candidate == 0:
            factors.append(candidate)
            number //= candidate
        candidate += 1
    return factors


@st.composite
def chains(draw):
    shape = first = draw(shapes)
    functions = []
    for _ in range(draw(st.integers(1, 4))):
        function, shape = draw(moves(shape))
        functions.append(function)
    return first, functions


def compose(functions, x):
    for function in functions:
        x = function(x)
    return x


@quickly
@given(chains())
def test_chains(chain):
    shape, functions = chain
    check_exact(lambda x: compose(functions, x), numbered(shape))


@quickly
@given(chains(), st.data())
def test_pieces_through_chains(chain, data):
    """One part of the end comes back at once, the other only by help of the first."""
    shape, functions = chain
    end = compose(functions, numbered(shape))
    axis = data.draw(st.integers(0, end.ndim - 1))
    at = data.draw(st.integers(0, end.shape[axis]))
    stride = data.draw(st.integers(1, 3))

    def fun(x):
        first, second = halves(compose(functions, x), axis, at)
        # What the first part gives of x changes the second.
        known = x.ravel()[np.sort(np.split(places, [at], axis)[0].ravel())]
        key = known[::stride].sum() if known.size else jnp.zeros((), x.dtype)
        return first, second + key

    places = np.asarray(end)
    check_exact(fun, numbered(shape))


@quickly
@given(shapes, st.data())
def test_slices(shape, data):
    """Strided boxes, and what they leave, in any order."""
    starts, limits, strides = [], [], []
    for size in shape:
        start = data.draw(st.integers(0, size - 1))
        starts.append(start)
        limits.append(data.draw(st.integers(start + 1, size)))
        strides.append(data.draw(st.integers(1, 3)))
    order = data.draw(st.permutations(range(3)))

    def fun(x):
        box = lax.slice(x, starts, limits, strides)
        parts = [box, x[1:], x[:1] + (box.ravel()[0] if starts[0] >= 1 else 0)]
        return tuple(parts[i] for i in order)

    check_exact(fun, numbered(shape))


@quickly
@given(shapes, st.data())
def test_combs(shape, data):
    axis = data.draw(st.integers(0, len(shape) - 1))
    stride = data.draw(st.integers(1, 4))
    order = data.draw(st.permutations(range(min(stride, shape[axis]))))

    def fun(x):
        x = jnp.moveaxis(x, axis, 0)
        return tuple(x[phase::stride] for phase in order)

    check_exact(fun, numbered(shape))


@quickly
@given(shapes, st.data())
def test_pads(shape, data):
    """Edges of either sign and interiors; what is cut off is returned beside it."""
    config = []
    for size in shape:
        interior = data.draw(st.integers(0, 2))
        low = data.draw(st.integers(-size, 2))
        width = size + (size - 1) * interior + low
        high = data.draw(st.integers(max(-2, -width), 2)) if width >= 0 else -width
        config.append((low, high, interior))

    def fun(x):
        return lax.pad(x, jnp.int32(-1), config), jnp.flip(x, 0), x[:1]

    x = numbered(shape)
    check_exact(lambda x: fun(x)[:2], x)
    if all(low >= 0 and high >= 0 for low, high, _ in config):
        check_exact(lambda x: fun(x)[0], x)


@quickly
@given(shapes, st.integers(1, 4), st.data())
def test_concatenations(shape, count, data):
    axis = data.draw(st.integers(0, len(shape) - 1))
    sizes = [data.draw(st.integers(0, 3)) for _ in range(count)]
    parts = [shape[:axis] + (size,) + shape[axis + 1 :] for size in sizes]
    order = data.draw(st.permutations(range(count)))

    def fun(*xs):
        return jnp.concatenate([xs[i] for i in order], axis=axis)

    xs = [numbered(part) + 100 * i for i, part in enumerate(parts)]
    got = invhlo.inverse(fun, *xs)(fun(*xs))
    for one, other in itertools.zip_longest(got if count > 1 else [got], xs):
        np.testing.assert_array_equal(one, other)


@st.composite
def broadcasts(draw):
    """A shape, and a function that copies arrays of it along new dimensions."""
    shape = draw(shapes)
    rank = len(shape) + draw(st.integers(0, 2))
    dims = draw(st.permutations(range(rank)))[: len(shape)]
    sizes = [draw(st.integers(1, 3)) for _ in range(rank)]
    for dim, size in zip(dims, shape, strict=True):
        sizes[dim] = size if size > 1 else sizes[dim]
    # JAX wants the dimensions in order; the others are a transposition away.
    order = np.argsort(dims)
    return shape, lambda x: lax.broadcast_in_dim(
        x.transpose(order), sizes, sorted(dims)
    )


@quickly
@given(broadcasts())
def test_broadcasts(broadcast):
    shape, fun = broadcast
    check_exact(fun, numbered(shape))


@quickly
@given(broadcasts(), st.integers(0, 2**32 - 1))
def test_known_copies(broadcast, seed):
    """At least one copy of each element is left, of some several."""
    shape, fun = broadcast
    x = numbered(shape)
    copies = np.asarray(fun(x))
    rng = np.random.default_rng(seed)
    mask = rng.random(copies.shape) < 0.2
    for element in x.ravel():
        mask.flat[rng.choice(np.flatnonzero(copies == element))] = True
    check_exact(lambda x: jnp.where(mask, fun(x), -1), x)


def test_diagonals():
    for k in (-1, 0, 2):
        check_exact(lambda x, k=k: jnp.diag(x, k), numbered((5,)))
        check_exact(jax.vmap(lambda x, k=k: jnp.diag(x, k)), numbered((3, 4)))
    check_exact(lambda x: jnp.eye(4, dtype=x.dtype) * x, numbered((4,)))
    check_exact(lambda x: jnp.tril(jnp.broadcast_to(x, (4, 4))), numbered((4,)))


def test_code_of_diagonals_does_not_grow_with_a_batch():
    def lines(batch):
        y = jax.ShapeDtypeStruct((batch, 8, 8), "float32")
        x = jax.ShapeDtypeStruct((batch, 8), "float32")
        inverse = invhlo.inverse(jax.vmap(jnp.diag), x)
        return len(jax.jit(inverse).lower(y).as_text())

    assert lines(4096) < 1.2 * lines(2)


@quickly
@given(shapes, st.data())
def test_gathers_with_copies(shape, data):
    count = int(np.prod(shape))
    more = data.draw(st.lists(st.integers(-count, count - 1), max_size=4))
    places = np.array(data.draw(st.permutations([*range(count), *more])))
    check_exact(lambda x: x.ravel()[places], numbered(shape))


@quickly
@given(shapes, st.data())
def test_scatters(shape, data):
    axis = data.draw(st.integers(0, len(shape) - 1))
    size = shape[axis]
    order = data.draw(st.permutations(range(size)))
    places = np.array(order[: data.draw(st.integers(0, size))], dtype=int)
    rest = np.setdiff1d(np.arange(size), places)

    def fun(x):
        rows = jnp.moveaxis(x, axis, 0)
        written = jnp.zeros_like(rows).at[places].set(rows[places] + 1)
        return written.at[rest].set(rows[rest] + 2)

    check_exact(fun, numbered(shape))


@quickly
@given(shapes, st.data())
def test_masks(shape, data):
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=64, max_size=64)))
    mask = mask[: np.prod(shape)].reshape(shape)

    def fun(x):
        kept = jnp.where(mask, x, 0)
        return jnp.where(mask, x, x + kept.sum()), jnp.flip(x)[:0]

    check_exact(fun, numbered(shape))


@quickly
@given(shapes, st.data())
def test_updates_of_windows(shape, data):
    sizes = [data.draw(st.integers(1, size)) for size in shape]
    starts = [data.draw(st.integers(-1, size)) for size in shape]

    def fun(x, update):
        old = lax.dynamic_slice(x, starts, sizes)
        return lax.dynamic_update_slice(x, update + 1, starts), old

    x, update = numbered(shape), numbered(sizes) + 100
    got = invhlo.inverse(fun, x, update)(*fun(x, update))
    np.testing.assert_array_equal(got[0], x)
    np.testing.assert_array_equal(got[1], update)


def test_interleaved_pieces_of_every_size():
    for size, stride in itertools.product(range(1, 8), range(1, 5)):

        def fun(x, stride=stride):
            return tuple(x[phase::stride] for phase in range(stride))

        check_exact(fun, numbered((size,)))
