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
from invhlo import _inverse, _pipeline

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

    run = _pipeline.invert

    def invert(*args, **kwargs):
        counter.inversions += 1
        return run(*args, **kwargs)

    monkeypatch.setattr(_pipeline, "invert", invert)
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
    assert count.new() == (2, 2)  # one without, one with example arguments


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
    assert count.inversions == len(asks) + 1


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


def test_methods(count):
    class Layer:
        __hash__ = None
        __eq__ = None

        def forward(self, x):
            return count.fun(x)

    layer = Layer()
    for _ in range(2):
        invhlo.inverse(layer.forward)(X)
    assert count.new() == (1, 1)
    invhlo.inverse(Layer().forward)(X)
    assert count.new() == (2, 2)


def test_failures_are_not_remembered(count):
    inverse = invhlo.inverse(lambda x: count.fun(x) * x)
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
