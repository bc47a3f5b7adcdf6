# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Meshes of devices and shardings, in JAX and in the IR.

The IR names the axes of a mesh; which devices they are, only JAX knows. So the meshes
that a traced function mentions are kept, and those of the IR are found among them.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import jax
from jax.sharding import AxisType, Mesh, NamedSharding, PartitionSpec

from invhlo._jaxcompat import Jaxpr, sdy, subjaxprs


def meshes_of(jaxpr: Jaxpr) -> tuple[Mesh, ...]:
    """The meshes that `jaxpr` mentions, each once, in order."""
    return tuple(dict.fromkeys(_meshes_in(jaxpr)))


def _meshes_in(jaxpr: Jaxpr) -> Iterator[Mesh]:
    for eqn in jaxpr.eqns:
        for value in eqn.params.values():
            for each in value if isinstance(value, tuple | list) else (value,):
                mesh = each.mesh if isinstance(each, NamedSharding) else each
                if isinstance(mesh, Mesh) and not mesh.empty:
                    yield mesh
    for inner in subjaxprs(jaxpr):
        yield from _meshes_in(inner)


def place(arrays: Sequence[jax.Array], meshes: Sequence[Mesh]) -> list[jax.Array]:
    """Says that `arrays` are on the devices of `meshes`, and nothing about how.

    JAX runs a program on the devices that its operations name, but does not look for
    names in text.
    """
    for mesh in meshes:
        if set(mesh.axis_types) == {AxisType.Auto} and mesh.size > 1:
            return [
                jax.lax.with_sharding_constraint(array, _open_sharding(mesh, array))
                for array in arrays
            ]
    return list(arrays)


def _open_sharding(mesh: Mesh, array: jax.Array) -> NamedSharding:
    dims = [PartitionSpec.UNCONSTRAINED] * array.ndim
    return NamedSharding(mesh, PartitionSpec(*dims))


def find_mesh(attribute: sdy.MeshAttr, meshes: Sequence[Mesh]) -> Mesh:
    """The one of `meshes` that an attribute of the IR was lowered from.

    The names and sizes of its axes tell: JAX wants all meshes of a program to have
    the same devices in the same order.

    Raises:
      ValueError: It is none of them.
    """
    axes = [(axis.name, axis.size) for axis in map(sdy.MeshAxisAttr, attribute.axes)]
    for mesh in meshes:
        if list(mesh.shape.items()) == axes and not attribute.device_ids:
            return mesh
    raise ValueError(f"no mesh of the function is `{attribute}`")


def partition_spec(
    sharding: sdy.TensorShardingAttr, open_dimension: Any = PartitionSpec.UNCONSTRAINED
) -> PartitionSpec:
    """The spec that an attribute of the IR was lowered from.

    Args:
      sharding: How a tensor is split.
      open_dimension: What to say of a dimension that may be split in any way:
        `UNCONSTRAINED` in a constraint, None in the specs of `jax.shard_map`, where
        axes that are not manual are nobody's business.
    """
    entries: list[Any] = []
    for dimension in map(sdy.DimensionShardingAttr, sharding.dimension_shardings):
        names = tuple(sdy.AxisRefAttr(axis).name for axis in dimension.axes)
        if not names:
            entries.append(None if dimension.is_closed else open_dimension)
        else:
            entries.append(names[0] if len(names) == 1 else names)
    return PartitionSpec(*entries)
