# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""More steps: movements, linear algebra, complex numbers, integers, loops, devices."""

from fuzz.steps import COUPLINGS, ELEMENTWISE, WIDE, Step

MOVES = {
    "split": Step("*", 1, "{y}, {u} = jnp.split({x}, [{k}], axis={a})"),
    "unstack": Step("*", 1, "{y}, {u} = {x}[:1], {x}[1:]"),
    "strides": Step("*", 1, "{y}, {u} = {x}[::2], {x}[1::2]"),
    "take_one": Step("*", 1, "{y}, {u} = {x}[{k}], jnp.delete({x}, {k}, axis=0)"),
    "concatenate": Step("**", 1, "{y} = jnp.concatenate([{x}, {v}], axis={a})"),
    "stack": Step("**", 1, "{y} = jnp.stack([{x}, {v}], axis={a})"),
    "join_flat": Step("**", 1, "{y} = jnp.concatenate([{x}.ravel(), {v}.ravel()])"),
    "interleave": Step(
        "**",
        1,
        "{y} = jnp.zeros((2 * {n}, *{x}.shape[1:]), {x}.dtype)"
        ".at[::2].set({x}).at[1::2].set({v}.reshape({x}.shape))",
    ),
    "swap_masked": Step(
        "**",
        1,
        "{y}, {u} = jnp.where((w := mask({s}, {x}.shape)), {x}, "
        "(o := {v}.reshape({x}.shape))), jnp.where(w, o, {x})",
    ),
    "roll": Step("*", 1, "{y} = jnp.roll({x}, {k}, axis={a})"),
    "roll_flat": Step("*", 1, "{y} = jnp.roll({x}, {k})"),
    "flip": Step("*", 1, "{y} = jnp.flip({x}, axis={a})"),
    "transpose": Step("*", 1, "{y} = jnp.moveaxis({x}, 0, {a})"),
    "ravel": Step("*", 1, "{y} = {x}.ravel()"),
    "reshape": Step("*", 1, "{y} = {x}.reshape(*{x}.shape[:-1], -1, 2)"),
    "squeeze": Step("*", 1, "{y} = jnp.squeeze({x}[None, ..., None])"),
    "expand": Step("*", 1, "{y} = jnp.expand_dims({x}, {a})"),
    "permute": Step("*", 1, "{y} = {x}[order({s}, {x}.shape[0])]"),
    "take": Step("*", 1, "{y} = jnp.take({x}, order({s}, {n}), axis={a})"),
    "take_along": Step(
        "*",
        1,
        "{y} = jnp.take_along_axis({x}, np.argsort("
        "draw({s}, {x}.shape, 0, 1, np.float64), {a}), axis={a})",
    ),
    "gather_flat": Step(
        "*", 1, "{y} = {x}.ravel()[order({s}, {x}.size)].reshape({x}.shape)"
    ),
    "scatter": Step(
        "*", 1, "{y} = jnp.zeros_like({x}).at[order({s}, {x}.shape[0])].set({x})"
    ),
    "scatter_add": Step(
        "f", 2, "{y} = ({x} / 2).at[order({s}, {x}.shape[0])[:2]].add(0.5)"
    ),
    "scatter_multiply": Step("f", 2, "{y} = {x}.at[..., {k}].multiply(0.5)"),
    "set_function": Step("f", 2.3, "{y} = {x}.at[{k}].set(jnp.arcsinh({x}[{k}]))"),
    "update_slice": Step(
        "f",
        2.4,
        "{y} = jax.lax.dynamic_update_slice_in_dim({x}, "
        "jnp.tanh(jax.lax.slice_in_dim({x}, {k}, {n}, axis={a}) / 2) * 2, {k}, {a})",
    ),
    "index_mask": Step(
        "f", 3, "{y} = {x}.at[np.nonzero(mask({s}, {x}.shape[:1]))[0]].mul(-0.4)"
    ),
    "pad": Step("*", 1, "{y} = jnp.pad({x}, {b})", "thin"),
    "pad_inside": Step(
        "f",
        1,
        "{y} = jax.lax.pad({x}, {x}.dtype.type(0), [(1, 0, 1)] * {x}.ndim)",
        "thin",
    ),
    "wrap": Step("*", 1, "{y} = jnp.pad({x}, {b}, mode='wrap')", "copies"),
    "broadcast": Step(
        "*", 1, "{y} = jnp.broadcast_to({x}, ({b}, *{x}.shape))", "copies"
    ),
    "repeat": Step("*", 1, "{y} = jnp.repeat({x}, {b}, axis={a})", "copies"),
    "tile": Step("*", 1, "{y} = jnp.tile({x}, {b})", "copies"),
    "duplicate": Step("*", 1, "{y}, {u} = {x}, {x}", "copies"),
    "extra": Step("f", 1, "{y}, {u} = {x}, jnp.sin({x}.sum())", "copies"),
}

LINEAR = {
    "matmul": Step(
        "f", 3, "{y} = {x} @ matrix({s}, {x}.shape[-1], {x}.dtype)", dtypes=WIDE
    ),
    "matmul_left": Step(
        "f", 3, "{y} = matrix({s}, {x}.shape[0], {x}.dtype) @ {x}", dtypes=WIDE
    ),
    "tensordot": Step(
        "f",
        3,
        "{y} = jnp.tensordot({x}, matrix({s}, {n}, {x}.dtype), [[{a}], [0]])",
        dtypes=WIDE,
    ),
    "einsum": Step(
        "f",
        3,
        "{y} = jnp.einsum('...i,ij->j...', {x}, matrix({s}, {x}.shape[-1], {x}.dtype))",
        dtypes=WIDE,
    ),
    "matmul_by_context": Step(
        "f",
        6,
        "{y} = {x} @ (matrix({s}, (n := {x}.shape[-1]), {x}.dtype) + "
        "0.1 / n * fit({z}, jnp.zeros((n, n), {x}.dtype)))",
        dtypes=WIDE,
    ),
    "solve": Step(
        "f",
        6,
        "{y} = jnp.linalg.solve(2 * matrix({s}, {x}.shape[0], {x}.dtype), {x}) / 2",
        dtypes=WIDE,
    ),
    "solve_triangular": Step(
        "f",
        6,
        "{y} = jax.scipy.linalg.solve_triangular("
        "matrix({s}, {x}.shape[0], {x}.dtype, triangular=True), {x}, lower=True) / 3",
        dtypes=WIDE,
    ),
    "multiply_triangular": Step(
        "f",
        3,
        "{y} = jnp.tril(matrix({s}, {x}.shape[0], {x}.dtype)) @ {x}",
        dtypes=WIDE,
    ),
    "cumsum": Step("f", 14, "{y} = jnp.cumsum({x}, axis={a}) / few({n})", dtypes=WIDE),
    "cumsum_back": Step(
        "f", 14, "{y} = jax.lax.cumsum({x}, {a}, reverse=True) / few({n})", dtypes=WIDE
    ),
    "cumprod": Step(
        "f",
        30,
        "{y} = jnp.cumprod(0.8 + {x} / 10, axis={a}) * (few({n}) and 1.5)",
        dtypes=WIDE,
    ),
    "convolution": Step(
        "f",
        3,
        "{y} = jax.lax.conv_general_dilated({x}.reshape(1, *{x}.shape), "
        "matrix({s}, {x}.shape[0], {x}.dtype)[..., None], (1,), 'VALID')[0]",
        dtypes=WIDE,
    ),
}

NUMBERS = {
    "pack": Step(
        "ff", 2, "{y} = jax.lax.complex({x}, {v}.reshape({x}.shape)) / 2", dtypes=WIDE
    ),
    "pack_by_j": Step(
        "ff", 2, "{y} = ({x} + 1j * {v}.reshape({x}.shape)) / 2", dtypes=WIDE
    ),
    "unpack": Step("c", 1, "{y}, {u} = {x}.real, {x}.imag"),
    "unpack_stacked": Step("c", 1, "{y} = jnp.stack([{x}.real, {x}.imag], -1)"),
    "turn": Step("c", 2, "{y} = {x} * const({s}, {x})"),
    "conj": Step("c", 1, "{y} = jnp.conj({x})"),
    "complex_exp": Step("c", 10, "{y} = jnp.exp({x} / 2) * 0.7"),
    "complex_log": Step("c", 5, "{y} = jnp.log({x} + 3)"),
    "complex_tanh": Step("c", 5, "{y} = jnp.tanh({x} / 4) * 4"),
    "complex_masked": Step(
        "c", 3, "{y} = jnp.where(mask({s}, {x}.shape), {x}, 0.4j * {x})"
    ),
    "fft": Step("c", 6, "{y} = jnp.fft.fft({x}, few({n}), {a}, norm='forward')"),
    "ifft": Step("c", 6, "{y} = jnp.fft.ifft({x}, few({n}), {a})"),
    "fft2": Step(
        "c",
        36,
        "{y} = jnp.fft.fft2({x}, [few(n) for n in {x}.shape[-2:]], norm='forward')",
    ),
    "xor": Step("i", 1, "{y} = {x} ^ integers({s}, {x})"),
    "add_integers": Step("i", 1, "{y} = {x} + integers({s}, {x})"),
    "odd_multiple": Step("i", 1, "{y} = {x} * integers({s}, {x}, step=2)"),
    "invert_bits": Step("i", 1, "{y} = ~{x}"),
    "feistel": Step("ii", 1, "{y}, {u} = {v}, {x} ^ ({v}.reshape({x}.shape) * 5 + 3)"),
    "integer_masked": Step(
        "i", 1, "{y} = jnp.where(mask({s}, {x}.shape), {x}, ~{x} + 7)"
    ),
    "image": Step("b", 128, "{y} = {x}.astype(FLOAT) / 127.5 - 1", "thin", WIDE),
    "sound": Step("b", 128, "{y} = {x} * (FLOAT(1) / 128)", "thin", WIDE),
    "reinterpret": Step("i", 1, "{y} = jax.lax.bitcast_convert_type({x}, np.int32)"),
}

DEVICES = {
    "shard": Step("*", 1, "{y} = shard({x}, {a})"),
    "shard_mapped": Step("f", 2, "{y} = around({x})"),
}

LOOPS = {
    "layers": Step(
        "f",
        16,
        "{y} = jax.lax.scan(lambda c, w: (jnp.sinh(c * w / 2) * FLOAT(1.6), None), "
        "{x}, const({s}, jnp.zeros(3, {x}.dtype)))[0]",
    ),
    "inputs_so_far": Step(
        "f",
        4,
        "{y} = jax.lax.scan(lambda c, r: (r, r / 2 + jnp.tanh(c) / 4), "
        "jnp.zeros_like({x}[0]), {x})[1]",
    ),
    "outputs_so_far": Step(
        "f",
        4,
        "{y} = jax.lax.scan(lambda c, r: ((o := r / 2 + jnp.tanh(c) / 4), o), "
        "jnp.zeros_like({x}[0]), {x}, reverse=True)[1]",
    ),
    "mapped": Step("f", 2.4, "{y} = jax.lax.map(lambda r: jnp.tanh(r / 2) * 2, {x})"),
    "rounds": Step(
        "i",
        1,
        "{y} = jax.lax.fori_loop(1, 4, lambda i, c: c * 3 ^ i.astype(c.dtype), {x})",
    ),
    "swapping": Step(
        "ff",
        4,
        "{y}, {u} = jax.lax.fori_loop(0, 2, lambda i, c: (c[1], c[0] / 2 + "
        "jnp.tanh(c[1] * i) / 2), ({x}, {v}.reshape({x}.shape)))",
    ),
}

PIECES = {
    "two_slopes": Step("f", 4, "{y} = jnp.where({x} > 0.25, {x}, {x} / 2 + 0.125)"),
    "bent": Step("f", 6, "{y} = jnp.where({x} > 0, {x}, jnp.expm1({x} / 2) * 2)"),
    "largest": Step("f", 4, "{y} = jnp.maximum({x}, {x} / 2 - 0.25)"),
    "clipped": Step("f", 3, "{y} = ({x} + jnp.clip({x}, -0.5, 0.75)) / 2"),
    "signed": Step(
        "f", 6, "{y} = jnp.where({x} < 0, -1, 1) * jnp.log1p(jnp.abs({x}) * 2)"
    ),
    "slope": Step(
        "f", 6, "{y} = jnp.where({x} > 0, {x}, jnp.exp(-const({s}, {x}) / 2) * {x})"
    ),
    "threshold": Step(
        "f",
        4,
        "{y} = jnp.where({x} < (k := const({s}, {x}) / 2), {x}, ({x} + k) / 2)",
    ),
    "branch": Step(
        "f",
        4,
        "{y} = jax.lax.cond(jnp.sum({x}) > 0, lambda x: x / 3, lambda x: x / 2, {x})",
        dtypes=WIDE,
        # A choice for a row that is told by the sum of the row.
        maps=False,
    ),
}

# Each with how often a step of it is drawn.
GROUPS = [
    (ELEMENTWISE, 30),
    (COUPLINGS, 25),
    (MOVES, 25),
    (LINEAR, 8),
    (NUMBERS, 12),
    (LOOPS, 6),
    (PIECES, 8),
    (DEVICES, 1),
]
STEPS = {name: step for group, _ in GROUPS for name, step in group.items()}

# Steps that the compiler does not invert rightly yet, each with what goes wrong.
EXCLUDED: dict[str, str] = {}

# What leaves an array as it is, wherever it is put in.
IDENTITIES = {
    "splice": "splice({x}, {b})",
    "add_zero": "{x} + np.zeros((), {x}.dtype)",
    "twice_transposed": "{x}.T.T",
    "twice_flipped": "jnp.flip(jnp.flip({x}))",
    "reshaped": "{x}.ravel().reshape({x}.shape)",
    "times_one": "{x} * np.ones((), {x}.dtype)",
    "called": "identity({x})",
    "barrier": "jax.lax.optimization_barrier({x})",
    "indexed": "{x}[...]",
    "chosen": "jnp.where(True, {x}, 0)",
}
