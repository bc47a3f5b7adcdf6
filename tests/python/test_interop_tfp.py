# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""JAX functions as bijectors of TensorFlow Probability, and its bijectors as functions.

The packages of TFP do not ship its checks of bijectors. What they check is checked here
in the same terms: `assert_bijective_and_finite`, `assert_scalar_congruency` and
`get_fldj_theoretical` of its `bijector_test_util`, and the shapes and composition of
`bijector_properties_test`.
"""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.tree_util import Partial

import interop
import invhlo
from flows import coupling_flow
from interop import CASES

pytest.importorskip("tensorflow_probability", reason=interop.WHY)

from tensorflow_probability.substrates.jax import bijectors as tfb  # noqa: E402
from tensorflow_probability.substrates.jax import distributions as tfd  # noqa: E402

from invhlo.interop.tfp import Bijector  # noqa: E402


def bijector_of(case, **options):
    if case.changes:
        return Bijector(case.fun, event_shape=case.shape, **options)
    return Bijector(case.fun, len(case.shape), **options)


@pytest.mark.parametrize("name", CASES)
def test_directions(name):
    """Log-dets are those of the dense Jacobian, as `get_fldj_theoretical` has it."""
    case = CASES[name]
    bijector = bijector_of(case)
    directions = (
        bijector.forward,
        bijector.inverse,
        bijector.forward_log_det_jacobian,
        bijector.inverse_log_det_jacobian,
    )
    interop.check(name, (2, 3), directions)


@pytest.mark.parametrize("name", CASES)
def test_shapes(name):
    case = CASES[name]
    bijector = bijector_of(case)
    assert bijector.forward_min_event_ndims == len(case.shape)
    assert bijector.inverse_min_event_ndims == len(case.shape_out)
    assert bijector.forward_event_shape((7, *case.shape)) == (7, *case.shape_out)
    assert bijector.inverse_event_shape((7, *case.shape_out)) == (7, *case.shape)
    for got, want in (
        (bijector.forward_event_shape_tensor(case.shape), case.shape_out),
        (bijector.inverse_event_shape_tensor(case.shape_out), case.shape),
    ):
        np.testing.assert_array_equal(got, want)
    assert bijector.experimental_batch_shape() == ()
    x = case.events((2, 3))
    ndims = len(case.shape) + 1
    log_det = bijector.forward_log_det_jacobian(x, event_ndims=ndims)
    each = bijector.forward_log_det_jacobian(x)
    np.testing.assert_allclose(log_det, each.sum(-1), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("name", ["bounded", "elementwise", "decreasing"])
def test_scalar_congruency(name):
    """It is monotone, and its log-det is the right change of measure."""
    bijector = bijector_of(CASES[name])
    low, high = -1.5, 1.5
    steps = np.diff(bijector.forward(jnp.linspace(low, high, 10)))
    assert np.all(steps > 0) or np.all(steps < 0)
    ends = np.sort(bijector.forward(jnp.array([low, high])))
    y = jnp.linspace(*ends, 10001)
    np.testing.assert_allclose(
        bijector.forward(bijector.inverse(y[1:-1])), y[1:-1], rtol=1e-3, atol=1e-5
    )
    width = jnp.exp(bijector.inverse_log_det_jacobian(y, event_ndims=0))
    np.testing.assert_allclose(
        np.trapezoid(width, y), high - low, rtol=1e-3, err_msg="the change of measure"
    )
    reciprocal = bijector.forward_log_det_jacobian(bijector.inverse(y), event_ndims=0)
    np.testing.assert_allclose(width, jnp.exp(-reciprocal), rtol=1e-3)


EDGES = {
    "exp": (jnp.exp, [-80.0, -5.0, 0.0, 40.0], [1e-30, 1.0, 1e30]),
    "sigmoid": (jax.nn.sigmoid, [-80.0, -5.0, 0.0, 9.0], [1e-30, 0.5, 1 - 1e-6]),
    "sinh": (jnp.sinh, [-40.0, 0.1, 40.0], [-1e30, 0.1, 1e30]),
    "reciprocal": (lambda x: 1.0 / x, [1e-12, -3.0, 1e12], [1e-12, -3.0, 1e12]),
}


@pytest.mark.parametrize("name", EDGES)
def test_bijective_and_finite(name):
    """Forward and inverse undo each other near the edges, and so do their log-dets."""
    fun, x, y = EDGES[name]
    x, y = jnp.array(x), jnp.array(y)
    bijector = Bijector(fun)
    pairs = [
        (bijector.inverse(bijector.forward(x) * 1), x),
        (bijector.forward(bijector.inverse(y) * 1), y),
        (
            -bijector.inverse_log_det_jacobian(bijector.forward(x) * 1),
            bijector.forward_log_det_jacobian(x),
        ),
        (
            -bijector.inverse_log_det_jacobian(y),
            bijector.forward_log_det_jacobian(bijector.inverse(y) * 1),
        ),
    ]
    for got, want in pairs:
        assert np.isfinite(got).all()
        np.testing.assert_allclose(got, want, rtol=2e-4)


def test_remembers_as_theirs_do():
    """What came out of `forward` is taken back from the cache, exactly."""
    bijector = Bijector(jnp.exp)
    x = jnp.array([0.1, 0.2])
    assert bijector.inverse(bijector.forward(x)) is x
    with pytest.raises(ValueError, match="event_ndims"):
        Bijector(lambda x: 2 * x, 1).forward_log_det_jacobian(x, event_ndims=0)


def test_beside_theirs():
    ours, theirs = Bijector(lambda x: 2.0 * x + 1.0), tfb.Shift(1.0)(tfb.Scale(2.0))
    x = jnp.array([0.5, -1.0, 0.2])
    for wrap in (lambda b: tfb.Tanh()(b), tfb.Invert, lambda b: tfb.Chain([b, b])):
        got, want = wrap(ours), wrap(theirs)
        y = want.forward(x)
        np.testing.assert_allclose(got.forward(x), y, rtol=1e-5)
        np.testing.assert_allclose(got.inverse(y * 1), want.inverse(y * 1), rtol=1e-4)
        for name in ("forward_log_det_jacobian", "inverse_log_det_jacobian"):
            point = x if name.startswith("forward") else y * 1
            np.testing.assert_allclose(
                getattr(got, name)(point, event_ndims=1),
                getattr(want, name)(point, event_ndims=1),
                rtol=1e-4,
            )


def test_is_a_pytree():
    def scale(weight, x):
        return weight * x

    @jax.jit
    def log_prob(distribution, x):
        return distribution.log_prob(x)

    base = tfd.Normal(0.0, 1.0)
    ours = tfd.TransformedDistribution(base, Bijector(Partial(scale, jnp.array(3.0))))
    theirs = tfd.TransformedDistribution(base, tfb.Scale(jnp.array(3.0)))
    got, want = (jax.grad(log_prob)(each, 2.0) for each in (ours, theirs))
    np.testing.assert_allclose(jax.tree.leaves(got), jax.tree.leaves(want), rtol=1e-5)


def test_quantiles():
    base = tfd.Normal(0.0, 1.0)
    for fun, increasing in ((jnp.exp, True), (lambda x: jnp.exp(-x), False)):
        bijector = Bijector(fun, is_increasing=increasing)
        ours = tfd.TransformedDistribution(base, bijector)
        theirs = tfd.LogNormal(0.0, 1.0)
        np.testing.assert_allclose(ours.cdf(2.0), theirs.cdf(2.0), rtol=1e-5)
        np.testing.assert_allclose(ours.quantile(0.3), theirs.quantile(0.3), rtol=1e-5)
    assert Bijector(jnp.exp).name == "exp"
    with pytest.raises(NotImplementedError):
        tfd.TransformedDistribution(base, Bijector(jnp.exp)).cdf(2.0)


def test_batches_of_bases():
    """A base with a batch shape, and events that the function takes whole."""
    base = tfd.MultivariateNormalDiag(jnp.zeros((5, 3)), jnp.ones(3))
    fun = Partial(interop.linear, interop.WEIGHTS)
    ours = tfd.TransformedDistribution(base, Bijector(fun, 1))
    assert (ours.batch_shape, ours.event_shape) == ((5,), (3,))
    sample = ours.sample(7, seed=jax.random.key(0))
    assert sample.shape == (7, 5, 3)
    weights = interop.WEIGHTS
    want = tfd.MultivariateNormalFullCovariance(jnp.ones(3), weights @ weights.T)
    np.testing.assert_allclose(
        ours.log_prob(sample * 1), want.log_prob(sample), rtol=1e-4
    )


THEIRS = {
    "softplus": (tfb.Softplus(), ()),
    "tanh": (tfb.Tanh(), ()),
    "soft clip": (tfb.SoftClip(-1.0, 2.0), ()),
    "sinh arcsinh": (tfb.SinhArcsinh(0.3, 1.5), ()),
    "weibull": (tfb.Invert(tfb.WeibullCDF(1.0, 2.0)), ()),
    "scale": (tfb.ScaleMatvecTriL(jnp.tril(interop.WEIGHTS)), (3,)),
    "cumsum": (tfb.Cumsum(), (3,)),
    "ascending": (tfb.Ascending(), (3,)),
    "chain": (tfb.Chain([tfb.Exp(), tfb.Shift(2.0), tfb.Scale(-3.0)]), ()),
    "coupling": (
        tfb.RealNVP(
            1,
            bijector_fn=lambda x, size: tfb.Shift(jnp.sin(x) * jnp.ones(size))(
                tfb.Scale(log_scale=jnp.tanh(x) * jnp.ones(size))
            ),
        ),
        (3,),
    ),
}


@pytest.mark.parametrize("name", THEIRS)
def test_theirs_as_functions(name):
    """What we invert of their forward functions is what they do by hand."""
    theirs, shape = THEIRS[name]
    x = 0.4 + 0.2 * jax.random.uniform(jax.random.key(1), shape)
    y = theirs.forward(x) * 1
    found, log_det = invhlo.inverse_and_ildj(theirs.forward)(y)
    np.testing.assert_allclose(found, theirs.inverse(y), rtol=1e-4, atol=1e-5)
    want = theirs.inverse_log_det_jacobian(y, event_ndims=len(shape))
    np.testing.assert_allclose(log_det, want, rtol=1e-4, atol=1e-5)


def test_trained_on_flowers():
    data = interop.iris()
    base = tfd.MultivariateNormalDiag(jnp.zeros(4), jnp.ones(4))

    def flow(weights):
        bijector = Bijector(Partial(coupling_flow, weights), 1)
        return tfd.TransformedDistribution(base, bijector)

    trained = interop.train(lambda w: flow(w).log_prob(data), interop.init_flow())
    found = flow(trained).log_prob(data).mean()
    assert found > interop.gaussian_log_prob(data)
