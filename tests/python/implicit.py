# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Judges inverses of functions of parameters and x by the functions' own Jacobians."""

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree

import invhlo


def cast(tree, dtype):
    """The numbers of a tree as `dtype`, or as complex numbers of that precision."""

    def convert(leaf):
        same = jnp.iscomplexobj(leaf)
        return jnp.asarray(
            leaf, jnp.result_type(dtype, jnp.complex64) if same else dtype
        )

    return jax.tree.map(convert, tree)


def reals_of(tree):
    """All numbers, the real and imaginary parts of complex ones."""
    flat = ravel_pytree(tree)[0]
    return jnp.concatenate([flat.real, flat.imag]) if jnp.iscomplexobj(flat) else flat


def tree_of(reals, like):
    """The tree like another that `reals_of` takes to `reals`."""
    flat, unravel = ravel_pytree(like)
    if jnp.iscomplexobj(flat):
        reals = jax.lax.complex(*jnp.split(reals, 2))
    return unravel(reals)


def jacobian_of(fun, w, x):
    """The dense Jacobian of what `fun` makes of x, in real numbers."""
    return jax.jacobian(lambda reals: reals_of(fun(w, tree_of(reals, x))))(reals_of(x))


def log_det_of(fun, w, x):
    """The log-det of its inverse."""
    return -jnp.linalg.slogdet(jacobian_of(fun, w, x))[1]


def judge(fun, w, x, *, tolerance):
    """Values and log-det against the dense Jacobian."""
    y = fun(w, x)
    back, log_det = jax.jit(invhlo.inverse_and_ildj(fun, w, x, argnums=1))(w, y)
    for one, other in zip(*map(jax.tree.leaves, (back, x)), strict=True):
        assert one.dtype == other.dtype
        np.testing.assert_allclose(one, other, rtol=tolerance, atol=tolerance)
    dense = np.asarray(jax.jit(lambda w, x: jacobian_of(fun, w, x))(w, x), np.float64)
    want = -np.linalg.slogdet(dense)[1]
    np.testing.assert_allclose(log_det, want, rtol=tolerance, atol=tolerance)


def some_direction(tree):
    def get(leaf):
        return jnp.sin(1 + jnp.arange(leaf.size)).reshape(leaf.shape).astype(leaf.dtype)

    return jax.tree.map(get, tree)


def judge_derivatives(fun, w, x, *, tolerance=1e-8):
    """In both modes, of what is found and the log-det, by those of the function."""

    def found(w, y):
        inverse = invhlo.inverse_and_ildj(fun, *example, argnums=1)
        x, log_det = inverse(w, y)
        reals = reals_of(x)
        return jnp.vdot(some_direction(reals), reals) + log_det, (x, log_det)

    @jax.jit
    def derive(*args):
        tangents = some_direction(args)
        forward, values = jax.jvp(found, args, tangents, has_aux=True)[1:]
        gradients = jax.grad(found, argnums=(0, 1), has_aux=True)(*args)[0]
        terms = jax.tree.map(lambda g, t: jnp.sum(g * t).real, gradients, tangents)
        return values, forward, terms

    def derive_by_the_function(w, x):
        """The same, with dx = J⁻¹ (dy - f_w dw)."""
        d_w, d_y = some_direction((w, fun(w, x)))
        of_w = jax.jvp(lambda w: fun(w, x), (w,), (d_w,))[1]
        rest = reals_of(d_y) - reals_of(of_w)
        d_x = jnp.linalg.solve(jacobian_of(fun, w, x), rest)
        value, d_log_det = jax.jvp(
            lambda w, x: log_det_of(fun, w, x), (w, x), (d_w, tree_of(d_x, x))
        )
        return value, jnp.vdot(some_direction(d_x), d_x) + d_log_det

    with jax.enable_x64(True):
        w, x = example = cast((w, x), "float64")
        (back, log_det), forward, gradients = derive(w, fun(w, x))
        want_log_det, want = derive_by_the_function(w, x)
        np.testing.assert_allclose(reals_of(back), reals_of(x), rtol=1e-10, atol=1e-10)
        np.testing.assert_allclose(log_det, want_log_det, rtol=1e-10, atol=1e-10)
        np.testing.assert_allclose(forward, want, rtol=tolerance, atol=tolerance)
        backward = sum(jax.tree.leaves(gradients))
        np.testing.assert_allclose(backward, want, rtol=tolerance, atol=tolerance)
