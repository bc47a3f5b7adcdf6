# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions as users write them: inverted, with the right log-det, or refused."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import invhlo
from plain import Draw, check_program, check_values
from plain_flows import FLOWS
from plain_linear import LINEAR
from plain_refused import REFUSED
from plain_signal import INTEGERS, SIGNAL

PLAIN = [*FLOWS, *LINEAR, *SIGNAL]


def test_names_are_unique():
    names = [program.name for program in (*PLAIN, *INTEGERS)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("program", PLAIN, ids=lambda program: program.name)
def test_plain(program, dtype):
    with jax.enable_x64(dtype == "float64"):
        check_program(program, dtype)


@pytest.mark.parametrize("program", INTEGERS, ids=lambda program: program.name)
def test_integers(program):
    check_values(program, "float32")


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_stick_breaking_in_the_chart_of_its_first_coordinates(dtype):
    def sticks(x):
        rest, parts = jnp.ones((), x.dtype), []
        for i in range(x.shape[0]):
            share = jax.nn.sigmoid(x[i])
            parts.append(rest * share)
            rest = rest * (1 - share)
        return jnp.stack([*parts, rest])

    with jax.enable_x64(dtype == "float64"):
        x = Draw(dtype).normal(4)
        y = sticks(x)
        tolerance = 1e-5 if dtype == "float32" else 1e-12
        got = invhlo.inverse(sticks, x)(y)
        np.testing.assert_allclose(got, x, rtol=tolerance, atol=tolerance)
        with pytest.raises(invhlo.NonInvertibleError, match="more output than input"):
            invhlo.ildj(sticks, x)(y)
        total = invhlo.inverse_and_ildj(sticks, x, allow_overdetermined=True)(y)[1]
        chart = jax.jacfwd(lambda x: sticks(x)[:-1])(x)
        want = -jnp.linalg.slogdet(chart).logabsdet
        np.testing.assert_allclose(total, want, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row.name)
def test_refused(row):
    output = jax.eval_shape(row.fun, *row.args)
    assert not isinstance(output, list)
    with pytest.raises(invhlo.NonInvertibleError) as caught:
        invhlo.invert_lowered(row.fun, *row.args, argnums=row.argnums)
    message = str(caught.value)
    assert row.op in message
    assert row.reason in message
    assert row.says in message
