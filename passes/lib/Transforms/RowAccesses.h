// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

//
// Brings the accesses of arrays in loops to slices and updates of rows.

#ifndef INVHLO_TRANSFORMS_ROWACCESSES_H
#define INVHLO_TRANSFORMS_ROWACCESSES_H

#include "invhlo/StableHLO/Analysis/CountedLoop.h"

namespace invhlo {

/// A part of an array: where it starts, and its sizes.
struct Window {
  llvm::SmallVector<mlir::Value> starts;
  llvm::SmallVector<int64_t> sizes;

  /// All of `array`, with starts of `type`.
  Window(mlir::OpBuilder &b, mlir::Value array, mlir::Type type);

  mlir::Value slice(mlir::OpBuilder &b, mlir::Location loc,
                    mlir::Value array) const;
  mlir::Value update(mlir::OpBuilder &b, mlir::Location loc, mlir::Value array,
                     mlir::Value part) const;
};

/// The slices and updates of a carried array in a step, each update of what the
/// one before left.
struct Accesses {
  llvm::SmallVector<stablehlo::DynamicSliceOp> reads;
  llvm::SmallVector<stablehlo::DynamicUpdateSliceOp> writes;
  /// Whether the array, as it is before the step, is used otherwise too.
  bool isUsedOtherwise = false;

  /// Those of carried value `k`, if it is an array that steps update.
  static std::optional<Accesses> find(stablehlo::WhileOp op, unsigned k);
};

/// Lets the host's operations beside the results of `op` go: the host has none
/// for what takes their place.
void dropPrimitives(mlir::Operation *op);

/// The first and the last of the integers that a value is in the steps of
/// `loop`; the others are between them.
struct IntegerRange {
  mlir::Operation *loop;
  int64_t first, last;

  bool operator==(const IntegerRange &other) const {
    return loop == other.loop && first == other.first && last == other.last;
  }
};

/// Those of `index` in the loop around `op` that it changes in.
std::optional<IntegerRange> getRange(mlir::Operation *op, mlir::Value index);

/// Replaces gathers and scatters at one place by slices and updates.
void replacePlaces(stablehlo::WhileOp op);

/// Takes parts of arrays at places that do not change in `op` before it, and
/// puts those that it carries back behind it.
void narrowArrays(stablehlo::WhileOp op);

/// Replaces gathers, scatters and selects of rows by slices and updates.
void replaceRows(stablehlo::WhileOp op, stablehlo::CountedLoop &loop);

/// Makes one update of those of an array in a step, of all rows between the
/// first of the step and that of the next.
void joinRows(stablehlo::WhileOp op, stablehlo::CountedLoop &loop);

} // namespace invhlo

#endif // INVHLO_TRANSFORMS_ROWACCESSES_H
