// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Elementwise operations with one operand.

#include "AssemblyFormat.h"
#include "VerifyUtils.h"

using namespace mlir;
using namespace invhlo::stablehlo;

#define GET_OP_CLASSES
#include "invhlo/StableHLO/Unary.cpp.inc"

void StableHLODialect::registerUnaryOps() {
  addOperations<
#define GET_OP_LIST
#include "invhlo/StableHLO/Unary.cpp.inc"
      >();
}

/// The operand's type with its complex elements replaced by their parts.
static LogicalResult inferPartType(std::optional<Location> location,
                                   Value operand,
                                   SmallVectorImpl<Type> &inferred) {
  auto type = dyn_cast<RankedTensorType>(operand.getType());
  if (!type)
    return emitOptionalError(location, "expected a ranked tensor");
  auto complex = dyn_cast<ComplexType>(type.getElementType());
  inferred.push_back(complex ? type.clone(complex.getElementType()) : type);
  return success();
}

LogicalResult AbsOp::inferReturnTypes(MLIRContext *,
                                      std::optional<Location> location,
                                      Adaptor adaptor,
                                      SmallVectorImpl<Type> &inferred) {
  return inferPartType(location, adaptor.getOperand(), inferred);
}

LogicalResult RealOp::inferReturnTypes(MLIRContext *,
                                       std::optional<Location> location,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &inferred) {
  return inferPartType(location, adaptor.getOperand(), inferred);
}

LogicalResult ImagOp::inferReturnTypes(MLIRContext *,
                                       std::optional<Location> location,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &inferred) {
  return inferPartType(location, adaptor.getOperand(), inferred);
}

LogicalResult IsFiniteOp::inferReturnTypes(MLIRContext *context,
                                           std::optional<Location> location,
                                           Adaptor adaptor,
                                           SmallVectorImpl<Type> &inferred) {
  auto type = dyn_cast<RankedTensorType>(adaptor.getX().getType());
  if (!type)
    return emitOptionalError(location, "expected a ranked tensor");
  inferred.push_back(type.clone(IntegerType::get(context, 1)));
  return success();
}

LogicalResult UniformDequantizeOp::inferReturnTypes(
    MLIRContext *, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &inferred) {
  auto type = dyn_cast<RankedTensorType>(adaptor.getOperand().getType());
  auto element = type ? dyn_cast<quant::QuantizedType>(type.getElementType())
                      : quant::QuantizedType();
  if (!element)
    return emitOptionalError(location, "expected a quantized tensor");
  inferred.push_back(type.clone(element.getExpressedType()));
  return success();
}

void ConvertOp::build(OpBuilder &builder, OperationState &state, Value operand,
                      Type elementType) {
  auto type = cast<RankedTensorType>(operand.getType());
  build(builder, state, type.clone(elementType), operand);
}

LogicalResult ReducePrecisionOp::verify() {
  if (getExponentBits() < 1)
    return emitOpError() << "expects at least 1 exponent bit, got "
                         << getExponentBits();
  if (static_cast<int32_t>(getMantissaBits()) < 0)
    return emitOpError() << "expects mantissa bits not to be negative";
  return success();
}
