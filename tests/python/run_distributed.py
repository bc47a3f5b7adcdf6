# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""One of several processes that invert functions of one global array together.

    python run_distributed.py PORT NUM_PROCESSES PROCESS OUTPUT.npz

The process writes what it holds of the results to OUTPUT.npz.
"""

import sys

import jax
import numpy as np
from jax import lax
from jax.sharding import AxisType, NamedSharding
from jax.sharding import PartitionSpec as P

import invhlo
from flows import coupling_flow, init_coupling_flow


def problems(mesh):
    """Functions of parameters and a batch that is split over `mesh`, by name."""
    count = mesh.size
    ring = [(i, (i + 1) % count) for i in range(count)]

    def passed_around(params, x):
        return coupling_flow(
            params[2:], lax.ppermute(coupling_flow(params, x), "i", ring)
        )

    on_shards = jax.shard_map(
        passed_around, mesh=mesh, in_specs=(P(), P("i")), out_specs=P("i")
    )
    return {"flow": coupling_flow, "passed_around": on_shards}


def inputs():
    """The parameters, and a batch of outputs."""
    params = init_coupling_flow(jax.random.key(3), layers=4, size=6)
    return params, np.asarray(jax.random.normal(jax.random.key(4), (16, 6)))


def invert(mesh):
    """The inputs and log-dets that give the outputs, for each problem."""
    params, y = inputs()
    split = NamedSharding(mesh, P("i"))
    y = jax.make_array_from_callback(y.shape, split, lambda index: y[index])
    results = {}
    for name, fun in problems(mesh).items():
        inverse = jax.jit(invhlo.inverse_and_ildj(fun, argnums=1))
        results[name], results[f"{name}_log_det"] = inverse(params, y)
    return results


def line_of_all_devices():
    return jax.make_mesh((len(jax.devices()),), ("i",), axis_types=(AxisType.Auto,))


def local_part(array):
    """The rows of `array` that this process holds; of a number, the number."""
    blocks = [np.asarray(shard.data) for shard in array.addressable_shards]
    return np.concatenate(blocks) if array.ndim else blocks[0]


def main():
    port, num_processes, process, output = sys.argv[1:]
    jax.config.update("jax_cpu_collectives_implementation", "gloo")
    jax.distributed.initialize(
        f"127.0.0.1:{port}", int(num_processes), int(process), initialization_timeout=60
    )
    assert jax.process_count() == int(num_processes)
    results = invert(line_of_all_devices())
    assert not any(array.is_fully_addressable for array in results.values())
    np.savez(output, **{name: local_part(array) for name, array in results.items()})
    jax.distributed.shutdown()


if __name__ == "__main__":
    main()
