# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`invert_lowered`: the inverse as a program that is lowered but not yet compiled."""

import contextlib
import dataclasses
from collections.abc import Callable
from typing import Any

import jax

from invhlo._avals import avals_of
from invhlo._inverse import inverse_of
from invhlo._modules import problem_from_lowered, problem_from_text
from invhlo._problem import Argnums, Problem, pose


@dataclasses.dataclass(frozen=True, eq=False)
class LoweredInverse:
    """The lowered inverse of a function, in the manner of `jax.stages.Lowered`.

    Attributes:
      lowered: JAX's own object for the inverse.
      in_avals: The avals of what it takes, as `(args, kwargs)`.
      out_avals: The avals of what it returns.
    """

    lowered: jax.stages.Lowered
    in_avals: Any
    out_avals: Any

    @property
    def in_tree(self) -> jax.tree_util.PyTreeDef:
        """The tree of what it takes, `(args, kwargs)`."""
        return jax.tree.structure(self.in_avals)

    @property
    def out_tree(self) -> jax.tree_util.PyTreeDef:
        """The tree of what it returns."""
        return jax.tree.structure(self.out_avals)

    @property
    def args_info(self) -> Any:
        """Like `in_avals`, with what JAX knows about each argument."""
        return self.lowered.args_info

    @property
    def out_info(self) -> Any:
        """Like `out_avals`, as `jax.ShapeDtypeStruct`."""
        return self.lowered.out_info

    def as_text(self, dialect: str | None = None, *, debug_info: bool = False) -> str:
        """The program as text.

        Args:
          dialect: "stablehlo", as by default, or "hlo".
          debug_info: Whether to show the source lines of the function, from which the
            operations of its inverse come.
        """
        return self.lowered.as_text(dialect, debug_info=debug_info)

    def compiler_ir(self, dialect: str | None = None) -> Any:
        """The program as an object of the compiler; an MLIR module by default."""
        return self.lowered.compiler_ir(dialect)

    def cost_analysis(self) -> Any:
        """XLA's estimate of the cost of running it."""
        return self.lowered.cost_analysis()

    def compile(self, compiler_options: Any = None) -> jax.stages.Compiled:
        """Compiles the program, to be called with what the inverse takes."""
        return self.lowered.compile(compiler_options)


_WIDE = {"float64", "int64", "uint64", "complex128"}


def invert_lowered(
    fun: Callable[..., Any] | jax.stages.Lowered | str | bytes,
    *example_args: Any,
    argnums: Argnums = None,
) -> LoweredInverse:
    """Inverts a function ahead of time.

        >>> import jax.numpy as jnp
        >>> import invhlo
        >>> lowered = invhlo.invert_lowered(lambda x: jnp.exp(2 * x), jnp.zeros(3))
        >>> "stablehlo.log" in lowered.as_text()
        True
        >>> print(lowered.compile()(jnp.ones(3)))
        [0. 0. 0.]

    Args:
      fun: The function to invert: a Python function; what `jax.jit(...).lower(...)`
        returned for it; or a StableHLO module, as text or bytecode, whose `@main`
        is the function.
      *example_args: Arguments of `fun`, or `jax.ShapeDtypeStruct` in their place. Given
        for Python functions only, the others know their arguments.
      argnums: See `inverse`. For a module, positions of arguments of `@main`.

    Returns:
      The lowered inverse. It takes and returns what `inverse(fun)` does.

    Raises:
      NonInvertibleError: `fun` has no inverse that can be derived.
      TypeError: `fun` is something else, or example arguments are missing or not due.
      ValueError: The module cannot be read, has no `@main` or has dynamic shapes; or
        see `inverse`.
    """
    problem = _problem(fun, example_args, argnums)
    args, kwargs = problem.call_structs()
    in_avals = avals_of((args, kwargs), "arguments")
    inverse = inverse_of(problem, in_avals[0], in_avals[1], "none")

    def inverted(*args: Any, **kwargs: Any) -> Any:
        return inverse(jax.tree.leaves((args, kwargs)))[0]

    inverted.__name__ = f"{problem.forward.name}.inverse"
    avals = [*problem.forward.in_avals, *problem.forward.out_avals]
    # A module has 64-bit arguments if it says so.
    is_wide = any(aval.dtype.name in _WIDE for aval in avals)
    with jax.enable_x64(True) if is_wide else contextlib.nullcontext():
        lowered = jax.jit(inverted).lower(*args, **kwargs)
    return LoweredInverse(
        lowered=lowered,
        in_avals=in_avals,
        out_avals=problem.recovered(problem.unknown_avals),
    )


def _problem(fun: Any, example_args: tuple[Any, ...], argnums: Argnums) -> Problem:
    if isinstance(fun, jax.stages.Lowered | str | bytes):
        if example_args:
            raise TypeError("example arguments are given for Python functions only")
        if isinstance(fun, jax.stages.Lowered):
            return problem_from_lowered(fun, argnums)
        return problem_from_text(fun, argnums)
    if not callable(fun):
        raise TypeError(f"cannot invert {fun!r}: it is not a function")
    if not example_args:
        raise TypeError("invert_lowered needs example arguments of the function")
    avals = avals_of(example_args, "example arguments")
    return pose(fun, avals, {}, argnums)
