# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Meshes and shardings come back from the IR as they were lowered."""

import jax
import jax.numpy as jnp
import pytest
from jax import lax
from jax.sharding import AxisType, NamedSharding
from jax.sharding import PartitionSpec as P
from jaxlib.mlir import ir
from jaxlib.mlir.dialects import sdy

from invhlo._shardings import find_mesh, meshes_of, partition_spec

GRID = jax.make_mesh((2, 4), ("x", "y"), axis_types=(AxisType.Auto,) * 2)
LINE = jax.make_mesh((8,), ("i",), axis_types=(AxisType.Auto,))


def ops_of(fun, *args):
    """The ops in the lowered `fun`, by name."""
    module = jax.jit(fun).lower(*args).compiler_ir()
    found = {}

    def visit(op):
        found.setdefault(op.name, []).append(op.opview)
        return ir.WalkResult.ADVANCE

    module.operation.walk(visit)
    return found


def constrain(x, spec, mesh=GRID):
    return lax.with_sharding_constraint(x, NamedSharding(mesh, spec))


@pytest.mark.parametrize(
    "spec",
    [
        P("x", "y"),
        P(None, "y"),
        P(("x", "y"), None),
        P(("y", "x"), P.UNCONSTRAINED),
        P(None, None),
    ],
)
def test_specs_of_constraints(spec):
    ops = ops_of(lambda x: constrain(x, spec), jnp.ones((8, 8)))
    (constraint,) = ops["sdy.sharding_constraint"]
    sharding = sdy.TensorShardingAttr(constraint.sharding)
    assert partition_spec(sharding) == spec


@pytest.mark.parametrize("axes", [{"x", "y"}, {"x"}])
def test_specs_of_manual_computations(axes):
    specs = P("x", None), P(None, "x")
    fun = jax.shard_map(
        lambda x: x.T, mesh=GRID, in_specs=specs[0], out_specs=specs[1], axis_names=axes
    )
    (computation,) = ops_of(fun, jnp.ones((8, 8)))["sdy.manual_computation"]
    for attribute, spec in zip(
        (computation.in_shardings, computation.out_shardings), specs, strict=True
    ):
        (sharding,) = sdy.TensorShardingPerValueAttr(attribute).shardings
        sharding = sdy.TensorShardingAttr(sharding)
        assert partition_spec(sharding, open_dimension=None) == spec


def two_meshes(x):
    @jax.jit
    def inner(x):
        return jax.shard_map(jnp.sin, mesh=LINE, in_specs=P("i"), out_specs=P("i"))(x)

    return constrain(inner(constrain(x, P("x"))), P(None, "y"))


def test_meshes_of_a_function():
    closed = jax.make_jaxpr(two_meshes)(jnp.ones((8, 8)))
    assert meshes_of(closed.jaxpr) == (GRID, LINE)
    jitted = jax.jit(jnp.sin, out_shardings=NamedSharding(LINE, P("i")))
    assert meshes_of(jax.make_jaxpr(jitted)(jnp.ones(8)).jaxpr) == (LINE,)
    assert meshes_of(jax.make_jaxpr(jnp.sin)(1.0).jaxpr) == ()


def test_meshes_are_found():
    wanted = {'#sdy.mesh<["x"=2, "y"=4]>': GRID, '#sdy.mesh<["i"=8]>': LINE}
    ops = ops_of(two_meshes, jnp.ones((8, 8)))["sdy.mesh"]
    attributes = [sdy.MeshAttr(op.mesh) for op in ops]
    assert {str(attribute) for attribute in attributes} == wanted.keys()
    for attribute in attributes:
        mesh = wanted[str(attribute)]
        assert find_mesh(attribute, (GRID, LINE)) is mesh
        with pytest.raises(ValueError, match="no mesh of the function is"):
            find_mesh(attribute, [other for other in (GRID, LINE) if other is not mesh])
