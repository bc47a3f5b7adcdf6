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
    - the derivative of g is the inverse of that Jacobian; both also by the known
      arguments, arrays of reals.

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
        self.known, self.known_tree = jax.tree.flatten(
            [arg for place, arg in enumerate(args) if place not in self.places]
        )
        self.moving = [i for i, leaf in enumerate(self.known) if _is_real_array(leaf)]
        self.ks = [self.known[i] for i in self.moving]
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
            self.check_log_det_derivative(what, both)

    def check_log_det_derivative(self, what: str, both: Callable[..., Any]) -> None:
        def of_given(vector: jax.Array) -> jax.Array:
            total: jax.Array = both(*self.call(*self.given(vector)))[1]
            return total

        def of_x(vector: jax.Array) -> jax.Array:
            leaves = from_real_vector(vector, [*self.xs, *self.ks])
            xs, ks = leaves[: len(self.xs)], leaves[len(self.xs) :]
            at = dense_jacobian(lambda xs: self.results(xs, ks), xs)
            total: jax.Array = -jnp.linalg.slogdet(at).logabsdet
            return total

        got = jax.grad(of_given)(real_vector([*self.ys, *self.ks]))
        if not bool(jnp.all(jnp.isfinite(got))):
            raise AssertionError(
                f"the derivative of the log-det of {what} is not finite: {got}"
            )
        # By the chain rule: the log-det depends on what is given directly, and by x.
        slopes = jax.jacfwd(of_x)(real_vector([*self.xs, *self.ks]))
        by_given = self.dense_derivative()
        count = len(by_given)
        want = (slopes[:count] @ by_given).at[count:].add(slopes[count:])
        self.assert_close(
            [got],
            [want.astype(got.dtype)],
            f"the derivative of the log-det of {what} at",
            "that of minus log|det| of the Jacobian is",
            10 * count,
        )

    def check_derivative(self, what: str, undo: Callable[..., Any]) -> None:
        def of_given(vector: jax.Array) -> jax.Array:
            return real_vector(self.unknown(undo(*self.call(*self.given(vector)))))

        want = self.dense_derivative()
        got = jax.jacrev(of_given)(real_vector([*self.ys, *self.ks]))
        self.assert_close(
            [got],
            [want],
            f"the derivative of {what} at",
            "that of the function tells",
            10 * len(want),
        )

    def dense_derivative(self) -> jax.Array:
        """The derivative of x by the output y and the known k, from f(x, k) = y.

        With J = df/dx it is J^-1 [1, -df/dk].
        """
        jacobian = dense_jacobian(self.results, self.xs)
        given = jnp.eye(len(jacobian), dtype=jacobian.dtype)
        if self.ks:
            by_known = dense_jacobian(lambda ks: self.results(self.xs, ks), self.ks)
            given = jnp.concatenate([given, -by_known], axis=1)
        derivative: jax.Array = jnp.linalg.solve(jacobian, given)
        return derivative

    def given(self, vector: jax.Array) -> tuple[list[jax.Array], list[jax.Array]]:
        """The output leaves and the real known leaves of a vector of both."""
        leaves = from_real_vector(vector, [*self.ys, *self.ks])
        return leaves[: len(self.ys)], leaves[len(self.ys) :]

    def is_square(self) -> bool:
        return count_dimensions(self.xs) == count_dimensions(self.ys) > 0

    def call(
        self, ys: Sequence[jax.Array], ks: Sequence[jax.Array] | None = None
    ) -> tuple[Any, ...]:
        """The arguments of a call of the inverse for the output leaves `ys`."""
        output = jax.tree.unflatten(self.out_tree, ys)
        if self.argnums is None:
            return output if type(output) is tuple else (output,)
        return self.placed([output] if len(self.places) == 1 else output, ks)

    def unknown(self, found: Any) -> list[jax.Array]:
        """The leaves of the unknown arguments `found` by the inverse."""
        given = [found] if self.is_one else list(found)
        tree: Any = jax.tree.structure(given)
        if tree != self.tree:
            raise AssertionError(
                f"the inverse of `{self.name}` returns {tree}, not {self.tree}"
            )
        return [jnp.asarray(leaf) for leaf in jax.tree.leaves(given)]

    def results(
        self, xs: Sequence[jax.Array], ks: Sequence[jax.Array] | None = None
    ) -> list[jax.Array]:
        """The output leaves of the function for the unknown argument leaves `xs`."""
        args = self.placed(jax.tree.unflatten(self.tree, xs), ks)
        leaves: list[jax.Array] = jax.tree.leaves(self.fun(*args))
        return leaves

    def placed(
        self, values: Sequence[Any], ks: Sequence[jax.Array] | None
    ) -> tuple[Any, ...]:
        """The arguments with `values` in the unknown places.

        Args:
          values: A value for each unknown argument.
          ks: The real arrays among the leaves of the known arguments; None for their
            own.
        """
        known = list(self.known)
        for i, k in zip(self.moving, self.ks if ks is None else ks, strict=True):
            known[i] = k
        others = iter(jax.tree.unflatten(self.known_tree, known))
        at = dict(zip(self.places, values, strict=True))
        return tuple(
            at[place] if place in at else next(others)
            for place in range(len(self.args))
        )

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


def _is_real_array(leaf: Any) -> bool:
    return isinstance(leaf, jax.Array | np.ndarray | np.generic) and has_density(leaf)


def _moved(x: jax.Array, step: float) -> jax.Array:
    """`x`, changed by the relative `step` unless it is an integer array."""
    return (x * (1 + step)).astype(x.dtype) if has_density(x) else x


def _tolerance(leaves: Sequence[jax.Array]) -> float:
    epsilons = [float(jnp.finfo(x.dtype).eps) for x in leaves if has_density(x)]
    return 300 * max(epsilons, default=0.0)
