# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""JAX functions as transforms of NumPyro, and its transforms as functions.

NumPyro does not ship its tests. What they ask of bijective transforms and of transforms
as pytrees is asked here, in the same terms.
"""

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

numpyro = pytest.importorskip("numpyro", reason=interop.WHY)

import numpyro.distributions as dist  # noqa: E402
from numpyro.distributions import constraints, transforms  # noqa: E402

from invhlo.interop.numpyro import Transform  # noqa: E402


def transform_of(case):
    if case.changes:
        return Transform(case.fun, event_shape=case.shape)
    return Transform(case.fun, len(case.shape))


@pytest.mark.parametrize("name", CASES)
def test_directions(name):
    transform = transform_of(CASES[name])
    directions = (
        transform,
        transform.inv,
        lambda x: transform.log_abs_det_jacobian(x, transform(x)),
        lambda y: transform.inv.log_abs_det_jacobian(y, transform.inv(y)),
    )
    interop.check(name, (2, 3), directions)


@pytest.mark.parametrize("name", CASES)
def test_bijective(name):
    """Shapes, the Jacobian with and without intermediates, and the sign."""
    case = CASES[name]
    transform = transform_of(case)
    assert transform.domain.event_dim == len(case.shape)
    assert transform.codomain.event_dim == len(case.shape_out)
    x = transforms.biject_to(transform.domain)(case.events((13,)))
    y, intermediates = transform.call_with_intermediates(x)
    assert y.shape == transform.forward_shape(x.shape)
    assert transform.inv(y).shape == transform.inverse_shape(y.shape) == x.shape
    log_det = transform.log_abs_det_jacobian(x, y)
    assert log_det.shape == (13,)
    np.testing.assert_array_equal(
        transform.log_abs_det_jacobian(x, y, intermediates), intermediates
    )
    np.testing.assert_allclose(log_det, intermediates, rtol=1e-5, atol=1e-5)
    if case.shape == ():
        slopes = jax.vmap(jax.grad(transform))(x)
        np.testing.assert_array_equal(jnp.sign(slopes), transform.sign)
    else:
        with pytest.raises(ValueError, match="function of a scalar"):
            _ = transform.sign


def scale(weight, x):
    return weight * x


def test_is_a_pytree():
    transform = Transform(Partial(scale, jnp.array(2.0)))
    assert jax.jit(lambda t, x: x**2)(transform, 1.0) == 1.0
    for each in (transform, transform.inv):
        assert jax.jit(lambda t: t)(each).eq(each)
    slope = jax.grad(lambda t: t.inv(6.0))(transform)
    np.testing.assert_allclose(jax.tree.leaves(slope), [-1.5])
    mapped = jax.vmap(lambda weight: Transform(Partial(scale, weight)))(
        jnp.arange(1.0, 3)
    )
    np.testing.assert_array_equal(jax.vmap(lambda t: t(1.0))(mapped), [1.0, 2.0])
    plain = Transform(lambda x: 2.0 * x, codomain=constraints.real)
    assert jax.jit(lambda t: t.inv(3.0))(plain) == 1.5


def test_is_copied_and_pickled():
    original = Transform(Partial(interop.linear, interop.WEIGHTS), 1)
    x = jnp.arange(3.0)
    y = original(x)
    for copied in (
        copy.deepcopy(original),
        pickle.loads(pickle.dumps(Transform(interop.exponential))),
    ):
        inverse = copied.inv
        want = jnp.log(y) if copied.domain.event_dim == 0 else x
        np.testing.assert_allclose(inverse(y), want, rtol=1e-5, atol=1e-6)


def test_equality():
    transform = Transform(Partial(scale, jnp.array(2.0)))
    same = Transform(Partial(scale, jnp.array(2.0)))
    assert transform == same
    assert jax.jit(lambda a, b: a.eq(b))(transform, same)
    assert transform != Transform(Partial(scale, jnp.array(3.0)))
    positive = constraints.positive
    assert transform != Transform(Partial(scale, jnp.array(2.0)), codomain=positive)
    assert transform != 1.0


def test_domains():
    interval = constraints.interval(-2.0, 3.0)
    transform = Transform(lambda x: 5.0 * jax.nn.sigmoid(x) - 2.0, codomain=interval)
    bounded = dist.TransformedDistribution(dist.Normal(0.0, 1.0), transform)
    assert bounded.support == interval
    assert transform.inv.domain == interval
    simplex = Transform(lambda x: x[::-1], domain=constraints.simplex)
    assert simplex.domain.event_dim == 1
    with pytest.raises(ValueError, match="the codomain is for events of 0 axes"):
        Transform(lambda x: x, 1, codomain=interval)


def test_beside_theirs():
    ours, theirs = (
        Transform(lambda x: 2.0 * x + 1.0),
        transforms.AffineTransform(1.0, 2.0),
    )
    x = jnp.array([0.5, -1.0, 0.2])
    for wrap in (
        lambda t: transforms.ComposeTransform([t, transforms.ExpTransform()]),
        lambda t: t.inv,
        lambda t: transforms.IndependentTransform(t, 1),
    ):
        got, want = wrap(ours), wrap(theirs)
        y = want(x)
        np.testing.assert_allclose(got(x), y, rtol=1e-5)
        np.testing.assert_allclose(got.inv(y), x, rtol=1e-4)
        np.testing.assert_allclose(
            got.log_abs_det_jacobian(x, y),
            want.log_abs_det_jacobian(x, y),
            rtol=1e-5,
            atol=1e-5,
        )


THEIRS = {
    "affine": (transforms.AffineTransform(1.0, -2.0), ()),
    "softplus": (transforms.SoftplusTransform(), ()),
    "power": (transforms.PowerTransform(3.0), ()),
    "ordered": (transforms.OrderedTransform(), (4,)),
    "cholesky affine": (
        transforms.LowerCholeskyAffine(jnp.ones(3), jnp.abs(jnp.tril(interop.WEIGHTS))),
        (3,),
    ),
    "permute": (transforms.PermuteTransform(jnp.array([2, 0, 1])), (3,)),
    "recursive": (transforms.RecursiveLinearTransform(interop.WEIGHTS), (4, 3)),
}


@pytest.mark.parametrize("name", THEIRS)
def test_theirs_as_functions(name):
    """What we invert of their forward functions is what they do by hand."""
    theirs, shape = THEIRS[name]
    x = 0.5 + jax.random.uniform(jax.random.key(1), shape)
    y = theirs(x)
    found, log_det = invhlo.inverse_and_ildj(theirs)(y)
    np.testing.assert_allclose(found, theirs.inv(y), rtol=1e-3, atol=1e-4)
    want = -theirs.log_abs_det_jacobian(x, y).sum()
    np.testing.assert_allclose(log_det, want, rtol=1e-4, atol=1e-5)


def test_trained_on_flowers():
    """By stochastic variational inference, with the weights for its parameters."""
    data = interop.iris()
    base = dist.Normal(jnp.zeros(4), 1.0).to_event(1)

    def flow(weights):
        transform = Transform(Partial(coupling_flow, weights), 1)
        return dist.TransformedDistribution(base, transform)

    def model():
        weights = numpyro.param("weights", interop.init_flow())
        with numpyro.plate("flowers", len(data)):
            numpyro.sample("measures", flow(weights), obs=data)

    svi = numpyro.infer.SVI(
        model, lambda: None, numpyro.optim.Adam(3e-2), numpyro.infer.Trace_ELBO()
    )
    found = svi.run(jax.random.key(0), 100, progress_bar=False).params["weights"]
    log_prob = flow(found).log_prob(data)
    assert log_prob.shape == (150,)
    assert log_prob.mean() > interop.gaussian_log_prob(data)


def test_sampled_by_nuts():
    """A transformed site is reparameterised, and sampled where it is bounded."""
    bounded = Transform(
        lambda x: 5.0 * jax.nn.sigmoid(x) - 2.0,
        codomain=constraints.interval(-2.0, 3.0),
    )

    def model():
        normal = dist.Normal(0.0, 1.0)
        numpyro.sample("x", dist.TransformedDistribution(normal, bounded))

    mcmc = numpyro.infer.MCMC(
        numpyro.infer.NUTS(model), num_warmup=200, num_samples=600, progress_bar=False
    )
    mcmc.run(jax.random.key(0))
    samples = mcmc.get_samples()["x"]
    assert jnp.all((samples > -2) & (samples < 3))
    np.testing.assert_allclose(samples.mean(), 0.5, atol=0.3)
