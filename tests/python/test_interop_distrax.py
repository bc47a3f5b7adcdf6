# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""JAX functions as bijectors of Distrax, and its bijectors as functions."""

import copy
import pickle

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.tree_util import Partial

import interop
import invhlo
from flows import coupling_flow
from interop import CASES

distrax = pytest.importorskip("distrax", reason=interop.WHY)

from invhlo.interop.distrax import Bijector  # noqa: E402


def bijector_of(case):
    if case.changes:
        return Bijector(case.fun, event_shape=case.shape)
    return Bijector(case.fun, len(case.shape))


BATCHES = [(name, (2, 3)) for name in CASES] + [("linear", ()), ("reshaped", ())]


@pytest.mark.parametrize(("name", "batch"), BATCHES)
def test_directions(name, batch):
    bijector = bijector_of(CASES[name])
    assert bijector.event_ndims_in == len(CASES[name].shape)
    assert bijector.event_ndims_out == len(CASES[name].shape_out)
    directions = (
        bijector.forward,
        bijector.inverse,
        bijector.forward_log_det_jacobian,
        bijector.inverse_log_det_jacobian,
    )
    interop.check(name, batch, directions)


def test_in_double_precision():
    with jax.enable_x64(True):
        bijector = Bijector(lambda x: jnp.exp(2.0 * x) - 3.0)
        directions = (
            bijector.forward,
            bijector.inverse,
            bijector.forward_log_det_jacobian,
            bijector.inverse_log_det_jacobian,
        )
        interop.check("elementwise", (4,), directions, jnp.float64)


def test_beside_theirs():
    """In a chain, inverted, and as a bijector of TFP, it is as theirs is."""
    ours, theirs = Bijector(lambda x: 2.0 * x + 1.0), distrax.ScalarAffine(1.0, 2.0)
    x = jnp.array([[0.5, -1.0], [2.0, 3.0]])
    for wrap in (
        lambda b: distrax.Chain([distrax.Tanh(), b]),
        distrax.Inverse,
        lambda b: distrax.Block(b, 1),
    ):
        got, want = wrap(ours), wrap(theirs)
        for one, other in zip(
            (*got.forward_and_log_det(x), *got.inverse_and_log_det(x / 4)),
            (*want.forward_and_log_det(x), *want.inverse_and_log_det(x / 4)),
            strict=True,
        ):
            np.testing.assert_allclose(one, other, rtol=1e-5)


def test_is_a_pytree():
    """It goes into functions, with the arrays of its function for its leaves."""

    def scale(weight, x):
        return weight * x

    bijector = Bijector(Partial(scale, jnp.float32(3.0)))

    @jax.jit
    def log_det(bijector, x):
        return bijector.forward_log_det_jacobian(x)

    slopes = jax.grad(log_det)(bijector, 2.0)
    np.testing.assert_allclose(jax.tree.leaves(slopes), [1 / 3])
    assert jax.jit(lambda bijector: bijector)(bijector).forward(2.0) == 6.0
    plain = Bijector(lambda x: 3.0 * x)
    assert jax.tree.leaves(plain) == []
    assert jax.jit(lambda b, x: b.inverse(x))(plain, 6.0) == 2.0
    assert plain.same_as(plain)
    assert not plain.same_as(Bijector(lambda x: 3.0 * x))


def test_is_copied_and_pickled():
    original = Bijector(Partial(interop.linear, interop.WEIGHTS), 1)
    x = jnp.arange(3.0)
    y = original.forward(x)
    for copied in (
        copy.deepcopy(original),
        pickle.loads(pickle.dumps(Bijector(interop.exponential))),
    ):
        inverse = copied.inverse
        want = jnp.log(y) if copied.event_ndims_in == 0 else x
        np.testing.assert_allclose(inverse(y), want, rtol=1e-5, atol=1e-6)


def test_log_dets_from_x():
    """Log-dets and derivatives are right where y is rounded to the end of the range."""
    bijector = Bijector(lambda x: 5.0 * jax.nn.sigmoid(x) - 2.0)
    x = jnp.array([-50.0, 30.0])
    y, log_det = bijector.forward_and_log_det(x)
    np.testing.assert_array_equal(y, [-2.0, 3.0])
    np.testing.assert_allclose(log_det, jnp.log(5.0) - jnp.abs(x), rtol=1e-6)
    slope = jax.grad(lambda x: bijector.forward_log_det_jacobian(x).sum())(x)
    np.testing.assert_allclose(slope, [1.0, -1.0])


def test_an_inverse_that_has_no_inverse():
    """The forward log-det is then that of the inverse at f(x)."""
    bijector = Bijector(jax.nn.softplus)
    x = jnp.array([-1.0, 2.0])
    log_det = bijector.forward_log_det_jacobian(x)
    np.testing.assert_allclose(log_det, jax.nn.log_sigmoid(x), rtol=1e-5)


class TestRefused:
    def test_no_function(self):
        with pytest.raises(TypeError, match="3 is not a function"):
            Bijector(3)

    def test_too_few_axes(self):
        with pytest.raises(ValueError, match="event_ndims_in==1"):
            Bijector(lambda x: 2 * x, 1).forward(1.0)

    def test_ranks_that_contradict(self):
        with pytest.raises(ValueError, match=r"event_ndims is 1, but .* \(2, 2\)"):
            Bijector(lambda x: 2 * x, 1, event_shape=(2, 2))

    def test_a_shape_that_changes(self):
        with pytest.raises(ValueError, match=r"maps an event of shape \(4,\) to .*\(2"):
            Bijector(lambda x: x.reshape(2, 2), 1).forward(jnp.ones(4))

    def test_no_array(self):
        with pytest.raises(TypeError, match="which is not an array"):
            Bijector(lambda x: (x, x)).forward(1.0)

    def test_no_inverse(self):
        bijector = Bijector(lambda x: x * jnp.tanh(x))
        assert jnp.isfinite(bijector.forward(1.0))
        for method in (bijector.inverse, bijector.forward_log_det_jacobian):
            with pytest.raises(invhlo.NonInvertibleError, match="cannot invert"):
                method(1.0)


THEIRS = {
    "tanh": (distrax.Tanh(), ()),
    "sigmoid": (distrax.Sigmoid(), ()),
    "triangular": (distrax.TriangularLinear(interop.WEIGHTS), (3,)),
    "unconstrained affine": (
        distrax.UnconstrainedAffine(interop.WEIGHTS, jnp.ones(3)),
        (3,),
    ),
    "coupling": (
        distrax.MaskedCoupling(
            jnp.array([True, False, True]),
            lambda x: jnp.stack([jnp.tanh(x).sum() * x, jnp.exp(x)]),
            lambda params: distrax.ScalarAffine(params[0], params[1]),
        ),
        (3,),
    ),
    "spline": (
        distrax.RationalQuadraticSpline(jnp.linspace(-1.0, 2.0, 13), -3.0, 3.0),
        (),
    ),
}


@pytest.mark.parametrize("name", THEIRS)
def test_theirs_as_functions(name):
    """What we invert of their forward functions is what they do by hand."""
    theirs, shape = THEIRS[name]
    x = jax.random.normal(jax.random.key(0), shape)
    y = theirs.forward(x)
    found, log_det = invhlo.inverse_and_ildj(theirs.forward)(y)
    want, want_log_det = theirs.inverse_and_log_det(y)
    np.testing.assert_allclose(found, want, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(log_det, want_log_det, rtol=1e-4, atol=1e-5)


def test_trained_on_flowers():
    data = interop.iris()
    base = distrax.MultivariateNormalDiag(jnp.zeros(4), jnp.ones(4))

    def flow(weights):
        return distrax.Transformed(base, Bijector(Partial(coupling_flow, weights), 1))

    trained = interop.train(lambda w: flow(w).log_prob(data), interop.init_flow())
    found = flow(trained).log_prob(data).mean()
    assert found > interop.gaussian_log_prob(data)
    sample, log_prob = flow(trained).sample_and_log_prob(
        seed=jax.random.key(0), sample_shape=(7,)
    )
    np.testing.assert_allclose(
        log_prob, flow(trained).log_prob(sample), rtol=1e-3, atol=1e-3
    )
