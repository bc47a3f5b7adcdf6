# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`custom_inverse`: what a declared inverse does, and where."""

import functools
import inspect

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import invhlo
from custom import make_add, make_add_one, make_cube
from invhlo import NonInvertibleError, custom_inverse, ildj, inverse, inverse_and_ildj
from judge import dense_ildj


class TestUnary:
    def test_without_a_definition_the_body_is_inverted(self):
        add_one = make_add_one()
        assert inverse(add_one)(2.0) == 1.0
        assert ildj(add_one)(2.0) == 0.0

    def test_the_defined_inverse_counts(self):
        add_one = make_add_one()
        add_one.def_inverse_unary(lambda y: y * 2)
        assert inverse(add_one)(2.0) == 4.0
        np.testing.assert_allclose(ildj(add_one)(2.0), np.log(2.0), rtol=1e-6)

    def test_with_a_log_det_alone_the_body_is_inverted(self):
        add_one = make_add_one()
        add_one.def_inverse_unary(f_ildj=lambda y: jnp.ones_like(y))
        assert inverse(add_one)(2.0) == 1.0
        assert ildj(add_one)(2.0) == 1.0

    def test_both_are_taken_as_they_are(self):
        add_one = make_add_one()
        add_one.def_inverse_unary(lambda y: y * 2, lambda y: 5.0 * y)
        assert inverse_and_ildj(add_one)(2.0) == (4.0, 10.0)

    def test_a_definition_of_nothing_is_none(self):
        add_one = make_add_one()
        add_one.def_inverse_unary(lambda y: y * 2)
        add_one.def_inverse_unary()
        assert inverse(add_one)(2.0) == 1.0

    @pytest.mark.parametrize("dtype", [jnp.float32, jnp.float64])
    def test_log_det_is_propagated_through_the_inverse(self, dtype):
        with jax.enable_x64(dtype == jnp.float64):
            cube = make_cube()
            y = jnp.array([0.5, 1.5, 8.0], dtype)
            x, log_det = inverse_and_ildj(lambda x: 2.0 * cube(x))(2.0 * y)
            tolerance = 1e-5 if dtype == jnp.float32 else 1e-12
            np.testing.assert_allclose(x, np.cbrt(y), rtol=tolerance)
            want = -jnp.sum(jnp.log(6.0 * x**2))
            np.testing.assert_allclose(log_det, want, rtol=tolerance)

    def test_log_det_of_an_inverse_that_does_not_propagate_is_its_jacobians(self):
        @custom_inverse
        def rotate(x):
            return jnp.stack([x[0] - 2 * x[1], 2 * x[0] + x[1]])

        # Each input is used twice, so propagation through the inverse is stuck.
        rotate.def_inverse_unary(
            lambda y: jnp.stack([y[0] + 2 * y[1], y[1] - 2 * y[0]]) / 5
        )
        x = jnp.array([1.0, 2.0])
        found, log_det = inverse_and_ildj(lambda x: jnp.exp(rotate(x)))(
            jnp.exp(rotate(x))
        )
        np.testing.assert_allclose(found, x, rtol=1e-5)
        want = dense_ildj(lambda x: jnp.exp(rotate(x)), x)
        np.testing.assert_allclose(log_det, want, rtol=1e-5)

    def test_jacobian_of_an_elementwise_inverse_is_no_matrix(self):
        @custom_inverse
        def bend(x):
            return x * jnp.where(x > 0, 0.9, 0.5)

        bend.def_inverse_unary(lambda y: jnp.where(y > 0, y / 0.9, y / 0.5))
        x = jnp.linspace(-1.0, 1.0, 100_000)  # a matrix would have 40 gigabytes
        found, shares = inverse_and_ildj(bend, reduce_ildj=False)(bend(x))
        np.testing.assert_allclose(found, x, rtol=1e-6)
        want = -np.log(np.where(x > 0, 0.9, 0.5))
        np.testing.assert_allclose(shares, want, rtol=1e-6)

    def test_jacobian_of_a_complex_inverse_has_two_dimensions_an_element(self):
        @custom_inverse
        def twice(z):
            return z + z

        twice.def_inverse_unary(lambda y: jnp.where(jnp.abs(y) > 0, y / 2, y / 2))
        z = jnp.array([1.0 + 2.0j, 3.0 - 1.0j])
        found, log_det = inverse_and_ildj(twice)(2 * z)
        np.testing.assert_allclose(found, z)
        np.testing.assert_allclose(log_det, -4 * np.log(2.0), rtol=1e-6)

    def test_shares_of_other_leaves_are_left_alone(self):
        cube = make_cube()

        def flow(pair):
            return cube(pair[0]), jnp.exp(pair[1])

        _, shares = inverse_and_ildj(flow, (1.0, 1.0), reduce_ildj=False)(8.0, 2.0)
        np.testing.assert_allclose(shares[0], -np.log(12.0), rtol=1e-5)
        np.testing.assert_allclose(shares[1], -np.log(2.0), rtol=1e-5)

    def test_pytrees_in_and_out(self):
        @custom_inverse
        def swap(point):
            return [point["b"] * 2, {"a": point["a"]}]

        swap.def_inverse_unary(lambda out: {"a": out[1]["a"], "b": out[0] / 2})
        point = {"a": jnp.arange(3.0), "b": jnp.ones((2, 2))}
        found, log_det = inverse_and_ildj(swap, point)(swap(point))
        assert jax.tree.all(jax.tree.map(jnp.array_equal, found, point))
        np.testing.assert_allclose(log_det, -4 * np.log(2.0), rtol=1e-6)

    def test_a_rule_may_call_its_function(self):
        """It is traced once, and a jitted call is annotated again outside of it."""
        traced = []

        @custom_inverse
        def bent(x):
            return x + jnp.tanh(x)

        jitted = jax.jit(lambda x: bent(x))

        def search(y):
            traced.append(y)
            x = y / 2
            for _ in range(20):
                x = x - (jitted(x) - y) / (2.0 - jnp.tanh(x) ** 2)
            return x

        bent.def_inverse_unary(search, lambda y: -jnp.log(bent(search(y)) / y) + 3.0)
        y = bent(jnp.array([0.5, 1.5]))
        for _ in range(2):
            x, shares = inverse_and_ildj(
                lambda x: 2.0 * jitted(x), y, reduce_ildj=False
            )(2.0 * y)
            np.testing.assert_allclose(x, [0.5, 1.5], rtol=1e-5)
            np.testing.assert_allclose(shares, 3.0 - np.log(2.0), rtol=1e-5)
        assert len(traced) <= 4


class TestByKnownSet:
    def test_either_argument_may_be_unknown(self):
        add = make_add()
        assert inverse(functools.partial(add, 1.0))(2.0) == 1.0
        assert inverse(lambda x: add(x, 1.0))(2.0) == 1.0
        assert inverse(add, argnums=0)(3.0, 1.0) == 2.0
        assert inverse(add, argnums=1)(1.0, 3.0) == 2.0

    def test_shares_go_through_the_rule(self):
        add = make_add()
        log_det = ildj(lambda x: jnp.exp(add(x, 1.0)))(5.0)
        np.testing.assert_allclose(log_det, -np.log(5.0), rtol=1e-6)

    def test_with_both_unknown_the_rule_declines(self):
        add = make_add()
        with pytest.raises(NonInvertibleError, match="both terms are unknown"):
            inverse(lambda pair: add(*pair), (1.0, 1.0))(2.0)

    def test_a_declined_rule_comes_back_when_more_is_known(self):
        add = make_add()
        asked = []
        rule = add._definition.inverse_and_ildj

        def counted(invals, out, share):
            asked.append(tuple(value is not None for value in invals))
            return rule(invals, out, share)

        add.def_inverse_and_ildj(counted)

        # The sum is known first; y only by way of the second sum.
        def flow(pair):
            x, y = pair
            first = add(x, y)
            return first, add(y, first)

        assert inverse(flow, (1.0, 1.0))(5.0, 8.0) == (2.0, 3.0)
        assert (False, False) in asked
        assert asked[-1] in {(False, True), (True, False)}

    def test_one_unknown_leaf_of_thirty_costs_one_trace(self):
        traces = []

        @custom_inverse
        def total(leaves):
            return sum(leaves)

        @total.def_inverse_and_ildj
        def total_inverse(invals, out, share):
            (leaves,) = invals
            traces.append(sum(leaf is None for leaf in leaves))
            missing = next(i for i, leaf in enumerate(leaves) if leaf is None)
            rest = sum(leaf for leaf in leaves if leaf is not None)
            return (
                ([*leaves[:missing], out - rest, *leaves[missing + 1 :]],),
                ([share if i == missing else None for i in range(len(leaves))],),
            )

        known = [float(i) for i in range(29)]

        def flow(known, x):
            return jnp.exp(total([*known, x]))

        y = flow(jnp.array(known), jnp.array(1.0))
        x, log_det = inverse_and_ildj(flow, argnums=1)(jnp.array(known) * 0, y)
        np.testing.assert_allclose(x, jnp.log(y), rtol=1e-5)
        np.testing.assert_allclose(log_det, -jnp.log(y), rtol=1e-5)
        assert traces == [1]

    def test_calls_that_are_alike_share_a_trace(self):
        traces = []
        add = make_add()
        rule = add._definition.inverse_and_ildj

        @add.def_inverse_and_ildj
        def counted(invals, out, share):
            traces.append(invals)
            return rule(invals, out, share)

        def flow(x):
            for _ in range(5):
                x = jnp.exp(add(x, 1.0))
                x = jnp.log(add(x, 2.0))
            return x

        np.testing.assert_allclose(inverse(flow)(flow(0.5)), 0.5, rtol=1e-3)
        assert len(traces) == 2

    def test_some_outputs_may_do(self):
        seen = []

        @custom_inverse
        def shift_and_square(x):
            return x + 1.0, x * x

        @shift_and_square.def_inverse_and_ildj
        def rule(invals, outs, shares):
            seen.append(tuple(out is not None for out in outs))
            if outs[0] is None:
                raise NonInvertibleError("the square has two roots")
            return (outs[0] - 1.0,), (shares[0],)

        def flow(x, z):
            shifted, squared = shift_and_square(x)
            return shifted, z * squared

        assert inverse(flow, 1.0, 1.0, argnums=(0, 1))(3.0, 12.0) == (2.0, 3.0)
        assert (True, False) in seen

    def test_none_leaves_an_argument_unknown(self):
        @custom_inverse
        def both(x, y):
            return x, x + y

        @both.def_inverse_and_ildj
        def rule(invals, outs, shares):
            return (outs[0], None), (shares[0], None)

        with pytest.raises(NonInvertibleError, match="both"):
            inverse(lambda pair: both(*pair), (1.0, 1.0))(1.0, 2.0)

    def test_keyword_arguments_are_seen_by_position(self):
        add = make_add()
        assert inverse(lambda x: add(y=x, x=1.0))(3.0) == 2.0

    def test_keyword_only_arguments_are_known(self):
        @custom_inverse
        def scale(x, *, by, mode="times"):
            return x * by

        @scale.def_inverse_and_ildj
        def rule(invals, out, share, by):
            return (out / by,), (share - jnp.log(by),)

        def check():
            for flow, args in [
                (scale, (6.0,)),
                (jax.vmap(scale), (jnp.array([6.0]),)),
                (lambda x, by: scale(x, by=by), (6.0,)),
            ]:
                by = jnp.ones_like(args[0]) * 3.0
                given = {"argnums": 0}
                x, log_det = inverse_and_ildj(flow, **given)(*args, by=by)
                np.testing.assert_allclose(x, args[0] / 3.0, rtol=1e-6)
                np.testing.assert_allclose(log_det, -np.log(3.0), rtol=1e-6)

        check()
        scale.def_inverse_unary(lambda y, by: y / by)
        check()
        scale.def_inverse_unary(lambda y, by: y / by, invhlo.from_forward)
        check()
        scale.def_inverse_unary(lambda y, **given: y / given["by"])
        check()
        # A unary function may be given the others by keyword, too.
        scale = custom_inverse(lambda x, by=1.0: x * by)
        scale.def_inverse_unary(lambda y, by: y / by)
        check()

    def test_keywords_that_a_rule_does_not_take(self):
        scale = custom_inverse(lambda x, *, by: x * by)
        for definition in (
            lambda: scale.def_inverse_unary(lambda y: y),
            lambda: scale.def_inverse_and_ildj(lambda _, y, share: ((y,), (share,))),
        ):
            definition()
            with pytest.raises(TypeError, match="array `by` by keyword"):
                inverse(scale)(6.0, by=jnp.float32(3.0))

    def test_an_unknown_keyword(self):
        scale = custom_inverse(lambda x, *, by: x * by)
        scale.def_inverse_and_ildj(lambda _, y, share, by: ((y / by,), (share,)))
        with pytest.raises(NonInvertibleError, match="by keyword is unknown"):
            inverse(lambda x: scale(x, by=x))(6.0)

    def test_a_rule_that_fails_declines_and_says_with_what(self):
        add = make_add()

        @add.def_inverse_and_ildj
        def rule(invals, out, share):
            x, y = invals
            return (out + -y, y), (share, None)

        said = r"(?s)inverse of `add` declines.*\(float32\[\], None\).*NoneType"
        with pytest.raises(NonInvertibleError, match=said):
            inverse(add, argnums=1)(1.0, 3.0)
        assert inverse(add, argnums=0)(3.0, 1.0) == 2.0

    def test_a_rule_that_fails_with_all_known_raises(self):
        add = make_add()
        add.def_inverse_unary(lambda y: y.nothing)
        with pytest.raises(AttributeError, match="nothing"):
            inverse(lambda x: add(x, 1.0))(3.0)

    def test_defaults_are_seen(self):
        @custom_inverse
        def scale(x, by=3.0):
            return x * by

        @scale.def_inverse_and_ildj
        def rule(invals, out, share):
            _, by = invals
            return (out / by, None), (share - jnp.log(by), None)

        x, log_det = inverse_and_ildj(scale)(6.0)
        assert x == 2.0
        np.testing.assert_allclose(log_det, -np.log(3.0), rtol=1e-6)

    def test_the_old_name_of_the_definition(self):
        assert custom_inverse.def_inverse_ildj is custom_inverse.def_inverse_and_ildj


class TestPlaces:
    """Where an annotated call may stand."""

    def test_under_vmap_the_rule_is_mapped(self):
        cube = make_cube()
        x = jnp.array([1.0, 2.0, 3.0])
        found, shares = inverse_and_ildj(jax.vmap(cube), reduce_ildj=False)(x**3)
        np.testing.assert_allclose(found, x, rtol=1e-5)
        np.testing.assert_allclose(shares, -jnp.log(3 * x**2), rtol=1e-5)

    def test_under_vmap_with_other_axes_and_known_arguments(self):
        add = make_add()

        def flow(x, y):
            return jax.vmap(add, in_axes=(1, None), out_axes=1)(x, y)

        x, y = jnp.arange(6.0).reshape(2, 3), jnp.ones(2)
        found = inverse(flow, argnums=0)(flow(x, y), y)
        np.testing.assert_array_equal(found, x)

    def test_under_vmap_the_log_det_of_the_jacobian_is_one_an_example(self):
        @custom_inverse
        def mix(x):
            return jnp.stack([x[0] + x[1], x[0] - x[1]])

        mix.def_inverse_unary(lambda y: jnp.stack([y[0] + y[1], y[0] - y[1]]) / 2)
        shares = ildj(jax.vmap(mix), reduce_ildj=False)(jnp.ones((4, 2)))
        np.testing.assert_allclose(shares.sum(1), -np.log(2.0) * np.ones(4), rtol=1e-5)

    @pytest.mark.parametrize("axis", [0, 1, 2])
    def test_under_vmap_shares_stay_in_their_example(self, axis):
        @custom_inverse
        def flatten(x):
            return jnp.arcsinh(x).reshape(4)

        flatten.def_inverse_unary(lambda y: jnp.sinh(y).reshape(2, 2))

        def bent(x):
            return jnp.exp(flatten(x))

        examples = jnp.arange(12.0).reshape(3, 2, 2) / 12
        x = jnp.moveaxis(examples, 0, axis)
        fun = jax.vmap(bent, in_axes=axis)
        shares = ildj(fun, x, reduce_ildj=False)(fun(x))
        found = jnp.sum(jnp.moveaxis(shares, axis, 0), axis=(1, 2))
        wanted = [dense_ildj(bent, example) for example in examples]
        np.testing.assert_allclose(found, wanted, rtol=1e-5)

    def test_under_vmap_the_axis_has_its_name(self):
        @custom_inverse
        def shift(x):
            return x + jax.lax.axis_index("batch")

        shift.def_inverse_unary(lambda y: y - jax.lax.axis_index("batch"))
        found = inverse(jax.vmap(shift, axis_name="batch"))(jnp.ones(3))
        np.testing.assert_array_equal(found, [1.0, 0.0, -1.0])

    def test_an_argument_that_is_not_mapped_cannot_be_found(self):
        add = make_add()

        def flow(x):
            return jax.vmap(add, in_axes=(None, 0))(x, jnp.arange(3.0))

        with pytest.raises(NonInvertibleError, match="not mapped by vmap"):
            inverse(flow, 1.0)(jnp.ones(3))

    def test_in_a_jitted_function_that_is_called_often(self):
        cube = make_cube()

        @jax.jit
        def layer(x):
            for _ in range(12):
                x = jnp.tanh(jnp.sinh(x))
            return cube(x)

        def flow(x):
            return layer(layer(layer(x)))

        with jax.enable_x64(True):
            x = jnp.float64(0.7)
            np.testing.assert_allclose(inverse(flow)(flow(x)), x, rtol=1e-9)

    def test_methods(self):
        class Scale:
            def __init__(self, by):
                self.by = by

            @custom_inverse
            def forward(self, x):
                return x * self.by

            forward.def_inverse_unary(
                lambda self, y: y / self.by, lambda self, y: -jnp.log(self.by) + 0 * y
            )

        layer = Scale(4.0)
        assert layer.forward(2.0) == 8.0
        assert list(inspect.signature(layer.forward).parameters) == ["x"]
        assert inverse(layer.forward)(8.0) == 2.0
        np.testing.assert_allclose(ildj(layer.forward)(8.0), -np.log(4.0), rtol=1e-6)

    def test_methods_of_objects_that_hold_traced_values(self):
        class Scale:
            def __init__(self, by):
                self.by = by

            @custom_inverse
            def forward(self, x, y):
                return x * self.by + y

            @forward.def_inverse_and_ildj
            def backward(self, invals, out, share):
                _, y = invals
                return ((out - y) / self.by, None), (share - jnp.log(self.by), None)

        def flow(by, x):
            return Scale(by).forward(x, 1.0)

        x, log_det = inverse_and_ildj(flow, argnums=1)(4.0, 9.0)
        assert x == 2.0
        np.testing.assert_allclose(log_det, -np.log(4.0), rtol=1e-6)

    def test_what_a_unary_rule_closes_over_may_be_traced(self):
        def flow(matrix, x):
            @custom_inverse
            def layer(x):
                return matrix @ x

            # Not used by the layer itself.
            undo = jnp.linalg.inv(matrix)
            layer.def_inverse_unary(lambda y: undo @ y)
            return jnp.exp(layer(x))

        matrix = jnp.array([[2.0, 1.0], [0.0, 3.0]])
        x = jnp.array([0.5, -0.5])
        found, log_det = inverse_and_ildj(flow, argnums=1)(matrix, flow(matrix, x))
        np.testing.assert_allclose(found, x, rtol=1e-5)
        want = dense_ildj(lambda x: flow(matrix, x), x)
        np.testing.assert_allclose(log_det, want, rtol=1e-4)

    def test_static_arguments_stay_static(self):
        @custom_inverse
        def repeat(x, times, *, mode):
            assert isinstance(times, int)
            assert mode == "exp"
            for _ in range(times):
                x = jnp.exp(x)
            return x

        def undo(y):
            return jnp.log(jnp.log(y))

        repeat.def_inverse_unary(undo)
        y = repeat(0.5, 2, mode="exp")
        found = inverse(lambda x: repeat(x, 2, mode="exp"))(y)
        np.testing.assert_allclose(found, 0.5, rtol=1e-5)

    def test_partial_functions(self):
        scale = custom_inverse(functools.partial(jnp.multiply, 3.0))
        scale.def_inverse_unary(lambda y: y / 3.0)
        assert scale.__name__ == "multiply"
        assert inverse(scale)(6.0) == 2.0

    def test_rules_may_use_inverse_and_ildj(self):
        cube = make_cube()

        @custom_inverse
        def outer(x):
            return jnp.exp(cube(x)) + 0 * x

        outer.def_inverse_unary(
            lambda y: inverse(lambda x: jnp.exp(cube(x)))(y),
            lambda y: ildj(lambda x: jnp.exp(cube(x)))(y),
        )
        x, log_det = inverse_and_ildj(outer)(jnp.exp(8.0))
        np.testing.assert_allclose(x, 2.0, rtol=1e-5)
        np.testing.assert_allclose(log_det, -8.0 - np.log(12.0), rtol=1e-5)

    def test_annotations_nest(self):
        cube = make_cube()

        @custom_inverse
        def outer(x):
            return 2.0 * cube(x)

        np.testing.assert_allclose(inverse(outer)(16.0), 2.0, rtol=1e-6)
        outer.def_inverse_unary(f_ildj=lambda y: jnp.zeros_like(y))
        np.testing.assert_allclose(inverse(outer)(16.0), 2.0, rtol=1e-6)
        assert ildj(outer)(16.0) == 0.0

    def test_the_inverse_of_the_inverse(self):
        cube = make_cube()
        again = inverse(inverse(lambda x: jnp.exp(cube(x))), 1.0)
        np.testing.assert_allclose(again(1.2), jnp.exp(1.2**3), rtol=1e-5)

    def test_other_platforms_are_asked_for_too(self):
        add = make_add()
        exported = jax.export.export(
            jax.jit(inverse(lambda x: add(x, 1.0))), platforms=("cpu", "cuda", "tpu")
        )(2.0)
        assert exported.call(2.0) == 1.0


class TestRedefinition:
    def test_takes_effect(self):
        add_one = make_add_one()
        assert inverse(add_one)(2.0) == 1.0
        add_one.def_inverse_unary(lambda y: y * 2)
        assert inverse(add_one)(2.0) == 4.0
        add_one.def_inverse_unary(lambda y: y * 3)
        assert inverse(add_one)(2.0) == 6.0

    def test_takes_effect_in_jitted_callers(self):
        add_one = make_add_one()
        add_one.def_inverse_unary(lambda y: y * 2)
        outer = jax.jit(lambda x: add_one(x))
        assert inverse(outer)(2.0) == 4.0
        add_one.def_inverse_unary(lambda y: y * 3)
        assert inverse(outer)(2.0) == 6.0

    def test_definitions_inside_the_function_are_traced_once(self):
        traces = []

        def flow(x):
            traces.append(x)

            @custom_inverse
            def layer(x):
                return x + 1.0

            layer.def_inverse_unary(lambda y: y - 1.0)
            return layer(x)

        undo = inverse(flow)
        assert undo(2.0) == 1.0
        count = len(traces)
        assert undo(3.0) == 2.0
        assert len(traces) == count
