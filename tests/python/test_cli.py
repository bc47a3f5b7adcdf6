# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The command line."""

import json
import os
import subprocess
import sys

import jax
import ml_dtypes
import numpy as np
import pytest
from click.testing import CliRunner
from jax import export as jax_export

import artifacts
import invhlo
from invhlo._compiler.probe import NEITHER
from invhlo.cli import app
from invhlo.cli._specs import format_aval, parse_specs

TEXT = """
func.func public @main(%k: tensor<3xf32>, %x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.add %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}
"""


@pytest.fixture(autouse=True)
def directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "add.mlir").write_text(TEXT)
    np.save("y.npy", np.full(3, 5, np.float32))
    np.save("k.npy", np.full(3, 2, np.float32))
    return tmp_path


def invhlo_(*arguments, given=None):
    return CliRunner().invoke(app, list(map(str, arguments)), input=given)


def succeeds(*arguments, given=None):
    done = invhlo_(*arguments, given=given)
    assert (done.exit_code, done.stderr) == (0, ""), done
    return done.stdout


def fails(code, match, *arguments, given=None):
    before = sorted(os.listdir())
    done = invhlo_(*arguments, given=given)
    assert done.exit_code == code, done
    assert done.stdout == ""
    assert done.stderr.startswith("invhlo: ")
    assert done.stderr.count("\n") == 1, done.stderr
    assert match in done.stderr
    assert sorted(os.listdir()) == before


def run(program, *inputs):
    arguments = [word for path in inputs for word in ("--inputs", path)]
    (result, *_) = json.loads(succeeds("run", program, *arguments, "--json"))
    return np.array(result["values"])


@pytest.mark.parametrize("form", ["mlir", "bytecode", "portable", "jax-export"])
def test_each_form_is_recognized_and_written_back(form):
    case = artifacts.CASES["flow"]
    forward = invhlo.invert_lowered(jax.jit(case.fun).lower(case.spec))
    written = {
        "mlir": lambda: forward.as_text().encode(),
        "bytecode": forward.as_bytecode,
        "portable": lambda: forward.as_portable_artifact("1.0.0"),
        "jax-export": lambda: forward.export(("cpu", "tpu"), vjp_order=1).serialize(),
    }[form]()
    with open("inverse", "wb") as file:
        file.write(written)
    succeeds("invert", "inverse", "-o", "forward")
    before, after = (
        json.loads(succeeds("inspect", "--json", name))
        for name in ("inverse", "forward")
    )
    for fact in ("form", "platforms", "vjp_orders"):
        assert after[fact] == before[fact]
    if form == "portable":
        assert after["stablehlo_version"] == "1.0.0"
    np.save("x.npy", case.x)
    np.testing.assert_allclose(run("forward", "x.npy"), case.y, rtol=1e-5)


@pytest.mark.parametrize("emit", ["mlir", "bytecode", "portable", "jax-export"])
def test_invert_into_each_form(emit):
    succeeds("invert", "add.mlir", "--argnums", 1, "--emit", emit, "-o", "sub")
    assert json.loads(succeeds("inspect", "--json", "sub"))["form"] == emit
    assert run("sub", "k.npy", "y.npy").tolist() == [3, 3, 3]


@pytest.mark.parametrize("name", artifacts.CASES)
def test_export_and_run(name):
    case = artifacts.CASES[name]
    function = f"artifacts:{case.fun.__name__}"
    command = ["export", function, "--args", "f32[8]", "--with-ildj", "--vjp-order", 1]
    succeeds(*command, "--platforms", "cpu,tpu", "-o", "inverse.bin")
    np.save("y.npy", case.y)
    succeeds("run", "inverse.bin", "--inputs", "y.npy", "-o", "x.npz")
    x, ildj = np.load("x.npz").values()
    np.testing.assert_allclose(x, case.x, rtol=1e-5)
    np.testing.assert_allclose(ildj, invhlo.ildj(case.fun)(case.y), rtol=1e-5)
    said = json.loads(succeeds("inspect", "--json", "inverse.bin"))
    assert said["platforms"] == ["cpu", "tpu"]
    assert said["vjp_orders"] == 1
    assert said["arguments"] == [{"name": "[0]", "type": "f32[8]"}]
    assert said["results"] == ["f32[8]", "f32[]"]
    assert said["bytes"] == os.path.getsize("inverse.bin")
    assert "cpu, tpu" in succeeds("inspect", "inverse.bin")


def test_standard_input_and_output():
    text = succeeds("invert", "-", "--argnums", 1, given=TEXT)
    assert "stablehlo.subtract" in text
    assert succeeds("invert", "-", "--argnums", 1, "-o", "-", given=TEXT) == text


def test_results_are_printed_or_saved():
    succeeds("invert", "add.mlir", "--argnums", 1, "-o", "sub.mlir")
    inputs = ("--inputs", "k.npy", "--inputs", "y.npy")
    assert succeeds("run", "sub.mlir", *inputs) == "[3. 3. 3.]\n"
    succeeds("run", "sub.mlir", *inputs, "-o", "x.npy")
    assert np.load("x.npy").tolist() == [3, 3, 3]
    np.savez("both.npz", np.load("k.npy"), np.load("y.npy"))
    assert succeeds("run", "sub.mlir", "--inputs", "both.npz") == "[3. 3. 3.]\n"


def test_functions_in_files(directory):
    (directory / "layers.py").write_text(
        "def layer(w, x):\n    return {'y': x * w['k'] + w['b']}\n"
    )
    specs = "{'k': bf16[3], 'b': bf16[]}, bf16[3]"
    export = ("export", "layers.py:layer", "--args", specs, "--argnums", 1)
    succeeds(*export, "-o", "inverse.bin")
    for name, value in {"b": 1, "k": [2, 2, 2], "y": [5, 7, 9]}.items():
        np.save(f"{name}.npy", np.array(value, ml_dtypes.bfloat16))
    assert run("inverse.bin", "b.npy", "k.npy", "y.npy").tolist() == [2, 3, 4]


def test_symbolic_sizes():
    specs = ("--args", "f32[b,4]", "--platforms", "cpu")
    succeeds("export", "artifacts:custom", *specs, "-o", "inverse.bin")
    said = json.loads(succeeds("inspect", "--json", "inverse.bin"))
    assert said["results"] == ["f32[b,4]"]
    assert "f32[b,4]" in succeeds("inspect", "inverse.bin")
    for rows in (1, 9):
        x = np.linspace(1, 2, 4 * rows, dtype=np.float32).reshape(rows, 4)
        np.save("y.npy", artifacts.custom(x))
        np.testing.assert_allclose(run("inverse.bin", "y.npy"), x, rtol=1e-5)
    fails(3, "but was given f32[3]", "run", "inverse.bin", "--inputs", "k.npy")


def test_double_precision(directory):
    (directory / "wide.mlir").write_text(TEXT.replace("f32", "f64"))
    invert = ("invert", "wide.mlir", "--argnums", 1, "--emit", "jax-export")
    succeeds(*invert, "-o", "sub.bin")
    for array in ("k", "y"):
        np.save(f"{array}.npy", np.load(f"{array}.npy").astype(np.float64) / 3)
    assert run("sub.bin", "k.npy", "y.npy").tolist() == [5 / 3 - 2 / 3] * 3


def test_what_cannot_be_inverted():
    square = TEXT.replace("add %x, %k", "power %x, %x")
    known = ("invert", "-", "--argnums", "1")
    fails(1, "it uses the unknown more than once", *known, given=square)
    fails(1, "at line 3, column 8", *known, given=square)
    fails(1, "such as argnums=1", "invert", "-", given=square)
    fails(1, "add.mlir: cannot invert", "invert", "add.mlir")


def test_usage():
    fails(2, "No such command 'invent'", "invent")
    fails(2, "Missing argument 'IN'", "invert")
    fails(2, "'x' is not a list of positions", "invert", "add.mlir", "--argnums", "x")
    bad = ("export", "artifacts:flow", "--args")
    fails(2, "unknown platform 'gpu'", *bad, "f32[8]", "--platforms", "gpu")
    fails(2, "'q32' is not a dtype", *bad, "q32[8]")
    fails(2, "is not a list such as", *bad, "f32[8")
    fails(2, "of the form module:function", "export", "artifacts", "--args", "f32[8]")


def test_inputs_that_are_not_there():
    fails(3, "none.mlir: No such file", "invert", "none.mlir")
    fails(3, "it is empty", "invert", "-", given="")
    fails(3, "No module named 'nowhere'", "export", "nowhere:f", "--args", "f32[8]")
    fails(3, "has no 'nothing'", "export", "artifacts:nothing", "--args", "f32[8]")
    fails(3, "argument 4", "invert", "add.mlir", "--argnums", 4)


def test_files_that_are_not_ours(directory):
    (directory / "picture").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\0")
    for command in ("invert", "inspect", "run"):
        fails(3, f"picture: {NEITHER}", command, "picture")
        fails(3, "a program is StableHLO as text (.mlir), bytecode", command, "y.npy")
        fails(3, "not a StableHLO module", command, "-", given="once upon a time")
    fails(3, "no .npy or .npz", "run", "add.mlir", "--inputs", "picture")


def test_damaged_files(directory):
    data = bytes(
        invhlo.export(artifacts.custom, jax.ShapeDtypeStruct((3,), "f4")).serialize()
    )
    for i in range(0, len(data) - 40, len(data) // 10):
        flipped = data[:i] + bytes([data[i] ^ 1]) + data[i + 1 :]
        (directory / "flipped").write_bytes(flipped)
        fails(3, "checksum is wrong", "inspect", "flipped")
        fails(3, "checksum is wrong", "run", "flipped", "--inputs", "y.npy")
    (directory / "short").write_bytes(data[: len(data) // 2])
    fails(3, f"short: {NEITHER}", "invert", "short", "-o", "x")


def test_what_jax_exported_without_a_checksum(directory):
    case = artifacts.CASES["flow"]
    exported = jax_export.export(jax.jit(case.fun))(case.spec)
    (directory / "flow.bin").write_bytes(exported.serialize())
    succeeds("invert", "flow.bin", "-o", "inverse.bin")
    np.save("y.npy", case.y)
    np.testing.assert_allclose(run("inverse.bin", "y.npy"), case.x, rtol=1e-4)


def test_arrays_that_do_not_fit():
    run_ = ("run", "add.mlir", "--inputs", "k.npy", "--inputs")
    fails(3, "takes 2 array(s), but was given 1", *run_[:-1])
    np.save("long.npy", np.zeros(4, np.float32))
    fails(3, "argument [1] is f32[3], but was given f32[4]", *run_, "long.npy")
    np.save("wide.npy", np.zeros(3))
    fails(
        3,
        "but was given f64[3]: save it by `array.astype('float32')`",
        *run_,
        "wide.npy",
    )


def test_outputs_that_cannot_be_written():
    invert = ("invert", "add.mlir", "--argnums", 1, "-o")
    fails(4, "add.mlir: it exists; --force", *invert, "add.mlir")
    fails(4, "it is a directory", *invert, ".")
    fails(4, "no such directory", *invert, "nowhere/x.mlir")
    fails(4, "No space left on device", *invert, "/dev/full")
    with open("add.mlir") as file:
        assert file.read() == TEXT
    succeeds(*invert, "add.mlir", "--force")
    with open("add.mlir") as file:
        assert "subtract" in file.read()


def test_a_disk_that_fills_up_leaves_nothing(monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    fails(4, "No space left", "invert", "add.mlir", "--argnums", 1, "-o", "x.mlir")


def test_several_arrays_follow_one_option():
    y = json.loads(succeeds("run", "add.mlir", "-i", "k.npy", "y.npy", "--json"))
    assert y[0]["values"] == [7, 7, 7]
    assert "[7. 7. 7.]" in succeeds("run", "--inputs", "k.npy", "y.npy", "add.mlir")
    fails(2, "unexpected extra argument", "run", "add.mlir", "y.npy")


def test_without_a_command_it_says_what_there_is():
    done = invhlo_()
    assert done.exit_code == 2
    assert done.output == succeeds("--help")


def test_trusted_programs_are_read_as_they_are(monkeypatch):
    invert = ("invert", "add.mlir", "--argnums", 1)
    apart = succeeds(*invert)
    monkeypatch.setattr(sys, "executable", None)
    fails(3, "sys.executable names no interpreter", *invert)
    assert succeeds(*invert, "--trusted") == apart
    assert "f32[3]" in succeeds("inspect", "--trusted", "add.mlir")
    run_ = ("run", "--trusted", "add.mlir", "-i", "k.npy", "y.npy")
    assert succeeds(*run_) == "[7. 7. 7.]\n"


def test_help():
    for command in ([], ["invert"], ["export"], ["run"], ["inspect"]):
        text = succeeds(*command, "--help")
        assert "Examples:" in text
        assert "Exit codes:" in text
    for shell in ("bash", "zsh", "fish"):
        assert "_INVHLO_COMPLETE" in succeeds("completion", shell)


def test_as_a_program(directory):
    """Nothing but the output is printed where no terminal is, and it can be piped."""
    command = [sys.executable, "-m", "invhlo.cli"]
    with open("add.mlir") as file:
        inverted = subprocess.run(
            [*command, "invert", "-", "--argnums=1", "--emit=portable"],
            stdin=file,
            capture_output=True,
            check=True,
        )
    assert inverted.stderr == b""
    said = subprocess.run(
        [*command, "inspect", "-"], input=inverted.stdout, capture_output=True
    )
    assert (said.returncode, said.stderr) == (0, b"")
    assert b"portable StableHLO artifact" in said.stdout
    failed = subprocess.run([*command, "run", "none"], capture_output=True, text=True)
    assert failed.returncode == 3
    assert failed.stderr == "invhlo: none: No such file or directory\n"


def test_kernels_that_nothing_else_loads(directory):
    """In a process that has only read a program, and lowered no operation of it."""
    matrix = np.array([[2, 1], [1, 2]], np.float32)
    lowered = jax.jit(lambda a, x: jax.numpy.linalg.cholesky(a) @ x).lower(
        matrix, matrix[0]
    )
    (directory / "layer.mlir").write_text(lowered.as_text())
    np.save("a.npy", matrix)
    np.save("x.npy", np.ones(2, np.float32))
    command = [sys.executable, "-m", "invhlo.cli", "run", "layer.mlir"]
    done = subprocess.run(
        [*command, "--inputs", "a.npy", "x.npy"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    np.testing.assert_allclose(
        np.fromstring(done.stdout.strip("[]\n"), sep=" "),
        np.linalg.cholesky(matrix) @ np.ones(2),
        rtol=1e-6,
    )


def test_specs():
    specs = parse_specs("f32[8,64], {'w': bf16[], 'b': (i32[2], [pred])}, c64[1], u8")
    leaves = ["f32[8,64]", "i32[2]", "bool[]", "bf16[]", "c64[1]", "u8[]"]
    assert [format_aval(leaf) for leaf in jax.tree.leaves(specs)] == leaves
    for wrong in ("f32[-1]", "f32[2.0]", "3", "f(3)", "{a: f32}", "float[3]"):
        with pytest.raises(ValueError, match="is not|are written"):
            parse_specs(wrong)
