# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`compile_for_target`: executables for hardware that this machine lacks."""

import importlib.util
import os
from typing import Any

import jax
from jax.experimental import topologies
from jax.sharding import SingleDeviceSharding

from invhlo._aot.lowered import LoweredInverse

# XLA's description of a GPU, from NVIDIA's data sheets and CUDA's programming guide.
_HOPPER = """
platform_name: "CUDA"
runtime_version {{ major: 12 minor: 8 }}
dnn_version_info {{ major: 9 minor: 8 }}
gpu_device_info {{
  cuda_compute_capability {{ major: 9 minor: 0 }}
  core_count: 132
  fpus_per_core: 128
  clock_rate_ghz: 1.98
  threads_per_warp: 32
  threads_per_block_limit: 1024
  threads_per_core_limit: 2048
  registers_per_block_limit: 65536
  registers_per_core_limit: 65536
  shared_memory_per_block: 49152
  shared_memory_per_block_optin: 232448
  shared_memory_per_core: 233472
  block_dim_limit_x: 2147483647
  block_dim_limit_y: 65535
  block_dim_limit_z: 65535
  l2_cache_size: 52428800
  memory_bandwidth: {bandwidth}
  device_memory_size: {memory}
}}
"""
_GPUS = {
    "h100": _HOPPER.format(bandwidth=3_350_000_000_000, memory=80 << 30),
    "h200": _HOPPER.format(bandwidth=4_800_000_000_000, memory=141 << 30),
}


def compile_for_target(
    inverse: LoweredInverse | jax.export.Exported, target: str
) -> jax.stages.Compiled:
    """Compiles an inverse for one device of hardware that this machine need not have.

        >>> import jax.numpy as jnp
        >>> import invhlo
        >>> lowered = invhlo.invert_lowered(lambda x: jnp.exp(x), jnp.zeros(8))
        >>> try:
        ...     invhlo.compile_for_target(lowered, "abacus")
        ... except ValueError as error:
        ...     print(error)
        unknown target 'abacus': choose cuda h100, cuda h200, or a TPU such as ...

    TPU targets need the package `libtpu`; GPU targets need `jax-cuda12-plugin` and
    `jax-cuda12-pjrt` in the version of `jax`, and `nvidia-cuda-nvcc-cu12`.

    Args:
      inverse: The result of `invert_lowered` or `export`.
      target: "cuda h100", "cuda h200", or "tpu" and a topology, such as "tpu v5e:2x2".

    Returns:
      The executable. It cannot be run here, but `as_text()`, `cost_analysis()` and
      `memory_analysis()` describe it.

    Raises:
      ImportError: A package is missing.
      ValueError: There is no such target, or the inverse was exported for others.
    """
    platform, _, device = target.partition(" ")
    topology = _topology(platform, device)
    if isinstance(inverse, LoweredInverse):
        function, avals = inverse.function, inverse.in_avals
    else:
        if platform not in inverse.platforms:
            raise ValueError(
                f"the inverse was exported for {', '.join(inverse.platforms)}, "
                f"not for {platform}"
            )
        function = inverse.call
        avals = jax.tree.unflatten(inverse.in_tree, inverse.in_avals)
    sharding = SingleDeviceSharding(topology.devices[0])
    args, kwargs = jax.tree.map(
        lambda aval: jax.ShapeDtypeStruct(
            aval.shape, aval.dtype, weak_type=aval.weak_type, sharding=sharding
        ),
        avals,
    )
    return jax.jit(function, out_shardings=sharding).lower(*args, **kwargs).compile()


def _topology(platform: str, device: str) -> Any:
    if platform == "tpu":
        _need("libtpu")
        # There is no metadata server to ask where there is no TPU.
        os.environ.setdefault("TPU_SKIP_MDS_QUERY", "1")
        return topologies.get_topology_desc(platform="tpu", topology_name=device)
    if platform == "cuda" and device in _GPUS:
        _need("jax_plugins.xla_cuda12", "jax_cuda12_plugin", "nvidia.cuda_nvcc")
        return topologies.get_topology_desc(
            platform="cuda",
            topology_name=device,
            topology="1x1x1",
            target_config=_GPUS[device],
        )
    known = ", ".join(f"cuda {name}" for name in _GPUS)
    target = f"{platform} {device}".strip()
    raise ValueError(
        f"unknown target {target!r}: choose {known}, or a TPU such as 'tpu v5e:2x2'"
    )


def _need(*modules: str) -> None:
    for module in modules:
        try:
            found = importlib.util.find_spec(module)
        except ModuleNotFoundError:  # its parent package is missing
            found = None
        if found is None:
            raise ImportError(
                f"no module named {module!r}: pip install 'invhlo[targets]'"
            )
