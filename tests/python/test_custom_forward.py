# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Inverses that are searched for: their derivatives come from the function."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import invhlo
from custom import make_add_one, make_cube
from invhlo import NonInvertibleError, custom_inverse, ildj, inverse, inverse_and_ildj
from judge import dense_ildj

MATRIX = np.array([[3.0, 1.0, 0.0], [0.5, 2.0, -1.0], [0.0, 1.0, 4.0]])


def rising(x):
    return x + jnp.tanh(x)


def mixing(x):
    return x + 0.2 * jnp.tanh(jnp.asarray(MATRIX, x.dtype) @ x)


def halve(fun, y):
    def step(interval):
        low, high = interval
        middle = (low + high) / 2
        is_low = fun(middle) < y
        return jnp.where(is_low, middle, low), jnp.where(is_low, high, middle)

    return step


def bisect_until_narrow(fun, y):
    def is_wide(carry):
        interval, steps = carry
        return jnp.any(interval[1] - interval[0] > 0) & (steps < 70)

    def step(carry):
        return halve(fun, y)(carry[0]), carry[1] + 1

    interval, _ = jax.lax.while_loop(is_wide, step, ((y - 2, y + 2), 0))
    return sum(interval) / 2


def bisect_by_scan(fun, y):
    interval, _ = jax.lax.scan(
        lambda c, _: (halve(fun, y)(c), None), (y - 2, y + 2), length=70
    )
    return sum(interval) / 2


def bisect_from_constants(fun, y):
    interval = (jnp.full_like(y, -8), jnp.full_like(y, 8))
    interval = jax.lax.fori_loop(0, 70, lambda _, c: halve(fun, y)(c), interval)
    return sum(interval) / 2


def bisect_unrolled(fun, y):
    interval = (y - 2, y + 2)
    for _ in range(22):
        interval = halve(fun, y)(interval)
    return sum(interval) / 2


def bisect_by_cond(fun, y):
    def one(y):
        interval = (y - 2, y + 2)

        def step(interval, _):
            low, high = interval
            middle = (low + high) / 2
            return jax.lax.cond(
                fun(middle) < y, lambda: (middle, high), lambda: (low, middle)
            ), None

        interval, _ = jax.lax.scan(step, interval, length=70)
        return sum(interval) / 2

    return jax.vmap(one)(y)


def bisect_by_signs(fun, y):
    x = jnp.zeros_like(y)
    for k in range(24):
        x = x + 4 * 0.5**k * jnp.sign(y - fun(x))
    return x


BISECTIONS = [
    bisect_until_narrow,
    bisect_by_scan,
    bisect_from_constants,
    bisect_unrolled,
    bisect_by_cond,
    bisect_by_signs,
]


def fixed_point(fun, y):
    def is_far(carry):
        x, before, steps = carry
        return jnp.any(jnp.abs(x - before) > 0) & (steps < 100)

    def step(carry):
        x, _, steps = carry
        return x - 0.7 * (fun(x) - y), x, steps + 1

    return jax.lax.while_loop(is_far, step, (y, y + 1, 0))[0]


def newton(fun, y):
    x = y
    for _ in range(5):
        x = x - jnp.linalg.solve(jax.jacfwd(fun)(x), fun(x) - y)
    return x


def with_inverse(fun, search, f_ildj=None):
    function = custom_inverse(fun)
    function.def_inverse_unary(lambda y: search(fun, y), f_ildj)
    return function


def check_first_derivative(fun, outer, x, tolerance):
    """`outer(fun)` has its log-det and its derivative at x; `fun` has a rule."""

    def flow(x):
        return outer(fun(x))

    def plain(x):
        return outer(fun.__wrapped__(x))

    found, pull = jax.vjp(inverse_and_ildj(flow), plain(x))
    want = jnp.linalg.inv(jax.jacfwd(plain)(x))
    slope = jax.grad(lambda x: -jnp.linalg.slogdet(jax.jacfwd(plain)(x))[1])(x)

    def close(got, want):
        np.testing.assert_allclose(got, want, rtol=tolerance, atol=tolerance)

    close(found[0], x)
    close(found[1], dense_ildj(plain, x))
    rows = [pull((row, jnp.zeros(())))[0] for row in jnp.eye(x.size)]
    close(jnp.stack(rows), want)
    # d ildj / dy = d(-log|det J|)/dx J^-1.
    close(pull((jnp.zeros_like(x), jnp.ones(())))[0], slope @ want)


class TestSearches:
    @pytest.mark.parametrize("search", BISECTIONS)
    def test_bisection_of_each_element(self, search):
        with jax.enable_x64(True):
            fun = with_inverse(rising, search)
            check_first_derivative(fun, jnp.sinh, jnp.array([0.1, -0.5, 1.0]), 1e-6)

    @pytest.mark.parametrize("search", [fixed_point, newton])
    def test_of_all_elements_together(self, search):
        with jax.enable_x64(True):
            fun = with_inverse(mixing, search)
            check_first_derivative(fun, jnp.sinh, jnp.array([0.1, -0.5, 0.3]), 1e-8)

    @pytest.mark.parametrize("search", [bisect_until_narrow, newton])
    def test_from_forward(self, search):
        with jax.enable_x64(True):
            fun = with_inverse(rising, search, invhlo.from_forward)
            check_first_derivative(fun, jnp.sinh, jnp.array([0.1, -0.5, 1.0]), 1e-8)

    @pytest.mark.parametrize("plain", [rising, mixing])
    def test_second_derivatives(self, plain):
        with jax.enable_x64(True):
            x = jnp.array([0.1, -0.5, 0.3])
            undo = inverse(with_inverse(plain, fixed_point))
            first = jax.jacfwd(lambda x: jnp.linalg.inv(jax.jacfwd(plain)(x)))(x)
            want = first @ jnp.linalg.inv(jax.jacfwd(plain)(x))
            for second in (
                jax.jacfwd(jax.jacrev(undo)),
                jax.jacfwd(jax.jacfwd(undo)),
                jax.jacrev(jax.jacrev(undo)),
            ):
                np.testing.assert_allclose(second(plain(x)), want, atol=1e-9)

    def test_with_a_log_det_of_its_own_the_derivative_is_implicit_too(self):
        def log_det(y):
            x = bisect_until_narrow(rising, y)
            return -jnp.log(1 + 1 / jnp.cosh(x) ** 2)

        with jax.enable_x64(True):
            fun = with_inverse(rising, bisect_until_narrow, log_det)
            x = jnp.array([0.1, -0.5, 1.0])
            got = jax.jacrev(inverse(fun))(rising(x))
            np.testing.assert_allclose(got, jnp.linalg.inv(jax.jacfwd(rising)(x)))
            want = dense_ildj(rising, x)
            np.testing.assert_allclose(ildj(fun)(rising(x)), want, rtol=1e-9)

    def test_under_vmap_each_example_has_a_jacobian(self):
        fun = with_inverse(mixing, fixed_point)
        x = jnp.array([[0.1, -0.5, 0.3], [0.2, 0.1, -1.0]])
        y = jax.vmap(mixing)(x)
        _, shares = inverse_and_ildj(jax.vmap(fun), reduce_ildj=False)(y)
        want = jax.vmap(lambda x: dense_ildj(mixing, x))(x)
        np.testing.assert_allclose(shares.sum(1), want, rtol=1e-5)
        one_by_one = jax.vmap(jax.jacrev(inverse(fun)))(y)
        blocks = jax.jacrev(inverse(jax.vmap(fun)))(y)
        np.testing.assert_allclose(blocks[0, :, 0], one_by_one[0], atol=1e-5)
        np.testing.assert_allclose(blocks[1, :, 0], 0 * one_by_one[0], atol=1e-6)

    def test_of_a_large_array_no_matrix_is_made(self):
        fun = with_inverse(rising, bisect_until_narrow)
        x = jnp.linspace(-3, 3, 50_000)
        got = jax.jit(ildj(fun))(rising(x))
        want = -jnp.sum(jnp.log(jax.vmap(jax.grad(rising))(x)))
        np.testing.assert_allclose(got, want, rtol=1e-4)
        slopes = jax.grad(lambda y: inverse(fun)(y).sum())(rising(x))
        want = 1 / jax.vmap(jax.grad(rising))(x)
        np.testing.assert_allclose(slopes, want, rtol=1e-4)

    def test_parameters_that_are_closed_over(self):
        def flow(scale, x):
            def fun(x):
                return scale * x + jnp.tanh(x)

            return 2 * with_inverse(fun, bisect_until_narrow)(x)

        def plain(scale, x):
            return 2 * (scale * x + jnp.tanh(x))

        with jax.enable_x64(True):
            scale, x = jnp.float64(1.3), jnp.array([0.1, -0.5, 1.0])
            y = plain(scale, x)
            got = jax.jacrev(inverse(flow, argnums=1))(scale, y)
            slope = jax.jacfwd(plain, argnums=1)(scale, x)
            want = -jnp.linalg.solve(slope, jax.jacfwd(plain)(scale, x))
            np.testing.assert_allclose(got, want, rtol=1e-8)
            # The log-det depends on the scale by itself and by x.
            got = jax.grad(ildj(flow, argnums=1))(scale, y)
            end = 1e-6
            up = [ildj(flow, argnums=1)(scale + by, y) for by in (-end, end)]
            np.testing.assert_allclose(got, (up[1] - up[0]) / (2 * end), rtol=1e-6)

    def test_exported(self):
        fun = with_inverse(rising, bisect_until_narrow)
        spec = jax.ShapeDtypeStruct((3,), jnp.float32)
        exported = invhlo.export(fun, spec, with_ildj=True, vjp_order=2)
        again = jax.export.deserialize(exported.serialize())
        x = jnp.array([0.1, -0.5, 1.0])
        found, log_det = again.call(rising(x))
        np.testing.assert_allclose(found, x, rtol=1e-5)
        np.testing.assert_allclose(log_det, dense_ildj(rising, x), rtol=1e-5)

        def slope_of(undo):
            return jax.grad(lambda y: jnp.sum(jax.grad(lambda y: undo(y).sum())(y)))

        got = slope_of(lambda y: again.call(y)[0])(rising(x))
        want = slope_of(inverse(fun))(rising(x))
        np.testing.assert_allclose(got, want, rtol=1e-4)

    @pytest.mark.parametrize("dtype", [jnp.bfloat16, jnp.float32])
    def test_dtypes_are_kept(self, dtype):
        fun = with_inverse(rising, bisect_until_narrow, invhlo.from_forward)
        x = jnp.array([0.1, -0.5, 1.0], dtype)
        y = rising(x)
        found, log_det = inverse_and_ildj(fun)(y)
        slopes = jax.grad(lambda y: inverse(fun)(y).sum())(y)
        assert (found.dtype, slopes.dtype) == (dtype, dtype)
        assert log_det.dtype == jnp.float32
        want = -jnp.log(1 + 1 / jnp.cosh(x.astype(jnp.float32)) ** 2)
        np.testing.assert_allclose(log_det, want.sum(), atol=3e-2)
        np.testing.assert_allclose(slopes.astype(jnp.float32), jnp.exp(want), rtol=3e-2)


class TestTrees:
    def test_leaves_that_are_exchanged(self):
        @custom_inverse
        def swap(pair):
            return {"a": rising(pair["b"]), "b": jnp.exp(pair["a"])}

        @swap.def_inverse_unary(f_ildj=invhlo.from_forward)
        def undo(out):
            return {"a": jnp.log(out["b"]), "b": bisect_by_scan(rising, out["a"])}

        pair = {"a": jnp.array([0.5, -1.0]), "b": jnp.array(0.3)}
        out = swap(pair)
        found, log_det = inverse_and_ildj(swap, pair)(out)
        np.testing.assert_allclose(found["b"], 0.3, rtol=1e-5)
        want = -jnp.log(1 + 1 / jnp.cosh(0.3) ** 2) - pair["a"].sum()
        np.testing.assert_allclose(log_det, want, rtol=1e-5)
        got = jax.jacrev(inverse(swap, pair))(out)
        np.testing.assert_allclose(got["a"]["b"], jnp.diag(1 / out["b"]), rtol=1e-5)
        np.testing.assert_array_equal(got["a"]["a"], jnp.zeros(2))

    def test_integers_beside(self):
        @custom_inverse
        def scaled(pair):
            n, x = pair
            return n + 1, x * n.astype(x.dtype) ** 2

        scaled.def_inverse_unary(
            lambda out: (out[0] - 1, out[1] / (out[0] - 1) ** 2), invhlo.from_forward
        )
        n, x = jnp.array([1, 2, 3]), jnp.array([0.5, -1.0, 2.0])
        out = scaled((n, x))
        (found_n, found_x), log_det = inverse_and_ildj(lambda n, x: scaled((n, x)))(
            *out
        )
        np.testing.assert_array_equal(found_n, n)
        np.testing.assert_allclose(found_x, x)
        np.testing.assert_allclose(log_det, -2 * np.log(6.0), rtol=1e-6)
        slopes = jax.grad(lambda y: inverse(scaled, (n, x))(out[0], y)[1].sum())(out[1])
        np.testing.assert_allclose(slopes, 1 / n**2, rtol=1e-6)

    def test_complex(self):
        @custom_inverse
        def shear(z):
            return z + 0.5 * jnp.conj(z)

        shear.def_inverse_unary(
            lambda y: (y - 0.5 * jnp.conj(y)) / 0.75, invhlo.from_forward
        )
        z = jnp.array([1.0 + 2.0j, 3.0 - 1.0j])
        found, log_det = inverse_and_ildj(shear)(shear(z))
        np.testing.assert_allclose(found, z, rtol=1e-6)
        np.testing.assert_allclose(log_det, -2 * np.log(0.75), rtol=1e-5)

    def test_another_size_has_no_log_det(self):
        @custom_inverse
        def embed(x):
            return jnp.concatenate([x, rising(x)])

        embed.def_inverse_unary(lambda y: bisect_until_narrow(rising, y[2:]))
        x = jnp.array([0.5, -0.3])
        np.testing.assert_allclose(inverse(embed, x)(embed(x)), x, rtol=1e-5)
        with pytest.raises(NonInvertibleError, match="takes 2 numbers and returns 4"):
            ildj(embed, x, allow_overdetermined=True)(embed(x))


class TestDefinition:
    def test_decorators_return_the_function(self):
        add_one = make_add_one()

        @add_one.def_inverse_unary
        def undo(y):
            return y - 1.0

        assert undo(2.0) == 1.0
        assert inverse(add_one)(2.0) == 1.0

        @add_one.def_inverse_unary(f_ildj=lambda y: jnp.full_like(y, 7.0))
        def undo_again(y):
            return y - 2.0

        assert undo_again(2.0) == 0.0
        assert inverse_and_ildj(add_one)(2.0) == (0.0, 7.0)

    @pytest.mark.parametrize(
        ("definition", "given"),
        [
            ("def_inverse_unary", (3,)),
            ("def_inverse_unary", (None, 3)),
            ("def_inverse_and_ildj", (3,)),
            ("def_inverse_and_ildj", (None,)),
        ],
    )
    def test_what_is_no_function_is_refused_at_once(self, definition, given):
        with pytest.raises(TypeError, match=f"{definition} takes a function"):
            getattr(make_add_one(), definition)(*given)

    def test_a_smooth_inverse_is_differentiated_itself(self):
        text = str(jax.make_jaxpr(inverse(make_cube()))(8.0))
        assert "custom_jvp" not in text

    def test_functions_with_derivatives_of_their_own_keep_them(self):
        @jax.custom_jvp
        def undo(y):
            return bisect_until_narrow(rising, y)

        @undo.defjvp
        def undo_jvp(primals, tangents):
            x = undo(*primals)
            return x, tangents[0] / (1 + 1 / jnp.cosh(x) ** 2)

        fun = custom_inverse(rising)
        fun.def_inverse_unary(undo)
        y = rising(jnp.float32(0.5))
        np.testing.assert_allclose(jax.grad(inverse(fun))(y), 0.55977, rtol=1e-4)
        np.testing.assert_allclose(ildj(fun)(y), np.log(0.55977), rtol=1e-4)

    def test_a_rule_may_use_functions_with_rules(self):
        inner = with_inverse(rising, bisect_until_narrow)

        @custom_inverse
        def outer(x):
            return jnp.flip(inner(x)) * 2.0

        outer.def_inverse_unary(lambda y: bisect_until_narrow(inner, jnp.flip(y) / 2.0))
        x = jnp.array([0.1, -0.5, 1.0])
        found, log_det = inverse_and_ildj(outer)(outer(x))
        np.testing.assert_allclose(found, x, rtol=1e-5)
        want = dense_ildj(lambda x: jnp.flip(rising(x)) * 2.0, x)
        np.testing.assert_allclose(log_det, want, rtol=1e-5)
