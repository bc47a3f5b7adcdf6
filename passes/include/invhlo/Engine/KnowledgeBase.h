// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The store of what is known in a unit.

#ifndef INVHLO_ENGINE_KNOWLEDGEBASE_H
#define INVHLO_ENGINE_KNOWLEDGEBASE_H

#include "invhlo/Interfaces/Knowledge.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include <functional>
#include <string>

namespace invhlo {

/// What is known of the values of a unit, and by whom.
class KnowledgeBase {
public:
  /// Data is emitted through `builder`; `onLearn` is told of every value of
  /// which more is known than before.
  KnowledgeBase(mlir::OpBuilder builder, bool shares,
                std::function<void(mlir::Value)> onLearn)
      : builder(std::move(builder)), shares(shares),
        onLearn(std::move(onLearn)) {}

  bool knows(mlir::Value value, const IndexSet &where) const;
  bool knows(mlir::Value value) const {
    return knows(value, Knowledge::wholeOf(value));
  }
  bool knowsAnyOf(mlir::Value value) const { return countKnown(value) > 0; }
  /// Whether any of `where` is known conditionally.
  bool isConditional(mlir::Value value, const IndexSet &where) const;
  bool isConditional(mlir::Value value) const {
    return isConditional(value, Knowledge::wholeOf(value));
  }
  bool isOverdetermined() const { return overdetermined; }
  /// Whether more became known of what was known conditionally and had been
  /// used: what was found from it is not what it would be found to be now.
  bool isOutdated() const { return outdated; }
  /// What is known of the values of which so much more became known, if it is
  /// all.
  llvm::SmallVector<std::pair<mlir::Value, Known>> getImproved();
  /// Says that there are more equations than unknowns, before any is used.
  void setOverdetermined() { overdetermined = true; }

  /// The data of `where`, all of which is known.
  Known get(mlir::Value value, const IndexSet &where);
  Known get(mlir::Value value) { return get(value, Knowledge::wholeOf(value)); }
  /// The parts of `where` that are not known.
  llvm::SmallVector<IndexSet> getUnknown(mlir::Value value,
                                         const IndexSet &where) const;
  /// Says that what is known of `value` is used.
  void use(mlir::Value value);
  /// Adds what is not known of `piece`. If it says all of the value, it may be
  /// used for what was known as well where it `isExact`, the same to the last
  /// bit.
  void learn(mlir::Value value, Piece piece, bool isExact = true);
  /// Adds `piece` to what is known conditionally.
  void improve(mlir::Value value, const Piece &piece);
  /// Records all of a value that the inverse is given.
  void learn(mlir::Value value, Known data);

  void refuse(mlir::Operation *op, const llvm::Twine &reason) {
    refusals[op] = reason.str();
  }
  /// The last reason a rule gave against this op; empty if none.
  llvm::StringRef getRefusal(mlir::Operation *op) const;
  void spend(mlir::Operation *op, const IndexSet &where) {
    spent[op].push_back(where);
  }
  /// The equations of `op` that other ops' rules used.
  llvm::ArrayRef<IndexSet> getSpent(mlir::Operation *op) const;

  bool wantsShares() const { return shares; }
  mlir::OpBuilder &getBuilder() { return builder; }
  /// What the rule of `op` remembers about it.
  std::shared_ptr<void> &getMemory(mlir::Operation *op) { return memory[op]; }

  /// The pieces as they are, however many.
  llvm::ArrayRef<Piece> getAllPieces(mlir::Value value) const;
  /// The pieces as they were learned, before any were joined.
  llvm::ArrayRef<Piece> getLearned(mlir::Value value) const;
  int64_t countKnown(mlir::Value value) const;
  int64_t countUnknown(mlir::Value value) const {
    return getTensorType(value).getNumElements() - countKnown(value);
  }
  /// Whether `op`, of which all is known, may tell what is known conditionally
  /// of its operands: it did not find them, nor its results from them. It is
  /// asked once.
  bool mayImprove(mlir::Operation *op);
  /// `op` tells what is known conditionally of an operand.
  void addTeller(mlir::Operation *op) { tellers.insert(op); }
  /// How many elements an op finds at a time that has found as many pieces as
  /// it may, of values that did not become whole by them.
  std::optional<int64_t> getStepOfExhausted(mlir::Operation *op) const;

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
    /// The elements of the last of them, and of all.
    int64_t step = 0, elements = 0;
    /// Those of the largest value that they are pieces of.
    int64_t size = 0;
  };
  /// Disjoint sets that hold what is in `where` and not known.
  static llvm::SmallVector<IndexSet> findUnknown(const Entry &entry,
                                                 const IndexSet &where);
  /// `data`, or `other` where that is NaN.
  Known chooseDefined(Known data, Known other);
  /// What `data` of `from` says of `wanted`, which is in it.
  Known take(const IndexSet &from, Known data, const IndexSet &wanted);

  mlir::OpBuilder builder;
  bool shares;
  bool overdetermined = false, outdated = false;
  unsigned numLearned = 0;
  std::function<void(mlir::Value)> onLearn;
  llvm::MapVector<mlir::Value, Entry> entries;
  llvm::DenseMap<mlir::Operation *, llvm::SmallVector<IndexSet, 1>> spent;
  llvm::DenseMap<mlir::Operation *, Progress> progress;
  /// The ops that told what is known conditionally of their operands.
  llvm::DenseSet<mlir::Operation *> tellers;
  llvm::DenseMap<mlir::Operation *, std::string> refusals;
  llvm::DenseMap<mlir::Operation *, std::shared_ptr<void>> memory;
};

} // namespace invhlo

#endif // INVHLO_ENGINE_KNOWLEDGEBASE_H
