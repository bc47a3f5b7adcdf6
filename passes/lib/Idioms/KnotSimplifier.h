// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is computed of knots, in fewer ops.

#ifndef INVHLO_LIB_IDIOMS_KNOTSIMPLIFIER_H
#define INVHLO_LIB_IDIOMS_KNOTSIMPLIFIER_H

#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/DenseSet.h"

namespace invhlo {

/// What ops are of knots, some of which are known to be the first or the last.
/// Where a number may be infinite or none, it is not told from others.
class KnotSimplifier {
public:
  KnotSimplifier(mlir::OpBuilder &b, mlir::Value knots) : b(b), knots(knots) {}

  void addFirst(mlir::Value value) { firsts.insert(value); }
  void addLast(mlir::Value value) { lasts.insert(value); }
  /// One of `operands`, or a number, if `op` is that of them; else null.
  mlir::Value simplify(mlir::Operation *op,
                       llvm::ArrayRef<mlir::Value> operands);

private:
  mlir::Value simplifyNumber(mlir::Operation *op, mlir::Value first,
                             mlir::Value second);
  mlir::Value compare(stablehlo::CompareOp op, mlir::Value first,
                      mlir::Value second);

  mlir::OpBuilder &b;
  mlir::Value knots;
  llvm::DenseSet<mlir::Value> firsts, lasts;
};

} // namespace invhlo

#endif // INVHLO_LIB_IDIOMS_KNOTSIMPLIFIER_H
