# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Inverses compiled for hardware that is not here, and run by a runtime not JAX's."""

import re

import jax
import numpy as np
import pytest

import artifacts
import invhlo

pytestmark = pytest.mark.targets

TPU = "tpu v5e:2x2"
GPU = "cuda h200"


@pytest.fixture(params=artifacts.CASES)
def name(request):
    return request.param


@pytest.fixture(params=["lowered", "exported"])
def inverse(request, name):
    case = artifacts.CASES[name]
    lowered = invhlo.invert_lowered(case.fun, case.spec, with_ildj=True)
    return lowered if request.param == "lowered" else lowered.export(vjp_order=1)


def test_tpu(inverse, name):
    compiled = invhlo.compile_for_target(inverse, TPU)
    text = compiled.as_text()
    assert "f32[8]{0:T(128)}" in text  # TPUs alone keep vectors in tiles
    if name == "linear":
        assert "LuRealDecompositionBlock" in text
    assert compiled.cost_analysis()["flops"] > 0
    assert compiled.memory_analysis().generated_code_size_in_bytes > 0


def test_gpu(inverse, name):
    compiled = invhlo.compile_for_target(inverse, GPU)
    text = compiled.as_text()
    assert "native_emitter_backend_config" in text  # of XLA's compiler for GPUs
    if name == "linear":
        assert "cusolver_getrf_ffi" in text
    if name == "flow":  # the flags of the machine code say twice that it is for sm_90
        code = compiled.runtime_executable().serialize()
        assert re.search(rb"\x7fELF.{,60}\x5a.\x5a", code, re.DOTALL)
    assert compiled.memory_analysis().argument_size_in_bytes == 4 * artifacts.SIZE


def test_targets_that_do_not_exist():
    case = artifacts.CASES["custom"]
    for_cpu = invhlo.export(case.fun, case.spec, platforms=("cpu",))
    with pytest.raises(ValueError, match="exported for cpu, not for tpu"):
        invhlo.compile_for_target(for_cpu, TPU)


@pytest.mark.parametrize("version", ["1.0.0", "1.13.0"])
def test_iree(name, version):
    """IREE compiles the artifact and computes the same numbers."""
    import iree.compiler as compiler
    import iree.runtime as runtime

    case = artifacts.CASES[name]
    lowered = invhlo.invert_lowered(case.fun, case.spec, with_ildj=True)
    program = compiler.compile_str(
        lowered.as_portable_artifact(version),
        target_backends=["llvm-cpu"],
        input_type="stablehlo",
        extra_args=["--iree-llvmcpu-target-cpu=host"],
    )
    module = runtime.load_vm_flatbuffer(program, driver="local-task")
    results = [np.asarray(result) for result in module.main(np.asarray(case.y))]
    wanted = jax.jit(invhlo.inverse_and_ildj(case.fun))(case.y)
    for got, want in zip(results, wanted, strict=True):
        np.testing.assert_allclose(got, want, rtol=1e-5, atol=1e-6)
