// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/Shares.h"

#include "invhlo/Interfaces/Knowledge.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/Emission.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace invhlo;

Value invhlo::getShareOrZero(OpBuilder &b, Location loc, Value share,
                             RankedTensorType type) {
  return share ? share
               : stablehlo::createSplat(b, loc, getShareTensorType(type), 0);
}

void invhlo::addShares(OpBuilder &b, Location loc,
                       MutableArrayRef<Value> shares, ArrayRef<Value> added) {
  for (auto [share, more] : llvm::zip_equal(shares, added))
    share = appendTerm(b, loc, share, more);
}

static Value convert(OpBuilder &b, Location loc, Value value,
                     Type elementType) {
  if (getElementTypeOrSelf(value.getType()) == elementType)
    return value;
  return stablehlo::ConvertOp::create(b, loc, value, elementType);
}

SmallVector<Value> invhlo::moveShares(OpBuilder &b, Location loc,
                                      ArrayRef<Value> shares,
                                      ArrayRef<RankedTensorType> from,
                                      ArrayRef<RankedTensorType> to,
                                      int64_t numBatchDims) {
  auto toShares = llvm::map_to_vector(to, getShareTensorType);
  if (llvm::map_to_vector(from, getShareTensorType) == toShares)
    return SmallVector<Value>(shares);
  Type widest = b.getF32Type();
  for (RankedTensorType type : toShares)
    if (type.getElementTypeBitWidth() > widest.getIntOrFloatBitWidth())
      widest = type.getElementType();
  Value total;
  for (Value share : shares) {
    if (!share)
      continue;
    auto events = llvm::to_vector(
        llvm::seq<int64_t>(numBatchDims, getTensorType(share).getRank()));
    Value sum =
        stablehlo::ReduceOp::createSum(b, loc, share, events).getResult(0);
    total = appendTerm(b, loc, total, convert(b, loc, sum, widest));
  }
  SmallVector<Value> moved(to.size());
  int64_t count = 0;
  for (RankedTensorType type : to)
    if (hasDensity(type))
      count +=
          ShapedType::getNumElements(type.getShape().drop_front(numBatchDims));
  if (!total || count == 0)
    return moved;
  auto batch = llvm::to_vector(llvm::seq<int64_t>(0, numBatchDims));
  for (auto [value, type, shareType] : llvm::zip_equal(moved, to, toShares))
    if (hasDensity(type))
      value = SpreadShareOp::create(
          b, loc, shareType, convert(b, loc, total, shareType.getElementType()),
          batch, count);
  return moved;
}

int64_t invhlo::countDimensions(Type type, int64_t numElements) {
  if (!hasDensity(type))
    return 0;
  return isa<ComplexType>(getElementTypeOrSelf(type)) ? 2 * numElements
                                                      : numElements;
}

int64_t invhlo::countDimensions(ValueRange values) {
  int64_t count = 0;
  for (Value value : values)
    count +=
        countDimensions(value.getType(), getTensorType(value).getNumElements());
  return count;
}
