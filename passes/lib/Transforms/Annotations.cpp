// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Inlining.h"
#include "invhlo/Engine/Annotation.h"
#include "invhlo/Invhlo/CustomCalls.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "invhlo/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace invhlo;

namespace invhlo {
#define GEN_PASS_DEF_LOWERANNOTATIONSPASS
#define GEN_PASS_DEF_INLINECUSTOMPASS
#include "invhlo/Transforms/Passes.h.inc"
} // namespace invhlo

static bool isCustomInverse(Operation *op) {
  auto call = dyn_cast<stablehlo::CustomCallOp>(op);
  return call && call.getCallTargetName() == kCustomInverseTarget;
}

/// Whether `op` carries rules or stands for a function that could.
static bool isCustom(Operation *op) {
  return isAnnotated(op) || isCustomInverse(op);
}

/// The function whose inverse an annotation tells; null if there is none.
static FlatSymbolRefAttr getBodySymbol(Operation *op) {
  return llvm::TypeSwitch<Operation *, FlatSymbolRefAttr>(op)
      .Case([](func::CallOp call) { return call.getCalleeAttr(); })
      .Case([](stablehlo::CompositeOp composite) {
        return composite.getDecompositionAttr();
      })
      .Case([](stablehlo::CustomCallOp call) {
        ArrayAttr called = call.getCalledComputations();
        return isCustomInverse(call) && called.size() == 1
                   ? cast<FlatSymbolRefAttr>(called[0])
                   : FlatSymbolRefAttr();
      })
      .Default(FlatSymbolRefAttr());
}

/// Replaces `op`, which `isCustom`, by a call of its body; reports what is
/// wrong with its annotation.
static LogicalResult lowerAnnotation(Operation *op,
                                     SymbolTableCollection &symbols) {
  if (isAnnotated(op) && failed(verifyAnnotation(op, symbols)))
    return failure();
  FlatSymbolRefAttr symbol = getBodySymbol(op);
  if (!symbol)
    return op->emitOpError("is annotated, but does not call one function");
  auto body = symbols.lookupNearestSymbolFrom<func::FuncOp>(op, symbol);
  if (!body || body.isExternal())
    return op->emitOpError()
           << "calls " << symbol << ", which is no function with a body";
  if (TypeRange(body.getArgumentTypes()) != TypeRange(op->getOperands()) ||
      TypeRange(body.getResultTypes()) != TypeRange(op->getResults())) {
    InFlightDiagnostic diagnostic =
        op->emitOpError() << "does not fit " << symbol
                          << ", which has the type " << body.getFunctionType();
    diagnostic.attachNote(body.getLoc()) << "the function is here";
    return diagnostic;
  }
  OpBuilder b(op);
  auto call = func::CallOp::create(b, op->getLoc(), body, op->getOperands());
  call->setDiscardableAttr(kRulesAttr, b.getArrayAttr({}));
  for (StringRef name : {kRulesAttr, kNameAttr})
    if (Attribute attr = op->getDiscardableAttr(name))
      call->setDiscardableAttr(name, attr);
  op->replaceAllUsesWith(call);
  op->erase();
  return success();
}

/// Lowers every annotation of `module`, those without rules too.
static LogicalResult lowerAnnotations(ModuleOp module) {
  SmallVector<Operation *> found;
  module.walk([&](Operation *op) {
    if (isCustom(op))
      found.push_back(op);
  });
  SymbolTableCollection symbols;
  for (Operation *op : found)
    if (failed(lowerAnnotation(op, symbols)))
      return failure();
  return success();
}

namespace {
struct LowerAnnotationsPass
    : invhlo::impl::LowerAnnotationsPassBase<LowerAnnotationsPass> {
  void runOnOperation() override {
    if (failed(lowerAnnotations(getOperation())))
      return signalPassFailure();
    getOperation().walk([](func::CallOp call) {
      auto rules = call->getAttrOfType<ArrayAttr>(kRulesAttr);
      if (rules && rules.empty())
        eraseAnnotations(call);
    });
  }
};

struct InlineCustomPass : invhlo::impl::InlineCustomPassBase<InlineCustomPass> {
  void runOnOperation() override {
    if (failed(lowerAnnotations(getOperation())))
      return signalPassFailure();
    inlineCalls(getOperation(), [](CallOpInterface call, func::FuncOp) {
      return isAnnotated(call);
    });
    eraseAnnotations(getOperation());
    OpPassManager cleanUp(ModuleOp::getOperationName());
    cleanUp.addPass(createSymbolDCEPass());
    if (failed(runPipeline(cleanUp, getOperation())))
      signalPassFailure();
  }
};
} // namespace
