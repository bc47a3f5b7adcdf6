# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Traces a JAX function and lowers it to StableHLO."""

import dataclasses
import functools
from collections.abc import Callable, Sequence
from typing import Any

import jax

from invhlo._frontend.linear_solve import lower_linear_solve
from invhlo._frontend.primitives import primitives_in, rules_that_keep
from invhlo._ir.operations import operations_in
from invhlo._ir.printing import text_of
from invhlo._jaxcompat import (
    ClosedJaxpr,
    Primitive,
    axes_used,
    default_platform,
    jaxpr_as_fun,
    linear_solve_p,
    lower_for_inversion,
    lower_with,
)
from invhlo._jaxprs.checks import PURE_CALLBACK, may_check, without_checks
from invhlo._jaxprs.constants import lift_constants
from invhlo._jaxprs.hosted import Hosted, hosting
from invhlo._rules.annotation import annotating
from invhlo._util.avals import explicit_sharding_of, stand_in
from invhlo._util.functions import name_of
from invhlo._util.origin import Origin

PLATFORMS = ("cpu", "cuda", "rocm", "tpu")

# Lowerings of primitives with an inverse that cannot be derived from their StableHLO.
_INVERTED = {linear_solve_p: lower_linear_solve}


@dataclasses.dataclass(frozen=True)
class Source:
    """A lowered function.

    Attributes:
      text: The module, in MLIR's generic form.
      hosted: The rules and primitives that the module refers to by number.
    """

    text: bytes
    hosted: Hosted = dataclasses.field(default_factory=Hosted)


@dataclasses.dataclass(frozen=True)
class Bound:
    """Why a program runs on some platforms only.

    Attributes:
      platforms: These platforms.
      call: A custom call in the program that other platforms may lack.
    """

    platforms: tuple[str, ...]
    call: str


@dataclasses.dataclass(frozen=True, eq=False)
class Forward:
    """A function traced for given arguments, ready to be lowered.

    Attributes:
      name: The function's name.
      constants: The arrays that it closes over, the leading arguments of the program.
      in_avals: The avals of its own arguments, flat.
      out_avals: The avals of its results, flat.
      out_tree: The tree of its results.
      stablehlo: Lowers it for a platform, with or without JAX's primitives kept
        beside their lowerings. The `@main` of the module takes the constants and every
        argument, used or not, and carries source locations.
      origin: Where the function comes from.
      bound: Why it runs on some platforms only; None if it runs on all.
      variants: The platforms, if each has a program of its own; empty if one program
        serves all.
      calls_back: Whether it calls back into Python for a value.
      apply: Evaluates the function: takes the constants and its own arguments, flat;
        None if only its program is available.
    """

    name: str
    constants: tuple[Any, ...]
    in_avals: tuple[jax.core.ShapedArray, ...]
    out_avals: tuple[jax.core.ShapedArray, ...]
    out_tree: jax.tree_util.PyTreeDef
    stablehlo: Callable[[str, bool], Source]
    origin: Origin
    bound: Bound | None = None
    variants: tuple[str, ...] = ()
    calls_back: bool = False
    apply: Callable[..., list[Any]] | None = None

    @property
    def names_devices(self) -> bool:
        """Whether the program refers to a mesh of devices, as shardings do."""
        platform = self.variants[0] if self.variants else default_platform()
        return b"mesh<" in self.stablehlo(platform, False).text


def trace(
    fun: Callable[..., Any], args: Sequence[Any], kwargs: dict[str, Any]
) -> Forward:
    """Traces `fun` for arguments of given types.

    Args:
      fun: The function.
      args: Its positional arguments, pytrees of avals as `stand_in` makes them.
      kwargs: Its keyword arguments, likewise.

    Raises:
      ValueError: `fun` has side effects.
    """
    name = name_of(fun)

    # A wrapper, because `fun` need not be hashable, with the name of `fun`, because JAX
    # names the program and its arguments after the function.
    @functools.wraps(fun)
    def traced(*args: Any, **kwargs: Any) -> Any:
        return fun(*args, **kwargs)

    traced.__name__ = name
    with annotating():
        staged = jax.jit(traced, keep_unused=True).trace(*args, **kwargs)
        closed = staged.jaxpr
        out_tree = jax.tree.structure(staged.out_info)
        if len(closed.in_avals) != len(jax.tree.leaves((args, kwargs))):
            # `make_jaxpr` makes the tracers that `fun` closes over constants; `jit`
            # would make them arguments.
            closed = jax.make_jaxpr(traced)(*args, **kwargs)
    primitives = primitives_in(closed.jaxpr)
    pure = closed
    if may_check([primitive.name for primitive in primitives]):
        pure = without_checks(closed)
        primitives = primitives_in(pure.jaxpr)
    names = [primitive.name for primitive in primitives]
    _check_pure(pure, names, name)
    lifted, constants = lift_constants(pure)
    if lifted is not closed:

        def retraced(*operands: jax.Array) -> list[jax.Array]:
            results: list[jax.Array] = jaxpr_as_fun(lifted)(*operands)
            return results

        retraced.__name__ = name
        specs = [stand_in(aval) for aval in lifted.in_avals]
        staged = jax.jit(retraced, keep_unused=True).trace(*specs)

    @functools.cache
    def lowered(platform: str, keep_primitives: bool) -> Source:
        hosted = Hosted()
        kept = primitives if keep_primitives else None
        text = _lowered(staged, platform, hosted, kept)
        return Source(text, hosted)

    def stablehlo(platform: str, keep_primitives: bool) -> Source:
        source = lowered(platform, keep_primitives)
        # A copy, because an inversion adds the primitives that its rules refer to.
        return dataclasses.replace(source, hosted=source.hosted.copy())

    return Forward(
        name=name,
        constants=tuple(constants),
        in_avals=tuple(closed.in_avals),
        out_avals=tuple(closed.out_avals),
        out_tree=out_tree,
        stablehlo=stablehlo,
        # An exported program has source locations from another machine.
        origin=Origin.TRUSTED if "call_exported" in names else Origin.TRACED,
        variants=PLATFORMS if "platform_index" in names else (),
        calls_back=PURE_CALLBACK in names,
        apply=jaxpr_as_fun(lifted),
    )


def _lowered(
    staged: jax.stages.Traced,
    platform: str,
    hosted: Hosted,
    kept: Sequence[Primitive] | None,
) -> bytes:
    more_rules = _INVERTED if kept is None else rules_that_keep(kept, _INVERTED)
    with hosting(hosted):
        module = lower_for_inversion(staged, platform, more_rules)
    if any(map(explicit_sharding_of, staged.jaxpr.in_avals)):
        # JAX adds a sharding constraint behind each operation of an explicit type. The
        # inverse has its own, and its results have the shardings of the arguments.
        for op in operations_in(module):
            if op.name == "sdy.sharding_constraint":
                op.results[0].replace_all_uses_with(op.operands[0])
                op.operation.erase()
    return text_of(module)


def lower_jaxpr(jaxpr: ClosedJaxpr, platform: str, hosted: Hosted) -> bytes:
    """Lowers `jaxpr` to a module, whose `@main` takes every argument, used or not.

    Args:
      jaxpr: The function.
      platform: The platform to lower it for.
      hosted: Receives the primitives that the module refers to by number.

    Returns:
      The module, in MLIR's generic form.
    """

    def main(*arrays: jax.Array) -> list[jax.Array]:
        results: list[jax.Array] = jaxpr_as_fun(jaxpr)(*arrays)
        return results

    specs = map(stand_in, jaxpr.in_avals)
    staged = jax.jit(main, keep_unused=True).trace(*specs)
    kept = rules_that_keep(primitives_in(jaxpr.jaxpr))
    # The function is only evaluated, so custom inverses need no annotation.
    with hosting(hosted):
        return text_of(lower_with(staged, platform, kept))


def _check_pure(closed: ClosedJaxpr, primitives: Sequence[str], name: str) -> None:
    for primitive in primitives:
        if "callback" in primitive and primitive != PURE_CALLBACK:
            raise ValueError(
                f"cannot invert `{name}`: it calls back into Python (`{primitive}`)"
            )
    if axes := axes_used(closed):
        raise ValueError(
            f"cannot invert `{name}`: it uses the axis `{axes[0]}`, which is mapped "
            "around it; invert the mapped function"
        )
    if closed.effects:
        effects = ", ".join(sorted(str(effect) for effect in closed.effects))
        raise ValueError(f"cannot invert `{name}`: it has side effects ({effects})")
