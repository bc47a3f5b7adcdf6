// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `x[idx]`, `x[:, idx]` and `jnp.take` at literal positions that form an
// arithmetic progression are strided slices.

#include "invhlo/Folding/Simplification.h"
#include "invhlo/Literals/LiteralLookup.h"
#include "invhlo/StableHLO/Analysis/GatherMap.h"
#include "invhlo/StableHLO/Emission.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace {
/// A gather as a strided slice of its operand: along each dimension the window
/// at a start; along one, `dim`, `count` windows of size 1 in steps.
struct StridedGather {
  SmallVector<int64_t> starts;
  int64_t count = 1;
  std::optional<int64_t> dim;
  int64_t step = 1;
};
} // namespace

/// The starts of the windows differ along one dimension at most, and form an
/// arithmetic progression there.
static std::optional<StridedGather> matchStrided(GatherOp op) {
  auto type = cast<RankedTensorType>(op.getOperand().getType());
  if (!type.hasStaticShape() ||
      !op.getDimensionNumbers().getOperandBatchingDims().empty())
    return std::nullopt;
  std::optional<Literal> indices = findLiteral(op.getStartIndices());
  if (!indices || indices->getType().getNumElements() == 0 ||
      indices->getType().getNumElements() > kMostElements)
    return std::nullopt;
  GatherMap map(op, indices->getIntegers());
  std::optional<SmallVector<int64_t>> first = map.getStart(0);
  if (!first)
    return std::nullopt;
  StridedGather result;
  result.starts = *first;
  result.count = map.getNumWindows();
  if (result.count == 1)
    return result;
  SmallVector<int64_t> start = *map.getStart(1);
  for (auto [d, from, to] : llvm::enumerate(*first, start)) {
    if (from == to)
      continue;
    if (result.dim || op.getSliceSizes()[d] != 1)
      return std::nullopt;
    result.dim = d;
    result.step = to - from;
  }
  // Repeated windows are no slice.
  if (!result.dim)
    return std::nullopt;
  for (int64_t i = 2; i < result.count; ++i) {
    start[*result.dim] += result.step;
    if (map.getStart(i) != start)
      return std::nullopt;
  }
  return result;
}

/// The slice, with its elements along `dim` in the gather's order.
static Value createStridedSlice(OpBuilder &b, GatherOp op,
                                const StridedGather &strided) {
  SmallVector<int64_t> starts = strided.starts, limits;
  SmallVector<int64_t> steps(starts.size(), 1);
  for (auto [start, size] : llvm::zip_equal(starts, op.getSliceSizes()))
    limits.push_back(start + size);
  if (std::optional<int64_t> dim = strided.dim) {
    int64_t last = starts[*dim] + (strided.count - 1) * strided.step;
    limits[*dim] = std::max(starts[*dim], last) + 1;
    starts[*dim] = std::min(starts[*dim], last);
    steps[*dim] = std::abs(strided.step);
  }
  Value slice =
      createSlice(b, op.getLoc(), op.getOperand(), starts, limits, steps);
  if (strided.step < 0)
    slice = ReverseOp::create(b, op.getLoc(), slice.getType(), slice,
                              ArrayRef<int64_t>{*strided.dim});
  return slice;
}

/// Moves dimension `from` to place `to`.
static Value createMove(OpBuilder &b, Location loc, Value data, int64_t from,
                        int64_t to) {
  if (from == to)
    return data;
  auto type = cast<RankedTensorType>(data.getType());
  auto permutation = llvm::to_vector(llvm::seq<int64_t>(type.getRank()));
  permutation.erase(permutation.begin() + from);
  permutation.insert(permutation.begin() + to, from);
  auto shape = llvm::map_to_vector(
      permutation, [&](int64_t dim) { return type.getDimSize(dim); });
  return TransposeOp::create(b, loc, type.clone(shape), data, permutation);
}

Value invhlo::simplifyGather(GatherOp op, OpBuilder &b) {
  // Wherever entries are taken from, they are all the same.
  DenseElementsAttr entries;
  if (matchPattern(op.getOperand(), m_Constant(&entries)) &&
      entries.isSplat() && op.getType().hasStaticShape())
    return ConstantOp::create(
        b, op.getLoc(),
        DenseElementsAttr::get(op.getType(),
                               entries.getSplatValue<Attribute>()));
  std::optional<StridedGather> strided = matchStrided(op);
  if (!strided)
    return nullptr;
  GatherDimensionNumbersAttr dims = op.getDimensionNumbers();
  auto type = cast<RankedTensorType>(op.getType());
  Location loc = op.getLoc();

  // One window: its dimensions are in order, all others have size 1.
  if (!strided->dim)
    return createReshape(b, loc, createStridedSlice(b, op, *strided), type);

  // More: the dimension that is sliced takes the place of the batch
  // dimensions, which must be neighbours.
  if (!llvm::is_contained(dims.getCollapsedSliceDims(), *strided->dim))
    return nullptr;
  ArrayRef<int64_t> offsetDims = dims.getOffsetDims();
  int64_t batchBegin = 0, batchRank = type.getRank() - offsetDims.size();
  while (llvm::is_contained(offsetDims, batchBegin))
    ++batchBegin;
  for (int64_t d = batchBegin; d < batchBegin + batchRank; ++d)
    if (llvm::is_contained(offsetDims, d))
      return nullptr;

  SmallVector<int64_t> shape;
  int64_t place = 0;
  for (auto [d, size] : llvm::enumerate(op.getSliceSizes())) {
    if (int64_t(d) == *strided->dim) {
      place = shape.size();
      shape.push_back(strided->count);
    } else if (!llvm::is_contained(dims.getCollapsedSliceDims(), int64_t(d))) {
      shape.push_back(size);
    }
  }
  Value result = createStridedSlice(b, op, *strided);
  if (place != batchBegin) {
    result = createReshape(b, loc, result, type.clone(shape));
    result = createMove(b, loc, result, place, batchBegin);
  }
  return createReshape(b, loc, result, type);
}
