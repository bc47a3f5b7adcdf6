// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Steps as entries of tables.

#ifndef INVHLO_LIB_IDIOMS_TABLES_H
#define INVHLO_LIB_IDIOMS_TABLES_H

#include "Steps.h"

namespace invhlo {

/// What `invhlo.spline` says of a value: tensors of the dimensions of x, each
/// of its size or of one, with knots or entries along another one, the last.
struct Tables {
  mlir::Value knots, images;
  llvm::SmallVector<mlir::Value> tables;
  llvm::SmallVector<llvm::SmallVector<int64_t>> rows;
};

/// Builds the tables of the steps of `cone`, which computes `value`, if all
/// that x is compared with are knots of one tensor, and each step an entry.
std::optional<Tables> createTables(mlir::OpBuilder &b, const SteppedCone &cone,
                                   mlir::Value value);

} // namespace invhlo

#endif // INVHLO_LIB_IDIOMS_TABLES_H
