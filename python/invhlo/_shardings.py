# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The meshes of devices that functions mention.

The IR names the axes of a mesh; which devices they are, only JAX knows.
"""

from collections.abc import Iterator, Sequence

import jax
from jax.sharding import AxisType, Mesh, NamedSharding, PartitionSpec

from invhlo._jaxcompat import Jaxpr, subjaxprs


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
