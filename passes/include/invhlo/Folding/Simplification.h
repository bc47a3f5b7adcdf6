// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Ops of which something is known, though not all operands are literals.

#ifndef INVHLO_FOLDING_SIMPLIFICATION_H
#define INVHLO_FOLDING_SIMPLIFICATION_H

#include "invhlo/StableHLO/StableHLO.h"

namespace invhlo {

/// A simpler value for the result of an op that has one: that of another op,
/// or of new ones created with `b`. Equal to the last bit, nan and -0
/// included. Null where there is none.
mlir::Value simplify(mlir::Operation *op, mlir::OpBuilder &b);

/// A gather at literal positions as a slice, where it is one.
mlir::Value simplifyGather(stablehlo::GatherOp op, mlir::OpBuilder &b);

} // namespace invhlo

#endif // INVHLO_FOLDING_SIMPLIFICATION_H
