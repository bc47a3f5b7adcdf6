# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What is built and installed."""

import importlib.metadata
import importlib.util
import subprocess
import sys
import venv
from pathlib import Path

import pytest

import invhlo

ROOT = Path(__file__).parents[2]


def run(*command, **kwargs):
    """The output of a command that must succeed."""
    done = subprocess.run(command, capture_output=True, text=True, **kwargs)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def core_library():
    return importlib.util.find_spec("invhlo._core").origin


def test_version():
    assert importlib.metadata.version("invhlo") == invhlo.__version__


def test_typed():
    assert (Path(invhlo.__file__).parent / "py.typed").exists()


def test_invhlo_opt_is_beside_python():
    tool = Path(sys.executable).parent / "invhlo-opt"
    assert "invhlo-invert" in run(tool, "--help")


def test_the_module_needs_no_llvm():
    needed = run("ldd", core_library())
    assert "LLVM" not in needed
    assert "MLIR" not in needed


def test_the_module_exports_only_its_entry():
    symbols = run("nm", "-D", "--defined-only", core_library())
    assert "PyInit__core" in symbols
    assert "llvm" not in symbols
    assert "mlir" not in symbols


def test_importing_is_quick_and_silent():
    loaded = "import sys, invhlo; print([m for m in sys.modules if 'sklearn' in m])"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", loaded], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


def test_without_mlir_the_build_says_what_to_install(tmp_path):
    done = subprocess.run(
        [
            "cmake",
            *("-S", ROOT, "-B", tmp_path),
            "-DCMAKE_FIND_USE_PACKAGE_ROOT_PATH=OFF",
            "-DCMAKE_DISABLE_FIND_PACKAGE_MLIR=ON",
        ],
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    said = " ".join(done.stderr.split())
    assert "invhlo needs MLIR 22.1's CMake package: install libmlir-22-dev" in said


_INVERT = """
import jax.numpy as jnp, numpy as np, invhlo
y = jnp.array([1.0, 2.0])
x, ildj = invhlo.inverse_and_ildj(lambda x: jnp.exp(2 * x))(y)
np.testing.assert_allclose(x, jnp.log(y) / 2, rtol=1e-6)
np.testing.assert_allclose(ildj, -np.log(8.0), rtol=1e-6)
matrix = jnp.array([[2.0, 1.0], [0.0, 4.0]])
np.testing.assert_allclose(invhlo.inverse(lambda x: matrix @ x)(matrix @ y), y)
print(invhlo.__file__)
"""


@pytest.mark.wheel
def test_wheel_runs_in_a_bare_environment(tmp_path):
    (wheel,) = (ROOT / "dist").glob("*.whl")
    environment = tmp_path / "env"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", wheel)
    home = {"PATH": str(environment / "bin"), "HOME": str(tmp_path)}
    printed = run(python, "-W", "error", "-c", _INVERT, cwd=tmp_path, env=home)
    assert str(environment) in printed
    (library,) = environment.rglob("invhlo/_core*.so")
    needed = run("ldd", library)
    assert "LLVM" not in needed
    assert "MLIR" not in needed
    assert "not found" not in needed
    assert library.stat().st_size < 20e6


@pytest.mark.wheel
def test_wheel_holds_what_it_should():
    (wheel,) = (ROOT / "dist").glob("*.whl")
    names = run(sys.executable, "-m", "zipfile", "-l", wheel)
    assert "invhlo/py.typed" in names
    assert "invhlo/_core.pyi" in names
    assert "LICENSE" in names
    assert "invhlo/__init__.py" in names
    for unwanted in ("Bindings.cpp", ".a ", "invhlo-opt", "tests/"):
        assert unwanted not in names
