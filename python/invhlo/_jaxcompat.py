# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Every use of JAX that its public API does not promise, and nothing else.

Tried with jax and jaxlib 0.10.2. When a JAX release moves one of these, this is
the one file to change.
"""

import dataclasses
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar

import jax
import jax.numpy as jnp
import jaxlib
import ml_dtypes
import numpy as np
from jax._src import config as _config
from jax._src import core as _core
from jax._src import source_info_util as _source_info_util
from jax._src import traceback_util as _traceback_util
from jax._src import xla_bridge as _xla_bridge
from jax._src.interpreters.batching import AxisData
from jax._src.interpreters.mlir import JaxIrContext as _JaxIrContext
from jax._src.interpreters.mlir import _get_lowering_rules
from jax._src.interpreters.mlir import lower_called_computation as _lower_called
from jax._src.interpreters.mlir import lower_per_platform as _lower_per_platform
from jax._src.interpreters.mlir import (
    refine_polymorphic_shapes as _refine_polymorphic_shapes,
)
from jax._src.interpreters.mlir import upstream_dialects as _upstream_dialects
from jax._src.interpreters.partial_eval import DynamicJaxprTrace, DynamicJaxprTracer
from jax._src.lax.lax import _convert_element_type
from jax._src.named_sharding import UnspecifiedValue as _UnspecifiedValue
from jax.extend.core import (
    ClosedJaxpr,
    Jaxpr,
    JaxprEqn,
    Literal,
    Primitive,
    Var,
    jaxpr_as_fun,
    subjaxprs,
)
from jax.extend.core.primitives import jit_p, triangular_solve_p
from jax.extend.source_info_util import register_exclusion
from jax.interpreters import ad as _ad
from jax.interpreters import batching as _batching
from jax.interpreters import mlir
from jaxlib import _jax
from jaxlib.mlir import ir
from jaxlib.mlir.dialects import chlo, func, mhlo, sdy, stablehlo

from invhlo._functions import along

__all__ = [
    "AxisData",
    "ClosedJaxpr",
    "Context",
    "Jaxpr",
    "JaxprEqn",
    "Primitive",
    "Recorder",
    "Recording",
    "Var",
    "axes_used",
    "bind_again",
    "call_with_leading",
    "calls_exported",
    "constants_and_kept_arguments",
    "default_platform",
    "dtype_of",
    "func",
    "has_side_effects",
    "hide_frames_of",
    "hiding_our_frames",
    "ir",
    "is_array_aval",
    "is_jit",
    "is_literal",
    "jaxpr_as_fun",
    "lower_as_usual",
    "lower_callee",
    "lower_for_inversion",
    "lower_here",
    "lower_with",
    "lowered_as",
    "override_for_inversion",
    "make_ir_context",
    "mapped",
    "portable_bytes",
    "reads_bytecode",
    "refined",
    "register_batching",
    "register_jvp",
    "register_lowering",
    "sdy",
    "shaped_array_of",
    "source_info",
    "stablehlo",
    "subjaxprs",
    "tensor_type_of",
    "trace_context",
    "triangular_solve_p",
    "typeof",
    "with_weak_type",
]

Context = mlir.LoweringRuleContext
Function = TypeVar("Function", bound=Callable[..., Any])
LoweringRule = Callable[..., Sequence[ir.Value]]


def make_ir_context() -> ir.Context:
    """A context for programs that JAX lowers."""
    # JAX's own loads all that might be used, which takes longer than to read most
    # programs; here the reader loads what it meets.
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

    Text is read by any, but takes longer.
    """
    return tuple(map(int, re.findall(r"\d+", jaxlib.__version__))) <= _NEWEST_TRIED


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
    if hasattr(_traceback_util, "register_exclusion"):
        _traceback_util.register_exclusion(directory)


def hiding_our_frames(fun: Function) -> Function:
    """`fun`, out of whose tracebacks JAX leaves what it is told to hide."""
    boundary: Any = getattr(_traceback_util, "api_boundary", lambda fun: fun)
    hiding: Function = boundary(fun)
    return hiding


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


def typeof(value: Any) -> Any:
    """`jax.typeof`, in a twentieth of the time for an array on one device.

    Raises:
      TypeError: `value` is no array.
    """
    if type(value) is _jax.ArrayImpl and isinstance(
        value.sharding, jax.sharding.SingleDeviceSharding
    ):
        return value.aval
    return jax.typeof(value)


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


def is_literal(atom: Any) -> bool:
    """Whether `atom`, of an equation, is a number and no variable."""
    return isinstance(atom, Literal)


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


def lower_for_inversion(
    staged: jax.stages.Traced,
    platform: str,
    more_rules: Mapping[Primitive, LoweringRule],
) -> ir.Module:
    """Lowers a traced function for `platform`, for the compiler to invert.

    Args:
      staged: The function.
      platform: What to lower it for.
      more_rules: Lowerings of further primitives, besides those that are overridden.
    """
    return lower_with(staged, platform, {**more_rules, **_INVERSION_RULES})


def lower_with(
    staged: jax.stages.Traced, platform: str, rules: Mapping[Primitive, LoweringRule]
) -> ir.Module:
    """Lowers a traced function for `platform`, some primitives by these `rules`."""
    overriding: Any = tuple(rules.items())
    parameters = mlir.LoweringParameters(override_lowering_rules=overriding)
    lowered = staged.lower(
        lowering_platforms=(platform,), _private_parameters=parameters
    )
    module: ir.Module = lowered.compiler_ir()
    return module


def calls_exported(module: ir.Module) -> bool:
    """Whether `module`, which JAX lowered, calls programs that were exported."""
    # JAX names the functions of these so.
    symbols = (op.attributes for op in module.body.operations)
    return any(
        "sym_name" in attributes
        and attributes["sym_name"].value.startswith("call_exported")
        for attributes in symbols
    )


def refined(module: ir.Module) -> ir.Module:
    """`module`, whose arguments have static shapes, with static shapes throughout."""
    refined_module: ir.Module = _refine_polymorphic_shapes(module)
    return refined_module


def lowered_as(fun: Callable[..., Any]) -> LoweringRule:
    """Lowers a primitive as JAX lowers `fun`, which takes what the primitive does."""
    rule: LoweringRule = mlir.lower_fun(fun, multiple_results=False)
    return rule


def lower_here(
    context: Context, fun: Callable[..., Any], operands: Sequence[ir.Value]
) -> Sequence[ir.Value]:
    """Lowers `fun`, which returns a list, of arrays that are lowered already."""
    rule: LoweringRule = mlir.lower_fun(fun, multiple_results=True)
    avals = [shaped_array_of(operand.type) for operand in operands]
    return rule(context.replace(avals_in=avals), *operands)


def portable_bytes(module: ir.Module, version: str) -> bytes:
    """`module` as a portable artifact, as `jax.export` writes it."""
    artifact: bytes = _jax.mlir.serialize_portable_artifact(module, version, True)
    return artifact


def lower_as_usual(
    context: Context, primitive: Primitive, *operands: Any, **params: Any
) -> Sequence[Any]:
    """Lowers `primitive`, which has no effects, as though it were not overridden.

    Its name is in the locations of what it is lowered to.
    """
    names = context.name_stack
    if hasattr(names, "extend"):
        context = context.replace(name_stack=names.extend(primitive.name))
    plain = context.module_context.replace(
        lowering_parameters=mlir.LoweringParameters()
    )
    rules, default, _ = _get_lowering_rules(plain, primitive, context.jaxpr_eqn_ctx)
    return _lower_per_platform(
        context, str(primitive), rules, default, frozenset(), *operands, **params
    )


def is_array_aval(aval: Any) -> bool:
    """Whether `aval` is of an array, not of a reference or a token."""
    return type(aval) is jax.core.ShapedArray


def bind_again(
    primitive: Primitive,
    params: dict[str, Any],
    in_avals: Sequence[jax.core.ShapedArray],
    context: Any,
    operands: Sequence[Any],
) -> list[Any]:
    """Binds `primitive` as it was bound, to arrays as a program has them.

    Args:
      primitive: It.
      params: Its parameters, as its equation had them.
      in_avals: What its operands were.
      context: The context of its equation.
      operands: Arrays; of random keys, their data.
    """
    given = map(_as_aval, operands, in_avals)
    with context.manager:
        results = primitive.bind(*given, **primitive.get_bind_params(params))
    if not primitive.multiple_results:
        results = [results]
    return [_key_data(result) for result in results]


def _as_aval(operand: Any, aval: jax.core.ShapedArray) -> Any:
    if jnp.issubdtype(aval.dtype, jax.dtypes.prng_key):
        return jax.random.wrap_key_data(operand, impl=aval.dtype._impl.name)
    return with_weak_type(operand, aval.weak_type)


def _key_data(array: Any) -> Any:
    is_key = jnp.issubdtype(array.dtype, jax.dtypes.prng_key)
    return jax.random.key_data(array) if is_key else array


def with_weak_type(array: Any, weak_type: bool) -> Any:
    """`array`, whose dtype is weak or is not."""
    if jax.typeof(array).weak_type == weak_type:
        return array
    return _convert_element_type(array, array.dtype, weak_type)


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
        results = primitive.bind(*primals, **params)
        _, moved = jax.jvp(
            along(fun_of(**params), primals, moving),
            [primals[i] for i in moving],
            [tangents[i] for i in moving],
        )
        return results, [
            _ad.Zero(jax.typeof(result).to_tangent_aval())
            if tangent.dtype == jax.dtypes.float0
            else tangent
            for result, tangent in zip(results, moved, strict=True)
        ]

    _ad.primitive_jvps[primitive] = rule


def source_info() -> Any:
    """Where JAX takes what is bound now to come from."""
    return _source_info_util.current()


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """Equations that were traced, to be traced again for other operands.

    Values have numbers: the operands, then the constants, then what the equations
    return, in order.

    Attributes:
      trace: The trace that they are part of.
      constants: What else than operands the equations use.
      eqns: The equations, each with its operands and the types of its results.
      results: The results.
    """

    trace: DynamicJaxprTrace
    constants: list[DynamicJaxprTracer]
    eqns: list[tuple[Any, list[int], list[Any]]]
    results: list[int]

    def replay(self, operands: Sequence[Any], source_info: Any) -> list[Any]:
        """Traces the equations for `operands`; they come from `source_info`."""
        values = [*operands, *self.constants]
        for eqn, inputs, avals in self.eqns:
            values += self.trace.emit_eqn(
                [values[i] for i in inputs],
                avals,
                *(eqn.primitive, eqn.params, eqn.effects, source_info, eqn.ctx),
            )
        return [values[result] for result in self.results]


class Recorder:
    """Records equations of the current trace.

    To trace one again costs a fraction of what binding its primitive does.
    """

    def __init__(self) -> None:
        self._trace: Any = _core.trace_ctx.trace

    def kind_of(self, operands: Sequence[Any]) -> Hashable:
        """What operands that a recording can be replayed for have in common.

        Args:
          operands: They must live as long as what is returned.
        """
        first: dict[int, int] = {}
        return tuple(
            (first.setdefault(id(operand), i), operand.aval)
            if self._traces(operand)
            else id(operand)
            for i, operand in enumerate(operands)
        )

    def record(
        self, operands: Sequence[Any], results: Sequence[Any]
    ) -> Recording | None:
        """The equations from `operands` to `results`; None if they cannot be told."""
        if not all(map(self._traces, results)):
            return None
        known = {id(x.val) for x in operands if self._traces(x)}
        constants: list[Any] = []
        eqns: list[Any] = []

        def visit(tracer: Any) -> None:
            """Finds what `tracer` depends on, and then how it is made."""
            if id(tracer.val) in known:
                return
            eqn = tracer.parent
            if eqn is None:
                known.add(id(tracer.val))
                constants.append(tracer)
                return
            for operand in eqn.in_tracers:
                visit(operand)
            known.update(map(id, eqn.outvars))
            eqns.append(eqn)

        for result in results:
            visit(result)
        if any(eqn.effects for eqn in eqns):
            return None
        values = [x.val if self._traces(x) else x for x in operands]
        values += [constant.val for constant in constants]
        values += [var for eqn in eqns for var in eqn.outvars]
        places = {id(value): place for place, value in enumerate(values)}
        return Recording(
            self._trace,
            constants,
            [
                (
                    eqn,
                    [places[id(operand.val)] for operand in eqn.in_tracers],
                    [var.aval for var in eqn.outvars],
                )
                for eqn in eqns
            ],
            [places[id(result.val)] for result in results],
        )

    def _traces(self, value: Any) -> bool:
        return isinstance(value, DynamicJaxprTracer) and value._trace is self._trace


_DTYPES: dict[str, Any] = {
    "i1": np.bool_,
    **{f"i{width}": f"int{width}" for width in (8, 16, 32, 64)},
    **{f"ui{width}": f"uint{width}" for width in (8, 16, 32, 64)},
    **{f"f{width}": f"float{width}" for width in (16, 32, 64)},
    "complex<f32>": np.complex64,
    "complex<f64>": np.complex128,
    "bf16": ml_dtypes.bfloat16,
    **{f"i{width}": getattr(ml_dtypes, f"int{width}") for width in (2, 4)},
    **{f"ui{width}": getattr(ml_dtypes, f"uint{width}") for width in (2, 4)},
    "f4E2M1FN": ml_dtypes.float4_e2m1fn,
    "f8E3M4": ml_dtypes.float8_e3m4,
    "f8E4M3": ml_dtypes.float8_e4m3,
    "f8E4M3B11FNUZ": ml_dtypes.float8_e4m3b11fnuz,
    "f8E4M3FN": ml_dtypes.float8_e4m3fn,
    "f8E4M3FNUZ": ml_dtypes.float8_e4m3fnuz,
    "f8E5M2": ml_dtypes.float8_e5m2,
    "f8E5M2FNUZ": ml_dtypes.float8_e5m2fnuz,
    "f8E8M0FNU": ml_dtypes.float8_e8m0fnu,
}


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
    return jax.core.ShapedArray(tuple(type_.shape), dtype_of(type_.element_type))


def dtype_of(type_: ir.Type) -> np.dtype[Any]:
    """The dtype of elements of this type.

    Raises:
      ValueError: JAX has none.
    """
    try:
        dtype: np.dtype[Any] = np.dtype(_DTYPES[str(type_)])
    except KeyError:
        raise ValueError(
            f"`{type_}` is an element type that is not supported"
        ) from None
    return dtype
