# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions that have no inverse, or none that is found; and what is said of them."""

import dataclasses
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np


@dataclasses.dataclass(frozen=True)
class Refused:
    """A row.

    Attributes:
      name: What the test is called.
      fun: The function.
      op: The op that the message names.
      reason: What the message says of it.
      args: The arguments; by default, a vector.
      argnums: Which of them are unknown.
      says: What else the message contains.
    """

    name: str
    fun: Callable[..., Any]
    op: str
    reason: str
    args: tuple[Any, ...] = (np.array([0.5, 1.5, 2.5, 3.5], np.float32),)
    argnums: Any = None
    says: str = "argument `x`"


I = np.arange(4, dtype=np.int32)  # noqa: E741
U = np.arange(4, dtype=np.uint32)
TINY = np.float32(1e-40)
M = np.arange(16, dtype=np.float32).reshape(4, 4)
ONES = np.ones((4, 4), np.float32)
X = Refused.args[0]

MANY_TO_ONE = "it maps many values to one"
NO_RULE = "there is no inversion rule for this op"
TWICE = "it uses the unknown more than once"
BOTH = "2 operands depend on the unknown"
SINGULAR = "their matrix is singular"

# JAX 0.12 lowers some functions to many operations, whose first choice is blamed.
EXPANDED = jax.__version_info__ >= (0, 12)
CHOICE = ("select", "its condition depends on the unknown")

REFUSED = [
    # Singular: no x comes back.
    Refused("times zero", lambda x: x * 0.0, "multiply", "it multiplies by zero"),
    Refused("over zero", lambda x: x / 0.0, "divide", "it divides by zero"),
    Refused("zero over", lambda x: 0.0 / x, "divide", "it divides zero"),
    Refused("over infinity", lambda x: x / jnp.inf, "divide", "divides by infinity"),
    Refused("power zero", lambda x: jnp.power(x, 0.0), "power", "exponent is zero"),
    Refused("one to the power", lambda x: 1.0**x, "power", "base is zero or one"),
    Refused(
        "zeros in a mask",
        lambda x: x * np.array([1.0, 0.0, 2.0, 0.0], np.float32),
        "multiply",
        "",
    ),
    Refused(
        "zeros in a divisor",
        lambda x: x / np.array([1.0, 0.0, 2.0, 0.0], np.float32),
        "divide",
        "",
    ),
    Refused("matrix of ones", lambda x: ONES @ x, "dot_general", "matrix is singular"),
    Refused("singular matrix", lambda x: M @ x, "dot_general", "matrix is singular"),
    Refused(
        "tall matrix",
        lambda x: M[:, :3] @ x,
        "dot_general",
        "it takes 3 elements to 4",
        args=(X[:3],),
    ),
    Refused(
        "wide matrix", lambda x: M[:3] @ x, "dot_general", "it takes 4 elements to 3"
    ),
    # Many to one.
    Refused("sign", jnp.sign, "sign", MANY_TO_ONE),
    Refused("floor", lambda x: jnp.floor(x), "floor", MANY_TO_ONE),
    Refused("ceil", lambda x: jnp.ceil(x), "ceil", MANY_TO_ONE),
    Refused("round", lambda x: jnp.round(x), "round_nearest_even", MANY_TO_ONE),
    Refused("isfinite", lambda x: jnp.isfinite(x), "is_finite", MANY_TO_ONE),
    Refused("comparison", lambda x: x > 1.0, "compare", MANY_TO_ONE),
    Refused("remainder", lambda x: jax.lax.rem(x, 1.0), "remainder", "the quotient"),
    Refused("phase wrap", lambda x: (x + 0.3) % 1.0, "", ""),
    Refused("relu", lambda x: jax.nn.relu(x), "maximum", "it loses the operand"),
    Refused("clip", lambda x: jnp.clip(x, 0, 1), "minimum", "it loses the operand"),
    Refused("clamp", lambda x: jax.lax.clamp(0.0, x, 1.0), "clamp", "it loses"),
    Refused(
        "lgamma",
        lambda x: jax.lax.lgamma(x),
        *(CHOICE if EXPANDED else ("lgamma", "not injective")),
    ),
    Refused("truncation", lambda x: x.astype(jnp.int32), "convert", "the fraction"),
    # Reductions and mixtures.
    Refused("sum", lambda x: jnp.sum(x), "reduce", NO_RULE),
    Refused("maximum of all", lambda x: jnp.max(x), "reduce", NO_RULE),
    Refused("mean subtracted", lambda x: x - jnp.mean(x), "subtract", SINGULAR),
    Refused("softmax", lambda x: jax.nn.softmax(x), "divide", BOTH),
    Refused("log_softmax", lambda x: jax.nn.log_softmax(x), "subtract", BOTH),
    Refused("layer norm", lambda x: (x - x.mean()) / x.std(), "divide", BOTH),
    Refused("sort", lambda x: jnp.sort(x), "sort", NO_RULE),
    Refused("top_k", lambda x: jax.lax.top_k(x, 2)[0], "top_k", NO_RULE),
    Refused(
        "running sum from elsewhere",
        lambda x: jax.lax.reduce_window(x, 5.0, jax.lax.add, (4,), (1,), [(3, 0)]),
        "reduce_window",
        "its initial value is not neutral",
    ),
    Refused(
        "running maximum", lambda x: jax.lax.cummax(x), "reduce_window", "combines"
    ),
    Refused(
        "max-pool",
        lambda x: jax.lax.reduce_window(x, -np.inf, jax.lax.max, (2,), (2,), "VALID"),
        "reduce_window",
        "its windows are not running ones",
    ),
    Refused("norm", lambda x: jnp.sqrt(jnp.sum(x * x)), "reduce", NO_RULE),
    # One unknown used twice.
    Refused("to itself", lambda x: jax.lax.pow(x, x), "power", TWICE),
    Refused("sin x + x", lambda x: jnp.sin(x) + x, "add", BOTH),
    Refused("residual", lambda x: x + jnp.tanh(x) / 2, "add", BOTH),
    Refused("x times a function of x", lambda x: x * jnp.sin(x), "multiply", BOTH),
    Refused("matrix times itself", lambda x: x @ x, "dot_general", "", args=(M,)),
    Refused(
        "product of unknowns",
        lambda x: x[0] @ x[1],
        "dot_general",
        "both factors depend on the unknown",
        args=((M, M),),
    ),
    Refused(
        "sum of unknowns",
        lambda x: x[0] + x[0] * x[1],
        "add",
        "8 unknown elements are seen by 4 equations only",
        args=((X, X),),
    ),
    Refused(
        "sums twice", lambda x: (x[:2] + x[2:], 2 * x[:2] + 2 * x[2:]), "", SINGULAR
    ),
    # Choices.
    Refused("absolute integers", lambda x: jnp.abs(x), "abs", "the sign", args=(I,)),
    Refused(
        "folded",
        lambda x: jnp.where(x > 1, x, 2 * x),
        "a function of pieces",
        "both x > 1 and x <= 1 give 1.5",
    ),
    Refused(
        "cond",
        lambda x: jax.lax.cond(x[0] > 0, jnp.exp, jax.nn.softmax, x),
        "divide",
        BOTH,
    ),
    Refused(
        "a masked half is lost",
        lambda x: jnp.where(np.arange(4) < 2, x, 0.0),
        "select",
        "the results do not tell 2 of the 4 elements, [2] first, of its operand",
    ),
    Refused("a slice", lambda x: x[:2], "slice", "do not tell [2:4] of its operand"),
    Refused("overwritten", lambda x: x.at[1].set(0.0), "scatter", "do not tell [1] of"),
    Refused("gathered in part", lambda x: x[np.array([0, 2, 2, 3])], "gather", ""),
    Refused(
        "gather at run time",
        lambda x, i: x[i],
        "gather",
        "its indices are not constants",
        args=(X, I),
        argnums=0,
    ),
    Refused("unused", lambda x: jnp.zeros(4), "", "it does not reach the results"),
    # Integers.
    Refused("times a subnormal", lambda x: x * TINY, "multiply", "subnormal"),
    Refused("by a subnormal", lambda x: x / TINY, "divide", "subnormal"),
    Refused("a subnormal by", lambda x: TINY / x, "divide", "subnormal"),
    Refused("times two", lambda x: x * 2, "multiply", "even", args=(I,)),
    Refused(
        "integer division",
        lambda x: jax.lax.div(x, np.int32(3)),
        "divide",
        "loses the remainder",
        args=(I,),
    ),
    Refused("shift left", lambda x: x << 1, "shift_left", "loses bit", args=(U,)),
    Refused(
        "shift right", lambda x: x >> 1, "shift_right_logical", "bit 0 of", args=(U,)
    ),
    Refused(
        "signed shift",
        lambda x: x >> 1,
        "shift_right_arithmetic",
        "it loses bit 0 of its operand",
        args=(I,),
    ),
    Refused("and", lambda x: x & 7, "and", "loses bits 3 to", args=(I,)),
    Refused("or", lambda x: x | 7, "or", "loses bits 0 to 2", args=(I,)),
    Refused(
        "population count",
        lambda x: jax.lax.population_count(x),
        "popcnt",
        MANY_TO_ONE,
        args=(I,),
    ),
    Refused("narrowing", lambda x: x.astype(jnp.int8), "convert", "bits", args=(I,)),
    Refused("integer matrix", lambda x: x @ np.eye(4, dtype=np.int32), "", "", (I,)),
    # Complex.
    Refused(
        "modulus",
        lambda x: jnp.abs(x),
        *(CHOICE if EXPANDED else ("abs", "the modulus loses the angle")),
        args=(X + 1j * X,),
    ),
    Refused(
        "real part",
        lambda x: x.real,
        "real",
        "it keeps one part of a complex value",
        args=((X + 1j * X).astype(np.complex64),),
    ),
    # Loops.
    Refused(
        "while",
        lambda x: jax.lax.while_loop(lambda c: c[0] < 9, lambda c: c * 2.0, x),
        "while",
        "how often it runs depends on the unknown: its condition reads ",
    ),
]
