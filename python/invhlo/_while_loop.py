# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`while_loop`: a loop that finds out how often it runs, and how often it ran."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import jax
import jax.numpy as jnp
from jax import lax

from invhlo._errors import NonInvertibleError
from invhlo._inverse import inverse_and_ildj
from invhlo._rules.custom_inverse import custom_inverse

Carry = TypeVar("Carry")
# The leaves of a carry, None where they are not known.
Leaves = tuple[jax.Array | None, ...]


def while_loop(
    cond_fun: Callable[[Carry], Any],
    body_fun: Callable[[Carry], Carry],
    init: Carry,
    *,
    entry: Callable[[Carry], Any],
) -> Carry:
    """A `jax.lax.while_loop` that says how to recognize where it began.

    How often a loop ran cannot be seen from where it ended. As in the reversible
    language Janus, `entry` is a predicate that must hold of the initial carry, and of
    the carry after no step. The inverse runs the inverse of the body until it holds.

        >>> import jax.numpy as jnp
        >>> import invhlo
        >>> def double_until_large(x):  # starts below 1
        ...     return invhlo.while_loop(
        ...         lambda x: x < 10.0,
        ...         lambda x: 2.0 * x + 1.0,
        ...         x,
        ...         entry=lambda x: x < 1.0,
        ...     )
        >>> y = double_until_large(0.5)
        >>> print(y)
        11.0
        >>> x, log_det = invhlo.inverse_and_ildj(double_until_large)(y)
        >>> print(x, f"{log_det:.4f}")
        0.5 -2.0794

    Both predicates are checked at each step, in the function and in its inverse. Where
    one is violated, floats are NaN; integers stay, and `check=True` reports both.

        >>> print(double_until_large(2.0))  # does not start below 1
        nan

    Like `jax.lax.while_loop`, the function and its inverse have derivatives in forward
    mode, and none in reverse mode.

    Args:
      cond_fun: Takes the carry and returns whether to take another step, a boolean
        scalar.
      body_fun: Takes the carry and returns the next, of the same structure, shapes and
        dtypes. It must be invertible in all of the carry; what else it uses is closed
        over, and known.
      init: The initial carry, a pytree of arrays.
      entry: Takes the carry and returns whether the loop began with it, a boolean
        scalar.

    Returns:
      The carry of which `cond_fun` does not hold.

    Raises:
      TypeError: A predicate returns no boolean scalar, or `body_fun` another carry than
        it takes.
    """
    leaves, tree = jax.tree.flatten(init)
    loop = _Loop(tree, cond_fun, body_fun, entry)
    function = custom_inverse(loop.run)
    function.__name__ = "while_loop"
    function.def_inverse_and_ildj(loop.run_back)
    result: Carry = jax.tree.unflatten(tree, function(*map(jnp.asarray, leaves)))
    return result


@dataclasses.dataclass(frozen=True, eq=False)
class _Loop:
    """A loop, run on the leaves of its carry.

    Attributes:
      tree: The structure of the carry.
      cond_fun: Whether to take another step.
      body_fun: The step.
      entry: Whether the loop began here.
    """

    tree: jax.tree_util.PyTreeDef
    cond_fun: Callable[[Any], Any]
    body_fun: Callable[[Any], Any]
    entry: Callable[[Any], Any]

    def run(self, *leaves: jax.Array) -> list[jax.Array]:
        """The last carry; NaN if `entry` does not hold at first, or holds later."""

        def step(state: Any) -> Any:
            is_right, carry = state
            carry = self.body_fun(carry)
            if jax.tree.structure(carry) != self.tree:
                raise TypeError(
                    "`body_fun` of `while_loop` returns another carry than it takes: "
                    f"{jax.tree.structure(carry)}, not {self.tree}"
                )
            return is_right & ~self._is_entry(carry), carry

        init = jax.tree.unflatten(self.tree, leaves)
        is_right, last = lax.while_loop(
            lambda state: self._goes_on(state[1]), step, (self._is_entry(init), init)
        )
        return [_nan_unless(is_right, leaf) for leaf in jax.tree.leaves(last)]

    def run_back(
        self, init: Leaves, last: Leaves, shares: Leaves
    ) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """From the last carry and its shares to what is not known of the initial one.

        Where a predicate is violated, it is NaN.
        """
        if any(leaf is None for leaf in last):
            raise NonInvertibleError("it needs all of the last carry")
        if any(leaf is not None and _is_float(leaf) for leaf in init):
            raise NonInvertibleError(
                "floats of its initial carry are known; steps may close over them"
            )
        end, shares = (jax.tree.unflatten(self.tree, part) for part in (last, shares))
        back = inverse_and_ildj(self.body_fun, end, argnums=0, reduce_ildj=False)

        def step(state: Any) -> Any:
            _, carry, shares = state
            carry, added = back(carry)
            return self._goes_on(carry), carry, jax.tree.map(jnp.add, shares, added)

        is_right, start, shares = lax.while_loop(
            lambda state: state[0] & ~self._is_entry(state[1]),
            step,
            (~self._goes_on(end), end, shares),
        )
        found = [_nan_unless(is_right, leaf) for leaf in jax.tree.leaves(start)]
        is_unknown = [leaf is None for leaf in init]

        def of_unknown(leaves: Sequence[jax.Array]) -> tuple[jax.Array | None, ...]:
            return tuple(
                leaf if is_open else None
                for leaf, is_open in zip(leaves, is_unknown, strict=True)
            )

        return of_unknown(found), of_unknown(jax.tree.leaves(shares))

    def _goes_on(self, carry: Any) -> jax.Array:
        return _as_predicate(self.cond_fun(carry), "cond_fun")

    def _is_entry(self, carry: Any) -> jax.Array:
        return _as_predicate(self.entry(carry), "entry")


def _as_predicate(value: Any, name: str) -> jax.Array:
    holds: jax.Array = jnp.asarray(value)
    if holds.shape or holds.dtype != jnp.bool_:
        raise TypeError(
            f"`{name}` of `while_loop` returns a boolean scalar, not "
            f"{holds.dtype}{list(holds.shape)}"
        )
    return holds


def _is_float(leaf: jax.Array) -> bool:
    return bool(jnp.issubdtype(leaf.dtype, jnp.inexact))


def _nan_unless(holds: jax.Array, leaf: jax.Array) -> jax.Array:
    return jnp.where(holds, leaf, jnp.nan) if _is_float(leaf) else leaf
