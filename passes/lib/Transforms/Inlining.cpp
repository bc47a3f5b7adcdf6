// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Inlining.h"

#include "mlir/IR/IRMapping.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace invhlo;

/// Puts the ops of `body` in the place of `call`, which takes `results` of it.
static void replaceCall(CallOpInterface call, ValueRange results) {
  call->replaceAllUsesWith(results);
  call->erase();
}

/// Notes that `op` came from where `call` is. Of calls around one another, the
/// innermost is told: deep locations take time, and stack, to print.
static void setCaller(Operation *op, Location caller) {
  op->walk([&](Operation *inlined) {
    if (!isa<CallSiteLoc>(inlined->getLoc()))
      inlined->setLoc(CallSiteLoc::get(inlined->getLoc(), caller));
  });
}

namespace {
class CallInlining {
public:
  CallInlining(ModuleOp module,
               llvm::function_ref<bool(CallOpInterface, func::FuncOp)> isWanted)
      : isWanted(isWanted) {
    // Nothing where an op that is not known may have symbols of its own.
    auto uses = SymbolTable::getSymbolUses(&module.getBodyRegion());
    if (!uses)
      return;
    DenseSet<Operation *> isReferredTo;
    for (SymbolTable::SymbolUse use : *uses) {
      auto function = symbols.lookupNearestSymbolFrom<func::FuncOp>(
          use.getUser(), use.getSymbolRef());
      if (!function || !function.isPrivate())
        continue;
      auto call = dyn_cast<CallOpInterface>(use.getUser());
      if (call && llvm::dyn_cast_if_present<SymbolRefAttr>(
                      call.getCallableForCallee()) == use.getSymbolRef())
        ++numCalls[function];
      else
        isReferredTo.insert(function);
    }
    for (Operation *function : isReferredTo)
      numCalls.erase(function);
  }

  /// Works on callees before their callers, so that what is inlined is done; a
  /// function that is called once becomes a part of its caller first, so that
  /// each op is moved once however deeply calls are nested. A function that
  /// calls itself stays a call.
  void inlineInto(func::FuncOp function) {
    enter(function);
    while (!path.empty()) {
      Frame &frame = path.back();
      // The list grows: what stays a call in a callee may be wanted here.
      if (frame.next == frame.calls.size()) {
        onPath.erase(frame.function);
        path.pop_back();
        continue;
      }
      CallOpInterface call = frame.calls[frame.next];
      auto callee =
          dyn_cast_or_null<func::FuncOp>(call.resolveCallableInTable(&symbols));
      if (callee && llvm::hasSingleElement(callee.getBody())) {
        if (!visited.contains(callee) && numCalls.lookup(callee) == 1 &&
            isWanted(call, callee)) {
          // What is inlined is said to be called from its caller only.
          auto site = dyn_cast<CallSiteLoc>(call.getLoc());
          moveBody(call, callee, site ? site.getCallee() : call.getLoc(),
                   frame.calls);
          ++frame.next;
          continue;
        }
        if (enter(callee))
          continue; // and come back to this call
        if (onPath.contains(callee))
          recursive.insert(callee);
        if (!recursive.contains(callee) && isWanted(call, callee))
          inlineCall(call, callee, frame.calls);
      }
      ++frame.next;
    }
  }

  /// Erases what has become empty.
  void finish() {
    for (func::FuncOp function : emptied)
      function.erase();
  }

private:
  /// A function with its calls, the first of which are done.
  struct Frame {
    func::FuncOp function;
    SmallVector<CallOpInterface> calls;
    size_t next = 0;
  };

  /// Whether `function` had to be worked on first.
  bool enter(func::FuncOp function) {
    if (!visited.insert(function).second)
      return false;
    onPath.insert(function);
    path.push_back({function, {}});
    function.walk(
        [&](CallOpInterface call) { path.back().calls.push_back(call); });
    return true;
  }

  /// Puts the body of `callee`, one block, in the place of `call`. Adds the
  /// calls in it to `calls`.
  void inlineCall(CallOpInterface call, func::FuncOp callee,
                  SmallVectorImpl<CallOpInterface> &calls) {
    auto count = numCalls.find(callee);
    if (count != numCalls.end() && --count->second == 0)
      return moveBody(call, callee, call.getLoc(), calls);
    OpBuilder b(call);
    IRMapping mapping;
    mapping.map(callee.getArguments(), call.getArgOperands());
    Block &body = callee.front();
    for (Operation &op : body.without_terminator()) {
      Operation *clone = b.clone(op, mapping);
      clone->walk([&](CallOpInterface inner) {
        calls.push_back(inner);
        auto inCallee = numCalls.find(inner.resolveCallableInTable(&symbols));
        if (inCallee != numCalls.end())
          ++inCallee->second;
      });
      setCaller(clone, call.getLoc());
    }
    replaceCall(call, llvm::map_to_vector(
                          body.getTerminator()->getOperands(),
                          [&](Value v) { return mapping.lookupOrDefault(v); }));
  }

  /// The same for the last call of `callee`, which is a function no more.
  void moveBody(CallOpInterface call, func::FuncOp callee, Location caller,
                SmallVectorImpl<CallOpInterface> &calls) {
    Block &body = callee.front();
    for (auto [argument, operand] :
         llvm::zip_equal(callee.getArguments(), call.getArgOperands()))
      argument.replaceAllUsesWith(operand);
    for (Operation &op : body.without_terminator()) {
      op.walk([&](CallOpInterface inner) { calls.push_back(inner); });
      setCaller(&op, caller);
    }
    Operation *terminator = body.getTerminator();
    call->getBlock()->getOperations().splice(Block::iterator(call),
                                             body.getOperations(), body.begin(),
                                             Block::iterator(terminator));
    replaceCall(call, terminator->getOperands());
    terminator->erase();
    emptied.push_back(callee);
  }

  llvm::function_ref<bool(CallOpInterface, func::FuncOp)> isWanted;
  SymbolTableCollection symbols;
  /// Of functions that nothing else refers to, how many calls there are.
  DenseMap<Operation *, size_t> numCalls;
  std::vector<Frame> path;
  DenseSet<Operation *> visited, onPath, recursive;
  SmallVector<func::FuncOp> emptied;
};
} // namespace

void invhlo::inlineCalls(
    ModuleOp module,
    llvm::function_ref<bool(CallOpInterface, func::FuncOp)> isWanted) {
  CallInlining inlining(module, isWanted);
  // From where calls begin: what is called once then moves once.
  for (bool isPrivate : {false, true})
    for (auto function : module.getOps<func::FuncOp>())
      if (function.isPrivate() == isPrivate)
        inlining.inlineInto(function);
  inlining.finish();
}
