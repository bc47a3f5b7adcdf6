# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Judges inverses: f(g(y)) is y, and the log-det is that of the dense Jacobian."""

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree

import invhlo


def places_of(argnums, count):
    """The unknown positions that `argnums` names, and whether it is one position."""
    if argnums is None:
        return tuple(range(count)), count == 1
    if isinstance(argnums, int):
        return (argnums % count,), True
    return tuple(argnum % count for argnum in argnums), False


def call_for(output, args, argnums):
    """The arguments with which to call the inverse at an `output` of the function."""
    if argnums is None:
        return output if type(output) is tuple else (output,)
    places, _ = places_of(argnums, len(args))
    call = list(args)
    values = [output] if len(places) == 1 else output
    for place, value in zip(places, values, strict=True):
        call[place] = value
    return tuple(call)


def tolerance_of(tree):
    """How far a leaf of `tree` may be off, by the least precise of its dtypes."""
    bits = [
        jnp.finfo(leaf.dtype).bits
        for leaf in jax.tree.leaves(tree)
        if jnp.issubdtype(leaf.dtype, jnp.inexact)
    ]
    return {16: 5e-2, 32: 1e-4, 64: 1e-10}[min(bits, default=64)]


def assert_close(got, want, tolerance):
    """Trees, dtypes, weak types and values are the same."""
    got, want = jax.tree.map(jnp.asarray, (got, want))
    assert jax.tree.structure(got) == jax.tree.structure(want)
    for one, other in zip(jax.tree.leaves(got), jax.tree.leaves(want), strict=True):
        assert (one.shape, one.dtype) == (other.shape, other.dtype)
        assert one.weak_type == other.weak_type
        if jnp.issubdtype(one.dtype, jnp.inexact):
            scale = max(1.0, float(jnp.max(jnp.abs(other), initial=0.0)))
            np.testing.assert_allclose(
                one, other, rtol=tolerance, atol=tolerance * scale
            )
        else:
            np.testing.assert_array_equal(one, other)


def check_inverse(fun, *args, argnums=None):
    """The inverse of `fun` at `fun(*args)` is `args`, and its output is the same."""
    args = jax.tree.map(jnp.asarray, args)
    places, single = places_of(argnums, len(args))
    output = fun(*args)
    call = call_for(output, args, argnums)
    got = invhlo.inverse(fun, *args, argnums=argnums)(*call)
    tolerance = tolerance_of((args, output))
    unknown = tuple(args[place] for place in places)
    assert_close(got, unknown[0] if single else unknown, tolerance)
    again = list(args)
    for place, value in zip(places, (got,) if single else got, strict=True):
        again[place] = value
    assert_close(fun(*again), output, 10 * tolerance)
    return got


def dense_ildj(fun, *args, argnums=None):
    """The inverse log-det-Jacobian of `fun` at `args`, from its dense Jacobian."""
    places, _ = places_of(argnums, len(args))
    flat, unravel = ravel_pytree([args[place] for place in places])

    def flat_fun(flat):
        called = list(args)
        for place, value in zip(places, unravel(flat), strict=True):
            called[place] = value
        return ravel_pytree(fun(*called))[0]

    jacobian = jax.jacfwd(flat_fun)(flat)
    assert jacobian.shape[0] == jacobian.shape[1]
    return -jnp.linalg.slogdet(jacobian).logabsdet


def check_ildj(fun, *args, argnums=None):
    """All ways to ask for the log-det of real `fun` give that of its Jacobian."""
    args = jax.tree.map(jnp.asarray, args)
    output = fun(*args)
    call = call_for(output, args, argnums)
    want = dense_ildj(fun, *args, argnums=argnums)
    given = (fun, *args)
    total = invhlo.ildj(*given, argnums=argnums)(*call)
    assert total.shape == ()
    tolerance = 10 * tolerance_of((args, output))
    scale = max(1.0, abs(float(want)))
    np.testing.assert_allclose(total, want, rtol=tolerance, atol=tolerance * scale)

    x, also_total = invhlo.inverse_and_ildj(*given, argnums=argnums)(*call)
    np.testing.assert_array_equal(also_total, total)
    ildj = invhlo.inverse_and_ildj(*given, argnums=argnums, reduce_ildj=False)
    also_x, shares = ildj(*call)
    assert jax.tree.structure(shares) == jax.tree.structure(x)
    for share, leaf in zip(jax.tree.leaves(shares), jax.tree.leaves(x), strict=True):
        assert share.shape == leaf.shape
    assert_close(also_x, x, tolerance)
    added = sum(jnp.sum(share) for share in jax.tree.leaves(shares))
    np.testing.assert_allclose(added, total, rtol=tolerance, atol=tolerance * scale)


def check(fun, *args, argnums=None):
    """Both `check_inverse` and `check_ildj`."""
    check_inverse(fun, *args, argnums=argnums)
    check_ildj(fun, *args, argnums=argnums)
