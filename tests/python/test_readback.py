# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What StableHLO is read back as: the same operations, with the same results."""

import jax
import jax.extend
import jax.numpy as jnp
import numpy as np
import pytest
from jaxlib.mlir.dialects import chlo, stablehlo

import invhlo
from invhlo import _core
from invhlo._backend import answers, read_back
from invhlo._frontend.lowering import lower_jaxpr
from invhlo._jaxprs.hosted import Hosted
from programs import FAMILIES

# What JAX does not lower to, or has no function for. It stays as it is.
OPAQUE = {
    *("after_all", "async_done", "async_start", "create_token", "infeed", "outfeed"),
    *("recv", "send", "batch_norm_grad", "batch_norm_inference"),
    *("batch_norm_training", "collective_broadcast", "collective_reduce"),
    *("cross-replica-sum", "dynamic_broadcast_in_dim", "dynamic_conv"),
    *("dynamic_gather", "dynamic_iota"),
    *("dynamic_pad", "dynamic_reshape", "real_dynamic_slice", "get_dimension_size"),
    *("set_dimension_size", "einsum", "unary_einsum", "replica_id", "rng"),
    *("select_and_scatter", "torch_index_select", "uniform_dequantize"),
    *("uniform_quantize", "_asin_acos_kernel", "ragged_dot", "scan"),
}


def names_of(dialect):
    """The operations that jaxlib's bindings declare."""
    for item in vars(dialect).values():
        name = getattr(item, "OPERATION_NAME", None)
        if name and not name.startswith("chlo.broadcast_"):
            yield name


@pytest.mark.parametrize("dialect", [stablehlo, chlo], ids=["stablehlo", "chlo"])
def test_every_operation_has_an_answer(dialect):
    for name in names_of(dialect):
        if name != "stablehlo.return":
            assert answers(name) != (name.partition(".")[2] in OPAQUE), name


# Callbacks and foreign calls cannot run; random numbers of XLA's own differ each time.
SKIPPED = ("callback", "debug", "ffi", "rng_uniform", "dot-i4", "algorithm")
PROGRAMS = [
    program
    for family, programs in FAMILIES.items()
    if family not in ("exported", "sharded")
    for program in programs
    if not any(word in program.name for word in SKIPPED)
]


def draw(aval, random):
    """Random elements for an array of `aval`."""
    if jnp.issubdtype(aval.dtype, jnp.inexact):
        values = random.normal(size=aval.shape)
        if jnp.issubdtype(aval.dtype, jnp.complexfloating):
            values = values + 1j * random.normal(size=aval.shape)
    else:
        values = random.integers(0, 2 if aval.dtype == bool else 4, aval.shape)
    return jnp.asarray(values).astype(aval.dtype)


def data_of(array):
    """The array, or the data of random keys."""
    is_key = jnp.issubdtype(array.dtype, jax.dtypes.prng_key)
    return jax.random.key_data(array) if is_key else array


def struct_of(aval):
    """An array of `aval`; of random keys, their data."""
    return jax.eval_shape(data_of, jax.ShapeDtypeStruct(aval.shape, aval.dtype))


def hosted_module(jaxpr, hosted):
    """The program as the compiler leaves one to be read back."""
    text = lower_jaxpr(jaxpr, "cpu", hosted)
    passes = (
        "invhlo-raise-custom-calls,invhlo-host-primitives,cse,invhlo-host-splits,"
        "invhlo-lower-to-custom-calls,invhlo-number-kinds"
    )
    result = _core.run_pipeline(text, passes, None)
    assert result.succeeded, result.diagnostics
    return result.module


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_types_round_trip(program):
    with jax.enable_x64(program.x64):
        jaxpr = program.trace().jaxpr
        hosted = Hosted()
        module = hosted_module(jaxpr, hosted)
        given = [struct_of(aval) for aval in jaxpr.in_avals]
        got = jax.eval_shape(lambda *given: read_back(module, hosted, *given), *given)
        want = [struct_of(aval) for aval in jaxpr.out_avals]
        assert [(x.shape, x.dtype) for x in got] == [(x.shape, x.dtype) for x in want]


def test_modules_have_the_types_that_they_say():
    text = """
      func.func @main(%x: tensor<3xf64>) -> tensor<3xf64> {
        %y = stablehlo.exponential %x : tensor<3xf64>
        return %y : tensor<3xf64>
      }"""
    lowered = invhlo.invert_lowered(text)
    assert "stablehlo.log %arg0 : tensor<3xf64>" in lowered.as_text()


@pytest.mark.parametrize(
    "program",
    [p for p in PROGRAMS if p in (*FAMILIES["lax_ops"], *FAMILIES["control"])],
    ids=lambda program: program.name,
)
def test_values_round_trip(program):
    with jax.enable_x64(program.x64):
        jaxpr = program.trace().jaxpr
        hosted = Hosted()
        module = hosted_module(jaxpr, hosted)
        random = np.random.default_rng(0)
        given = [draw(aval, random) for aval in jaxpr.in_avals]

        @jax.jit
        def both(*given):
            want = jax.extend.core.jaxpr_as_fun(jaxpr)(*given)
            return read_back(module, hosted, *given), want

        for got, want in zip(*both(*given), strict=True):
            np.testing.assert_array_equal(got, want)


def read(module, *operands):
    """What `@main` of a module with this body returns."""
    return jax.jit(lambda *arrays: read_back(module.encode(), Hosted(), *arrays))(
        *operands
    )


def test_alike_operations_keep_their_own_operands():
    # One rule answers for all of a kind: a square is none of a product, and what is
    # known is not what is read.
    module = """
      func.func @main(%a: tensor<f32>, %b: tensor<f32>) ->
          (tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>) {
        %two = stablehlo.constant dense<2.0> : tensor<f32>
        %three = stablehlo.constant dense<3.0> : tensor<f32>
        %0 = stablehlo.multiply %a, %a {invhlo.kind = 0} : tensor<f32>
        %1 = stablehlo.multiply %a, %b {invhlo.kind = 0} : tensor<f32>
        %2 = stablehlo.multiply %b, %b {invhlo.kind = 0} : tensor<f32>
        %3 = stablehlo.multiply %a, %two {invhlo.kind = 0} : tensor<f32>
        %4 = stablehlo.multiply %b, %three {invhlo.kind = 0} : tensor<f32>
        return %0, %1, %2, %3, %4
          : tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>
      }
    """
    assert [float(x) for x in read(module, 5.0, 7.0)] == [25, 35, 49, 10, 21]


def test_alike_operations_in_a_region_keep_what_they_capture():
    module = """
      func.func @main(%p: tensor<i1>, %a: tensor<f32>, %b: tensor<f32>)
          -> tensor<f32> {
        %0 = "stablehlo.if"(%p) ({
          %1 = stablehlo.exponential %a {invhlo.kind = 0} : tensor<f32>
          %2 = stablehlo.exponential %b {invhlo.kind = 0} : tensor<f32>
          %3 = stablehlo.divide %1, %2 : tensor<f32>
          stablehlo.return %3 : tensor<f32>
        }, {
          stablehlo.return %a : tensor<f32>
        }) : (tensor<i1>) -> tensor<f32>
        return %0 : tensor<f32>
      }
    """
    (result,) = read(module, True, 3.0, 1.0)
    np.testing.assert_allclose(result, np.exp(2.0), rtol=1e-6)


def test_alike_operations_keep_their_own_source_lines():
    def line(number):
        return f'loc("somewhere.py":{number}:1)'

    module = f"""
      func.func @main(%a: tensor<f32>) -> tensor<f32> {{
        %0 = stablehlo.tanh %a {{invhlo.kind = 0}} : tensor<f32> {line(1)}
        %1 = stablehlo.tanh %0 {{invhlo.kind = 0}} : tensor<f32> {line(2)}
        %2 = stablehlo.tanh %1 {{invhlo.kind = 0}} : tensor<f32> {line(2)}
        return %2 : tensor<f32>
      }}
    """
    text = (
        jax.jit(lambda a: read_back(module.encode(), Hosted(), a))
        .lower(1.0)
        .as_text(debug_info=True)
    )
    assert text.count('"somewhere.py":1:') == 1
    assert text.count('"somewhere.py":2:') == 1  # two operations, one place
    assert text.count("stablehlo.tanh") == 3


def test_an_operation_that_stays_opaque_may_call_the_host():
    # A mesh that nobody has given is one of the module alone.
    module = """
      sdy.mesh @mesh = <["x"=2]>
      func.func @main(%a: tensor<3x3xf32>, %b: tensor<3x2xf32>) -> tensor<3x1xf32> {
        %0 = sdy.manual_computation(%a, %b)
            in_shardings=[<@mesh, [{}, {}]>, <@mesh, [{}, {}]>]
            out_shardings=[<@mesh, [{}, {}]>] manual_axes={"x"}
            (%c: tensor<3x3xf32>, %d: tensor<3x2xf32>) {
          %1 = stablehlo.custom_call @invhlo.solve(%c, %d)
            : (tensor<3x3xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
          %2:2 = stablehlo.custom_call @invhlo.split(%1) {invhlo.dim = 1 : i64}
            : (tensor<3x2xf32>) -> (tensor<3x1xf32>, tensor<3x1xf32>)
          sdy.return %2#1 : tensor<3x1xf32>
        } : (tensor<3x3xf32>, tensor<3x2xf32>) -> tensor<3x1xf32>
        return %0 : tensor<3x1xf32>
      }
    """
    random = np.random.default_rng(0)
    a = random.normal(size=(3, 3)).astype(np.float32)
    b = random.normal(size=(3, 2)).astype(np.float32)
    mesh = jax.make_mesh((2,), ("x",), axis_types=(jax.sharding.AxisType.Auto,))
    everywhere = jax.sharding.NamedSharding(mesh, jax.sharding.PartitionSpec())
    (result,) = read(module, *jax.device_put((a, b), everywhere))
    np.testing.assert_allclose(result, np.linalg.solve(a, b)[:, 1:], rtol=1e-4)


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_what_jax_folds_of_a_literal_is_its_own(dtype):
    """Of a literal scalar JAX computes a conversion, which is no equation."""
    masked, kept = np.zeros((2,), dtype)

    def f(x):
        return masked * x + (1 - kept) * (x * 0.5 + jnp.sin((masked * x).sum()))

    x = jnp.asarray(-0.75, dtype)
    np.testing.assert_array_equal(invhlo.inverse(f, x)(f(x)), x)
