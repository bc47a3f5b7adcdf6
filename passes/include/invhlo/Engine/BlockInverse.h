// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Inversion of a block by what is known of what it takes and returns.

#ifndef INVHLO_ENGINE_BLOCKINVERSE_H
#define INVHLO_ENGINE_BLOCKINVERSE_H

#include "invhlo/Engine/Blame.h"
#include "invhlo/Interfaces/IndexSet.h"
#include "mlir/IR/Block.h"

namespace invhlo {

class CallInverter;

/// What a block takes and returns, numbered in this order: its arguments, then
/// the operands of its terminator.
llvm::SmallVector<mlir::Value> getBoundary(mlir::Block &block);

/// A part of a value of the boundary.
struct BoundaryPart {
  unsigned position;
  IndexSet where;
  bool hasShare;

  bool operator==(const BoundaryPart &other) const {
    return position == other.position && hasShare == other.hasShare &&
           where == other.where;
  }
  friend llvm::hash_code hash_value(const BoundaryPart &part) {
    return llvm::hash_combine(part.position, part.where, part.hasShare);
  }
};

struct BlockInverse {
  llvm::SmallVector<BoundaryPart> given, found;
  /// The data of `found`, each share behind its value.
  llvm::SmallVector<mlir::Value> returned;
  /// What is stuck, if some of the boundary is not found.
  Blame blame;
  /// Whether more may be found by choosing branches.
  bool waitsForBranch = false;
  /// Whether shares of `found` only count together.
  bool isJoint = false;
};

/// What is asked of the inverse of a block.
struct InversionMode {
  /// Whether it is to give shares.
  bool shares = false;
  /// Whether it may choose among values that have the same result.
  bool choosesBranches = false;

  bool operator==(const InversionMode &other) const {
    return shares == other.shares && choosesBranches == other.choosesBranches;
  }
};

/// Writes into `inverse`, an empty block, what follows in `forward` from
/// `given`. The block gets an argument for each value and share in `given`, and
/// no terminator.
BlockInverse invertBlock(mlir::Block &forward,
                         llvm::SmallVector<BoundaryPart> given,
                         InversionMode mode, CallInverter &calls,
                         mlir::Block &inverse);

} // namespace invhlo

#endif // INVHLO_ENGINE_BLOCKINVERSE_H
