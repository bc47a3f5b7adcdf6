// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Units, blocks that can be inverted by themselves, and what is asked of them.

#ifndef INVHLO_INTERFACES_UNIT_H
#define INVHLO_INTERFACES_UNIT_H

#include "invhlo/Interfaces/Blame.h"
#include "invhlo/Interfaces/BoundaryPattern.h"
#include "mlir/IR/Block.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/JSON.h"

namespace invhlo {

/// A block that can be inverted by itself: the body of a function or of a loop,
/// a branch.
struct Unit {
  mlir::Block *block;
  /// The values of its boundary, in the block: its arguments or what it
  /// captures from outside, then what its terminator returns.
  llvm::SmallVector<mlir::Value> boundary;
  unsigned numTaken;
  /// What they stand for outside, where the block is an op's.
  llvm::SmallVector<mlir::Value> outside;

  /// A block that takes its arguments, then `captures`.
  static Unit get(mlir::Block &block, mlir::ValueRange captures = {});

  mlir::ValueRange getTaken() const {
    return mlir::ValueRange(boundary).take_front(numTaken);
  }
  mlir::ValueRange getReturned() const {
    return mlir::ValueRange(boundary).drop_front(numTaken);
  }
};

/// What follows in a unit from what is given. Nothing of it is in the module
/// until somebody asks for it there.
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
  /// How it was found, if somebody wants to know.
  llvm::json::Object journal;
  /// The number of what was built into the module, from 1; 0 if it was not.
  unsigned number = 0;

  mlir::Region &getBody() const { return holder.get().getBodyRegion(); }
  mlir::Block &getBlock() const { return getBody().front(); }
  /// What is found of the value at `position`.
  llvm::SmallVector<IndexSet> getFound(unsigned position) const;
  /// Whether all of the value at `position` is found, in one part.
  bool findsWhole(unsigned position) const;
};

/// What an op with units may ask about them.
class UnitInverter {
public:
  virtual ~UnitInverter() = default;

  /// What follows in `unit` from `given`. It is found once.
  virtual UnitInverse &ask(const Unit &unit, const BoundaryPattern &given) = 0;
  /// Builds what `inverse` tells of `parts`, which it finds, from the data of
  /// what it was given.
  virtual llvm::SmallVector<Known>
  inlineAt(mlir::OpBuilder &b, UnitInverse &inverse,
           llvm::ArrayRef<Known> given, llvm::ArrayRef<BoundaryPart> parts) = 0;
};

/// What an op and its regions use.
llvm::SetVector<mlir::Value> getInputs(mlir::Operation *op);

/// What is known of a boundary whose values outside of the unit are `outside`.
BoundaryPattern getGiven(Knowledge &knowledge, mlir::ValueRange outside);
/// The data of `parts` of such a boundary.
llvm::SmallVector<Known> getData(Knowledge &knowledge, mlir::ValueRange outside,
                                 llvm::ArrayRef<BoundaryPart> parts);

/// What is found by all of `inverses`, which were given the same.
llvm::SmallVector<BoundaryPart> meet(llvm::ArrayRef<UnitInverse *> inverses);

} // namespace invhlo

#endif // INVHLO_INTERFACES_UNIT_H
