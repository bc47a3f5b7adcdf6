// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Loops that run a number of times that literals tell.

#ifndef INVHLO_STABLEHLO_ANALYSIS_COUNTEDLOOP_H
#define INVHLO_STABLEHLO_ANALYSIS_COUNTEDLOOP_H

#include "invhlo/StableHLO/StableHLO.h"

namespace invhlo::stablehlo {

/// An integer that grows by `step` with each step of a loop.
struct Progress {
  int64_t first, step;

  int64_t at(int64_t t) const { return first + step * t; }
};

/// A while whose condition compares a counter with a literal. A counter is a
/// carried integer that starts from a literal, to which each step adds one.
class CountedLoop {
public:
  static std::optional<CountedLoop> match(WhileOp op);

  /// How often the body runs, at least once.
  int64_t getCount() const { return count; }
  /// Whether carried value `i` stays what it is.
  bool isInvariant(unsigned i) const;
  /// Carried value `i`, if it is a counter.
  std::optional<Progress> getCounter(unsigned i) const { return counters[i]; }
  /// The value outside of the loop that a value of the body is; null if it
  /// changes.
  mlir::Value getOutside(mlir::Value value) const;

  /// The number of the row of an array that does not change which `slice` is,
  /// step by step; nothing if it is no row, or depends on more than the step.
  std::optional<Progress> matchRow(DynamicSliceOp slice);
  /// The number of the row that each step writes of carried array `i`, where
  /// each row is written once and none is read.
  std::optional<Progress> matchArray(unsigned i);

private:
  explicit CountedLoop(WhileOp op) : op(op) {}

  std::optional<Progress> findCounter(unsigned i);
  bool findCount();
  /// The integer that a scalar of the body is.
  std::optional<Progress> evaluate(mlir::Value value);
  std::optional<Progress> evaluateNew(mlir::Value value);
  /// Whether a predicate of the body holds in all steps, or in none.
  std::optional<bool> decide(mlir::Value predicate);
  std::optional<Progress> matchStarts(mlir::ValueRange starts, int64_t numRows);
  mlir::Value getYielded(unsigned i) const {
    return op.getBody().front().getTerminator()->getOperand(i);
  }

  mutable WhileOp op;
  int64_t count = 0;
  llvm::SmallVector<std::optional<Progress>> counters;
  llvm::DenseMap<mlir::Value, std::optional<Progress>> integers;
};

} // namespace invhlo::stablehlo

#endif // INVHLO_STABLEHLO_ANALYSIS_COUNTEDLOOP_H
