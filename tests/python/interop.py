# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions that become bijectors of other libraries, and how these are judged."""

import dataclasses
import functools
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.tree_util import Partial

from flows import coupling_flow, init_coupling_flow
from judge import dense_ildj

WHY = "the libraries of invhlo[interop] are installed by `make` beside the newest JAX"


@dataclasses.dataclass(frozen=True)
class Case:
    """A function of one event.

    Attributes:
      fun: The function.
      shape: The shape of an event that it takes.
      changes: Whether it returns events of another shape.
    """

    fun: Any
    shape: tuple[int, ...]
    changes: bool = False

    @functools.cached_property
    def shape_out(self) -> tuple[int, ...]:
        return jax.eval_shape(self.fun, jnp.zeros(self.shape)).shape

    def events(self, batch=(), dtype=jnp.float32):
        """A batch of events."""
        return jax.random.normal(jax.random.key(3), (*batch, *self.shape), dtype)


def linear(weights, x):
    return weights @ x + 1.0


def exponential(x):
    return jnp.exp(x)


WEIGHTS = jnp.array([[2.0, 0.5, 0.0], [-1.0, 1.0, 0.3], [0.0, 0.4, -3.0]])
CASES = {
    "elementwise": Case(lambda x: jnp.exp(2.0 * x) - 3.0, ()),
    "bounded": Case(lambda x: 5.0 * jax.nn.sigmoid(x) - 2.0, ()),
    "decreasing": Case(lambda x: jnp.arcsinh(-3.0 * x), ()),
    "linear": Case(Partial(linear, WEIGHTS), (3,)),
    "flow": Case(
        Partial(coupling_flow, init_coupling_flow(jax.random.key(0), 2, 4)), (4,)
    ),
    "matrix": Case(lambda x: jnp.cumsum(jnp.sinh(x), axis=-1)[::-1], (2, 3)),
    "reshaped": Case(lambda x: jnp.exp(x).reshape(6), (2, 3), changes=True),
}


def check(name, batch, directions, dtype=jnp.float32):
    """Both directions and both log-dets are those of the function.

    Args:
      name: The name of a case.
      batch: The shape of a batch of events.
      directions: The functions `(forward, inverse, forward_log_det, inverse_log_det)`
        of the bijector, for a batch.
      dtype: The dtype of the events.
    """
    forward, inverse, forward_log_det, inverse_log_det = directions
    x, y, ildj, pull = wanted(name, batch, dtype)

    @jax.jit
    def everything(x, y):
        log_dets = forward_log_det(x), inverse_log_det(y)
        slopes = (
            jax.grad(lambda x: forward_log_det(x).sum())(x),
            jax.grad(lambda y: inverse_log_det(y).sum())(y),
        )
        return forward(x), inverse(y), log_dets, slopes

    got, found, log_dets, slopes = everything(x, y)
    rtol = 1e-4 if dtype == jnp.float32 else 1e-10
    close = functools.partial(np.testing.assert_allclose, rtol=rtol, atol=rtol)
    for one, other in ((got, y), (found, x), (-log_dets[0], ildj), (log_dets[1], ildj)):
        assert (one.shape, one.dtype) == (other.shape, dtype)
        close(one, other)
    # By the chain rule: the one is minus the other at f(x).
    close(slopes[0], -pull(slopes[1])[0], rtol=10 * rtol, atol=10 * rtol)
    assert jnp.all(jnp.isfinite(slopes[0]))


@functools.cache
def wanted(name, batch, dtype):
    """Events of a case, what its function makes of them, and minus its log-dets.

    And the function that pulls derivatives back through it.
    """
    case = CASES[name]

    def of_each(fun):
        for _ in batch:
            fun = jax.vmap(fun)
        return fun

    x = case.events(batch, dtype)
    y, pull = jax.vjp(jax.jit(of_each(case.fun)), x)
    ildj = jax.jit(of_each(functools.partial(dense_ildj, case.fun)))(x)
    return x, y, ildj, pull


def iris():
    """150 flowers, four measures of each in standard units."""
    from sklearn.datasets import load_iris

    data = load_iris().data
    return jnp.asarray((data - data.mean(0)) / data.std(0), jnp.float32)


def gaussian_log_prob(data):
    """The mean log-density of the data under the best Gaussian of all."""
    covariance = np.cov(data, rowvar=False, bias=True)
    size = data.shape[1]
    logabsdet = np.linalg.slogdet(covariance).logabsdet
    return -0.5 * (size * np.log(2 * np.pi) + logabsdet + size)


def init_flow():
    """Weights of a coupling flow for `iris`, near those of the identity."""
    weights = init_coupling_flow(jax.random.key(1), layers=3, size=4)
    return jax.tree.map(lambda part: 0.5 * part, weights)


def train(log_prob, weights, steps=100):
    """Weights that make the mean of `log_prob(weights)` larger, by Adam."""
    import optax

    optimizer = optax.adam(3e-2)

    @jax.jit
    def step(_, carry):
        weights, state = carry
        slopes = jax.grad(lambda weights: -log_prob(weights).mean())(weights)
        updates, state = optimizer.update(slopes, state)
        return optax.apply_updates(weights, updates), state

    trained, _ = jax.lax.fori_loop(0, steps, step, (weights, optimizer.init(weights)))
    return trained
