// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Rules/WindowMap.h"

#include "invhlo/Interfaces/IndexSet.h"
#include "invhlo/Literals/LiteralLookup.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

template <typename Op>
static std::optional<stablehlo::GatherMap> findMap(Op op, Value indices) {
  std::optional<Literal> literal = findLiteral(indices);
  if (!literal)
    return std::nullopt;
  return stablehlo::GatherMap(op, literal->getIntegers());
}

WindowMap::WindowMap(stablehlo::GatherMap gathers) : map(std::move(gathers)) {
  elements.reserve(getNumElements(map.getWindowsShape()));
  map.forEachElement([&](int64_t element) { elements.push_back(element); });
}

std::optional<WindowMap> WindowMap::get(stablehlo::GatherOp gather) {
  auto map = findMap(gather, gather.getStartIndices());
  return map ? std::optional(WindowMap(*map)) : std::nullopt;
}

std::optional<WindowMap> WindowMap::get(stablehlo::ScatterOp scatter) {
  auto map = findMap(scatter, scatter.getScatterIndices());
  return map ? std::optional(WindowMap(*map)) : std::nullopt;
}

bool WindowMap::isInjective() const {
  llvm::BitVector seen(getNumElements(map.getArrayShape()));
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
  llvm::BitVector touched(getNumElements(map.getArrayShape()));
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
  auto type = cast<RankedTensorType>(array.getType());
  return e.create<stablehlo::GatherOp>(type.clone(map.getWindowsShape()), array,
                                       indices, map.getDims(),
                                       map.getSliceSizes(),
                                       /*indices_are_sorted=*/false);
}

std::optional<WindowMap::Rows> WindowMap::getRows() const {
  stablehlo::GatherDimensionNumbersAttr dims = map.getDims();
  ArrayRef<int64_t> shape = map.getArrayShape(), sizes = map.getSliceSizes();
  size_t rank = shape.size();
  if (dims.getStartIndexMap().size() != 1 ||
      !dims.getOperandBatchingDims().empty() ||
      dims.getOffsetDims().size() != rank - 1 ||
      map.getWindowsShape().size() != rank)
    return std::nullopt;
  int64_t row = dims.getStartIndexMap().front();
  if (!llvm::is_contained(dims.getCollapsedSliceDims(), row))
    return std::nullopt;
  for (size_t d = 0; d < rank; ++d)
    if (int64_t(d) != row && sizes[d] != shape[d])
      return std::nullopt;
  int64_t windowDim = 0;
  while (llvm::is_contained(dims.getOffsetDims(), windowDim))
    ++windowDim;
  SmallVector<int64_t> numbers;
  for (int64_t window = 0, n = map.getNumWindows(); window < n; ++window) {
    std::optional<SmallVector<int64_t>> start = map.getStart(window);
    numbers.push_back(start ? (*start)[row] : -1);
  }
  return Rows{row, windowDim, numbers};
}

Value WindowMap::ungather(Emitter &e, Value windows,
                          const llvm::BitVector &bits) const {
  ArrayRef<int64_t> shape = map.getArrayShape();
  if (auto rows = bits.all() ? getRows() : std::nullopt) {
    SmallVector<int64_t> inverse(shape[rows->arrayDim], 0);
    for (auto [i, row] : llvm::enumerate(rows->numbers))
      if (row >= 0)
        inverse[row] = i;
    return e.takeRows(windows, rows->windowDim, inverse, rows->arrayDim);
  }
  SmallVector<int64_t> inverse(getNumElements(shape), 0);
  for (auto [i, element] : llvm::enumerate(elements))
    if (element >= 0 && bits[i])
      inverse[element] = i;
  Value flat = e.reshape(windows, {int64_t(elements.size())});
  return e.reshape(e.takeRows(flat, 0, inverse, 0), shape);
}
