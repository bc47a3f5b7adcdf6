#!/usr/bin/env bash
# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# find-python.sh VERSION...: prints the path of the first of these Pythons that is
# there, on PATH or under pyenv; nothing if none is.

set -uo pipefail
shopt -s nullglob

for version; do
  for python in "python$version" \
    "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".*/bin/python; do
    # A shim of pyenv is there also for a version that is not chosen.
    if found=$("$python" -c 'import sys; print(sys.executable)' 2>/dev/null); then
      echo "$found"
      exit
    fi
  done
done
