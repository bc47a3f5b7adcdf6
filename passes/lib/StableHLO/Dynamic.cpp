// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Operations on sizes that are known at run time.

#include "AssemblyFormat.h"
#include "VerifyUtils.h"

using namespace mlir;
using namespace invhlo::stablehlo;

#define GET_OP_CLASSES
#include "invhlo/StableHLO/Dynamic.cpp.inc"

void StableHLODialect::registerDynamicOps() {
  addOperations<
#define GET_OP_LIST
#include "invhlo/StableHLO/Dynamic.cpp.inc"
      >();
}

LogicalResult GetDimensionSizeOp::inferReturnTypes(
    MLIRContext *context, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &inferred) {
  auto type = dyn_cast<RankedTensorType>(adaptor.getOperand().getType());
  if (!type)
    return emitOptionalError(location, "expected a ranked tensor");
  if (failed(report(location,
                    checkDim("dim", adaptor.getDimension(), type.getRank()))))
    return failure();
  inferred.push_back(tensorOf({}, IntegerType::get(context, 32)));
  return success();
}

LogicalResult SetDimensionSizeOp::inferReturnTypes(
    MLIRContext *context, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &inferred) {
  auto type = dyn_cast<RankedTensorType>(adaptor.getOperand().getType());
  if (!type)
    return emitOptionalError(location, "expected a ranked tensor");
  int64_t dim = adaptor.getDimension();
  if (failed(report(location, checkDim("dim", dim, type.getRank()))))
    return failure();
  SmallVector<int64_t> shape(type.getShape());
  SmallVector<int64_t> bounds(type.getRank(), ShapedType::kDynamic);
  if (auto known = dyn_cast_or_null<TypeExtensionsAttr>(type.getEncoding()))
    bounds.assign(known.getBounds().begin(), known.getBounds().end());
  if (!ShapedType::isDynamic(shape[dim]))
    bounds[dim] = shape[dim];
  shape[dim] = ShapedType::kDynamic;
  Attribute encoding;
  if (!llvm::all_of(bounds, ShapedType::isDynamic))
    encoding = TypeExtensionsAttr::get(context, bounds);
  inferred.push_back(
      RankedTensorType::get(shape, type.getElementType(), encoding));
  return success();
}

/// Each operand in `operands` is a vector of `rank` numbers.
static LogicalResult verifyVectors(Operation *op, OperandRange operands,
                                   StringRef name, int64_t rank) {
  for (Type type : operands.getTypes()) {
    auto vector = cast<RankedTensorType>(type);
    if (vector.getRank() == 1 && !sizesAgree(vector.getDimSize(0), rank))
      return report(op, checkLength(name, vector.getDimSize(0), rank));
  }
  return success();
}

LogicalResult DynamicIotaOp::verify() {
  if (failed(verifyVectors(*this, (*this)->getOperands(), "output_shape",
                           getType().getRank())))
    return failure();
  return report(*this,
                checkDim("dim", getIotaDimension(), getType().getRank()));
}

LogicalResult DynamicBroadcastInDimOp::verify() {
  ArrayRef<int64_t> dims = getBroadcastDimensions();
  if (failed(report(*this, checkLength("dims", dims.size(),
                                       getOperand().getType().getRank()))))
    return failure();
  if (failed(verifyVectors(*this, (*this)->getOperands().drop_front(),
                           "output_dimensions", getType().getRank())))
    return failure();
  return report(*this, checkDims("dims", dims, getType().getRank()));
}

LogicalResult DynamicReshapeOp::verify() {
  return verifyVectors(*this, (*this)->getOperands().drop_front(),
                       "output_shape", getType().getRank());
}

LogicalResult DynamicPadOp::verify() {
  return verifyVectors(*this, (*this)->getOperands().drop_front(2), "padding",
                       getOperand().getType().getRank());
}

LogicalResult RealDynamicSliceOp::verify() {
  return verifyVectors(*this, (*this)->getOperands().drop_front(), "indices",
                       getOperand().getType().getRank());
}
