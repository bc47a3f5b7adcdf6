# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Loops, branches, calls and transformations."""

import functools

import jax
import jax.numpy as jnp
from jax import lax

from ._program import program


def _while(x, n):
    return lax.while_loop(lambda c: c[0] < n, lambda c: (c[0] + 1, c[1] * 2), (0, x))


def _scan(x, init):
    return lax.scan(lambda c, a: (c + a, c * a), init, x)


def _scan_options(x, **options):
    return lax.scan(lambda c, a: (c + a, c), 0.0, x, **options)


def _nested(x):
    def row(total, values):
        return lax.fori_loop(0, 3, lambda i, t: t + values[i], total), None

    return lax.scan(row, 0.0, x)[0]


def _autoregressive(w, x):
    def step(state, a):
        state = jnp.tanh(w @ state) + a
        return state, state[0]

    return lax.scan(step, jnp.zeros(3), x)


@jax.custom_jvp
def _custom_jvp(x):
    return jnp.sin(x)


_custom_jvp.defjvp(lambda p, t: (jnp.sin(p[0]), jnp.cos(p[0]) * t[0]))


@jax.custom_vjp
def _custom_vjp(x):
    return jnp.sin(x)


_custom_vjp.defvjp(lambda x: (jnp.sin(x), x), lambda x, g: (g * jnp.cos(x),))


@functools.partial(jax.jit, static_argnums=1)
def _jitted(x, n):
    return x * n


@functools.partial(jax.jit, inline=True)
def _inlined(x):
    return jnp.sin(x) + 1


@jax.named_scope("outer")
def _scoped(x):
    with jax.named_scope("inner"):
        return jnp.cos(x)


def _cond(p, x):
    return lax.cond(p, lambda a: a + 1, lambda a: a * 2, x)


def _switch(i, x):
    return lax.switch(i, [jnp.sin, jnp.cos, lambda a: a], x)


PROGRAMS = [
    program("associative_scan", lambda x: lax.associative_scan(jnp.add, x), "f32[8]"),
    program(
        "checkpoint-grad",
        jax.grad(jax.checkpoint(lambda x: jnp.sin(jnp.sin(x)))),
        "f32[]",
    ),
    program("cond", _cond, "bool[]", "f32[3]"),
    program("cond-grad", jax.grad(lambda x, p: _cond(p, x)), "f32[]", "bool[]"),
    program("cond-nested", lambda p, x: _cond(p, _cond(x > 0, x)), "bool[]", "f32[]"),
    program("cond-vmap", jax.vmap(_cond), "bool[3]", "f32[3]"),
    program("custom_jvp", _custom_jvp, "f32[3]"),
    program("custom_jvp-jvp", lambda x: jax.jvp(_custom_jvp, (x,), (x,)), "f32[3]"),
    program(
        "custom_root",
        lambda y: lax.custom_root(
            lambda x: x**2 - y, 1.0, lambda f, x: x, lambda g, b: b / g(1.0)
        ),
        "f32[]",
    ),
    program("custom_vjp-grad", jax.grad(_custom_vjp), "f32[]"),
    program(
        "fori_loop", lambda x: lax.fori_loop(0, 5, lambda i, a: a + i, x), "f32[3]"
    ),
    program(
        "fori_loop-bounds",
        lambda n, x: lax.fori_loop(n, 2 * n, lambda i, a: a * i, x),
        "i32[]",
        "f32[3]",
    ),
    program(
        "fori_loop-unroll",
        lambda x: lax.fori_loop(0, 6, lambda i, a: a + i, x, unroll=2),
        "f32[3]",
    ),
    program("grad", jax.grad(lambda x: jnp.sum(jnp.sin(x) ** 2)), "f32[3]"),
    program("hessian", jax.hessian(lambda x: jnp.prod(x)), "f32[3]"),
    program("jacfwd", jax.jacfwd(jnp.sin), "f32[3]"),
    program("jacrev", jax.jacrev(lambda x: jnp.outer(x, x)), "f32[3]"),
    program("jit-inline", _inlined, "f32[3]"),
    program("jit-nested", lambda x: _jitted(x, 3) + _jitted(x, 4), "f32[3]"),
    program("jit-shared", lambda x: _jitted(_jitted(x, 3), 3), "f32[3]"),
    program(
        "jvp-while", lambda x: jax.jvp(lambda a: _while(a, 3)[1], (x,), (x,)), "f32[]"
    ),
    program("linearize", lambda x: jax.linearize(jnp.sin, x)[1](x), "f32[3]"),
    program("map", lambda x: lax.map(jnp.sin, x), "f32[5,3]"),
    program("map-batched", lambda x: lax.map(jnp.sin, x, batch_size=2), "f32[5,3]"),
    program("named_scope", _scoped, "f32[3]"),
    program("nested-loops", _nested, "f32[4,3]"),
    program(
        "platform_dependent",
        lambda x: lax.platform_dependent(x, cpu=jnp.sin, default=jnp.cos),
        "f32[3]",
    ),
    program("scan", _scan, "f32[5,3]", "f32[3]"),
    program("scan-autoregressive", _autoregressive, "f32[3,3]", "f32[5,3]"),
    program(
        "scan-grad", jax.grad(lambda x, i: _scan(x, i)[1].sum()), "f32[5,3]", "f32[3]"
    ),
    program(
        "scan-length", lambda x: lax.scan(lambda c, _: (c * 2, c), x, length=4), "f32[]"
    ),
    program(
        "scan-pytree",
        lambda xs: lax.scan(lambda c, a: (c + a["x"].sum(), a), 0.0, xs),
        {"x": "f32[4,2]", "y": "i32[4]"},
    ),
    program("scan-reverse", lambda x: _scan_options(x, reverse=True), "f32[4]"),
    program("scan-unroll", lambda x: _scan_options(x, unroll=2), "f32[5]"),
    program("scan-vmap", jax.vmap(_scan), "f32[2,5,3]", "f32[2,3]"),
    program("switch", _switch, "i32[]", "f32[3]"),
    program("switch-vmap", jax.vmap(_switch), "i32[4]", "f32[4]"),
    program("vjp", lambda x: jax.vjp(jnp.sin, x)[1](x), "f32[3]"),
    program("vmap", jax.vmap(jnp.dot), "f32[5,3]", "f32[5,3]"),
    program("while", _while, "f32[3]", "i32[]"),
    program("while-vmap", jax.vmap(_while), "f32[3]", "i32[3]"),
]
