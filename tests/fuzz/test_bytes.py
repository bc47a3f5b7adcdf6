# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A minute of `make fuzz-bytes`."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("hostile_bytes.py")


@pytest.mark.parametrize("seed", [1, 2])
def test_damaged_programs_do_no_harm(seed):
    command = [sys.executable, SCRIPT, "--count", "300", "--seed", str(seed)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    for outcome in ("inverted", "not invertible", "refused by the probe"):
        assert outcome in done.stdout
