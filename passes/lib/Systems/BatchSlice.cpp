// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "BatchSlice.h"

#include "invhlo/Literals/LiteralLookup.h"
#include "invhlo/StableHLO/Emission.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

/// How far back it is looked for a broadcast.
static constexpr unsigned kMaxDepth = 8;

static bool haveOneShape(Value a, Value b) {
  return getTensorType(a).getShape() == getTensorType(b).getShape();
}

/// Whether the elements of `value` are the same along `dim`, as far as is seen.
static bool isSameAlong(Value value, int64_t dim, unsigned depth = 0) {
  if (getTensorType(value).getDimSize(dim) == 1)
    return true;
  if (std::optional<Literal> literal = findLiteral(value))
    return literal->getHeldShape()[dim] == 1;
  Operation *op = value.getDefiningOp();
  if (!op || depth == kMaxDepth)
    return false;
  if (auto broadcast = dyn_cast<BroadcastInDimOp>(op)) {
    auto dims = broadcast.getBroadcastDimensions();
    const auto *it = llvm::find(dims, dim);
    return it == dims.end() ||
           isSameAlong(broadcast.getOperand(), it - dims.begin(), depth + 1);
  }
  return op->hasTrait<OpTrait::Elementwise>() && op->getNumResults() == 1 &&
         llvm::all_of(op->getOperands(), [&](Value operand) {
           return !haveOneShape(operand, value) ||
                  isSameAlong(operand, dim, depth + 1);
         });
}

/// Whether `op` takes other sizes of dimensions that it leaves alone, its
/// attributes aside that `narrow` changes.
static bool takesAnySize(Operation *op) {
  return op->hasTrait<OpTrait::Elementwise>() ||
         isa<BroadcastInDimOp, ConcatenateOp, ConvolutionOp, DotGeneralOp,
             DynamicSliceOp, DynamicUpdateSliceOp, FftOp, PadOp, ReduceOp,
             ReduceWindowOp, ReshapeOp, ReverseOp, SelectOp, SliceOp,
             TransposeOp>(op);
}

/// Whether the one factor of a product has none of the dimensions of the batch
/// of the other.
static bool isFactorApart(Operation *op, unsigned factor, int64_t dimOfOther) {
  if (auto convolution = dyn_cast<ConvolutionOp>(op))
    return factor == 1 &&
           dimOfOther ==
               int64_t(
                   convolution.getDimensionNumbers().getInputBatchDimension());
  auto dot = dyn_cast<DotGeneralOp>(op);
  if (!dot)
    return false;
  DotDimensionNumbersAttr dims = dot.getDotDimensionNumbers();
  return !llvm::is_contained(factor == 1 ? dims.getLhsBatchingDimensions()
                                         : dims.getRhsBatchingDimensions(),
                             dimOfOther);
}

bool invhlo::isUniform(const AffineSystem &system, const BatchDim &dim) {
  return llvm::all_of(system.getOps(), [&](Operation *op) {
    auto ofResult = dim.ofResults.find(op->getResult(0));
    if (ofResult == dim.ofResults.end() || !takesAnySize(op))
      return false;
    return llvm::all_of(op->getOpOperands(), [&](OpOperand &operand) {
      Value value = operand.get();
      if (system.isDependent(value) || system.isAdded(operand))
        return true;
      if (isa<DotGeneralOp, ConvolutionOp>(op)) {
        unsigned number = operand.getOperandNumber();
        Value other = system.lookThrough(op->getOperand(1 - number));
        auto it = dim.ofResults.find(other);
        return it != dim.ofResults.end() &&
               isFactorApart(op, number, it->second);
      }
      return getTensorType(value).getRank() == 0 ||
             (haveOneShape(value, op->getResult(0)) &&
              isSameAlong(value, ofResult->second));
    });
  });
}

/// `sizes` with 1 at `dim`.
static DenseI64ArrayAttr narrow(MLIRContext *context, ArrayRef<int64_t> sizes,
                                int64_t dim) {
  SmallVector<int64_t> narrowed(sizes);
  narrowed[dim] = 1;
  return DenseI64ArrayAttr::get(context, narrowed);
}

void BatchSlice::narrow(Operation *op, Operation *clone,
                        const AffineSystem &system) const {
  Value result = op->getResult(0);
  OpBuilder before(clone);
  MLIRContext *context = op->getContext();
  for (const BatchDim &dim : uniform) {
    int64_t d = dim.ofResults.lookup(result);
    RankedTensorType type = getTensorType(clone->getResult(0));
    SmallVector<int64_t> shape(type.getShape());
    shape[d] = 1;
    clone->getResult(0).setType(type.clone(shape));
    if (auto slice = dyn_cast<SliceOp>(clone))
      slice.setLimitIndicesAttr(::narrow(context, slice.getLimitIndices(), d));
    if (auto slice = dyn_cast<DynamicSliceOp>(clone))
      slice.setSliceSizesAttr(::narrow(context, slice.getSliceSizes(), d));
  }
  // What is known and of the size of the batch.
  for (auto [operand, original] :
       llvm::zip_equal(clone->getOpOperands(), op->getOpOperands())) {
    Value value = original.get();
    if (system.isDependent(value) || getTensorType(value).getRank() == 0 ||
        isa<DotGeneralOp, ConvolutionOp>(op))
      continue;
    SmallVector<int64_t> limits(getTensorType(value).getShape());
    SmallVector<int64_t> zeros(limits.size(), 0), ones(limits.size(), 1);
    for (const BatchDim &dim : uniform)
      limits[dim.ofResults.lookup(result)] = 1;
    operand.set(
        createSlice(before, op->getLoc(), operand.get(), zeros, limits, ones));
  }
}
