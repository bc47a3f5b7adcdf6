// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Rules/WindowMap.h"

#include "invhlo/Interfaces/IndexSet.h"
#include "invhlo/Literals/LiteralEvaluator.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

static SmallVector<int64_t> getShape(Value value) {
  return SmallVector<int64_t>(
      cast<RankedTensorType>(value.getType()).getShape());
}

std::optional<WindowMap> WindowMap::get(stablehlo::GatherOp gather) {
  WindowMap map;
  map.dims = gather.getDimensionNumbers();
  map.sliceSizes.assign(gather.getSliceSizes().begin(),
                        gather.getSliceSizes().end());
  map.arrayShape = getShape(gather.getOperand());
  map.indicesShape = getShape(gather.getStartIndices());
  map.windowShape = getShape(gather.getResult());
  map.clamps = true;
  return map.resolve(gather.getStartIndices()) ? std::optional(map)
                                               : std::nullopt;
}

std::optional<WindowMap> WindowMap::get(stablehlo::ScatterOp scatter) {
  WindowMap map;
  auto dims = scatter.getScatterDimensionNumbers();
  map.dims = stablehlo::GatherDimensionNumbersAttr::get(
      scatter.getContext(), dims.getUpdateWindowDims(),
      dims.getInsertedWindowDims(), dims.getInputBatchingDims(),
      dims.getScatterIndicesBatchingDims(), dims.getScatterDimsToOperandDims(),
      dims.getIndexVectorDim());
  map.arrayShape = getShape(scatter.getInputs().front());
  map.indicesShape = getShape(scatter.getScatterIndices());
  map.windowShape = getShape(scatter.getUpdates().front());
  map.clamps = false;
  size_t window = 0;
  for (int64_t d = 0, rank = map.arrayShape.size(); d < rank; ++d) {
    bool isDropped = llvm::is_contained(dims.getInsertedWindowDims(), d) ||
                     llvm::is_contained(dims.getInputBatchingDims(), d);
    map.sliceSizes.push_back(
        isDropped ? 1 : map.windowShape[dims.getUpdateWindowDims()[window++]]);
  }
  return map.resolve(scatter.getScatterIndices()) ? std::optional(map)
                                                  : std::nullopt;
}

/// Steps `index` through `shape` in row-major order.
static void increment(MutableArrayRef<int64_t> index, ArrayRef<int64_t> shape) {
  for (size_t d = shape.size(); d > 0; --d) {
    if (++index[d - 1] < shape[d - 1])
      return;
    index[d - 1] = 0;
  }
}

bool WindowMap::resolve(Value value) {
  std::optional<Literal> literal = findLiteral(value);
  if (!literal)
    return false;
  literal = literal->holdingAll();
  for (int64_t i = 0, n = getNumElements(indicesShape); i < n; ++i)
    indices.push_back(literal->getInteger(i));

  int64_t rank = arrayShape.size(), vectorDim = dims.getIndexVectorDim();
  SmallVector<int64_t> windowDims;
  for (int64_t d = 0; d < rank; ++d)
    if (!llvm::is_contained(dims.getCollapsedSliceDims(), d) &&
        !llvm::is_contained(dims.getOperandBatchingDims(), d))
      windowDims.push_back(d);

  SmallVector<int64_t> index(windowShape.size(), 0);
  elements.reserve(getNumElements(windowShape));
  for (int64_t n = getNumElements(windowShape); n > 0;
       --n, increment(index, windowShape)) {
    SmallVector<int64_t> batch;
    for (auto [d, i] : llvm::enumerate(index))
      if (!llvm::is_contained(dims.getOffsetDims(), int64_t(d)))
        batch.push_back(i);
    // The index vector's place: the batch index with a gap at its dimension.
    auto getIndex = [&](int64_t component) {
      int64_t number = 0, next = 0;
      for (int64_t d = 0, n = indicesShape.size(); d < n; ++d)
        number = number * indicesShape[d] +
                 (d == vectorDim ? component : batch[next++]);
      return indices[number];
    };
    SmallVector<int64_t> place(rank, 0);
    bool isInside = true;
    for (auto [component, d] : llvm::enumerate(dims.getStartIndexMap())) {
      int64_t start = getIndex(component), last = arrayShape[d] - sliceSizes[d];
      if (clamps)
        start = std::clamp<int64_t>(start, 0, last);
      isInside &= start >= 0 && start <= last;
      place[d] = start;
    }
    for (auto [d, from] : llvm::zip_equal(dims.getOperandBatchingDims(),
                                          dims.getStartIndicesBatchingDims()))
      place[d] = batch[from < vectorDim ? from : from - 1];
    for (auto [d, offset] : llvm::zip_equal(windowDims, dims.getOffsetDims()))
      place[d] += index[offset];
    int64_t element = 0;
    for (auto [i, size] : llvm::zip_equal(place, arrayShape))
      element = element * size + i;
    elements.push_back(isInside ? element : -1);
  }
  return true;
}

bool WindowMap::isInjective() const {
  llvm::BitVector seen(getNumElements(arrayShape));
  for (int64_t element : elements) {
    if (element < 0)
      continue;
    if (seen.test(element))
      return false;
    seen.set(element);
  }
  return true;
}

llvm::BitVector WindowMap::getTouched() const {
  llvm::BitVector touched(getNumElements(arrayShape));
  for (int64_t element : elements)
    if (element >= 0)
      touched.set(element);
  return touched;
}

llvm::BitVector WindowMap::pull(const llvm::BitVector &bits) const {
  llvm::BitVector pulled(elements.size());
  for (auto [i, element] : llvm::enumerate(elements))
    pulled[i] = element >= 0 && bits[element];
  return pulled;
}

Value WindowMap::gather(Emitter &e, Value array, Value indices) const {
  auto type = cast<RankedTensorType>(array.getType()).clone(windowShape);
  return stablehlo::GatherOp::create(e.getBuilder(), e.getLoc(), type, array,
                                     indices, dims, sliceSizes,
                                     /*indices_are_sorted=*/false);
}

std::optional<WindowMap::Rows> WindowMap::getRows() const {
  int64_t rank = arrayShape.size();
  if (dims.getStartIndexMap().size() != 1 ||
      !dims.getOperandBatchingDims().empty() ||
      int64_t(dims.getOffsetDims().size()) != rank - 1 ||
      windowShape.size() != arrayShape.size())
    return std::nullopt;
  int64_t row = dims.getStartIndexMap().front();
  if (!llvm::is_contained(dims.getCollapsedSliceDims(), row))
    return std::nullopt;
  for (int64_t d = 0; d < rank; ++d)
    if (d != row && sliceSizes[d] != arrayShape[d])
      return std::nullopt;
  int64_t windowDim = 0;
  while (llvm::is_contained(dims.getOffsetDims(), windowDim))
    ++windowDim;
  SmallVector<int64_t> numbers;
  for (int64_t number : indices) {
    int64_t last = arrayShape[row] - 1;
    bool isInside = number >= 0 && number <= last;
    numbers.push_back(clamps     ? std::clamp<int64_t>(number, 0, last)
                      : isInside ? number
                                 : -1);
  }
  return Rows{row, windowDim, numbers};
}

Value WindowMap::ungather(Emitter &e, Value windows,
                          const llvm::BitVector &bits) const {
  bool isWhole = bits.all();
  if (std::optional<Rows> rows = getRows(); rows && isWhole) {
    SmallVector<int64_t> inverse(arrayShape[rows->arrayDim], 0);
    for (auto [i, row] : llvm::enumerate(rows->numbers))
      if (row >= 0)
        inverse[row] = i;
    return e.takeRows(windows, rows->windowDim, inverse, rows->arrayDim);
  }
  SmallVector<int64_t> inverse(getNumElements(arrayShape), 0);
  for (auto [i, element] : llvm::enumerate(elements))
    if (element >= 0 && bits[i])
      inverse[element] = i;
  Value flat = e.reshape(windows, {getNumElements(windowShape)});
  return e.reshape(e.takeRows(flat, 0, inverse, 0), arrayShape);
}
