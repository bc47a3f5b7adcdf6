# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Loops: `scan`, `fori_loop`, `map` and `while_loop` of a known number of steps."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

import invhlo
from buffers import BUFFERS
from invhlo import NonInvertibleError, inverse, inverse_and_ildj, invert_lowered
from judge import check_ildj, dense_ildj
from rows import APART, CHOSEN, ROWS, from_a_row_of_another_loop

_RANDOM = np.random.default_rng(0)
WEIGHTS = 0.3 * _RANDOM.normal(size=(5, 3))
MATRICES = 0.3 * _RANDOM.normal(size=(4, 3, 3)) + np.eye(3)
X = _RANDOM.uniform(0.2, 0.9, size=3)
SERIES = _RANDOM.normal(size=6)


def layers(x, weights=WEIGHTS):
    """A stack of layers by a scan over their weights."""
    weights = jnp.asarray(weights, x.dtype)
    return lax.scan(lambda c, w: (jnp.tanh(c * jnp.exp(w)) + w, None), x, weights)[0]


def of_inputs(x, **options):
    """Each input is scaled by what was made of the inputs before."""

    def step(carry, x):
        return jnp.tanh(x), x * jnp.exp(0.1 * carry) + carry

    return lax.scan(step, jnp.zeros((), x.dtype), x, **options)[1]


def of_outputs(x):
    """The same, by what was made of the outputs before."""

    def step(carry, x):
        y = x * jnp.exp(0.1 * carry) + carry
        return jnp.tanh(y), y

    return lax.scan(step, jnp.zeros((), x.dtype), x)[1]


def leapfrog(q, p, length=50):
    """Steps of a symplectic integrator."""

    def force(q):
        return -q - 0.1 * q**3

    def step(state, _):
        q, p = state
        p = p + 0.01 * force(q)
        q = q + 0.02 * p
        return (q, p + 0.01 * force(q)), None

    return lax.scan(step, (q, p), length=length)[0]


def carry_and_outputs(start, x):
    """Found together: what is carried from the outputs, the inputs from both."""
    return lax.scan(lambda c, x: (2.0 * c + x, 3.0 * c), start, x)


def drifting(x):
    """A rate that decays by itself, and a scale that is drawn anew at each step."""

    def step(state, _):
        x, rate, key = state
        key, drawn = jax.random.split(key)
        scale = jnp.exp(rate * jax.random.normal(drawn, x.shape, x.dtype))
        return (x * scale, 0.9 * rate, key), None

    return lax.scan(step, (x, jnp.asarray(0.5, x.dtype), jax.random.key(0)), length=4)[
        0
    ][0]


def nested(x):
    """Loops in a loop."""

    def step(carry, w):
        return lax.fori_loop(0, 3, lambda _, c: 2 * jnp.sinh(c / 2) + w, carry), None

    return lax.scan(step, x, jnp.asarray(WEIGHTS, x.dtype))[0]


def by_hand(x):
    """A loop that is no scan: it counts down by two, and carries what it reads."""

    def step(state):
        i, c = state
        return i - 2, c * jnp.exp(jnp.asarray(WEIGHTS, x.dtype)[i]) + i

    return lax.while_loop(lambda state: state[0] >= 0, step, (4, x))[1]


def rows_in_rows(x):
    """Each row starts from the end of the row before; what is carried is an input."""

    def row(carry, x):
        made = lax.scan(lambda c, x: (x, x * jnp.exp(c)), carry, x)[1]
        return x[-1], made

    return lax.scan(row, jnp.zeros((), x.dtype), x)[1]


def couplings(x):
    """Layers of a product with a matrix and a coupling."""

    def layer(carry, matrix):
        first, second = jnp.split(matrix @ carry, [1])
        second = second * jnp.exp(jnp.tanh(first))
        return jnp.concatenate([first, second]), None

    return lax.scan(layer, x, jnp.asarray(MATRICES, x.dtype))[0]


def in_place(x):
    """Each number from two that were written before, and from what it was."""

    def step(i, y):
        new = y[i] * jnp.exp(jnp.tanh(y[i - 1])) + y[i - 1] - 0.3 * y[i - 2]
        return y.at[i].set(new)

    return lax.fori_loop(2, x.size, step, x)


def in_place_backward(x):
    """From the end to the start."""

    def step(k, y):
        i = x.size - 2 - k
        return y.at[i].set(y[i] - 0.5 * jnp.sin(y[i + 1]))

    return lax.fori_loop(0, x.size - 1, step, x)


def rows_in_place(x):
    """Rows of a matrix, put where they were by another operation."""

    def step(i, y):
        row = y[i] * jnp.exp(jnp.tanh(y[i - 1].sum())) + y[i - 1]
        return lax.dynamic_update_index_in_dim(y, row, i, 0)

    return lax.fori_loop(1, x.shape[0], step, x)


def added_in_place(x):
    return lax.fori_loop(1, x.size, lambda i, y: y.at[i].add(jnp.tanh(y[i - 1])), x)


def scaled_in_place(x):
    def step(i, y):
        return y.at[i].multiply(jnp.exp(jnp.tanh(y[i - 1])))

    return lax.fori_loop(1, x.size, step, x)


def to_another(x):
    """Into an array of its own, of which the first number is never written."""

    def step(i, y):
        return y.at[i].set(2 * x[i] + jnp.tanh(y[i - 1]))

    start = jnp.zeros_like(x).at[0].set(x[0])
    return lax.fori_loop(1, x.size, step, start)


LOOPS = {
    "layers": (layers, X),
    "layers, checkpointed": (jax.checkpoint(layers), X),
    "layers, mapped": (jax.vmap(layers), np.stack([X, X / 2])),
    "layers, in two at a time": (
        lambda x: lax.scan(
            lambda c, w: (jnp.sinh(c) + w, None),
            x,
            jnp.asarray(WEIGHTS[:4], x.dtype),
            unroll=2,
        )[0],
        X / 4,
    ),
    "matrices": (
        lambda x: lax.scan(
            lambda c, w: (jnp.tanh(w @ c), None), x, jnp.asarray(MATRICES, x.dtype)
        )[0],
        X,
    ),
    "fori": (
        lambda x: lax.fori_loop(3, 9, lambda i, c: c * jnp.exp(i * 0.1) + i, x),
        X,
    ),
    "by hand": (by_hand, X),
    "inputs": (of_inputs, SERIES),
    "inputs, reversed": (lambda x: of_inputs(x, reverse=True), SERIES),
    "outputs": (of_outputs, SERIES),
    "residuals": (
        lambda x: lax.scan(lambda c, x: (x, x - 0.5 * c), jnp.zeros((), x.dtype), x)[1],
        SERIES,
    ),
    "map": (
        lambda x: lax.map(lambda x: jnp.sinh(x) @ MATRICES[0].astype(x.dtype), x),
        WEIGHTS,
    ),
    "drifting": (drifting, X),
    "nested": (nested, X),
    "rows in rows": (rows_in_rows, WEIGHTS),
    "couplings": (couplings, X),
    "in place": (in_place, SERIES),
    "in place, mapped": (jax.vmap(in_place), np.stack([SERIES, SERIES / 2])),
    "in place, backward": (in_place_backward, SERIES),
    "rows in place": (rows_in_place, WEIGHTS),
    "added in place": (added_in_place, SERIES),
    "scaled in place": (scaled_in_place, SERIES),
    "to another": (to_another, SERIES),
    "known carry": (
        lambda x: lax.scan(lambda c, x: (c * 0.9, x * c), jnp.ones((), x.dtype), x)[1],
        X,
    ),
    **BUFFERS,
    **ROWS,
}


@pytest.mark.parametrize("dtype", [jnp.float32, jnp.float64])
@pytest.mark.parametrize("name", [*LOOPS, *CHOSEN])
def test_values_and_log_dets(name, dtype):
    fun, x = (LOOPS | CHOSEN)[name]
    with jax.enable_x64(dtype == jnp.float64):
        x = jnp.asarray(x, dtype)
        y = fun(x)
        found, log_det = jax.jit(inverse_and_ildj(fun, x))(y)
        tolerance = 200 * float(jnp.finfo(dtype).eps)
        np.testing.assert_allclose(found, x, rtol=tolerance, atol=tolerance)
        np.testing.assert_allclose(
            log_det, dense_ildj(fun, x), rtol=20 * tolerance, atol=20 * tolerance
        )


def count_loops(fun, x):
    return str(jax.make_jaxpr(fun)(x)).count("scan[")


@pytest.mark.parametrize("name", LOOPS)
def test_a_loop_comes_back_as_loops(name):
    fun, x = LOOPS[name]
    x = jnp.asarray(x, jnp.float32)
    y = fun(x)
    # What known values determine is stacked by a loop before.
    most = count_loops(fun, x) + count_loops(drifting, X)
    least = 0 if name in APART else 1
    assert least <= count_loops(inverse_and_ildj(fun, x), y) <= max(most, 2)


@pytest.mark.parametrize("name", APART)
def test_steps_that_do_not_need_each_other_are_taken_at_once(name):
    fun, x = LOOPS[name]
    y = fun(jnp.asarray(x, jnp.float32))
    assert count_loops(inverse_and_ildj(fun, x), y) == 0


@pytest.mark.parametrize("name", [*LOOPS, *CHOSEN])
def test_both_modes_differentiate(name):
    fun, x = (LOOPS | CHOSEN)[name]
    with jax.enable_x64(True):
        x = jnp.asarray(x)
        y = fun(x)
        solve = inverse_and_ildj(fun, x)
        jacobian = jax.jacfwd(fun)(x).reshape(x.size, x.size)
        for derive in (jax.jacfwd, jax.jacrev):
            found, of_log_det = jax.jit(derive(solve))(y)
            wanted = np.linalg.inv(jacobian)
            np.testing.assert_allclose(
                found.reshape(x.size, x.size), wanted, rtol=1e-9, atol=1e-9
            )
            assert np.all(np.isfinite(of_log_det))


def written(rows, start=0):
    """A loop that scales inputs by rows of a table, at what `rows` says of a step."""
    table = jnp.arange(1.0, 6000.0)

    def fun(x):
        def step(i, y):
            (factor,) = lax.dynamic_slice(table, (rows(i),), (1,))
            row = x[i - start] * factor
            return lax.dynamic_update_index_in_dim(y, row, i - start, 0)

        return lax.fori_loop(start, start + len(x), step, jnp.zeros_like(x))

    return fun


@pytest.mark.parametrize(
    ("rows", "start"),
    [
        (lambda i: 3 * i + 2, 0),
        (lambda i: 5 - 2 * i, 0),
        (lambda i: (i * 200).astype(jnp.uint8), 0),
        (lambda i: i.astype(jnp.uint8) * jnp.uint8(200), 0),
        (lambda i: i.astype(jnp.int8) * jnp.int8(60) + jnp.int8(50), 0),
        (lambda i: (i * 2049).astype(jnp.float16).astype(int), 0),
        (lambda i: i.astype(jnp.bfloat16).astype(int), 255),
        (
            lambda i: jnp.where((i - 5).astype(jnp.uint32) < 10, i + 100, i),
            0,
        ),
    ],
    ids=["up", "down", "convert", "multiply", "add", "half", "bfloat", "unsigned"],
)
def test_indices_that_wrap_or_round_are_what_they_are(rows, start):
    with jax.enable_x64(True):
        fun, x = written(rows, start), jnp.asarray(X)
        found, log_det = inverse_and_ildj(fun, x)(fun(x))
        np.testing.assert_allclose(found, x, rtol=1e-12)
        np.testing.assert_allclose(log_det, dense_ildj(fun, x), rtol=1e-12)


def test_rows_may_be_written_from_both_ends():
    def fun(x, y):
        def step(i, state):
            up, down = state
            up = lax.dynamic_update_index_in_dim(up, x[i], i, 0)
            return up, lax.dynamic_update_index_in_dim(down, x[i] * y[i], 2 - i, 0)

        return lax.fori_loop(0, 3, step, (jnp.zeros(3), jnp.zeros(3)))

    with jax.enable_x64(True):
        check_ildj(fun, jnp.asarray(X), jnp.asarray(X[::-1]))
        found = inverse(fun)(*fun(jnp.asarray(X), jnp.asarray(X[::-1])))
        np.testing.assert_allclose(found[1], X[::-1], rtol=1e-12)


@pytest.mark.parametrize(
    "fun",
    [
        lambda x: lax.map(jnp.exp, x),
        lambda x: lax.scan(lambda c, x: (x, 2 * x + c), 0.5, x, reverse=True)[1],
    ],
)
def test_a_loop_of_one_step_is_its_step(fun):
    x = jnp.ones(1)
    np.testing.assert_allclose(inverse(fun)(fun(x)), x, rtol=1e-6)


def test_pytrees_and_results_beside_the_carry():
    with jax.enable_x64(True):
        q, p = jnp.asarray(X), jnp.asarray(X[::-1])
        check_ildj(leapfrog, q, p)
        check_ildj(carry_and_outputs, jnp.asarray(0.3), jnp.asarray(SERIES))


def test_known_arguments_are_captured():
    with jax.enable_x64(True):
        y = layers(jnp.asarray(X), WEIGHTS)
        found = inverse(layers, argnums=0)(y, WEIGHTS)
        np.testing.assert_allclose(found, X, rtol=1e-12)
        gradient = jax.grad(
            lambda weights: jnp.sum(inverse(layers, argnums=0)(y, weights))
        )
        step = 1e-6
        moved = WEIGHTS.copy()
        moved[2, 1] += step
        want = (jnp.sum(inverse(layers, argnums=0)(y, moved)) - jnp.sum(found)) / step
        np.testing.assert_allclose(gradient(WEIGHTS)[2, 1], want, rtol=1e-4)


def test_integers_come_back_bit_for_bit():
    keys = jnp.asarray(_RANDOM.integers(0, 2**32, size=64, dtype=np.uint32))

    def encrypt(left, right):
        """Rounds of a Feistel cipher."""

        def round_(state, key):
            left, right = state
            mixed = (right * jnp.uint32(2654435761)) ^ (right >> 13) ^ key
            return (right, left ^ mixed), None

        return lax.scan(round_, (left, right), keys)[0]

    text = jnp.arange(8, dtype=jnp.uint32), jnp.arange(8, 16, dtype=jnp.uint32)
    found = inverse(encrypt, *text)(*encrypt(*text))
    for got, want in zip(found, text, strict=True):
        np.testing.assert_array_equal(got, want)


def test_a_custom_inverse_in_a_step_counts():
    @invhlo.custom_inverse
    def shift(x):
        return x + 1.0

    shift.def_inverse_unary(lambda y: y - 2.0)

    def loop(x):
        return lax.scan(lambda c, _: (shift(c), None), x, length=3)[0]

    assert inverse(loop)(jnp.float32(10.0)) == 4.0


def test_the_inverse_of_the_inverse_is_the_function():
    def loop(x):
        return lax.fori_loop(0, 3, lambda i, c: jnp.exp(c / 2) - i, x)

    with jax.enable_x64(True):
        x = jnp.asarray(X)
        again = inverse(inverse(loop, x), loop(x))
        np.testing.assert_allclose(again(x), loop(x), rtol=1e-12)


def test_text_does_not_grow_with_the_steps():
    def text(length):
        def loop(q, p):
            return leapfrog(q, p, length)

        q = jnp.ones(3)
        lowered = jax.jit(inverse_and_ildj(loop, q, q)).lower(q, q)
        return lowered.as_text()

    assert len(text(20_000)) < len(text(5)) + 64
    assert len(text(5)) < 40_000


def test_ahead_of_time_there_is_a_loop():
    lowered = invert_lowered(layers, jnp.ones(3), jnp.ones((5, 3)), argnums=0)
    text = lowered.as_text()
    assert text.count("stablehlo.while") == 1
    assert "invhlo" not in text.replace("invhlo.kind", "")


def test_rows_that_are_not_written_yet_are_not_taken_for_written():
    def fun(x):
        def step(i, x):
            seen = jnp.where(jnp.arange(3) <= i, x, 0)
            return x.at[i].set(x[i] * jnp.exp(seen.sum()))

        return lax.fori_loop(0, 3, step, x)

    with pytest.raises(NonInvertibleError):
        inverse(fun)(jnp.ones(3))


def halves(loop):
    """Adds to one half of x what a loop computes of the other, which it slices."""
    return lambda x: jnp.concatenate([x[:2], x[2:] + loop(x)])


@pytest.mark.parametrize(
    "loop",
    [
        lambda x: lax.scan(
            lambda c, _: (jnp.tanh(c + x[:2]), None), jnp.zeros(2), length=3
        )[0],
        lambda x: lax.fori_loop(0, 3, lambda i, c: jnp.tanh(c + x[:2]), jnp.zeros(2)),
        lambda x: lax.while_loop(
            lambda c: jnp.sum(c) < 3, lambda c: c + jnp.abs(x[:2]) + 1, jnp.zeros(2)
        ),
    ],
    ids=["scan", "fori_loop", "while_loop"],
)
def test_a_loop_needs_no_more_of_a_value_than_it_takes(loop):
    x = jnp.array([0.3, -0.7, 1.2, 0.4])
    fun = halves(loop)
    found, log_det = inverse_and_ildj(fun, x)(fun(x))
    np.testing.assert_allclose(found, x, rtol=1e-6)
    assert log_det == 0


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (lambda c, _: (jnp.floor(c), None), "it maps many values to one"),
        (lambda c, _: (c * jnp.tanh(c), None), "2 operands depend on the unknown"),
    ],
    ids=["floor", "twice"],
)
def test_the_operation_in_the_step_is_to_blame(step, reason):
    with pytest.raises(NonInvertibleError) as caught:
        inverse(lambda x: lax.scan(step, x, length=3)[0])(jnp.ones(3))
    assert caught.value.reason == reason
    assert caught.value.file == __file__


@pytest.mark.parametrize(
    "step",
    [
        lambda x, i, y: y.at[i].set(2 * x[i]).at[i + 1].set(x[i + 1]),
        lambda x, i, y: y.at[i // 2].set(x[i]),
        lambda x, i, y: y.at[2 * i].set(x[i]).at[3 * i].set(x[i]),
    ],
    ids=["overlapping", "again", "of two steps"],
)
def test_rows_that_are_written_twice_are_refused_by_the_name_of_the_array(step):
    def fun(x):
        return lax.fori_loop(0, 3, lambda i, y: step(x, i, y), jnp.zeros(12))

    with pytest.raises(NonInvertibleError) as caught:
        inverse(fun, jnp.ones(6))(jnp.ones(12))
    assert "`y` is not found before a step of this loop, which" in str(caught.value)
    assert "does not write its rows one after another" in str(caught.value)


def test_what_a_literal_chooses_in_many_steps_is_refused():
    order = np.random.default_rng(0).permutation(1000).astype(np.int32)
    with pytest.raises(NonInvertibleError):
        inverse(lambda x: lax.map(lambda i: jnp.exp(x[i]), order))(jnp.ones(1000))


def test_rows_of_other_loops_are_not_taken_for_the_same():
    with pytest.raises(NonInvertibleError):
        inverse(from_a_row_of_another_loop)(jnp.ones((3, 3)))
