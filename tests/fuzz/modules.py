# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes what the compiler is given for random programs, for `invhlo-stress`.

    PYTHONPATH=tests:tests/python python -m fuzz.modules 200 >modules.mlir

Each module begins with a line that says which pipeline it is for.
"""

import contextlib
import os
import sys
import unittest.mock
import warnings

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=8"


def modules_of(program):
    """What the compiler is given for a program, and the pipelines."""
    import jax

    import invhlo
    from fuzz.programs import build
    from invhlo import _core

    given, run_pipeline = [], _core.run_pipeline

    def noting(module, pipeline, *rest):
        given.append((module.decode(), pipeline))
        return run_pipeline(module, pipeline, *rest)

    with (
        jax.enable_x64(program.dtype == "float64"),
        unittest.mock.patch.object(_core, "run_pipeline", noting),
        warnings.catch_warnings(action="ignore"),
        contextlib.suppress(invhlo.NonInvertibleError),
    ):
        fun, args, argnums = build(program).load()
        invhlo.invert_lowered(fun, *args, argnums=argnums, with_ildj=True)
    return given


def main():
    """Writes the modules of as many programs as the command line says."""
    from fuzz.programs import draw_program

    flag = "keep-primitives="
    texts = (
        f"// pipeline: {pipeline.replace(f'{flag}false', f'{flag}{kept}')}\n{module}"
        for seed in range(int(sys.argv[1]))
        for module, pipeline in modules_of(draw_program(seed))
        for kept in ("false", "true")
    )
    print(*texts, sep="\n// -----\n")


if __name__ == "__main__":
    main()
