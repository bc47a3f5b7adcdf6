// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Inlining.h"

#include "mlir/IR/IRMapping.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

/// Puts the body of `callee`, one block, in the place of `call`. Adds the calls
/// in it to `calls`.
static void inlineCall(CallOpInterface call, func::FuncOp callee,
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
  explicit CallInlining(
      llvm::function_ref<bool(CallOpInterface, func::FuncOp)> isWanted)
      : isWanted(isWanted) {}

  /// Works on callees before their callers, so that what is inlined is done. A
  /// function that calls itself stays a call.
  void inlineInto(func::FuncOp function) {
    if (!visited.insert(function).second)
      return;
    onPath.insert(function);
    SmallVector<CallOpInterface> calls;
    function.walk([&](CallOpInterface call) { calls.push_back(call); });
    // The list grows: what stays a call in a callee may be wanted here.
    for (size_t i = 0; i < calls.size(); ++i) {
      CallOpInterface call = calls[i];
      auto callee =
          dyn_cast_or_null<func::FuncOp>(call.resolveCallableInTable(&symbols));
      if (!callee || !llvm::hasSingleElement(callee.getBody()))
        continue;
      if (onPath.contains(callee))
        recursive.insert(callee);
      inlineInto(callee);
      if (!recursive.contains(callee) && isWanted(call, callee))
        inlineCall(call, callee, calls);
    }
    onPath.erase(function);
  }

private:
  llvm::function_ref<bool(CallOpInterface, func::FuncOp)> isWanted;
  SymbolTableCollection symbols;
  DenseSet<Operation *> visited, onPath, recursive;
};
} // namespace

void invhlo::inlineCalls(
    ModuleOp module,
    llvm::function_ref<bool(CallOpInterface, func::FuncOp)> isWanted) {
  CallInlining inlining(isWanted);
  for (auto function : module.getOps<func::FuncOp>())
    inlining.inlineInto(function);
}
