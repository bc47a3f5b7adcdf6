// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Arithmetic of shares; a null share is zero.

#ifndef INVHLO_ENGINE_SHARES_H
#define INVHLO_ENGINE_SHARES_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

namespace invhlo {

/// `share` of a value of `type`, zeros if it is null.
mlir::Value getShareOrZero(mlir::OpBuilder &b, mlir::Location loc,
                           mlir::Value share, mlir::RankedTensorType type);

/// Adds to each share the one beside it.
void addShares(mlir::OpBuilder &b, mlir::Location loc,
               llvm::MutableArrayRef<mlir::Value> shares,
               llvm::ArrayRef<mlir::Value> added);

/// Carries the shares of values of the types `from` over to values of the types
/// `to` that were found from all of them. Elements keep their shares where the
/// types are the same; otherwise their sum is spread evenly, for each index of
/// the first `numBatchDims` dimensions, in which all agree.
llvm::SmallVector<mlir::Value>
moveShares(mlir::OpBuilder &b, mlir::Location loc,
           llvm::ArrayRef<mlir::Value> shares,
           llvm::ArrayRef<mlir::RankedTensorType> from,
           llvm::ArrayRef<mlir::RankedTensorType> to, int64_t numBatchDims);

/// The real dimensions of `numElements` of a value of `type`: none unless it
/// has a density.
int64_t countDimensions(mlir::Type type, int64_t numElements);
/// The real dimensions of all `values`.
int64_t countDimensions(mlir::ValueRange values);

} // namespace invhlo

#endif // INVHLO_ENGINE_SHARES_H
