// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Inlining.h"
#include "invhlo/Engine/Annotation.h"
#include "invhlo/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace invhlo;

namespace invhlo {
#define GEN_PASS_DEF_INLINECALLSPASS
#include "invhlo/Transforms/Passes.h.inc"
} // namespace invhlo

/// The most ops looked at to find out whether a value is literal.
static constexpr unsigned kLiteralSearchLimit = 64;

/// Whether a value is an integer or boolean that depends on nothing but
/// literals. Folding has not run yet, so that most are expressions.
static bool isLiteralIndex(Value value) {
  if (!getElementTypeOrSelf(value).isInteger())
    return false;
  SmallPtrSet<Operation *, 8> visited;
  SmallVector<Value> worklist = {value};
  while (!worklist.empty()) {
    Operation *op = worklist.pop_back_val().getDefiningOp();
    if (!op || op->getNumRegions() != 0 || !isMemoryEffectFree(op) ||
        visited.size() == kLiteralSearchLimit)
      return false;
    if (visited.insert(op).second)
      llvm::append_range(worklist, op->getOperands());
  }
  return true;
}

/// Whether a value is a table of a few literal numbers, such as the
/// coefficients of a polynomial.
static bool isLiteralTable(Value value) {
  constexpr int64_t maxElements = 32;
  DenseElementsAttr literal;
  return matchPattern(value, m_Constant(&literal)) && !literal.isSplat() &&
         literal.getNumElements() <= maxElements;
}

/// The ops in a region, terminators and literals aside.
static int64_t countOps(Region &region) {
  int64_t count = 0;
  region.walk([&](Operation *op) {
    if (!op->hasTrait<OpTrait::IsTerminator>() &&
        !op->hasTrait<OpTrait::ConstantLike>())
      ++count;
  });
  return count;
}

/// How many ops literal indices may add for each op of the module: a helper
/// that looks up an index has some dozens. What calls itself twice over at each
/// of many levels would add without end.
static constexpr int64_t kMostGrowth = 64;

namespace {
class InlineCallsPass
    : public invhlo::impl::InlineCallsPassBase<InlineCallsPass> {
public:
  using InlineCallsPassBase::InlineCallsPassBase;

  void runOnOperation() override {
    SymbolTableCollection symbols;
    // The calls of each function before any is inlined.
    DenseMap<Operation *, unsigned> numCalls;
    getOperation().walk([&](CallOpInterface call) {
      ++numCalls[call.resolveCallableInTable(&symbols)];
    });
    if (numCalls.empty())
      return;
    int64_t growth = kMostGrowth * countOps(getOperation().getBodyRegion());
    // Callees come before their callers, so that their size is final.
    DenseMap<Operation *, int64_t> sizes;
    inlineCalls(getOperation(), [&](CallOpInterface call, func::FuncOp callee) {
      if (isAnnotated(call))
        return false;
      // A table's elements are operands of as many ops.
      bool hasTable = llvm::any_of(call.getArgOperands(), isLiteralTable);
      auto [size, isNew] = sizes.try_emplace(callee);
      if (isNew)
        size->second = countOps(callee.getBody());
      if (numCalls.lookup(callee) == 1 ||
          size->second <= (hasTable ? 8 * maxOps : maxOps))
        return true;
      if (!followLiterals || size->second > growth ||
          !llvm::any_of(call.getArgOperands(), isLiteralIndex))
        return false;
      growth -= size->second;
      return true;
    });
    OpPassManager cleanUp(ModuleOp::getOperationName());
    cleanUp.addPass(createSymbolDCEPass());
    if (failed(runPipeline(cleanUp, getOperation())))
      signalPassFailure();
  }
};
} // namespace
