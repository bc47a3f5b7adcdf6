# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Every use of JAX that its public API does not promise, and nothing else.

Tried with jax and jaxlib 0.10.2. When a JAX release moves one of these, this is
the one file to change.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import jax
import ml_dtypes
import numpy as np
from jax._src import config as _config
from jax._src import core as _core
from jax._src import xla_bridge as _xla_bridge
from jax._src.interpreters.batching import AxisData
from jax._src.interpreters.mlir import lower_called_computation as _lower_called
from jax._src.interpreters.mlir import lower_per_platform as _lower_per_platform
from jax._src.named_sharding import UnspecifiedValue as _UnspecifiedValue
from jax.extend.core import (
    ClosedJaxpr,
    Jaxpr,
    JaxprEqn,
    Primitive,
    Var,
    jaxpr_as_fun,
    subjaxprs,
)
from jax.extend.core.primitives import jit_p
from jax.extend.source_info_util import register_exclusion
from jax.interpreters import ad as _ad
from jax.interpreters import batching as _batching
from jax.interpreters import mlir
from jaxlib.mlir import ir
from jaxlib.mlir.dialects import func, stablehlo

__all__ = [
    "AxisData",
    "ClosedJaxpr",
    "Context",
    "Jaxpr",
    "Primitive",
    "Var",
    "axes_used",
    "call_with_leading",
    "constants_and_kept_arguments",
    "default_platform",
    "func",
    "has_side_effects",
    "hide_frames_of",
    "ir",
    "is_jit",
    "jaxpr_as_fun",
    "lower_callee",
    "lower_for_inversion",
    "lower_function",
    "override_for_inversion",
    "lower_on_each_platform",
    "make_ir_context",
    "mapped",
    "register_batching",
    "register_jvp",
    "register_lowering",
    "shaped_array_of",
    "stablehlo",
    "subjaxprs",
    "tensor_type_of",
    "trace_context",
]

Context = mlir.LoweringRuleContext
LoweringRule = Callable[..., Sequence[ir.Value]]
make_ir_context = mlir.make_ir_context


def trace_context() -> Hashable:
    """What a trace depends on besides its function and arguments (x64 mode, ...)."""
    context: Hashable = _config.trace_context()
    return context


def default_platform() -> str:
    """The platform that programs are lowered for unless told otherwise."""
    platform: str = _xla_bridge.canonicalize_platform(jax.default_backend())
    return platform


def hide_frames_of(directory: str) -> None:
    """Leaves the files under `directory` out of source locations and tracebacks."""
    register_exclusion(directory)


def constants_and_kept_arguments(
    lowered: jax.stages.Lowered,
) -> tuple[list[Any], list[int]]:
    """What the `@main` of `lowered` takes.

    Returns:
      The constants that it takes first, and the flat positions of the arguments that
      it takes then: JAX drops the unused ones.
    """
    lowering = lowered._lowering
    constants = list(lowering.const_args)
    kept = lowering.compile_args["kept_var_idx"]
    count = len(constants)
    return constants, sorted(index - count for index in kept if index >= count)


def has_side_effects(closed: ClosedJaxpr) -> bool:
    """Whether `closed` has effects other than to use the names of mapped axes."""
    return any(
        not isinstance(effect, _core.NamedAxisEffect) for effect in closed.effects
    )


def axes_used(closed: ClosedJaxpr) -> list[str]:
    """The names of mapped axes around `closed` that it uses."""
    return [
        str(effect.name)
        for effect in closed.effects
        if isinstance(effect, _core.NamedAxisEffect)
    ]


def is_jit(eqn: JaxprEqn) -> bool:
    """Whether `eqn` calls a jitted function."""
    return eqn.primitive is jit_p


def call_with_leading(
    eqn: JaxprEqn, callee: ClosedJaxpr, leading: Sequence[Var]
) -> JaxprEqn:
    """The jit equation `eqn`, calling `callee` with `leading` operands prepended."""
    count = len(leading)
    params = dict(
        eqn.params,
        jaxpr=callee,
        in_shardings=(_UnspecifiedValue(),) * count + tuple(eqn.params["in_shardings"]),
        in_layouts=(None,) * count + tuple(eqn.params["in_layouts"]),
        donated_invars=(False,) * count + tuple(eqn.params["donated_invars"]),
    )
    call: JaxprEqn = eqn.replace(invars=[*leading, *eqn.invars], params=params)
    return call


def register_lowering(primitive: Primitive, rule: LoweringRule) -> None:
    """Makes `rule(context, *operands, **params)` lower `primitive` everywhere."""
    mlir.register_lowering(primitive, rule)


_INVERSION_RULES: dict[Primitive, LoweringRule] = {}


def override_for_inversion(primitive: Primitive, rule: LoweringRule) -> None:
    """Makes `rule(context, *operands, **params)` lower `primitive` when inverting.

    In every other program `primitive` is lowered as usual.
    """
    _INVERSION_RULES[primitive] = rule


def lower_for_inversion(staged: jax.stages.Traced, platform: str) -> ir.Module:
    """Lowers a traced function for `platform`, for the compiler to invert."""
    rules: Any = tuple(_INVERSION_RULES.items())
    parameters = mlir.LoweringParameters(override_lowering_rules=rules)
    lowered = staged.lower(
        lowering_platforms=(platform,), _private_parameters=parameters
    )
    module: ir.Module = lowered.compiler_ir()
    return module


def lower_callee(context: Context, name: str, jaxpr: ClosedJaxpr) -> Any:
    """Puts `jaxpr` beside the function that is being lowered, as a function."""
    function, _, _ = _lower_called(
        name,
        jaxpr,
        context.module_context,
        num_const_args=0,
        in_avals=jaxpr.in_avals,
        out_avals=jaxpr.out_avals,
        tokens_in=mlir.TokenSet(),
    )
    return function


def register_batching(primitive: Primitive, rule: Callable[..., Any]) -> None:
    """Makes `rule(axis, operands, dims, **params)` map `primitive`."""
    _batching.fancy_primitive_batchers[primitive] = rule


def mapped(
    fun: Callable[..., Any],
    axis: AxisData,
    in_dims: Sequence[int | None],
    out_dims: Sequence[int | None] | int,
) -> Callable[..., Any]:
    """`fun`, which returns a list, mapped over `axis` by a batching rule."""
    return jax.vmap(
        fun,
        in_axes=tuple(in_dims),
        out_axes=out_dims if isinstance(out_dims, int) else list(out_dims),
        axis_name=axis.name,
        axis_size=axis.size,
        spmd_axis_name=axis.spmd_name,
    )


def register_jvp(
    primitive: Primitive, fun_of: Callable[..., Callable[..., Any]]
) -> None:
    """Differentiates `primitive` as `fun_of(**params)`, which returns a list.

    The primal results are still those of `primitive`.
    """

    def rule(
        primals: Sequence[Any], tangents: Sequence[Any], **params: Any
    ) -> tuple[Any, Any]:
        moving = [
            i for i, tangent in enumerate(tangents) if type(tangent) is not _ad.Zero
        ]

        def fun(*given: Any) -> Any:
            operands = list(primals)
            for i, operand in zip(moving, given, strict=True):
                operands[i] = operand
            return fun_of(**params)(*operands)

        results = primitive.bind(*primals, **params)
        _, moved = jax.jvp(
            fun, [primals[i] for i in moving], [tangents[i] for i in moving]
        )
        return results, [
            _ad.Zero(jax.typeof(result).to_tangent_aval())
            if tangent.dtype == jax.dtypes.float0
            else tangent
            for result, tangent in zip(results, moved, strict=True)
        ]

    _ad.primitive_jvps[primitive] = rule


def lower_on_each_platform(
    context: Context,
    name: str,
    rule_of: Callable[[str], LoweringRule],
    *operands: ir.Value,
) -> Sequence[ir.Value]:
    """Applies `rule_of(platform)` for each platform that is lowered for.

    There is more than one when exporting; then a `case` on the platform's index
    chooses at run time.
    """
    platforms = context.platforms or context.module_context.platforms
    rules = {platform: rule_of(platform) for platform in platforms}
    if len(platforms) == 1:
        return rules[platforms[0]](context, *operands)
    return _lower_per_platform(context, name, rules, None, frozenset(), *operands)


def lower_function(
    context: Context, fun: Callable[..., Any], operands: Sequence[ir.Value]
) -> Sequence[ir.Value]:
    """Lowers a call of the traceable `fun`, which returns one array, in place."""
    avals_in = [shaped_array_of(operand.type) for operand in operands]
    context = context.replace(
        primitive=None, avals_in=avals_in, avals_out=None, tokens_out=None
    )
    lower = mlir.lower_fun(fun, multiple_results=False)
    results: Sequence[ir.Value] = lower(context, *operands)
    return results


_DTYPES: tuple[Any, ...] = (
    *(np.bool_, np.int8, np.int16, np.int32, np.int64),
    *(np.uint8, np.uint16, np.uint32, np.uint64),
    *(np.float16, np.float32, np.float64, np.complex64, np.complex128),
    *(ml_dtypes.bfloat16, ml_dtypes.int4, ml_dtypes.uint4),
    *(ml_dtypes.float8_e4m3fn, ml_dtypes.float8_e5m2),
)


def tensor_type_of(aval: jax.core.ShapedArray, context: ir.Context) -> ir.Type:
    """The tensor type that an array of `aval` has in a program."""
    with context, ir.Location.unknown():
        return ir.RankedTensorType.get(aval.shape, mlir.dtype_to_ir_type(aval.dtype))


def shaped_array_of(type_: ir.Type) -> jax.core.ShapedArray:
    """The abstract array of a tensor type with a static shape.

    Raises:
      ValueError: `type_` is not such a type; says what it is.
    """
    if not isinstance(type_, ir.RankedTensorType):
        raise ValueError(f"`{type_}` is not the type of an array")
    if not type_.has_static_shape:
        raise ValueError(f"`{type_}` has a dynamic shape, which is not supported")
    with type_.context:
        for dtype in _DTYPES:
            if mlir.dtype_to_ir_type(np.dtype(dtype)) == type_.element_type:
                return jax.core.ShapedArray(tuple(type_.shape), np.dtype(dtype))
    raise ValueError(f"`{type_}` has an element type that is not supported")
