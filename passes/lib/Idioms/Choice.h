// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Branches, whatever op has them.

#ifndef INVHLO_LIB_IDIOMS_CHOICE_H
#define INVHLO_LIB_IDIOMS_CHOICE_H

#include "invhlo/Literals/Literal.h"
#include "mlir/IR/Operation.h"

namespace invhlo {

/// A case or an if, seen as a choice by an index.
struct Choice {
  mlir::Operation *op;
  /// A number, or a predicate that chooses the second of two.
  mlir::Value index;
  llvm::SmallVector<mlir::Region *> branches;

  static std::optional<Choice> get(mlir::Operation *op);
  /// Out of range, the last branch is run.
  size_t getBranch(const Literal &index) const;
};

/// Replaces a case or an if of which the branches compute scalars element by
/// element: each branch is computed, and one of them selected. Any other op
/// stays as it is.
void turnIntoSelect(mlir::Operation *op);

} // namespace invhlo

#endif // INVHLO_LIB_IDIOMS_CHOICE_H
