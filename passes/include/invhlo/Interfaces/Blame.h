// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is reported when the unknown is not found.

#ifndef INVHLO_INTERFACES_BLAME_H
#define INVHLO_INTERFACES_BLAME_H

#include "mlir/IR/Operation.h"
#include <string>

namespace invhlo {

/// The op that keeps the unknown from being found.
struct Blame {
  mlir::Operation *op = nullptr;
  std::string reason;
  /// Ops that have to do with it, and what.
  using Others = llvm::SmallVector<std::pair<mlir::Operation *, std::string>>;
  Others others;
  /// The calls that lead to the op, outermost first.
  llvm::SmallVector<mlir::Operation *> calls;
};

} // namespace invhlo

#endif // INVHLO_INTERFACES_BLAME_H
