# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Bad input raises one exception with a clear sentence, and prints nothing."""

import functools
import pickle
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import invhlo
from judge import check_inverse

X = jnp.array([0.5, 1.0, 2.0])


@pytest.fixture(autouse=True)
def _silent(capfd):
    """Nothing is printed behind the user's back."""
    yield
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")


def raises(kind, match, call, *args, **kwargs):
    with pytest.raises(kind, match=match) as caught:
        call(*args, **kwargs)
    assert type(caught.value) in (kind if isinstance(kind, tuple) else (kind,))
    return str(caught.value)


def refuses(fun, *args, argnums=None):
    """The message of the refusal to invert `fun` at `args`."""
    return str(refusal(fun, *args, argnums=argnums))


def refusal(fun, *args, argnums=None):
    """The refusal to invert `fun` at `args`."""
    inverse = invhlo.inverse(fun, *args, argnums=argnums)
    output = fun(*args)
    if argnums is not None:
        call = list(args)
        call[argnums] = output
    else:
        call = output if isinstance(output, tuple) else [output]
    with pytest.raises(invhlo.NonInvertibleError, match="cannot invert") as caught:
        inverse(*call)
    return caught.value


def test_non_invertible_error_is_a_value_error():
    assert issubclass(invhlo.NonInvertibleError, ValueError)


def test_the_message_names_what_is_in_the_way():
    def swish(scale, x):
        z = x * scale
        return z * jnp.tanh(z)  # this line

    message = refuses(swish, 2.0, X, argnums=1)
    assert "`swish`" in message
    assert "stablehlo.multiply" in message
    assert "2 operands" in message
    assert "return z * jnp.tanh(z)  # this line" in message
    assert f"{__file__}:{swish.__code__.co_firstlineno + 2}" in message
    assert "argument `x`" in message


def test_the_message_names_the_leaf():
    def fun(params, tree):
        return {"a": tree["a"] + params, "b": jnp.sum(tree["b"])}

    message = refuses(fun, 1.0, {"a": X, "b": X}, argnums=1)
    assert "argument `tree`['b']" in message


def test_a_line_inside_a_jitted_helper():
    @jax.jit
    def helper(x):
        return jnp.floor(x)  # this line

    message = refuses(lambda x: helper(x + 1.0), X)
    assert "jnp.floor(x)  # this line" in message


@pytest.mark.parametrize(
    "fun",
    [
        lambda x: x * 0.0,
        lambda x: x * jnp.array([1.0, 0.0, 2.0]),
        lambda x: x[:2],
        lambda x: jnp.sum(x),
        lambda x: jnp.floor(x),
        lambda x: jnp.sort(x),
        lambda x: jnp.maximum(x, 0.0),
        lambda x: x > 0.0,
        lambda x: jnp.zeros_like(x),
        lambda x: jnp.ones((2, 3)) @ x,
        lambda x: x - jnp.mean(x),
        lambda x: x + jnp.sin(x),
        lambda x: jax.nn.softmax(x),
        lambda x: jax.lax.stop_gradient(0.0 * x) + 1.0,
    ],
)
def test_no_inverse(fun):
    refuses(fun, X)


def test_two_unknowns_from_one_output():
    refuses(lambda a, b: a + b, X, X)


def test_an_unused_argument():
    message = refuses(lambda a, b: (b * 1.0, b + 1.0), X, X)
    assert "argument `a`" in message


def affine(x):
    return x * 2.0 + 1.0


def test_guesses_are_shown_with_their_structure():
    guess = r"look like its outputs, \[float32\[\], float32\[\]\], and failed"
    raises(TypeError, guess, invhlo.inverse(jnp.exp), [1.0, 2.0])
    raises(
        TypeError,
        "look like its outputs, None, and failed",
        invhlo.inverse(jnp.exp),
        None,
    )


def test_the_ways_out_of_a_refusal():
    def twice(x):
        return x, 2.0 * x

    message = raises(
        invhlo.NonInvertibleError, "which of them are used", invhlo.ildj(twice, X), X, X
    )
    assert "`allow_overdetermined=True`" in message
    permuted = refuses(lambda p, x: x[p], jnp.array([2, 0, 1]), X, argnums=1)
    assert "traced, as all arguments are" in permuted


def test_not_an_array():
    raises(TypeError, "argument 0 is not an array: 'a'", invhlo.inverse(affine), "a")
    given = {"a": X, "b": object()}
    raises(TypeError, r"\['b'\] is not an array", invhlo.inverse(affine), given)
    known = invhlo.inverse(lambda x, k: x * k, argnums=0)
    named = "argument 1 is not an array: 'k'; known arguments that .* static_argnames"
    raises(TypeError, named, known, X, "k")
    keyword = invhlo.inverse(lambda x, k: x * k)
    raises(TypeError, "argument `k` is not an array", keyword, X, k="k")
    example = invhlo.inverse(affine, "example")
    raises(TypeError, "example argument 0 is not an array", example, X)


def test_wrong_number_of_outputs():
    pair = invhlo.inverse(lambda x: (x[:1], x[1:]), X)
    raises(TypeError, "takes 2 arguments, but was given 1", pair, X)
    raises(TypeError, "takes 2 arguments, but was given 3", pair, X, X, X)
    raises(
        TypeError, "takes 1 argument, but was given 2", invhlo.inverse(affine, X), X, X
    )
    known = invhlo.inverse(lambda x, k: x * k, X, X, argnums=0)
    raises(TypeError, "takes 2 arguments, but was given 1", known, X)


def test_wrong_shape():
    inverse = invhlo.inverse(affine, X)
    match = r"the output of `affine` has shape \(3,\), but was given shape \(4,\)"
    raises(ValueError, match, inverse, jnp.ones(4))
    known = invhlo.inverse(lambda k, x: x * k, X, X, argnums=1)
    match = r"argument `k` has shape \(3,\), but was given shape \(1, 3\)"
    raises(ValueError, match, known, X[None], X)


def test_wrong_shape_without_examples():
    inverse = invhlo.inverse(lambda x: jnp.concatenate([x, x]))
    match = r"has shape \(6,\), but was given shape \(3,\)"
    raises(ValueError, match, inverse, X)


def test_wrong_dtype():
    inverse = invhlo.inverse(affine, X)
    match = "the output of `affine` has dtype float32, but was given dtype int32"
    raises(ValueError, match, inverse, jnp.ones(3, jnp.int32))
    raises(ValueError, "dtype", inverse, jnp.ones(3, jnp.complex64))
    raises(ValueError, "dtype", invhlo.inverse(lambda i: i + 1, 1), 1.0)


def test_wrong_tree():
    inverse = invhlo.inverse(lambda x: {"a": x}, X)
    raises(ValueError, "structure", inverse, {"b": X})
    raises(ValueError, "structure", inverse, [X])


def test_wrong_keyword_arguments():
    inverse = invhlo.inverse(lambda x, k=1.0: x * k)
    raises(TypeError, "unexpected keyword argument 'j'", inverse, X, j=2.0)


def test_dynamic_shapes():
    shape = jax.export.symbolic_shape("b, 3")
    inverse = invhlo.inverse(affine, jax.ShapeDtypeStruct(shape, jnp.float32))
    raises(ValueError, r"has the dynamic shape \(b, 3\)", inverse, X)


def test_not_a_function():
    raises(TypeError, "cannot invert 3: it is not a function", invhlo.inverse, 3)


def test_argnums_out_of_range():
    raises(ValueError, "argument 1", invhlo.inverse(affine, argnums=1), X)
    raises(ValueError, "argument -2", invhlo.inverse(affine, argnums=-2), X)
    raises(ValueError, "twice", invhlo.inverse(lambda a, b: a, argnums=(0, 0)), X, X)


def test_several_unknowns_in_one_output():
    inverse = invhlo.inverse(lambda a, k, b: a * k + b, argnums=(0, 2))
    raises(ValueError, "pack the unknown arguments in one pytree", inverse, X, X, X)


def test_no_array_input():
    raises(ValueError, "no array to solve for", invhlo.inverse(lambda: X))
    raises(ValueError, "no array", invhlo.inverse(lambda t, x: x, argnums=0), (), X)
    example = invhlo.inverse(lambda t: X, {})
    raises(ValueError, "no array to solve for", example, X)


def test_no_array_output():
    raises(ValueError, "it returns no array", invhlo.inverse(lambda x: None, X), None)


def calls_back(x):
    shape = jax.ShapeDtypeStruct(x.shape, x.dtype)
    return jax.experimental.io_callback(np.sin, shape, x)


def calls_back_in_order(x):
    shape = jax.ShapeDtypeStruct(x.shape, x.dtype)
    return jax.experimental.io_callback(np.sin, shape, x, ordered=True)


@pytest.mark.parametrize("fun", [calls_back, calls_back_in_order])
@pytest.mark.parametrize(
    "wrap", [lambda f: f, jax.jit, lambda f: functools.partial(jax.lax.map, f)]
)
def test_side_effects(fun, wrap):
    wrapped = wrap(fun)
    match = "calls back into Python \\(`io_callback`\\)"
    raises(ValueError, match, invhlo.inverse(wrapped), X)


def test_a_function_that_raises():
    def fails(x):
        raise KeyError("mine")

    raises(KeyError, "mine", invhlo.inverse(fails), X)


def test_a_function_that_expects_another_input():
    def matmul(x):
        return x["a"] @ jnp.ones((3, 3))

    message = raises(TypeError, "string indexing", invhlo.inverse(matmul), X)
    assert "`matmul`" in message
    assert "float32[3]" in message
    assert "give example arguments" in message


def test_a_function_of_another_shape():
    wide = jnp.ones((8, 4))
    for fun in (lambda x: wide @ x, lambda x: jnp.concatenate([x, jnp.exp(x)])):
        message = raises((TypeError, ValueError), None, invhlo.inverse(fun), wide[:, 0])
        assert "give example arguments" in message


def couple(weights, x):
    keep, change = jnp.split(x, 2)
    return jnp.concatenate([keep, change * jnp.exp(weights @ keep)])


WEIGHTS, X4 = jnp.ones((2, 2)), jnp.arange(4.0)


@pytest.mark.parametrize("call", [(WEIGHTS, X4), (X4,)])
def test_forgotten_argnums(call):
    examples = () if len(call) == 2 else (WEIGHTS, X4)
    message = raises(
        invhlo.NonInvertibleError, "argnums=1", invhlo.inverse(couple, *examples), *call
    )
    assert "all 2 arguments are unknown, 8 numbers, but the result has 4" in message
    assert "(weights, x)" in message


def test_as_few_bits_are_no_fewer_numbers():
    # Two numbers of 32 bits in one of 64.
    def pack(a, b):
        return jax.lax.bitcast_convert_type(jnp.stack([a, b], -1), jnp.float64)

    with jax.enable_x64(True):
        check_inverse(pack, X, X + 1)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: invhlo.inverse(couple, 1)(WEIGHTS, X), "(weights, x)"),
        (lambda: invhlo.inverse(couple)(X), "(weights, x)"),
        (lambda: invhlo.inverse(couple, argnums=1)(X), "in the place of the unknown"),
        (lambda: invhlo.inverse(couple, argnums=1)(X, x=X), "by position"),
        (lambda: invhlo.inverse(couple, argnums="x"), "'x'"),
        (lambda: invhlo.inverse(couple, argnums=(0, "x")), "'x'"),
        (lambda: invhlo.inverse(couple, argnums=1.0), "1.0"),
    ],
)
def test_arguments_and_argnums_that_do_not_fit(call, words):
    message = raises((TypeError, ValueError), None, call)
    assert words in message
    assert "argnums" in message or "unknown" in message


def test_static_arguments_that_do_not_fit():
    def fun(x, mode):
        return x

    invert = functools.partial(invhlo.inverse, fun, argnums=0)
    raises(ValueError, "names `moda`", invert, static_argnames="moda")
    raises(ValueError, "argument 2", invert, static_argnums=2)
    raises(TypeError, "'mode'", invert, static_argnums="mode")
    raises(TypeError, "names, not 1", invert, static_argnames=(1,))
    raises(ValueError, "not hashable", invert(static_argnames="mode"), X, ["a"])
    raises(TypeError, "argument 1 is not an array", invert(), X, "a")
    unknown = invhlo.inverse(fun, argnums=1, static_argnames="mode")
    raises(ValueError, "`mode`, which is static", unknown, X, "a")


def test_the_parts_of_a_refusal():
    def flow(x):
        return x * jnp.sin(x)  # this line

    error = refusal(flow, X)
    assert error.op == "stablehlo.multiply"
    assert error.reason == "2 operands depend on the unknown"
    assert error.file == __file__
    assert error.line == flow.__code__.co_firstlineno + 1
    assert "custom_inverse" in str(error)
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), vars(copy)) == (str(error), vars(error))
    assert invhlo.NonInvertibleError("mine").op is None


LOOPS = {
    "scan": lambda x: jax.lax.scan(
        lambda c, _: ((c[0] + 1, c[0] * 2), None), (x, x), length=2
    )[0][1],
    "while": lambda x: jax.lax.while_loop(lambda x: x[0] < 1, lambda x: 2 * x, x),
    "cond": lambda x: jax.lax.cond(x[0] > 0, lambda: 2 * x[1:], lambda: x[1:]),
    "pure_callback": lambda x: jax.pure_callback(np.sin, x, x),
}


@pytest.mark.parametrize("name", LOOPS)
@pytest.mark.parametrize("wrap", [lambda f: f, jax.jit, jax.checkpoint])
def test_what_jax_calls_it(name, wrap):
    error = refusal(wrap(LOOPS[name]), X)
    assert error.op == name
    assert f"`{name}` cannot be inverted" in str(error)


def test_solves_are_called_so():
    factors = jax.scipy.linalg.lu_factor(jnp.eye(3))
    error = refusal(lambda x: jax.scipy.linalg.lu_solve(factors, x), X)
    assert error.op == "lu_solve"
    assert "`lu_solve` cannot be inverted: the order of its rows" in str(error)
    assert "`jnp.linalg.solve` can be" in str(error)
    error = refusal(lambda x: jnp.linalg.solve(jnp.eye(3) + jnp.diag(x), X), X)
    assert error.op == "solve"
    assert "`solve` cannot be inverted: its matrix depends" in str(error)


def test_a_decomposition_is_called_so():
    error = refusal(lambda x: jnp.linalg.cholesky(jnp.outer(x, x) + jnp.eye(3)), X)
    assert error.op == "cholesky"
    assert "`cholesky` cannot be inverted" in str(error)


def test_powers_are_called_so():
    message = refuses(lambda x: (x**2, jnp.sign(x)), X)
    assert message.startswith("cannot invert `<lambda>`: a power cannot be inverted")


def test_what_is_lost_is_counted():
    message = refuses(lambda x: x[:2], X)
    assert "3 numbers, but the result has 2" in message


@pytest.mark.parametrize(
    "fun", [lambda mask, x: jnp.where(mask > 1, x, 1.0), lambda order, x: x[order]]
)
def test_a_mask_that_is_traced(fun):
    given = jnp.array([2, 0, 1])
    unmask = jax.jit(lambda given, y: invhlo.inverse(functools.partial(fun, given))(y))
    message = raises(invhlo.NonInvertibleError, "constant", unmask, given, X)
    assert "static field" in message
    assert "literal" not in message


@pytest.fixture
def _frames_are_removed():
    before = jax.config.jax_traceback_filtering
    jax.config.update("jax_traceback_filtering", "quiet_remove_frames")
    yield
    jax.config.update("jax_traceback_filtering", before)


@pytest.mark.usefixtures("_frames_are_removed")
@pytest.mark.parametrize("around", [lambda call: call(), lambda call: jax.jit(call)()])
def test_tracebacks_show_the_lines_of_users(around):
    def fail():
        return invhlo.inverse(jnp.floor)(X)

    def fail_ahead():
        invhlo.invert_lowered(jnp.floor, X)

    for call in (fail, fail_ahead):
        with pytest.raises(invhlo.NonInvertibleError) as caught:
            around(call)
        package = Path(invhlo.__file__).parent
        assert not any(package in frame.path.parents for frame in caught.traceback)
