// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a loop counts, and what it counts up to.

#ifndef INVHLO_STABLEHLO_ANALYSIS_LOOPCOUNTER_H
#define INVHLO_STABLEHLO_ANALYSIS_LOOPCOUNTER_H

#include "invhlo/StableHLO/StableHLO.h"

namespace invhlo::stablehlo {

/// The integer of which a constant is a splat, if it fits.
std::optional<int64_t> getInteger(mlir::Value value);

/// What each step of a loop adds to carried value `i`, if that is an integer
/// and a literal of less than 32 bits is added.
std::optional<int64_t> matchCounterStep(WhileOp op, unsigned i);

/// A loop that runs while a counter compares with a bound.
struct LoopBound {
  /// The number of the carried value that is the counter.
  unsigned counter;
  /// What is added to it, towards the bound.
  int64_t step;
  /// LT, LE, GT, GE or NE.
  ComparisonDirection direction;
  /// The bound: a literal, or else a value outside of the loop.
  std::optional<int64_t> literal;
  mlir::Value outside;
};
std::optional<LoopBound> matchBound(WhileOp op);

} // namespace invhlo::stablehlo

#endif // INVHLO_STABLEHLO_ANALYSIS_LOOPCOUNTER_H
