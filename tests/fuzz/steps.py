# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The steps that programs are made of: each turns live arrays into others.

All numbers in live arrays stay within [-2, 2], or within that disc if they are
complex. In the code of a step, `{x}` and `{v}` are the live arrays that it takes,
`{y}` and `{u}` those that it leaves, `{z}` is another live array or a known argument,
`{a}` an axis of `{x}`, `{n}` its size, `{k}` a place inside of it, `{s}` a seed, `{b}`
a small number and `{f}` a function that makes of `{z}` what fits `{x}`. Whether a step
fits is tried.
"""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Step:
    """A step.

    Attributes:
      takes: The kinds of the live arrays that it takes: "f" for floats, "c" for complex
        numbers, "i" for integers, "b" for integers of 8 bits, "*" for any.
      gain: By how much an error grows in it, at most, forward or backward.
      code: The line.
      image: "open" if results near its results are results, "thin" if not, "copies" if
        it also returns more numbers that vary than it takes.
      dtypes: The dtypes for which it is exact enough.
      maps: Whether it is inverted under `vmap` too.
    """

    takes: str
    gain: float
    code: str
    image: str = "open"
    dtypes: tuple[str, ...] = ("float64", "float32", "bfloat16", "float16")
    maps: bool = True


WIDE = ("float64", "float32")

ELEMENTWISE = {
    "scale": Step("f", 2, "{y} = {x} * const({s}, {x})"),
    "flip_signs": Step("f", 1, "{y} = signs({s}, {x}) * {x}"),
    "scale_by_one": Step("f", 2, "{y} = {x} * 0.75"),
    "divide": Step("f", 2, "{y} = {x} / const({s}, {x}, 1, 2)"),
    "reciprocal": Step("f", 9, "{y} = 4.0 / ({x} + 4.0)"),
    "add": Step("f", 2, "{y} = {x} / 2 + const({s}, {x})"),
    "subtract_from": Step("f", 2, "{y} = const({s}, {x}) - 0.5 * {x}"),
    "negate": Step("f", 1, "{y} = -{x}"),
    "exp": Step("f", 5.5, "{y} = jnp.exp({x} / 2) - 1"),
    "exp2": Step("f", 6, "{y} = jnp.exp2({x} / 2)"),
    "expm1": Step("f", 5.5, "{y} = jnp.expm1({x} / 2)"),
    "log": Step("f", 5, "{y} = jnp.log({x} + 3)"),
    "log2": Step("f", 4, "{y} = jnp.log2({x} + 3) - 1"),
    # In doubles, XLA's own values are off by 100 ulps between -0.42 and -0.35, and
    # those of atanh, which uses it, on either side.
    "log1p": Step("f", 8, "{y} = jnp.log1p({x} / 6)"),
    "sqrt": Step("f", 4.5, "{y} = jnp.sqrt({x} + 3) - 1"),
    "rsqrt": Step("f", 11, "{y} = jax.lax.rsqrt({x} / 2 + 2) * 2"),
    "cbrt": Step("f", 9, "{y} = jnp.cbrt({x} + 3)"),
    "square": Step("f", 8, "{y} = jnp.square({x} + 3) / 16"),
    "power": Step("f", 4, "{y} = ({x} + 3) ** 1.5 / 6"),
    "power_each": Step("f", 14, "{y} = jnp.power({x} + 3, const({s}, {x})) / 3"),
    "power_of": Step("f", 6, "{y} = jnp.power(2.0, {x} / 2)"),
    "abs": Step("f", 2, "{y} = jnp.abs({x} + 3) / 2 - 1"),
    "tanh": Step("f", 2.4, "{y} = jnp.tanh({x} / 2) * 2"),
    "atanh": Step("f", 3, "{y} = jnp.arctanh({x} / 6) * 2"),
    "sinh": Step("f", 2, "{y} = jnp.sinh({x} / 2)"),
    "asinh": Step("f", 2.3, "{y} = jnp.arcsinh({x})"),
    "cosh": Step("f", 8, "{y} = jnp.cosh({x} / 4 + 1) - 1"),
    "acosh": Step("f", 6, "{y} = jnp.arccosh({x} + 4) - 1"),
    "sin": Step("f", 2, "{y} = jnp.sin({x} / 2) * 2"),
    "cos": Step("f", 8.5, "{y} = jnp.cos({x} / 4 + 1)"),
    "tan": Step("f", 2, "{y} = jnp.tan({x} / 2)"),
    "asin": Step("f", 2, "{y} = jnp.arcsin({x} / 4) * 2"),
    "acos": Step("f", 4, "{y} = jnp.arccos({x} / 4) - 1"),
    "atan": Step("f", 5, "{y} = jnp.arctan({x})"),
    "atan2": Step("f", 4.2, "{y} = jnp.arctan2({x}, const({s}, {x}) + 1)"),
    "atan2_under": Step("f", 4.2, "{y} = jnp.arctan2(const({s}, {x}) + 1, {x}) - 1"),
    "sigmoid": Step("f", 5, "{y} = jax.nn.sigmoid({x}) * 2 - 1"),
    "logit": Step("f", 2.5, "{y} = jax.scipy.special.logit({x} / 5 + 0.5) / 2"),
    "softplus": Step("f", 8.5, "{y} = jax.nn.softplus({x}) - 1"),
    "log_sigmoid": Step("f", 8.5, "{y} = jax.nn.log_sigmoid({x}) + 1"),
    "logaddexp": Step("f", 4, "{y} = jnp.logaddexp({x}, const({s}, {x}) - 2) - 0.5"),
    "elu": Step("f", 7.4, "{y} = jax.nn.elu({x})"),
    "celu": Step("f", 3, "{y} = jax.nn.celu({x}, 2.0)"),
    "selu": Step("f", 8.5, "{y} = jax.nn.selu({x}) / 2"),
    "leaky_relu": Step("f", 3.4, "{y} = jax.nn.leaky_relu({x}, 0.3)"),
    "soft_sign": Step("f", 4.5, "{y} = jax.nn.soft_sign({x}) * 2"),
    "squareplus": Step("f", 7, "{y} = jax.nn.squareplus({x}) - 1"),
    "erf": Step("f", 2.5, "{y} = jax.scipy.special.erf({x} / 2) * 2"),
    "erfc": Step("f", 2.5, "{y} = jax.scipy.special.erfc({x} / 2) * 2 - 2"),
    "erf_inv": Step("f", 3, "{y} = jax.scipy.special.erfinv({x} / 4) * 2"),
    "ndtr": Step("f", 4.2, "{y} = jax.scipy.special.ndtr({x} / 2) * 2", dtypes=WIDE),
    "ndtri": Step("f", 2, "{y} = jax.scipy.special.ndtri({x} / 5 + 0.5)", dtypes=WIDE),
    "log_ndtr": Step(
        "f", 7, "{y} = jax.scipy.special.log_ndtr({x} / 2) + 1", dtypes=WIDE
    ),
    "widen": Step(
        "f",
        1,
        "{y} = {x}.astype(jnp.promote_types({x}.dtype, jnp.float32))",
        image="thin",
    ),
    "masked": Step("f", 3, "{y} = jnp.where(mask({s}, {x}.shape), {x}, {x} * 0.4)"),
    "masked_functions": Step(
        "f",
        2.4,
        "{y} = jnp.where(mask({s}, {x}.shape), jnp.sinh({x} / 2), jnp.tanh({x} / 2))",
    ),
    "barrier": Step("*", 1, "{y} = jax.lax.optimization_barrier({x})"),
}

COUPLINGS = {
    "affine": Step("f", 6, "{y} = {x} * (0.6 + 0.3 * {f}({z}, {x})) + 0.2"),
    "shift": Step("f", 3, "{y} = {x} / 2 + {f}({z}, {x})"),
    "exp_scale": Step("f", 8, "{y} = {x} * jnp.exp({f}({z}, {x}) / 2 - 0.5)"),
    "divide_by": Step("f", 4, "{y} = {x} / (2 + {f}({z}, {x}))"),
    "divided": Step("f", 30, "{y} = (1.5 + 0.4 * {f}({z}, {x})) / ({x} + 4)"),
    "power_of_context": Step(
        "f", 9, "{y} = ({x} + 3) ** (0.8 + 0.2 * {f}({z}, {x})) / 3"
    ),
    "mask_by_context": Step(
        "f",
        4,
        "{y} = {x} * jnp.where({f}({z}, {x}) > 0, 0.9, 0.5)",
        dtypes=("float64",),
    ),
    "halves": Step("f", 2, "{y} = halves({x} * 0.9)"),
    "rest_by_first": Step(
        "f", 8, "{y} = {x}.at[{k}:].multiply(0.7 - 0.3 * jnp.tanh({x}[:1]))"
    ),
    "first_by_rest": Step(
        "f",
        6,
        "{y} = jnp.concatenate([{x}[:{k}] / 2 + jnp.tanh({x}[{k}:].sum(0)), "
        "{x}[{k}:]])",
    ),
    "masked_coupling": Step(
        "f",
        6,
        "{y} = jnp.where((w := np.arange({x}.shape[-1]) < {k}), {x}, "
        "{x} * (0.6 + 0.3 * jnp.tanh(jnp.where(w, {x}, 0).sum(-1, keepdims=True))))",
    ),
    "checkerboard": Step(
        "f",
        6,
        "{y} = jnp.where((w := np.indices({x}.shape).sum(0) % 2 == 0), {x}, "
        "{x} * 0.6 + 0.3 * jnp.sin(jnp.where(w, {x}, 0).sum()))",
    ),
    "mask_of_numbers": Step(
        "f",
        6,
        "{y} = (w := mask({s}, {x}.shape).astype({x}.dtype)) * {x} + (1 - w) * "
        "({x} * 0.6 + 0.3 * jnp.sin((w * {x}).sum()))",
    ),
    "called": Step("f", 6, "{y} = couple({x}, {f}({z}, {x}))"),
    "called_twice": Step(
        "f", 36, "{y} = couple(couple({x}, {f}({z}, {x})), {f}({z}, {x}), scale=0.25)"
    ),
    "stretch": Step("f", 4, "{y} = stretch({x})"),
    "stretch_twice": Step("f", 16, "{y} = stretch(stretch({x}))"),
    "checkpoint": Step("f", 4, "{y} = jax.checkpoint(stretch)({x})"),
    "mapped": Step("f", 4, "{y} = jax.vmap(stretch, in_axes={a}, out_axes={a})({x})"),
    "custom": Step("f", 2, "{y} = steep({x})"),
    "custom_with_ildj": Step("f", 2, "{y} = bend({x})"),
    "custom_of_two": Step("f", 5, "{y} = blend({x}, {f}({z}, {x}))"),
    "custom_search": Step("f", 3, "{y} = search({x}) / 1.2", dtypes=WIDE),
    "custom_mapped": Step("f", 2, "{y} = jax.vmap(bend, {a}, {a})({x})"),
    "complex_coupling": Step("c", 5, "{y} = {x} * (0.6 + 0.3 * fit({z}, {x}))"),
    "integer_shift": Step(
        "i",
        1,
        "{y} = {x} + (fit({z}, {x}.astype(FLOAT)) * 99).astype({x}.dtype)",
        dtypes=("float64",),
    ),
}
