// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_LITERALS_LITERALEVALUATOR_H
#define INVHLO_LITERALS_LITERALEVALUATOR_H

#include "invhlo/Literals/Literal.h"
#include "mlir/IR/Operation.h"

namespace invhlo {

/// The value of an op with one result whose operands have the given values.
/// None where the op is not one of those known here, where StableHLO leaves
/// the outcome open, and where more than `maxElements` would have to be held.
std::optional<Literal> evaluate(mlir::Operation *op,
                                llvm::ArrayRef<Literal> operands,
                                int64_t maxElements);
/// Whether the op is one of those known here.
bool canEvaluate(mlir::Operation *op);

/// More elements than these are not computed, for they would need gigabytes.
inline constexpr int64_t kMostElements = int64_t(1) << 26;

/// What a value is, if literals determine it through a few ops (an iota that is
/// compared and broadcast). These are evaluated at each call.
std::optional<Literal> findLiteral(mlir::Value value,
                                   int64_t maxElements = kMostElements);

/// The integer that every element of a constant is.
std::optional<int64_t> getConstantInteger(mlir::Value value);

/// Where a box of `sizes` starts inside `shape` that is asked for at `starts`,
/// which are constants where the box may move.
std::optional<llvm::SmallVector<int64_t>>
getConstantStarts(mlir::ValueRange starts, llvm::ArrayRef<int64_t> shape,
                  llvm::ArrayRef<int64_t> sizes);

} // namespace invhlo

#endif // INVHLO_LITERALS_LITERALEVALUATOR_H
