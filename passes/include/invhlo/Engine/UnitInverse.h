// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Inversion of a unit, a block that can be inverted by itself, by what is known
// of its boundary.

#ifndef INVHLO_ENGINE_UNITINVERSE_H
#define INVHLO_ENGINE_UNITINVERSE_H

#include "invhlo/Engine/Blame.h"
#include "invhlo/Engine/BoundaryPattern.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace invhlo {

class CallInverter;

/// What follows in a unit from what is given. Nothing of it is in the module
/// until somebody takes the body.
struct UnitInverse {
  BoundaryPattern given;
  llvm::SmallVector<BoundaryPart> found;
  /// Holds one block without a terminator, which takes the data of `given`.
  mlir::OwningOpRef<mlir::ModuleOp> holder;
  /// The data of `found`, in the block.
  llvm::SmallVector<Known> data;
  /// What is stuck, if some of the boundary is not found.
  Blame blame;
  /// Whether more may be found by choosing branches.
  bool waitsForBranch = false;
  /// Whether shares of `found` only count together.
  bool isJoint = false;

  mlir::Region &getBody() { return holder->getBodyRegion(); }
  /// Whether all of the value at `position` is found, in one part.
  bool findsWhole(unsigned position) const {
    return llvm::any_of(found, [&](const BoundaryPart &part) {
      return part.position == position &&
             part.where.getNumElements() ==
                 mlir::ShapedType::getNumElements(part.where.getShape());
    });
  }
};

UnitInverse invertUnit(mlir::Block &forward, BoundaryPattern given,
                       CallInverter &calls);

} // namespace invhlo

#endif // INVHLO_ENGINE_UNITINVERSE_H
