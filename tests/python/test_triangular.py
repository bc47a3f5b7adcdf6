# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Masked, causal and shifted layers: elements tell those of x one after another."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

import invhlo
import invhlo_opt
from implicit import cast, judge, judge_derivatives, log_det_of

RANDOM = np.random.default_rng(1)
SIZE, HIDDEN = 5, 7
BELOW = np.tril(np.ones((SIZE, SIZE)), -1)
DEGREES = np.arange(HIDDEN) % (SIZE - 1)


def normal(*shape):
    return RANDOM.normal(size=shape) / 2


def shift(x, steps=1):
    """The elements `steps` before, of the last dimension but for batches."""
    return jnp.pad(x, (steps, 0))[:-steps]


def later(x):
    """The same along the first of two dimensions."""
    return jnp.pad(x, ((1, 0), (0, 0)))[:-1]


def conditioner(w, x):
    """A network under masks: its elements depend on those before them."""
    into = (np.arange(SIZE)[:, None] <= DEGREES).astype(x.dtype)
    across = (DEGREES[:, None] <= DEGREES).astype(x.dtype)
    out = (DEGREES[:, None] < np.arange(SIZE)).astype(x.dtype)
    h = jnp.tanh(x @ (w["in"] * into))
    h = jax.nn.silu(h @ (w["across"] * across))
    return h @ (w["scale"] * out), h @ (w["shift"] * out)


def made(w, x):
    scale, offset = conditioner(w, x)
    return x * jnp.exp(jnp.tanh(scale)) + offset


def stack(w, x):
    for _ in range(3):
        x = made(w, x[..., ::-1])
    return x


def attend(w, x):
    """Each token is moved by what those before it say."""
    h = later(x)
    q, k, v = h @ w[0], h @ w[1], h @ w[2]
    seen = np.tril(np.ones((len(x), len(x)), bool))
    weights = jax.nn.softmax(jnp.where(seen, q @ k.T, -jnp.inf), axis=-1)
    return x * jnp.exp(0.1 * jnp.tanh(weights @ v)) + weights @ v


def convolve(w, x, pad, **options):
    """A convolution over what is before, of a batch of series with features."""
    return x + jnp.tanh(
        lax.conv_general_dilated(x, w, (1,), [(pad, -1)], **options),
    )


def image(w, x):
    """A kernel of which a mask leaves what is before in raster order."""
    mask = np.array([[1, 1, 1], [1, 0, 0], [0, 0, 0]], x.dtype)
    h = lax.conv_general_dilated(x[None, None], (w * mask)[None, None], (1, 1), "SAME")
    return x + jnp.tanh(h[0, 0])


def emphasise(w, x):
    return jnp.concatenate([x[:1], x[1:] - w * x[:-1]])


def raster(w, x):
    return x * jnp.exp(w * jnp.tanh(shift(x.ravel()).reshape(x.shape)))


def replaced(w, x):
    return x.at[1:].set(x[1:] * jnp.exp(w * jnp.sin(x[:-1])))


MADE = {
    "in": normal(SIZE, HIDDEN),
    "across": normal(HIDDEN, HIDDEN),
    "scale": normal(HIDDEN, SIZE),
    "shift": normal(HIDDEN, SIZE),
}
X, POSITIVE = normal(SIZE), RANDOM.uniform(1.5, 3.0, size=SIZE)
SQUARE, ONE = normal(SIZE, SIZE), np.array(0.7)

# Functions of parameters and x, with both.
PROGRAMS = {
    "mask": (lambda w, x: x + jnp.tanh((w * BELOW.astype(x.dtype)) @ x), SQUARE, X),
    "lower": (lambda w, x: x + jnp.tanh(jnp.tril(w, -1) @ x), SQUARE, X),
    "upper": (lambda w, x: x * jnp.exp(jnp.triu(w, 1) @ x), SQUARE, X),
    "network": (made, MADE, X),
    "network of a batch": (made, MADE, normal(2, SIZE)),
    "network, mapped": (jax.vmap(made, (None, 0)), MADE, normal(2, SIZE)),
    "stack": (stack, MADE, X),
    "attention": (attend, normal(3, 2, 2), normal(3, 2)),
    "convolution": (lambda w, x: convolve(w, x, 3), normal(2, 2, 3), normal(2, 2, 4)),
    "grouped convolution": (
        lambda w, x: convolve(w, x, 3, rhs_dilation=(2,), feature_group_count=2),
        normal(2, 1, 2),
        normal(1, 2, 5),
    ),
    "masked kernel": (image, normal(3, 3), normal(2, 3)),
    "raster order": (raster, ONE, normal(2, 3)),
    "emphasis": (emphasise, ONE, X),
    "by three": (lambda w, x: x + w * jnp.tanh(shift(x, 3)), ONE, X),
    "added": (lambda w, x: x.at[1:].add(w * jnp.sin(x[:-1])), ONE, X),
    "multiplied": (lambda w, x: x.at[:-1].multiply(jnp.exp(w * x[1:])), ONE, X),
    "replaced": (replaced, ONE, X),
    "taken": (
        lambda w, x: x.at[np.array([1, 4])].add(w * jnp.sin(x[np.array([0, 1])])),
        ONE,
        X,
    ),
    "sums": (lambda w, x: x + jnp.sin(w * (jnp.cumsum(x) - x)), ONE, X),
    "sums back": (
        lambda w, x: x + jnp.sin(w * (lax.cumsum(x, reverse=True) - x)),
        ONE,
        X,
    ),
    "largest before": (lambda w, x: x + w * shift(lax.cummax(x)), ONE, X),
    "time": (lambda w, x: x + later(jnp.tanh(x @ w)), normal(3, 3), normal(3, 3)),
    "mixed too": (lambda w, x: x @ (w + 2 * np.eye(3)) + later(x**2), *normal(2, 3, 3)),
    "backward": (lambda w, x: (x + w * shift(jnp.tanh(x)))[::-1], ONE, X),
    "a slope": (lambda w, x: jax.nn.leaky_relu(x) * jnp.exp(w * shift(x)), ONE, X),
    # What is not found yet has a value and derivatives too.
    "log": (lambda w, x: jnp.log(x) + w * shift(jnp.log(x)), ONE, POSITIVE),
    "log of the negative": (
        lambda w, x: jnp.log(-x) + (w * BELOW.astype(x.dtype)) @ jnp.log(-x),
        SQUARE,
        -POSITIVE,
    ),
    "sqrt": (lambda w, x: jnp.sqrt(x - 1) + w * shift(jnp.sqrt(x)), ONE, POSITIVE),
    "atanh": (
        lambda w, x: jnp.arctanh(x) * jnp.exp(w * shift(jnp.arctanh(x))),
        ONE,
        POSITIVE / 4,
    ),
    "acosh": (lambda w, x: jnp.arccosh(x) * jnp.exp(w * shift(x)), ONE, POSITIVE),
    "cube": (lambda w, x: x**3 + w * shift(x**3), ONE, -POSITIVE),
    "quotient": (lambda w, x: x / (w + shift(x) ** 2), ONE, X),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_values(name):
    fun, w, x = PROGRAMS[name]
    judge(fun, cast(w, "float32"), cast(x, "float32"), tolerance=1e-4)


@pytest.mark.parametrize("name", PROGRAMS)
def test_derivatives(name):
    judge_derivatives(*PROGRAMS[name])


def test_as_by_hand():
    """The same as the sweeps that one writes, with their derivatives."""
    inverse = invhlo.inverse_and_ildj(made, argnums=1)

    def by_hand(w, y):
        def sweep(x, _):
            scale, offset = conditioner(w, x)
            return (y - offset) * jnp.exp(-jnp.tanh(scale)), None

        x = lax.scan(sweep, jnp.zeros_like(y), length=SIZE)[0]
        return x, -jnp.sum(jnp.tanh(conditioner(w, x)[0]))

    w, y = cast(MADE, "float32"), jnp.float32(normal(3, SIZE))
    for one, other in zip(inverse(w, y), by_hand(w, y), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-6)

    def loss(inverse, w, y):
        x, log_det = inverse(w, y)
        return jnp.sum(x**2) - log_det

    got, want = (jax.grad(loss, argnums=(1, 2))(f, w, y) for f in (inverse, by_hand))
    jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, 1e-4, 1e-5), got, want)
    each = jax.vmap(inverse, (None, 0))(w, y)
    np.testing.assert_allclose(each[0], inverse(w, y)[0], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(jnp.sum(each[1]), inverse(w, y)[1], rtol=1e-5)


@pytest.mark.parametrize("dtype", ["int8", "uint32", "int64"])
def test_integers(dtype):
    """To the bit, also where sums and products are taken modulo 2^n."""

    def chain(x):
        x = x ^ shift(x)
        x = x.at[:-1].add(x[1:] * x[1:])
        return 5 * x + shift(x, 2) * 3

    with jax.enable_x64(True):
        ends = np.iinfo(dtype)
        x = jnp.asarray(RANDOM.integers(ends.min, ends.max, 100, dtype=dtype))
        back = invhlo.inverse(chain)(chain(x))
        assert back.dtype == x.dtype
        np.testing.assert_array_equal(back, x)


def test_inside_of_a_loop_over_layers():
    w = jax.tree.map(lambda leaf: jnp.stack([leaf, 0.5 * leaf, -leaf]), MADE)
    w, x = cast(w, "float32"), cast(X, "float32")

    def layers(w, x):
        return lax.scan(lambda x, w: (jnp.sinh(made(w, x)[::-1]), None), x, w)[0]

    judge(layers, w, x, tolerance=1e-4)


def test_in_functions_that_are_called():
    layer = jax.jit(made)

    def layers(w, x):
        for _ in range(6):
            x = layer(w, x)[::-1]
        return x

    judge(layers, cast(MADE, "float32"), cast(X, "float32"), tolerance=1e-4)


@invhlo.custom_inverse
def bend(x):
    return x + jnp.tanh(x)


@bend.def_inverse_unary(f_ildj=invhlo.from_forward)
def unbend(y):
    def step(_, x):
        return x - (bend(x) - y) / (2 - jnp.tanh(x) ** 2)

    return lax.fori_loop(0, 50, step, y / 2)


def test_rules_beside_it():
    """What is around a layer, or what it starts from, has an inverse of its own."""

    def fun(w, x):
        x = bend(x)
        return bend(x * jnp.exp(w * shift(x)))

    judge(fun, jnp.float32(ONE), cast(X, "float32"), tolerance=1e-4)


def test_what_is_found_before_it():
    """A parameter is found from another result, then x with it."""
    w, x = cast(MADE, "float32"), cast(X, "float32")

    def fun(offset, x, k):
        return 2 * offset, made({**w, "shift": offset}, x) + k

    y = fun(w["shift"], x, 3.0)
    (offset, back), log_det = invhlo.inverse_and_ildj(fun, argnums=(0, 1))(*y, 3.0)
    np.testing.assert_allclose(offset, w["shift"], rtol=1e-6)
    np.testing.assert_allclose(back, x, rtol=1e-5, atol=1e-6)
    want = log_det_of(made, w, x) - offset.size * np.log(2)
    np.testing.assert_allclose(log_det, want, rtol=1e-5)


def test_elements_that_are_known_beside_it():
    """Half of what is mapped passes through, as in a coupling layer."""

    def fun(w, x):
        first, second = jnp.split(x, 2)
        scale = 2 + jnp.tanh(first)
        before = jnp.tanh((w * BELOW.astype(x.dtype)) @ (first * second))
        return jnp.concatenate([first, scale * second + before])

    x = np.concatenate([POSITIVE, X])
    judge(fun, cast(SQUARE, "float32"), cast(x, "float32"), tolerance=1e-4)


def test_outputs_that_no_input_has():
    def fun(x):
        return jnp.exp(x) + jnp.exp(shift(x))

    x = jnp.float32(X)
    inverse = invhlo.inverse(fun, check=True)
    np.testing.assert_allclose(inverse(fun(x)), x, rtol=1e-4, atol=1e-5)
    with pytest.raises(ValueError, match="has this output"):
        inverse(jnp.full(SIZE, -1.0))


def test_ahead_of_time():
    w, x = cast(MADE, "float32"), cast(X, "float32")
    y = made(w, x)
    exported = invhlo.export(made, w, x, argnums=1, with_ildj=True, vjp_order=1)
    read = jax.export.deserialize(exported.serialize())
    want = invhlo.inverse_and_ildj(made, argnums=1)
    for one, other in zip(read.call(w, y), want(w, y), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-6)
    got, want = (
        jax.grad(lambda w, f=f: jnp.sum(f(w, y)[0]))(w) for f in (read.call, want)
    )
    jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, 1e-5, 1e-6), got, want)
    compiled = invhlo.invert_lowered(made, w, x, argnums=1).compile()
    np.testing.assert_allclose(compiled(w, y), x, rtol=1e-5, atol=1e-6)


def lengths(fun, *args, argnums=0):
    """How many steps each loop of the inverse has."""
    inverse = invhlo.inverse(fun, argnums=argnums)
    (call,) = jax.make_jaxpr(inverse)(*args).eqns
    equations = call.params["jaxpr"].eqns
    return [eqn.params["length"] for eqn in equations if eqn.primitive.name == "scan"]


def test_steps_are_ranks():
    """But for the last one, which is told by what is after the loop."""

    def steps(blocks):
        below = np.tril(np.ones((blocks, blocks), np.float32), -1)
        mask = np.kron(below, np.ones((6 // blocks, 6 // blocks), np.float32))
        w, x = jnp.float32(normal(6, 6)), jnp.ones(6)
        return lengths(lambda w, x: x + jnp.tanh((w * mask) @ x), w, x, argnums=1)

    assert [steps(blocks) for blocks in (2, 3, 6)] == [[1], [2], [5]]


def test_the_size_does_not_depend_on_the_length():
    def lines(fun, *shapes):
        args = [jax.ShapeDtypeStruct(shape, jnp.float32) for shape in shapes]
        at = len(args) - 1
        lowered = invhlo.invert_lowered(fun, *args, argnums=at, with_ildj=True)
        return len(lowered.as_text().splitlines())

    def masked(w, x):
        mask = np.tril(np.ones(w.shape, np.float32), -1)
        return x * jnp.exp(jnp.tanh((w * mask) @ x))

    def shifted(x):
        return x * jnp.exp(jnp.tanh(shift(x)))

    assert lines(masked, (100, 100), (100,)) == lines(masked, (3, 3), (3,))
    of_batch = jax.vmap(attend, (None, 0))
    large = lines(of_batch, (3, 64, 64), (8, 256, 64))
    assert large == lines(of_batch, (3, 8, 8), (16, 128, 8))
    # A short one may be told element by element.
    assert lines(shifted, (2000,)) == lines(shifted, (300,)) <= lines(shifted, (10,))


def refuse(fun, *args, argnums=0):
    with pytest.raises(invhlo.NonInvertibleError) as refused:
        invhlo.inverse(fun, argnums=argnums)(*args)
    return refused.value


REFUSED = {
    "diagonal": lambda w, x: x + jnp.tanh(jnp.tril(w) @ x),
    "dense": lambda w, x: x + jnp.tanh(w @ x),
    "mask of the run": lambda w, x: x + jnp.tanh((w * (w > 0)) @ x),
    "all around": lambda w, x: x + jnp.tanh(jnp.roll(x, 1)),
    "sums": lambda w, x: x + jnp.tanh(jnp.cumsum(x)),
    "after a layer": lambda w, x: (lambda z: z + jnp.tanh(w @ z))(x + shift(x)),
    "before a layer": lambda w, x: (lambda z: z + shift(z))(x + jnp.tanh(w @ x)),
    # Elements that nothing earlier has are not told by one value each.
    "mixed": lambda w, x: w @ x + jnp.tanh((w * (np.arange(SIZE) < 4)) @ x),
    # What a scatter makes of zeros need not be zero.
    "applied": lambda w, x: (
        x
        + jnp.tanh((w * BELOW) @ x)
        + jnp.tanh(jnp.zeros((SIZE, SIZE)).at[0, np.arange(4)].apply(jnp.cos) @ x)
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals(name):
    """With the message that there is without orders, and the module as it was."""
    w, x = jnp.float32(SQUARE), jnp.float32(X)
    error = refuse(REFUSED[name], w, x, argnums=1)
    assert error.op == "stablehlo.add"
    assert error.reason == "2 operands depend on the unknown"
    text = jax.jit(REFUSED[name]).lower(w, x).as_text()
    flag = "--invhlo-pipeline=unknown=1 log-det=shares"
    before, after = invhlo_opt.left_by_failure(text, flag)
    assert after == before
