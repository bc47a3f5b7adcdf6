// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is known in a unit, as the rule of one op sees it.

#ifndef INVHLO_ENGINE_VISIT_H
#define INVHLO_ENGINE_VISIT_H

#include "invhlo/Engine/KnowledgeBase.h"

namespace invhlo {

/// The phases of propagation. An op is visited in a phase when nothing is left
/// to do in those before it.
enum class Phase {
  /// What makes values known as a whole.
  WholeValues,
  /// What does so unless the program runs into a singular point.
  ConditionalValues,
  /// What moves pieces for free.
  FreeParts,
  /// What finds pieces backward.
  Pieces,
  /// What evaluates parts forward.
  Parts,
  /// Calls and regions.
  Bodies,
  /// What stands beside values, and is left to the ops that compute them.
  ValuesBeside,
  /// With more equations than unknowns, what a singular point may spoil.
  Conditions,
  /// What chooses among several values that have the same result.
  Branches
};

/// A visit to an op. Rules know no phases, but what follows from one.
class Visit : public Knowledge {
public:
  struct Terms {
    Phase phase;
    /// Whether partly known values show their pieces.
    bool showsPieces = false;
    /// Whether what is found is what there was, to the last bit.
    bool isExact = true;
    /// Whether to add to what is known conditionally.
    bool improves = false;
  };
  Visit(KnowledgeBase &store, mlir::Operation *op, Terms terms)
      : store(store), op(op), terms(terms) {}

  llvm::SmallVector<Piece> getPieces(mlir::Value value) override;
  llvm::ArrayRef<Piece> getAllPieces(mlir::Value value) const override {
    return store.getAllPieces(value);
  }
  bool knows(mlir::Value value, const IndexSet &where) override {
    return store.knows(value, where);
  }
  using Knowledge::knows;
  bool knowsAnyOf(mlir::Value value) override {
    return store.knowsAnyOf(value);
  }
  bool wants(mlir::Value value, const IndexSet &where) override {
    return !store.knows(value, where) ||
           (mayImprove(value) && store.isConditional(value, where));
  }
  using Knowledge::wants;
  bool isConditional(mlir::Value value) const override {
    return store.isConditional(value);
  }
  bool isOverdetermined() const override { return store.isOverdetermined(); }
  Known get(mlir::Value value, const IndexSet &where) override;
  using Knowledge::get;
  llvm::SmallVector<IndexSet> getUnknown(mlir::Value value,
                                         const IndexSet &where) override {
    return store.getUnknown(value, where);
  }
  void learn(mlir::Value value, const IndexSet &where, Known data) override;
  void refuse(mlir::Operation *op, const llvm::Twine &reason) override {
    store.refuse(op, reason);
  }
  bool isRefused(mlir::Operation *op) const override {
    return !store.getRefusal(op).empty();
  }
  bool wantsParts() const override {
    return terms.phase == Phase::Parts && terms.showsPieces;
  }
  bool solvesValuesBeside() const override {
    return terms.phase == Phase::ValuesBeside;
  }
  bool choosesBranches() const override {
    return terms.phase == Phase::Branches;
  }
  bool solvesConditionally() const override {
    return !store.isOverdetermined() || terms.phase >= Phase::Conditions;
  }
  void setJoint(bool joint) override { findsJointly = joint; }
  void setConditional() override { findsConditionally = true; }
  void spend(mlir::Operation *other, const IndexSet &where) override {
    store.spend(other, where);
  }
  bool wantsShares() const override { return store.wantsShares(); }
  mlir::OpBuilder &getBuilder() override { return store.getBuilder(); }

private:
  std::shared_ptr<void> &getMemory(mlir::Operation *op) override {
    return store.getMemory(op);
  }
  /// Whether to add to what is known conditionally of `value`.
  bool mayImprove(mlir::Value value) const {
    return terms.improves || llvm::is_contained(told, value);
  }

  KnowledgeBase &store;
  mlir::Operation *op;
  Terms terms;
  bool findsJointly = false;
  /// So is what is found from what is known conditionally.
  bool findsConditionally = false;
  /// The values of which it found conditionally what was not known.
  llvm::SmallVector<mlir::Value, 1> told;
};

} // namespace invhlo

#endif // INVHLO_ENGINE_VISIT_H
