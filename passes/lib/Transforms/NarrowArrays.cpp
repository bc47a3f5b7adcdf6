// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "RowAccesses.h"
#include "invhlo/StableHLO/Analysis/LoopCounter.h"
#include "invhlo/StableHLO/Emission.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

static RankedTensorType getTensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

static bool isOutsideOf(WhileOp op, Value value) {
  return !op.getBody().isAncestor(value.getParentRegion());
}

/// The dimensions along which `op`, a slice or an update, takes a part at a
/// place that does not change in `loop` but is no literal.
static SmallVector<unsigned> findFixedDims(WhileOp loop, Value array,
                                           ValueRange starts,
                                           ArrayRef<int64_t> sizes) {
  SmallVector<unsigned> dims;
  for (auto [dim, start] : llvm::enumerate(starts))
    if (isOutsideOf(loop, start) && !getInteger(start) &&
        sizes[dim] < getTensorType(array).getDimSize(dim))
      dims.push_back(dim);
  return dims;
}

/// The same place along `dims`, and all along other dimensions.
static Window fix(OpBuilder &b, Value array, ArrayRef<unsigned> dims,
                  ValueRange starts, ArrayRef<int64_t> sizes) {
  Window window(b, array, starts.front().getType());
  for (unsigned dim : dims) {
    window.starts[dim] = starts[dim];
    window.sizes[dim] = sizes[dim];
  }
  return window;
}

/// Lets an access whose starts are operands from `first` on start at zero along
/// `dims`.
static void startAtZero(Operation *op, unsigned first,
                        ArrayRef<unsigned> dims) {
  OpBuilder b(op);
  auto type = cast<RankedTensorType>(op->getOperand(first).getType());
  Value zero = createSplat(b, op->getLoc(), type, 0);
  for (unsigned dim : dims)
    op->setOperand(first + dim, zero);
}

/// Whether two values from outside of `loop` are the same integers.
static bool areSame(WhileOp loop, Value a, Value b) {
  if (a == b)
    return true;
  if (!isOutsideOf(loop, a) || !isOutsideOf(loop, b))
    return false;
  std::optional<IntegerRange> range = getRange(loop, a);
  return range && range == getRange(loop, b);
}

static void narrowRead(WhileOp op, DynamicSliceOp slice) {
  Value array = slice.getOperand();
  if (!isOutsideOf(op, array))
    return;
  SmallVector<unsigned> dims =
      findFixedDims(op, array, slice.getStartIndices(), slice.getSliceSizes());
  if (dims.empty())
    return;
  OpBuilder b(op);
  Window window =
      fix(b, array, dims, slice.getStartIndices(), slice.getSliceSizes());
  slice->setOperand(0, window.slice(b, slice.getLoc(), array));
  startAtZero(slice, 1, dims);
}

static void narrowCarried(WhileOp op, unsigned k) {
  std::optional<Accesses> accesses = Accesses::find(op, k);
  BlockArgument array = op.getBody().getArgument(k);
  BlockArgument tested = op.getCond().getArgument(k);
  if (!accesses || accesses->isUsedOtherwise || !tested.use_empty())
    return;
  auto getSizes = [](DynamicUpdateSliceOp write) {
    return getTensorType(write.getUpdate()).getShape();
  };
  DynamicUpdateSliceOp write = accesses->writes.front();
  ValueRange starts = write.getStartIndices();
  SmallVector<int64_t> sizes(getSizes(write));
  SmallVector<unsigned> dims = findFixedDims(op, array, starts, sizes);
  auto isThere = [&](ValueRange others, ArrayRef<int64_t> otherSizes) {
    return llvm::all_of(dims, [&](unsigned dim) {
      return areSame(op, others[dim], starts[dim]) &&
             otherSizes[dim] == sizes[dim];
    });
  };
  if (dims.empty() ||
      !llvm::all_of(accesses->reads,
                    [&](DynamicSliceOp read) {
                      return isThere(read.getStartIndices(),
                                     read.getSliceSizes());
                    }) ||
      !llvm::all_of(accesses->writes, [&](DynamicUpdateSliceOp other) {
        return isThere(other.getStartIndices(), getSizes(other));
      }))
    return;
  dropPrimitives(op);
  OpBuilder b(op);
  Value init = op.getOperand()[k];
  Window window = fix(b, init, dims, starts, sizes);
  Value part = window.slice(b, op.getLoc(), init);
  op->setOperand(k, part);
  for (Value narrowed : {Value(array), Value(tested), Value(op.getResult(k))})
    narrowed.setType(part.getType());
  for (DynamicUpdateSliceOp other : accesses->writes) {
    startAtZero(other, 2, dims);
    other.getResult().setType(getTensorType(part));
  }
  for (DynamicSliceOp read : accesses->reads)
    startAtZero(read, 1, dims);
  b.setInsertionPointAfter(op);
  Value result = op.getResult(k);
  Value whole = window.update(b, op.getLoc(), init, result);
  result.replaceAllUsesExcept(whole, whole.getDefiningOp());
}

void invhlo::narrowArrays(WhileOp op) {
  for (DynamicSliceOp slice :
       llvm::to_vector(op.getBody().front().getOps<DynamicSliceOp>()))
    narrowRead(op, slice);
  for (unsigned k = 0, e = op.getNumResults(); k < e; ++k)
    narrowCarried(op, k);
}
