// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is told of a number by comparing it with knots.

#ifndef INVHLO_LIB_IDIOMS_RANKS_H
#define INVHLO_LIB_IDIOMS_RANKS_H

#include "Knots.h"
#include "invhlo/Literals/Literal.h"
#include "mlir/IR/Operation.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/DenseMap.h"
#include <optional>

namespace invhlo {

/// Evaluates what is computed of x and of knots by moving and comparing them
/// alone, which is the same for other numbers in the same order: each knot is
/// its number, and x, anywhere, is between two of these.
class Ranks {
public:
  /// All of x has `numBelow` knots below it. `lookup` are the ops between it
  /// and what is asked for.
  Ranks(mlir::Value x, const Knots &knots,
        llvm::ArrayRef<mlir::Operation *> lookup, int64_t numBelow);

  /// Whether the type of x has all the numbers that are needed.
  static bool canHold(mlir::Value x, int64_t numKnots);

  /// The integers, or numbers made of such, that `value` is. None if that is
  /// not known, or if it takes more than the order.
  std::optional<Literal> find(mlir::Value value);

  /// The number of the knot that all of `value` is, if it is one.
  std::optional<int64_t> findKnot(mlir::Value value);

private:
  /// A literal, and whether it is made of numbers of knots.
  struct Number {
    Literal literal;
    bool isRank;
  };
  using Found = std::optional<Number>;
  Found get(mlir::Value value);
  Found compute(mlir::Value value);
  Found evaluateOp(mlir::Operation *op);
  Found evaluateLoop(mlir::OpResult result);
  /// `value` as a rank, if it is one, or a literal that is a knot.
  Found getRank(mlir::Value value);
  std::optional<int64_t> findLiteralKnot(double number);

  Knots knots;
  llvm::ArrayRef<mlir::Operation *> lookup;
  llvm::DenseMap<mlir::Value, Found> found;
};

} // namespace invhlo

#endif // INVHLO_LIB_IDIOMS_RANKS_H
