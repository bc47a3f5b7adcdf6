# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Avals (JAX's abstract values): the shapes and dtypes of arrays, and their checks."""

from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.sharding import AxisType, NamedSharding, PartitionSpec

ShapedArray = jax.core.ShapedArray


def avals_of(tree: Any, what: str, advice: str = "") -> Any:
    """`tree` with an aval in place of each leaf.

    Args:
      tree: A pytree of arrays, `jax.ShapeDtypeStruct` or avals.
      what: The name of the tree in messages, such as "argument `x`".
      advice: The end of the message about a leaf that is not an array.

    Raises:
      TypeError: A leaf is not an array.
      ValueError: A leaf has a dynamic shape.
    """
    leaves, structure = jax.tree.flatten(tree)
    avals = []
    for i, leaf in enumerate(leaves):
        try:
            avals.append(_aval_of(leaf))
        except (TypeError, ValueError) as error:
            path, _ = jax.tree_util.tree_leaves_with_path(tree)[i]
            what += jax.tree_util.keystr(path)
            ending = advice if isinstance(error, TypeError) else ""
            raise type(error)(f"{what} {error}{ending}") from None
    return jax.tree.unflatten(structure, avals)


def _aval_of(leaf: Any) -> ShapedArray:
    try:
        aval = stand_in(leaf if isinstance(leaf, ShapedArray) else jax.typeof(leaf))
    except TypeError:
        raise TypeError(f"is not an array: {leaf!r}") from None
    if not all(isinstance(size, int) for size in aval.shape):
        raise ValueError(f"has the dynamic shape {aval.shape}, which is not supported")
    return aval


class Unquoted(str):
    """A string that is printed without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def shown(tree: Any) -> str:
    """A tree of arrays or avals as text, with the type of each in its place."""

    def show(leaf: Any) -> Unquoted:
        aval = leaf if isinstance(leaf, ShapedArray) else getattr(leaf, "aval", None)
        return Unquoted(repr(leaf) if aval is None else aval.str_short())

    return repr(jax.tree.map(show, tree, is_leaf=lambda leaf: leaf is None))


def stand_in(aval: ShapedArray) -> ShapedArray:
    """The type of an array of `aval`, for which JAX traces a function.

    It has only the shape, dtype, weak type and explicit sharding of `aval`.
    """
    if aval.sharding.mesh.empty:
        return aval
    return ShapedArray(
        aval.shape,
        aval.dtype,
        weak_type=aval.weak_type,
        sharding=explicit_sharding_of(aval),
    )


def explicit_sharding_of(aval: Any) -> NamedSharding | None:
    """The sharding of `aval` where it is part of the type, else None."""
    sharding = aval.sharding
    is_explicit = isinstance(sharding, NamedSharding) and (
        AxisType.Explicit in sharding.mesh.axis_types
    )
    return sharding if is_explicit else None


def explicit_shardings_of(avals: Sequence[Any]) -> list[NamedSharding]:
    """The shardings of `avals`, if any of them is part of its type; else empty.

    An aval without an explicit sharding is replicated on all devices.
    """
    found = [explicit_sharding_of(aval) for aval in avals]
    mesh = next((sharding.mesh for sharding in found if sharding), None)
    if mesh is None:
        return []
    return [sharding or NamedSharding(mesh, PartitionSpec()) for sharding in found]


def is_wide(avals: Any) -> bool:
    """Whether a tree of avals has 64-bit types, which JAX must be told to use."""
    return any(aval.dtype in _WIDE for aval in jax.tree.leaves(avals))


_WIDE = set(map(np.dtype, ("float64", "int64", "uint64", "complex128")))


def numbers_in(aval: ShapedArray) -> int:
    """How many real numbers an array of `aval` has."""
    is_complex = jnp.issubdtype(aval.dtype, jnp.complexfloating)
    return 2 * aval.size if is_complex else int(aval.size)


def bits_in(aval: ShapedArray) -> int:
    """How many bits an array of `aval` has."""
    dtype = aval.dtype
    if dtype == jnp.bool_:
        return int(aval.size)
    info = jnp.iinfo if jnp.issubdtype(dtype, jnp.integer) else jnp.finfo
    return numbers_in(aval) * int(info(dtype).bits)


def passes_for(given: ShapedArray, wanted: ShapedArray) -> bool:
    """Whether a `given` array may be passed where `wanted` is expected."""
    try:
        check_passes_for(given, wanted, "")
    except ValueError:
        return False
    return True


def check_passes_for(
    given: ShapedArray, wanted: ShapedArray, what: str, hint: str = ""
) -> None:
    """Checks that a `given` array may be passed where `wanted` is expected.

    The shapes must be equal, and the dtypes too, except that Python scalars take the
    dtype that is wanted as they do in `jax.numpy`.

    Args:
      given: The aval of the array that is passed.
      wanted: The expected aval.
      what: The name of the array in messages.
      hint: The end of the message about another shape.

    Raises:
      ValueError: The shape or dtype does not fit.
    """
    if given.shape != wanted.shape:
        raise ValueError(
            f"{what} has shape {wanted.shape}, but was given shape {given.shape}{hint}"
        )
    if given.dtype != wanted.dtype and not (
        given.weak_type and _kind(given.dtype) <= _kind(wanted.dtype)
    ):
        raise ValueError(
            f"{what} has dtype {wanted.dtype}, but was given dtype {given.dtype}"
        )


def _kind(dtype: Any) -> int:
    """The rank of `dtype` in the order boolean, integer, real, complex."""
    kinds: tuple[Any, ...] = (jnp.bool_, jnp.integer, jnp.floating, jnp.complexfloating)
    for order, kind in enumerate(kinds):
        if jnp.issubdtype(dtype, kind):
            return order
    return len(kinds)


def share_dtype(aval: ShapedArray) -> Any:
    """The dtype of the log-det share of a value: real, and at least float32."""
    if jnp.issubdtype(aval.dtype, jnp.inexact):
        info = jnp.finfo(aval.dtype)
        if info.bits > 32:
            return info.dtype
    return jnp.dtype(jnp.float32)
