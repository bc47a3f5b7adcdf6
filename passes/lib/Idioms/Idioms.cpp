// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Idioms/Idioms.h"

using namespace mlir;
using namespace invhlo::idioms;

#include "invhlo/Idioms/IdiomsDialect.cpp.inc"

#define GET_OP_CLASSES
#include "invhlo/Idioms/IdiomOps.cpp.inc"

void IdiomsDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "invhlo/Idioms/IdiomOps.cpp.inc"
      >();
}
