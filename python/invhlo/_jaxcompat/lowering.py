# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Lowers functions and primitives with JAX, and makes MLIR modules."""

import functools
import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jax
import jaxlib
from jax.extend.core import Primitive
from jax.interpreters import mlir
from jaxlib.mlir import ir
from jaxlib.mlir.dialects import chlo, mhlo, sdy, stablehlo

from invhlo._jaxcompat.private import find
from invhlo._jaxcompat.types import ClosedJaxpr, shaped_array_of

Context = mlir.LoweringRuleContext
LoweringRule = Callable[..., Sequence[ir.Value]]

_MLIR = "jax._src.interpreters.mlir"
_JaxIrContext = find(_MLIR, "JaxIrContext")
_upstream_dialects = find(_MLIR, "upstream_dialects")


def make_ir_context() -> ir.Context:
    """An MLIR context with the dialects that JAX lowers to."""
    # JAX's own context loads all dialects, which takes longer than to read most
    # programs; this one only registers them, and the parser loads those it meets.
    if not (_JaxIrContext and _upstream_dialects):
        return mlir.make_ir_context()
    context = _JaxIrContext()
    context.append_dialect_registry(_upstream_dialects)
    context.enable_multithreading(False)
    for dialect in (stablehlo, chlo, sdy):
        dialect.register_dialect(context)
    mhlo.register_mhlo_dialect(context)
    return context


_NEWEST_TRIED = (0, 12, 0, 1)


def reads_bytecode() -> bool:
    """Whether this jaxlib is known to read the bytecode that our MLIR writes.

    Every jaxlib reads text, but that takes longer.
    """
    return tuple(map(int, re.findall(r"\d+", jaxlib.__version__))) <= _NEWEST_TRIED


def constants_and_kept_arguments(
    lowered: jax.stages.Lowered,
) -> tuple[list[Any], list[int]]:
    """The arguments of the `@main` of `lowered`.

    Returns:
      The constants that `@main` takes first, and the flat positions of the function's
      arguments that follow: JAX drops the unused ones.
    """
    try:
        lowering = lowered._lowering
        constants = list(lowering.const_args)
        kept = lowering.compile_args["kept_var_idx"]
    except (AttributeError, KeyError):
        count = len(jax.tree.leaves(lowered.in_avals))
        module: Any = lowered.compiler_ir()
        main = ir.SymbolTable(module.operation)["main"]
        if len(main.type.inputs) != count:
            raise ValueError(
                f"the program takes {len(main.type.inputs)} of {count} arguments, and "
                f"jax {jax.__version__} does not say which: lower it with "
                "`jax.jit(fun, keep_unused=True)`"
            ) from None
        return [], list(range(count))
    count = len(constants)
    return constants, sorted(index - count for index in kept if index >= count)


def register_lowering(primitive: Primitive, rule: LoweringRule) -> None:
    """Makes `rule(context, *operands, **params)` lower `primitive` everywhere."""
    mlir.register_lowering(primitive, rule)


_INVERSION_RULES: dict[Primitive, LoweringRule] = {}


def override_for_inversion(primitive: Primitive, rule: LoweringRule) -> None:
    """Makes `rule(context, *operands, **params)` lower `primitive` when inverting.

    In every other program `primitive` is lowered as usual.
    """
    _INVERSION_RULES[primitive] = rule


def lower_for_inversion(
    staged: jax.stages.Traced,
    platform: str,
    more_rules: Mapping[Primitive, LoweringRule],
) -> ir.Module:
    """Lowers a traced function for `platform`, for the compiler to invert.

    Args:
      staged: The function.
      platform: The platform to lower it for.
      more_rules: Lowerings of primitives, besides those of `override_for_inversion`.
    """
    return lower_with(staged, platform, {**more_rules, **_INVERSION_RULES})


def lower_with(
    staged: jax.stages.Traced, platform: str, rules: Mapping[Primitive, LoweringRule]
) -> ir.Module:
    """Lowers a traced function for `platform`, some primitives by these `rules`.

    If this JAX takes no lowering rules, all primitives are lowered as usual: most of
    them can be recovered from their StableHLO.
    """
    options = {"_private_parameters": _parameters(rules)} if _takes_rules() else {}
    lowered = staged.lower(lowering_platforms=(platform,), **options)
    module: ir.Module = lowered.compiler_ir()
    return module


def _parameters(rules: Mapping[Primitive, LoweringRule]) -> Any:
    overriding: Any = tuple(rules.items())
    return mlir.LoweringParameters(override_lowering_rules=overriding)


@functools.cache
def _takes_rules() -> bool:
    try:
        jax.jit(lambda x: x).trace(0.0).lower(_private_parameters=_parameters({}))
    except TypeError:
        return False
    return True


def calls_exported(module: ir.Module) -> bool:
    """Whether `module`, which JAX lowered, calls exported programs."""
    # JAX prefixes the names of functions of exported programs.
    symbols = (op.attributes for op in module.body.operations)
    return any(
        "sym_name" in attributes
        and attributes["sym_name"].value.startswith("call_exported")
        for attributes in symbols
    )


_refine_polymorphic_shapes = find(_MLIR, "refine_polymorphic_shapes")


def refined(module: ir.Module) -> ir.Module:
    """`module`, with its dynamic shapes inferred from the static ones of its arguments.

    Raises:
      ValueError: This JAX has no such shape refinement.
    """
    if not _refine_polymorphic_shapes:
        raise ValueError(
            f"the program has dynamic shapes, which jax {jax.__version__} does not "
            "resolve: lower it for static ones"
        )
    refined_module: ir.Module = _refine_polymorphic_shapes(module)
    return refined_module


def lowered_as(fun: Callable[..., Any]) -> LoweringRule:
    """A lowering rule: lowers a primitive as `fun` of its operands and parameters."""
    rule: LoweringRule = mlir.lower_fun(fun, multiple_results=False)
    return rule


def lower_here(
    context: Context, fun: Callable[..., Any], operands: Sequence[ir.Value]
) -> Sequence[ir.Value]:
    """Lowers a call of `fun`, at the current insertion point.

    Args:
      context: The context of the lowering.
      fun: A function of arrays that returns a list.
      operands: The values of its arguments in the module.

    Returns:
      The values of its results.
    """
    rule: LoweringRule = mlir.lower_fun(fun, multiple_results=True)
    avals = [shaped_array_of(operand.type) for operand in operands]
    return rule(context.replace(avals_in=avals), *operands)


_jaxlib_mlir = find("jaxlib._jax", "mlir")


def portable_bytes(module: ir.Module, version: str) -> bytes:
    """`module` as a portable artifact, as `jax.export` writes it."""
    artifact: bytes = (
        _jaxlib_mlir.serialize_portable_artifact(module, version, True)
        if _jaxlib_mlir
        else stablehlo.serialize_portable_artifact(module, version)
    )
    return artifact


_get_lowering_rules = find(_MLIR, "_get_lowering_rules")
_lower_per_platform = find(_MLIR, "lower_per_platform")


def lower_as_usual(
    context: Context, primitive: Primitive, *operands: Any, **params: Any
) -> Sequence[Any]:
    """Lowers `primitive`, which has no effects, by JAX's own rule.

    The locations of the operations name the primitive.
    """
    names: Any = getattr(context, "name_stack", None)
    if hasattr(names, "extend"):
        context = context.replace(name_stack=names.extend(primitive.name))
    plain = context.module_context.replace(
        lowering_parameters=mlir.LoweringParameters()
    )
    if not (_get_lowering_rules and _lower_per_platform):
        bind = functools.partial(primitive.bind, **params)
        rule = mlir.lower_fun(bind, multiple_results=primitive.multiple_results)
        lowered: Sequence[Any] = rule(context.replace(module_context=plain), *operands)
        return lowered
    rules, default, _ = _get_lowering_rules(plain, primitive, context.jaxpr_eqn_ctx)
    values: Sequence[Any] = _lower_per_platform(
        context, str(primitive), rules, default, frozenset(), *operands, **params
    )
    return values


_lower_called = find(_MLIR, "lower_called_computation")


def lower_callee(context: Context, name: str, jaxpr: ClosedJaxpr) -> Any:
    """Lowers `jaxpr` to a function of the module that is being lowered.

    Args:
      context: The context of the lowering.
      name: The name of the function, made unique in the module.
      jaxpr: The function.

    Returns:
      The `func.func` operation.
    """
    types = {"in_avals": jaxpr.in_avals, "out_avals": jaxpr.out_avals}
    if not _lower_called:
        asked = inspect.signature(mlir.lower_jaxpr_to_fun).parameters
        types = {name: avals for name, avals in types.items() if name in asked}
        return mlir.lower_jaxpr_to_fun(
            context.module_context, name, jaxpr, (), num_const_args=0, **types
        )
    function, _, _ = _lower_called(
        name,
        jaxpr,
        context.module_context,
        num_const_args=0,
        **types,
        tokens_in=mlir.TokenSet(),
    )
    return function
