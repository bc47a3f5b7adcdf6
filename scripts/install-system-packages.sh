#!/usr/bin/env bash
# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Installs the Debian packages that building and testing needs, and those that its
# arguments name. Does nothing where they are installed, and nothing where there is no
# apt: there CMake says what it misses.

set -euo pipefail

command -v apt-get >/dev/null || exit 0

packages=(
  cmake ninja-build ccache g++ git
  libmlir-22-dev llvm-22-dev mlir-22-tools llvm-22-tools clang-format-22
  libzstd-dev zlib1g-dev
  "$@"
)
# The Python that is there will do, if it can make environments and be extended.
if ! "${PYTHON:-python3}" - 2>/dev/null <<'PYTHON'
import ensurepip, os, sys, sysconfig
assert sys.version_info >= (3, 11)
assert os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h"))
PYTHON
then
  packages+=(python3 python3-venv python3-dev)
fi

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [[ $status == installed ]] || missing+=("$package")
done

if ((${#missing[@]})); then
  echo "Installing ${missing[*]}"
  as_root=()
  ((EUID == 0)) || as_root=(sudo)
  apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive
    apt-get -qq -o Acquire::Retries=3 -o Dpkg::Use-Pty=0)
  # Somebody else's broken package source is no reason to stop.
  "${apt[@]}" update </dev/null || true
  "${apt[@]}" install -y --no-install-recommends "${missing[@]}" </dev/null
fi

version=$(dpkg-query -W -f='${Version}' libmlir-22-dev)
if dpkg --compare-versions "$version" lt 1:22.1; then
  echo "invhlo needs MLIR 22.1, but libmlir-22-dev is $version" >&2
  exit 1
fi
