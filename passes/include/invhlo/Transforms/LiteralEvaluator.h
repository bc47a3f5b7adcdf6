// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_TRANSFORMS_LITERALEVALUATOR_H
#define INVHLO_TRANSFORMS_LITERALEVALUATOR_H

#include "invhlo/Transforms/Literal.h"
#include "mlir/IR/Operation.h"

namespace invhlo {

/// The value of an op with one result whose operands have the given values.
/// Null where the op is not one of those known here, where StableHLO leaves
/// the outcome open, and where the work would exceed `maxElements`: neither
/// operands nor the result may be larger, splats aside.
mlir::DenseElementsAttr
evaluate(mlir::Operation *op, llvm::ArrayRef<mlir::DenseElementsAttr> operands,
         int64_t maxElements);

/// The parts of `evaluate` for ops that compute positions. Operands and result
/// are within the limit.
std::optional<Literal> evaluateGather(mlir::Operation *op,
                                      llvm::ArrayRef<Literal> operands);
std::optional<Literal> evaluateScatter(mlir::Operation *op,
                                       llvm::ArrayRef<Literal> operands);

} // namespace invhlo

#endif // INVHLO_TRANSFORMS_LITERALEVALUATOR_H
