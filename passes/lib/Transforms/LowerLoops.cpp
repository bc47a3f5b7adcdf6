// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/Emission.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "invhlo/Transforms/Passes.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace invhlo {
#define GEN_PASS_DEF_LOWERLOOPSPASS
#include "invhlo/Transforms/Passes.h.inc"
} // namespace invhlo

/// The starts of row `row` of an array.
static SmallVector<Value> getStarts(Value row, Value zero, Value array) {
  SmallVector<Value> starts(cast<RankedTensorType>(array.getType()).getRank(),
                            zero);
  starts.front() = row;
  return starts;
}

/// A while that carries the number of the step, what the loop carries, the
/// arrays that it reads and those that it makes.
static void lower(ScanOp scan) {
  Location loc = scan.getLoc();
  OpBuilder b(scan);
  auto counter = RankedTensorType::get({}, b.getI32Type());
  SmallVector<Value> operands{createSplat(b, loc, counter, 0)};
  llvm::append_range(operands, scan.getInits());
  llvm::append_range(operands, scan.getStacked());
  for (Value array : scan.getArrays())
    operands.push_back(
        createSplat(b, loc, cast<RankedTensorType>(array.getType()), 0));
  TypeRange types{ValueRange(operands)};
  auto loop = WhileOp::create(b, loc, types, operands);
  SmallVector<Location> locs(operands.size(), loc);

  Block &condition = loop.getCond().emplaceBlock();
  condition.addArguments(types, locs);
  OpBuilder inner = OpBuilder::atBlockEnd(&condition);
  Value isLess =
      CompareOp::create(inner, loc, condition.getArgument(0),
                        createSplat(inner, loc, counter, scan.getCount()),
                        ComparisonDirection::LT);
  ReturnOp::create(inner, loc, isLess);

  Block &body = loop.getBody().emplaceBlock();
  body.addArguments(types, locs);
  inner.setInsertionPointToEnd(&body);
  unsigned numCarried = scan.getNumCarried();
  unsigned numStacked = scan.getStacked().size();
  Value step = body.getArgument(0);
  ValueRange carried = ValueRange(body.getArguments()).slice(1, numCarried);
  ValueRange stacked =
      ValueRange(body.getArguments()).slice(1 + numCarried, numStacked);
  ValueRange arrays =
      ValueRange(body.getArguments()).drop_front(1 + numCarried + numStacked);
  Value zero = createSplat(inner, loc, counter, 0);
  Value row = step;
  if (scan.getReverse())
    row = SubtractOp::create(
        inner, loc, createSplat(inner, loc, counter, scan.getCount() - 1),
        step);
  IRMapping mapping;
  mapping.map(scan.getStep(), step);
  mapping.map(scan.getCarried(), carried);
  for (auto [argument, array] : llvm::zip_equal(scan.getRows(), stacked)) {
    RankedTensorType window = ScanOp::getArrayType(argument.getType(), 1);
    Value slice =
        DynamicSliceOp::create(inner, loc, window, array,
                               getStarts(row, zero, array), window.getShape());
    mapping.map(argument, createReshape(inner, loc, slice, argument.getType()));
  }
  for (Operation &op : scan.getBody().front().without_terminator())
    inner.clone(op, mapping);
  SmallVector<Value> next{
      AddOp::create(inner, loc, step, createSplat(inner, loc, counter, 1))};
  OperandRange yielded = scan.getYielded();
  for (Value value : yielded.take_front(numCarried))
    next.push_back(mapping.lookupOrDefault(value));
  llvm::append_range(next, stacked);
  for (auto [value, array] :
       llvm::zip_equal(yielded.drop_front(numCarried), arrays)) {
    Value window = createReshape(inner, loc, mapping.lookupOrDefault(value),
                                 ScanOp::getArrayType(value.getType(), 1));
    next.push_back(DynamicUpdateSliceOp::create(inner, loc, array.getType(),
                                                array, window,
                                                getStarts(row, zero, array)));
  }
  ReturnOp::create(inner, loc, next);

  for (auto [last, result] :
       llvm::zip_equal(scan.getLast(), loop.getResults().slice(1, numCarried)))
    last.replaceAllUsesWith(result);
  for (auto [array, result] : llvm::zip_equal(
           scan.getArrays(), loop.getResults().take_back(arrays.size())))
    array.replaceAllUsesWith(result);
  scan.erase();
}

namespace {
struct LowerLoopsPass : invhlo::impl::LowerLoopsPassBase<LowerLoopsPass> {
  void runOnOperation() override {
    bool isAny = false;
    getOperation().walk([&](ScanOp op) {
      isAny = true;
      lower(op);
    });
    if (!isAny)
      markAllAnalysesPreserved();
  }
};
} // namespace
