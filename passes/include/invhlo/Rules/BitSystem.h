// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Equations of bits, modulo 2.

#ifndef INVHLO_RULES_BITSYSTEM_H
#define INVHLO_RULES_BITSYSTEM_H

#include "invhlo/Rules/Emitter.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include <optional>

namespace invhlo {

/// A matrix modulo 2 that takes a word to another, by its rows: row i has the
/// bits of the first that are added to bit i of the second.
using BitMatrix = llvm::SmallVector<uint64_t, 0>;

/// A word as a sum of what matrices make of others, whose numbers these are,
/// and of a constant.
struct BitSum {
  llvm::MapVector<unsigned, BitMatrix> matrices;
  uint64_t constant = 0;
};

/// What `invhlo.bits` says, to be solved for any of its operands.
class BitSystem {
public:
  explicit BitSystem(BitsOp op);

  /// The words and values, each once.
  llvm::ArrayRef<mlir::Value> getWords() const { return words; }
  /// The words in terms of those that are known; none for one of which the
  /// equations do not tell all bits, or which is known or computed from what
  /// is.
  llvm::SmallVector<std::optional<BitSum>>
  solve(const llvm::BitVector &known) const;
  /// Which bits the equations do not tell of the one word that is not known.
  std::string describeLost(const llvm::BitVector &known) const;

private:
  unsigned getColumn(unsigned word, unsigned bit) const {
    return offsets[word] + bit;
  }
  /// The equations such that each has a bit of its own, of a word that is not
  /// known: by column.
  llvm::DenseMap<unsigned, llvm::BitVector>
  eliminate(const llvm::BitVector &known) const;

  llvm::SmallVector<mlir::Value> words;
  llvm::SmallVector<unsigned> offsets, widths;
  /// Of a value, the words that it is a sum of; none of other words.
  llvm::SmallVector<llvm::BitVector> summands;
  /// The equations: columns that add up to zero, of which the last is one.
  llvm::SmallVector<llvm::BitVector> rows;
};

/// Builds the sum of what matrices make of `data`, in `type`.
mlir::Value emitBitSum(Emitter &e, const BitSum &sum,
                       llvm::ArrayRef<mlir::Value> data,
                       mlir::RankedTensorType type);

} // namespace invhlo

#endif // INVHLO_RULES_BITSYSTEM_H
