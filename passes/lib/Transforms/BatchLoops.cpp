// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/Emission.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "invhlo/Transforms/Passes.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace invhlo {
#define GEN_PASS_DEF_BATCHLOOPSPASS
#include "invhlo/Transforms/Passes.h.inc"
} // namespace invhlo

static RankedTensorType getTensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// Whether an op can act on the rows of all steps at once, which costs no
/// memory where each element is computed from those beside it.
static bool canBatch(Operation &op) {
  return op.getNumRegions() == 0 &&
         (op.hasTrait<OpTrait::Elementwise>() ||
          isa<BroadcastInDimOp, ClampOp, ConstantOp, ReshapeOp, SelectOp,
              SpreadShareOp, SumSharesOp, YieldOp>(op));
}

namespace {
/// Builds the steps of a scan at once: each value has the rows of all steps
/// along a new first dimension.
class Batching {
public:
  explicit Batching(ScanOp scan)
      : scan(scan), b(scan), loc(scan.getLoc()), count(scan.getCount()) {}

  void run() {
    mapping.map(scan.getRows(), scan.getStacked());
    if (!scan.getStep().use_empty())
      mapping.map(scan.getStep(), createSteps());
    for (Operation &op : scan.getBody().front().without_terminator())
      mapping.map(op.getResult(0), batch(op));
    SmallVector<Value> arrays = llvm::map_to_vector(
        scan.getYielded(), [&](Value value) { return get(value); });
    scan.replaceAllUsesWith(arrays);
    scan.erase();
  }

private:
  RankedTensorType getType(Value value) {
    return ScanOp::getArrayType(value.getType(), count);
  }

  Value createSteps() {
    Value steps = IotaOp::create(b, loc, getType(scan.getStep()), 0);
    return scan.getReverse()
               ? ReverseOp::create(b, loc, steps, ArrayRef<int64_t>{0})
               : steps;
  }

  /// `value` in all steps; the same in each if it is none of the body's.
  Value get(Value value) {
    if (Value batched = mapping.lookupOrNull(value))
      return batched;
    SmallVector<int64_t> dims = llvm::to_vector(
        llvm::seq<int64_t>(1, getTensorType(value).getRank() + 1));
    return BroadcastInDimOp::create(b, loc, getType(value), value, dims);
  }

  Value batch(Operation &op) {
    Value result = op.getResult(0);
    if (isa<ConstantOp>(op))
      return get(b.clone(op)->getResult(0));
    if (isa<ReshapeOp>(op))
      return createReshape(b, op.getLoc(), get(op.getOperand(0)),
                           getType(result));
    if (auto broadcast = dyn_cast<BroadcastInDimOp>(op)) {
      Value operand = get(op.getOperand(0));
      return BroadcastInDimOp::create(
          b, op.getLoc(), getType(result), operand,
          addFirst(broadcast.getBroadcastDimensions()));
    }
    if (auto spread = dyn_cast<SpreadShareOp>(op)) {
      Value share = get(spread.getShare());
      return SpreadShareOp::create(b, op.getLoc(), getType(result), share,
                                   addFirst(spread.getDims()),
                                   spread.getCount());
    }
    Operation *batched = op.cloneWithoutRegions();
    for (OpOperand &operand : batched->getOpOperands())
      operand.set(getLike(operand.get(), result));
    batched->getResult(0).setType(getType(result));
    return b.insert(batched)->getResult(0);
  }

  /// Dimensions of the rows, and the new one before them.
  static SmallVector<int64_t> addFirst(ArrayRef<int64_t> dims) {
    SmallVector<int64_t> batched{0};
    for (int64_t dim : dims)
      batched.push_back(dim + 1);
    return batched;
  }

  /// An operand for a result like `result`: a scalar goes for all elements.
  Value getLike(Value operand, Value result) {
    Value batched = get(operand);
    auto type = getType(result);
    if (getTensorType(batched).getRank() == type.getRank())
      return batched;
    return BroadcastInDimOp::create(b, loc,
                                    type.clone(getElementTypeOrSelf(operand)),
                                    batched, ArrayRef<int64_t>{0});
  }

  ScanOp scan;
  OpBuilder b;
  Location loc;
  int64_t count;
  IRMapping mapping;
};

struct BatchLoopsPass : invhlo::impl::BatchLoopsPassBase<BatchLoopsPass> {
  void runOnOperation() override {
    SmallVector<ScanOp> scans;
    // Inner loops first: outer ones of which they are all are batched, too.
    getOperation().walk([&](ScanOp scan) { scans.push_back(scan); });
    bool isAny = false;
    for (ScanOp scan : scans)
      if (scan.getNumCarried() == 0 &&
          llvm::all_of(scan.getBody().front(), canBatch)) {
        Batching(scan).run();
        isAny = true;
      }
    if (!isAny)
      markAllAnalysesPreserved();
  }
};
} // namespace
