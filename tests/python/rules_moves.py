# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Ops that move elements, mix them, or take several operands, one op a function.

The rows of `MOVES` go over any dtype, so that integers are drawn for them too.
"""

import jax
import jax.numpy as jnp
import numpy as np

from plain import Program

lax = jax.lax


class RuleTable(list):
    """Programs that test a rule."""

    def of(self, op):
        """Adds the decorated function as a row of `op`."""

        def add(make):
            self.append((op, Program(make)))
            return make

        return add


MOVES = RuleTable()
MIXES = RuleTable()


@MOVES.of("transpose")
def transpose(r):
    return lambda x: x.transpose(2, 0, 1), r.normal(2, 3, 4)


@MOVES.of("reverse")
def reverse(r):
    return lambda x: lax.rev(x, (0, 2)), r.normal(2, 3, 4)


@MOVES.of("reshape")
def reshape(r):
    return lambda x: x.reshape(6, 4), r.normal(2, 3, 4)


@MOVES.of("reshape")
def reshape_of_pieces(r):
    def fun(x):
        y = x.reshape(6, 4)
        return y[4:], y[:4]

    return fun, r.normal(3, 8)


@MOVES.of("broadcast_in_dim")
def broadcast_of_unit_dimensions(r):
    return lambda x: lax.broadcast_in_dim(x, (3, 1, 2), (2, 0)), r.normal(2, 3)


@MOVES.of("slice")
def slices(r):
    return lambda x: (x[3:, ::2], x[:3], x[3:, 1::2]), r.normal(5, 4)


@MOVES.of("slice")
def slices_that_overlap(r):
    def fun(x):
        y = jnp.flip(x[3:])
        return x[:2], y[:2] + x[:2], x[2:4][:1], y[2:] - x[1:3][:1]

    return fun, r.normal(6)


@MOVES.of("concatenate")
def concatenate(r):
    def fun(x, y, z):
        return jnp.concatenate([x, y, z], axis=1)

    return fun, (r.normal(2, 1), r.normal(2, 3), r.normal(2, 2))


@MOVES.of("pad")
def pad(r):
    def fun(x):
        return lax.pad(x, jnp.zeros((), x.dtype), [(1, 2, 0), (0, 0, 1)])

    return fun, r.normal(2, 3)


@MOVES.of("pad")
def pad_negative(r):
    def fun(x):
        cut = lax.pad(x, jnp.zeros((), x.dtype), [(-1, 0, 0), (0, -2, 1)])
        return cut, x[:1], x[1:, 3:]

    return fun, r.normal(3, 4)


@MOVES.of("select")
def select_by_literal(r):
    mask = np.array([True, False, True, True, False])

    def fun(x, y):
        return jnp.where(mask, x, y), jnp.where(mask, y, x)

    return fun, (r.normal(5), r.normal(5)), (0, 1)


@MOVES.of("optimization_barrier")
def optimization_barrier(r):
    def fun(x, y):
        return lax.optimization_barrier((x, y))

    return fun, (r.normal(3), r.normal(2)), (0, 1)


@MOVES.of("primitive")
def primitive(r):
    """A function with a derivative of its own is an operation of JAX."""

    @jax.custom_jvp
    def fun(x, y):
        return jnp.flip(y), x.T

    fun.defjvp(lambda primals, tangents: (fun(*primals), fun(*tangents)))
    return fun, (r.normal(3, 2), r.normal(2)), (0, 1)


LINE = jax.make_mesh((8,), ("i",), axis_types=(jax.sharding.AxisType.Auto,))


def on_line(fun):
    """`fun` on each eighth of the rows."""
    rows = jax.sharding.PartitionSpec("i")
    return jax.shard_map(fun, mesh=LINE, in_specs=rows, out_specs=rows)


@MOVES.of("manual_computation")
def manual_computation(r):
    return on_line(lambda x: jnp.flip(x.reshape(3, 2))), r.normal(16, 3)


@MOVES.of("collective_permute")
def collective_permute(r):
    ring = [(i, (i + 3) % 8) for i in range(8)]
    return on_line(lambda x: lax.ppermute(x, "i", ring)), r.normal(16, 3)


@MOVES.of("all_to_all")
def all_to_all(r):
    return on_line(lambda x: lax.all_to_all(x, "i", 1, 0, tiled=True)), r.normal(16, 8)


@MOVES.of("all_to_all")
def all_to_all_of_a_new_dimension(r):
    return on_line(lambda x: lax.all_to_all(x, "i", 0, 1)), r.normal(64, 2)


@MOVES.of("sharding_constraint")
def sharding_constraint(r):
    mesh = jax.make_mesh((2,), ("i",), axis_types=(jax.sharding.AxisType.Auto,))
    spec = jax.sharding.NamedSharding(mesh, jax.sharding.PartitionSpec("i"))
    return lambda x: lax.with_sharding_constraint(x, spec), r.normal(4)


@MOVES.of("gather")
def gather_of_rows(r):
    order = np.array([2, 0, 3, 1])
    return lambda x: x[order], r.normal(4, 3)


@MOVES.of("gather")
def gather_of_columns(r):
    order = np.array([2, 0, 1])
    return lambda x: x[:, order], r.normal(4, 3)


@MOVES.of("gather")
def gather_of_elements(r):
    i, j = np.array([1, 0, 1, 0]), np.array([1, 1, 0, 0])
    return lambda x: x[i, j], r.normal(2, 2)


@MOVES.of("gather")
def gather_in_two_parts(r):
    even, odd = np.array([0, 5, 2]), np.array([4, 3, 1])
    return lambda x: (x[even], x[odd]), r.normal(6)


@MOVES.of("gather")
def gather_along_an_axis(r):
    order = np.array([[1, 0, 2], [2, 1, 0]])
    return lambda x: jnp.take_along_axis(x, order, axis=1), r.normal(2, 3)


@MOVES.of("gather")
def gather_of_windows(r):
    starts = np.array([4, 0, 2])
    take = jax.vmap(lambda x, i: lax.dynamic_slice(x, (i,), (2,)), (None, 0))
    return lambda x: take(x, starts), r.normal(6)


@MOVES.of("scatter")
def scatter_of_updates(r):
    places = np.array([4, 1, 2])

    def fun(x, y):
        return y.at[places].set(x), y[places]

    return fun, (r.normal(3), r.normal(5)), (0, 1)


@MOVES.of("scatter")
def scatter_of_rows(r):
    places = np.array([2, 0, 1])
    return lambda x: jnp.zeros_like(x).at[places].set(x), r.normal(3, 4)


@MOVES.of("scatter")
def scatter_that_drops(r):
    places = np.array([3, 7, 0])

    def fun(x):
        y = jnp.zeros((4,), x.dtype).at[places].set(x, mode="drop")
        return y[np.array([0, 3])], x[1:2]

    return fun, r.normal(3)


@MOVES.of("scatter")
def scatter_that_adds(r):
    places = np.array([3, 0, 3])
    k = r.normal(3)
    return lambda x: x.at[places].add(k), r.normal(5)


@MOVES.of("scatter")
def scatter_that_adds_at_run_time(r):
    k = r.normal(3)

    def fun(x, places):
        return x.at[places].add(k)

    return fun, (r.normal(5), np.array([1, 4, 1])), 0


@MOVES.of("scatter")
def scatter_that_adds_its_own(r):
    def fun(x):
        return x.at[3:].add(x[:2] ^ x[1:3] if x.dtype.kind in "iu" else jnp.sin(x[:2]))

    return fun, r.normal(5)


@MOVES.of("dynamic_update_slice")
def dynamic_update_slice(r):
    def fun(x, y):
        return lax.dynamic_update_slice(y, x, (1, 2)), y[1:3, 2:]

    return fun, (r.normal(2, 2), r.normal(3, 4)), (0, 1)


@MOVES.of("dynamic_update_slice")
def dynamic_update_slice_clamped(r):
    def fun(x, y):
        return lax.dynamic_update_slice(y, x, (9,)), y[-2:]

    return fun, (r.normal(2), r.normal(5)), (0, 1)


@MOVES.of("add")
def add_of_pieces(r):
    k = r.normal(6)

    def fun(x):
        y = x + k
        return y[3:], y[:3] + jnp.flip(y[3:])

    return fun, r.normal(6)


@MIXES.of("multiply")
def multiply_by_an_argument(r):
    return lambda x, k: x * k, (r.normal(4), r.uniform(1, 2, 4)), 0


@MIXES.of("multiply")
def multiply_by_a_mask(r):
    mask = np.array([1.0, 0.0, 1.0, 0.0]).astype(r.dtype)

    def fun(x):
        h = x * mask
        return h + (1 - mask) * (x + jnp.sum(h))

    return fun, r.normal(4)


@MIXES.of("divide")
def divide_of_an_argument(r):
    return lambda x, k: k / x, (r.uniform(1, 2, 4), r.normal(4)), 0


@MIXES.of("power")
def power_of_argument_exponents(r):
    return lambda x, p: x**p, (r.uniform(0.5, 2, 4), r.uniform(0.5, 3, 4)), 0


@MIXES.of("atan2")
def atan2_of_an_argument(r):
    return lambda x, k: lax.atan2(x, k), (r.normal(4), r.normal(4)), 0


@MIXES.of("case")
def case_of_an_argument(r):
    branches = [jnp.sinh, lambda x: x[::-1] * 2, lambda x: x]
    return lambda i, x: lax.switch(i, branches, x), (jnp.int32(1), r.normal(4)), 1


@MIXES.of("scatter")
def scatter_that_multiplies(r):
    places = np.array([3, 0, 3])
    k = r.uniform(1, 2, 3)
    return lambda x: x.at[places].multiply(k) * 2.0, r.normal(5)


@MIXES.of("complex")
def complex_of_both_parts(r):
    def fun(x, y):
        z = lax.complex(x * 2.0, y) * (1 + 2j)
        return z.real, z.imag

    return fun, (r.normal(3), r.normal(3)), (0, 1)


@MIXES.of("real")
def parts_of_a_complex_value(r):
    def fun(x, y):
        z = lax.complex(x, y)
        return z.real * 2.0, jnp.exp(z.imag)

    return fun, (r.normal(3), r.normal(3)), (0, 1)


@MIXES.of("imag")
def imaginary_part(r):
    def fun(x, y):
        z = lax.complex(x, y) * (2 - 1j)
        return z.imag, z.real

    return fun, (r.normal(3), r.normal(3)), (0, 1)


@MIXES.of("dot_general")
def dot_with_the_unknown_right(r):
    matrix = r.matrix(4, 4)
    return lambda x: lax.dot(matrix, x), r.normal(4, 3)


@MIXES.of("dot_general")
def dot_with_the_unknown_left(r):
    matrix = r.matrix(4, 4)
    return lambda x: lax.dot(x, matrix), r.normal(3, 4)


@MIXES.of("dot_general")
def dot_of_a_batch_in_odd_order(r):
    matrices = r.matrix(3, 4, 4)

    def fun(x):
        dims = (([0, 3], [1, 2]), ([2], [0]))
        return lax.dot_general(x * 2.0, matrices.reshape(3, 2, 2, 4), dims)

    return fun, r.normal(2, 5, 3, 2)


@MIXES.of("dot_general")
def dot_without_contraction(r):
    k = r.uniform(1, 2, 3, 2)

    def fun(x):
        return lax.dot_general(k, x, (([], []), ([0, 1], [1, 0])))

    return fun, r.normal(2, 3)


@MIXES.of("dot_general")
def dot_after_unequal_shares(r):
    matrix = r.matrix(3, 3)
    return lambda x: matrix @ jnp.exp(x), r.normal(3, 2)
