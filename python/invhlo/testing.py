# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks of inverses, for tests of functions with custom inverses."""

import operator
from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from invhlo._inverse import inverse, inverse_and_ildj
from invhlo._rules.dense import (
    count_dimensions,
    dense_jacobian,
    from_real_vector,
    has_density,
    real_vector,
)
from invhlo._util.avals import avals_of
from invhlo._util.functions import along, name_of

__all__ = ["check_inverse"]


def check_inverse(
    fun: Callable[..., Any],
    *args: Any,
    argnums: int | Sequence[int] | None = None,
    rtol: float | None = None,
    log_det: bool = True,
    derivatives: bool = True,
) -> None:
    """Checks the inverse of `fun` at `args`, and its log-det.

        >>> import jax.numpy as jnp
        >>> import invhlo.testing
        >>> @invhlo.custom_inverse
        ... def double(x):
        ...     return 2.0 * x
        >>> @double.def_inverse_unary(f_ildj=lambda y: jnp.full_like(y, jnp.log(2.0)))
        ... def double_inverse(y):
        ...     return y / 2.0
        >>> invhlo.testing.check_inverse(double, jnp.ones(3))
        Traceback (most recent call last):
            ...
        AssertionError: the log-det of the inverse of `double` is 2.07944, but ...

    Of g = inverse(fun) and y = fun(x) it checks, in this order, that

    - g(y) is x, with its tree, shapes and dtypes;
    - fun(g(y)) is y at outputs near y;
    - the log-det is minus log|det| of the dense Jacobian of `fun` at x;
    - the shares of the log-det have the shapes of the arguments and add up to it;
    - the derivative of the log-det is that of minus log|det| of the Jacobian at g(y);
    - the derivative of g is the inverse of that Jacobian.

    Args:
      fun: The function: one with a custom inverse, or any other.
      *args: Its arguments, arrays with values. Take some where mistakes show: no zeros,
        nothing symmetric.
      argnums: Which of them are unknown, as in `invhlo.inverse`; all if None.
      rtol: How far off results may be, relative to the largest element; by default a
        few hundred units in the last place of the least precise dtype.
      log_det: Whether to check the log-det; not for functions that return more numbers
        than they take.
      derivatives: Whether to check the derivatives.

    Raises:
      AssertionError: A check fails; the message says which.
      NonInvertibleError: `fun` has no inverse that can be derived.
      TypeError: There are no arguments, or an argument has no values, as
        `jax.ShapeDtypeStruct` has none, or an unknown one is not of arrays.
    """
    _Check(fun, args, argnums, rtol).run(log_det, derivatives)


class _Check:
    """The checks of a function and its inverse at one point."""

    def __init__(
        self,
        fun: Callable[..., Any],
        args: tuple[Any, ...],
        argnums: int | Sequence[int] | None,
        rtol: float | None,
    ) -> None:
        self.fun = fun
        self.name = name_of(fun)
        self.argnums = argnums
        if not args:
            raise TypeError(f"check_inverse also takes the arguments of `{self.name}`")
        for number, arg in enumerate(args):
            _check_has_values(arg, number)
        if argnums is None:
            self.is_one, numbers = len(args) == 1, list(range(len(args)))
        elif isinstance(argnums, Sequence):
            self.is_one, numbers = False, list(argnums)
        else:
            self.is_one, numbers = True, [operator.index(argnums)]
        self.places = [number % len(args) for number in numbers]
        for place in self.places:
            avals_of(args[place], f"argument {place}")
        unknown = [jax.tree.map(jnp.asarray, args[place]) for place in self.places]
        self.args = along(lambda *all_args: all_args, args, self.places)(*unknown)
        self.xs, self.tree = jax.tree.flatten(unknown)
        self.output = fun(*self.args)
        self.ys, self.out_tree = jax.tree.flatten(self.output)
        self.rtol = _tolerance([*self.xs, *self.ys]) if rtol is None else rtol

    def run(self, log_det: bool, derivatives: bool) -> None:
        what = f"the inverse of `{self.name}`"
        undo = inverse(self.fun, *self.args, argnums=self.argnums)
        found = self.unknown(undo(*self.call(self.ys)))
        self.assert_close(found, self.xs, f"{what} at the output of", "its argument")
        for step in (0.01, -0.02):
            near = self.results([_moved(x, step) for x in self.xs])
            again = self.results(self.unknown(undo(*self.call(near))))
            self.assert_close(again, near, f"`{self.name}` of {what} near that of", "y")
        if log_det and self.is_square():
            self.check_log_det(what, derivatives)
        if derivatives and self.is_square():
            self.check_derivative(what, undo)

    def check_log_det(self, what: str, derivatives: bool) -> None:
        both = inverse_and_ildj(self.fun, *self.args, argnums=self.argnums)
        got = both(*self.call(self.ys))[1]
        jacobian = dense_jacobian(self.results, self.xs)
        want = -jnp.linalg.slogdet(jacobian).logabsdet
        tolerance = 10 * self.rtol * max(1.0, len(jacobian), abs(float(want)))
        if not abs(float(got) - float(want)) <= tolerance:
            raise AssertionError(
                f"the log-det of {what} is {got:.6g}, but minus log|det| of the "
                f"Jacobian of `{self.name}` is {want:.6g}"
            )
        each = inverse_and_ildj(
            self.fun, *self.args, argnums=self.argnums, reduce_ildj=False
        )
        shares = self.unknown(each(*self.call(self.ys))[1])
        for share, x in zip(shares, self.xs, strict=True):
            if share.shape != x.shape:
                raise AssertionError(
                    f"a share of the log-det of {what} has shape {share.shape}, but "
                    f"belongs to an argument of shape {x.shape}"
                )
        total = sum(float(jnp.sum(share)) for share in shares)
        if not abs(total - float(got)) <= tolerance:
            raise AssertionError(
                f"the shares of the log-det of {what} add up to {total}, but it is "
                f"{got}"
            )
        if derivatives:
            self.check_log_det_derivative(what, both, jacobian)

    def check_log_det_derivative(
        self, what: str, both: Callable[..., Any], jacobian: jax.Array
    ) -> None:
        def of_y(vector: jax.Array) -> jax.Array:
            total: jax.Array = both(*self.call(from_real_vector(vector, self.ys)))[1]
            return total

        def of_x(vector: jax.Array) -> jax.Array:
            at = dense_jacobian(self.results, from_real_vector(vector, self.xs))
            total: jax.Array = -jnp.linalg.slogdet(at).logabsdet
            return total

        got = jax.grad(of_y)(real_vector(self.ys))
        if not bool(jnp.all(jnp.isfinite(got))):
            raise AssertionError(
                f"the derivative of the log-det of {what} is not finite: {got}"
            )
        # By the chain rule: dx/dy is the inverse of the Jacobian.
        want = jnp.linalg.solve(jacobian.T, jax.jacfwd(of_x)(real_vector(self.xs)))
        self.assert_close(
            [got],
            [want.astype(got.dtype)],
            f"the derivative of the log-det of {what} at",
            "that of minus log|det| of the Jacobian is",
            10 * len(want),
        )

    def check_derivative(self, what: str, undo: Callable[..., Any]) -> None:
        jacobian = dense_jacobian(self.results, self.xs)
        want = jnp.linalg.inv(jacobian)

        def of_vector(vector: jax.Array) -> jax.Array:
            ys = from_real_vector(vector, self.ys)
            return real_vector(self.unknown(undo(*self.call(ys))))

        got = jax.jacrev(of_vector)(real_vector(self.ys))
        self.assert_close(
            [got],
            [want],
            f"the derivative of {what} at",
            "the inverse of the Jacobian",
            10 * len(want),
        )

    def is_square(self) -> bool:
        return count_dimensions(self.xs) == count_dimensions(self.ys) > 0

    def call(self, ys: Sequence[jax.Array]) -> tuple[Any, ...]:
        """The arguments of a call of the inverse for the output leaves `ys`."""
        output = jax.tree.unflatten(self.out_tree, ys)
        if self.argnums is None:
            return output if type(output) is tuple else (output,)
        values = [output] if len(self.places) == 1 else output
        placed: tuple[Any, ...] = along(lambda *a: a, self.args, self.places)(*values)
        return placed

    def unknown(self, found: Any) -> list[jax.Array]:
        """The leaves of the unknown arguments `found` by the inverse."""
        given = [found] if self.is_one else list(found)
        tree: Any = jax.tree.structure(given)
        if tree != self.tree:
            raise AssertionError(
                f"the inverse of `{self.name}` returns {tree}, not {self.tree}"
            )
        return [jnp.asarray(leaf) for leaf in jax.tree.leaves(given)]

    def results(self, xs: Sequence[jax.Array]) -> list[jax.Array]:
        """The output leaves of the function for the unknown argument leaves `xs`."""
        values = jax.tree.unflatten(self.tree, xs)
        leaves: list[jax.Array] = jax.tree.leaves(
            along(self.fun, self.args, self.places)(*values)
        )
        return leaves

    def assert_close(
        self,
        got: Sequence[jax.Array],
        want: Sequence[jax.Array],
        what: str,
        of: str,
        factor: float = 1.0,
    ) -> None:
        for one, other in zip(got, want, strict=True):
            if (one.shape, one.dtype) != (other.shape, other.dtype):
                raise AssertionError(
                    f"{what} `{self.name}` has shape {one.shape} and dtype "
                    f"{one.dtype}, but {of} {other.shape} and {other.dtype}"
                )
            exact = not has_density(other)
            scale = float(jnp.max(jnp.abs(other), initial=1.0))
            atol = 0.0 if exact else factor * self.rtol * scale
            if not np.allclose(one, other, rtol=0.0, atol=atol, equal_nan=True):
                raise AssertionError(f"{what} `{self.name}` is {one}, but {of} {other}")


def _check_has_values(arg: Any, number: int) -> None:
    for path, leaf in jax.tree_util.tree_leaves_with_path(arg):
        if isinstance(leaf, jax.ShapeDtypeStruct | jax.core.ShapedArray):
            raise TypeError(
                f"argument {number}{jax.tree_util.keystr(path)} is {leaf}, which has "
                "no values to check the inverse at: give an array"
            )


def _moved(x: jax.Array, step: float) -> jax.Array:
    """`x`, changed by the relative `step` unless it is an integer array."""
    return (x * (1 + step)).astype(x.dtype) if has_density(x) else x


def _tolerance(leaves: Sequence[jax.Array]) -> float:
    epsilons = [float(jnp.finfo(x.dtype).eps) for x in leaves if has_density(x)]
    return 300 * max(epsilons, default=0.0)
