# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Literals fold to what JAX computes, and access at literal positions is slicing."""

import functools
import os
import subprocess
import sys
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jax import lax
from jax.interpreters import mlir
from jaxlib.mlir import ir

from run_stablehlo import run_stablehlo

PASSES = ["--invhlo-inline-calls", "--invhlo-fold-constants"]


@functools.cache
def invhlo_opt():
    """The tool under test: $INVHLO_OPT, or beside the Python that runs this."""
    chosen = os.environ.get("INVHLO_OPT")
    path = Path(chosen or Path(sys.executable).parent / "invhlo-opt")
    if not path.exists():
        pytest.fail(f"no invhlo-opt at {path}: build it, or set INVHLO_OPT")
    return str(path)


def fold(text):
    """What is left of a module."""
    run = subprocess.run(
        [invhlo_opt(), *PASSES], input=text, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def plain(value):
    """The same numbers in dtypes that NumPy has, as a list."""
    value = jnp.asarray(value)
    if value.dtype in (jnp.bfloat16, jnp.float16):
        return [value.astype(jnp.float32)]
    if value.dtype == bool:
        # Longer ones are text in which MLIR's versions differ.
        return [value.astype(jnp.uint8)]
    if jnp.issubdtype(value.dtype, jnp.complexfloating):
        return [value.real, value.imag]
    return [value]


def read_constants(text):
    """The values that @main returns, all of which must be constants."""
    with mlir.make_ir_context():
        module = ir.Module.parse(text)
        (main,) = module.body.operations
        *constants, terminator = main.regions[0].blocks[0].operations
        assert {op.name for op in constants} <= {"stablehlo.constant"}, text
        return [np.array(v.owner.attributes["value"]) for v in terminator.operands]


def check_folds(fun, *args, rtol=0.0):
    """`fun` of literals folds to constants, equal to what JAX computes at run time."""

    def flatten(results):
        return [part for leaf in jax.tree.leaves(results) for part in plain(leaf)]

    closed = jax.jit(lambda: flatten(fun(*map(jnp.asarray, args))))
    got = read_constants(fold(closed.lower().as_text()))
    want = flatten(jax.jit(fun)(*args))
    assert len(got) == len(want)
    for one, other in zip(got, want, strict=True):
        assert (one.shape, one.dtype) == (other.shape, other.dtype)
        if rtol:
            np.testing.assert_allclose(one, other, rtol=rtol)
        else:
            np.testing.assert_array_equal(one, other)


def arange(*shape, dtype=jnp.float32):
    return jnp.arange(np.prod(shape), dtype=dtype).reshape(shape)


INDEX = np.array([3, 0, -1])

CLOSED = {
    # Index arithmetic.
    "negative index": lambda: arange(5)[-1],
    "traced index": lambda: arange(4, 5)[jnp.int32(-2), jnp.int32(3)],
    "index array": lambda: arange(4, 5)[INDEX],
    "index array along columns": lambda: arange(4, 5)[:, INDEX],
    "two index arrays": lambda: arange(4, 5)[INDEX, INDEX + 1],
    "index matrix": lambda: arange(4, 5)[np.array([[0, 1], [2, 3]])],
    "boolean mask": lambda: arange(5)[np.array([True, False, True, True, False])],
    "strided": lambda: arange(7, 5)[5:0:-2, 1::2],
    "take": lambda: jnp.take(arange(4, 5), INDEX, axis=1),
    "take out of range": lambda: jnp.take(arange(4), jnp.array([1, 7, -9])),
    "take clip": lambda: jnp.take(arange(4), jnp.array([1, 7, -9]), mode="clip"),
    "take wrap": lambda: jnp.take(arange(4), jnp.array([1, 7, -9]), mode="wrap"),
    "take_along_axis": lambda: jnp.take_along_axis(
        arange(3, 4), jnp.array([[1], [0], [3]]), axis=1
    ),
    "diagonal": lambda: jnp.diagonal(arange(4, 5), offset=1),
    "diag of vector": lambda: jnp.diag(arange(3), k=-1),
    "diag_indices": lambda: jnp.diag_indices(4),
    "tril_indices": lambda: jnp.tril_indices(4, -1),
    "triu_indices": lambda: jnp.triu_indices(3, 1, 5),
    "unravel_index": lambda: jnp.unravel_index(jnp.array([3, 11]), (4, 5)),
    "ravel_multi_index": lambda: jnp.ravel_multi_index(
        (jnp.array([1, 9]), jnp.array([2, 2])), (4, 5), mode="clip"
    ),
    "vmapped dynamic_slice": lambda: jax.vmap(
        lambda x, i: lax.dynamic_slice(x, (i,), (2,))
    )(arange(3, 5), jnp.array([0, 9, 2])),
    # Writes.
    "set": lambda: arange(4, 5).at[INDEX].set(7.0),
    "add at duplicates": lambda: arange(4).at[jnp.array([1, 1, 2])].add(2.0),
    "multiply": lambda: arange(4, 5).at[:, 1:3].multiply(3.0),
    "max": lambda: arange(4).at[jnp.array([0, 3])].max(1.5),
    "set out of range": lambda: arange(4).at[jnp.array([2, 9])].set(5.0),
    "windows partly outside": lambda: lax.scatter_add(
        arange(5),
        jnp.array([[4], [1], [-1], [2]]),
        arange(4, 2),
        lax.ScatterDimensionNumbers((1,), (), (0,)),
    ),
    "fill_diagonal": lambda: jnp.fill_diagonal(arange(3, 4), -1.0, inplace=False),
    "fill lower triangle": lambda: (
        jnp.zeros((3, 3)).at[jnp.tril_indices(3)].set(arange(6))
    ),
    "batched set": lambda: jax.vmap(lambda x, i: x.at[i].set(0.0))(
        arange(3, 4), jnp.array([0, 2, 3])
    ),
    "dynamic_slice": lambda: lax.dynamic_slice(arange(4, 5), (3, -2), (2, 3)),
    "dynamic_update_slice": lambda: lax.dynamic_update_slice(
        arange(4, 5), jnp.full((2, 3), -1.0), (9, 1)
    ),
    # Masks and rearrangements.
    "tril": lambda: jnp.tril(arange(4, 5), 1),
    "triu": lambda: jnp.triu(arange(4, 5), -1),
    "eye": lambda: jnp.eye(4, 5, k=1, dtype=jnp.int8),
    "one_hot": lambda: jax.nn.one_hot(jnp.array([1, 4, -1]), 4),
    "meshgrid": lambda: jnp.meshgrid(arange(2), arange(3)),
    "roll": lambda: jnp.roll(arange(4, 5), (1, -2), (0, 1)),
    "roll by array": lambda: jnp.roll(arange(5), jnp.int32(-7)),
    "rot90": lambda: jnp.rot90(arange(2, 3)),
    "transpose": lambda: jnp.transpose(arange(2, 3, 4), (2, 0, 1)),
    "reverse": lambda: lax.rev(arange(2, 3, 4), (0, 2)),
    "tile": lambda: jnp.tile(arange(2, 1), (2, 3)),
    "repeat": lambda: jnp.repeat(arange(3), 2),
    "concatenate": lambda: jnp.concatenate([arange(2, 3), jnp.ones((1, 3))]),
    "stack": lambda: jnp.stack([arange(3), arange(3) + 1], axis=1),
    "pad": lambda: lax.pad(arange(3, 4), 9.0, [(1, -1, 2), (-2, 3, 0)]),
    "pad reflect": lambda: jnp.pad(arange(4), 2, mode="reflect"),
    "splats": lambda: jnp.pad(jnp.ones((2, 3)), 1, constant_values=1.0)[1:],
    "empty": lambda: jnp.concatenate([jnp.zeros((0, 3)), arange(2, 3)[2:]]),
    # Reductions.
    "sum": lambda: jnp.sum(arange(3, 4, dtype=jnp.int32), axis=0),
    "prod": lambda: jnp.prod(arange(3, 4), axis=1),
    "max and min": lambda: (jnp.max(arange(3, 4)), jnp.min(arange(3, 4), axis=1)),
    "all and any": lambda: (jnp.all(arange(3) >= 0), jnp.any(arange(3, 4) > 9, 1)),
    "sum of splat": lambda: jnp.sum(jnp.full((3, 4), 2.0), axis=0),
    "cumsum": lambda: jnp.cumsum(arange(3, 4), axis=0),
    "cumprod": lambda: jnp.cumprod(jnp.full((2, 5), 2.0), axis=1),
    "cummax reverse": lambda: lax.cummax(jnp.array([1, 5, 2, 0]), reverse=True),
    # Branches and integers.
    "switch": lambda: lax.switch(
        jnp.int32(1), [jnp.sin, jnp.negative, jnp.cos], arange(3)
    ),
    "switch out of range": lambda: lax.switch(
        jnp.int32(7), [jnp.sin, jnp.cos, jnp.negative], arange(3)
    ),
    "cond": lambda: lax.cond(jnp.bool(False), jnp.sin, lambda x: x + 1, arange(3)),
    "floor_divide": lambda: jnp.arange(-5, 6) // 3,
    "mod": lambda: jnp.arange(-5, 6) % -3,
    "where and clip": lambda: jnp.where(arange(5) > 2, jnp.clip(arange(5), 1, 3), 0),
    "complex": lambda: lax.complex(arange(3), -arange(3)) * (1 + 2j) - 1j,
    "bits": lambda: lax.bitcast_convert_type(-0.0 * arange(3), jnp.uint32),
}


@pytest.mark.parametrize("fun", [pytest.param(f, id=n) for n, f in CLOSED.items()])
def test_closed_programs(fun):
    check_folds(fun)


INTEGERS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
FLOATS = ["bfloat16", "float16", "float32", "float64"]
COMPARISONS = [lax.eq, lax.ne, lax.ge, lax.gt, lax.le, lax.lt]


def pairs(values, dtype):
    """Every pair of values, as two arrays."""
    values = np.array(values, jnp.dtype(dtype))
    return np.repeat(values, values.size), np.tile(values, values.size)


@pytest.mark.parametrize("dtype", INTEGERS)
def test_integers(dtype):
    info = np.iinfo(dtype)
    values = [info.min, info.max, 0, 1, 2, 3, 5, 7, 31, info.max // 3]
    values += [-1, -2, -7, info.min + 1] if info.min else [info.max - 1]
    binary = [lax.add, lax.sub, lax.mul, lax.div, lax.rem, lax.max, lax.min]
    binary += [lax.bitwise_and, lax.bitwise_or, lax.bitwise_xor, lax.shift_left]
    binary += [lax.shift_right_arithmetic, lax.shift_right_logical]
    unary = [lax.bitwise_not, lax.sign, lax.population_count, lax.clz]
    unary += [lax.neg, lax.abs] if info.min else []

    pair = pairs(values, dtype)

    def compute(x, y):
        results = [op(x, y) for op in binary + COMPARISONS]
        results += [op(x) for op in unary]
        return [*results, lax.clamp(x[3], x, x[5]), lax.integer_pow(x, 3)]

    with jax.enable_x64(True):
        check_folds(compute, *pair)


def test_predicates():
    pair = pairs([False, True], bool)

    def compute(x, y):
        binary = [lax.bitwise_and, lax.bitwise_or, lax.bitwise_xor, lax.max, lax.min]
        results = [op(x, y) for op in [*binary, *COMPARISONS, jnp.add, jnp.multiply]]
        return [*results, ~x, x.astype(int), x.astype(float), x.astype("uint8")]

    check_folds(compute, *pair)


@pytest.mark.parametrize("dtype", FLOATS)
def test_floats(dtype):
    values = [0.0, -0.0, 1.0, -1.0, 0.5, 1.5, -2.5, 3.25, 100.0, np.inf, -np.inf]
    binary = [lax.add, lax.sub, lax.mul, lax.div, lax.rem, lax.max, lax.min]
    unary = [lax.neg, lax.abs, lax.sign, lax.floor, lax.ceil, lax.is_finite]
    unary += [
        functools.partial(lax.round, rounding_method=m) for m in lax.RoundingMethod
    ]

    pair = pairs([*values, np.nan], dtype)

    def compute(x, y):
        results = [op(x, y) for op in binary + COMPARISONS]
        results += [op(x) for op in unary]
        return [*results, lax.clamp(x[2], x, x[4])]

    with jax.enable_x64(True):
        check_folds(compute, *pair)


@pytest.mark.parametrize("dtype", FLOATS)
def test_transcendental_functions(dtype):
    unary = [lax.exp, lax.log, lax.sqrt, lax.rsqrt, lax.tanh, lax.sin, lax.cos]
    unary += [lax.log1p, lax.expm1, lax.cbrt, lax.logistic, lax.tan]

    pair = pairs([0.0, 0.5, 1.0, 2.5, 3.0], dtype)

    def compute(x, y):
        return [*(op(x) for op in unary), lax.pow(x, y), lax.atan2(x, y)]

    with jax.enable_x64(True):
        check_folds(compute, *pair, rtol=4 * float(jnp.finfo(dtype).eps))


def test_signs_of_zero():
    pair = pairs([0.0, -0.0, 1.0, -1.0], np.float32)

    def compute(x, y):
        results = [x + y, x - y, x * y, -x, abs(x), lax.floor(x)]
        return [lax.bitcast_convert_type(r, jnp.int32) for r in results]

    check_folds(compute, *pair)


@pytest.mark.parametrize("dtype", [*INTEGERS, *FLOATS, "bool"])
def test_conversions(dtype):
    def compute():
        values = np.array([0, 1, 2, 77, 127]).astype(dtype)
        if dtype != "bool" and not dtype.startswith("u"):
            values = np.append(values, -values[:3])
        targets = [*INTEGERS, *FLOATS, "bool"]
        if any(values < 0):
            # What a negative float is as an unsigned integer is left open.
            targets = [t for t in targets if not t.startswith("u")]
        if dtype in FLOATS:
            values = values + np.array(0.5).astype(dtype)
        return [lax.convert_element_type(jnp.asarray(values), t) for t in targets]

    with jax.enable_x64(True):
        check_folds(compute)


def test_conversion_wraps_integers():
    def compute():
        x = jnp.array([-1, 300, 2**31 - 1, -(2**31)], jnp.int32)
        return [x.astype(t) for t in ("int8", "uint8", "int16", "uint32", "int64")]

    with jax.enable_x64(True):
        check_folds(compute)


def test_total_order():
    pair = pairs([0.0, -0.0, 1.0, np.nan, -np.nan, np.inf, -np.inf], np.float32)
    check_folds(lambda x, y: [lax.lt_to_p.bind(x, y), lax.le_to_p.bind(x, y)], *pair)


@pytest.mark.parametrize(
    "fun",
    [
        pytest.param(lambda: jnp.full(2, 3e9).astype(jnp.int32), id="out of range"),
        pytest.param(lambda: jnp.full(2, jnp.nan).astype(jnp.int32), id="nan"),
        pytest.param(lambda: jnp.arange(70_000), id="large"),
    ],
)
def test_not_folded(fun):
    text = fold(jax.jit(fun).lower().as_text())
    with pytest.raises(AssertionError):
        read_constants(text)


def check_means_the_same(fun, *args):
    """Returns the folded text of `fun`, which computes what `fun` does."""
    text = fold(jax.jit(fun).lower(*args).as_text())
    got = run_stablehlo(text, *args)
    want = jax.tree.leaves(jax.jit(fun)(*args))
    for one, other in zip(got, want, strict=True):
        assert (one.shape, one.dtype) == (other.shape, other.dtype)
        np.testing.assert_array_equal(one, other)
    return text


@st.composite
def progressions(draw, size):
    """Positions in equal steps inside `size`, as an index vector or matrix."""
    start = draw(st.integers(0, size - 1))
    stop = draw(st.integers(0, size - 1))
    distance = abs(stop - start)
    steps = [s for s in range(1, distance + 1) if distance % s == 0]
    step = draw(st.sampled_from(steps)) if steps else 1
    indices = np.arange(start, stop + 1, step) if stop >= start else None
    if indices is None:
        indices = np.arange(start, stop - 1, -step)
    if indices.size % 2 == 0 and draw(st.booleans()):
        indices = indices.reshape(2, -1)
    return indices


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_progressions_are_slices(data):
    shape = data.draw(st.lists(st.integers(1, 6), min_size=1, max_size=3))
    axis = data.draw(st.integers(0, len(shape) - 1))
    indices = data.draw(progressions(shape[axis]))
    take = data.draw(st.booleans())
    index = (slice(None),) * axis + (indices,)

    def pick(x):
        return jnp.take(x, indices, axis=axis) if take else x[index]

    text = check_means_the_same(pick, arange(*shape))
    assert "gather" not in text
    assert "select" not in text


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_gather(data):
    rank = data.draw(st.integers(1, 3))
    shape = data.draw(st.lists(st.integers(1, 5), min_size=rank, max_size=rank))
    sizes = [data.draw(st.integers(1, n)) for n in shape]
    mapped = data.draw(
        st.lists(st.integers(0, rank - 1), min_size=1, max_size=rank, unique=True)
    )
    batch = data.draw(st.lists(st.integers(1, 3), max_size=2))
    collapsed = [d for d in range(rank) if sizes[d] == 1 and data.draw(st.booleans())]
    result_rank = len(batch) + rank - len(collapsed)
    offsets = data.draw(st.permutations(range(result_rank)))[: rank - len(collapsed)]
    indices = data.draw(
        st.lists(
            st.integers(-3, 6),
            min_size=int(np.prod(batch)) * len(mapped),
            max_size=int(np.prod(batch)) * len(mapped),
        )
    )
    indices = np.array(indices, np.int32).reshape(*batch, len(mapped))
    numbers = lax.GatherDimensionNumbers(
        offset_dims=tuple(sorted(offsets)),
        collapsed_slice_dims=tuple(collapsed),
        start_index_map=tuple(mapped),
    )

    def gather(x):
        return lax.gather(x, indices, numbers, sizes, mode="clip")

    check_means_the_same(gather, arange(*shape))
    check_folds(lambda: gather(arange(*shape)))


OPEN = {
    "take one": (lambda x: jnp.take(x, 1, axis=1), "gather"),
    "take": (lambda x: jnp.take(x, jnp.array([3, 1]), axis=0), "gather"),
    "index array": (lambda x: x[:, np.array([-1, -2])], "gather"),
    "traced index": (lambda x: x[jnp.int32(2)], "dynamic_slice"),
    "roll by array": (lambda x: jnp.roll(x, jnp.int32(2)), "dynamic_slice"),
    "switch": (
        lambda x: lax.switch(jnp.int32(1), [jnp.sin, jnp.negative], x),
        "case",
    ),
    "where": (lambda x: jnp.where(jnp.arange(4)[:, None] >= 0, x, 0.0), "select"),
    "clip to everything": (lambda x: jnp.minimum(x, jnp.inf) * 1.0, "minimum"),
    "sum of one": (lambda x: jnp.sum(x[:1], axis=0), "reduce"),
    "convert": (lambda x: x.astype(jnp.float32)[..., None], "broadcast_in_dim"),
}


@pytest.mark.parametrize(
    ("fun", "gone"), [pytest.param(*case, id=name) for name, case in OPEN.items()]
)
def test_open_programs(fun, gone):
    text = check_means_the_same(fun, arange(4, 5) - 7.5)
    assert f"stablehlo.{gone}" not in text


def test_loops_keep_their_meaning():
    def fun(x):
        def step(carry, k):
            index = jnp.array([2, 1, 0])
            return carry[index] * 1.0 + k, carry[jnp.int32(-1)]

        return lax.scan(step, x, jnp.arange(4.0))

    check_means_the_same(fun, arange(3))
