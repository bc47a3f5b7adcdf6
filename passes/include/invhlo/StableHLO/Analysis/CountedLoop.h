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

/// Rows along a dimension of an array, `width` from number `number` on in each
/// step.
struct Rows {
  Progress number;
  int64_t dim;
  int64_t width = 1;

  /// Whether no two steps have rows in common, and wide rows no gaps between
  /// them.
  bool areApart() const { return width == 1 || std::abs(number.step) == width; }
};

/// A predicate of the elements of an array: how the number of their row is to
/// compare with an integer of the step.
struct RowTest {
  int64_t dim;
  ComparisonDirection direction;
  /// A scalar of the body.
  mlir::Value number;
};

/// A carried array of which each step writes the next rows, or those before.
struct WrittenArray {
  Rows rows;
  /// What is written, with a dimension for the rows.
  mlir::Value row;
  DynamicUpdateSliceOp write;
  /// Whether it is read otherwise too than by `reads`, so that it has to be
  /// carried.
  bool isCarried = false;
  /// Whether the rows that are not written yet are read by `reads` only, or
  /// masked.
  bool isMasked = true;
  /// A row that is read: as it was before the loop, or, `age` steps after it
  /// was written, if that is not zero and the loop runs so long already.
  struct Read {
    DynamicSliceOp slice;
    Rows rows;
    int64_t age;
  };
  llvm::SmallVector<Read> reads;
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

  /// The rows of an array that does not change which `slice` is; nothing if it
  /// is no row, or depends on more than the step.
  std::optional<Rows> matchRow(DynamicSliceOp slice);
  /// The same of a gather from any array, and of what a scatter changes.
  std::optional<Rows> matchRow(GatherOp gather);
  std::optional<Rows> matchRow(ScatterOp scatter);
  /// Such a test of the rows of `array`, all from number zero on.
  std::optional<RowTest> matchTest(mlir::Value predicate, mlir::Value array);
  /// The rows of an array of `shape` that `window` covers from `starts` on, if
  /// it is whole along other dimensions.
  std::optional<Rows> matchWindow(mlir::ValueRange starts,
                                  llvm::ArrayRef<int64_t> window,
                                  llvm::ArrayRef<int64_t> shape);
  /// The integer that a scalar of the body is.
  std::optional<Progress> evaluate(mlir::Value value);
  /// Carried value `i`, if it is an array of which each step writes the next
  /// rows or those before.
  std::optional<WrittenArray> matchArray(unsigned i);

private:
  explicit CountedLoop(WhileOp op) : op(op) {}

  std::optional<Progress> findCounter(unsigned i);
  bool findCount();
  std::optional<Progress> evaluateNew(mlir::Value value);
  /// The integer of an array of such that the body reads at each step.
  std::optional<Progress> evaluateRead(DynamicSliceOp slice);
  /// Whether a predicate of the body holds in all steps, or in none.
  std::optional<bool> decide(mlir::Value predicate);
  /// The `width` rows along `dim` from number `index` on, if all are there.
  std::optional<Rows> matchIndex(mlir::Value index, int64_t dim,
                                 llvm::ArrayRef<int64_t> shape,
                                 int64_t width = 1);
  /// Whether `user` takes of `array` only the rows that are written before the
  /// step.
  bool takesWritten(mlir::Operation *user, mlir::Value array, const Rows &rows);
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
