# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`scripts/check_gpu.py`, on the CPU: what it writes runs without `invhlo`."""

import json
import runpy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "check_gpu.py"
FLOWS = ["coupling", "glow", "autoregressive"]
# As if `invhlo` were not installed.
WITHOUT = (
    "import runpy, sys; sys.modules['invhlo'] = None; sys.argv.pop(0);"
    " runpy.run_path(sys.argv[0], run_name='__main__')"
)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gpu")
    options = ["--batch", "3", "--layers", "2"]
    command = [sys.executable, SCRIPT, "write", folder, *options]
    subprocess.run(command, check=True)
    return folder


def run(folder):
    command = [sys.executable, "-c", WITHOUT, SCRIPT, "run", folder, "--calls", "1"]
    return subprocess.run(command, capture_output=True, text=True)


def test_runs_without_invhlo(written):
    done = run(written)
    assert done.returncode == 0, done.stderr
    results = json.loads((written / "results.json").read_text())
    assert [row["flow"] for row in results["flows"]] == FLOWS
    for row in results["flows"]:
        assert row["agrees"]
        assert row["x_off"] < 1e-4
        assert row["inverse_s"] > 0
        assert row["flow"] in done.stdout


def test_results_that_differ_are_found(written, tmp_path):
    for path in written.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    data = dict(np.load(written / "glow.npz"))
    data["log_det"] = data["log_det"] * 1.01
    np.savez(tmp_path / "glow.npz", **data)
    done = run(tmp_path)
    assert done.returncode == 1
    rows = json.loads((tmp_path / "results.json").read_text())["flows"]
    assert [row["flow"] for row in rows if not row["agrees"]] == ["glow"]


def test_inverses_by_hand_are_inverses():
    check = runpy.run_path(SCRIPT)
    for flow, by_hand, weights in check["FLOWS"].values():
        params, x = [weights(0), weights(100)], check["normal"](1, 3, check["CHANNELS"])
        found, _ = by_hand(params, flow(params, x))
        np.testing.assert_allclose(found, x, atol=1e-4)
