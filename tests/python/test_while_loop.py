# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`while_loop`: loops that tell where they began."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import invhlo
from invhlo import NonInvertibleError, inverse, inverse_and_ildj
from judge import dense_ildj

X = np.array([0.3, 0.7, 1.2])


def grow(x):
    """Grows what sums up to less than 3 until it sums up to 50."""
    return invhlo.while_loop(
        lambda x: jnp.sum(x) < 50,
        lambda x: 2 * jnp.sinh(x) + 1,
        x,
        entry=lambda x: jnp.sum(x) < 3,
    )


def between(x):
    """The same between other operations."""
    return 3 * grow(jnp.tanh(x) + 0.1)


def rotating(x):
    """A carry of several arrays, whose entry is told by the last of them."""

    def step(carry):
        p, (q, angle) = carry
        angle = angle + 0.25
        return q + jnp.sin(p), (p, angle)

    q, (p, angle) = invhlo.while_loop(
        lambda carry: carry[1][1] < 1.9,
        step,
        (x[:1], (x[1:2], x[2] / 10)),
        entry=lambda carry: carry[1][1] < 0.2,
    )
    return jnp.concatenate([p, q, angle[None]])


def nested(x):
    def step(x):
        return grow(x / 30) / 10

    return invhlo.while_loop(
        lambda x: jnp.sum(x) < 6, step, x, entry=lambda x: jnp.sum(x) < 2.5
    )


LOOPS = {"grow": grow, "between": between, "rotating": rotating, "nested": nested}


@pytest.mark.parametrize("dtype", [jnp.float32, jnp.float64])
@pytest.mark.parametrize("name", LOOPS)
def test_values_and_log_dets(name, dtype):
    fun = LOOPS[name]
    with jax.enable_x64(dtype == jnp.float64):
        x = jnp.asarray(X, dtype)
        y = fun(x)
        tolerance = 500 * float(jnp.finfo(dtype).eps)
        for solve in (inverse_and_ildj(fun, x), jax.jit(inverse_and_ildj(fun, x))):
            found, log_det = solve(y)
            np.testing.assert_allclose(found, x, rtol=tolerance)
            np.testing.assert_allclose(log_det, dense_ildj(fun, x), rtol=tolerance)


@pytest.mark.parametrize("steps", [0, 1, 5])
def test_an_integer_may_tell_where_it_began(steps):
    def fun(n, x):
        return invhlo.while_loop(
            lambda carry: carry[0] < steps,
            lambda carry: (carry[0] + 1, 2 * carry[1]),
            (n, x),
            entry=lambda carry: carry[0] == 0,
        )

    n, x = jnp.int32(0), jnp.asarray(X, jnp.float32)
    found, log_det = inverse_and_ildj(fun, n, x)(*fun(n, x))
    assert found[0] == 0
    np.testing.assert_array_equal(found[1], x)
    np.testing.assert_allclose(log_det, -3 * steps * np.log(2), rtol=1e-6)

    # What is known of the initial carry is not looked for.
    found = inverse(lambda x: fun(jnp.int32(0), x), x)(*fun(n, x))
    np.testing.assert_array_equal(found, x)


def test_known_values_are_closed_over_with_their_derivatives():
    def fun(scale, x):
        return invhlo.while_loop(
            lambda x: jnp.sum(x) < 50,
            lambda x: scale * jnp.sinh(x) + 1,
            x,
            entry=lambda x: jnp.sum(x) < 3,
        )

    with jax.enable_x64(True):
        scale, x = jnp.asarray([2.0, 1.5, 2.5]), jnp.asarray(X)
        y = fun(scale, x)
        solve = jax.jit(inverse_and_ildj(fun, argnums=1))
        np.testing.assert_allclose(solve(scale, y)[0], x, rtol=1e-12)
        of_x, of_log_det = jax.jacfwd(solve)(scale, y)
        step = 1e-6
        for i in range(3):
            (x1, l1), (x0, l0) = (solve(scale.at[i].add(by), y) for by in (step, -step))
            np.testing.assert_allclose(of_x[:, i], (x1 - x0) / (2 * step), rtol=1e-6)
            np.testing.assert_allclose(of_log_det[i], (l1 - l0) / (2 * step), rtol=1e-6)


def test_lanes_may_take_different_numbers_of_steps():
    with jax.enable_x64(True):
        x = jnp.stack([jnp.asarray(X), jnp.asarray([0.1, 0.2, 2.6])])
        y = jax.vmap(grow)(x)
        found, log_dets = jax.vmap(inverse_and_ildj(grow))(y)
        np.testing.assert_allclose(found, x, rtol=1e-12)
        for row, log_det in zip(x, log_dets, strict=True):
            np.testing.assert_allclose(log_det, dense_ildj(grow, row), rtol=1e-12)
        # The whole map may be inverted as well.
        found, log_det = inverse_and_ildj(jax.vmap(grow))(y)
        np.testing.assert_allclose(found, x, rtol=1e-12)
        np.testing.assert_allclose(log_det, jnp.sum(log_dets), rtol=1e-12)


def test_derivatives_are_those_of_jax():
    with jax.enable_x64(True):
        x = jnp.asarray(X)
        y = grow(x)
        jacobian = jax.jacfwd(grow)(x)
        np.testing.assert_allclose(
            jax.jacfwd(inverse(grow))(y), np.linalg.inv(jacobian), rtol=1e-10
        )
        for fun, at in ((grow, x), (inverse(grow), y)):
            with pytest.raises(ValueError, match="Reverse-mode"):
                jax.jacrev(fun)(at)


def test_it_is_a_while_loop_where_nothing_is_violated():
    got = grow(jnp.asarray(X))
    want = jax.lax.while_loop(
        lambda x: jnp.sum(x) < 50, lambda x: 2 * jnp.sinh(x) + 1, jnp.asarray(X)
    )
    np.testing.assert_array_equal(got, want)


@pytest.mark.parametrize(
    "x", [[1.0, 1.0, 1.5], [-1.0, 0.1, 0.1]], ids=["not at first", "later too"]
)
def test_a_violated_entry_gives_nan(x):
    assert np.all(np.isnan(grow(jnp.asarray(x))))


@pytest.mark.parametrize("y", [[9.0, 9.0, 9.0], [1e30, 1e30, 1e30]])
def test_what_no_step_leads_to_gives_nan_or_an_error(y):
    """A loop does not end there, or the step before would have been the last."""
    y = jnp.asarray(y)
    assert np.all(np.isnan(inverse(grow)(y)))
    with pytest.raises(ValueError, match="no argument of `grow` was found"):
        inverse(grow, check=True)(y)


def test_a_violated_entry_of_integers_is_an_error_where_it_is_checked():
    def fun(x):
        return invhlo.while_loop(
            lambda x: x < 9, lambda x: x + 2, x, entry=lambda x: x < 2
        )

    assert inverse(fun, check=True)(jnp.int32(10)) == 0
    with pytest.raises(ValueError, match="no argument of `fun` was found"):
        inverse(fun, check=True)(jnp.int32(8))


def test_the_step_is_to_blame():
    def step(carry):
        return {"kept": 2 * carry["kept"], "lost": jnp.floor(carry["lost"])}

    def fun(carry):
        return invhlo.while_loop(
            lambda carry: jnp.sum(carry["kept"]) < 9,
            step,
            carry,
            entry=lambda carry: jnp.sum(carry["kept"]) < 1,
        )

    with pytest.raises(NonInvertibleError) as caught:
        inverse(fun)({"kept": jnp.ones(3), "lost": jnp.ones(3)})
    message = str(caught.value)
    assert "`step`: 'stablehlo.floor' op cannot be inverted: it maps many" in message
    assert "the unknown is argument `carry`['lost']" in message
    assert "jnp.floor(carry" in message


def test_floats_of_the_initial_carry_are_not_known():
    def fun(x):
        return invhlo.while_loop(
            lambda carry: carry[0] < 9,
            lambda carry: (2 * carry[0], carry[1] + carry[0]),
            (1.0, x),
            entry=lambda carry: carry[0] < 2,
        )

    with pytest.raises(NonInvertibleError, match="floats of its initial carry"):
        inverse(fun, jnp.ones(3))(*fun(jnp.ones(3)))


def test_what_is_no_predicate_or_no_step_is_refused():
    x = jnp.ones(3)
    with pytest.raises(TypeError, match=r"`entry` .* not bool\[3\]"):
        invhlo.while_loop(lambda x: x[0] < 0, lambda x: x, x, entry=lambda x: x < 1)
    with pytest.raises(TypeError, match="another carry than it takes"):
        invhlo.while_loop(
            lambda x: x[0] < 0, lambda x: (x,), x, entry=lambda x: x[0] < 1
        )
