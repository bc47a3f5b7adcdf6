# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""StableHLO modules that users hand us, as problems to solve."""

import functools
from collections.abc import Sequence
from typing import Any

import jax

from invhlo._aot.entry import (
    asks_for_platform,
    hide_helpers,
    lift_literals,
    main_of,
    take_all,
)
from invhlo._aot.reading import module_of_exported, read_module
from invhlo._backend import KIND
from invhlo._frontend.lowering import Bound, Forward, Source
from invhlo._ir.composites import unwrap_composites
from invhlo._ir.operations import operations_in
from invhlo._ir.printing import bytecode_of, text_of
from invhlo._jaxcompat import (
    calls_exported,
    constants_and_kept_arguments,
    default_platform,
    ir,
    make_ir_context,
    refined,
    shaped_array_of,
    stablehlo,
)
from invhlo._solve.problem import Argnums, Problem, problem_of
from invhlo._util.avals import ShapedArray, avals_of
from invhlo._util.origin import Origin


def problem_from_lowered(
    lowered: jax.stages.Lowered, argnums: Argnums, origin: Origin
) -> Problem:
    """The problem of inverting a function that JAX has lowered.

    Args:
      lowered: The result of `jax.jit(fun).lower(...)`.
      argnums: The positions of the unknown arguments of `fun`; None for all.
      origin: Where the exported programs that `fun` calls come from, if it calls any.

    Raises:
      ValueError: There is nothing to solve for, or `fun` has side effects.
    """
    constants, kept = constants_and_kept_arguments(lowered)
    args, kwargs = lowered.in_avals
    in_avals = jax.tree.leaves((args, kwargs))
    with make_ir_context() as context:
        module = _copy_of(lowered.compiler_ir("stablehlo"), context)
        _admit(module)
        _, out_avals = _signature(module)
        if len(kept) < len(in_avals):
            take_all(module, len(constants), kept, in_avals)
        bound = _bound(module, default_platform())
        if not calls_exported(module):
            origin = Origin.TRACED
        text = text_of(module)
    forward = Forward(
        name=_name_of(module),
        constants=tuple(constants),
        in_avals=tuple(in_avals),
        out_avals=out_avals,
        out_tree=lowered.out_tree,
        stablehlo=lambda *_: Source(text),
        origin=origin,
        bound=bound,
    )
    return problem_of(forward, args, kwargs, argnums, _numbers(args))


def _copy_of(module: ir.Module, context: ir.Context) -> ir.Module:
    """A copy of `module` in `context`, with dynamic shapes inferred from its arguments.

    The arguments have static shapes. Dynamic ones come with calls of programs that were
    exported for symbolic sizes.
    """
    is_dynamic = _has_dynamic_shapes(module)
    copy = ir.Module.parse(
        bytecode_of(refined(module) if is_dynamic else module), context
    )
    if is_dynamic:  # it calls an exported program
        unwrap_composites(copy)
    return copy


def _has_dynamic_shapes(module: ir.Module) -> bool:
    types = (result.type for op in operations_in(module) for result in op.results)
    return any(
        isinstance(type_, ir.RankedTensorType) and not type_.has_static_shape
        for type_ in types
    )


def problem_from_exported(
    exported: jax.export.Exported, argnums: Argnums, origin: Origin
) -> Problem:
    """The problem of inverting a function that JAX has exported.

    Args:
      exported: The exported function, already checked by `check_exported`.
      argnums: The positions of its unknown arguments; None for all.
      origin: Where the exported function comes from.

    Raises:
      ValueError: There is nothing to solve for, or the function has a dynamic shape or
        side effects.
    """
    if exported.ordered_effects or exported.unordered_effects:
        raise ValueError("cannot invert an exported program with side effects")
    args, kwargs = avals_of(
        jax.tree.unflatten(exported.in_tree, exported.in_avals), "the argument "
    )
    in_avals = jax.tree.leaves((args, kwargs))
    kept = exported.module_kept_var_idx

    def read(index: int, context: ir.Context) -> tuple[ir.Module, list[Any], bool]:
        """The module for the platform number `index`.

        Returns:
          The module, the constants that it takes as leading arguments, and whether it
          differs between platforms.
        """
        module = module_of_exported(exported, context)
        _admit(module)
        takes_index = len(main_of(module).type.inputs) > len(kept)
        is_told = takes_index and asks_for_platform(module)
        hide_helpers(module)
        constants = lift_literals(module)
        if takes_index or len(kept) < len(in_avals):
            place = index if takes_index else None
            take_all(module, len(constants), kept, in_avals, place)
        return module, constants, is_told

    with make_ir_context() as context:
        module, constants, is_told = read(0, context)
        bound = _bound(module, *exported.platforms)
        text = text_of(module)

    @functools.cache
    def source(platform: str, _: bool) -> Source:
        if not is_told or platform == exported.platforms[0]:
            return Source(text)
        with make_ir_context() as context:
            other = read(exported.platforms.index(platform), context)[0]
            return Source(text_of(other))

    forward = Forward(
        name=exported.fun_name,
        constants=tuple(constants),
        in_avals=tuple(in_avals),
        out_avals=exported.out_avals,
        out_tree=exported.out_tree,
        stablehlo=source,
        origin=origin,
        bound=bound,
        variants=tuple(exported.platforms) if is_told else (),
    )
    return problem_of(forward, args, kwargs, argnums, _numbers(args))


def signature_of(
    module: ir.Module,
) -> tuple[str, tuple[ShapedArray, ...], tuple[ShapedArray, ...]]:
    """The name of a module, and the avals of the arguments and results of its `@main`.

    Raises:
      ValueError: The module has no `@main`, or has side effects or a dynamic shape.
    """
    _admit(module)
    return _name_of(module), *_signature(module)


def problem_from_text(text: str | bytes, argnums: Argnums, origin: Origin) -> Problem:
    """The problem of inverting the `@main` of a StableHLO module.

    Args:
      text: The module, as text, bytecode or a portable artifact.
      argnums: The positions of the unknown arguments of `@main`; None for all.
      origin: Where the module comes from.

    Raises:
      ValueError: `text` is not such a module, or there is nothing to solve for.
    """
    with make_ir_context() as context:
        module = read_module(text, context, origin)
        _admit(module)
        in_avals, out_avals = _signature(module)
        bound = _bound(module, default_platform())
        hide_helpers(module)
        constants = lift_literals(module)
        text = text_of(module)
    leaf = jax.tree.structure(0)
    count = len(out_avals)
    forward = Forward(
        name=_name_of(module),
        constants=tuple(constants),
        in_avals=in_avals,
        out_avals=out_avals,
        out_tree=leaf if count == 1 else jax.tree.structure((0,) * count),
        stablehlo=lambda *_: Source(text),
        origin=origin,
        bound=bound,
    )
    return problem_of(forward, in_avals, {}, argnums, _numbers(in_avals))


_IMPURE = {"stablehlo.send", "stablehlo.recv", "stablehlo.infeed", "stablehlo.outfeed"}


# Custom calls that refer to Python objects of the process that lowered them.
_HOSTED = {"invhlo.bind", "invhlo.primitive"}


def _admit(module: ir.Module) -> None:
    """Checks that `module` is pure, and drops attributes that only the compiler sets.

    Raises:
      ValueError: `module` has side effects, or refers to another process.
    """
    for op in operations_in(module):
        if KIND in op.attributes:
            del op.attributes[KIND]
        said = op.name
        impure = said in _IMPURE
        if isinstance(op.opview, stablehlo.CustomCallOp):
            target = op.opview.call_target_name.value
            if target in _HOSTED:
                raise ValueError(
                    f"the module calls `{target}`, which means something only in the "
                    "process that lowered it"
                )
            said += f" @{target}"
            effect = op.opview.has_side_effect
            # A callback is a pointer into the process that lowered it.
            impure = "callback" in target or (effect is not None and effect.value)
        if impure:
            raise ValueError(f"cannot invert a module with side effects ({said})")


# Custom calls that XLA's partitioner resolves on every platform.
_FREE_CALLS = {"Sharding", "SPMDFullToShardShape", "SPMDShardToFullShape"}


def _bound(module: ir.Module, *platforms: str) -> Bound | None:
    """A custom call that binds `module` to the `platforms` it was lowered for, if any.

    None if the module has no custom call that other platforms may lack.
    """
    for op in operations_in(module):
        if isinstance(op.opview, stablehlo.CustomCallOp):
            target = op.opview.call_target_name.value
            if target not in _FREE_CALLS and not target.startswith("invhlo."):
                return Bound(platforms, target)
    return None


def _signature(
    module: ir.Module,
) -> tuple[tuple[ShapedArray, ...], tuple[ShapedArray, ...]]:
    """The avals of the arguments and results of `@main`."""
    type_ = main_of(module).type

    def avals(what: str, types: Any) -> tuple[ShapedArray, ...]:
        found = []
        for i, type_ in enumerate(types):
            try:
                found.append(shaped_array_of(type_))
            except ValueError as error:
                raise ValueError(f"{what} {i} of `@main`: {error}") from None
        return tuple(found)

    return avals("argument", type_.inputs), avals("result", type_.results)


def _name_of(module: ir.Module) -> str:
    """The name of the function that JAX lowered to `module`."""
    attributes = module.operation.attributes
    if "sym_name" not in attributes:
        return "main"
    name: str = ir.StringAttr(attributes["sym_name"]).value
    return name.removeprefix("jit_")


def _numbers(args: Sequence[Any]) -> tuple[str, ...]:
    return tuple(map(str, range(len(args))))
