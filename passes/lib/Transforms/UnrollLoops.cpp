// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/Analysis/CountedLoop.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "invhlo/Transforms/Passes.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace invhlo {
#define GEN_PASS_DEF_UNROLLLOOPSPASS
#include "invhlo/Transforms/Passes.h.inc"
} // namespace invhlo

/// Whether `array` is a literal of which elements may choose elements of other
/// arrays: integers, bools, or floats that are zero or one.
static bool mayChoose(Value array) {
  DenseElementsAttr literal;
  if (!matchPattern(array, m_Constant(&literal)))
    return false;
  if (literal.getElementType().isInteger())
    return true;
  if (!isa<FloatType>(literal.getElementType()))
    return false;
  return llvm::all_of(literal.getValues<APFloat>(), [](const APFloat &element) {
    return element.isZero() || element.isExactlyValue(1.0);
  });
}

/// Whether `use` is that of an operand which chooses elements: an index, or a
/// mask of several, as a predicate or a factor.
static bool isChoice(OpOperand &use) {
  unsigned number = use.getOperandNumber();
  auto type = cast<RankedTensorType>(use.get().getType());
  bool isOfSeveral = type.getNumElements() > 1;
  return llvm::TypeSwitch<Operation *, bool>(use.getOwner())
      .Case<GatherOp, ScatterOp>([&](auto) { return number == 1; })
      .Case([&](DynamicSliceOp) { return number > 0; })
      .Case([&](DynamicUpdateSliceOp) { return number > 1; })
      .Case([&](SelectOp) { return number == 0 && isOfSeveral; })
      .Case([&](MulOp) {
        return isa<FloatType>(type.getElementType()) && isOfSeveral;
      })
      .Default(false);
}

/// Whether elements are chosen by what follows from `row` alone.
static bool chooses(Value row) {
  SmallVector<Value> pending{row};
  DenseSet<Value> seen;
  while (!pending.empty()) {
    Value value = pending.pop_back_val();
    if (!seen.insert(value).second)
      continue;
    for (OpOperand &use : value.getUses()) {
      Operation *user = use.getOwner();
      if (isChoice(use))
        return true;
      if (user->getNumResults() == 1 && user->getNumRegions() == 0)
        pending.push_back(user->getResult(0));
    }
  }
  return false;
}

/// Whether steps of `op` read rows of a literal by which elements are chosen:
/// which ones are chosen is told by the literal then, but not by its row.
static bool choosesByLiteral(WhileOp op, CountedLoop &loop) {
  for (Operation &inside : op.getBody().front()) {
    if (!isa<DynamicSliceOp, GatherOp>(inside))
      continue;
    Value array = loop.getOutside(inside.getOperand(0));
    // Integers that follow each other are numbers of rows.
    if (array && mayChoose(array) && !loop.evaluate(inside.getResult(0)) &&
        chooses(inside.getResult(0)))
      return true;
  }
  return false;
}

static int64_t countOps(WhileOp op) {
  int64_t count = 0;
  op.getBody().walk([&](Operation *) { ++count; });
  return count;
}

static void unroll(WhileOp op, int64_t count) {
  Block &body = op.getBody().front();
  OpBuilder b(op);
  SmallVector<Value> carried(op.getOperand());
  for (int64_t step = 0; step < count; ++step) {
    IRMapping mapping;
    mapping.map(body.getArguments(), carried);
    for (Operation &inside : body.without_terminator())
      b.clone(inside, mapping);
    carried = llvm::map_to_vector(
        body.getTerminator()->getOperands(),
        [&](Value value) { return mapping.lookupOrDefault(value); });
  }
  op.replaceAllUsesWith(carried);
  op.erase();
}

namespace {
struct UnrollLoopsPass : invhlo::impl::UnrollLoopsPassBase<UnrollLoopsPass> {
  using UnrollLoopsPassBase::UnrollLoopsPassBase;

  void runOnOperation() override {
    SmallVector<WhileOp> loops;
    getOperation().walk([&](WhileOp op) { loops.push_back(op); });
    bool isAny = false;
    for (WhileOp op : loops) {
      std::optional<CountedLoop> loop = CountedLoop::match(op);
      if (!loop || loop->getCount() * countOps(op) > maxOps ||
          !choosesByLiteral(op, *loop))
        continue;
      unroll(op, loop->getCount());
      isAny = true;
    }
    if (!isAny)
      return markAllAnalysesPreserved();
    OpPassManager tidyUp(ModuleOp::getOperationName());
    tidyUp.addPass(createFoldConstantsPass());
    tidyUp.addPass(createCSEPass());
    if (failed(runPipeline(tidyUp, getOperation())))
      signalPassFailure();
  }
};
} // namespace
