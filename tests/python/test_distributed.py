# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Processes that share one array invert it as one process does."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np

import run_distributed

NUM_PROCESSES = 2
SECONDS = 240


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def run_processes(directory):
    """What each process wrote."""
    env = dict(
        os.environ,
        JAX_PLATFORMS="cpu",
        XLA_FLAGS=f"--xla_force_host_platform_device_count={8 // NUM_PROCESSES}",
    )
    outputs = [directory / f"{i}.npz" for i in range(NUM_PROCESSES)]
    port = free_port()
    processes = []
    try:
        for i, output in enumerate(outputs):
            arguments = [port, NUM_PROCESSES, i, output]
            processes.append(
                subprocess.Popen(
                    [sys.executable, run_distributed.__file__, *map(str, arguments)],
                    cwd=Path(run_distributed.__file__).parent,
                    env=env,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                )
            )
        for process in processes:
            said, _ = process.communicate(timeout=SECONDS)
            assert process.returncode == 0, said
    finally:
        for process in processes:
            process.kill()
            process.wait()
    return [dict(np.load(output)) for output in outputs]


def test_processes_invert_one_array(tmp_path):
    mesh = run_distributed.line_of_all_devices()
    want = {name: np.asarray(a) for name, a in run_distributed.invert(mesh).items()}
    params, y = run_distributed.inputs()
    for name, fun in run_distributed.problems(mesh).items():
        np.testing.assert_allclose(fun(params, want[name]), y, rtol=1e-4, atol=1e-4)

    written = run_processes(tmp_path)
    assert all(part.keys() == want.keys() for part in written)
    for name, array in want.items():
        parts = [part[name] for part in written]
        if array.ndim == 0:
            np.testing.assert_allclose(parts, [array] * NUM_PROCESSES, rtol=1e-5)
        else:
            assert {len(part) for part in parts} == {len(array) // NUM_PROCESSES}
            got = np.concatenate(parts)
            np.testing.assert_allclose(got, array, rtol=1e-5, atol=1e-5)
