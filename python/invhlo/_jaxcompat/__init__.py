# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Every use of JAX that its public API does not promise, and nothing else.

Tried with jax and jaxlib 0.10.2, 0.11.2 and 0.12.0.1. When a JAX release moves a
private name, this is the one folder to change. `find` returns None for a name that is
missing, and each use of such a name says what happens then.
"""

from jax.extend.core import Jaxpr, JaxprEqn, Primitive, Var, jaxpr_as_fun, subjaxprs
from jax.extend.core.primitives import triangular_solve_p
from jaxlib.mlir import ir
from jaxlib.mlir.dialects import func, sdy, stablehlo

from invhlo._jaxcompat.linear import LinearSolve, linear_solve_p
from invhlo._jaxcompat.lowering import (
    Context,
    calls_exported,
    constants_and_kept_arguments,
    lower_as_usual,
    lower_callee,
    lower_for_inversion,
    lower_here,
    lower_with,
    lowered_as,
    make_ir_context,
    override_for_inversion,
    portable_bytes,
    reads_bytecode,
    refined,
    register_lowering,
)
from invhlo._jaxcompat.replay import (
    Recorder,
    Recording,
    source_info,
)
from invhlo._jaxcompat.tracing import (
    axes_used,
    bind_again,
    call_with_leading,
    carried_names,
    default_platform,
    has_side_effects,
    hide_frames_of,
    hiding_our_frames,
    is_jit,
    is_literal,
    sizes_of_scan,
    top_k,
    trace_context,
    typeof,
    with_weak_type,
)
from invhlo._jaxcompat.transforms import (
    AxisData,
    mapped,
    register_batching,
    register_jvp,
)
from invhlo._jaxcompat.types import (
    ClosedJaxpr,
    dtype_of,
    is_array_aval,
    shaped_array_of,
    size_at,
    tensor_type_of,
)

__all__ = [
    "AxisData",
    "ClosedJaxpr",
    "Context",
    "Jaxpr",
    "LinearSolve",
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
    "linear_solve_p",
    "lower_as_usual",
    "lower_callee",
    "lower_for_inversion",
    "lower_here",
    "lower_with",
    "lowered_as",
    "make_ir_context",
    "mapped",
    "override_for_inversion",
    "portable_bytes",
    "reads_bytecode",
    "refined",
    "register_batching",
    "register_jvp",
    "register_lowering",
    "sdy",
    "shaped_array_of",
    "size_at",
    "carried_names",
    "sizes_of_scan",
    "source_info",
    "stablehlo",
    "subjaxprs",
    "tensor_type_of",
    "top_k",
    "trace_context",
    "triangular_solve_p",
    "typeof",
    "with_weak_type",
]
