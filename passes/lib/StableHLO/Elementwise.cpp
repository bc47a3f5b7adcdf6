// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Elementwise operations with two and three operands.

#include "AssemblyFormat.h"
#include "VerifyUtils.h"

using namespace mlir;
using namespace invhlo::stablehlo;

#define GET_OP_CLASSES
#include "invhlo/StableHLO/Elementwise.cpp.inc"

void StableHLODialect::registerElementwiseOps() {
  addOperations<
#define GET_OP_LIST
#include "invhlo/StableHLO/Elementwise.cpp.inc"
      >();
}

LogicalResult ComplexOp::inferReturnTypes(MLIRContext *,
                                          std::optional<Location> location,
                                          Adaptor adaptor,
                                          SmallVectorImpl<Type> &inferred) {
  SmallVector<Type> part;
  if (failed(detail::inferSameType(location, adaptor.getOperands(), part)))
    return failure();
  auto type = cast<RankedTensorType>(part[0]);
  if (!isa<FloatType>(type.getElementType()))
    return emitOptionalError(location, "expected float operands, got ", type);
  inferred.push_back(type.clone(ComplexType::get(type.getElementType())));
  return success();
}

LogicalResult ComplexOp::verify() {
  if (getElementTypeOrSelf(getLhs()) != getElementTypeOrSelf(getRhs()))
    return emitOpError() << "expects operands of one element type, got "
                         << getLhs().getType() << " and " << getRhs().getType();
  return success();
}

void CompareOp::build(OpBuilder &builder, OperationState &state, Value lhs,
                      Value rhs, ComparisonDirection direction) {
  build(builder, state, lhs, rhs, direction, ComparisonTypeAttr());
}

LogicalResult CompareOp::inferReturnTypes(MLIRContext *context,
                                          std::optional<Location> location,
                                          Adaptor adaptor,
                                          SmallVectorImpl<Type> &inferred) {
  SmallVector<Type> operand;
  if (failed(detail::inferSameType(location, adaptor.getOperands(), operand)))
    return failure();
  inferred.push_back(
      cast<RankedTensorType>(operand[0]).clone(IntegerType::get(context, 1)));
  return success();
}

LogicalResult CompareOp::verify() {
  if (!elementsAgree(getLhs().getType(), getRhs().getType()))
    return emitOpError() << "expects operands of one element type, got "
                         << getLhs().getType() << " and " << getRhs().getType();
  return success();
}

/// `value` is a scalar, or compatible in shape with `type`.
static bool isScalarOrShapedLike(Value value, Type type) {
  auto own = cast<RankedTensorType>(value.getType());
  return own.getRank() == 0 || succeeded(verifyCompatibleShape(own, type));
}

LogicalResult ClampOp::inferReturnTypes(MLIRContext *,
                                        std::optional<Location> location,
                                        Adaptor adaptor,
                                        SmallVectorImpl<Type> &inferred) {
  inferred.push_back(adaptor.getOperand().getType());
  return success();
}

LogicalResult ClampOp::verify() {
  Type type = getOperand().getType();
  for (Value bound : {getMin(), getMax()})
    if (!isScalarOrShapedLike(bound, type) ||
        !elementsAgree(bound.getType(), type))
      return emitOpError() << "expects a bound to be a scalar or like " << type
                           << ", got " << bound.getType();
  return success();
}

LogicalResult SelectOp::inferReturnTypes(MLIRContext *,
                                         std::optional<Location> location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &inferred) {
  return detail::inferSameType(location, adaptor.getOperands().drop_front(),
                               inferred);
}

LogicalResult SelectOp::verify() {
  if (!areCompatibleTypes(getOnTrue().getType(), getOnFalse().getType()))
    return emitOpError() << "expects both choices to have one type, got "
                         << getOnTrue().getType() << " and "
                         << getOnFalse().getType();
  if (!isScalarOrShapedLike(getPred(), getOnTrue().getType()))
    return emitOpError() << "expects a scalar predicate or one shaped like "
                         << getOnTrue().getType() << ", got "
                         << getPred().getType();
  return success();
}
