// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which equations of a block its inverse used, and which it left.

#ifndef INVHLO_ENGINE_LEDGER_H
#define INVHLO_ENGINE_LEDGER_H

#include "invhlo/Engine/KnowledgeBase.h"
#include "invhlo/Interfaces/Unit.h"

namespace invhlo {

/// Each element of an op's result is an equation. It is spent where the op was
/// evaluated, which found the result, or solved, which found an operand. It is
/// left where the result and the operands were found by others: for results
/// that the function has, it then holds all the same, unless an operand was
/// chosen among several that have the same result elsewhere.
class Ledger {
public:
  Ledger(const Unit &unit, const KnowledgeBase &knowledge)
      : unit(unit), forward(*unit.block), knowledge(knowledge) {}

  /// Whether results of `op` are known that were found by others, more of them
  /// than the op was solved for.
  bool hasLeft(mlir::Operation *op) const { return countLeft(op) > 0; }
  /// How many of them are left.
  int64_t countLeft(mlir::Operation *op) const;

  /// An equation that is left, and an op that found what is at odds with it.
  struct Conflict {
    mlir::Operation *finder, *left;
  };
  /// The first equation that a choice may contradict.
  std::optional<Conflict> findContradiction() const;
  /// The first op that was solved for a part only of what has a joint share:
  /// the log-det of the others is lost.
  std::optional<Conflict> findLostShare() const;
  /// Whether any of `shares` is made of joint ones.
  bool isAnyJoint(llvm::ArrayRef<mlir::Value> shares) const;

private:
  class Origins;
  Origins getJoint() const;

  /// Whether `op` copies what it found its operands from, and the copies agree
  /// whatever was chosen: each element was found by the same function, of
  /// results that agree.
  bool areCopiesOfOneChoice(mlir::Operation *op, Origins &choices) const;

  /// What is known of `value`, found by `op` or found by others.
  llvm::SmallVector<IndexSet> getFoundBy(mlir::Operation *op,
                                         mlir::Value value) const;
  llvm::SmallVector<Piece> getFoundByOthers(mlir::Operation *op,
                                            mlir::Value value) const;
  bool isSolvedBeside(mlir::Operation *op, mlir::Value value) const;
  /// Calls `visit` with all that is known.
  void forEachPiece(llvm::function_ref<void(const Piece &)> visit) const;
  /// The equations of an op of which each concerns one element of each operand.
  llvm::SmallVector<IndexSet> getLeft(mlir::Operation *op) const;

  const Unit &unit;
  mlir::Block &forward;
  const KnowledgeBase &knowledge;
};

} // namespace invhlo

#endif // INVHLO_ENGINE_LEDGER_H
