// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Transforms/Passes.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/Inliner.h"

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

namespace {
class InlineCallsPass
    : public invhlo::impl::InlineCallsPassBase<InlineCallsPass> {
public:
  using InlineCallsPassBase::InlineCallsPassBase;

  void runOnOperation() override {
    countCalls();
    // The inliner can clean up each function as it goes; with no pipelines in
    // the configuration it does not.
    InlinerConfig config;
    config.setMaxInliningIterations(kMaxIterations);
    auto runPipelineHelper = [](Pass &pass, OpPassManager &pipeline,
                                Operation *op) {
      return static_cast<InlineCallsPass &>(pass).runPipeline(pipeline, op);
    };
    auto isProfitable = [this](const Inliner::ResolvedCall &resolved) {
      return isWorthInlining(resolved.call,
                             *resolved.targetNode->getCallableRegion());
    };
    Inliner inliner(getOperation(), getAnalysis<CallGraph>(), *this,
                    getAnalysisManager(), runPipelineHelper, config,
                    isProfitable);
    if (failed(inliner.doInlining()))
      signalPassFailure();
  }

private:
  /// How often calls among functions that call each other are inlined.
  static constexpr unsigned kMaxIterations = 4;

  void countCalls() {
    numCalls.clear();
    SymbolTableCollection symbolTables;
    getOperation().walk([&](CallOpInterface call) {
      if (Operation *callee = call.resolveCallableInTable(&symbolTables))
        ++numCalls[callee];
    });
  }

  bool isWorthInlining(CallOpInterface call, Region &callee) const {
    return numCalls.lookup(callee.getParentOp()) == 1 || isSmall(callee) ||
           llvm::any_of(call.getArgOperands(), isLiteralIndex);
  }

  /// Whether the function has at most `maxOps` ops, its terminator aside.
  bool isSmall(Region &body) const {
    unsigned count = 0;
    return !body.walk([&](Operation *op) {
                  if (op->hasTrait<OpTrait::IsTerminator>() ||
                      op->hasTrait<OpTrait::ConstantLike>())
                    return WalkResult::advance();
                  return ++count > maxOps ? WalkResult::interrupt()
                                          : WalkResult::advance();
                })
                .wasInterrupted();
  }

  /// The calls of each function before any is inlined. Inlining goes from the
  /// callees up: a function called once is inlined before its caller could be
  /// copied.
  DenseMap<Operation *, unsigned> numCalls;
};
} // namespace
