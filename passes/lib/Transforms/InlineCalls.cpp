// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Inlining.h"
#include "invhlo/Engine/Annotation.h"
#include "invhlo/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
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

void invhlo::inlineCall(CallOpInterface call, func::FuncOp callee,
                        SmallVectorImpl<CallOpInterface> &calls) {
  OpBuilder b(call);
  IRMapping mapping;
  mapping.map(callee.getArguments(), call.getArgOperands());
  Block &body = callee.front();
  for (Operation &op : body.without_terminator())
    b.clone(op, mapping)->walk([&](Operation *inlined) {
      inlined->setLoc(CallSiteLoc::get(inlined->getLoc(), call.getLoc()));
      if (auto inner = dyn_cast<CallOpInterface>(inlined))
        calls.push_back(inner);
    });
  for (auto [result, value] :
       llvm::zip_equal(call->getResults(), body.getTerminator()->getOperands()))
    result.replaceAllUsesWith(mapping.lookupOrDefault(value));
  call->erase();
}

namespace {
class CallInlining {
public:
  CallInlining(ModuleOp module, unsigned maxOps)
      : module(module), maxOps(maxOps) {}

  void run() {
    module.walk([&](CallOpInterface call) {
      if (func::FuncOp callee = resolve(call))
        ++numCalls[callee];
    });
    for (auto function : module.getOps<func::FuncOp>())
      inlineInto(function);
  }

private:
  func::FuncOp resolve(CallOpInterface call) {
    return dyn_cast_or_null<func::FuncOp>(
        call.resolveCallableInTable(&symbols));
  }

  /// Works on callees before their callers, so that what is inlined is done. A
  /// function that calls itself stays a call.
  void inlineInto(func::FuncOp function) {
    if (!visited.insert(function).second)
      return;
    onPath.insert(function);
    SmallVector<CallOpInterface> calls;
    function.walk([&](CallOpInterface call) { calls.push_back(call); });
    // The list grows: what stays a call in a callee may be worth inlining here.
    for (size_t i = 0; i < calls.size(); ++i) {
      CallOpInterface call = calls[i];
      func::FuncOp callee = resolve(call);
      if (!callee || !llvm::hasSingleElement(callee.getBody()))
        continue;
      if (isAnnotated(call)) {
        inlineInto(callee);
        continue;
      }
      if (onPath.contains(callee))
        recursive.insert(callee);
      inlineInto(callee);
      if (!recursive.contains(callee) &&
          isWorthInlining(call, callee.getBody()))
        inlineCall(call, callee, calls);
    }
    onPath.erase(function);
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

  ModuleOp module;
  unsigned maxOps;
  /// The calls of each function before any is inlined.
  DenseMap<Operation *, unsigned> numCalls;
  SymbolTableCollection symbols;
  DenseSet<Operation *> visited, onPath, recursive;
};

class InlineCallsPass
    : public invhlo::impl::InlineCallsPassBase<InlineCallsPass> {
public:
  using InlineCallsPassBase::InlineCallsPassBase;

  void runOnOperation() override {
    CallInlining(getOperation(), maxOps).run();
    OpPassManager cleanUp(ModuleOp::getOperationName());
    cleanUp.addPass(createSymbolDCEPass());
    if (failed(runPipeline(cleanUp, getOperation())))
      signalPassFailure();
  }
};
} // namespace
