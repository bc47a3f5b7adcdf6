// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knots.h"

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

static RankedTensorType getTensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

static SmallVector<int64_t> getShape(Value value) {
  return SmallVector<int64_t>(getTensorType(value).getShape());
}

/// Follows what a threshold is taken from back to a larger tensor.
static Threshold getWhole(const Threshold &threshold) {
  Value table = threshold.table;
  // For each dimension of the table, that of x.
  SmallVector<int64_t> ofX(getTensorType(table).getRank(), -1);
  for (auto [d, dim] : llvm::enumerate(threshold.dims))
    if (dim >= 0)
      ofX[dim] = d;
  while (Operation *op = lookThroughPrimitives(table).getDefiningOp()) {
    if (!isa<SliceOp, BroadcastInDimOp, ReshapeOp>(op))
      break;
    Value operand = op->getOperand(0);
    SmallVector<int64_t> from = getShape(operand), to = getShape(table);
    SmallVector<int64_t> dims(from.size(), -1);
    if (auto broadcast = dyn_cast<BroadcastInDimOp>(op)) {
      for (auto [d, dim] : llvm::enumerate(broadcast.getBroadcastDimensions()))
        dims[d] = ofX[dim];
    } else if (isa<SliceOp>(op)) {
      dims = ofX;
      // An element of x is not to be at the place of another.
      for (auto [dim, before, after] : llvm::zip(dims, from, to))
        if (dim >= 0 && before != after)
          return {};
    } else {
      size_t j = 0;
      for (auto [d, size] : llvm::enumerate(from)) {
        if (size == 1)
          continue;
        while (j < to.size() && to[j] == 1)
          ++j;
        if (j == to.size() || to[j] != size)
          return {};
        dims[d] = ofX[j++];
      }
    }
    ofX = dims;
    table = operand;
  }
  Threshold whole{lookThroughPrimitives(table),
                  SmallVector<int64_t>(threshold.dims.size(), -1)};
  for (auto [d, dim] : llvm::enumerate(ofX))
    if (dim >= 0)
      whole.dims[dim] = d;
  return whole;
}

std::optional<Knots> invhlo::findKnots(const SteppedCone &cone) {
  std::optional<Knots> largest;
  for (const Threshold &threshold : cone.thresholds) {
    Threshold whole = getWhole(threshold);
    if (!whole.table)
      continue;
    RankedTensorType type = getTensorType(whole.table);
    // Those of x aside there is one dimension, of the knots.
    int64_t knotDim = -1;
    bool isOne = true;
    for (auto [dim, size] : llvm::enumerate(type.getShape())) {
      if (llvm::is_contained(whole.dims, int64_t(dim)))
        continue;
      if (knotDim >= 0 && size != 1 && type.getDimSize(knotDim) != 1)
        isOne = false;
      if (knotDim < 0 || size != 1)
        knotDim = dim;
    }
    if (!isOne || knotDim < 0)
      continue;
    Knots knots{whole.table, knotDim, whole.dims};
    if (!largest || knots.getCount() > largest->getCount())
      largest = knots;
  }
  return largest;
}
