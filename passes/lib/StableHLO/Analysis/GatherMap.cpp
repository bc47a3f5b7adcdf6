// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/StableHLO/Analysis/GatherMap.h"

#include "invhlo/StableHLO/Analysis/Indices.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

static SmallVector<int64_t> getShape(Value value) {
  return llvm::to_vector(cast<RankedTensorType>(value.getType()).getShape());
}

GatherMap::GatherMap(GatherOp gather, ArrayRef<int64_t> indices)
    : dims(gather.getDimensionNumbers()),
      arrayShape(getShape(gather.getOperand())),
      sliceSizes(gather.getSliceSizes()),
      windowsShape(getShape(gather.getResult())),
      indicesShape(getShape(gather.getStartIndices())), indices(indices),
      clamps(true) {}

GatherMap::GatherMap(ScatterOp scatter, ArrayRef<int64_t> indices)
    : dims(scatter.getScatterDimensionNumbers().asGather()),
      arrayShape(getShape(scatter.getInputs().front())),
      windowsShape(getShape(scatter.getUpdates().front())),
      indicesShape(getShape(scatter.getScatterIndices())), indices(indices),
      clamps(false) {
  ArrayRef<int64_t> offsetDims = dims.getOffsetDims();
  for (int64_t d = 0, rank = arrayShape.size(); d < rank; ++d) {
    if (!dims.isWindowDim(d)) {
      sliceSizes.push_back(1);
      continue;
    }
    sliceSizes.push_back(windowsShape[offsetDims.front()]);
    offsetDims = offsetDims.drop_front();
  }
}

SmallVector<int64_t> GatherMap::getBatchShape() const {
  SmallVector<int64_t> shape = indicesShape;
  if (size_t(dims.getIndexVectorDim()) < shape.size())
    shape.erase(shape.begin() + dims.getIndexVectorDim());
  return shape;
}

int64_t GatherMap::getNumWindows() const {
  return computeProduct(getBatchShape());
}

std::optional<SmallVector<int64_t>> GatherMap::getStart(int64_t window) const {
  // An array without elements has windows, all of which are empty.
  if (llvm::is_contained(sliceSizes, 0))
    return std::nullopt;
  int64_t vectorDim = dims.getIndexVectorDim();
  // The indices, seen as [outer, vector, inner].
  int64_t vectorSize = dims.getStartIndexMap().size();
  int64_t innerSize = 1;
  for (size_t d = vectorDim + 1; d < indicesShape.size(); ++d)
    innerSize *= indicesShape[d];
  int64_t outer = window / innerSize, inner = window % innerSize;

  SmallVector<int64_t> start(arrayShape.size(), 0);
  for (auto [k, d] : llvm::enumerate(dims.getStartIndexMap())) {
    int64_t index = indices[(outer * vectorSize + k) * innerSize + inner];
    if (!clamps && (index < 0 || index > arrayShape[d] - sliceSizes[d]))
      return std::nullopt;
    start[d] = clampStart(index, arrayShape[d], sliceSizes[d]);
  }
  if (dims.getOperandBatchingDims().empty())
    return start;
  SmallVector<int64_t> batch =
      delinearize(window, computeStrides(getBatchShape()));
  for (auto [d, from] : llvm::zip_equal(dims.getOperandBatchingDims(),
                                        dims.getStartIndicesBatchingDims()))
    start[d] = batch[from - (from > vectorDim)];
  return start;
}

void GatherMap::forEachElement(llvm::function_ref<void(int64_t)> visit) const {
  SmallVector<int64_t> arrayStrides = computeStrides(arrayShape);
  std::vector<int64_t> starts;
  for (int64_t window = 0, n = getNumWindows(); window < n; ++window) {
    std::optional<SmallVector<int64_t>> start = getStart(window);
    starts.push_back(start ? linearize(*start, arrayStrides) : -1);
  }

  // Each dimension of the windows leads to another window, or to another place
  // in it.
  SmallVector<int64_t> windowStrides(windowsShape.size(), 0);
  SmallVector<int64_t> placeStrides(windowsShape.size(), 0);
  SmallVector<int64_t> batchStrides = computeStrides(getBatchShape());
  for (size_t d = 0, next = 0; d < windowsShape.size(); ++d)
    if (!llvm::is_contained(dims.getOffsetDims(), int64_t(d)))
      windowStrides[d] = batchStrides[next++];
  for (size_t d = 0, next = 0; d < arrayShape.size(); ++d)
    if (dims.isWindowDim(d))
      placeStrides[dims.getOffsetDims()[next++]] = arrayStrides[d];

  forEachIndex(windowsShape, [&](ArrayRef<int64_t> index) {
    int64_t start = starts[linearize(index, windowStrides)];
    visit(start < 0 ? -1 : start + linearize(index, placeStrides));
  });
}
