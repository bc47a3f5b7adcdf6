// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/StableHLO/Analysis/RunningWindow.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

static bool areOnes(std::optional<ArrayRef<int64_t>> values) {
  return !values || llvm::all_of(*values, [](int64_t v) { return v == 1; });
}

/// One window is as long as its dimension and padded on one side, so that it
/// holds one element more at each step.
std::optional<RunningWindow> RunningWindow::get(ReduceWindowOp op) {
  if (op.getInputs().size() != 1 || !op.getPadding() ||
      !areOnes(op.getWindowStrides()) || !areOnes(op.getBaseDilations()) ||
      !areOnes(op.getWindowDilations()))
    return std::nullopt;
  auto type = cast<RankedTensorType>(op.getInputs().front().getType());
  auto padding = llvm::to_vector(op.getPadding()->getValues<int64_t>());
  std::optional<RunningWindow> running;
  for (auto [d, size] : llvm::enumerate(op.getWindowDimensions())) {
    int64_t low = padding[2 * d], high = padding[2 * d + 1];
    if (size == 1 && low == 0 && high == 0)
      continue;
    bool isForward = low == size - 1 && high == 0;
    bool isReversed = low == 0 && high == size - 1;
    if (running || size != type.getDimSize(d) || !(isForward || isReversed))
      return std::nullopt;
    running = RunningWindow{int64_t(d), isReversed};
  }
  return running;
}
