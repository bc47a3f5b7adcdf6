# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions that are recognised wherever they appear, and inverted with care."""

import dataclasses
import importlib.util
import itertools
import re
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import invhlo
import invhlo_opt
from accuracy import measure
from judge import check, dense_ildj
from rules import check_derivatives, check_outside, check_row
from rules_idioms import IDIOMS

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "passes" / "lib" / "Idioms" / "Expansions"


def load_script(name):
    path = ROOT / "scripts" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


WRITE = load_script("write_idioms")


RAISE = "--invhlo-raise-idioms"
CONSTANT = re.compile(r"dense<([^>]+)> : tensor<2xf\d+>")


def number_of(text):
    """The number that MLIR prints as `text`: infinities and NaN are bits."""
    digits = text.removeprefix("0x")
    if digits == text:
        return float(text)
    width = 4 * len(digits)
    return float(np.array(int(digits, 16), f"uint{width}").view(f"float{width}"))


@dataclasses.dataclass(frozen=True)
class Format:
    """A floating-point type, in MLIR's words.

    Attributes:
      name: What MLIR calls it.
      dtype: What numpy calls it.
      bits: Its width.
    """

    name: str
    dtype: Any
    bits: int

    def pattern(self, value):
        """The bits of the number of this type that is next to `value`."""
        unsigned = np.array(value, self.dtype).view(f"uint{self.bits}")
        return int(unsigned)

    def neighbours(self, value):
        """Bits of numbers one place and some percent beside that of `value`."""
        bits = self.pattern(value)
        sign = 1 << (self.bits - 1)
        below = bits - 1 if bits & ~sign else bits ^ sign | 1
        return {bits + 1, below, self.pattern(1.03 * value or 0.03)} - {bits}

    def rewrite(self, expansion, changes=()):
        """An expansion in this type, some of its constants replaced by bits."""
        changes = dict(changes)
        places = itertools.count()

        def constant(match):
            bits = changes.get(next(places), self.pattern(number_of(match[1])))
            return f"dense<0x{bits:0{self.bits // 4}X}> : tensor<2x{self.name}>"

        text = CONSTANT.sub(constant, expansion)
        return re.sub(r"tensor<2xf\d+>", f"tensor<2x{self.name}>", text)

    def may_have(self, expansion):
        """Whether there is such an expansion: one that reads bits is of one type."""
        return "bitcast" not in expansion or f"2x{self.name}>" in expansion


FORMATS = {
    "float16": Format("f16", np.float16, 16),
    "bfloat16": Format("bf16", jnp.bfloat16, 16),
    "float32": Format("f32", np.float32, 32),
    "float64": Format("f64", np.float64, 64),
}


def recognised(text):
    """The function that the result of a module is said to be, if any."""
    result = re.search(r"return (%\w+)", text)[1]
    found = re.search(rf'{re.escape(result)} = invhlo.idiom "(\w+)"\(%arg0', text)
    return found and found[1]


def raise_all(texts):
    """What `--invhlo-raise-idioms` makes of each of some modules."""
    raised = invhlo_opt.run_all(list(texts.values()), RAISE)
    return dict(zip(texts, raised, strict=True))


def label_of(row):
    return row.label


def rows(*labels):
    return [row for row in IDIOMS if row.label in labels]


class TestLibrary:
    def test_is_what_the_installed_jax_lowers(self):
        """If not, run scripts/write_idioms.py, and keep what an older JAX lowers."""
        with jax.enable_x64(True):
            for name, idiom in WRITE.IDIOMS.items():
                written = (LIBRARY / f"{name}.mlir").read_text()
                assert written == WRITE.LICENSE + WRITE.expansion_of(name, idiom), name

    @pytest.mark.parametrize(
        ("dtype", "x64"),
        [
            (dtype, x64)
            for dtype in FORMATS
            for x64 in (True, False)
            if x64 or FORMATS[dtype].bits < 64
        ],
    )
    @pytest.mark.parametrize("name", WRITE.IDIOMS)
    def test_recognises_what_jax_lowers(self, name, dtype, x64):
        idiom = dataclasses.replace(WRITE.IDIOMS[name], dtype=jnp.dtype(dtype))
        with jax.enable_x64(x64):
            # Three functions have no half form.
            try:
                text = WRITE.lower(idiom)
            except TypeError:
                assert name.split(".")[0] in ("ndtr", "ndtri", "log_ndtr")
                assert FORMATS[dtype].bits == 16
                return
        assert recognised(invhlo_opt.run(text, RAISE).stdout) == name.split(".")[0]

    @pytest.mark.parametrize("dtype", FORMATS)
    def test_recognises_each_expansion_and_none_with_another_constant(self, dtype):
        exact, near = {}, {}
        for path in sorted(LIBRARY.glob("*.mlir")):
            expansion = path.read_text()
            if not FORMATS[dtype].may_have(expansion):
                continue
            if "f64" in expansion or FORMATS[dtype].bits < 64:
                exact[path.stem] = FORMATS[dtype].rewrite(expansion)
            for place, constant in enumerate(CONSTANT.finditer(expansion)):
                for other in FORMATS[dtype].neighbours(number_of(constant[1])):
                    text = FORMATS[dtype].rewrite(expansion, {place: other})
                    near[path.stem, constant[1], other] = text
        assert len(near) > 5 * len(exact)
        for name, raised in raise_all(exact).items():
            assert recognised(raised) == name.split(".")[0], name
        for (name, *change), raised in raise_all(near).items():
            assert recognised(raised) != name.split(".")[0], (name, *change)

    @pytest.mark.parametrize(
        "name", sorted({name.split(".")[0] for name in WRITE.IDIOMS})
    )
    def test_has_a_rule_for_each_function(self, name):
        text = f"""
            func.func @main(%x: tensor<f32>, %k: tensor<f32> {{invhlo.known}})
                -> tensor<f32> {{
              %v = stablehlo.add %x, %k : tensor<f32>
              %y = invhlo.idiom "{name}"(%x, %k) = %v : tensor<f32>
              return %y : tensor<f32>
            }}"""
        result = invhlo_opt.run(text, "--invhlo-invert=unknown=0")
        assert "there is no inversion rule" not in result.stderr

    def test_rows_have_names_of_their_own(self):
        assert max(Counter(map(label_of, IDIOMS)).values()) == 1


class TestAccuracy:
    @pytest.mark.parametrize("dtype", ["float32", "float64"])
    @pytest.mark.parametrize("row", IDIOMS, ids=label_of)
    def test_values_to_4_ulps_and_log_dets_to_5_digits(self, row, dtype):
        accuracy = measure(row, dtype)
        assert accuracy.ulps <= 4, accuracy
        assert accuracy.log_det <= 1e-5, accuracy

    # At the ends, without the allowance that is made for the last place of y.
    @pytest.mark.parametrize(
        ("fun", "y", "x"),
        [
            (jax.nn.sigmoid, 1 - 2**-23, 15.942385033),
            (jax.nn.sigmoid, 1e-30, -69.0775527898),
            (jax.nn.softplus, 1e-30, -69.0775527898),
            (jax.nn.softplus, 80.0, 80.0),
            (jnp.tanh, 1 - 2**-24, 8.66433975),
            (jnp.tanh, -(1 - 2**-24), -8.66433975),
        ],
    )
    def test_at_the_ends_in_single_precision(self, fun, y, x):
        got = invhlo.inverse(fun)(jnp.float32(y))
        np.testing.assert_array_max_ulp(np.float32(got), np.float32(x), 2)

    @pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
    @pytest.mark.parametrize(
        "row", rows("sigmoid", "logit", "softplus", "soft_sign", "elu"), ids=label_of
    )
    def test_in_half_precision_only_the_last_rounding_shows(self, row, dtype):
        check_row(row, dtype)

    @pytest.mark.parametrize("dtype", ["float32", "float64"])
    @pytest.mark.parametrize("row", IDIOMS, ids=label_of)
    def test_derivatives_over_the_whole_range(self, row, dtype):
        with jax.enable_x64(True):
            check_derivatives(row, dtype)

    @pytest.mark.parametrize("dtype", ["float32", "float64"])
    @pytest.mark.parametrize("row", [r for r in IDIOMS if r.outside], ids=label_of)
    def test_outside_of_the_image_there_is_nan(self, row, dtype):
        with jax.enable_x64(True):
            check_outside(row, dtype)


class TestParameters:
    @pytest.mark.parametrize(
        "fun", [jax.nn.elu, jax.nn.celu, jax.nn.leaky_relu, jax.nn.squareplus]
    )
    def test_may_be_known_at_run_time_only(self, fun):
        x = jnp.array([-2.0, -0.3, 0.4, 3.0])
        inverse = invhlo.inverse_and_ildj(fun, argnums=0)
        for parameter in (0.5, 3.0):
            got, log_det = jax.jit(inverse)(fun(x, parameter), parameter)
            np.testing.assert_allclose(got, x, rtol=2e-6)
            true = dense_ildj(lambda x, p=parameter: fun(x, p), x)
            np.testing.assert_allclose(log_det, true, rtol=1e-5)

    @pytest.mark.parametrize("fun", [jax.nn.elu, jax.nn.celu, jax.nn.leaky_relu])
    def test_that_are_not_positive_give_nan(self, fun):
        inverse = invhlo.inverse(fun, argnums=0)
        assert jnp.isnan(inverse(jnp.array([-0.2]), -0.5)).all()

    def test_that_are_literals_and_not_positive_are_refused(self):
        with pytest.raises(invhlo.NonInvertibleError, match="unless its parameter is"):
            invhlo.inverse(lambda x: jax.nn.leaky_relu(x, -0.1))(1.0)

    def test_either_side_of_logaddexp(self):
        x = jnp.array([-2.0, 0.4, 3.0])
        for argnum in (0, 1):
            y = jnp.logaddexp(x, 0.7)
            args = (y, 0.7) if argnum == 0 else (0.7, y)
            got = invhlo.inverse(jnp.logaddexp, argnums=argnum)(*args)
            np.testing.assert_allclose(got, x, rtol=1e-5)


class TestKinks:
    """At zero, the slope is the one that JAX gives the function."""

    @pytest.mark.parametrize(
        "fun",
        [
            jax.nn.elu,
            lambda x: jax.nn.elu(x, 0.5),
            lambda x: jax.nn.celu(x, 2.0),
            jax.nn.selu,
            jax.nn.leaky_relu,
            lambda x: jax.nn.leaky_relu(x, 3.0),
            lambda x: jnp.where(x >= 0, x, 0.2 * x),
            lambda x: jnp.where(x > 0, x, 0.2 * x),
        ],
    )
    @pytest.mark.parametrize("dtype", ["float32", "float64"])
    def test_of_zero(self, fun, dtype):
        with jax.enable_x64(True):
            x = jnp.zeros((), dtype)
            y, slope = fun(x), jax.grad(fun)(x)
            log_det = invhlo.ildj(fun)(y)
            np.testing.assert_allclose(log_det, -jnp.log(slope), rtol=1e-6, atol=1e-6)
            for derive in (jax.jacfwd, jax.jacrev):
                got = derive(invhlo.inverse(fun))(y)
                np.testing.assert_allclose(got, 1 / slope, rtol=1e-6)


class TestWrittenByHand:
    """However a function is written, in both senses of its condition."""

    X = np.array([-2.0, -0.3, 0.4, 3.0], "float32")

    @pytest.mark.parametrize(
        "fun",
        [
            lambda x: jnp.where(x < 0, 0.01 * x, x),
            lambda x: jnp.where(x <= 0, x * 0.01, x),
            lambda x: jnp.where(x > 0, x, 0.1 * x),
            lambda x: jnp.where(x <= 0, jnp.expm1(x), x),
            lambda x: jnp.where(x >= 0, x, jnp.exp(x) - 1),
        ],
    )
    def test_beside_zero(self, fun):
        check(fun, self.X)

    @pytest.mark.parametrize(
        "fun",
        [
            lambda x: jnp.where(x >= 0, 2 * x, 0.5 * x),
            lambda x: jnp.where(x < 0, x * 0.5, 2 * x),
            lambda x: jnp.where(x > 0, 2 * x, 0.5 * x),
            lambda x: jnp.where(x <= 0, 0.5 * x, 2 * x),
            lambda x: jnp.maximum(x, 0.1 * x),
            lambda x: jnp.maximum(2 * x, x),
            lambda x: jnp.maximum(2 * x, 0.5 * x),
            lambda x: jnp.maximum(x * 2, x * 0.5),
            lambda x: jnp.minimum(0.1 * x, x),
            lambda x: jnp.minimum(x, x * 2),
            lambda x: jnp.minimum(x * 3, 2 * x),
            lambda x: jnp.maximum(x, 0) + 0.2 * jnp.minimum(x, 0),
            lambda x: 3 * jnp.maximum(0, x) + jnp.minimum(0, x) * 0.2,
            lambda x: jnp.maximum(x, 0) + jnp.minimum(0, 0.2 * x),
        ],
    )
    def test_with_slopes_that_meet_at_zero(self, fun):
        check(fun, np.append(self.X, np.float32(0)))

    @pytest.mark.parametrize(
        "fun",
        [
            lambda x: jnp.where(x > 0, x, 0.5 * jnp.expm1(x)),
            lambda x: jnp.where(x <= 0, 0.5 * (jnp.exp(x) - 1), x),
            lambda x: jnp.where(x > 0, x, jnp.expm1(jnp.minimum(x, 0))),
            lambda x: jnp.maximum(x, 0) + jnp.expm1(jnp.minimum(x, 0)),
            lambda x: jnp.maximum(x, 0) + jnp.minimum(jnp.expm1(x), 0),
            lambda x: jnp.maximum(x, 0) + (jnp.exp(jnp.minimum(0, x)) - 1),
            lambda x: jnp.maximum(x, 0) + jnp.log1p(jnp.exp(-jnp.abs(x))),
            lambda x: jnp.maximum(x, 1) + jnp.log1p(jnp.exp(-jnp.abs(x - 1))),
        ],
    )
    def test_with_exponentials(self, fun):
        check(fun, self.X)

    @pytest.mark.parametrize(
        "fun",
        [
            lambda x, a: jnp.maximum(x, a * x),
            lambda x, a: jnp.minimum(x, a * x),
            lambda x, a: jnp.where(x > 0, a * x, 0.3 * x),
        ],
    )
    def test_with_slopes_at_run_time(self, fun):
        for slope in (0.2, 3.0):
            check(fun, self.X, slope, argnums=0)
        inverse = invhlo.inverse(fun, argnums=0)
        assert jnp.isnan(inverse(jnp.float32(-1), -0.5))
        assert jnp.isnan(inverse(jnp.float32(1), -0.5))

    @pytest.mark.parametrize(
        "fun",
        [
            lambda x: jnp.maximum(x, -2 * x),
            lambda x: jnp.where(x > 0, 2 * x, -0.5 * x),
            lambda x: jnp.where(x > 0, 0 * x, 0.5 * x),
            lambda x: jnp.where(x < 0.5, 0.1 * x, x - 1),
            lambda x: jnp.where(x < 0, x, 0.1 * x - 1),
            lambda x: jnp.where(x > 0.5, x, jnp.expm1(x)),
            lambda x: jnp.maximum(x, 0) + jnp.log1p(jnp.exp(jnp.abs(x))),
            lambda x: jnp.maximum(x, 0.5) + jnp.minimum(x, 0),
        ],
    )
    def test_false_friends_are_refused(self, fun):
        with pytest.raises(invhlo.NonInvertibleError):
            invhlo.inverse(fun)(self.X)


class TestWhereverTheyAppear:
    """The same functions inside of others; the dense Jacobian judges the log-det."""

    def check(self, fun, x):
        got, log_det = invhlo.inverse_and_ildj(fun, x)(fun(x))
        np.testing.assert_allclose(got, x, rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(log_det, dense_ildj(fun, x), rtol=1e-5, atol=1e-5)

    X = jnp.array([0.3, -1.2, 0.8, -0.1])

    def test_in_an_ordered_transform(self):
        self.check(lambda x: jnp.cumsum(x.at[1:].set(jax.nn.softplus(x[1:]))), self.X)

    def test_in_a_coupling_layer_of_which_the_conditioner_uses_them_too(self):
        def fun(x):
            keep, change = jnp.split(x, 2)
            scale = jax.nn.softplus(keep) + 0.1
            shift = jax.nn.gelu(keep) * jax.nn.silu(keep)
            return jnp.concatenate([keep, jax.nn.sigmoid(change * scale + shift)])

        self.check(fun, self.X)

    @pytest.mark.parametrize(
        "bend", [jax.nn.softplus, jax.nn.log_sigmoid, jax.nn.soft_sign]
    )
    def test_behind_a_mask_where_derivatives_stay_finite(self, bend):
        mask = np.array([True, False, True, False])

        def fun(x):
            kept = jnp.where(mask, x, 0.0)
            return jnp.where(mask, x, bend(x * jnp.exp(jnp.sin(kept.sum()))))

        self.check(fun, self.X)
        gradient = jax.grad(invhlo.ildj(fun))(fun(self.X))
        assert jnp.isfinite(gradient).all()

    def test_element_after_element(self):
        def fun(x):
            y = jax.nn.softplus(x)
            parts = [y[0]]
            for i in range(1, 4):
                parts.append(y[i] * jnp.exp(x[i - 1]))
            return jnp.stack(parts)

        self.check(fun, self.X)

    def test_of_each_other(self):
        def fun(x):
            x = jax.nn.softplus(jax.nn.elu(x))
            return jax.scipy.special.logit(jax.nn.sigmoid(jax.nn.log_sigmoid(x)))

        self.check(fun, self.X)

    def test_in_functions_that_are_called_more_than_once(self):
        @jax.jit
        def layer(x, k):
            for _ in range(6):  # too large to be inlined
                x = jax.nn.leaky_relu(x * k - 0.1, 0.8)
            return jax.nn.soft_sign(x)

        self.check(lambda x: layer(layer(x, 1.1), 1.3), self.X)

    def test_mapped(self):
        batch = jnp.stack([self.X, 2 * self.X])
        self.check(jax.vmap(jax.nn.squareplus), batch)

    @pytest.mark.parametrize(
        "fun",
        [
            jax.nn.elu,
            jax.nn.celu,
            jax.nn.selu,
            jax.scipy.special.log_ndtr,
            lambda x: jax.scipy.special.ndtri(x / 6 + 0.5),
        ],
        ids=["elu", "celu", "selu", "log_ndtr", "ndtri"],
    )
    def test_mapped_behind_a_matrix(self, fun):
        # Where the mapped dimension comes last, vmap transposes what it is moved to.
        matrix = np.eye(3, dtype="float32") + 0.1
        x = jnp.linspace(-2, 2, 6).reshape(2, 3)
        self.check(jax.vmap(lambda x: fun(matrix @ x)), x)

    def test_written_out_by_hand(self):
        self.check(lambda x: 1 / (1 + jnp.exp(-x)), self.X)
        self.check(lambda x: x / (1 + jnp.abs(x)), self.X)
        self.check(lambda x: jnp.where(x > 0, x, 0.2 * x), self.X)

    def test_softplus_of_a_textbook_does_not_overflow(self):
        y = jnp.float32(500.0)
        assert invhlo.inverse(lambda x: jnp.log1p(jnp.exp(x)))(y) == y

    def test_what_is_evaluated_forward_is_as_it_was(self):
        lowered = invhlo.invert_lowered(
            lambda k, x: x + jax.nn.sigmoid(k), self.X, self.X, argnums=1
        )
        forward = jax.jit(jax.nn.sigmoid).lower(self.X).as_text()
        for op in ("negate", "exponential", "add", "divide"):
            count = forward.count(f"stablehlo.{op} ")
            assert count == 1
            assert lowered.as_text().count(f"stablehlo.{op} ") == count


@pytest.mark.parametrize(
    ("fun", "reason"),
    [
        (jax.nn.mish, "mish is not injective: it falls up to -1.192"),
        (jax.nn.silu, "silu is not injective: it falls up to -1.278"),
        (jax.nn.gelu, "gelu is not injective: it falls up to -0.752"),
        (partial(jax.nn.gelu, approximate=False), "gelu is not injective"),
        (jax.nn.relu, "maximum"),
    ],
)
def test_what_is_not_injective_is_refused_by_its_name(fun, reason):
    with pytest.raises(invhlo.NonInvertibleError, match=reason):
        invhlo.inverse(lambda x: fun(2.0 * x))(jnp.ones(3))


def test_a_parameter_is_found_from_the_operations():
    x, parameter = jnp.array([-0.4, 0.1, 2.0]), jnp.array([4.0, 1.0, 0.5])
    y = jax.nn.squareplus(x, parameter)
    solve = invhlo.inverse_and_ildj(jax.nn.squareplus, argnums=1)
    found, log_det = solve(x, y)
    np.testing.assert_allclose(found, parameter, rtol=1e-5)
    slopes = jax.vmap(jax.grad(jax.nn.squareplus, argnums=1))(x, parameter)
    np.testing.assert_allclose(log_det, -jnp.sum(jnp.log(slopes)), rtol=1e-5)
