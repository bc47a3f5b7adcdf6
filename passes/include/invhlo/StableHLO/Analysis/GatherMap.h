// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which elements of an array gathers read and scatters write.

#ifndef INVHLO_STABLEHLO_ANALYSIS_GATHERMAP_H
#define INVHLO_STABLEHLO_ANALYSIS_GATHERMAP_H

#include "invhlo/StableHLO/StableHLO.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <optional>

namespace invhlo::stablehlo {

/// What a gather and the scatter to the same places have in common: windows of
/// an array, which are the gather's result and the scatter's updates, and known
/// indices that tell where in the array each window starts.
class GatherMap {
public:
  /// `indices` are the elements of the tensor of indices, in row-major order.
  /// All shapes are static.
  GatherMap(GatherOp gather, llvm::ArrayRef<int64_t> indices);
  GatherMap(ScatterOp scatter, llvm::ArrayRef<int64_t> indices);

  /// The dimension numbers, those of a scatter as those of the gather from the
  /// same places.
  GatherDimensionNumbersAttr getDims() const { return dims; }
  llvm::ArrayRef<int64_t> getArrayShape() const { return arrayShape; }
  /// The sizes of a window along the dimensions of the array.
  llvm::ArrayRef<int64_t> getSliceSizes() const { return sliceSizes; }
  /// The shape of the tensor of all windows.
  llvm::ArrayRef<int64_t> getWindowsShape() const { return windowsShape; }

  int64_t getNumWindows() const;
  /// Where a window starts in the array; windows are counted in row-major order
  /// of the batch dimensions. A gather moves a window inside the array, a
  /// scatter drops one that is not wholly inside: none.
  std::optional<llvm::SmallVector<int64_t>> getStart(int64_t window) const;
  /// Visits, for each element of the tensor of windows in row-major order, the
  /// number of the array's element that it is, or -1 where it is dropped.
  void forEachElement(llvm::function_ref<void(int64_t)> visit) const;

private:
  llvm::SmallVector<int64_t> getBatchShape() const;

  GatherDimensionNumbersAttr dims;
  llvm::SmallVector<int64_t> arrayShape, sliceSizes, windowsShape, indicesShape;
  llvm::SmallVector<int64_t> indices;
  /// Whether windows are moved inside the array, not dropped.
  bool clamps;
};

} // namespace invhlo::stablehlo

#endif // INVHLO_STABLEHLO_ANALYSIS_GATHERMAP_H
