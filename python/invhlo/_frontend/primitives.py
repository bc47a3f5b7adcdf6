# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""JAX's own primitives in the programs that the compiler inverts.

A scan, a factorization or a function with derivative rules of its own cannot be
recovered from its StableHLO. When such a primitive is lowered to be inverted, a custom
call behind its lowering refers to it by number. The compiler looks through that call.
If it evaluates the primitive forward, the inverse calls the primitive itself, with its
derivatives and independent of the platform.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from jax import lax

from invhlo._frontend.loops import name_carried
from invhlo._jaxcompat import (
    Context,
    Jaxpr,
    Primitive,
    ir,
    is_array_aval,
    lower_as_usual,
    subjaxprs,
    tensor_type_of,
)
from invhlo._jaxprs.checks import PURE_CALLBACK
from invhlo._jaxprs.hosted import HostedPrimitive, current_host

# Primitives that can be recovered from their StableHLO, and calls, into which we
# descend.
_TOLD = frozenset(
    """
    acos acosh add all_gather all_gather_invariant all_to_all and asinh atan atan2
    atanh axis_index bessel_i1e bitcast_convert_type broadcast_in_dim cbrt ceil
    clamp closed_call clz complex concatenate conj conv_general_dilated
    convert_element_type copy copy_p core_call cos cosh custom_inverse digamma div
    dot_general dynamic_slice dynamic_update_slice eq eq_to erf erf_inv erfc exp
    exp2 expand_dims expm1 fft floor ge gt imag integer_pow iota is_finite jit le
    le_to log log1p logistic lt lt_to max min mul mulhi ne neg nextafter not
    optimization_barrier or pad pmax pmin population_count pow ppermute psum
    psum_invariant pvary real reduce_and reduce_max reduce_min reduce_or
    reduce_precision reduce_prod reduce_scatter reduce_sum reduce_xor rem reshape
    rev round rsqrt select_n shift_left shift_right_arithmetic shift_right_logical
    sign sin sinh slice split sqrt square squeeze stack sub tan tanh tile transpose
    unstack xor
    """.split()  # noqa: SIM905
)

# Primitives with an operation in StableHLO or CHLO that some versions of JAX expand.
_MAY_BE_TOLD = frozenset({"abs", "asin", "lgamma"})


def _is_kept(primitive: Any) -> bool:
    return isinstance(primitive, Primitive) and primitive.name not in _TOLD


# Kept primitives of JAX's public modules: a lowering may bind any of them, although the
# traced program does not show it.
_KNOWN: dict[Primitive, None] = dict.fromkeys(
    primitive
    for module in (lax, lax.linalg)
    for primitive in vars(module).values()
    if _is_kept(primitive)
)


def primitives_in(jaxpr: Jaxpr) -> list[Primitive]:
    """The primitives in `jaxpr` and what it calls, each once, in order."""
    found: dict[Primitive, None] = {}
    seen: set[int] = set()

    def visit(jaxpr: Jaxpr) -> None:
        if id(jaxpr) in seen:
            return
        seen.add(id(jaxpr))
        found.update(dict.fromkeys(eqn.primitive for eqn in jaxpr.eqns))
        for inner in subjaxprs(jaxpr):
            visit(inner)
        for eqn in jaxpr.eqns:
            if annotation := eqn.params.get("annotation"):
                for rule in annotation.jaxprs():
                    visit(rule.jaxpr)

    visit(jaxpr)
    return list(found)


Lowering = Callable[..., Sequence[ir.Value]]


def rules_that_keep(
    primitives: Iterable[Primitive],
    lowerings: Mapping[Primitive, Lowering] = MappingProxyType({}),
) -> dict[Primitive, Lowering]:
    """Lowerings that keep the primitives that cannot be recovered from StableHLO.

    Args:
      primitives: The primitives in the program.
      lowerings: The lowerings of some primitives; the others are lowered as usual. A
        custom call that refers to the primitive is put behind either.
    """
    kept = {**_KNOWN, **dict.fromkeys(filter(_is_kept, primitives))}
    return {primitive: _rule(primitive, lowerings.get(primitive)) for primitive in kept}


def _rule(primitive: Primitive, lowering: Lowering | None) -> Lowering:
    def lower(context: Context, *operands: Any, **params: Any) -> Sequence[ir.Value]:
        if primitive.name == PURE_CALLBACK:
            results = _opaque(context, primitive, operands)
        elif lowering:
            results = list(lowering(context, *operands, **params))
        else:
            results = list(lower_as_usual(context, primitive, *operands, **params))
        name_carried(primitive, params, results)
        if primitive.name in _MAY_BE_TOLD and _is_one_operation(operands, results):
            return results
        values = [*operands, *results]
        avals = [*context.avals_in, *context.avals_out]
        if not results or not all(
            isinstance(value, ir.Value) and is_array_aval(aval)
            for value, aval in zip(values, avals, strict=True)
        ):
            return results
        hosted = current_host().primitives
        hosted.append(
            HostedPrimitive(
                primitive, params, tuple(context.avals_in), context.jaxpr_eqn_ctx
            )
        )
        number = ir.IntegerAttr.get(ir.IntegerType.get_signless(64), len(hosted) - 1)
        kept: Sequence[ir.Value] = ir.Operation.create(
            "stablehlo.custom_call",
            results=[result.type for result in results],
            operands=values,
            attributes={
                "call_target_name": ir.StringAttr.get("invhlo.primitive"),
                "invhlo.host": number,
            },
        ).results
        return list(kept)

    return lower


def _is_one_operation(operands: Sequence[Any], results: Sequence[ir.Value]) -> bool:
    """Whether `results` are those of one StableHLO or CHLO operation on `operands`."""
    return all(
        isinstance(result, ir.OpResult)
        and result.owner.name.partition(".")[0] in ("stablehlo", "chlo")
        and list(result.owner.operands) == list(operands)
        for result in results
    )


def _opaque(
    context: Context, primitive: Primitive, operands: Sequence[ir.Value]
) -> list[ir.Value]:
    """A custom call with the name of `primitive`, of which nothing else is known."""
    call = ir.Operation.create(
        "stablehlo.custom_call",
        results=[
            tensor_type_of(aval, context.module_context.context)
            for aval in context.avals_out
        ],
        operands=operands,
        attributes={"call_target_name": ir.StringAttr.get(primitive.name)},
    )
    return list(call.results)
