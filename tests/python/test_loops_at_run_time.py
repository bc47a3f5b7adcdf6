# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Loops whose number of steps is not known before they run."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from invhlo import NonInvertibleError, inverse, inverse_and_ildj, invert_lowered

X = np.array([0.3, 0.7, 1.2])


def fori(x, n):
    return lax.fori_loop(0, n, lambda i, c: 2 * jnp.sinh(c / 2) + i, x)


def from_a_start(x, n):
    return lax.fori_loop(n - 5, n, lambda i, c: 2 * jnp.arctan(c) + 0.1 * i, x)


def down_by_three(x, n):
    def step(state):
        i, c = state
        return i - 3, jnp.arctan(c) + 0.1 * i

    return lax.while_loop(lambda state: state[0] > n, step, (11, x))[1]


def down_to_and_with(x, n):
    def step(state):
        i, c = state
        return i - 3, jnp.arctan(c) + 0.1 * i

    return lax.while_loop(lambda state: state[0] >= n, step, (11, x))[1]


def up_by_two(x, n):
    def step(state):
        c, i = state
        return jnp.arctan(c) + 0.1 * i, i + 2

    return lax.while_loop(lambda state: n > state[1], step, (x, 1))[0]


def until_equal(x, n):
    def step(state):
        i, c = state
        return i + 1, jnp.arctan(c) + 0.1 * i

    return lax.while_loop(lambda state: state[0] != n, step, (-1, x))[1]


def scaled_by_the_count(x, n):
    i, c = lax.while_loop(lambda s: s[0] < n, lambda s: (s[0] + 2, 2 * s[1]), (1, x))
    return c * i


def drifting(x, n):
    """A rate that decays by itself, and a scale that is drawn anew at each step."""

    def step(_, state):
        x, rate, key = state
        key, drawn = jax.random.split(key)
        scale = jnp.exp(rate * jax.random.normal(drawn, x.shape, x.dtype))
        return x * scale, 0.9 * rate, key

    start = x, jnp.asarray(0.5, x.dtype), jax.random.key(0)
    return lax.fori_loop(0, n, step, start)[0]


def triangle(x, n):
    """As many inner steps as there were outer ones."""

    def outer(i, c):
        return lax.fori_loop(0, i, lambda j, c: jnp.arctan(c) + j, c) / 2

    return lax.fori_loop(0, n, outer, x)


def in_a_scan(x, n):
    def step(c, w):
        def inner(j, c):
            return 2 * jnp.arctan(c / 2) + w * j

        return lax.fori_loop(0, n, inner, c), None

    return lax.scan(step, x, 0.1 * jnp.arange(3, dtype=x.dtype))[0]


LOOPS = {
    "fori": fori,
    "from a start": from_a_start,
    "down by three": down_by_three,
    "down to and with": down_to_and_with,
    "up by two": up_by_two,
    "until equal": until_equal,
    "scaled by the count": scaled_by_the_count,
    "drifting": drifting,
    "triangle": triangle,
    "in a scan": in_a_scan,
    "mapped": jax.vmap(fori, (0, None)),
}


@pytest.mark.parametrize("dtype", [jnp.float32, jnp.float64])
@pytest.mark.parametrize("name", LOOPS)
def test_the_bound_tells_the_number_of_steps(name, dtype):
    fun = LOOPS[name]
    with jax.enable_x64(dtype == jnp.float64):
        x = jnp.asarray(np.stack([X, X / 2]) if name == "mapped" else X, dtype)
        forward, solve = jax.jit(fun), jax.jit(inverse_and_ildj(fun, argnums=0))
        tolerance = 2000 * float(jnp.finfo(dtype).eps)
        for n in (0, 1, 2, 3, 4):
            found, log_det = solve(forward(x, n), n)
            jacobian = jax.jacfwd(forward)(x, n).reshape(x.size, x.size)
            np.testing.assert_allclose(found, x, rtol=tolerance, atol=tolerance)
            np.testing.assert_allclose(
                log_det, -np.linalg.slogdet(jacobian)[1], rtol=tolerance, atol=tolerance
            )


@pytest.mark.parametrize("n", [63, 64, 65, 200])
def test_known_carried_values_are_replayed_from_checkpoints(n):
    with jax.enable_x64(True):
        x = jnp.asarray(X)
        found = inverse(drifting, argnums=0)(drifting(x, n), n)
        np.testing.assert_allclose(found, x, rtol=1e-12)


def test_a_bound_may_be_far_from_where_it_starts():
    """Further than the largest number with a sign."""

    def fun(n, x):
        def step(carry):
            return carry[0] + np.int32(2**29), 2 * carry[1]

        return lax.while_loop(lambda c: c[0] < n, step, (np.int32(-(2**31)), x))[1]

    n = np.int32(2**30)
    assert inverse(fun, argnums=1)(n, fun(n, 1.0)) == 1.0


def test_a_loop_may_be_left_at_once():
    for n in (-3, 0):
        assert inverse(fori, argnums=0)(2.5, n) == 2.5


def test_forward_mode_works_and_reverse_mode_is_refused_as_by_jax():
    with jax.enable_x64(True):
        x = jnp.asarray(X)
        y = fori(x, 3)
        solve = inverse_and_ildj(fori, argnums=0)
        jacobian = jax.jacfwd(fori)(x, 3)
        found, of_log_det = jax.jacfwd(solve)(y, 3)
        np.testing.assert_allclose(found, np.linalg.inv(jacobian), rtol=1e-12)
        assert np.all(np.isfinite(of_log_det))

        def message(fun):
            with pytest.raises(ValueError, match="Reverse-mode") as caught:
                jax.jit(jax.grad(lambda x, n: jnp.sum(fun(x, n))))(x, 3)
            return str(caught.value)

        assert message(inverse(fori, argnums=0)) == message(fori)


def test_the_inverse_may_be_mapped_over_the_bound():
    with jax.enable_x64(True):
        x, counts = jnp.asarray(X), jnp.arange(4)
        y = jnp.stack([fori(x, n) for n in range(4)])
        found, log_dets = jax.vmap(inverse_and_ildj(fori, argnums=0))(y, counts)
        np.testing.assert_allclose(found, np.stack([X] * 4), rtol=1e-12)
        assert log_dets[0] == 0
        assert np.all(log_dets[1:] < 0)


def test_the_inverse_of_the_inverse_is_the_function():
    with jax.enable_x64(True):
        x = jnp.asarray(X)
        again = inverse(inverse(fori, argnums=0), argnums=0)
        np.testing.assert_allclose(again(x, 3), fori(x, 3), rtol=1e-12)


def test_ahead_of_time_there_is_one_loop():
    text = invert_lowered(fori, jnp.ones(3), 3, argnums=0).as_text()
    assert text.count("stablehlo.while") == 1


def doubled(x):
    """How often x is doubled until it is large, beside what it is then."""
    return lax.while_loop(
        lambda s: s[1].sum() < 40, lambda s: (s[0] + 1, 2 * s[1]), (0, x)
    )


def drained(x):
    """The same with a counter that counts down, and no linear step."""

    def step(state):
        x, left = state
        return {"a": 2 * jnp.sinh(x["a"]) + left}, left - 3

    x, left = lax.while_loop(
        lambda s: (s[0]["a"].sum() < 1e4) & (s[1] > -99), step, ({"a": x}, 7)
    )
    return left, x["a"]


@pytest.mark.parametrize("dtype", [jnp.float32, jnp.float64])
@pytest.mark.parametrize("fun", [doubled, drained])
def test_where_the_counter_ends_tells_the_number_of_steps(fun, dtype):
    with jax.enable_x64(dtype == jnp.float64):
        x = jnp.asarray(X, dtype)
        count, y = fun(x)
        found, log_det = jax.jit(inverse_and_ildj(fun, x))(count, y)
        tolerance = 200 * float(jnp.finfo(dtype).eps)
        jacobian = jax.jacfwd(lambda x: fun(x)[1])(x)
        np.testing.assert_allclose(found, x, rtol=tolerance)
        np.testing.assert_allclose(
            log_det, -np.linalg.slogdet(jacobian)[1], rtol=10 * tolerance
        )
        assert np.all(np.isfinite(jax.jacfwd(inverse(fun, x), argnums=1)(count, y)))


@pytest.mark.parametrize(
    ("fun", "reason"),
    [
        (
            lambda x: doubled(x)[1],
            "how often it runs depends on the unknown: its condition reads `s[1]`",
        ),
        (
            lambda x: lax.fori_loop(0, jnp.int32(x[0]), lambda _, c: 2 * c, x),
            "how often it runs depends on the unknown",
        ),
        (
            lambda x: lax.while_loop(
                lambda s: s[1].sum() < 9,
                lambda s: (s[0] + jnp.int8(1), 2 * s[1]),
                (jnp.int8(0), x),
            ),
            "its counter may wrap around",
        ),
        (
            lambda x: lax.while_loop(
                lambda s: s[1].sum() < 9,
                lambda s: (s[0] + 0x3779B9, 2 * s[1]),
                (0, x),
            ),
            "its counter may wrap around",
        ),
    ],
    ids=["of the carry", "bound", "narrow", "fast"],
)
def test_a_count_that_is_found_out_is_refused(fun, reason):
    with pytest.raises(NonInvertibleError) as caught:
        inverse(fun, jnp.ones(3))(*jax.tree.leaves(fun(jnp.ones(3))))
    assert (caught.value.op, caught.value.reason) == ("while", reason)
    assert caught.value.file == __file__


def test_what_a_step_does_not_tell_is_named():
    def step(_, state):
        return {"kept": 2 * state["kept"], "lost": jnp.floor(state["lost"])}

    def fun(x, n):
        return lax.fori_loop(0, n, step, {"kept": x, "lost": x + 1})["lost"]

    with pytest.raises(NonInvertibleError) as caught:
        inverse(fun, argnums=0)(jnp.ones(3), 3)
    assert caught.value.op == "stablehlo.floor"
    assert "note: `state['lost']` is not found before a step" in str(caught.value)
