// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/CHLO/CHLOInference.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;

namespace invhlo::chlo::detail {

bool areCompatible(TypeRange lhs, TypeRange rhs) {
  if (lhs.size() != rhs.size())
    return false;
  for (auto [l, r] : llvm::zip_equal(lhs, rhs))
    if (getElementTypeOrSelf(l) != getElementTypeOrSelf(r) ||
        failed(verifyCompatibleShape(l, r)))
      return false;
  return true;
}

/// `elementType` in the shape of `like`.
static Type withElementType(Type like, Type elementType) {
  return cast<ShapedType>(like).clone(elementType);
}

InferredTypes inferSame(Value operand) {
  return SmallVector<Type>{operand.getType()};
}

InferredTypes inferPredicate(Value operand) {
  Type i1 = IntegerType::get(operand.getContext(), 1);
  return SmallVector<Type>{withElementType(operand.getType(), i1)};
}

InferredTypes inferConstantLike(Value operand, TypedAttr value) {
  return SmallVector<Type>{withElementType(operand.getType(), value.getType())};
}

/// The size of a dimension made of two that broadcast, or failure.
static FailureOr<int64_t> commonSize(int64_t l, int64_t r) {
  if (l == r || r == 1)
    return l;
  if (l == 1)
    return r;
  if (ShapedType::isDynamic(l))
    return r;
  if (ShapedType::isDynamic(r))
    return l;
  return failure();
}

/// Stretches `shape` by `other`, whose dimension i is `dims[i]` of `shape`.
static LogicalResult stretch(std::optional<Location> location,
                             SmallVectorImpl<int64_t> &shape,
                             ArrayRef<int64_t> other, ArrayRef<int64_t> dims) {
  if (dims.size() != other.size())
    return emitOptionalError(location, "expects ", other.size(),
                             " broadcast dimensions, got ", dims.size());
  for (auto [size, dim] : llvm::zip_equal(other, dims)) {
    if (dim < 0 || dim >= static_cast<int64_t>(shape.size()))
      return emitOptionalError(location, "broadcast dimension ", dim,
                               " is out of range for rank ", shape.size());
    FailureOr<int64_t> common = commonSize(shape[dim], size);
    if (failed(common))
      return emitOptionalError(location, "sizes ", shape[dim], " and ", size,
                               " of dimension ", dim, " do not broadcast");
    shape[dim] = *common;
  }
  return success();
}

/// The common shape of `lhs` and `rhs`; the one of lower rank is placed by
/// `dims`, or at the end without them.
static FailureOr<SmallVector<int64_t>>
broadcastShapes(std::optional<Location> location, ArrayRef<int64_t> lhs,
                ArrayRef<int64_t> rhs,
                std::optional<ArrayRef<int64_t>> dims = std::nullopt) {
  ArrayRef<int64_t> large = lhs.size() >= rhs.size() ? lhs : rhs;
  ArrayRef<int64_t> small = lhs.size() >= rhs.size() ? rhs : lhs;
  SmallVector<int64_t> shape(large);
  SmallVector<int64_t> trailing;
  if (!dims) {
    trailing = llvm::to_vector(
        llvm::seq<int64_t>(large.size() - small.size(), large.size()));
    dims = trailing;
  }
  if (failed(stretch(location, shape, small, *dims)))
    return failure();
  return shape;
}

InferredTypes inferBroadcast(std::optional<Location> location, Value lhs,
                             Value rhs, DenseI64ArrayAttr dimensions,
                             function_ref<Type(Type)> element) {
  Type elementType = element(getElementTypeOrSelf(lhs.getType()));
  auto l = dyn_cast<RankedTensorType>(lhs.getType());
  auto r = dyn_cast<RankedTensorType>(rhs.getType());
  if (!l || !r)
    return SmallVector<Type>{UnrankedTensorType::get(elementType)};
  std::optional<ArrayRef<int64_t>> dims;
  if (dimensions)
    dims = dimensions.asArrayRef();
  FailureOr<SmallVector<int64_t>> shape =
      broadcastShapes(location, l.getShape(), r.getShape(), dims);
  if (failed(shape))
    return failure();
  return SmallVector<Type>{RankedTensorType::get(*shape, elementType)};
}

InferredTypes inferSelect(std::optional<Location> location, Value pred,
                          Value onTrue, Value onFalse) {
  Type elementType = getElementTypeOrSelf(onTrue.getType());
  auto p = dyn_cast<RankedTensorType>(pred.getType());
  auto t = dyn_cast<RankedTensorType>(onTrue.getType());
  auto f = dyn_cast<RankedTensorType>(onFalse.getType());
  if (getElementTypeOrSelf(onFalse.getType()) != elementType) {
    return emitOptionalError(location, "element types of ", onTrue.getType(),
                             " and ", onFalse.getType(), " differ");
  }
  if (!p || !t || !f)
    return SmallVector<Type>{UnrankedTensorType::get(elementType)};
  FailureOr<SmallVector<int64_t>> shape =
      broadcastShapes(location, t.getShape(), f.getShape());
  if (succeeded(shape))
    shape = broadcastShapes(location, *shape, p.getShape());
  if (failed(shape))
    return failure();
  return SmallVector<Type>{RankedTensorType::get(*shape, elementType)};
}

InferredTypes inferTopK(std::optional<Location> location, Value operand,
                        int64_t k) {
  Type elementType = getElementTypeOrSelf(operand.getType());
  Type i32 = IntegerType::get(operand.getContext(), 32);
  auto type = dyn_cast<RankedTensorType>(operand.getType());
  if (!type)
    return SmallVector<Type>{operand.getType(), UnrankedTensorType::get(i32)};
  if (type.getRank() == 0)
    return emitOptionalError(location, "expects an operand of rank 1 or more");
  SmallVector<int64_t> shape(type.getShape());
  if (k < 0 || (!ShapedType::isDynamic(shape.back()) && k > shape.back()))
    return emitOptionalError(location, "k = ", k,
                             " is out of range for a last dimension of size ",
                             shape.back());
  shape.back() = k;
  return SmallVector<Type>{RankedTensorType::get(shape, elementType),
                           RankedTensorType::get(shape, i32)};
}

} // namespace invhlo::chlo::detail
