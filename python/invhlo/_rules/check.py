# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks the results of user-defined rules, with messages for their authors."""

import dataclasses
from typing import Any

import jax
import jax.numpy as jnp

from invhlo._util.avals import ShapedArray, Unquoted, share_dtype


@dataclasses.dataclass(frozen=True)
class Argument:
    """An argument that a rule recovers, or the tuple of all.

    Attributes:
      what: The name of the argument in messages.
      name: The function's name.
      like: The argument, with a `Mark` in place of each leaf.
    """

    what: str
    name: str
    like: Any

    def values(self, returned: Any) -> list[jax.Array]:
        """The arrays that a rule returned as the argument, checked."""
        return [
            checked_value(leaf, aval, f"{self.what}{path}", self.name)
            for leaf, aval, path in self.paired(returned, "inverse")
            if aval is not None
        ]

    def shares(self, returned: Any) -> list[jax.Array]:
        """The shares that a rule returned for the argument, checked."""
        return [
            checked_share(leaf, aval, f"{self.what}{path}", self.name)
            for leaf, aval, path in self.paired(returned, "log-det")
            if aval is not None
        ]

    def paired(
        self, returned: Any, kind: str
    ) -> list[tuple[Any, ShapedArray | None, str]]:
        """Pairs the leaves that a rule returned with those that it should return.

        Args:
          returned: The result of the rule, a pytree.
          kind: Whether the rule is the "inverse" or the "log-det", for messages.

        Returns:
          For each leaf the returned one, the aval that it should have (None if it is
          not an array), and its name in messages.
        """
        paths, tree = jax.tree_util.tree_flatten_with_path(self.like)
        try:
            leaves = _flatten_with_nones(tree, self.like, returned)
        except ValueError:
            found = jax.tree.structure(returned, is_leaf=is_none)
            letters = (Unquoted(chr(97 + i % 26)) for i in range(len(paths)))
            wanted = jax.tree.unflatten(tree, letters)
            raise TypeError(
                f"the {kind} of `{self.name}` returned the structure {found}, but that "
                f"of {self.what} is {tree}: return {wanted}, with None for what it "
                "does not find"
            ) from None
        names = [jax.tree_util.keystr(path) for path, _ in paths]
        avals = [mark.aval for _, mark in paths]
        return list(zip(leaves, avals, names, strict=True))


def is_none(value: Any) -> bool:
    return value is None


def _flatten_with_nones(
    tree: jax.tree_util.PyTreeDef, like: Any, returned: Any
) -> list[Any]:
    """The leaves of `returned`, with None for all leaves of a subtree that is None.

    Raises:
      ValueError: `returned` has another structure than `like`.
    """
    if type(returned) is list and type(like) is tuple:
        returned = tuple(returned)
    spread = jax.tree.broadcast(returned, like, is_leaf=is_none)
    leaves: list[Any] = tree.flatten_up_to(spread)
    # An array may not replace a subtree.
    own = [leaf for leaf in jax.tree.leaves(returned) if leaf is not None]
    if len(own) != sum(leaf is not None for leaf in leaves):
        raise ValueError("an array in the place of several")
    return leaves


def checked_value(leaf: Any, aval: ShapedArray, what: str, name: str) -> jax.Array:
    try:
        found = jax.typeof(leaf)
    except TypeError:
        raise TypeError(
            f"the inverse of `{name}` returned {leaf!r} for {what}, which has "
            f"{_described(aval)}"
        ) from None
    same_kind = found.dtype == aval.dtype or (
        found.weak_type and jnp.can_cast(found.dtype, aval.dtype, "same_kind")
    )
    if found.shape != aval.shape or not same_kind:
        raise TypeError(
            f"the inverse of `{name}` returned {_described(found)} for {what}, which "
            f"has {_described(aval)}"
        )
    return jnp.asarray(leaf, aval.dtype)


def checked_share(leaf: Any, aval: ShapedArray, what: str, name: str) -> jax.Array:
    """`leaf` as the share of a value of `aval`.

    Args:
      leaf: What a rule returned.
      aval: The aval of the value.
      what: The name of the share in messages.
      name: The function's name.

    Raises:
      TypeError: `leaf` is not a real array of the shape of the value.
    """
    dtype = share_dtype(aval)
    if not jnp.issubdtype(aval.dtype, jnp.inexact):
        return jnp.zeros(aval.shape, dtype)
    try:
        found = jax.typeof(leaf)
    except TypeError:
        raise TypeError(
            f"the log-det of `{name}` returned {leaf!r} for {what}, which has "
            f"{_described(aval)}"
        ) from None
    if found.shape == () and aval.shape != ():
        raise TypeError(
            f"the log-det of `{name}` returned a scalar for {what}, which has "
            f"{_described(aval)}: is it that of each element, or of all together? "
            "Return `jnp.full(x.shape, log_det)` for each element, or "
            "`invhlo.spread_log_det(log_det, x)` for the total"
        )
    if found.shape != aval.shape or not jnp.issubdtype(found.dtype, jnp.floating):
        raise TypeError(
            f"the log-det of `{name}` returned {_described(found)} for {what}, whose "
            f"share has shape {aval.shape} and dtype {dtype}"
        )
    return jnp.asarray(leaf, dtype)


def _described(aval: ShapedArray) -> str:
    return f"shape {aval.shape} and dtype {aval.dtype}"
