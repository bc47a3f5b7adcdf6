// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_LIB_IDIOMS_DIVISION_H
#define INVHLO_LIB_IDIOMS_DIVISION_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/APInt.h"
#include <optional>

namespace invhlo {

/// A quotient or remainder of integers by a literal n that is positive.
struct Division {
  mlir::Value x;
  llvm::APInt n;
  bool isRemainder, isSigned;
  /// Whether the quotient is rounded down, and not towards zero.
  bool isFloored;

  /// What `op` computes, by itself or with the ops by which front ends round
  /// down.
  static std::optional<Division> match(mlir::Operation *op);
};

} // namespace invhlo

#endif // INVHLO_LIB_IDIOMS_DIVISION_H
