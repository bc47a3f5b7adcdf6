# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A JAX without what it does not promise: slower, and not otherwise different."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import invhlo

COMPAT = Path(invhlo.__file__).parent / "_jaxcompat"
HERE = Path(__file__).parent


def looked_up():
    """What `find` is asked for, as pairs of a module and a name."""
    for path in sorted(COMPAT.glob("*.py")):
        tree = ast.parse(path.read_text())
        constants = {
            node.targets[0].id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "find":
                module, name = node.args
                yield (
                    constants.get(getattr(module, "id", None)) or module.value,
                    (name.value),
                )


PRIVATE = list(looked_up())

# Runs before `invhlo` is imported, which then finds this module already there.
_FIND = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("invhlo._jaxcompat.private", {path!r})
private = importlib.util.module_from_spec(spec)
spec.loader.exec_module(private)
find, missing = private.find, {missing!r}
private.find = lambda *name: None if name in missing else find(*name)
sys.modules[spec.name] = private
"""

# What it takes where there is none of what is looked up, and other ways to lack it.
_PRELUDES = {
    "equations are something else": """
from invhlo._jaxcompat import replay
class Recording(replay.Recording):
    def replay(self, operands, source_info):
        raise AttributeError("emit_eqn")
replay.Recording = Recording
""",
    "lowering takes no rules": """
import jax
lower = jax.stages.Traced.lower
jax.stages.Traced.lower = lambda self, *, lowering_platforms=None: lower(
    self, lowering_platforms=lowering_platforms
)
""",
    "nothing is written to a path": """
from jaxlib.mlir import ir
def only_files(method):
    def checked(self, file=None, **options):
        if isinstance(file, str):
            raise TypeError("not a file")
        return method(self, file=file, **options)
    return checked
ir.OpView.print = ir.Operation.print = only_files(ir.Operation.print)
ir.OpView.write_bytecode = ir.Operation.write_bytecode = only_files(
    ir.Operation.write_bytecode
)
""",
    "the jaxlib is a new one": """
import jaxlib
jaxlib.__version__ = "99.0"
""",
}

_RUN = """
import jax, jax.numpy as jnp, numpy as np
import invhlo
from flows import coupling_flow, init_coupling_flow
from judge import dense_ildj

params = init_coupling_flow(jax.random.key(1), layers=2, size=4, hidden=4)
x = jax.random.normal(jax.random.key(0), (2, 4))
y = coupling_flow(params, x)
inverse = invhlo.inverse_and_ildj(coupling_flow, argnums=1)
got, ildj = inverse(params, y)
np.testing.assert_allclose(got, x, rtol=1e-5, atol=1e-6)
want = dense_ildj(coupling_flow, params, x, argnums=1)
np.testing.assert_allclose(ildj, want, rtol=1e-4)

def loss(params, y):
    z, ildj = inverse(params, y)
    return (z**2).sum() - ildj

flat, unflatten = jax.flatten_util.ravel_pytree(params)
step = 1e-2 * jax.random.normal(jax.random.key(2), flat.shape)
slope = loss(unflatten(flat + step), y) - loss(unflatten(flat - step), y)
predicted = jax.flatten_util.ravel_pytree(jax.grad(loss)(params, y))[0] @ step
np.testing.assert_allclose(2 * predicted, slope, rtol=2e-2, atol=1e-3)

@invhlo.custom_inverse
def double(x):
    return 2.0 * x

double.def_inverse_unary(lambda y: y / 2.0)
solve = invhlo.inverse(lambda x: double(jnp.linalg.inv(a := jnp.eye(2) + 0.5) @ x))
np.testing.assert_allclose(solve(jnp.ones(2)), (jnp.eye(2) + 0.5) @ jnp.ones(2) / 2.0)
lowered = invhlo.invert_lowered(jax.jit(jnp.exp).lower(jnp.ones(2)))
np.testing.assert_allclose(lowered.compile()(jnp.ones(2)), 0.0)
assert lowered.as_portable_artifact()
print("done")
"""


def run(prelude):
    """Runs a flow, a custom rule and what there is ahead of time after `prelude`."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", prelude + _RUN],
        capture_output=True,
        text=True,
        cwd=HERE,
    )
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr


@pytest.mark.parametrize("missing", PRIVATE, ids=lambda name: name[1])
def test_each_may_be_missing(missing):
    run(_FIND.format(path=str(COMPAT / "private.py"), missing={missing}))


@pytest.mark.parametrize("prelude", _PRELUDES)
def test_what_is_there_may_be_another(prelude):
    run(_PRELUDES[prelude])


def test_all_may_be_missing():
    run(_FIND.format(path=str(COMPAT / "private.py"), missing=set(PRIVATE)))
