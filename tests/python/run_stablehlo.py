# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs StableHLO text as it is."""

import jax
import numpy as np
from jax.extend import backend
from jaxlib import xla_client


def run_stablehlo(text, *args):
    """The results of @main, called with `args`."""
    client = backend.get_backend("cpu")
    devices = xla_client.DeviceList(tuple(client.local_devices()[:1]))
    executable = client.compile_and_load(text, devices, xla_client.CompileOptions())
    buffers = [
        jax.device_put(np.asarray(arg), client.local_devices()[0]) for arg in args
    ]
    results = executable.execute_sharded(buffers)
    return [np.asarray(r[0]) for r in results.disassemble_into_single_device_arrays()]
