# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Custom inverses of what is known in part."""

import jax.numpy as jnp
import numpy as np
import pytest

from invhlo import NonInvertibleError, custom_inverse, ildj, inverse
from judge import dense_ildj


class TestPartlyKnown:
    """The log-det of what a rule finds belongs to all of it together."""

    MATRIX = jnp.array([[2.0, 1.0, 0.0], [0.0, 3.0, 1.0], [1.0, 0.0, 1.0]])

    def mix(self, general):
        """`matrix @ tanh(x)` with a rule of either kind."""

        @custom_inverse
        def mix(x):
            return self.MATRIX @ jnp.tanh(x)

        def undo(y):
            return jnp.arctanh(jnp.linalg.solve(self.MATRIX, y))

        if general:
            mix.def_inverse_and_ildj(
                lambda _, y, share: ((undo(y),), (share + self.ildj(undo(y)) / 3,))
            )
        else:
            mix.def_inverse_unary(undo)
        return mix

    def ildj(self, x):
        return dense_ildj(lambda x: self.MATRIX @ jnp.tanh(x), x)

    @pytest.mark.parametrize("general", [False, True])
    def test_what_is_known_before_is_not_counted(self, general):
        mix = self.mix(general)
        x = jnp.array([0.1, 0.2, -0.3])

        def flow(x):
            return x[:1], mix(x)

        found = inverse(flow, x)(*flow(x))
        np.testing.assert_allclose(found, x, rtol=1e-5)
        with pytest.raises(NonInvertibleError):
            ildj(flow, x, allow_overdetermined=True)(*flow(x))

    @pytest.mark.parametrize("general", [False, True])
    def test_what_is_known_later_does_not_count(self, general):
        mix = self.mix(general)
        x = jnp.array([0.1, 0.2, -0.3])

        def flow(x):
            return mix(x), x[:1]

        log_det = ildj(flow, x, allow_overdetermined=True)(*flow(x))
        np.testing.assert_allclose(log_det, self.ildj(x), rtol=1e-5)

    def test_known_arguments_in_what_a_rule_finds(self):
        mix = self.mix(general=False)

        def flow(k, x):
            return mix(jnp.concatenate([k, x]))

        k, x = jnp.array([0.1]), jnp.array([0.2, -0.3])
        given = {"argnums": 1, "allow_overdetermined": True}
        found = inverse(flow, k, x, argnums=1)(k, flow(k, x))
        np.testing.assert_allclose(found, x, rtol=1e-5)
        with pytest.raises(NonInvertibleError, match="known already"):
            ildj(flow, k, x, **given)(k, flow(k, x))

    def test_a_leaf_that_is_known_already(self):
        @custom_inverse
        def swap(pair):
            return 3.0 * pair["b"], 2.0 * pair["a"] + pair["b"]

        swap.def_inverse_unary(
            lambda out: {"a": (out[1] - out[0] / 3.0) / 2.0, "b": out[0] / 3.0}
        )

        def flow(a, b):
            return a, swap({"a": a, "b": b})

        given = flow(1.0, 2.0)
        assert inverse(flow, 1.0, 2.0)(*given) == (1.0, 2.0)
        with pytest.raises(NonInvertibleError):
            ildj(flow, 1.0, 2.0, allow_overdetermined=True)(*given)
