# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""JAX functions as bijections of FlowJAX, and its bijections as functions.

FlowJAX does not ship its tests. What they ask of each bijection is asked here: that
`inverse` undoes `transform`, that both log-dets are those of the Jacobian of the
flattened function, and the shapes and conditions that are checked.
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

pytest.importorskip("flowjax", reason=interop.WHY)

import equinox as eqx  # noqa: E402
import optax  # noqa: E402
import paramax  # noqa: E402
from flowjax import bijections, distributions  # noqa: E402
from flowjax.train import fit_to_data  # noqa: E402

from invhlo.interop.flowjax import Bijection  # noqa: E402

SAME_SHAPE = [name for name, case in CASES.items() if not case.changes]


@pytest.mark.parametrize("name", SAME_SHAPE)
def test_directions(name):
    bijection = Bijection(CASES[name].fun, CASES[name].shape)
    assert bijection.shape == CASES[name].shape
    assert bijection.cond_shape is None
    directions = (
        bijection.transform,
        bijection.inverse,
        lambda x: bijection.transform_and_log_det(x)[1],
        lambda y: bijection.inverse_and_log_det(y)[1],
    )
    interop.check(name, (), directions)


def test_a_condition():
    def blend(x, condition):
        return x * jnp.exp(condition.sum()) + condition[:3]

    bijection = Bijection(blend, (3,), cond_shape=(4,))
    x, condition = jnp.arange(3.0), jnp.array([0.1, -0.2, 0.3, 0.4])
    y, log_det = bijection.transform_and_log_det(x, condition)
    np.testing.assert_allclose(y, blend(x, condition), rtol=1e-6)
    np.testing.assert_allclose(log_det, 3 * 0.6, rtol=1e-5)
    found, inverse_log_det = bijection.inverse_and_log_det(y, condition)
    np.testing.assert_allclose(found, x, atol=1e-6)
    np.testing.assert_allclose(inverse_log_det, -log_det, rtol=1e-5)
    with pytest.raises(ValueError, match="condition"):
        bijection.transform(x)
    with pytest.raises(ValueError, match="condition"):
        bijection.transform(x, condition[:2])
    # A condition that is not asked for is ignored, as by theirs.
    plain = Bijection(lambda x: 2.0 * x, (3,))
    np.testing.assert_array_equal(plain.inverse(x, condition), x / 2)
    conditional = distributions.Transformed(
        distributions.Normal(jnp.zeros(3)), bijection
    )
    conditions = jnp.stack([condition, 2 * condition])
    samples = conditional.sample(jax.random.key(0), (5,), conditions)
    assert samples.shape == (5, 2, 3)
    assert conditional.log_prob(samples, conditions).shape == (5, 2)


def test_exact_shapes():
    bijection = Bijection(lambda x: 2.0 * x, (3,))
    with pytest.raises(ValueError, match=r"\(3,\)"):
        bijection.transform(jnp.zeros((2, 3)))
    with pytest.raises(ValueError, match="maps an event"):
        Bijection(lambda x: x[:2], (3,)).transform(jnp.zeros(3))


def test_beside_theirs():
    ours = Bijection(lambda x: 2.0 * x + 1.0, (3,))
    theirs = bijections.Affine(jnp.ones(3), jnp.full(3, 2.0))
    x = jnp.array([0.5, -1.0, 0.2])
    for wrap in (
        lambda b: bijections.Chain([b, bijections.Tanh((3,))]),
        bijections.Invert,
        lambda b: bijections.Concatenate([b, b]),
        lambda b: bijections.Vmap(b, in_axes=None, axis_size=2),
    ):
        got, want = wrap(ours), wrap(theirs)
        point = jnp.broadcast_to(jnp.resize(x, want.shape), want.shape)
        y, log_det = want.transform_and_log_det(point)
        np.testing.assert_allclose(got.transform(point), y, rtol=1e-5)
        np.testing.assert_allclose(
            got.transform_and_log_det(point)[1], log_det, rtol=1e-5
        )
        found, inverse_log_det = got.inverse_and_log_det(y)
        np.testing.assert_allclose(found, point, rtol=1e-4)
        np.testing.assert_allclose(inverse_log_det, -log_det, rtol=1e-4)


def test_parameters():
    """What is trained is what the function has, but for what is wrapped."""

    def affine(weights, x):
        return x * weights["scale"] + weights["shift"]

    weights = {
        "scale": jnp.array(3.0),
        "shift": paramax.non_trainable(jnp.array(1.0)),
    }
    bijection = Bijection(Partial(affine, weights))
    assert len(jax.tree.leaves(eqx.filter(bijection, eqx.is_array))) == 2

    @eqx.filter_grad
    def slope(bijection, y):
        return bijection.inverse_and_log_det(y)[0]

    slopes = slope(bijection, 7.0).fun.args[0]
    np.testing.assert_allclose(slopes["scale"], -2 / 3, rtol=1e-6)
    np.testing.assert_array_equal(slopes["shift"].tree, 0.0)


THEIRS = {
    "affine": bijections.Affine(jnp.ones(3), jnp.array([2.0, 0.5, 3.0])),
    "triangular": bijections.TriangularAffine(
        jnp.ones(3), jnp.abs(jnp.tril(interop.WEIGHTS))
    ),
    "leaky tanh": bijections.LeakyTanh(2.0, (3,)),
    "softplus": bijections.SoftPlus((3,)),
    "permute": bijections.Permute(jnp.array([2, 0, 1])),
    "chain": bijections.Chain([bijections.Flip((3,)), bijections.Exp((3,))]),
    "coupling": bijections.Coupling(
        jax.random.key(0),
        transformer=bijections.Affine(),
        untransformed_dim=1,
        dim=3,
        nn_width=4,
        nn_depth=1,
    ),
}


@pytest.mark.parametrize("name", THEIRS)
def test_theirs_as_functions(name):
    """What we invert of their forward functions is what they do by hand."""
    theirs = paramax.unwrap(THEIRS[name])
    x = jnp.array([0.3, -0.4, 1.5])
    y = theirs.transform(x)
    want, want_log_det = theirs.inverse_and_log_det(y)
    found, log_det = invhlo.inverse_and_ildj(theirs.transform)(y)
    np.testing.assert_allclose(found, want, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(log_det, want_log_det, rtol=1e-4, atol=1e-5)


def test_trained_on_flowers():
    data = interop.iris()
    bijection = Bijection(Partial(coupling_flow, interop.init_flow()), (4,))
    flow = distributions.Transformed(distributions.StandardNormal((4,)), bijection)
    flow, losses = fit_to_data(
        jax.random.key(0),
        flow,
        data,
        optimizer=optax.adam(3e-2),
        max_epochs=70,
        max_patience=70,
        batch_size=150,
        val_prop=0.02,
        return_best=False,
        show_progress=False,
    )
    assert losses["train"][-1] < losses["train"][0]
    assert flow.log_prob(data).mean() > interop.gaussian_log_prob(data)
