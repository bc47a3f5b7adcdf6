// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Indices of tensors, beyond what MLIR's IndexingUtils.h has.

#ifndef INVHLO_STABLEHLO_ANALYSIS_INDICES_H
#define INVHLO_STABLEHLO_ANALYSIS_INDICES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <algorithm>
#include <cstdint>

namespace invhlo::stablehlo {

/// Visits all indices of a tensor in row-major order.
void forEachIndex(llvm::ArrayRef<int64_t> shape,
                  llvm::function_ref<void(llvm::ArrayRef<int64_t>)> visit);

/// Where a gather or a dynamic slice reads a window of `windowSize` elements
/// that is asked for at `start` of `size` elements: wholly inside.
inline int64_t clampStart(int64_t start, int64_t size, int64_t windowSize) {
  return std::clamp<int64_t>(start, 0, size - windowSize);
}

} // namespace invhlo::stablehlo

#endif // INVHLO_STABLEHLO_ANALYSIS_INDICES_H
