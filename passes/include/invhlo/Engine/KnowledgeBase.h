// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The store of pieces behind the interface that rules see.

#ifndef INVHLO_ENGINE_KNOWLEDGEBASE_H
#define INVHLO_ENGINE_KNOWLEDGEBASE_H

#include "invhlo/Interfaces/Knowledge.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include <functional>
#include <string>

namespace invhlo {

class KnowledgeBase : public Knowledge {
public:
  /// Data is emitted through `builder`; `onLearn` is told of every value of
  /// which more is known than before.
  KnowledgeBase(mlir::OpBuilder builder, bool shares,
                std::function<void(mlir::Value)> onLearn)
      : builder(std::move(builder)), shares(shares),
        onLearn(std::move(onLearn)) {}

  llvm::SmallVector<Piece> getPieces(mlir::Value value) override;
  bool knows(mlir::Value value, const IndexSet &where) override;
  using Knowledge::knows;
  bool knowsAnyOf(mlir::Value value) override { return countKnown(value) > 0; }
  bool wants(mlir::Value value, const IndexSet &where) override;
  using Knowledge::wants;
  bool isConditional(mlir::Value value) const override;
  bool isOverdetermined() const override { return overdetermined; }
  /// Whether more became known of what was known conditionally and had been
  /// used: what was found from it is not what it would be found to be now.
  bool isOutdated() const { return outdated; }
  /// What is known of the values of which so much more became known, if it is
  /// all.
  llvm::SmallVector<std::pair<mlir::Value, Known>> getImproved();
  /// Says that there are more equations than unknowns, before any is used.
  void setOverdetermined() { overdetermined = true; }
  Known get(mlir::Value value, const IndexSet &where) override;
  using Knowledge::get;
  llvm::SmallVector<IndexSet> getUnknown(mlir::Value value,
                                         const IndexSet &where) override;
  void learn(mlir::Value value, const IndexSet &where, Known data) override;
  /// Records all of a value that was given or evaluated.
  void learn(mlir::Value value, Known data) {
    learn(value, wholeOf(value), data);
  }
  void refuse(mlir::Operation *op, const llvm::Twine &reason) override;
  bool wantsParts() const override { return visit.evaluatesParts; }
  bool choosesBranches() const override { return visit.choosesBranches; }
  bool solvesConditionally() const override {
    return visit.solvesConditionally;
  }
  void setJoint(bool joint) override { visit.isJoint = joint; }
  void setConditional() override { visit.isConditional = true; }
  void spend(mlir::Operation *op, const IndexSet &where) override {
    spent[op].push_back(where);
  }
  bool wantsShares() const override { return shares; }
  mlir::OpBuilder &getBuilder() override { return builder; }

  /// What the op at hand is asked for.
  struct Visit {
    mlir::Operation *op = nullptr;
    /// Whether partly known values show their pieces to it.
    bool showsPieces = false;
    bool evaluatesParts = false;
    bool choosesBranches = false;
    bool solvesConditionally = true;
    bool isJoint = false;
    /// Whether what it finds is what there was, to the last bit.
    bool isExact = true;
    /// Whether what it finds is known conditionally; so is what it finds from
    /// such.
    bool isConditional = false;
    /// The values of which it found that.
    llvm::SmallVector<mlir::Value, 1> told;
    /// Whether it is asked to add to what is known conditionally.
    bool improves = false;
  };
  void setVisit(const Visit &next) { visit = next; }
  llvm::ArrayRef<Piece> getAllPieces(mlir::Value value) const override;
  /// The pieces as they were learned, before any were joined.
  llvm::ArrayRef<Piece> getLearned(mlir::Value value) const;
  int64_t countKnown(mlir::Value value) const;
  /// Whether `op`, of which all is known, may tell what is known conditionally
  /// of its operands: it did not find them, nor its results from them. It is
  /// asked once.
  bool mayImprove(mlir::Operation *op);
  /// The equations of `op` that other ops' rules used.
  llvm::ArrayRef<IndexSet> getSpent(mlir::Operation *op) const;
  /// How many elements an op finds at a time that has found as many pieces as
  /// it may, of values that did not become whole by them.
  std::optional<int64_t> getStepOfExhausted(mlir::Operation *op) const;
  /// The last reason a rule gave against this op; empty if none.
  llvm::StringRef getRefusal(mlir::Operation *op) const;

private:
  struct Entry {
    llvm::SmallVector<Piece, 1> learned;
    /// The same elements, in as few sets as neighbours can be joined to; in a
    /// mask if these are many.
    llvm::SmallVector<IndexSet, 1> covered;
    /// All of the value, once it was asked for or found at once.
    std::optional<Piece> whole;
    int64_t known = 0;
    bool wasUsed = false, wasImproved = false;
  };
  /// The pieces that an op has found of values that are not whole by them.
  struct Progress {
    unsigned pieces = 0;
    /// The elements of the last of them.
    int64_t step = 0;
  };
  /// Disjoint sets that hold what is in `where` and not known.
  static llvm::SmallVector<IndexSet> findUnknown(const Entry &entry,
                                                 const IndexSet &where);
  /// Whether the op at hand may add to what is known of `value`.
  bool mayImprove(mlir::Value value) const {
    return visit.improves || llvm::is_contained(visit.told, value);
  }
  /// Adds `data` to the pieces of `value` that are known conditionally.
  void improve(mlir::Value value, Entry &entry, const IndexSet &where,
               Known data);
  /// `data`, or `other` where that is NaN.
  Known chooseDefined(Known data, Known other);
  /// What `data` of `from` says of `wanted`, which is in it.
  Known take(const IndexSet &from, Known data, const IndexSet &wanted);

  mlir::OpBuilder builder;
  bool shares;
  bool overdetermined = false, outdated = false;
  Visit visit;
  std::function<void(mlir::Value)> onLearn;
  llvm::MapVector<mlir::Value, Entry> entries;
  llvm::DenseMap<mlir::Operation *, llvm::SmallVector<IndexSet, 1>> spent;
  llvm::DenseMap<mlir::Operation *, Progress> progress;
  /// The ops that told what is known conditionally of their operands.
  llvm::DenseSet<mlir::Operation *> tellers;
  llvm::DenseMap<mlir::Operation *, std::string> refusals;
};

} // namespace invhlo

#endif // INVHLO_ENGINE_KNOWLEDGEBASE_H
