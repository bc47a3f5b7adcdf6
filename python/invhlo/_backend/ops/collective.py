# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Collective operations, in a manual computation (`jax.shard_map`).

StableHLO lists the devices of each group, or names the mesh axes along which groups
lie. JAX only has the names, so lists are matched with the axes that give them.
"""

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import jax
import numpy as np
from jax import lax

from invhlo._backend.op import Op, UnreadableError, reads
from invhlo._backend.ops.reduction import single_operation
from invhlo._backend.ops.sharding import Manual, manual_around
from invhlo._jaxcompat import stablehlo


def _devices(manual: Manual) -> np.ndarray[Any, Any]:
    """The device numbers, in an array of the shape of the mesh."""
    sizes = [size for _, size in manual.axes]
    return np.arange(np.prod(sizes, dtype=int)).reshape(sizes)


def _along(manual: Manual, names: Sequence[str]) -> np.ndarray[Any, Any]:
    """The groups of devices along the axes `names`: an array with a row for each."""
    all_names = [name for name, _ in manual.axes]
    places = [all_names.index(name) for name in names]
    others = [i for i in range(len(all_names)) if i not in places]
    devices = _devices(manual).transpose([*others, *places])
    count = int(np.prod([manual.axes[place][1] for place in places], dtype=int))
    return devices.reshape(-1, count)


def _choices(manual: Manual) -> list[tuple[str, ...]]:
    """All ordered selections of the manual axes, those with few axes first."""
    return [
        names
        for count in range(1, len(manual.names) + 1)
        for names in itertools.permutations(manual.names, count)
    ]


def _axes_of(op: Op) -> tuple[str, ...]:
    """The mesh axes along which the device groups of `op` lie."""
    manual = manual_around(op, op.operation)
    groups = op.attribute("replica_groups")
    if not isinstance(groups, np.ndarray):
        return _named_axes(groups, manual)
    wanted = sorted(map(tuple, groups.tolist()))
    for names in _choices(manual):
        if sorted(map(tuple, _along(manual, names).tolist())) == wanted:
            return names
    raise UnreadableError


def _named_axes(groups: Any, manual: Manual) -> tuple[str, ...]:
    """The mesh axes that `groups` names; newer versions of JAX write groups so."""
    try:
        named = stablehlo.ReplicaGroupMeshAxesAttr(groups)
        axes = [stablehlo.AxisRefAttr(axis) for axis in named.axes]
        parts = [axis.sub_axis_info for axis in axes]
    except (AttributeError, TypeError, ValueError):
        raise UnreadableError from None
    names = tuple(axis.name for axis in axes)
    if any(parts) or not set(names) <= set(manual.names):
        raise UnreadableError
    return names


_REDUCTIONS: dict[str | None, Callable[..., Any]] = {
    "stablehlo.add": lax.psum,
    "stablehlo.maximum": lax.pmax,
    "stablehlo.minimum": lax.pmin,
}


@reads("stablehlo.all_reduce")
def _all_reduce(op: Op, *operands: jax.Array) -> Any:
    name = single_operation(op.operation.regions[0].blocks[0])
    if name not in _REDUCTIONS:
        raise UnreadableError
    axes = _axes_of(op)
    return [_REDUCTIONS[name](operand, axes) for operand in operands]


@reads("stablehlo.reduce_scatter")
def _reduce_scatter(op: Op, operand: jax.Array) -> Any:
    if single_operation(op.operation.regions[0].blocks[0]) != "stablehlo.add":
        raise UnreadableError
    dim = op.attribute("scatter_dimension")
    return lax.psum_scatter(operand, _axes_of(op), scatter_dimension=dim, tiled=True)


@reads("stablehlo.all_gather")
def _all_gather(op: Op, *operands: jax.Array) -> Any:
    axes, dim = _axes_of(op), op.attribute("all_gather_dim")
    return [lax.all_gather(array, axes, axis=dim, tiled=True) for array in operands]


@reads("stablehlo.all_to_all")
def _all_to_all(op: Op, *operands: jax.Array) -> Any:
    axes = _axes_of(op)
    split, concat = op.attribute("split_dimension"), op.attribute("concat_dimension")
    return [
        lax.all_to_all(operand, axes, split, concat, tiled=True) for operand in operands
    ]


@reads("stablehlo.collective_permute")
def _collective_permute(op: Op, operand: jax.Array) -> Any:
    manual = manual_around(op, op.operation)
    pairs = set(map(tuple, op.attribute("source_target_pairs").tolist()))
    for names in _choices(manual):
        groups = _along(manual, names)
        first = {device: i for i, device in enumerate(groups[0].tolist())}
        moves = [(first[a], first[b]) for a, b in pairs if a in first and b in first]
        if {(row[a], row[b]) for row in groups.tolist() for a, b in moves} == pairs:
            return lax.ppermute(operand, names, sorted(moves))
    raise UnreadableError


@reads("stablehlo.partition_id")
def _partition_id(op: Op) -> Any:
    manual = manual_around(op, op.operation)
    if set(manual.names) != {name for name, _ in manual.axes}:
        raise UnreadableError
    names = tuple(name for name, _ in manual.axes)
    return lax.convert_element_type(lax.axis_index(names), op.aval().dtype)
