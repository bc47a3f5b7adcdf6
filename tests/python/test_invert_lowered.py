# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The inverse as a lowered program, from functions, lowered functions and text."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import invhlo

STRUCT = jax.ShapeDtypeStruct((3,), jnp.float32)
X = jnp.array([0.5, 1.0, 2.0])


def scale(params, unused, x):
    return {"y": jnp.exp(x["x"] * params)}


ARGS = (STRUCT, 1.0, {"x": STRUCT})


def test_from_a_function():
    lowered = invhlo.invert_lowered(scale, *ARGS, argnums=2)
    compiled = lowered.compile()
    got = compiled(jnp.ones(3), 1.0, {"y": jnp.exp(X)})
    np.testing.assert_allclose(got["x"], X, rtol=1e-6)


def test_what_it_says_of_itself():
    lowered = invhlo.invert_lowered(scale, *ARGS, argnums=2)
    aval = jax.core.ShapedArray((3,), jnp.float32)
    scalar = jax.core.ShapedArray((), jnp.float32, weak_type=True)
    assert lowered.in_avals == ((aval, scalar, {"y": aval}), {})
    assert lowered.out_avals == {"x": aval}
    assert lowered.in_tree == jax.tree.structure(((0, 0, {"y": 0}), {}))
    assert lowered.out_tree == jax.tree.structure({"x": 0})
    assert jax.tree.structure(lowered.args_info) == lowered.in_tree
    assert lowered.out_info["x"].shape == (3,)
    assert isinstance(lowered.lowered, jax.stages.Lowered)
    assert "flops" in lowered.cost_analysis()


def test_text_is_plain_stablehlo():
    lowered = invhlo.invert_lowered(scale, *ARGS, argnums=2)
    text = lowered.as_text()
    assert "func.func public @main" in text
    assert "stablehlo.log" in text
    assert "invhlo" not in text
    assert "HloModule" in lowered.as_text("hlo")
    assert str(lowered.compiler_ir()).strip() == text.strip()


@invhlo.custom_inverse
def shifted(carry, x):
    return x + running(carry)


@shifted.def_inverse_and_ildj
def shifted_inverse(invals, y, share):
    carry, x = invals
    if x is not None or carry is None:
        raise invhlo.NonInvertibleError("only x can be found")
    return (carry, y - running(carry)), (None, share)


def running(carry):
    """Something that StableHLO does not tell: a scan."""
    return jax.lax.scan(lambda total, x: (0.5 * total + x, total), 0.0, carry)[1]


def test_what_only_jax_knows_is_lowered_whole():
    # Primitives in a conditioner and in a rule, and a support call.
    matrix = jnp.array([[2.0, 1.0, 0.0], [0.0, 3.0, 1.0], [1.0, 0.0, 1.0]])

    def flow(k, x):
        return matrix @ (jnp.exp(shifted(k, x)) * (2 + jnp.sin(running(k))))

    k, y = jnp.array([0.5, -1.0, 2.0]), flow(jnp.array([0.5, -1.0, 2.0]), X)
    lowered = invhlo.invert_lowered(flow, k, X, argnums=1, with_ildj=True)
    text = lowered.as_text()
    assert "stablehlo.while" in text
    assert "invhlo." not in text
    x, ildj = lowered.compile()(k, y)
    np.testing.assert_allclose(x, X, rtol=1e-5)
    jacobian = jax.jacfwd(lambda y: invhlo.inverse(flow, k, X, argnums=1)(k, y))(y)
    np.testing.assert_allclose(ildj, jnp.linalg.slogdet(jacobian)[1], rtol=1e-5)


def test_a_program_for_several_devices_has_them():
    mesh = jax.make_mesh((8,), ("x",), axis_types=(jax.sharding.AxisType.Auto,))
    spec = jax.sharding.PartitionSpec("x")
    flow = jax.shard_map(jnp.sinh, mesh=mesh, in_specs=spec, out_specs=spec)
    x = jnp.linspace(-1, 1, 16)
    lowered = invhlo.invert_lowered(flow, x)
    assert "num_partitions = 8" in lowered.as_text()
    sharded = jax.device_put(flow(x), jax.sharding.NamedSharding(mesh, spec))
    np.testing.assert_allclose(lowered.compile()(sharded), x, rtol=1e-5, atol=1e-6)


def test_operations_know_the_line_they_come_from():
    lowered = invhlo.invert_lowered(scale, *ARGS, argnums=2)
    assert __file__ in lowered.as_text(debug_info=True)


def test_arguments_may_be_arrays():
    lowered = invhlo.invert_lowered(lambda x: x + 1.0, X)
    np.testing.assert_allclose(lowered.compile()(X), X - 1.0)


def test_several_arguments_and_outputs():
    lowered = invhlo.invert_lowered(lambda a, b: (a + b, b * 2.0), STRUCT, STRUCT)
    a, b = lowered.compile()(X, X)
    np.testing.assert_allclose(a, X / 2)
    np.testing.assert_allclose(b, X / 2)


def test_large_closures():
    weights = jnp.linspace(1.0, 2.0, 5000)
    lowered = invhlo.invert_lowered(lambda x: x * weights, weights)
    np.testing.assert_allclose(lowered.compile()(weights), jnp.ones(5000), rtol=1e-6)


@pytest.mark.parametrize("keep_unused", [False, True])
def test_from_lowered(keep_unused):
    given = jax.jit(scale, keep_unused=keep_unused).lower(*ARGS)
    lowered = invhlo.invert_lowered(given, argnums=2)
    assert lowered.in_tree == jax.tree.structure(((0, 0, {"y": 0}), {}))
    got = lowered.compile()(jnp.ones(3), 1.0, {"y": jnp.exp(X)})
    np.testing.assert_allclose(got["x"], X, rtol=1e-6)


def test_from_lowered_with_keyword_arguments():
    given = jax.jit(lambda x, *, k: x * k).lower(STRUCT, k=2.0)
    lowered = invhlo.invert_lowered(given)
    np.testing.assert_allclose(lowered.compile()(X, k=2.0), X / 2)


def test_from_lowered_with_donated_arguments():
    given = jax.jit(lambda x: x * 2.0, donate_argnums=0).lower(STRUCT)
    np.testing.assert_allclose(invhlo.invert_lowered(given).compile()(X), X / 2)


def test_an_unused_argument_cannot_be_recovered():
    given = jax.jit(scale).lower(*ARGS)
    with pytest.raises(invhlo.NonInvertibleError):
        invhlo.invert_lowered(given, argnums=1)
    with pytest.raises(invhlo.NonInvertibleError):
        invhlo.invert_lowered(scale, *ARGS, argnums=1)


TEXT = """
func.func public @main(%k: tensor<3xf32>, %x: tensor<3xf32>)
    -> (tensor<3xf32>, tensor<3xf32>) {
  %y = stablehlo.add %x, %k : tensor<3xf32>
  %z = stablehlo.multiply %k, %k : tensor<3xf32>
  return %y, %z : tensor<3xf32>, tensor<3xf32>
}
"""


def test_from_text():
    lowered = invhlo.invert_lowered(TEXT, argnums=1)
    np.testing.assert_allclose(lowered.compile()(X, (X, X)), jnp.zeros(3))


@pytest.mark.parametrize("generic", [False, True])
@pytest.mark.parametrize("debug_info", [False, True])
def test_from_text_that_jax_wrote(generic, debug_info):
    module = jax.jit(lambda x: jnp.exp(x) * 2.0).lower(STRUCT).compiler_ir()
    text = module.operation.get_asm(
        print_generic_op_form=generic, enable_debug_info=debug_info
    )
    lowered = invhlo.invert_lowered(text)
    np.testing.assert_allclose(lowered.compile()(2.0 * jnp.exp(X)), X, rtol=1e-6)


def test_from_its_own_text():
    lowered = invhlo.invert_lowered(lambda x: jnp.exp(x) * 2.0, STRUCT)
    back = invhlo.invert_lowered(lowered.as_text())
    np.testing.assert_allclose(back.compile()(X), 2.0 * jnp.exp(X), rtol=1e-6)


def refuses(kind, match, *args, **kwargs):
    with pytest.raises(kind, match=match) as caught:
        invhlo.invert_lowered(*args, **kwargs)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("nonsense", "not a StableHLO module: .* at line 1, column 1"),
        ("module {", "not a StableHLO module"),
        ("layers/one.mlir", "it is the name of a file and not what it holds"),
        (
            "HloModule jit_f\n\nENTRY main { }\n",
            "it is HLO, which XLA makes of StableHLO",
        ),
        ("", "no function `@main`"),
        ("module {}", "no function `@main`"),
        ("func.func private @main(tensor<f32>) -> tensor<f32>", "no function `@main`"),
        (TEXT.replace("add", "subtly"), "not a StableHLO module"),
        (TEXT.replace("%y, %z :", "%y :"), "not a StableHLO module"),
        (TEXT.replace("%x: tensor<3xf32>", "%x: tensor<4xf32>"), "not a StableHLO"),
        (TEXT.replace("%x: tensor<3xf32>", "%x: tensor<3xi32>"), "not a StableHLO"),
        (TEXT.replace("tensor<3xf32>", "tensor<?xf32>"), "argument 0 .* dynamic shape"),
        (TEXT.replace("tensor<3xf32>", "tensor<*xf32>"), "ranked tensor"),
        (TEXT.replace("@main", "@other"), "no function `@main`"),
        (b"ML\xefR\x00", "not a StableHLO module"),
    ],
)
def test_text_that_is_no_function(text, match):
    message = refuses(ValueError, match, text)
    assert "\n" not in message


def test_module_with_side_effects():
    def prints(x):
        jax.debug.print("{}", x)
        return x + 1.0

    refuses(ValueError, "side effects .*callback", jax.jit(prints).lower(STRUCT))


def test_example_arguments_where_due():
    refuses(TypeError, "needs example arguments, such as", lambda x: x)
    refuses(TypeError, "Python functions only", TEXT, X)
    refuses(TypeError, "is not a function", 3)


def test_wrong_argnums():
    refuses(ValueError, "argument 2", TEXT, argnums=2)


def test_wrong_call():
    compiled = invhlo.invert_lowered(lambda x: x + 1.0, STRUCT).compile()
    with pytest.raises(TypeError):
        compiled(jnp.ones(4))


def power(x, mode, k):
    return jnp.exp(x) * k if mode == "exp" else 2 * x * k


@pytest.mark.parametrize("static", [{"static_argnums": 1}, {"static_argnames": "mode"}])
def test_static_arguments_are_with_the_examples(static):
    for mode, want in (("exp", jnp.log(X)), ("double", X / 2)):
        given = (power, STRUCT, mode, STRUCT)
        lowered = invhlo.invert_lowered(*given, argnums=0, **static)
        assert len(lowered.in_avals[0]) == 2
        got = lowered.compile()(2 * X, jnp.full(3, 2.0))
        np.testing.assert_allclose(got, want, rtol=1e-6, atol=1e-7)
    lowered = invhlo.invert_lowered(*given, argnums=2, **static)
    np.testing.assert_allclose(lowered.compile()(X, 4 * X), jnp.full(3, 2.0))
    with pytest.raises(TypeError, match="static"):
        invhlo.invert_lowered(jax.jit(jnp.sinh).lower(X), **static)


def test_shares_of_the_log_det():
    lowered = invhlo.invert_lowered(
        scale, *ARGS, argnums=2, with_ildj=True, reduce_ildj=False
    )
    assert lowered.out_avals[1]["x"].shape == (3,)
    _, shares = lowered.compile()(jnp.full(3, 2.0), 1.0, {"y": jnp.exp(X)})
    np.testing.assert_allclose(shares["x"], -X - np.log(2), rtol=1e-5, atol=1e-6)


def test_log_dets_of_examples_in_a_batch_of_any_size():
    (size,) = jax.export.symbolic_shape("b")
    spec = jax.ShapeDtypeStruct((size, 3), jnp.float32)
    exported = invhlo.export(
        *(power, spec, "exp", spec),
        argnums=0,
        static_argnames="mode",
        with_ildj=True,
        reduce_ildj=False,
        vjp_order=1,
    )
    inverse = jax.export.deserialize(exported.serialize())
    for count in (1, 4):
        y = jnp.arange(3.0 * count).reshape(count, 3) + 1
        x, shares = inverse.call(y, jnp.ones_like(y))
        np.testing.assert_allclose(x, jnp.log(y), rtol=1e-6)
        np.testing.assert_allclose(shares.sum(1), -jnp.log(y).sum(1), rtol=1e-6)
        grad = jax.grad(lambda y: inverse.call(y, jnp.ones_like(y))[1].sum())(y)
        np.testing.assert_allclose(grad, -1 / y, rtol=1e-6)
