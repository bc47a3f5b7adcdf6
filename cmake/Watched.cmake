# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

# For `cmake -C`: a build by clang with assertions, and without warnings, that
# watches what it does as LLVM_USE_SANITIZER says. Packaged LLVM is not built so:
# its own checks stay as they are, and run-time types are not looked at.
set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
set(CMAKE_C_COMPILER clang-22 CACHE STRING "")
set(CMAKE_CXX_COMPILER clang++-22 CACHE STRING "")
# What std::stable_sort of GCC 12 uses is deprecated, and only GCC does not say so.
set(CMAKE_CXX_FLAGS_DEBUG
  "-O1 -g1 -D_GLIBCXX_ASSERTIONS -Wno-deprecated-declarations" CACHE STRING "")
set(LLVM_ENABLE_WERROR ON CACHE BOOL "")
set(LLVM_UBSAN_FLAGS
  "-fsanitize=undefined -fno-sanitize=vptr,function -fno-sanitize-recover=all"
  CACHE STRING "")
