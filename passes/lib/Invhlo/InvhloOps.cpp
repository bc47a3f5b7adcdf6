// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Invhlo/Invhlo.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

#include "invhlo/Invhlo/InvhloDialect.cpp.inc"

#define GET_OP_CLASSES
#include "invhlo/Invhlo/InvhloOps.cpp.inc"

void InvhloDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "invhlo/Invhlo/InvhloOps.cpp.inc"
      >();
}

Value invhlo::getValueBeside(Operation *op) {
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
