// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Result types of operations that rearrange elements.

#include "VerifyUtils.h"

using namespace mlir;
using namespace invhlo::stablehlo;

/// The type of an operand that ODS will check only later.
static RankedTensorType tensorType(Value value) {
  return dyn_cast<RankedTensorType>(value.getType());
}

static LogicalResult notATensor(std::optional<Location> location) {
  return emitOptionalError(location, "expected ranked tensors");
}

LogicalResult ConstantOp::inferReturnTypes(MLIRContext *,
                                           std::optional<Location> location,
                                           Adaptor adaptor,
                                           SmallVectorImpl<Type> &inferred) {
  if (!adaptor.getValue())
    return emitOptionalError(location, "expected a value");
  inferred.push_back(adaptor.getValue().getType());
  return success();
}

LogicalResult BroadcastOp::inferReturnTypes(MLIRContext *,
                                            std::optional<Location> location,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &inferred) {
  RankedTensorType type = tensorType(adaptor.getOperand());
  if (!type)
    return notATensor(location);
  SmallVector<int64_t> shape(adaptor.getBroadcastSizes());
  if (llvm::any_of(shape, [](int64_t size) { return size < 0; }))
    return emitOptionalError(location, "sizes must not be negative");
  llvm::append_range(shape, type.getShape());
  inferred.push_back(tensorOf(shape, type.getElementType()));
  return success();
}

LogicalResult TransposeOp::inferReturnTypes(MLIRContext *,
                                            std::optional<Location> location,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &inferred) {
  RankedTensorType type = tensorType(adaptor.getOperand());
  if (!type)
    return notATensor(location);
  ArrayRef<int64_t> permutation = adaptor.getPermutation();
  if (failed(report(location, checkLength("permutation", permutation.size(),
                                          type.getRank()))) ||
      failed(report(location,
                    checkDims("permutation", permutation, type.getRank()))))
    return failure();
  SmallVector<int64_t> shape, bounds;
  auto encoding = dyn_cast_or_null<TypeExtensionsAttr>(type.getEncoding());
  for (int64_t d : permutation) {
    shape.push_back(type.getDimSize(d));
    if (encoding)
      bounds.push_back(encoding.getBounds()[d]);
  }
  Attribute permuted;
  if (encoding)
    permuted = TypeExtensionsAttr::get(type.getContext(), bounds);
  inferred.push_back(
      RankedTensorType::get(shape, type.getElementType(), permuted));
  return success();
}

LogicalResult ConcatenateOp::inferReturnTypes(MLIRContext *,
                                              std::optional<Location> location,
                                              Adaptor adaptor,
                                              SmallVectorImpl<Type> &inferred) {
  if (adaptor.getInputs().empty())
    return emitOptionalError(location, "expected at least one operand");
  RankedTensorType first = tensorType(adaptor.getInputs().front());
  if (!first)
    return notATensor(location);
  int64_t dim = adaptor.getDimension();
  if (failed(report(location, checkDim("dim", dim, first.getRank()))))
    return failure();
  SmallVector<int64_t> shape(first.getShape());
  for (Value input : adaptor.getInputs().drop_front()) {
    RankedTensorType type = tensorType(input);
    if (!type)
      return notATensor(location);
    if (type.getRank() != first.getRank() || !elementsAgree(type, first))
      return emitOptionalError(
          location, "expected operands of one rank and element type, got ",
          first, " and ", type);
    for (auto [d, size] : llvm::enumerate(type.getShape())) {
      if (static_cast<int64_t>(d) == dim) {
        shape[d] =
            ShapedType::isDynamic(shape[d]) || ShapedType::isDynamic(size)
                ? ShapedType::kDynamic
                : shape[d] + size;
        continue;
      }
      if (!sizesAgree(shape[d], size))
        return emitOptionalError(location, "operands differ in dimension ", d,
                                 ": ", first, " and ", type);
      if (ShapedType::isDynamic(shape[d]))
        shape[d] = size;
    }
  }
  inferred.push_back(tensorOf(shape, first.getElementType()));
  return success();
}

LogicalResult PadOp::inferReturnTypes(MLIRContext *,
                                      std::optional<Location> location,
                                      Adaptor adaptor,
                                      SmallVectorImpl<Type> &inferred) {
  RankedTensorType type = tensorType(adaptor.getOperand());
  RankedTensorType value = tensorType(adaptor.getPaddingValue());
  if (!type || !value)
    return notATensor(location);
  if (value.getRank() != 0 || !elementsAgree(value, type))
    return emitOptionalError(location, "expected a scalar of ",
                             type.getElementType(),
                             " as the padding value, got ", value);
  int64_t rank = type.getRank();
  ArrayRef<int64_t> low = adaptor.getEdgePaddingLow();
  ArrayRef<int64_t> high = adaptor.getEdgePaddingHigh();
  ArrayRef<int64_t> interior = adaptor.getInteriorPadding();
  if (failed(report(location, checkLength("low", low.size(), rank))) ||
      failed(report(location, checkLength("high", high.size(), rank))) ||
      failed(report(location, checkLength("interior", interior.size(), rank))))
    return failure();
  SmallVector<int64_t> shape;
  for (int64_t d = 0; d < rank; ++d) {
    if (interior[d] < 0)
      return emitOptionalError(
          location, "interior padding must not be negative, got ", interior[d]);
    int64_t size = type.getDimSize(d);
    if (ShapedType::isDynamic(size)) {
      shape.push_back(ShapedType::kDynamic);
      continue;
    }
    int64_t padded =
        low[d] + size + std::max<int64_t>(size - 1, 0) * interior[d] + high[d];
    if (padded < 0)
      return emitOptionalError(location, "padding leaves dimension ", d,
                               " with negative size ", padded);
    shape.push_back(padded);
  }
  inferred.push_back(tensorOf(shape, type.getElementType()));
  return success();
}

LogicalResult SliceOp::inferReturnTypes(MLIRContext *,
                                        std::optional<Location> location,
                                        Adaptor adaptor,
                                        SmallVectorImpl<Type> &inferred) {
  RankedTensorType type = tensorType(adaptor.getOperand());
  if (!type)
    return notATensor(location);
  int64_t rank = type.getRank();
  ArrayRef<int64_t> starts = adaptor.getStartIndices();
  ArrayRef<int64_t> limits = adaptor.getLimitIndices();
  ArrayRef<int64_t> strides = adaptor.getStrides();
  if (failed(report(location,
                    checkLength("start_indices", starts.size(), rank))) ||
      failed(report(location,
                    checkLength("limit_indices", limits.size(), rank))) ||
      failed(report(location, checkLength("strides", strides.size(), rank))))
    return failure();
  SmallVector<int64_t> shape;
  for (int64_t d = 0; d < rank; ++d) {
    int64_t size = type.getDimSize(d);
    if (starts[d] < 0 || limits[d] < starts[d] || strides[d] <= 0 ||
        (!ShapedType::isDynamic(size) && limits[d] > size))
      return emitOptionalError(location, "invalid range ", starts[d], ":",
                               limits[d], ":", strides[d], " in dimension ", d,
                               " of ", type);
    shape.push_back((limits[d] - starts[d] + strides[d] - 1) / strides[d]);
  }
  inferred.push_back(tensorOf(shape, type.getElementType()));
  return success();
}

LogicalResult DynamicSliceOp::inferReturnTypes(
    MLIRContext *, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &inferred) {
  RankedTensorType type = tensorType(adaptor.getOperand());
  if (!type)
    return notATensor(location);
  ArrayRef<int64_t> sizes = adaptor.getSliceSizes();
  if (failed(report(location,
                    checkLength("sizes", sizes.size(), type.getRank()))) ||
      failed(report(location, checkLength("start indices",
                                          adaptor.getStartIndices().size(),
                                          type.getRank()))))
    return failure();
  for (auto [d, size] : llvm::enumerate(sizes))
    if (size < 0 || (!type.isDynamicDim(d) && size > type.getDimSize(d)))
      return emitOptionalError(location, "size ", size,
                               " does not fit dimension ", d, " of ", type);
  inferred.push_back(tensorOf(sizes, type.getElementType()));
  return success();
}

LogicalResult DynamicUpdateSliceOp::inferReturnTypes(
    MLIRContext *, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &inferred) {
  inferred.push_back(adaptor.getOperand().getType());
  return success();
}
