// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/Analysis/CountedLoop.h"
#include "invhlo/StableHLO/Emission.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "invhlo/Transforms/Passes.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace invhlo {
#define GEN_PASS_DEF_RAISELOOPSPASS
#include "invhlo/Transforms/Passes.h.inc"
} // namespace invhlo

/// The `count` rows of `array` from row `first` on, `step` apart, in the order
/// in which a scan takes them.
static Value takeRows(OpBuilder &b, Location loc, Value array, Progress rows,
                      int64_t count, bool isReverse) {
  auto type = cast<RankedTensorType>(array.getType());
  int64_t last = rows.at(count - 1);
  SmallVector<int64_t> starts(type.getRank(), 0), strides(type.getRank(), 1);
  SmallVector<int64_t> limits(type.getShape());
  starts.front() = std::min(rows.first, last);
  limits.front() = std::max(rows.first, last) + 1;
  strides.front() = std::abs(rows.step);
  Value taken = createSlice(b, loc, array, starts, limits, strides);
  if ((rows.step < 0) == isReverse)
    return taken;
  return ReverseOp::create(b, loc, taken, ArrayRef<int64_t>{0});
}

namespace {
class Raising {
public:
  Raising(WhileOp op, CountedLoop loop)
      : op(op), loop(std::move(loop)), outer(op), inner(op.getContext()),
        loc(op.getLoc()) {}

  void run() {
    findRoles();
    ScanOp scan = createScan();
    fillBody(scan);
    replaceResults(scan);
    op.erase();
  }

private:
  void findRoles() {
    Block &body = op.getBody().front();
    for (unsigned i = 0, e = op.getNumResults(); i < e; ++i) {
      if (loop.isInvariant(i) || loop.getCounter(i))
        continue;
      if (std::optional<Progress> rows = loop.matchArray(i))
        arrays.push_back({i, *rows});
      else
        carried.push_back(i);
    }
    for (Operation &inside : body)
      if (auto slice = dyn_cast<DynamicSliceOp>(inside))
        if (auto rows = loop.matchRow(slice))
          rowReads.push_back({slice, *rows});
    if (!arrays.empty())
      isReverse = arrays.front().second.step < 0;
    else if (!rowReads.empty())
      isReverse = rowReads.front().second.step < 0;
  }

  ScanOp createScan() {
    auto getInit = [&](unsigned i) { return op.getOperand()[i]; };
    SmallVector<Value> inits = llvm::map_to_vector(carried, getInit);
    SmallVector<Value> stacked;
    for (auto &[slice, rows] : rowReads)
      stacked.push_back(takeRows(outer, loc,
                                 loop.getOutside(slice.getOperand()), rows,
                                 loop.getCount(), isReverse));
    SmallVector<Type> types = llvm::to_vector(TypeRange(ValueRange(inits)));
    for (auto &[i, rows] : arrays)
      types.push_back(op.getResult(i).getType());
    auto scan = ScanOp::create(outer, loc, types, inits, stacked,
                               loop.getCount(), isReverse);
    Block &body = scan.getBody().emplaceBlock();
    body.addArgument(RankedTensorType::get({}, outer.getI32Type()), loc);
    for (unsigned i : carried)
      body.addArgument(getInit(i).getType(),
                       op.getBody().getArgument(i).getLoc());
    for (Value array : stacked)
      body.addArgument(ScanOp::getRowType(array.getType()), loc);
    return scan;
  }

  void fillBody(ScanOp scan) {
    inner.setInsertionPointToEnd(&scan.getBody().front());
    Block &body = op.getBody().front();
    IRMapping mapping;
    for (BlockArgument argument : body.getArguments()) {
      unsigned i = argument.getArgNumber();
      if (loop.isInvariant(i))
        mapping.map(argument, op.getOperand()[i]);
      else if (auto counter = loop.getCounter(i))
        mapping.map(argument,
                    count(scan.getStep(), *counter,
                          cast<RankedTensorType>(argument.getType())));
    }
    for (auto [i, value] : llvm::zip_equal(carried, scan.getCarried()))
      mapping.map(body.getArgument(i), value);
    for (auto [read, row] : llvm::zip_equal(rowReads, scan.getRows()))
      mapping.map(read.first.getResult(),
                  createReshape(inner, loc, row, read.first.getType()));
    DenseSet<Operation *> done;
    for (auto &[slice, rows] : rowReads)
      done.insert(slice);
    for (auto &[i, rows] : arrays)
      done.insert(body.getTerminator()->getOperand(i).getDefiningOp());
    for (Operation &inside : body.without_terminator())
      if (!done.contains(&inside))
        inner.clone(inside, mapping);

    SmallVector<Value> yielded;
    for (unsigned i : carried)
      yielded.push_back(
          mapping.lookupOrDefault(body.getTerminator()->getOperand(i)));
    for (auto &[i, rows] : arrays) {
      auto write = body.getTerminator()
                       ->getOperand(i)
                       .getDefiningOp<DynamicUpdateSliceOp>();
      Type row = ScanOp::getRowType(op.getResult(i).getType());
      yielded.push_back(createReshape(
          inner, loc, mapping.lookupOrDefault(write.getUpdate()), row));
    }
    YieldOp::create(inner, loc, yielded);
    // A row needs no window around it.
    for (auto reshape : scan.getBody().getOps<ReshapeOp>())
      if (auto other = reshape.getOperand().getDefiningOp<ReshapeOp>();
          other && other.getOperand().getType() == reshape.getType())
        reshape.replaceAllUsesWith(other.getOperand());
    for (Operation &inside :
         llvm::make_early_inc_range(llvm::reverse(scan.getBody().front())))
      if (isOpTriviallyDead(&inside))
        inside.erase();
  }

  /// A counter from the number of the step.
  Value count(Value step, Progress counter, RankedTensorType type) {
    Value value = step;
    if (value.getType() != type)
      value = ConvertOp::create(inner, loc, value, type.getElementType());
    if (counter.step != 1)
      value = MulOp::create(inner, loc, value,
                            createSplat(inner, loc, type, counter.step));
    if (counter.first != 0)
      value = AddOp::create(inner, loc, value,
                            createSplat(inner, loc, type, counter.first));
    return value;
  }

  void replaceResults(ScanOp scan) {
    for (auto [i, result] : llvm::enumerate(op.getResults()))
      if (loop.isInvariant(i))
        result.replaceAllUsesWith(op.getOperand()[i]);
      else if (auto counter = loop.getCounter(i))
        result.replaceAllUsesWith(
            createSplat(outer, loc, cast<RankedTensorType>(result.getType()),
                        counter->at(loop.getCount())));
    for (auto [i, last] : llvm::zip_equal(carried, scan.getLast()))
      op.getResult(i).replaceAllUsesWith(last);
    for (auto [written, array] : llvm::zip_equal(arrays, scan.getArrays())) {
      auto [i, rows] = written;
      bool isAgainst = (rows.step < 0) != isReverse;
      op.getResult(i).replaceAllUsesWith(
          isAgainst ? Value(ReverseOp::create(outer, loc, array,
                                              ArrayRef<int64_t>{0}))
                    : Value(array));
    }
  }

  WhileOp op;
  CountedLoop loop;
  OpBuilder outer, inner;
  Location loc;
  SmallVector<unsigned> carried;
  /// With the number of the row that each step writes.
  SmallVector<std::pair<unsigned, Progress>> arrays;
  SmallVector<std::pair<DynamicSliceOp, Progress>> rowReads;
  bool isReverse = false;
};

/// A loop of one step is its step.
void inlineStep(WhileOp op) {
  Block &body = op.getBody().front();
  OpBuilder b(op);
  IRMapping mapping;
  mapping.map(body.getArguments(), op.getOperand());
  for (Operation &inside : body.without_terminator())
    b.clone(inside, mapping);
  for (auto [result, value] :
       llvm::zip_equal(op.getResults(), body.getTerminator()->getOperands()))
    result.replaceAllUsesWith(mapping.lookupOrDefault(value));
  op.erase();
}

struct RaiseLoopsPass : invhlo::impl::RaiseLoopsPassBase<RaiseLoopsPass> {
  void runOnOperation() override {
    bool isAny = false;
    // Inner loops first: they are ops of the outer ones then.
    getOperation().walk([&](WhileOp op) {
      std::optional<CountedLoop> loop = CountedLoop::match(op);
      if (!loop)
        return;
      isAny = true;
      if (loop->getCount() == 1)
        inlineStep(op);
      else
        Raising(op, std::move(*loop)).run();
    });
    if (!isAny)
      markAllAnalysesPreserved();
  }
};
} // namespace
