// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Inversion of ops with a region: the inverse has a region again.

#ifndef INVHLO_ENGINE_REGIONINVERTER_H
#define INVHLO_ENGINE_REGIONINVERTER_H

#include "invhlo/Engine/KnowledgeBase.h"
#include "invhlo/Engine/UnitInverse.h"
#include "invhlo/Interfaces/InvertibleRegionOpInterface.h"

namespace invhlo {

/// Inverts the blocks of ops, with whatever is known as a whole: what a part of
/// an op's operand is to the block, only the op would know.
class RegionInverter {
public:
  explicit RegionInverter(CallInverter &calls) : calls(calls) {}

  /// Learns what the op's block tells of its operands and results. Returns
  /// whether more may be found by choosing branches.
  bool invert(InvertibleRegionOpInterface op, KnowledgeBase &knowledge,
              bool choosesBranches);
  /// What was stuck in the op's block at last.
  Blame findBlame(mlir::Operation *op) const {
    return attempts.lookup(op).blame;
  }

private:
  struct Attempt {
    BoundaryPattern given;
    bool waitsForBranch = false;
    Blame blame;
  };

  CallInverter &calls;
  llvm::DenseMap<mlir::Operation *, Attempt> attempts;
};

} // namespace invhlo

#endif // INVHLO_ENGINE_REGIONINVERTER_H
