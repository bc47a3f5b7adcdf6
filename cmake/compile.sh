#!/bin/sh
# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# compile.sh CCACHE COMPILER ARGUMENT...
#
# Compiles through ccache, as it wants it for precompiled headers. GCC would take
# the last precompiled header for the header that the next one is made of, so that
# one goes first.

previous=
for argument; do
  case $previous:$argument in
  -o:*.gch) rm -f "$argument" ;;
  esac
  previous=$argument
done
CCACHE_SLOPPINESS=pch_defines,time_macros exec "$@"
