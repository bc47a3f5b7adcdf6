# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`custom_inverse`: what it leaves alone, and what it is told wrong."""

import inspect

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import invhlo
import invhlo_opt
from custom import make_add, make_add_one, make_cube
from invhlo import NonInvertibleError, custom_inverse, ildj, inverse, inverse_and_ildj
from invhlo._jaxcompat import ir, make_ir_context
from run_stablehlo import run_stablehlo


class TestTransparency:
    """Where it is not inverted, the function is as it was."""

    def test_keeps_what_describes_it(self):
        cube = make_cube()
        assert cube.__name__ == "cube"
        assert cube.__doc__ == "The third power."
        assert list(inspect.signature(cube).parameters) == ["x"]
        assert cube.__wrapped__(2.0) == 8.0

    @pytest.mark.parametrize(
        "transform",
        [
            lambda f: f,
            jax.jit,
            jax.grad,
            jax.vmap,
            lambda f: lambda x: jax.jvp(f, (x,), (x,)),
            lambda f: lambda x: jax.lax.scan(lambda c, _: (f(c), f(c)), x, length=3),
            lambda f: jax.checkpoint(f),
        ],
        ids=["call", "jit", "grad", "vmap", "jvp", "scan", "checkpoint"],
    )
    def test_lowers_to_the_same_text(self, transform):
        cube = make_cube()
        shape = (3,) if transform is jax.vmap else ()
        x = jax.ShapeDtypeStruct(shape, jnp.float32)

        def text(f):
            def program(x):
                return transform(f)(x)

            return jax.jit(program).lower(x).as_text()

        assert text(cube) == text(cube.__wrapped__)

    def test_leaves_no_trace_in_an_export(self):
        cube = make_cube()
        inverse(cube)(8.0)  # also after it was inverted
        exported = jax.export.export(jax.jit(cube))(jnp.ones(3))
        with make_ir_context():  # what is printed without it has no source locations
            program = str(ir.Module.parse(exported.mlir_module()))
        assert "stablehlo.multiply" in program
        assert "invhlo" not in program
        assert "cube" not in str(jax.make_jaxpr(cube)(1.0))

    def test_nothing_traced_is_kept(self):
        add = make_add()
        with jax.checking_leaks():
            assert inverse(lambda w, x: add(x * w, w), argnums=1)(2.0, 4.0) == 1.0

    def test_leaves_no_trace_in_the_inverse(self):
        text = invhlo.invert_lowered(make_cube(), 1.0).as_text()
        assert "invhlo.rules" not in text
        assert "custom_call" not in text

    def test_jitted_callers_are_traced_apart(self):
        cube = make_cube()
        jitted = jax.jit(lambda x: 2 * cube(x))
        assert jitted(2.0) == 16.0
        np.testing.assert_allclose(inverse(jitted)(16.0), 2.0, rtol=1e-6)
        assert "invhlo" not in jitted.lower(2.0).as_text()

    def test_is_differentiated_inside_an_inverted_function(self):
        cube = make_cube()

        def flow(w, x):
            return x * jax.grad(cube)(w) + jax.jvp(cube, (w,), (1.0,))[1]

        assert inverse(flow, argnums=1)(2.0, 12.0 * 5.0 + 12.0) == 5.0

    def test_value_and_grad_of_an_unknown_is_inverted_by_its_rule(self):
        cube = make_cube()

        def flow(x):
            value, _ = jax.value_and_grad(cube)(x)
            return value

        np.testing.assert_allclose(inverse(flow)(8.0), 2.0, rtol=1e-6)

    def test_with_integers_it_is_differentiated_too(self):
        @custom_inverse
        def scale(x, n):
            return x * n, n

        scale.def_inverse_and_ildj(lambda *_: None)

        def flow(w, x):
            _, pull = jax.vjp(lambda w: scale(w, jnp.int32(3))[0], w)
            return x * pull(1.0)[0]

        assert inverse(flow, argnums=1)(2.0, 6.0) == 2.0


class TestWrongRules:
    def test_wrong_shape(self):
        @custom_inverse
        def wrong(x):
            return x

        wrong.def_inverse_unary(lambda y: {"a": y["a"][:2], "b": y["b"]})
        x = {"a": jnp.ones(3), "b": jnp.ones(1)}
        said = r"`wrong` returned shape \(2,\) .* argument `0`\['a'\].* shape \(3,\)"
        with pytest.raises(TypeError, match=said):
            inverse(wrong)(x)

    def test_wrong_dtype(self):
        add_one = make_add_one()
        add_one.def_inverse_unary(lambda y: y.astype(jnp.int32))
        with pytest.raises(TypeError, match="`add_one` returned .*int32.*float32"):
            inverse(add_one)(jnp.ones(3))

    def test_wrong_tree(self):
        add_one = make_add_one()
        add_one.def_inverse_unary(lambda y: (y, y))
        with pytest.raises(TypeError, match="`add_one` returned the structure"):
            inverse(add_one)(jnp.ones(3))

    def test_wrong_tree_of_several(self):
        add = make_add()
        add.def_inverse_and_ildj(lambda _, out, share: (out, share))
        said = r"returned the structure .* return \(a, b\), with None for what it"
        with pytest.raises(TypeError, match=said):
            inverse(lambda x: add(x, 1.0))(3.0)

    def test_wrong_share(self):
        add_one = make_add_one()
        add_one.def_inverse_unary(lambda y: y - 1.0, lambda y: jnp.zeros((2, 2)))
        with pytest.raises(TypeError, match=r"shape \(2, 2\).*share has shape \(3,\)"):
            inverse(add_one)(jnp.ones(3))

    @pytest.mark.parametrize("unary", [True, False])
    def test_a_scalar_share_of_several_elements_is_ambiguous(self, unary):
        add_one = make_add_one()
        if unary:
            add_one.def_inverse_unary(lambda y: y - 1.0, lambda y: 0.0)
        else:
            add_one.def_inverse_and_ildj(lambda _, y, share: ((y - 1.0,), (0.0,)))
        with pytest.raises(TypeError, match="jnp.full.*spread_log_det"):
            inverse(add_one)(jnp.ones(3))

    def test_spread_log_det_is_the_total(self):
        @custom_inverse
        def linear(x):
            return jnp.diag(jnp.arange(1.0, 6.0)) @ x

        linear.def_inverse_unary(
            lambda y: y / jnp.arange(1.0, 6.0),
            lambda y: invhlo.spread_log_det(-jnp.log(120.0), y),
        )
        np.testing.assert_allclose(ildj(linear)(jnp.ones(5)), -np.log(120.0), rtol=1e-6)

    def test_no_pair(self):
        add = make_add()
        add.def_inverse_and_ildj(lambda invals, out, share: out)
        with pytest.raises(TypeError, match=r"`add` returned .* not the pair"):
            inverse(add, argnums=0)(1.0, 2.0)

    def test_wrong_tree_of_arguments(self):
        add = make_add()
        add.def_inverse_and_ildj(lambda invals, out, share: ((out,), (share,)))
        with pytest.raises(TypeError, match="`add` returned the structure"):
            inverse(add, argnums=0)(1.0, 2.0)

    def test_a_missing_log_det_matters_when_it_is_asked_for(self):
        add_one = make_add_one()
        add_one.def_inverse_and_ildj(lambda _, y, share: ((y - 1.0,), None))
        assert inverse(add_one)(2.0) == 1.0
        with pytest.raises(NonInvertibleError, match="gives no log-det"):
            ildj(add_one)(2.0)

    def test_a_unary_inverse_of_two_arguments(self):
        @custom_inverse
        def add(x, y):
            return x + y

        add.def_inverse_unary(lambda out: out)
        x = jnp.ones(3)
        with pytest.raises(TypeError, match=r"2 arguments .*def_inverse_and_ildj"):
            inverse(lambda x, y: add(x, y), argnums=0)(x, x)
        # Forward, there is nothing wrong with it.
        assert inverse(lambda y, x: x + add(y, y), argnums=1)(1.0, 5.0) == 3.0

    def test_errors_of_the_rule_itself_come_through(self):
        add = make_add()

        def broken(invals, out, share):
            raise KeyError("lost")

        add.def_inverse_and_ildj(broken)
        with pytest.raises(KeyError, match="lost"):
            inverse(add, argnums=0)(1.0, 2.0)

    def test_a_general_rule_that_closes_over_what_the_function_does_not_use(self):
        def flow(w, x):
            @custom_inverse
            def layer(x):
                return x + 1.0

            layer.def_inverse_and_ildj(lambda _, y, s: ((y - 1.0 + 0 * w,), (s,)))
            return layer(x)

        with pytest.raises(TypeError, match="pass it as an argument"):
            inverse(flow, argnums=1)(1.0, 2.0)

    def test_only_functions_are_decorated(self):
        with pytest.raises(TypeError, match="takes a function"):
            custom_inverse(3)


class TestWithoutPython:
    """What is saved is inverted by the tool as by the package."""

    def test_a_saved_module_gives_the_same_inverse(self):
        cube = make_cube()

        def flow(x):
            return jnp.exp(cube(2.0 * x))

        text = invhlo.lower_annotated(flow, jnp.ones(3))
        inverted = invhlo_opt.run(text, "--invhlo-pipeline=log-det=total")
        assert inverted.returncode == 0, inverted.stderr
        y = jnp.array([1.5, 2.0, 3.0])
        x, log_det = run_stablehlo(inverted.stdout, y)
        want_x, want_log_det = inverse_and_ildj(flow)(y)
        np.testing.assert_array_equal(x, want_x)
        np.testing.assert_array_equal(log_det, want_log_det)

    def test_rules_by_known_set_stay_in_python(self):
        add = make_add()
        text = invhlo.lower_annotated(lambda x: add(x, 1.0), 1.0)
        assert "invhlo.rules = [{host = 0 : i64}]" in text
