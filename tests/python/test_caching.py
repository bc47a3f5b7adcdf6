# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A second call neither traces nor inverts."""

import functools
import gc
import weakref

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import invhlo
from invhlo import _inverse
from invhlo._compiler import pipeline

X = jnp.ones(3)


@pytest.fixture
def count(monkeypatch):
    """Counts traces of `count.fun` and runs of the compiler."""

    class Count:
        traces = 0
        inversions = 0

        def new(self):
            return self.traces, self.inversions

    counter = Count()

    def fun(x, k=2.0):
        counter.traces += 1
        return x * k

    run = pipeline.invert

    def invert(*args, **kwargs):
        counter.inversions += 1
        return run(*args, **kwargs)

    monkeypatch.setattr(pipeline, "invert", invert)
    counter.fun = fun
    return counter


def test_second_call(count):
    inverse = invhlo.inverse(count.fun)
    inverse(X)
    assert count.new() == (1, 1)
    inverse(X + 1.0)
    inverse(np.ones(3, np.float32))
    assert count.new() == (1, 1)


def test_second_inverse_of_one_function(count):
    for _ in range(3):
        invhlo.inverse(count.fun)(X)
        invhlo.inverse(count.fun, X)(X)
    assert count.new() == (1, 2)  # one without, one with example arguments


def test_under_jit_after_an_eager_call(count):
    invhlo.inverse(count.fun)(X)
    jax.jit(invhlo.inverse(count.fun))(X)
    assert count.new() == (1, 1)


def test_other_shapes_dtypes_and_weak_types(count):
    inverse = invhlo.inverse(count.fun)
    for y in (X, jnp.ones(4), jnp.ones(3, jnp.complex64), 1.0, jnp.float32(1.0)):
        inverse(y)
        inverse(y)
    assert count.new() == (5, 5)


def test_other_known_sets_and_questions(count):
    asks = [
        invhlo.inverse(count.fun),
        invhlo.inverse(count.fun, argnums=0),
        invhlo.ildj(count.fun),
        invhlo.ildj(count.fun, reduce_ildj=False),
        invhlo.ildj(count.fun, allow_overdetermined=True),
    ]
    for ask in asks * 2:
        ask(X)
    invhlo.inverse(count.fun, argnums=1)(X, X)
    assert count.new() == (2, len(asks) + 1)


def test_ildj_and_inverse_and_ildj_share(count):
    invhlo.ildj(count.fun)(X)
    invhlo.inverse_and_ildj(count.fun)(X)
    assert count.new() == (1, 1)


def test_other_precision(count):
    inverse = invhlo.inverse(count.fun)
    inverse(X)
    with jax.enable_x64(True):
        inverse(X)
    assert count.new() == (2, 2)


def test_other_known_shapes(count):
    inverse = invhlo.inverse(count.fun, argnums=0)
    inverse(X, 2.0)
    inverse(X, 3.0)
    assert count.new() == (1, 1)
    inverse(X, X)
    assert count.new() == (2, 2)


def test_partials_of_arrays(count):
    partial = functools.partial(count.fun, k=X)
    for _ in range(2):
        invhlo.inverse(partial)(X)
    assert count.new() == (1, 1)


class Layer:
    """Not hashable, like many a module."""

    __hash__ = None
    __eq__ = None

    def __init__(self, fun, weight):
        self.fun, self.weight = fun, weight

    def forward(self, x):
        return self.fun(x, self.weight)

    def __call__(self, x):
        return self.forward(x)


def test_a_method_is_traced_once_for_each_time_that_it_is_read(count):
    layer = Layer(count.fun, 2.0)
    method = layer.forward
    for _ in range(2):
        invhlo.inverse(method)(X)
        invhlo.ildj(method)(X)
    assert count.new() == (1, 2)
    invhlo.inverse(layer.forward)(X)
    assert count.new() == (2, 3)


def test_a_method_sees_its_instance_as_it_is(count):
    layer = Layer(count.fun, 2.0)
    kept = invhlo.inverse(layer.forward)
    assert kept(6.0) == jax.jit(layer.forward)(1.5) == 3.0
    layer.weight = 3.0
    assert invhlo.inverse(layer.forward)(6.0) == 2.0
    np.testing.assert_allclose(invhlo.ildj(layer.forward)(6.0), -np.log(3), rtol=1e-6)
    x, ildj = invhlo.inverse_and_ildj(layer.forward)(6.0)
    np.testing.assert_allclose((x, ildj), (2.0, -np.log(3)), rtol=1e-6)
    assert kept(6.0) == 3.0  # what it read is read once
    assert count.traces == 5


@pytest.mark.parametrize("kind", ["closure", "object", "partial", "jitted method"])
def test_what_a_function_reads_is_read_once_for_all_its_inverses(kind):
    layer = Layer(lambda x, k: x * k["k"], {"k": 2.0})
    fun = {
        "closure": lambda x: layer.forward(x),
        "object": layer,
        "partial": functools.partial(lambda k, x: x * k["k"], layer.weight),
        "jitted method": jax.jit(layer.forward),
    }[kind]
    assert invhlo.inverse(fun)(6.0) == 3.0
    layer.weight["k"] = 3.0
    x, ildj = invhlo.inverse_and_ildj(fun)(6.0)
    assert (invhlo.inverse(fun)(6.0), x) == (3.0, 3.0)
    np.testing.assert_allclose((ildj, invhlo.ildj(fun)(6.0)), -np.log(2), rtol=1e-6)


def test_equal_functions_share_nothing():
    class Scale:
        def __init__(self, k):
            self.k = k

        def __call__(self, x):
            return self.k * x

        def __eq__(self, other):
            return True

        def __hash__(self):
            return 0

    kept = Scale(2.0), Scale(3.0)
    assert [invhlo.inverse(scale)(6.0) for scale in kept] == [3.0, 2.0]


def test_static_arguments_are_told_apart(count):
    def fun(x, k):
        assert type(k) in (int, float, bool, str)
        return count.fun(x) * (3.0 if k == "three" else k)

    inverse = invhlo.inverse(fun, argnums=0, static_argnames="k")
    for k, want in ((1, int), (1.0, float), (True, bool), ("three", str)) * 2:
        assert inverse(6.0, k) == (1.0 if want is str else 3.0)
        assert inverse(6.0, k=k) == inverse(6.0, k)
    assert count.new() == (8, 8)  # by position and by name


def test_failures_are_not_remembered(count):
    inverse = invhlo.inverse(lambda x: count.fun(x) * jnp.sin(x))
    for _ in range(2):
        with pytest.raises(invhlo.NonInvertibleError):
            inverse(X)
    assert count.inversions == 2


def test_nothing_outlives_the_function():
    def make():
        weights = np.linspace(1.0, 2.0, 5000, dtype=np.float32)

        def scale(x):
            return x * weights

        invhlo.inverse(scale)(weights)
        return scale, weakref.ref(scale)

    gc.collect()
    before = len(_inverse.INVERSES)
    scale, alive = make()
    assert len(_inverse.INVERSES) == before + 1
    del scale
    gc.collect()
    assert alive() is None
    assert len(_inverse.INVERSES) == before
