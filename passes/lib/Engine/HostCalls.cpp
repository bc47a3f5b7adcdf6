// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/HostCalls.h"

#include "invhlo/Interfaces/Primitive.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace invhlo;
using stablehlo::CustomCallOp;

static LogicalResult verifyHost(CustomCallOp call) {
  auto host = call->getAttrOfType<IntegerAttr>("invhlo.host");
  if (!host || !host.getType().isSignlessInteger(64) || host.getInt() < 0)
    return call.emitOpError("has no attribute 'invhlo.host' that is a "
                            "non-negative integer of 64 bits");
  return success();
}

/// Operands, then what they were lowered to.
static LogicalResult verifyPrimitive(CustomCallOp call) {
  if (failed(verifyHost(call)))
    return failure();
  if (call->getNumOperands() < call->getNumResults() ||
      TypeRange(getLowered(call)) != TypeRange(call->getResults()))
    return call.emitOpError("has other types than its last operands, which it "
                            "stands for");
  return success();
}

static LogicalResult verifyFunctionCall(CustomCallOp call) {
  ArrayAttr computations = call.getCalledComputations();
  if (computations.size() != 1 || !isa<FlatSymbolRefAttr>(computations[0]))
    return call.emitOpError("does not call one function");
  return success();
}

/// The static shapes of the operands and results, if they have such.
static std::optional<SmallVector<RankedTensorType>>
getTensorTypes(CustomCallOp call) {
  SmallVector<RankedTensorType> types;
  for (ValueRange values :
       {ValueRange(call->getOperands()), ValueRange(call->getResults())})
    for (Value value : values) {
      auto type = dyn_cast<RankedTensorType>(value.getType());
      if (!type || !type.hasStaticShape())
        return std::nullopt;
      types.push_back(type);
    }
  return types;
}

/// The parts of a tensor along a dimension, in order.
static LogicalResult verifySplit(CustomCallOp call) {
  auto types = getTensorTypes(call);
  auto dim = call->getAttrOfType<IntegerAttr>("invhlo.dim");
  bool isSplit = types && call->getNumOperands() == 1 && dim &&
                 dim.getType().isSignlessInteger(64) && dim.getInt() >= 0 &&
                 dim.getInt() < types->front().getRank();
  if (isSplit) {
    SmallVector<int64_t> rest(types->front().getShape());
    for (RankedTensorType part : ArrayRef(*types).drop_front()) {
      isSplit = isSplit && part.getRank() == int64_t(rest.size()) &&
                part.getElementType() == types->front().getElementType();
      if (!isSplit)
        break;
      rest[dim.getInt()] -= part.getDimSize(dim.getInt());
      for (int64_t d = 0; d < part.getRank(); ++d)
        isSplit =
            isSplit && (d == dim.getInt() || part.getDimSize(d) == rest[d]);
    }
    isSplit = isSplit && rest[dim.getInt()] == 0;
  }
  if (!isSplit)
    return call.emitOpError("does not split its operand along 'invhlo.dim'");
  return success();
}

/// [batch..., n, n], of numbers that can be divided.
static bool isMatrix(RankedTensorType type) {
  int64_t rank = type.getRank();
  return rank >= 2 && type.getDimSize(rank - 1) == type.getDimSize(rank - 2) &&
         isa<FloatType, ComplexType>(type.getElementType());
}

/// [batch..., n, n], [batch..., n, m] -> [batch..., n, m].
static LogicalResult verifySolve(CustomCallOp call) {
  auto types = getTensorTypes(call);
  bool isSolve = types && call->getNumOperands() == 2 && types->size() == 3 &&
                 isMatrix((*types)[0]) && (*types)[1] == (*types)[2] &&
                 (*types)[1].getRank() == (*types)[0].getRank() &&
                 (*types)[1].getShape().drop_back() ==
                     (*types)[0].getShape().drop_back() &&
                 (*types)[1].getElementType() == (*types)[0].getElementType();
  if (!isSolve)
    return call.emitOpError("does not take a matrix and columns to columns");
  return success();
}

/// [batch..., n, n] -> [batch...], real.
static LogicalResult verifyLogAbsDet(CustomCallOp call) {
  auto types = getTensorTypes(call);
  bool isLogDet = types && call->getNumOperands() == 1 && types->size() == 2 &&
                  isMatrix((*types)[0]);
  if (isLogDet) {
    Type element = (*types)[0].getElementType();
    if (auto complex = dyn_cast<ComplexType>(element))
      element = complex.getElementType();
    isLogDet = (*types)[1] == RankedTensorType::get(
                                  (*types)[0].getShape().drop_back(2), element);
  }
  if (!isLogDet)
    return call.emitOpError("does not take a matrix to a real number");
  return success();
}

LogicalResult invhlo::verifyHostCalls(ModuleOp module) {
  using Verify = LogicalResult (*)(CustomCallOp);
  WalkResult result = module.walk([](CustomCallOp call) -> WalkResult {
    StringRef target = call.getCallTargetName();
    if (!target.starts_with("invhlo."))
      return success();
    auto verify = llvm::StringSwitch<Verify>(target)
                      .Case(kPrimitiveTarget, verifyPrimitive)
                      .Case("invhlo.bind", verifyHost)
                      .Case("invhlo.custom_inverse", verifyFunctionCall)
                      .Case("invhlo.split", verifySplit)
                      .Case("invhlo.solve", verifySolve)
                      .Case("invhlo.log_abs_det", verifyLogAbsDet)
                      .Default(nullptr);
    if (!verify)
      return call.emitOpError()
             << "calls '" << target << "', which invhlo does not have";
    return verify(call);
  });
  return failure(result.wasInterrupted());
}
