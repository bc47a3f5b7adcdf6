# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Sharding constraints, and manual computations (`jax.shard_map`).

A program names the axes of a mesh, not its devices. The JAX mesh is looked for in the
parameters of the hosted primitives and in the types of the operands.
"""

import dataclasses
from typing import Any

import jax
from jax.sharding import AxisType, NamedSharding, PartitionSpec

from invhlo._backend.op import Op, UnreadableError, reads
from invhlo._jaxcompat import ir, sdy

Axes = tuple[tuple[str, int], ...]


@dataclasses.dataclass(frozen=True)
class Manual:
    """A manual computation: a part of a program that each device runs for itself.

    Attributes:
      axes: The names and sizes of all axes of its mesh.
      names: The names of the manual axes, along which devices have different data.
    """

    axes: Axes
    names: tuple[str, ...]


@reads("sdy.sharding_constraint")
def _constraint(op: Op, operand: jax.Array) -> Any:
    sharding = sdy.TensorShardingAttr(op.attribute("sharding"))
    mesh = _find_mesh(op, _axes_of(op, sharding), operand)
    spec = PartitionSpec(*map(_dimension, sharding.dimension_shardings))
    # Shardings along explicit axes are part of types; a constraint cannot change them.
    is_explicit = AxisType.Explicit in mesh.axis_types
    place: Any = (
        jax.sharding.reshard if is_explicit else jax.lax.with_sharding_constraint
    )
    return place(operand, NamedSharding(mesh, spec))


@reads("sdy.manual_computation")
def _manual_computation(op: Op, *operands: jax.Array) -> Any:
    manual = manual_around(op, op.operation)
    mesh = _find_mesh(op, manual.axes, *operands)

    def specs(name: str) -> tuple[PartitionSpec, ...]:
        return tuple(
            PartitionSpec(
                *(_dimension(d, manual.names) for d in sharding.dimension_shardings)
            )
            for sharding in _shardings(op.operation, name)
        )

    body = op.region(0)
    # A nested manual computation has the mesh of the one around it.
    is_inner = AxisType.Manual in jax.sharding.get_abstract_mesh().axis_types
    mapped: Any = jax.shard_map(
        lambda *operands: tuple(body(*operands)),
        mesh=None if is_inner else mesh,
        in_specs=specs("in_shardings"),
        out_specs=specs("out_shardings"),
        axis_names=set(manual.names),
        check_vma=False,
    )
    return mapped(*operands)


def _find_mesh(op: Op, axes: Axes, *operands: jax.Array) -> Any:
    """A JAX mesh with these axes, known to the program or its operands."""
    mesh = op.hosted.find_mesh(axes)
    if mesh is not None:
        return mesh
    for operand in operands:
        mesh = jax.typeof(operand).sharding.mesh
        if not mesh.empty and tuple(mesh.shape.items()) == axes:
            return mesh
    raise UnreadableError


def _caller_of(function: Any) -> Any:
    """The operation that calls a function, such as a loop whose body it is."""
    symbol = ir.FlatSymbolRefAttr.get(function.attributes["sym_name"].value)
    callers = []

    def visit(operation: Any) -> Any:
        called = [
            operation.attributes[name]
            for name in ("callee", "called_computations")
            if name in operation.attributes
        ]
        if symbol in called or any(
            symbol in attr for attr in called if isinstance(attr, ir.ArrayAttr)
        ):
            callers.append(operation)
        return ir.WalkResult.ADVANCE

    function.parent.operation.walk(visit)
    if not callers:
        raise UnreadableError
    return callers[0]


def manual_around(op: Op, operation: Any) -> Manual:
    """The innermost manual computation that `operation` is, or is part of."""
    while operation.name != "sdy.manual_computation":
        if operation.name == "func.func":
            operation = _caller_of(operation)
        operation = operation.parent
        if operation is None:
            raise UnreadableError
        operation = operation.operation
    shardings = [
        *_shardings(operation, "in_shardings"),
        *_shardings(operation, "out_shardings"),
    ]
    if not shardings:
        raise UnreadableError
    names = tuple(sdy.ManualAxesAttr(operation.attributes["manual_axes"]))
    return Manual(_axes_of(op, shardings[0]), names)


def _shardings(operation: Any, name: str) -> list[Any]:
    attr = sdy.TensorShardingPerValueAttr(operation.attributes[name])
    return [sdy.TensorShardingAttr(sharding) for sharding in attr.shardings]


def _axes_of(op: Op, sharding: Any) -> Axes:
    """The axes of the mesh of `sharding`, with their sizes."""
    attr = sharding.mesh_or_ref
    if isinstance(attr, ir.FlatSymbolRefAttr):
        attr = op.symbol(attr.value).attributes["mesh"]
    mesh = sdy.MeshAttr(attr)
    axes = map(sdy.MeshAxisAttr, mesh.axes)
    if mesh.device_ids:
        raise UnreadableError
    return tuple((axis.name, axis.size) for axis in axes)


def _dimension(attr: Any, among: tuple[str, ...] | None = None) -> Any:
    """How a dimension is sharded, as an entry of a `PartitionSpec`.

    Args:
      attr: The dimension's sharding in the program.
      among: The axis names to keep; None for all.
    """
    dimension = sdy.DimensionShardingAttr(attr)
    axes = [sdy.AxisRefAttr(axis) for axis in dimension.axes]
    if any(axis.sub_axis_info is not None for axis in axes):
        raise UnreadableError
    names = tuple(axis.name for axis in axes if among is None or axis.name in among)
    if among is None and not dimension.is_closed:
        if names:
            raise UnreadableError
        return PartitionSpec.UNCONSTRAINED
    return names or None
