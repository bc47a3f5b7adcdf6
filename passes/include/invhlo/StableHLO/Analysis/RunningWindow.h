// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Running sums, products and the like.

#ifndef INVHLO_STABLEHLO_ANALYSIS_RUNNINGWINDOW_H
#define INVHLO_STABLEHLO_ANALYSIS_RUNNINGWINDOW_H

#include "invhlo/StableHLO/StableHLO.h"
#include <optional>

namespace invhlo::stablehlo {

/// A reduction over windows that gives, for each element along `dim`, what all
/// elements up to it combine to, as `jnp.cumsum` does.
struct RunningWindow {
  int64_t dim;
  /// Whether it is all elements from it on instead.
  bool isReversed;

  /// None where the windows are others.
  static std::optional<RunningWindow> get(ReduceWindowOp op);
};

} // namespace invhlo::stablehlo

#endif // INVHLO_STABLEHLO_ANALYSIS_RUNNINGWINDOW_H
