# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Annotated calls: how functions with custom inverses get to the compiler.

While a function is traced to be inverted, and only then, a function with a custom
inverse is bound as a primitive. It is lowered to a custom call that names the body
and the rules (docs/annotations.md); under `vmap` the rules are mapped like the body.
"""

import contextlib
import dataclasses
import itertools
from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp

from invhlo._errors import NonInvertibleError
from invhlo._jaxcompat import (
    AxisData,
    ClosedJaxpr,
    Context,
    Primitive,
    axes_used,
    ir,
    jaxpr_as_fun,
    lower_callee,
    mapped,
    override_for_inversion,
    register_batching,
    register_jvp,
    register_lowering,
)
from invhlo._jaxprs.hosted import current_host
from invhlo._util.avals import ShapedArray, stand_in

_annotating = jax.make_user_context(default_value=None)
_redefinitions = 0
_numbers = itertools.count()


def new_number() -> int:
    """A number that tells a function with a custom inverse from others."""
    return next(_numbers)


def note_redefinition() -> None:
    """Invalidates traces that may have used an old rule."""
    global _redefinitions
    _redefinitions += 1


def rules_version() -> int:
    """A number, part of cache keys, that changes when a rule is redefined."""
    return _redefinitions


def annotating(annotate: bool = True) -> contextlib.AbstractContextManager[None]:
    """A context in which calls of custom inverses are annotated, or are not."""
    if annotate:
        return _annotating_but(_inside())
    context: contextlib.AbstractContextManager[None] = _annotating(None)
    return context


def tracing_rule_of(number: int) -> contextlib.AbstractContextManager[None]:
    """A context in which the rule of a function is traced.

    A rule may call its function, whose calls are not annotated then: that would trace
    the rule again.
    """
    return _annotating_but((*_inside(), number))


def is_annotating(number: int) -> bool:
    """Whether calls of the function with this number are annotated now."""
    return _annotating.value is not None and number not in _inside()


def _annotating_but(inside: tuple[int, ...]) -> contextlib.AbstractContextManager[None]:
    # The state is part of JAX's cache keys, so that jitted functions are retraced.
    context: contextlib.AbstractContextManager[None] = _annotating(
        ("invhlo", _redefinitions, inside)
    )
    return context


def _inside() -> tuple[int, ...]:
    """The numbers of the functions whose rules are being traced."""
    inside: tuple[int, ...] = () if _annotating.value is None else _annotating.value[2]
    return inside


@dataclasses.dataclass(frozen=True)
class Known:
    """Which values of a call are known when its rule is asked for.

    Attributes:
      operands: Whether each operand is known.
      results: Whether each result is known.
    """

    operands: tuple[bool, ...]
    results: tuple[bool, ...]


@dataclasses.dataclass(frozen=True, eq=False)
class RuleFunction:
    """A rule, traced for given known operands and results.

    Attributes:
      jaxpr: Takes the known operands, the known results and, if the log-det is wanted,
        the shares of these results. Returns the operands that it finds and, if the
        log-det is wanted, their shares.
      finds: The positions of the operands that it finds.
    """

    jaxpr: ClosedJaxpr
    finds: tuple[int, ...]


@dataclasses.dataclass(frozen=True, eq=False)
class AskedRule:
    """A rule that is traced when the compiler asks for it, with the known values.

    Attributes:
      trace: Traces the rule, given the known values and whether the log-det is wanted.
        It raises `NonInvertibleError` to decline.
    """

    trace: Callable[[Known, bool], RuleFunction]

    def mapped(self, axis: AxisData, dims: Sequence[int | None]) -> "AskedRule":
        """The rule of the mapped call, whose operands have the batch at `dims`."""

        def trace(known: Known, log_det: bool) -> RuleFunction:
            rule = self.trace(known, log_det)
            count = sum(known.results)
            in_dims = [dims[i] for i, is_known in enumerate(known.operands) if is_known]
            in_dims += [0] * (2 * count if log_det else count)
            out_dims = [_found_dim(dims[i]) for i in rule.finds]
            out_dims *= 2 if log_det else 1
            return RuleFunction(
                _mapped_jaxpr(rule.jaxpr, axis, in_dims, out_dims), rule.finds
            )

        return AskedRule(trace)


@dataclasses.dataclass(frozen=True, eq=False)
class UnaryRule:
    """A rule whose functions take all results of the call.

    Attributes:
      operands: The positions of the known operands that the functions take first.
      finds: The positions of the operands that the rule finds.
      inverse: From known operands and results to the found operands; None to invert the
        body.
      ildj: From the same to the log-dets that the call adds to the shares of the found
        operands; None to derive them.
      dense_ildj: Makes a function like `ildj` from the dense Jacobian of `inverse`.
      batch_dims: The number of leading dimensions of results and found operands over
        which the rule is mapped.
    """

    operands: tuple[int, ...]
    finds: tuple[int, ...]
    inverse: ClosedJaxpr | None
    ildj: ClosedJaxpr | None
    dense_ildj: Callable[[], ClosedJaxpr]
    batch_dims: int = 0

    def mapped(
        self, axis: AxisData, dims: Sequence[int | None]
    ) -> "UnaryRule | AskedRule":
        """The rule of the mapped call, whose operands have the batch at `dims`."""
        if any(dims[i] is None for i in self.finds):
            return AskedRule(_decline_unmapped)
        out_dims = [dims[i] for i in self.finds]

        def mapped_jaxpr(jaxpr: ClosedJaxpr) -> ClosedJaxpr:
            in_dims = [dims[i] for i in self.operands]
            in_dims += [0] * (len(jaxpr.in_avals) - len(in_dims))
            return _mapped_jaxpr(jaxpr, axis, in_dims, out_dims)

        return UnaryRule(
            self.operands,
            self.finds,
            self.inverse and mapped_jaxpr(self.inverse),
            self.ildj and mapped_jaxpr(self.ildj),
            lambda: mapped_jaxpr(self.dense_ildj()),
            self.batch_dims + 1,
        )


Rule = UnaryRule | AskedRule


def _found_dim(dim: int | None) -> int:
    """The batch dimension of a found operand; an operand without one is refused."""
    if dim is None:
        raise NonInvertibleError("it finds an argument that is not mapped by vmap")
    return dim


def _decline_unmapped(known: Known, log_det: bool) -> RuleFunction:
    _found_dim(None)
    raise AssertionError


def _mapped_jaxpr(
    jaxpr: ClosedJaxpr,
    axis: AxisData,
    in_dims: Sequence[int | None],
    out_dims: Sequence[int | None] | int,
) -> ClosedJaxpr:
    def spec(aval: ShapedArray, dim: int | None) -> ShapedArray:
        if dim is None:
            return stand_in(aval)
        shape = (*aval.shape[:dim], axis.size, *aval.shape[dim:])
        return ShapedArray(shape, aval.dtype, weak_type=aval.weak_type)

    specs = map(spec, jaxpr.in_avals, in_dims)
    fun = mapped(jaxpr_as_fun(jaxpr), axis, in_dims, out_dims)
    with annotating():
        closed: ClosedJaxpr = jax.make_jaxpr(fun)(*specs)
    return closed


@dataclasses.dataclass(frozen=True, eq=False)
class Annotation:
    """The name and rules of a function with a custom inverse, for one call.

    Attributes:
      name: The name of the function in messages.
      rules: The rules that invert the call.
    """

    name: str
    rules: tuple[Rule, ...]

    def jaxprs(self) -> list[ClosedJaxpr]:
        """The functions of the rules, which are lowered with the call."""
        unary = [rule for rule in self.rules if isinstance(rule, UnaryRule)]
        functions = [f for rule in unary for f in (rule.inverse, rule.ildj)]
        return [function for function in functions if function]


def call_annotated(
    annotation: Annotation, body: ClosedJaxpr, operands: Sequence[Any]
) -> list[jax.Array]:
    """Binds the primitive that calls `body`, with its annotation."""
    results: list[jax.Array] = _annotated_p.bind(
        *operands, body=body, annotation=annotation
    )
    return results


_annotated_p = Primitive("custom_inverse")
_annotated_p.multiple_results = True


def _impl(*operands: Any, body: ClosedJaxpr, annotation: Annotation) -> Any:
    return jaxpr_as_fun(body)(*operands)


def _abstract_eval(*operands: Any, body: ClosedJaxpr, annotation: Annotation) -> Any:
    return body.out_avals, body.effects


def _batch(
    axis: AxisData,
    operands: Sequence[Any],
    dims: Sequence[int | None],
    *,
    body: ClosedJaxpr,
    annotation: Annotation,
) -> tuple[list[jax.Array], list[int | None]]:
    # JAX also calls batching rules where no operand is mapped.
    if all(dim is None for dim in dims) and str(axis.name) not in axes_used(body):
        results = call_annotated(annotation, body, operands)
        return results, [None] * len(results)
    operands = [
        x if dim is None else jnp.moveaxis(x, dim, 0)
        for x, dim in zip(operands, dims, strict=True)
    ]
    dims = [None if dim is None else 0 for dim in dims]
    mapped_body = _mapped_jaxpr(body, axis, dims, 0)
    rules = tuple(rule.mapped(axis, dims) for rule in annotation.rules)
    results = call_annotated(Annotation(annotation.name, rules), mapped_body, operands)
    return results, [0] * len(results)


_annotated_p.def_impl(_impl)
_annotated_p.def_effectful_abstract_eval(_abstract_eval)
register_batching(_annotated_p, _batch)
# A derivative of the call is that of the body: it is evaluated forward, not inverted.
register_jvp(_annotated_p, lambda body, annotation: jaxpr_as_fun(body))


def _lower(
    context: Context, *operands: ir.Value, body: ClosedJaxpr, annotation: Annotation
) -> Sequence[ir.Value]:
    callee = lower_callee(context, annotation.name, body)
    types = callee.type.results
    results: Sequence[ir.Value] = ir.Operation.create(
        "func.call",
        results=types,
        operands=operands,
        attributes={"callee": ir.FlatSymbolRefAttr.get(callee.name.value)},
    ).results
    return results


def lower_annotated_call(
    context: Context, *operands: ir.Value, body: ClosedJaxpr, annotation: Annotation
) -> Sequence[ir.Value]:
    """Lowers the call to a custom call that names the body and the rules."""
    name = annotation.name
    callee = lower_callee(context, name, body)

    def symbol(jaxpr: ClosedJaxpr, suffix: str) -> ir.Attribute:
        function = lower_callee(context, f"{name}.{suffix}", jaxpr)
        return ir.FlatSymbolRefAttr.get(function.name.value)

    def i64(number: int) -> ir.Attribute:
        return ir.IntegerAttr.get(ir.IntegerType.get_signless(64), number)

    def entry(rule: Rule) -> ir.Attribute:
        entries: dict[str, ir.Attribute] = {}
        if isinstance(rule, UnaryRule):
            entries["operands"] = ir.DenseI64ArrayAttr.get(rule.operands)
            entries["finds"] = ir.DenseI64ArrayAttr.get(rule.finds)
            entries["batch_dims"] = i64(rule.batch_dims)
            if rule.inverse:
                entries["inverse"] = symbol(rule.inverse, "inverse")
            if rule.ildj:
                entries["ildj"] = symbol(rule.ildj, "ildj")
        if "ildj" not in entries:
            hosted = current_host().rules
            if rule not in hosted:
                hosted.append(rule)
            entries["host"] = i64(hosted.index(rule))
        return ir.DictAttr.get(entries)

    results: Sequence[ir.Value] = ir.Operation.create(
        "stablehlo.custom_call",
        results=callee.type.results,
        operands=operands,
        attributes={
            "call_target_name": ir.StringAttr.get("invhlo.custom_inverse"),
            "called_computations": ir.ArrayAttr.get(
                [ir.FlatSymbolRefAttr.get(callee.name.value)]
            ),
            "invhlo.name": ir.StringAttr.get(name),
            "invhlo.rules": ir.ArrayAttr.get([entry(r) for r in annotation.rules]),
        },
    ).results
    return results


register_lowering(_annotated_p, _lower)
override_for_inversion(_annotated_p, lower_annotated_call)
