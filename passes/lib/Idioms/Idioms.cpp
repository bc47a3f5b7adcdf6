// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Idioms/Idioms.h"

#include "llvm/ADT/STLExtras.h"

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

Value invhlo::idioms::getValueBeside(Operation *op) {
  if (auto idiom = dyn_cast<IdiomOp>(op))
    return idiom.getValue();
  if (auto monomial = dyn_cast<MonomialOp>(op))
    return monomial.getValue();
  return nullptr;
}

LogicalResult MonomialOp::verify() {
  if (getExponents().size() != getArguments().size())
    return emitOpError("has ") << getArguments().size() << " arguments and "
                               << getExponents().size() << " exponents";
  if (llvm::is_contained(getExponents(), 0))
    return emitOpError("has an exponent of zero");
  return success();
}
