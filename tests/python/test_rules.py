# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Every rule in numbers: f(g(y)) is y, x comes back, and the share is log|dx/dy|."""

from collections import Counter
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jaxlib.mlir import ir
from jaxlib.mlir.dialects import chlo, stablehlo

import invhlo
import invhlo_opt
from judge import dense_ildj
from plain import Draw, check_program, check_values
from rules import (
    check_derivatives,
    check_outside,
    check_row,
    lowered_text,
    op_of,
    solve,
)
from rules_elementwise import ROWS
from rules_ends import ENDS
from rules_idioms import IDIOMS
from rules_linear import LINEAR
from rules_moves import MIXES, MOVES
from rules_powers import POWERS
from rules_refused import REFUSED_RULES

LIT_RULES = Path(__file__).parents[1] / "lit" / "rules"

# Rules that are tested by the functions at the end of this file.
BY_FUNCTION = {
    *("bitcast_convert", "collective_reduce", "conj", "convert", "if", "not", "xor"),
    "scan",  # in test_loops
    "while",  # in test_loops_at_run_time
    *("alternatives", "piecewise"),  # in test_piecewise
    *("bits", "division"),  # in test_bits
    *("fraction", "quadratic"),  # in test_fractions
    *("search", "spline"),  # in test_searches
    "triangular",  # in test_triangular
}


def name_of_row(row):
    return row.name


def pairs(table):
    return [
        pytest.param(op, program, id=f"{op}-{program.name}") for op, program in table
    ]


def name_of_test(op):
    """What the lit test and the rows of an op are called."""
    dialect, _, mnemonic = op.partition(".")
    return f"chlo-{mnemonic}" if op == "chlo.tan" else mnemonic


def test_every_rule_has_tests():
    rules = {
        name_of_test(op) for op in invhlo_opt.run("", "--list-rules").stdout.split()
    }
    assert {path.stem for path in LIT_RULES.glob("*.mlir")} == rules
    tested = {row.op for row in (*ROWS, *IDIOMS, *POWERS)} | {
        op for op, _ in (*MOVES, *MIXES, *LINEAR)
    }
    tested |= {op for op, *_ in REFUSED_RULES} | BY_FUNCTION
    assert tested == rules


def test_rows_have_names_of_their_own():
    assert max(Counter(row.name for row in ROWS).values()) == 1
    programs = Counter(program.name for _, program in (*MOVES, *MIXES, *LINEAR))
    assert max(programs.values()) == 1


@pytest.mark.parametrize("dtype", ["float32", "float64", "bfloat16", "float16"])
@pytest.mark.parametrize("row", ROWS, ids=name_of_row)
def test_elementwise(row, dtype):
    with jax.enable_x64(True):
        check_row(row, dtype)


@pytest.mark.parametrize("dtype", ["float32", "float64", "bfloat16", "float16"])
@pytest.mark.parametrize("row", [row for row in ROWS if row.outside], ids=name_of_row)
def test_elementwise_outside_the_image(row, dtype):
    with jax.enable_x64(True):
        check_outside(row, dtype)


@pytest.mark.parametrize("row", ROWS, ids=name_of_row)
def test_derivatives(row):
    check_derivatives(row, "float32")


def test_all_elementwise_rules_have_ends():
    assert {row.op for row in ROWS} <= {row.name for row in ENDS}
    assert max(Counter(row.id for row in ENDS).values()) == 1


@pytest.mark.parametrize(
    ("row", "dtype"),
    [pytest.param(r, t, id=f"{r.id}-{t}") for r in ENDS for t in r.dtypes],
)
def test_ends_of_the_image(row, dtype):
    """At the ends the end comes back, also an infinite one; outside of them NaN."""
    with jax.enable_x64(True):
        ends = jnp.asarray(np.array(list(row.ends)).astype(dtype))
        outside = jnp.asarray(np.array([*row.outside, np.nan]).astype(dtype))
        x, share = solve(row.fun, jnp.concatenate([ends, outside]))
        tolerance = 4 * float(jnp.finfo(dtype).eps)
        np.testing.assert_allclose(
            np.asarray(x[: ends.size], float),
            np.array(list(row.ends.values()), float),
            rtol=tolerance,
            atol=tolerance,
        )
        assert not jnp.isnan(share[: ends.size]).any()
        assert jnp.isnan(x[ends.size :]).all(), x[ends.size :]


@pytest.mark.parametrize("row", ROWS, ids=name_of_row)
def test_elementwise_has_its_op(row):
    with jax.enable_x64(True):
        text = lowered_text(row.fun, jnp.ones(3, "float32"))
    assert f".{row.op.removeprefix('chlo-')}" in text


INTEGERS = [f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)]


class DrawIntegers(Draw):
    """Draws integers, or booleans, wherever numbers are asked for."""

    def normal(self, *shape):
        if self.dtype == bool:
            return jnp.asarray(self.bits(*shape))
        if self.dtype.kind == "c":
            return Draw("float32").normal(*shape) * jnp.asarray(3 - 1j, self.dtype)
        return self.integers(self.dtype.name, *shape)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("op", "program"), pairs([*MOVES, *MIXES, *LINEAR]))
def test_moves_and_mixes(op, program, dtype):
    with jax.enable_x64(dtype == "float64"):
        check_program(program, dtype)


@pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
@pytest.mark.parametrize(("op", "program"), pairs(MIXES))
def test_mixes_in_half_precision(op, program, dtype):
    if op in ("complex", "real", "imag"):
        pytest.skip("complex numbers have no half precision")
    check_values(program, dtype)


@pytest.mark.parametrize("dtype", [*INTEGERS, "bool", "complex64"])
@pytest.mark.parametrize(("op", "program"), pairs(MOVES))
def test_moves_are_exact(op, program, dtype):
    adds = op in ("add", "scatter") or "overlap" in program.name
    if adds and dtype in ("bool", "complex64"):
        pytest.skip("adds")
    with jax.enable_x64(True):
        check_values(program, dtype, draw=DrawIntegers)


def integer_functions(dtype):
    k, odd = dtype.type(13), dtype.type(7)
    functions = {
        "add": lambda x: k + (x + k),
        "subtract": lambda x: k - (x - odd),
        "multiply": lambda x: odd * (x * k),
        "negate": lambda x: -x,
        "not": lambda x: ~x,
        "xor": lambda x: k ^ (x ^ odd),
        "convert": lambda x: x.astype(np.dtype(f"int{8 * dtype.itemsize}")),
        "bitcast_convert": lambda x: jax.lax.bitcast_convert_type(x, jnp.uint8),
    }
    if dtype.itemsize < 8:
        functions["convert-wider"] = lambda x: x.astype(jnp.int64)
    return functions


@pytest.mark.parametrize("dtype", INTEGERS)
def test_integers_are_exact(dtype):
    with jax.enable_x64(True):
        info = jnp.iinfo(dtype)
        x = Draw("float32").integers(dtype, 20)
        x = x.at[2:5].set(jnp.asarray([0, 1, info.max // 2], dtype))
        for name, fun in integer_functions(jnp.dtype(dtype)).items():
            got, share = invhlo.inverse_and_ildj(fun, x, reduce_ildj=False)(fun(x))
            np.testing.assert_array_equal(got, x, err_msg=name)
            assert got.dtype == x.dtype
            assert not share.any()


@pytest.mark.parametrize("factor", [1, 3, 5, -1, -3, 0x12345679, 2**31 - 1])
@pytest.mark.parametrize("dtype", INTEGERS)
def test_odd_factors(dtype, factor):
    with jax.enable_x64(True):
        bits = jnp.iinfo(dtype).bits
        odd = np.array(factor % 2**bits, f"uint{bits}").astype(dtype)
        x = Draw("float32").integers(dtype, 20)
        np.testing.assert_array_equal(invhlo.inverse(lambda x: x * odd)(x * odd), x)


@pytest.mark.parametrize("to", ["int32", "float32", "float64", "complex64", "uint8"])
def test_booleans_convert(to):
    x = jnp.asarray([True, False, True])
    with jax.enable_x64(True):
        fun = lambda x: x.astype(to)  # noqa: E731
        np.testing.assert_array_equal(invhlo.inverse(fun, x)(fun(x)), x)


def test_booleans_flip():
    x = jnp.asarray([True, False, True])
    for fun in (lambda x: ~x, lambda x: x ^ np.array([True, True, False])):
        np.testing.assert_array_equal(invhlo.inverse(fun, x)(fun(x)), x)


def test_integers_convert_to_floats_that_hold_them():
    x = jnp.asarray([-(2**24), -5, 0, 7, 2**24], jnp.int32)
    fun = lambda x: x.astype(jnp.float32)  # noqa: E731
    np.testing.assert_array_equal(invhlo.inverse(fun, x)(fun(x)), x)


def all_of(dtype):
    info = jnp.iinfo(dtype)
    return jnp.asarray(np.arange(info.min, int(info.max) + 1), dtype)


SCALE = np.random.default_rng(0).uniform(0.01, 0.1, (8, 1)).astype(np.float32)
THROUGH_FLOATS = {
    "pixels": (lambda n: n.astype("float32") / 127.5 - 1, all_of("uint8")),
    "log of pixels": (lambda n: jnp.log1p(n.astype("float32")), all_of("uint8")),
    "gamma": (lambda n: (n.astype("float32") / 255) ** 2.2, all_of("uint8")),
    "logit": (lambda n: jax.nn.sigmoid((n - 128.0) / 64), all_of("uint8")),
    "half": (lambda n: n.astype("float16") / 255, all_of("uint8")),
    "brain": (lambda n: n.astype("bfloat16") * 0.5, all_of("int8")),
    "audio": (lambda n: n.astype("float32") / 32767, all_of("int16")),
    "weights": (lambda q: (q.astype("float32") - 3) * SCALE, all_of("int8")),
    "notes": (lambda n: 2 ** ((n - 69) / 12) * 440, jnp.arange(128, dtype="uint8")),
    "counts": (lambda n: jnp.log1p(n.astype("float32")), jnp.arange(1000)),
    "steps": (lambda n: n * 0.1, jnp.arange(-100, 100)),
    "to 2^24": (lambda n: n * 2.0, 2**24 - jnp.arange(100)),
    "flags": (lambda b: b.astype("float32") * 0.3 + 0.7, jnp.array([True, False])),
}


@pytest.mark.parametrize("name", THROUGH_FLOATS)
def test_integers_come_back_through_floats(name):
    fun, n = THROUGH_FLOATS[name]
    y = jax.jit(fun)(n)
    assert len(np.unique(np.asarray(y, float))) >= n.size
    got, log_det = invhlo.inverse_and_ildj(fun, n)(y)
    np.testing.assert_array_equal(got, n)
    assert got.dtype == n.dtype
    assert log_det == 0


def test_what_is_no_integer_comes_back_as_the_nearest():
    n = jnp.zeros(6, jnp.int8)
    y = jnp.asarray([2.4, 2.6, -2.6, 1e9, -jnp.inf, jnp.nan])
    got = invhlo.inverse(lambda n: n.astype("float32"), n)(y)
    np.testing.assert_array_equal(got, [2, 3, -3, 127, -128, 0])


@pytest.mark.parametrize(
    "dtype", ["float8_e4m3fn", "float8_e5m2", "float8_e4m3b11fnuz", "bfloat16"]
)
def test_log_dets_of_narrow_floats(dtype):
    x = jnp.asarray([1.0, 2.0], dtype)
    fun = lambda x: jnp.exp(x.astype("float32") * 2)  # noqa: E731
    got, share = invhlo.inverse_and_ildj(fun, x, reduce_ildj=False)(fun(x))
    np.testing.assert_array_equal(got, x)
    assert share.dtype == jnp.float32
    want = -np.log(2) - 2 * np.array([1.0, 2.0])
    np.testing.assert_allclose(share, want, rtol=1e-5)


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [("float64", "float32"), ("float32", "bfloat16"), ("float32", "float16")],
)
def test_narrowed_floats_come_back_as_they_were_rounded(wide, narrow):
    with jax.enable_x64(True):
        y = jnp.asarray([0.1, -3.0, 1e-3, 7e4 if narrow != "float16" else 7e3], narrow)
        x, share = invhlo.inverse_and_ildj(
            lambda x: x.astype(narrow), jnp.zeros(4, wide), reduce_ildj=False
        )(y)
        assert x.dtype == jnp.dtype(wide)
        np.testing.assert_array_equal(x.astype(narrow), y)
        assert not share.any()


def test_bits_of_floats_come_back_without_a_density():
    x = jnp.asarray([0.0, -0.0, 1.5, jnp.inf, jnp.nan], jnp.float32)

    def fun(x):
        return jax.lax.bitcast_convert_type(x, jnp.uint32) ^ np.uint32(3)

    got = invhlo.inverse(fun, x)(fun(x))
    bits = [jax.lax.bitcast_convert_type(v, jnp.uint32) for v in (got, x)]
    np.testing.assert_array_equal(*bits)
    with pytest.raises(invhlo.NonInvertibleError, match="have no density"):
        invhlo.ildj(fun, x)(fun(x))


lax = jax.lax
COMPLEX = {
    "negate": lambda z: -z,
    "add": lambda z: z + (2 - 1j),
    "subtract": lambda z: (2 - 1j) - z,
    "multiply": lambda z: z * (2 - 1j),
    "divide": lambda z: z / (2 - 1j),
    "divide-rhs": lambda z: (2 - 1j) / z,
    "exponential": jnp.exp,
    "exponential_minus_one": lax.expm1,
    "log": jnp.log,
    "log_plus_one": lax.log1p,
    "sqrt": lax.sqrt,
    "rsqrt": lax.rsqrt,
    "tanh": lax.tanh,
    "logistic": jax.nn.sigmoid,
    "sine": op_of(stablehlo.sine),
    "cosine": op_of(stablehlo.cosine),
    "tan": lax.tan,
    "asin": lax.asin,
    "acos": lax.acos,
    "atan": lax.atan,
    "sinh": lax.sinh,
    "cosh": lax.cosh,
    "asinh": lax.asinh,
    "acosh": lax.acosh,
    "atanh": lax.atanh,
    "square": lax.square,
    "power": lambda z: lax.pow(z, jnp.asarray(1.5 + 0.25j, z.dtype)),
    "power-rhs": lambda z: lax.pow(jnp.asarray(1.5 + 0.25j, z.dtype), z),
    "conj": jnp.conj,
    "transpose": lambda z: z.reshape(2, 2).T,
    "dot_general": lambda z: jnp.asarray([[1, 2j], [1 - 1j, 3]], z.dtype) @ z[:2],
}


def as_real(fun):
    """`fun` as a function of real and imaginary parts."""

    def real_fun(parts):
        y = fun(lax.complex(parts[0], parts[1]))
        return jnp.stack([y.real, y.imag])

    return real_fun


@pytest.mark.parametrize("dtype", ["complex64", "complex128"])
@pytest.mark.parametrize("name", COMPLEX)
def test_complex(name, dtype):
    fun = jax.jit(COMPLEX[name])
    with jax.enable_x64(True):
        # In the principal branch of every function here.
        z = jnp.asarray([0.3 + 0.4j, 0.7 - 0.2j, 1.2 + 0.9j, 0.1 + 0.05j], dtype)
        z = z[:2] if name == "dot_general" else z
        y = fun(z)
        x, share = invhlo.inverse_and_ildj(fun, z, reduce_ildj=False)(y)
        tolerance = {"complex64": 2e-5, "complex128": 1e-12}[dtype]
        np.testing.assert_allclose(x, z, rtol=tolerance)
        np.testing.assert_allclose(fun(x), y, rtol=tolerance)
        assert share.dtype == z.real.dtype
        fun = {"sine": jnp.sin, "cosine": jnp.cos}.get(name, fun)
        want = dense_ildj(as_real(fun), jnp.stack([z.real, z.imag]))
        np.testing.assert_allclose(share.sum(), want, rtol=tolerance, atol=tolerance)


def test_chlo_conj():
    z = jnp.asarray([0.3 + 0.4j, -0.7 - 0.2j], jnp.complex64)
    x, share = solve(op_of(chlo.conj), z)
    np.testing.assert_array_equal(x, jnp.conj(z))
    assert not share.any()


@pytest.mark.parametrize(
    ("op", "fun", "x", "reason"), REFUSED_RULES, ids=[row[0] for row in REFUSED_RULES]
)
def test_refused(op, fun, x, reason):
    with pytest.raises(invhlo.NonInvertibleError) as caught:
        invhlo.invert_lowered(fun, x)
    assert f".{op}'" in str(caught.value)
    assert reason in str(caught.value)


def test_if():
    """JAX lowers conditions to cases of two branches."""

    def branches(predicate, x):
        op = stablehlo.IfOp([x.type], predicate)
        for region, build in zip(
            op.regions, (stablehlo.exponential, stablehlo.negate), strict=True
        ):
            with ir.InsertionPoint(region.blocks.append()):
                stablehlo.return_([build(x)])
        return op.results[0]

    fun, x = op_of(branches, lambda _, x: x), jnp.array([0.5, -1.0])
    solve_branch = invhlo.inverse_and_ildj(fun, argnums=1, reduce_ildj=False)
    for predicate, y, share in ((True, jnp.exp(x), -x), (False, -x, 0 * x)):
        got, got_share = solve_branch(jnp.asarray(predicate), y)
        np.testing.assert_allclose(got, x, rtol=1e-6)
        np.testing.assert_allclose(got_share, share, rtol=1e-6)


def test_collective_reduce_is_refused():
    """By the compiler alone, since not every jaxlib knows the op."""
    text = """
      func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
        %y = "stablehlo.collective_reduce"(%x)
            <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({
        ^bb0(%a: tensor<f32>, %b: tensor<f32>):
          %c = stablehlo.add %a, %b : tensor<f32>
          stablehlo.return %c : tensor<f32>
        }) : (tensor<4xf32>) -> tensor<4xf32>
        return %y : tensor<4xf32>
      }"""
    result = invhlo_opt.run(text, "--invhlo-invert")
    reason = "it combines what several devices hold"
    assert f".collective_reduce' op cannot be inverted: {reason}" in result.stderr
