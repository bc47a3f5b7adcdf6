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
  /// The values of its boundary, in the block: what it takes, which is its
  /// arguments and then what it captures from outside, and then what its
  /// terminator returns.
  llvm::SmallVector<mlir::Value> boundary;
  /// How many of them it takes.
  unsigned numTaken;
  /// The values around the block that they stand for, in the same order, where
  /// the block is an op's: such as the op's operands, then its results.
  llvm::SmallVector<mlir::Value> outside;

  /// The unit of a block that takes its arguments, then `captures`. What it
  /// stands for outside is left to fill in.
  static Unit get(mlir::Block &block, mlir::ValueRange captures = {});

  mlir::ValueRange getTaken() const {
    return mlir::ValueRange(boundary).take_front(numTaken);
  }
  mlir::ValueRange getReturned() const {
    return mlir::ValueRange(boundary).drop_front(numTaken);
  }
};

/// The inverse of a unit: what can be found of its boundary from what is given
/// of it, and a block that computes that. The block is in no module until
/// `UnitInverter::inlineAt` copies it there.
struct UnitInverse {
  BoundaryPattern given;
  /// What is found, of operands and of results.
  llvm::SmallVector<BoundaryPart> found;
  /// Holds one block without a terminator, which takes the data of `given`.
  mlir::OwningOpRef<mlir::ModuleOp> holder;
  /// The data of `found`, in the block.
  llvm::SmallVector<Known> data;
  /// The op at which the search got stuck, if some of the boundary is not
  /// found.
  Blame blame;
  /// Whether more may be found by choosing branches.
  bool waitsForBranch = false;
  /// Whether shares of `found` only count together.
  bool isJoint = false;
  /// Whether some of `found` is found conditionally.
  bool isConditional = false;
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

/// Inverts the units of an op for its rule.
class UnitInverter {
public:
  virtual ~UnitInverter() = default;

  /// The inverse of `unit` for what is `given` of its boundary. Asking costs
  /// nothing where the same was asked before, and builds nothing.
  virtual UnitInverse &ask(const Unit &unit, const BoundaryPattern &given) = 0;
  /// Builds `inverse` at `b`: from the data of what it was given, in that
  /// order, the data of `parts`, some of what it finds.
  virtual llvm::SmallVector<Known>
  inlineAt(mlir::OpBuilder &b, UnitInverse &inverse,
           llvm::ArrayRef<Known> given, llvm::ArrayRef<BoundaryPart> parts) = 0;
};

/// The operands of an op, and what its regions capture.
llvm::SetVector<mlir::Value> getInputs(mlir::Operation *op);

/// What is known now of `Unit::outside`, to ask for the inverse with.
BoundaryPattern getGiven(Knowledge &knowledge, mlir::ValueRange outside);
/// The data of `parts` of it, to build the inverse with.
llvm::SmallVector<Known> getData(Knowledge &knowledge, mlir::ValueRange outside,
                                 llvm::ArrayRef<BoundaryPart> parts);

/// What is found by all of `inverses`, which were given the same.
llvm::SmallVector<BoundaryPart> meet(llvm::ArrayRef<UnitInverse *> inverses);

/// Says of what the op at hand learns next that `inverses` found it: whether
/// its shares only count together, and whether it is known conditionally.
void setFoundBy(Knowledge &knowledge, llvm::ArrayRef<UnitInverse *> inverses);

/// A pattern of nothing, with what is asked of the op at hand.
BoundaryPattern getNothingGiven(Knowledge &knowledge);

} // namespace invhlo

#endif // INVHLO_INTERFACES_UNIT_H
