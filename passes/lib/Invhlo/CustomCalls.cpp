// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Invhlo/CustomCalls.h"

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/Verifier.h"

using namespace mlir;
using namespace invhlo;
using stablehlo::CustomCallOp;

static constexpr llvm::StringLiteral kPrefix = "invhlo.";

/// What a call says the attribute `own` of its op by.
static std::string getAttributeName(StringAttr own) {
  return (kPrefix + own.getValue()).str();
}

/// How many operands of a primitive are inputs follows from the number of its
/// results, so that calls do not say it.
static constexpr llvm::StringLiteral kSegments = "operandSegmentSizes";

/// Replaces `call` by the op that it names, and verifies that.
static LogicalResult raise(CustomCallOp call) {
  StringRef target = call.getCallTargetName();
  OperationName name(target, call.getContext());
  if (!name.hasTrait<HostCall>())
    return call.emitOpError()
           << "calls '" << target << "', which invhlo does not have";
  if (call.getHasSideEffect())
    return call.emitOpError()
           << "calls '" << target << "', which has no side effects";
  OpBuilder b(call);
  OperationState state(call.getLoc(), name, call.getOperands(),
                       call.getResultTypes());
  state.attributes = call->getDiscardableAttrDictionary();
  for (StringAttr own : name.getAttributeNames()) {
    state.attributes.erase(own);
    if (Attribute value = state.attributes.erase(getAttributeName(own)))
      state.attributes.set(own, value);
  }
  if (target == PrimitiveOp::getOperationName()) {
    int32_t numOperands = call->getNumOperands();
    int32_t numLowered = std::min<int32_t>(numOperands, call->getNumResults());
    state.attributes.set(
        kSegments,
        b.getDenseI32ArrayAttr({numOperands - numLowered, numLowered}));
  }
  Operation *op = b.create(state);
  call->replaceAllUsesWith(op);
  call->erase();
  return verify(op);
}

FailureOr<bool> invhlo::raiseCustomCalls(Operation *root) {
  bool isAny = false;
  WalkResult result = root->walk([&](CustomCallOp call) -> WalkResult {
    StringRef target = call.getCallTargetName();
    if (!target.starts_with(kPrefix) || target == kCustomInverseTarget)
      return success();
    isAny = true;
    return raise(call);
  });
  if (result.wasInterrupted())
    return failure();
  return isAny;
}

/// Replaces `op`, a `HostCall`, by the call that names it.
static void lower(Operation *op) {
  OpBuilder b(op);
  OperationName name = op->getName();
  auto call = CustomCallOp::create(b, op->getLoc(), op->getResultTypes(),
                                   op->getOperands(), name.getStringRef());
  call->setDiscardableAttrs(op->getDiscardableAttrDictionary());
  for (StringAttr own : name.getAttributeNames())
    if (own != kSegments)
      call->setDiscardableAttr(getAttributeName(own),
                               *op->getInherentAttr(own));
  op->replaceAllUsesWith(call);
  op->erase();
}

bool invhlo::lowerToCustomCalls(Operation *root) {
  bool isAny = false;
  root->walk([&](Operation *op) {
    if (!op->hasTrait<HostCall>())
      return;
    isAny = true;
    lower(op);
  });
  return isAny;
}
