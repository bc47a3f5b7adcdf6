# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Inverses of programs over several devices; conftest.py asks for eight."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax
from jax.sharding import AxisType, NamedSharding
from jax.sharding import PartitionSpec as P

import invhlo
from flows import coupling_flow, init_coupling_flow
from judge import check, check_inverse, dense_ildj

LINE = jax.make_mesh((8,), ("i",), axis_types=(AxisType.Auto,))
GRID = jax.make_mesh((2, 4), ("x", "y"), axis_types=(AxisType.Auto,) * 2)
EXPLICIT = jax.make_mesh((2, 4), ("x", "y"), axis_types=(AxisType.Explicit,) * 2)
RING = [(i, (i + 1) % 8) for i in range(8)]
EXCHANGES = ("all-gather", "all-to-all", "collective-permute", "reduce-scatter")


def normal(*shape, seed=0):
    return jax.random.normal(jax.random.key(seed), shape)


def mapped(mesh, in_specs, out_specs, **options):
    """Maps functions over the shards of their arguments."""

    def of(fun):
        return jax.jit(
            jax.shard_map(
                fun, mesh=mesh, in_specs=in_specs, out_specs=out_specs, **options
            )
        )

    return of


@pytest.fixture(scope="module")
def flow():
    """The parameters of a flow, a batch, and what the flow makes of it."""
    params = init_coupling_flow(jax.random.key(1), layers=3, size=6)
    x = normal(16, 6)
    return params, x, jax.jit(coupling_flow)(params, x)


def constrained_flow(params, x):
    """The flow, told after each layer how to split its batch."""
    for layer in params:
        x = coupling_flow([layer], x)
        x = lax.with_sharding_constraint(x, NamedSharding(GRID, P(("x", "y"))))
    return x


def compiled_text(fun, *args):
    return jax.jit(fun).lower(*args).compile().as_text()


def test_constraints_are_kept():
    sharding = NamedSharding(GRID, P(None, "x"))

    def fun(x):
        return jnp.sinh(lax.with_sharding_constraint(x, sharding))

    x = normal(4, 8)
    check(fun, x)
    inverse = jax.jit(invhlo.inverse_and_ildj(fun, x, reduce_ildj=False))
    text = inverse.lower(fun(x)).as_text()
    assert text.count("sdy.sharding_constraint %") >= 2
    assert '<@mesh, [{}, {"x"}]>' in text
    for value in inverse(fun(x)):
        assert value.sharding.is_equivalent_to(sharding, 2)


def test_a_batch_stays_where_it_is(flow):
    params, x, y = flow
    want_x, want = invhlo.inverse_and_ildj(coupling_flow, argnums=1)(params, y)
    for mesh, spec in ((GRID, P("x")), (GRID, P(("x", "y"))), (EXPLICIT, P("y"))):
        split_y = jax.device_put(y, NamedSharding(mesh, spec))
        inverse = invhlo.inverse_and_ildj(coupling_flow, argnums=1)
        text = compiled_text(inverse, params, split_y)
        # The total is the one thing that all devices add to.
        assert text.count("all-reduce(") == 1
        assert not [name for name in EXCHANGES if name in text]
        for call in (inverse, jax.jit(inverse)):
            got_x, got = call(params, split_y)
            assert got_x.sharding.is_equivalent_to(split_y.sharding, 2)
            np.testing.assert_allclose(got_x, want_x, rtol=1e-5, atol=1e-6)
            np.testing.assert_allclose(got, want, rtol=1e-5)


def test_a_constrained_batch_stays_where_it_is(flow):
    params, x, _ = flow
    split_x = jax.device_put(x, NamedSharding(GRID, P(("x", "y"))))
    y = jax.jit(constrained_flow)(params, split_x)
    inverse = invhlo.inverse_and_ildj(constrained_flow, argnums=1, reduce_ildj=False)
    text = compiled_text(inverse, params, y)
    assert not [name for name in (*EXCHANGES, "all-reduce(") if name in text]
    got, shares = inverse(params, y)
    assert got.sharding.is_equivalent_to(split_x.sharding, 2)
    assert shares.sharding.is_equivalent_to(split_x.sharding, 2)
    np.testing.assert_allclose(got, x, rtol=1e-5, atol=1e-5)


def test_explicit_shardings_are_part_of_the_types():
    sharding = NamedSharding(EXPLICIT, P("x", "y"))
    x = jax.device_put(normal(4, 8), sharding)

    def fun(x):
        return jax.sharding.reshard(jnp.sinh(x), NamedSharding(EXPLICIT, P("y", "x")))

    y = fun(x)
    got, shares = invhlo.inverse_and_ildj(fun, x, reduce_ildj=False)(y)
    assert jax.typeof(got) == jax.typeof(x)
    assert jax.typeof(shares) == jax.typeof(x)
    np.testing.assert_allclose(got, x, rtol=1e-5)


def test_explicit_shardings_need_no_mesh_but_that_of_their_types():
    sharding = NamedSharding(EXPLICIT, P("y"))
    struct = jax.ShapeDtypeStruct((8,), jnp.float32, sharding=sharding)
    k, x = (jax.device_put(normal(8, seed=i), sharding) for i in range(2))

    def fun(k, x):
        return jnp.exp(k) * x

    with jax.set_mesh(EXPLICIT):  # a type has no devices
        lowered = invhlo.invert_lowered(fun, struct, struct, argnums=1)
    for inverse in (invhlo.inverse(fun, k, x, argnums=1), lowered.compile()):
        got = inverse(k, fun(k, x))
        assert jax.typeof(got) == jax.typeof(x)
        np.testing.assert_allclose(got, x, rtol=1e-5)


def flow_on_shards(params, x):
    return mapped(LINE, (P(), P("i")), P("i"))(coupling_flow)(params, x)


def test_a_flow_on_shards_is_the_flow(flow):
    params, x, y = flow
    want_x, want = invhlo.inverse_and_ildj(coupling_flow, argnums=1)(params, y)
    inverse = invhlo.inverse_and_ildj(flow_on_shards, argnums=1)
    got_x, got = inverse(params, y)
    np.testing.assert_allclose(got_x, want_x, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(got, want, rtol=1e-5)
    np.testing.assert_allclose(
        got, dense_ildj(coupling_flow, params, x, argnums=1), rtol=1e-4
    )
    split_y = jax.device_put(y, NamedSharding(LINE, P("i")))
    text = compiled_text(inverse, params, split_y)
    assert text.count("all-reduce(") == 1
    assert not [name for name in EXCHANGES if name in text]


def ring(x):
    scale = 1.0 + lax.axis_index("i")
    return scale * lax.ppermute(jnp.exp(x), "i", RING)


def exchange(x):
    x = jnp.sinh(x) * (2.0 + lax.axis_index("i"))
    return lax.all_to_all(x, "i", split_axis=1, concat_axis=0, tiled=True)


def coupled_over_devices(x):
    """Each device changes its second half by the first half of its neighbour."""
    first, second = jnp.split(x, 2, axis=1)
    neighbour = lax.ppermute(first, "i", RING)
    return jnp.concatenate([first, second * jnp.exp(jnp.tanh(neighbour))], axis=1)


def coupled_by_sums(x):
    first, second = jnp.split(x, 2, axis=1)
    mean = lax.pmean(first, "i")
    every = lax.all_gather(first, "i")
    second = jnp.sinh(second) * jnp.exp(jnp.tanh(mean)) + every.sum(0)
    return jnp.concatenate([first * 2.0, second], axis=1)


@pytest.mark.parametrize(
    "fun", [jnp.sinh, ring, exchange, coupled_over_devices, coupled_by_sums]
)
def test_shards(fun):
    check(mapped(LINE, P("i"), P("i"))(fun), normal(8, 8))


def test_shardings_change_places():
    """Rows are split before and columns after, in the middle of a program."""
    turn = mapped(GRID, P("x"), P(None, "x"))(lambda x: jnp.tanh(x).T)
    x = normal(4, 6)
    check(lambda x: 2.0 * turn(x / 2.0) + 1.0, x)
    text = invhlo.invert_lowered(turn, x).as_text()
    assert 'in_shardings=[<@mesh, [{}, {"x"}]>]' in text
    assert 'out_shardings=[<@mesh, [{"x"}, {}]>]' in text


def test_other_axes_are_left_to_the_compiler():
    fun = mapped(GRID, P("x"), P("x"), axis_names={"x"})(
        lambda x: jnp.sinh(x) * (1.0 + lax.axis_index("x"))
    )
    check(fun, normal(4, 8))


@pytest.mark.parametrize("axes", ["x", "y", ("y", "x")])
def test_places_along_some_axes_are_the_same_along_the_others(axes):
    fun = mapped(GRID, P(axes), P(axes))(
        lambda x: jnp.sinh(x) * (1.0 + lax.axis_index(axes))
    )
    check(fun, normal(8, 3))


def test_places_along_another_axis_are_refused():
    fun = mapped(GRID, P("x"), P("x"), check_vma=False)(
        lambda x: x * (1.0 + lax.axis_index("y"))
    )
    message = refusal_of(fun, normal(4, 2))
    assert "the same along the axis 'y', but is found from what is not" in message


def test_what_is_known_may_be_split_too():
    fun = mapped(LINE, (P("i"), P(), P("i")), P("i"))(
        lambda scale, shift, x: jnp.sinh(x) * jnp.exp(scale) + shift
    )
    check(fun, normal(16, seed=1), normal(2, seed=2), normal(16), argnums=2)


def test_what_the_known_gives_alone_is_no_equation():
    fun = mapped(LINE, (P("i"), P("i")), (P("i"), P("i")))(
        lambda k, x: (jnp.sinh(x) * jnp.exp(k), jnp.sin(k))
    )
    k, x = normal(8, seed=1), normal(8)
    got, log_det = invhlo.inverse_and_ildj(fun, k, x, argnums=1)(k, fun(k, x))
    np.testing.assert_allclose(got, x, rtol=1e-5, atol=1e-6)
    want = dense_ildj(lambda x: fun(k, x)[0], x)
    np.testing.assert_allclose(log_det, want, rtol=1e-5)


def test_called_functions_are_inverted_on_shards():
    @jax.jit
    def layer(x):
        return ring(x) + 1.0

    check(mapped(LINE, P("i"), P("i"))(lambda x: layer(layer(x) / 9.0)), normal(8, 2))


def test_shards_of_shards():
    outer = mapped(GRID, P("x"), P("x"), axis_names={"x"})
    inner = functools.partial(
        jax.shard_map, in_specs=P(None, "y"), out_specs=P(None, "y"), axis_names={"y"}
    )
    check(outer(lambda x: inner(jnp.sinh)(x) * 2.0), normal(4, 8))


def test_custom_inverses_on_shards():
    @invhlo.custom_inverse
    def cube(x):
        return x * x * x

    cube.def_inverse_unary(jnp.cbrt)
    check(mapped(LINE, P("i"), P("i"))(lambda x: cube(x) * 2.0), normal(8, 2) + 3.0)


@pytest.mark.parametrize("on_device_0", [False, True])
def test_arrays_are_moved_to_the_devices_of_the_function(on_device_0):
    fun = mapped(LINE, P("i"), P("i"))(ring)
    x = np.asarray(normal(8, 2))
    y = np.asarray(fun(x))
    if on_device_0:
        y = jnp.asarray(y)
    for call in (invhlo.inverse(fun), jax.jit(invhlo.inverse(fun))):
        np.testing.assert_allclose(call(y), x, rtol=1e-5, atol=1e-6)


def test_copies_count_once():
    """The log-det is that of the function, however many devices compute it."""
    x = normal(4, 6)
    want = dense_ildj(jnp.sinh, x)
    for spec in (P(), P("x"), P("y"), P("x", None)):
        fun = mapped(GRID, spec, spec)(jnp.sinh)
        got, log_det = invhlo.inverse_and_ildj(fun)(jnp.sinh(x))
        np.testing.assert_allclose(got, x, rtol=1e-5)
        np.testing.assert_allclose(log_det, want, rtol=1e-5)


def test_copies_beside_shards():
    fun = mapped(LINE, (P("i"), P()), (P("i"), P()))(
        lambda x, y: (x * 3.0 + y, jnp.sinh(y))
    )
    check(fun, normal(8), normal(1, seed=1)[0])


def test_copies_found_by_sums_over_shards():
    """What is the same on all devices may depend on what is not, by its sum."""

    def fun(x, y):
        scale = jnp.exp(jnp.tanh(lax.psum(y.sum(), "i")))
        return jnp.sinh(x) * scale, jnp.sinh(y)

    check(mapped(LINE, (P(), P("i")), (P(), P("i")))(fun), normal(3), normal(16))


def refusal_of(fun, *args, argnums=None):
    with pytest.raises(invhlo.NonInvertibleError) as caught:
        invhlo.invert_lowered(fun, *args, argnums=argnums)
    return str(caught.value)


@pytest.mark.parametrize(
    ("body", "out_spec", "reason"),
    [
        (lambda x: lax.psum(x, "i"), P(), "combines what several devices hold"),
        (lambda x: lax.pmean(x, "i"), P(), "combines what several devices hold"),
        (lambda x: lax.all_gather(x, "i"), P("i"), "gets what others hold too"),
        (lambda x: lax.ppermute(x, "i", RING[:7]), P("i"), "of all 8 devices"),
        (lambda x: lax.ppermute(x, "i", [(0, 1), (1, 0)]), P("i"), "of all 8 devices"),
        (lambda x: x - lax.pmean(x, "i"), P("i"), "2 operands depend on the unknown"),
        (jnp.sign, P("i"), "it maps many values to one"),
    ],
)
def test_refused_on_shards(body, out_spec, reason):
    message = refusal_of(mapped(LINE, P("i"), out_spec)(body), jnp.ones((8, 2)))
    assert reason in message
    assert "the unknown is argument" in message


def test_copies_that_would_differ_are_refused():
    """Off the image, each device would find another number for the one that was."""
    tile = mapped(LINE, P(), P("i"))(jnp.sinh)
    message = refusal_of(tile, jnp.ones(2))
    assert "operand #0 is the same along the axis 'i', but is found from" in message
    shift = mapped(LINE, (P("i"), P()), P("i"))(lambda k, x: k * x)
    assert "operand #1 is the same" in refusal_of(
        shift, jnp.ones(8), jnp.ones(1), argnums=1
    )


def test_more_shards_than_copies_are_overdetermined():
    tile = mapped(LINE, P(), P("i"))(jnp.sinh)
    x = jnp.ones(2)
    with pytest.raises(invhlo.NonInvertibleError, match="more output than input"):
        invhlo.ildj(tile, x)(tile(x))


def test_axes_from_outside_are_refused():
    """What the other devices do is not part of such a function."""
    inside = mapped(LINE, P("i"), P("i"))(lambda y: invhlo.inverse(ring)(y))
    with pytest.raises(
        ValueError, match="uses the axis `i`, which is mapped around it"
    ):
        inside(jnp.ones((8, 2)))


def test_promised_copies_do_not_make_shards():
    """Without checks, JAX believes that what is split is the same everywhere."""
    fun = mapped(LINE, P("i"), P(), check_vma=False)(jnp.sinh)
    message = refusal_of(fun, jnp.ones(8))
    assert "operand #0 is split along the axis 'i', but is found from" in message


def scaled_by_a_sum(x, k):
    return x * (1 + lax.psum(k, "i") ** 2)


def scaled_by_all(x, k):
    return x * (1 + lax.all_gather(k, "i").sum() ** 2)


def exchanged(x, k):
    return lax.all_to_all(x, "i", 0, 0, tiled=True) * (1 + k**2)


def passed_on(x, k):
    def step(carry, _):
        return lax.ppermute(carry, "i", RING) * (1 + k**2), None

    return lax.scan(step, x, length=3)[0]


@pytest.mark.parametrize("body", [scaled_by_a_sum, scaled_by_all, exchanged, passed_on])
def test_transformations_of_collectives(body):
    fun = mapped(LINE, (P("i"), P("i")), P("i"))(body)
    x, k = normal(64), 0.1 * normal(64, seed=1)
    y = fun(x, k)
    solve = invhlo.inverse(fun, argnums=0)
    np.testing.assert_allclose(solve(y, k), x, rtol=1e-5)

    # f(g(y, k), k) = y tells the derivatives of g by those of f.
    tangents = normal(64, seed=2), normal(64, seed=3)
    _, moved = jax.jvp(solve, (y, k), tangents)
    _, back = jax.jvp(fun, (x, k), (moved, tangents[1]))
    np.testing.assert_allclose(back, tangents[0], rtol=1e-4, atol=1e-5)
    pulled = jax.vjp(solve, y, k)[1](x)
    dot = sum(jnp.vdot(a, b) for a, b in zip(pulled, tangents, strict=True))
    np.testing.assert_allclose(dot, jnp.vdot(moved, x), rtol=1e-4)

    both = jnp.stack([y, 2 * y])
    mapped_over = jax.vmap(solve, (0, None))(both, k)
    np.testing.assert_allclose(mapped_over[1], 2 * x, rtol=1e-5)


def test_integers_on_shards_are_exact():
    fun = mapped(LINE, P("i"), P("i"))(
        lambda x: 3 * lax.ppermute(x, "i", RING) ^ lax.axis_index("i")
    )
    check_inverse(fun, jnp.arange(16) * 1_000_003)


MATRIX = np.eye(8, dtype=np.float32) + np.tri(8, dtype=np.float32) / 8
EXPLICIT_FUNCTIONS = {
    "exp": jnp.exp,
    "tanh": lambda x: jnp.tanh(x / 4),
    "softplus": jax.nn.softplus,
    "sigmoid": jax.nn.sigmoid,
    "permutation": lambda x: x[:, np.array([2, 0, 3, 1, 7, 5, 6, 4])],
    "permutation in JAX": lambda x: x[:, jnp.array([2, 0, 3, 1, 7, 5, 6, 4])],
    "mask": lambda x: jnp.where(jnp.arange(8) % 2 == 0, jnp.exp(x), x),
    "matmul": lambda x: jnp.sinh(x @ MATRIX),
    "weights": lambda x: x * jnp.exp(jnp.arange(8.0)) + jnp.ones(8),
    "halves": lambda x: jnp.concatenate(
        [x[:, :4], x[:, 4:] * jnp.exp(jax.nn.softplus(x[:, :4]))], 1
    ),
    "scan": lambda x: jnp.stack(
        [
            x[:, 0],
            x[:, 1] + lax.scan(lambda c, _: (jnp.sin(c), c), x[:, 0], None, 3)[0],
            *x[:, 2:].T,
        ],
        1,
    ),
}


@pytest.mark.parametrize("spec", [P("x"), P("x", None), P(None, None), P(("x", "y"))])
@pytest.mark.parametrize("name", EXPLICIT_FUNCTIONS)
def test_functions_of_explicit_shardings(name, spec):
    fun = EXPLICIT_FUNCTIONS[name]
    plain = normal(8, 8)
    with jax.set_mesh(EXPLICIT):
        x = jax.device_put(plain, NamedSharding(EXPLICIT, spec))
        y = fun(x)
        inverse = invhlo.inverse_and_ildj(fun, x)
        for call in (inverse, jax.jit(inverse)):
            got, ildj = call(y)
            assert jax.typeof(got) == jax.typeof(x)
            np.testing.assert_allclose(got, plain, rtol=1e-4, atol=1e-5)
        slope = jax.grad(lambda y: invhlo.inverse(fun, x)(y).sum())(y)
        assert jax.typeof(slope) == jax.typeof(y)
        assert jnp.isfinite(slope).all()
    np.testing.assert_allclose(ildj, dense_ildj(fun, plain), rtol=1e-4, atol=1e-4)


def test_what_is_not_committed_has_the_sharding_of_the_mesh():
    with jax.set_mesh(EXPLICIT):
        x = jnp.ones((8, 8))
        for fun in EXPLICIT_FUNCTIONS.values():
            got = invhlo.inverse(fun, x)(fun(x))
            assert jax.typeof(got) == jax.typeof(x)
            np.testing.assert_allclose(got, x, rtol=1e-5)
