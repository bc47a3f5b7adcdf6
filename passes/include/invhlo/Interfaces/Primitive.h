// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Operations of the host program, beside their lowerings.

#ifndef INVHLO_INTERFACES_PRIMITIVE_H
#define INVHLO_INTERFACES_PRIMITIVE_H

#include "invhlo/StableHLO/StableHLO.h"

namespace invhlo {

/// `%y = stablehlo.custom_call @invhlo.primitive(%x..., %lowered...)` says that
/// an operation of the host program turns `%x...` into `%y...`, and that
/// `%lowered...`, as many as there are results, are the same values. The
/// compiler sees through it to these; what it evaluates forward keeps the call,
/// so that the host finds its own operation again.
inline constexpr llvm::StringLiteral kPrimitiveTarget = "invhlo.primitive";

inline bool isPrimitive(mlir::Operation *op) {
  auto call = llvm::dyn_cast<stablehlo::CustomCallOp>(op);
  return call && call.getCallTargetName() == kPrimitiveTarget &&
         op->getNumOperands() >= op->getNumResults();
}

/// What stands for the results.
inline mlir::OperandRange getLowered(mlir::Operation *primitive) {
  return primitive->getOperands().take_back(primitive->getNumResults());
}

} // namespace invhlo

#endif // INVHLO_INTERFACES_PRIMITIVE_H
