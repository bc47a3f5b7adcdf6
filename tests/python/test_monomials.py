# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Integer powers and other products of one value with itself."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax
from jax.scipy import special

import invhlo
import invhlo_opt
from judge import check, check_inverse
from rules import check_outside, check_row
from rules_powers import EXPONENTS, POWERS

X = np.array([-1.3, 0.4, 2.0, -0.7], "float32")
RAISE = "--invhlo-raise-monomials"


def name_of(row):
    return row.name


def functions(**named):
    return [pytest.param(fun, id=name) for name, fun in named.items()]


class TestAccuracy:
    @pytest.mark.parametrize("dtype", ["float32", "float64", "bfloat16", "float16"])
    @pytest.mark.parametrize("row", POWERS, ids=name_of)
    def test_over_the_whole_range(self, row, dtype):
        with jax.enable_x64(True):
            check_row(row, dtype)

    @pytest.mark.parametrize("dtype", ["float32", "float64", "bfloat16", "float16"])
    @pytest.mark.parametrize("row", [row for row in POWERS if row.outside], ids=name_of)
    def test_outside_of_the_image_there_is_nan(self, row, dtype):
        with jax.enable_x64(True):
            check_outside(row, dtype)

    def test_at_zero_and_infinity(self):
        def fun(xs):
            return [x**n for x, n in zip(xs, EXPONENTS, strict=True)]

        ends = [jnp.array([0.0, jnp.inf])] * len(EXPONENTS)
        inverse = invhlo.inverse_and_ildj(fun, ends, reduce_ildj=False)
        for n, x, share in zip(EXPONENTS, *inverse(ends), strict=True):
            np.testing.assert_array_equal(x, [0, np.inf] if n > 0 else [np.inf, 0])
            assert jnp.isposinf(share[0])

    @pytest.mark.parametrize("n", [2, 3, 5, 6, 31, -2, -5])
    def test_derivatives_are_finite(self, n):
        inverse = invhlo.inverse(lambda x: x**n)
        ildj = invhlo.ildj(lambda x: x**n)
        y = np.array([1e-12, 0.3, 1.0, 7.0, 1e12])
        y = np.concatenate([y, -y]) if n % 2 else y
        with jax.enable_x64(True):
            x = inverse(y)
            slopes = jax.vmap(jax.grad(inverse))(y)
            np.testing.assert_allclose(slopes, x / (n * y), rtol=1e-12)
            np.testing.assert_allclose(
                jax.vmap(jax.jacfwd(inverse))(y), slopes, rtol=1e-12
            )
            np.testing.assert_allclose(
                jax.vmap(jax.grad(jax.grad(inverse)))(y),
                x / (n * y * y) * (1 / n - 1),
                rtol=1e-11,
                atol=1e-300,
            )
            np.testing.assert_allclose(
                jax.vmap(jax.grad(ildj))(y), (1 / n - 1) / y, rtol=1e-12
            )


class TestRecognised:
    """However the product is written."""

    @pytest.mark.parametrize(
        "power",
        functions(
            operator=lambda x, n: x**n,
            reciprocal=lambda x, n: 3 / x**n,
        ),
    )
    def test_of_every_exponent(self, power):
        exponents = [*range(-8, 0), *range(1, 18)]
        x = np.array([0.4, 2.0, 0.7])
        xs = [np.concatenate([x, -x]) if n % 2 else x for n in exponents]
        with jax.enable_x64(True):
            check(lambda xs: list(map(power, xs, exponents)), xs)

    @pytest.mark.parametrize(
        "fun",
        functions(
            left=lambda x: x * x * x,
            right=lambda x: x * (x * x),
            balanced=lambda x: (x * x) * (x * x) * x,
            shared=lambda x: (lambda s: s * (x * s))(x * x),
            square=lambda x: jnp.square(x) * x,
            float_exponent=lambda x: x**2.0 * x,
            jnp_power=lambda x: jnp.power(x, 5),
            integer_pow=lambda x: lax.integer_pow(x, -3),
            float_power=lambda x: jnp.float_power(x, 3),
            lax_pow=lambda x: lax.pow(x, 3),
            quotients=lambda x: 3 / x / x / x,
            quotient_of_reciprocal=lambda x: x / (1 / x) * x,
            cancelled=lambda x: x * x / x,
            literals_between=lambda x: x * 2 * x * 5 * x / 7,
            literal_array=lambda x: np.array([1.0, 2, -3, 4], "float32") * x * x * x,
            negated=lambda x: -x * x * x,
            negated_twice=lambda x: x * -x * -x,
            affine=lambda x: (2 * x + 1) ** 3,
            of_a_product=lambda x: (2 * x) ** 3,
            of_a_power=lambda x: (lambda m: m * m * m)(x * x * x),
            of_an_idiom=lambda x: jax.nn.sigmoid(x) ** 5,
            of_a_product_that_is_an_idiom=lambda x: special.ndtr(x) ** 3,
            mapped=jax.vmap(lambda x: x**3),
            jitted=jax.jit(lambda x: x**7),
            elsewhere_the_identity=lambda x: jnp.where(np.arange(4) % 2, x, x**3),
        ),
    )
    def test_odd(self, fun):
        check(fun, X)

    @pytest.mark.parametrize(
        "fun",
        functions(
            product=lambda x: x * x,
            negated=lambda x: -x * x,
            gaussian=lambda x: jnp.exp(-0.5 * x * x),
            student=lambda x: -2 * jnp.log1p(x**2 / 3),
            lorentzian=lambda x: 1 / (1 + x**2),
            hypotenuse=lambda x: jnp.sqrt(x**2 + 1),
            product_of_squares=lambda x: (x * x) * (x * x),
        ),
    )
    def test_even_by_the_root_that_is_not_negative(self, fun):
        check(fun, jnp.abs(X))
        np.testing.assert_allclose(
            invhlo.inverse(fun)(fun(-jnp.abs(X))), jnp.abs(X), rtol=1e-5
        )

    @pytest.mark.parametrize(
        "fun",
        functions(
            before=lambda x, k: k * x * x * x,
            between=lambda x, k: x * k * x * x,
            twice=lambda x, k: x * k * x * k * x,
            below=lambda x, k: x * x / k * x,
            computed=lambda x, k: x * jnp.exp(k) * x * jnp.sin(k) * x,
        ),
    )
    def test_with_known_factors(self, fun):
        check(fun, X, jnp.array([0.7, -1.2, 0.3, 2.0]), argnums=0)

    def test_any_factor_may_be_the_unknown_one(self):
        def fun(x, k):
            return x * k * x * k * k

        check(fun, jnp.abs(X), X, argnums=0)
        check(fun, X, X, argnums=1)

    def test_in_a_coupling_layer(self):
        def fun(x):
            keep, change = jnp.split(x, 2)
            return jnp.concatenate([keep, change * keep * change * keep * change])

        check(fun, X)

    def test_a_product_that_is_known_otherwise_is_used(self):
        def fun(x):
            product = x[0] * x[1]
            return jnp.stack([product, product * x[0]])

        check(fun, X[:2])

    @pytest.mark.parametrize("n", [2, 3, -2, -5])
    def test_complex_by_the_principal_root(self, n):
        check_inverse(lambda z: z**n, jnp.array([0.5 + 0.1j, 2 - 0.3j], "complex64"))

    def test_what_is_evaluated_forward_is_as_it_was(self):
        def fun(k, x):
            return x + k**7

        forward = jax.jit(fun).lower(X, X).as_text()
        inverse = invhlo.invert_lowered(fun, X, X, argnums=1).as_text()
        product = "stablehlo.multiply "
        assert forward.count(product) == inverse.count(product) == 4


class TestRefused:
    @pytest.mark.parametrize(
        ("fun", "reason"),
        [
            (lambda x: x * x * x + x, "'stablehlo.add' op cannot be inverted: 2"),
            (lambda x: x * jnp.tanh(x) * x, "several of its factors depend on the"),
            (lambda x: x * jnp.tanh(x), "2 operands depend on the unknown"),
            (lambda x: x / x, "it uses the unknown more than once"),
            (lambda x: 0.0 * x * x, "it multiplies by zero"),
            (lambda x: np.array([1, 0, 1, 1.0]) * x * x, "2 operands depend on the"),
            (lambda x: jnp.prod(jnp.stack([x, x + 1]), axis=0), "cannot be inverted"),
        ],
    )
    def test_with_the_reason(self, fun, reason):
        with pytest.raises(invhlo.NonInvertibleError, match=reason):
            invhlo.inverse(fun)(X)

    @pytest.mark.parametrize("n", [2, 3])
    def test_of_integers(self, n):
        with pytest.raises(invhlo.NonInvertibleError):
            invhlo.inverse(lambda x: x**n)(jnp.arange(4))


def test_work_is_bounded_for_each_op():
    """What is counted, not timed: a product of many factors is looked at in part."""

    def text(count, factors):
        lines, value = [], "%x0"
        for i in range(count):
            factor = f"%x{i % factors}"
            lines.append(f"%p{i} = stablehlo.multiply {value}, {factor} : tensor<f64>")
            value = f"%p{i}"
        arguments = ", ".join(f"%x{i}: tensor<f64>" for i in range(factors))
        body = "\n".join(lines)
        return f"""func.func @main({arguments}) -> tensor<f64> {{
          {body}
          return {value} : tensor<f64>
        }}"""

    raised = invhlo_opt.run(text(3000, 1), RAISE).stdout
    assert "invhlo.monomial(%arg0) to [3001]" in raised
    # Each product names its factors, which are at most four.
    wide = invhlo_opt.run(text(3000, 100), RAISE).stdout
    assert len(wide) < 3 * len(text(3000, 100))
