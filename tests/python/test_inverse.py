# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What `inverse`, `ildj` and `inverse_and_ildj` take and return."""

import functools
import os
import subprocess
import sys

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import invhlo
from flows import coupling_flow, init_coupling_flow
from judge import assert_close, check, check_inverse

X = jnp.array([0.5, -1.5, 2.0, 3.0])


def affine(x):
    return x * 2.0 + 1.0


def test_input_looks_like_output_without_examples():
    np.testing.assert_allclose(invhlo.inverse(affine)(affine(X)), X)
    np.testing.assert_allclose(
        invhlo.ildj(affine)(affine(X)), -4 * np.log(2), rtol=1e-6
    )


def test_examples_may_be_structs():
    def transposed(x):
        return {"y": x.T + 1.0}

    struct = jax.ShapeDtypeStruct((2, 3), jnp.float32)
    y = {"y": jnp.arange(6.0).reshape(3, 2)}
    got = invhlo.inverse(transposed, struct)(y)
    np.testing.assert_array_equal(got, y["y"].T - 1.0)


def test_tuple_of_outputs_is_splatted():
    def halves(x):
        return x[:2] + 1.0, x[2:] * 3.0

    check(halves, X)
    np.testing.assert_allclose(invhlo.inverse(halves, X)(*halves(X)), X)


def test_tuple_of_one_output_is_splatted():
    check(lambda x: (x * 2.0,), X)


def test_only_tuples_are_splatted():
    check(lambda x: [x[:2] + 1.0, x[2:]], X)


def test_several_arguments_come_back_as_a_tuple():
    check(lambda a, b: (a + 1.0, b * a), X, X + 4.0)
    first, second = invhlo.inverse(lambda a, b: (a + 1.0, b * 2.0))(2.0, 3.0)
    assert (first, second) == (1.0, 1.5)


def test_one_argument_may_look_like_the_tuple_of_outputs():
    first, second = invhlo.inverse(lambda ab: (ab[0] + 1.0, ab[1] * 2.0))(2.0, 3.0)
    assert (first, second) == (1.0, 1.5)


@pytest.mark.parametrize("argnums", [0, 1, -1, -2])
def test_argnums_names_the_unknown(argnums):
    check(lambda a, b: a * b + 1.0, X, X + 4.0, argnums=argnums)


def test_known_arguments_stand_where_they_stood():
    def flow(params, x):
        return params["scale"] * x + params["shift"]

    params = {"scale": 2.0, "shift": jnp.ones(4)}
    y = flow(params, X)
    np.testing.assert_allclose(invhlo.inverse(flow, argnums=1)(params, y), X)
    swapped = invhlo.inverse(lambda x, params: flow(params, x), argnums=0)
    np.testing.assert_allclose(swapped(y, params), X)


def test_several_outputs_stand_in_their_places():
    def mixed(a, k, b):
        return a * k, b + a

    args = (X, jnp.float32(2.0), X - 1.0)
    a, b = invhlo.inverse(mixed, argnums=(0, 2))(X * 2.0, 2.0, 2 * X - 1.0)
    assert_close((a, b), (X, X - 1.0), 1e-6)
    check(mixed, *args, argnums=(0, 2))


def test_argnums_order_is_the_order_of_outputs_and_results():
    def mixed(a, k, b):
        return b + a, a * k

    check(mixed, X, jnp.float32(2.0), X - 1.0, argnums=(2, 0))


def test_one_unknown_in_a_sequence_comes_back_as_a_tuple():
    check(lambda a, b: a * b, X, X, argnums=(1,))


def test_whole_output_stands_in_the_place_of_one_unknown():
    def halves(k, x):
        return x[:2] + k, x[2:] * k

    y = halves(2.0, X)
    np.testing.assert_allclose(invhlo.inverse(halves, 2.0, X, argnums=1)(2.0, y), X)


def test_keyword_arguments_are_known():
    def scaled(x, *, scale):
        return x * scale

    np.testing.assert_allclose(invhlo.inverse(scaled)(X, scale=2.0), X / 2.0)


def test_random_keys_may_be_known():
    def noisy(key, x):
        return x * jnp.exp(jax.random.normal(key, x.shape))

    key = jax.random.key(0)
    y = noisy(key, X)
    np.testing.assert_allclose(invhlo.inverse(noisy, argnums=1)(key, y), X, rtol=1e-6)
    closed = invhlo.inverse(functools.partial(noisy, key))
    np.testing.assert_allclose(closed(y), X, rtol=1e-6)


def test_unused_known_arguments():
    def second(unused, x, also_unused):
        return x + 1.0

    args = (jnp.zeros((2, 2)), X, jnp.int32(3))
    check(second, *args, argnums=1)


def test_pytrees_in_and_out():
    def regroup(tree):
        return [tree["b"][1] * 2.0, {"c": (tree["a"] + 1.0, tree["b"][0])}]

    check(regroup, {"a": X, "b": (jnp.ones((2, 3)), jnp.float32(3.0))})


class Layer:
    """Neither hashable nor comparable, like many a module."""

    __hash__ = None

    def __init__(self, scale):
        self.scale = scale

    def __eq__(self, other):
        raise TypeError("ambiguous")

    def __call__(self, x):
        return x * self.scale

    def shifted(self, x):
        return self(x) + 1.0


affine_with_jvp = jax.custom_jvp(affine)
affine_with_jvp.defjvps(lambda tangent, primal, x: 2.0 * tangent)

FUNCTIONS = {
    "jitted": jax.jit(affine),
    "jit in jit": jax.jit(lambda x: jax.jit(affine)(x) - 3.0),
    "called twice": lambda x: jax.jit(affine)(jax.jit(affine)(x)),
    "partial": functools.partial(lambda k, x: k * x, 3.0),
    "partial of a keyword": functools.partial(lambda x, k: k * x, k=3.0),
    "partial of an array": functools.partial(jnp.multiply, X),
    "tree_util.Partial": jax.tree_util.Partial(jnp.multiply, X),
    "closure": lambda x: x * X + 1.0,
    "object": Layer(jnp.float32(2.0)),
    "method": Layer(3.0).shifted,
    "custom_jvp": affine_with_jvp,
    "checkpoint": jax.checkpoint(affine),
    "vmapped": jax.vmap(lambda x: jnp.exp(x)),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_kinds_of_functions(name):
    check(FUNCTIONS[name], X)


def test_a_function_without_signature_information():
    check_inverse(jnp.negative, X)
    check_inverse(jax.lax.exp, X)


@pytest.mark.parametrize("layers", [1, 6])
def test_coupling_flow(layers):
    params = init_coupling_flow(jax.random.key(0), layers, 8)
    x = jax.random.normal(jax.random.key(1), (8,))
    check(functools.partial(coupling_flow, params), x)
    check(coupling_flow, params, x, argnums=1)


def test_coupling_flow_in_double_precision():
    with jax.enable_x64(True):
        params = init_coupling_flow(jax.random.key(0), 6, 8, dtype=jnp.float64)
        x = jax.random.normal(jax.random.key(1), (3, 8), jnp.float64)
        check_inverse(functools.partial(coupling_flow, params), x)
        check(functools.partial(coupling_flow, params), x[0])


def test_batched_flow():
    params = init_coupling_flow(jax.random.key(0), 2, 4)
    x = jax.random.normal(jax.random.key(1), (5, 4))
    check(functools.partial(coupling_flow, params), x)


@pytest.mark.parametrize(
    "fun",
    [
        lambda x: jnp.sqrt(x + 3),
        lambda x: jax.lax.rsqrt(x + 3),
        lambda x: (x + 3) ** 1.5,
        lambda x: jnp.arccos(x / 4),
        lambda x: jnp.arccosh(x + 4),
    ],
    ids=["sqrt", "rsqrt", "power", "acos", "acosh"],
)
def test_the_inverse_of_a_function_with_ends_is_inverted(fun):
    """It is NaN beyond them, and of one formula elsewhere."""
    x = jnp.linspace(-0.9, 2.0, 5)
    assert_close(invhlo.inverse(invhlo.inverse(fun))(x), fun(x), 1e-5)


def test_an_arm_beside_nan():
    check(lambda x: jnp.where(x > -9, jnp.sinh(x), jnp.nan), jnp.linspace(-2, 2, 5))


@pytest.mark.parametrize("bit", [0.0, 1.0])
def test_a_mask_may_be_of_one_number(bit):
    mask = np.full((3, 2), bit, np.float32)

    def couple(x):
        kept = mask * x
        return kept + (1 - mask) * (x * jnp.exp(jnp.tanh(kept.sum())) + 0.5)

    check(couple, jnp.linspace(-1.0, 2.0, 6).reshape(3, 2))


def test_known_square_matrix():
    matrix = jax.random.normal(jax.random.key(0), (4, 4))
    check(lambda x: matrix @ x, X)
    check(lambda x: x @ matrix, jnp.stack([X, X + 1.0]))


SOLVED = np.array([[2, 0.3, 0.1], [0.2, 1.5, 0.4], [0.1, -0.3, 1.8]], np.float32)


@pytest.mark.parametrize(
    "solve",
    [
        functools.partial(jnp.linalg.solve, SOLVED),
        jax.vmap(functools.partial(jnp.linalg.solve, SOLVED)),
        functools.partial(jax.scipy.linalg.solve, SOLVED @ SOLVED.T, assume_a="pos"),
        lambda b: jax.scipy.sparse.linalg.bicgstab(lambda x: SOLVED @ x, b)[0],
    ],
    ids=["solve", "mapped", "cholesky", "bicgstab"],
)
def test_a_solved_system_is_multiplied(solve):
    b = jnp.linspace(-1.0, 2.0, 9).reshape(3, 3)
    check(solve, b)


def test_a_solve_by_a_known_matrix():
    context = jnp.array([0.5, -1.0, 2.0])

    def fun(matrix, context, b):
        shift = jnp.tanh(jnp.linalg.solve(matrix, context))
        return jnp.linalg.solve(matrix, b) + shift

    check(fun, SOLVED, context, jnp.array([0.1, 0.5, -0.3]), argnums=2)


def test_python_scalars_stay_weak():
    got = invhlo.inverse(affine)(3.0)
    assert got == 1.0
    assert got.weak_type
    assert got.dtype == jnp.float32


def test_python_scalars_take_the_dtype_of_the_output():
    got = invhlo.inverse(affine, jnp.float32(0))(3)
    assert got == 1.0
    assert not got.weak_type


FLOATS_OF_INTEGERS = {
    "exp": (jnp.exp, (2,), None, float(np.log(2))),
    "known float": (lambda w, x: w * x, (2.0, 3), 1, 1.5),
    "quotient": (lambda x: x / 2, (1,), None, 2.0),
    "jax array": (lambda x: x / 2, (jnp.array(1),), None, 2.0),
    "complex": (lambda x: x * 1j, (2.0,), None, -2j),
    "complex of integers": (lambda x: x * 1j, (2,), None, -2j),
    "pair": (lambda a, b: (a / 2, b * 3.0), (1, 2), None, (2.0, 2 / 3)),
    "packed": (lambda t: (t[0] / 2, t[1] * 3.0), (1, 2), None, (2.0, 2 / 3)),
    "tree": (lambda t: {"a": t["a"] / 2}, ({"a": 1},), None, {"a": 2.0}),
    "keyword": (lambda x, k: x * k, (3,), 0, 1.5),
}


@pytest.mark.parametrize("name", FLOATS_OF_INTEGERS)
def test_python_integers_do_not_truncate(name):
    fun, call, argnums, want = FLOATS_OF_INTEGERS[name]
    known = {"k": 2.0} if name == "keyword" else {}
    got = invhlo.inverse(fun, argnums=argnums)(*call, **known)
    assert_close(got, jax.tree.map(jnp.asarray, want), 1e-6)
    x, ildj = invhlo.inverse_and_ildj(fun, argnums=argnums)(*call, **known)
    assert_close(x, got, 1e-6)
    assert_close(ildj, invhlo.ildj(fun, argnums=argnums)(*call, **known), 1e-6)
    if name == "exp":
        np.testing.assert_allclose(ildj, -np.log(2), rtol=1e-6)


def test_python_integers_stay_integers_where_the_function_keeps_them():
    got = invhlo.inverse(lambda x: 3 - x)(5)
    assert (got, got.dtype, got.weak_type) == (-2, jnp.int32, True)


@pytest.mark.parametrize("y", [np.int32(1), np.ones(3, np.int32), True])
def test_other_integers_are_not_taken_for_floats(y):
    with pytest.raises(ValueError, match="has dtype float32, but was given dtype"):
        invhlo.inverse(lambda x: x / 2)(y)


@pytest.mark.parametrize(
    "argnums", [np.int64(1), np.uint8(1), True, [np.int8(1)], (1,), range(1, 2)]
)
def test_argnums_of_any_integer_type(argnums):
    got = invhlo.inverse(lambda w, x: w * x, argnums=argnums)(2.0, 3.0)
    single = isinstance(argnums, np.integer | bool)
    assert got == (1.5 if single else (1.5,))


def mode_of(x, mode, k=1.0):
    return {"exp": jnp.exp, "double": lambda x: 2 * x}[mode](x) * k


STATIC = [
    {"static_argnames": "mode"},
    {"static_argnames": ["mode"]},
    {"static_argnums": 1},
    {"static_argnums": (-2,)},
    {"static_argnums": np.int64(1), "static_argnames": ("mode",)},
]


@pytest.mark.parametrize("static", STATIC)
@pytest.mark.parametrize("mode", ["exp", "double"])
def test_static_arguments(static, mode):
    x = jnp.abs(X)
    y = mode_of(x, mode)
    invert = functools.partial(invhlo.inverse, mode_of, **static)
    calls = [
        invert(argnums=0)(y, mode),
        invert(argnums=0)(y, mode=mode),
        invert(argnums=0)(2 * y, mode, 2.0),
        invert(argnums=0)(2 * y, mode, k=2.0),
        invert()(y, mode),
        invert()(y, mode=mode),
        invert(x, mode)(y),
        invert(x, mode, argnums=0)(y, mode),
        jax.jit(lambda y: invert(argnums=0)(y, mode))(y),
    ]
    for got in calls:
        np.testing.assert_allclose(got, x, rtol=1e-6)
    k = invert(argnums=2)(x, mode, 3 * y)
    np.testing.assert_allclose(k, jnp.full(4, 3.0), rtol=1e-6)
    got, ildj = invhlo.inverse_and_ildj(mode_of, argnums=0, **static)(y, mode)
    want = -x.sum() if mode == "exp" else -4 * np.log(2)
    np.testing.assert_allclose(got, x, rtol=1e-6)
    np.testing.assert_allclose(ildj, want, rtol=1e-6)
    ildj = invhlo.ildj(mode_of, argnums=0, **static)(y, mode)
    np.testing.assert_allclose(ildj, want, rtol=1e-6)


def test_static_arguments_before_and_behind_the_unknown():
    def fun(first, a, mode, b, *, last):
        return first * (a * b) + (last if mode else 0)

    inverse = invhlo.inverse(
        fun, argnums=(-1,), static_argnums=(0, 2), static_argnames=("last",)
    )
    assert inverse(2, 3.0, True, 19.0, last=1) == (3.0,)


def test_static_arguments_of_any_hashable_type():
    def fun(x, shape):
        return x.reshape(shape) * 2

    inverse = invhlo.inverse(fun, X, (2, 2), static_argnames="shape")
    np.testing.assert_allclose(inverse(X.reshape(2, 2)), X / 2)


@pytest.mark.parametrize("dtype", ["int8", "uint8", "int32", "uint32"])
def test_integers_come_back_exactly(dtype):
    info = jnp.iinfo(dtype)
    x = jnp.array([info.min, 0, 1, 5, info.max], dtype)
    check_inverse(lambda x: (x + jnp.asarray(7, dtype)) ^ jnp.asarray(3, dtype), x)
    total = invhlo.ildj(lambda x: x + jnp.asarray(7, dtype))(x)
    assert (total, total.dtype) == (0.0, jnp.float32)


@pytest.mark.parametrize(
    ("dtype", "share"),
    [
        ("bfloat16", "float32"),
        ("float16", "float32"),
        ("float32", "float32"),
        ("complex64", "float32"),
        ("float64", "float64"),
        ("complex128", "float64"),
    ],
)
def test_log_det_is_real_and_at_least_single(dtype, share):
    with jax.enable_x64(True):
        x = jnp.array([1.0, 2.0], dtype)
        got, total = invhlo.inverse_and_ildj(lambda x: x + x.dtype.type(1))(x)
        assert (got.dtype, total.dtype) == (x.dtype, share)
        shares = invhlo.ildj(lambda x: x + x.dtype.type(1), reduce_ildj=False)(x)
        assert (shares.shape, shares.dtype) == (x.shape, share)


@pytest.mark.parametrize("wide", [False, True])
def test_a_python_number_is_one_of_the_results_dtype(wide):
    with jax.enable_x64(wide):
        assert invhlo.inverse(lambda x: x * 3.0)(6) == 2.0
        log_det = invhlo.ildj(lambda x: x / 2.0)(1)
        np.testing.assert_allclose(log_det, np.log(2.0), rtol=1e-6)


def test_total_has_the_promoted_dtype():
    with jax.enable_x64(True):
        args = (jnp.ones(2, jnp.float32), jnp.ones(2, jnp.float64))
        total = invhlo.ildj(lambda a, b: (a * 2, b * 2))(*args)
        assert total.dtype == jnp.float64
        np.testing.assert_allclose(total, -4 * np.log(2), rtol=1e-7)


def test_one_value_may_be_sliced_often():
    def layer(x):
        head, again = x[:2], x[:2]
        tail = x[2:] * jnp.exp(jnp.sin(again)) + jnp.cos(head)[::-1] + x[0:1]
        return jnp.concatenate([tail, head * 2.0])

    check(layer, X)
    check(lambda x: layer(layer(layer(x))), X)


_PRINT_INVERSE = """
import jax, jax.numpy as jnp, invhlo
def layer(x):
    head, again = x[:2], x[:2]
    tail = x[2:] * jnp.exp(jnp.sin(again)) + jnp.cos(head)[::-1] + x[0:1]
    return jnp.concatenate([tail, head * 2.0])
print(invhlo.invert_lowered(lambda x: layer(layer(x)), jnp.ones(4)).as_text())
"""


def test_inverse_does_not_depend_on_hashing():
    texts = {
        subprocess.run(
            [sys.executable, "-c", _PRINT_INVERSE],
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(texts) == 1
    assert "stablehlo" in texts.pop()


def test_over_determined():
    def doubled(x):
        return x, 2.0 * x

    y = doubled(X)
    np.testing.assert_allclose(invhlo.inverse(doubled, X)(*y), X)
    with pytest.raises(invhlo.NonInvertibleError):
        invhlo.ildj(doubled, X)(*y)
    with pytest.raises(invhlo.NonInvertibleError):
        invhlo.inverse_and_ildj(doubled, X)(*y)
    got, ildj = invhlo.inverse_and_ildj(doubled, X, allow_overdetermined=True)(*y)
    np.testing.assert_allclose(got, X)
    assert jnp.isfinite(ildj)


def test_under_jit():
    y = affine(X)
    np.testing.assert_allclose(jax.jit(invhlo.inverse(affine))(y), X)
    both = jax.jit(invhlo.inverse_and_ildj(affine))(y)
    assert_close(both, invhlo.inverse_and_ildj(affine)(y), 1e-6)


def test_under_jit_with_a_traced_closure():
    @jax.jit
    def unscale(scale, y):
        return invhlo.inverse(lambda x: x * scale + X)(y)

    for scale in (2.0, 4.0):  # what was a tracer in one trace is not used in the next
        np.testing.assert_allclose(unscale(scale, X * scale + X), X, rtol=1e-6)


def test_under_jit_with_a_traced_closure_of_one_function():
    box = {}

    def scaled(x):
        return x * box["scale"]

    @functools.partial(jax.jit, static_argnums=2)
    def unscale(scale, y, _):
        box["scale"] = scale
        return invhlo.inverse(scaled)(y)

    for number in (0, 1):
        np.testing.assert_allclose(unscale(2.0, X, number), X / 2.0)


def test_a_program_used_twice_in_one_program():
    @jax.jit
    def twice(y):
        return invhlo.inverse(affine)(invhlo.inverse(affine)(y))

    np.testing.assert_allclose(twice(affine(affine(X))), X)


def test_in_a_loop_of_the_program():
    def body(_, y):
        return invhlo.inverse(affine)(y)

    got = jax.jit(lambda y: jax.lax.fori_loop(0, 3, body, y))(affine(affine(affine(X))))
    np.testing.assert_allclose(got, X)


def test_linear_algebra_is_lowered_for_the_platform():
    matrix = jax.random.normal(jax.random.key(0), (4, 4))
    solve = jax.jit(invhlo.inverse(lambda x: matrix @ x))
    for platform in ("cpu", "tpu", "cuda"):
        traced = solve.trace(X)
        text = traced.lower(lowering_platforms=(platform,)).as_text()
        assert "invhlo." not in text
        assert ("lapack" in text) == (platform == "cpu")


WEIGHTS = np.linspace(1.0, 2.0, 5000, dtype=np.float32)


@pytest.mark.parametrize(
    "fun",
    [
        lambda x: x * WEIGHTS + WEIGHTS,
        jax.jit(lambda x: x * WEIGHTS + WEIGHTS),
        lambda x: jax.jit(lambda x: jax.jit(lambda x: x * WEIGHTS)(x))(x) + WEIGHTS,
        functools.partial(lambda w, x: x * w + w, jnp.asarray(WEIGHTS)),
    ],
    ids=["plain", "jitted", "nested", "partial"],
)
def test_large_weights_are_passed_not_printed(fun):
    x = jnp.linspace(-1.0, 1.0, 5000)
    check_inverse(fun, x)
    text = jax.jit(invhlo.inverse(fun)).lower(x).as_text()
    assert text.count("dense<") <= 1  # XLA's copy of what is passed


def test_large_masks_stay_readable():
    mask = np.arange(5000) % 2 == 0

    def masked(x):
        return jnp.where(mask, x, x * 2.0)

    check_inverse(lambda x: masked(x) * 3.0, jnp.linspace(-1.0, 1.0, 5000))
