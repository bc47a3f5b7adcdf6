# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Traces functions with JAX, and reads and makes equations of jaxprs."""

import contextlib
import functools
import inspect
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeGuard, TypeVar

import jax
import jax.numpy as jnp
from jax import lax
from jax.extend.core import JaxprEqn, Literal, Primitive, Var
from jax.extend.core.primitives import convert_element_type_p, jit_p
from jax.extend.source_info_util import register_exclusion

from invhlo._jaxcompat.private import find
from invhlo._jaxcompat.types import ClosedJaxpr

Function = TypeVar("Function", bound=Callable[..., Any])

_trace_context = find("jax._src.config", "trace_context")


def trace_context() -> Hashable:
    """The configuration of JAX that a trace depends on (x64 mode, ...), as a key."""
    if _trace_context:
        context: Hashable = _trace_context()
        return context
    options = (repr(getattr(jax.config, name, 0)) for name in sorted(jax.config.values))
    return (*options, jax.sharding.get_abstract_mesh())


_canonicalize_platform = find("jax._src.xla_bridge", "canonicalize_platform")


def default_platform() -> str:
    """The platform that programs are lowered for unless told otherwise."""
    platform: str = jax.default_backend()
    if _canonicalize_platform:
        platform = _canonicalize_platform(platform)
    elif platform == "gpu":
        is_rocm = "rocm" in jax.devices()[0].client.platform_version.lower()
        platform = "rocm" if is_rocm else "cuda"
    return platform


_exclude_from_tracebacks = find("jax._src.traceback_util", "register_exclusion")
_api_boundary = find("jax._src.traceback_util", "api_boundary")


def hide_frames_of(directory: str) -> None:
    """Leaves the files under `directory` out of source locations and tracebacks."""
    register_exclusion(directory)
    if _exclude_from_tracebacks:
        _exclude_from_tracebacks(directory)


def hiding_our_frames(fun: Function) -> Function:
    """`fun`, with our frames removed from the tracebacks of its exceptions."""
    hiding: Function = _api_boundary(fun) if _api_boundary else fun
    return hiding


def has_side_effects(closed: ClosedJaxpr) -> bool:
    """Whether `closed` has effects other than to use the names of mapped axes."""
    return not all(map(_is_axis, closed.effects))


def axes_used(closed: ClosedJaxpr) -> list[str]:
    """The names of the mapped axes (of `vmap`, `shard_map`) that `closed` uses."""
    return [str(effect.name) for effect in closed.effects if _is_axis(effect)]


def _is_axis(effect: Any) -> TypeGuard[Any]:
    return type(effect).__name__ == "NamedAxisEffect"


# The class of concrete arrays, of which `jax.Array` is the interface.
_ArrayImpl = find("jaxlib._jax", "ArrayImpl")


def typeof(value: Any) -> Any:
    """`jax.typeof`, in a twentieth of the time for an array on one device.

    Raises:
      TypeError: `value` is no array.
    """
    if type(value) is _ArrayImpl and isinstance(
        value.sharding, jax.sharding.SingleDeviceSharding
    ):
        return value.aval
    return jax.typeof(value)


def is_jit(eqn: JaxprEqn) -> bool:
    """Whether `eqn` calls a jitted function."""
    return eqn.primitive is jit_p


def top_k(operand: jax.Array, k: int, is_stable: bool) -> list[jax.Array]:
    """`lax.top_k`; unless `is_stable`, equal elements may come in any order."""
    may_choose = "is_stable" in inspect.signature(lax.top_k).parameters
    options: dict[str, Any] = {"is_stable": is_stable} if may_choose else {}
    return list(lax.top_k(operand, k, **options))


def sizes_of_scan(eqn: JaxprEqn) -> tuple[int, int] | None:
    """The numbers of constants and of carries of the scan `eqn`; None if not known."""
    try:
        return _sizes_of_scan(eqn.params)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _sizes_of_scan(params: Mapping[str, Any]) -> tuple[int, int]:
    if "num_carry" in params:
        return params["num_consts"], params["num_carry"]
    constants, carries, _ = map(len, params["ft_in"].unpack())
    return constants, carries


def carried_names(primitive: Primitive, params: Mapping[str, Any]) -> Sequence[str]:
    """What a loop calls its carried values in Python, "" where that is not known."""
    try:
        if primitive is lax.while_p:
            body, start = params["body_jaxpr"], params["body_nconsts"]
            count = len(body.out_avals)
        elif primitive is lax.scan_p:
            body = params["jaxpr"]
            start, count = _sizes_of_scan(params)
        else:
            return ()
        return tuple(body.jaxpr.debug_info.arg_names[start : start + count])
    except (AttributeError, KeyError, TypeError, ValueError):
        return ()


def is_literal(atom: Any) -> bool:
    """Whether `atom`, an operand of an equation, is a literal and not a variable."""
    return isinstance(atom, Literal)


def call_with_leading(
    eqn: JaxprEqn, callee: ClosedJaxpr, leading: Sequence[Var]
) -> JaxprEqn:
    """The jit equation `eqn`, calling `callee` with `leading` operands prepended."""
    params = dict(eqn.params, jaxpr=callee)
    for name, default in _defaults_of_an_operand().items():
        params[name] = (default,) * len(leading) + tuple(params[name])
    call: JaxprEqn = eqn.replace(invars=[*leading, *eqn.invars], params=params)
    return call


@functools.cache
def _defaults_of_an_operand() -> dict[str, Any]:
    """The default entries for an operand in the parameters of a jit equation."""
    (call,) = jax.make_jaxpr(jax.jit(lambda x: x))(0.0).eqns
    names = ("in_shardings", "in_layouts", "donated_invars")
    return {name: call.params[name][0] for name in names if name in call.params}


def bind_again(
    primitive: Primitive,
    params: dict[str, Any],
    in_avals: Sequence[jax.core.ShapedArray],
    context: Any,
    operands: Sequence[Any],
) -> list[Any]:
    """Binds a primitive of a traced equation to arrays of a StableHLO program.

    Args:
      primitive: The primitive.
      params: The parameters of the equation.
      in_avals: The avals of the operands of the equation.
      context: The context of the equation (JAX's `JaxprEqnContext`).
      operands: The new operands; for a random key, the array of its data.

    Returns:
      The results; for a random key, the array of its data.
    """
    given = map(_as_aval, operands, in_avals)
    with getattr(context, "manager", contextlib.nullcontext()):
        results = primitive.bind(*given, **primitive.get_bind_params(params))
    if not primitive.multiple_results:
        results = [results]
    return [_key_data(result) for result in results]


def _as_aval(operand: Any, aval: jax.core.ShapedArray) -> Any:
    if jnp.issubdtype(aval.dtype, jax.dtypes.prng_key):
        return jax.random.wrap_key_data(operand, impl=_generator_of(aval.dtype))
    return with_weak_type(operand, aval.weak_type)


def _generator_of(dtype: Any) -> str:
    """The name of the random number generator of keys of this dtype."""
    try:
        name: str = dtype._impl.name
    except AttributeError:
        every = ("threefry2x32", "rbg", "unsafe_rbg")
        (name,) = (
            each for each in every if jax.random.key(0, impl=each).dtype == dtype
        )
    return name


def _key_data(array: Any) -> Any:
    is_key = jnp.issubdtype(array.dtype, jax.dtypes.prng_key)
    return jax.random.key_data(array) if is_key else array


_convert_element_type = find("jax._src.lax.lax", "_convert_element_type")


def with_weak_type(array: Any, weak_type: bool) -> Any:
    """`array` with the given weak type."""
    if jax.typeof(array).weak_type == weak_type:
        return array
    if _convert_element_type:
        return _convert_element_type(array, array.dtype, weak_type)
    return convert_element_type_p.bind(
        array, new_dtype=array.dtype, weak_type=weak_type, sharding=None
    )
