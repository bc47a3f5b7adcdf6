// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Gather and scatter on literals. Both pair a tensor of windows (the result of
// a gather, the updates of a scatter) with the places of the operand.

#include "invhlo/Literals/LiteralArithmetic.h"
#include "invhlo/Literals/LiteralEvaluator.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace {
/// The dimension numbers of either op, and the indices.
struct Access {
  const Literal &indices;
  ArrayRef<int64_t> windowDims;
  ArrayRef<int64_t> droppedDims;
  ArrayRef<int64_t> operandBatchDims;
  ArrayRef<int64_t> indexBatchDims;
  ArrayRef<int64_t> indexMap;
  int64_t indexVectorDim;

  /// Splits an index into the tensor of windows in two: that of the start
  /// indices' vector, and that into the window.
  void split(ArrayRef<int64_t> index, SmallVectorImpl<int64_t> &batch,
             SmallVectorImpl<int64_t> &window) const {
    for (auto [d, i] : llvm::enumerate(index))
      (llvm::is_contained(windowDims, int64_t(d)) ? window : batch)
          .push_back(i);
  }

  /// Where the window of a batch index starts in the operand.
  SmallVector<int64_t> getStart(ArrayRef<int64_t> batch, int64_t rank) const {
    SmallVector<int64_t> strides = getStrides(indices.getShape());
    int64_t vectorStride = 0;
    if (indexVectorDim < int64_t(strides.size())) {
      vectorStride = strides[indexVectorDim];
      strides.erase(strides.begin() + indexVectorDim);
    }
    int64_t vector = linearize(batch, strides);
    SmallVector<int64_t> start(rank, 0);
    for (auto [k, dim] : llvm::enumerate(indexMap))
      start[dim] = indices.getInteger(vector + k * vectorStride);
    return start;
  }

  /// Moves from a window's start to an index of the window, and of the batch.
  void advance(SmallVectorImpl<int64_t> &place, ArrayRef<int64_t> batch,
               ArrayRef<int64_t> window) const {
    for (auto [dim, indexDim] :
         llvm::zip_equal(operandBatchDims, indexBatchDims))
      place[dim] += batch[indexDim - (indexDim > indexVectorDim)];
    for (int64_t d = 0, next = 0, rank = place.size(); d < rank; ++d)
      if (!llvm::is_contained(droppedDims, d) &&
          !llvm::is_contained(operandBatchDims, d))
        place[d] += window[next++];
  }
};
} // namespace

std::optional<Literal> invhlo::evaluateGather(Operation *op,
                                              ArrayRef<Literal> operands) {
  auto gather = cast<GatherOp>(op);
  const Literal &operand = operands[0];
  auto type = cast<RankedTensorType>(gather.getType());
  GatherDimensionNumbersAttr dims = gather.getDimensionNumbers();
  Access access{operands[1],
                dims.getOffsetDims(),
                dims.getCollapsedSliceDims(),
                dims.getOperandBatchingDims(),
                dims.getStartIndicesBatchingDims(),
                dims.getStartIndexMap(),
                dims.getIndexVectorDim()};
  SmallVector<int64_t> strides = getStrides(operand.getShape());
  std::vector<Element> elements;
  elements.reserve(type.getNumElements());
  forEachIndex(type.getShape(), [&](ArrayRef<int64_t> index) {
    SmallVector<int64_t> batch, window;
    access.split(index, batch, window);
    SmallVector<int64_t> place =
        access.getStart(batch, operand.getType().getRank());
    for (auto [i, size, sliceSize] :
         llvm::zip_equal(place, operand.getShape(), gather.getSliceSizes()))
      i = std::clamp(i, int64_t(0), size - sliceSize);
    access.advance(place, batch, window);
    elements.push_back(operand[linearize(place, strides)]);
  });
  return Literal(type, std::move(elements));
}

std::optional<Literal> invhlo::evaluateScatter(Operation *op,
                                               ArrayRef<Literal> operands) {
  auto scatter = cast<ScatterOp>(op);
  ElementFunction combine = getCombiner(scatter.getUpdateComputation());
  if (!combine)
    return std::nullopt;
  const Literal &input = operands[0], &updates = operands[2];
  ScatterDimensionNumbersAttr dims = scatter.getScatterDimensionNumbers();
  Access access{operands[1],
                dims.getUpdateWindowDims(),
                dims.getInsertedWindowDims(),
                dims.getInputBatchingDims(),
                dims.getScatterIndicesBatchingDims(),
                dims.getScatterDimsToOperandDims(),
                dims.getIndexVectorDim()};
  std::vector<Element> elements;
  for (int64_t i = 0, size = input.getType().getNumElements(); i < size; ++i)
    elements.push_back(input[i]);
  SmallVector<int64_t> strides = getStrides(input.getShape());
  int64_t next = 0;
  bool isKnown = true;
  forEachIndex(updates.getShape(), [&](ArrayRef<int64_t> index) {
    const Element &update = updates[next++];
    SmallVector<int64_t> batch, window;
    access.split(index, batch, window);
    SmallVector<int64_t> place =
        access.getStart(batch, input.getType().getRank());
    access.advance(place, batch, window);
    for (auto [i, size] : llvm::zip_equal(place, input.getShape()))
      if (i < 0 || i >= size)
        return;
    Element &element = elements[linearize(place, strides)];
    std::optional<Element> value = combine({element, update});
    isKnown &= value.has_value();
    element = value.value_or(element);
  });
  if (!isKnown)
    return std::nullopt;
  return Literal(input.getType(), std::move(elements));
}
