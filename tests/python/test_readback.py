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
from invhlo._hosted import Hosted
from invhlo._lowering import lower_jaxpr
from invhlo._readback import answers, read_back
from programs import FAMILIES

# What JAX does not lower to, or has no function for. It stays as it is.
OPAQUE = {
    *("after_all", "async_done", "async_start", "create_token", "infeed", "outfeed"),
    *("recv", "send", "batch_norm_grad", "batch_norm_inference"),
    *("batch_norm_training", "collective_broadcast", "cross-replica-sum"),
    *("dynamic_broadcast_in_dim", "dynamic_conv", "dynamic_gather", "dynamic_iota"),
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


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_types_round_trip(program):
    with jax.enable_x64(program.x64):
        jaxpr = program.trace().jaxpr
        hosted = Hosted()
        text = lower_jaxpr(jaxpr, "cpu", hosted)
        given = [struct_of(aval) for aval in jaxpr.in_avals]
        got = jax.eval_shape(lambda *given: read_back(text, hosted, *given), *given)
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
        text = lower_jaxpr(jaxpr, "cpu", hosted)
        random = np.random.default_rng(0)
        given = [draw(aval, random) for aval in jaxpr.in_avals]

        @jax.jit
        def both(*given):
            want = jax.extend.core.jaxpr_as_fun(jaxpr)(*given)
            return read_back(text, hosted, *given), want

        for got, want in zip(*both(*given), strict=True):
            np.testing.assert_array_equal(got, want)
