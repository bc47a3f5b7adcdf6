// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/ForwardCheck.h"

#include "invhlo/Engine/Annotation.h"
#include "invhlo/Interfaces/InvertibleOpInterface.h"
#include "invhlo/Interfaces/Refusal.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace invhlo;

/// The most calls around one another: each takes some of the stack.
static constexpr unsigned kMaxDepth = 64;

static bool isStatic(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor && tensor.hasStaticShape();
}

static bool hasStaticTypes(Operation *op) {
  auto isStaticBlock = [](Block &block) {
    return llvm::all_of(block.getArgumentTypes(), isStatic);
  };
  return llvm::all_of(op->getOperandTypes(), isStatic) &&
         llvm::all_of(op->getResultTypes(), isStatic) &&
         llvm::all_of(op->getRegions(), [&](Region &region) {
           return llvm::all_of(region, isStaticBlock);
         });
}

static LogicalResult checkEffects(Operation *op) {
  // An op with a rule that does not say what its effects are has none: a
  // sharding constraint only must not be taken for dead code.
  bool hasPlainRule =
      isa<InvertibleOpInterface>(op) && !isa<MemoryEffectOpInterface>(op);
  if (isa<func::FuncOp, CallOpInterface>(op) || hasPlainRule ||
      op->hasTrait<OpTrait::HasRecursiveMemoryEffects>() ||
      isMemoryEffectFree(op))
    return success();
  return refusal(
      op->emitOpError("has side effects, so the function cannot be inverted"));
}

namespace {
/// A function that another refers to, by a call or as the rule of one.
struct Reference {
  Operation *from;
  func::FuncOp to;
  bool isCall;
};

/// Goes through functions from the first to those it refers to.
class ForwardCheck {
public:
  LogicalResult run(func::FuncOp function) {
    if (failed(enter(function)))
      return failure();
    while (!path.empty())
      if (failed(step()))
        return failure();
    return success();
  }

private:
  struct Frame {
    func::FuncOp function;
    SmallVector<Reference> references;
    unsigned next = 0;
    /// How many calls there are around one another in it.
    unsigned depth = 0;
  };

  /// Looks at a function by itself, and then at what it refers to.
  LogicalResult enter(func::FuncOp function) {
    if (function.isExternal() || !function.getBody().hasOneBlock())
      return refusal(function.emitOpError(
          "cannot be inverted: it has no single-block body"));
    Frame frame{function, {}};
    WalkResult result = function.walk([&](Operation *op) -> WalkResult {
      if (!hasStaticTypes(op))
        return refusal(function.emitOpError(
            "cannot be inverted: it has values that are not tensors of static "
            "shape"));
      if (failed(checkEffects(op)))
        return failure();
      if (auto call = dyn_cast<CallOpInterface>(op))
        insertReferences(call, frame.references);
      return success();
    });
    path.push_back(std::move(frame));
    state[function] = kOnPath;
    return failure(result.wasInterrupted());
  }

  void insertReferences(CallOpInterface call,
                        SmallVectorImpl<Reference> &references) {
    auto insert = [&](Operation *callee, bool isCall) {
      auto function = dyn_cast_or_null<func::FuncOp>(callee);
      // What has no body is refused where it is called.
      if (function && !function.isExternal())
        references.push_back({call, function, isCall});
    };
    insert(call.resolveCallableInTable(&symbols), true);
    if (!isAnnotated(call))
      return;
    for (const CustomRule &rule : getCustomRules(call))
      for (FlatSymbolRefAttr name : rule.getFunctions())
        insert(symbols.lookupNearestSymbolFrom(call, name), false);
  }

  LogicalResult step() {
    Frame &frame = path.back();
    if (frame.next == frame.references.size()) {
      state[frame.function] = frame.depth;
      path.pop_back();
      return success();
    }
    const Reference &reference = frame.references[frame.next];
    auto it = state.find(reference.to);
    if (it == state.end())
      return enter(reference.to);
    ++frame.next;
    // The inverse of a function may well call that function.
    if (!reference.isCall)
      return success();
    if (it->second == kOnPath)
      return refusal(reference.from->emitOpError(
          "is recursive, so the function cannot be inverted"));
    frame.depth = std::max(frame.depth, it->second + 1);
    if (frame.depth > kMaxDepth)
      return refusal(reference.from->emitOpError())
             << "cannot be inverted: more than " << kMaxDepth
             << " calls are nested";
    return success();
  }

  static constexpr unsigned kOnPath = -1;
  SymbolTableCollection symbols;
  std::vector<Frame> path;
  /// The depth of each function that was looked at.
  DenseMap<Operation *, unsigned> state;
};
} // namespace

LogicalResult invhlo::checkForward(func::FuncOp function) {
  return ForwardCheck().run(function);
}
