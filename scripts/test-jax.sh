#!/usr/bin/env bash
# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Tests wheels of invhlo on the Pythons and versions of JAX that it supports and that
# are here, but for those of .venv, which `make test` uses. Says which are not here.
# Needs what `make` builds.

set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD

supported=("3.11 0.10.2" "3.12 0.11.*" "3.13 0.12.*")
# What moves with JAX: the way in, the way out, devices, ahead of time.
suite=(jaxcompat inverse readback dialect_roundtrip custom_inverse sharding
  transforms_primitives invert_lowered)
files=("${suite[@]/#/tests/python/test_}")
files=("${files[@]/%/.py}")

# version_of PYTHON: its version, as "3.12".
version_of() {
  "$1" -c 'import sys; print("{}.{}".format(*sys.version_info))'
}

# wheel_for PYTHON: the path of a wheel for it. From 3.12 on, one serves all.
wheel_for() {
  local tag wheels=()
  tag=$("$1" -c 'import sys; print("cp311" if sys.version_info < (3, 12) else "abi3")')
  if [[ ! -e build/wheels/$tag ]]; then
    "$1" -m pip wheel --quiet --no-build-isolation --no-deps \
      --wheel-dir "build/wheels/$tag" -C "build-dir=build/$tag" \
      -C "cmake.define.INVHLO_COMPILER=$root/build/Release" . >&2
  fi
  wheels=("$root/build/wheels/$tag"/*.whl)
  echo "${wheels[0]}"
}

rm -rf build/wheels
summary=()
status=0
for pair in "${supported[@]}"; do
  read -r version jax <<<"$pair"
  if [[ $(version_of .venv/bin/python) == "$version" ]]; then
    summary+=("Python $version, jax $jax: the one that \`make test\` runs on")
    continue
  fi
  interpreter=$(scripts/find-python.sh "$version")
  if [[ -z $interpreter ]]; then
    summary+=("Python $version, jax $jax: not run, there is no Python $version here")
    continue
  fi
  environment=build/python$version
  [[ -e $environment/bin/pip ]] || "$interpreter" -m venv "$environment"
  python=$environment/bin/python
  "$python" -m pip install --quiet "scikit-build-core>=0.11" "nanobind>=2.9"
  wheel=$(wheel_for "$python")
  "$python" -m pip install --quiet "jax==$jax" "$wheel[test]"
  # The version has not changed, what is in it may have.
  "$python" -m pip install --quiet --force-reinstall --no-deps "$wheel"
  ln -sf "$root/build/Release/passes/tools/invhlo-opt/invhlo-opt" \
    "$environment/bin/invhlo-opt"
  found=$("$python" -c 'import jax; print(jax.__version__)')
  echo "Python $version, jax $found: $(basename "$wheel")"
  log=build/python$version.log
  # shellcheck disable=SC2086
  "$python" -m pytest -q ${PYTEST_ARGS:--n auto} -p no:cacheprovider \
    "${files[@]}" 2>&1 | tee "$log" || status=1
  summary+=("Python $version, jax $found: $(tail -n 1 "$log")")
done
printf '%s\n' "${summary[@]}"
exit "$status"
