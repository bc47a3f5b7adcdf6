// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/Shares.h"

#include "invhlo/Interfaces/Knowledge.h"
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

static Value add(OpBuilder &b, Location loc, Value x, Value y) {
  if (!x || !y)
    return x ? x : y;
  return stablehlo::AddOp::create(b, loc, x, y);
}

void invhlo::addShares(OpBuilder &b, Location loc,
                       MutableArrayRef<Value> shares, ArrayRef<Value> added) {
  for (auto [share, more] : llvm::zip_equal(shares, added))
    share = add(b, loc, share, more);
}

/// The number of leading dimensions in which all types agree.
static int64_t countCommonDims(ArrayRef<RankedTensorType> types) {
  ArrayRef<int64_t> common = types.front().getShape();
  for (RankedTensorType type : types.drop_front()) {
    auto [end, _] = llvm::mismatch(common, type.getShape());
    common = common.take_front(end - common.begin());
  }
  return common.size();
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
                                      ArrayRef<RankedTensorType> to) {
  auto share = [](RankedTensorType type) { return getShareTensorType(type); };
  auto fromShares = llvm::map_to_vector(from, share);
  auto toShares = llvm::map_to_vector(to, share);
  if (fromShares == toShares)
    return SmallVector<Value>(shares);
  SmallVector<Value> moved(to.size());
  if (llvm::none_of(shares, [](Value value) { return bool(value); }))
    return moved;

  SmallVector<RankedTensorType> all = fromShares;
  llvm::append_range(all, toShares);
  int64_t leading = countCommonDims(all);
  SmallVector<int64_t> leadingDims =
      llvm::to_vector(llvm::seq<int64_t>(0, leading));
  Type widest = b.getF32Type();
  for (RankedTensorType type : all)
    if (type.getElementTypeBitWidth() > widest.getIntOrFloatBitWidth())
      widest = type.getElementType();
  Value total;
  for (Value value : shares) {
    if (!value)
      continue;
    auto dims = llvm::to_vector(
        llvm::seq<int64_t>(leading, getTensorType(value).getRank()));
    Value sum =
        stablehlo::ReduceOp::createSum(b, loc, value, dims).getResult(0);
    total = add(b, loc, total, convert(b, loc, sum, widest));
  }
  int64_t count = 0;
  for (RankedTensorType type : to)
    if (hasDensity(type))
      count += ShapedType::getNumElements(type.getShape().drop_front(leading));
  if (count == 0)
    return moved;
  Value each = stablehlo::DivOp::create(
      b, loc, total,
      stablehlo::createSplat(b, loc, getTensorType(total), count));
  for (auto [value, type, shareType] : llvm::zip_equal(moved, to, toShares))
    if (hasDensity(type))
      value = stablehlo::BroadcastInDimOp::create(
          b, loc, shareType, convert(b, loc, each, shareType.getElementType()),
          leadingDims);
  return moved;
}

Value invhlo::addSum(OpBuilder &b, Location loc, Value total, Value share,
                     Type type) {
  for (Value term : splitShare(b, loc, share)) {
    auto negated = term.getDefiningOp<stablehlo::NegOp>();
    Value data = negated ? negated.getOperand() : term;
    auto dims =
        llvm::to_vector(llvm::seq<int64_t>(0, getTensorType(data).getRank()));
    Value sum = convert(
        b, loc, stablehlo::ReduceOp::createSum(b, loc, data, dims).getResult(0),
        type);
    // XLA makes one reduction of added ones, but not of ones that are
    // subtracted from a number.
    if (negated && !total)
      total = stablehlo::createSplat(b, loc, getTensorType(sum), 0);
    total = negated ? Value(stablehlo::SubtractOp::create(b, loc, total, sum))
                    : add(b, loc, total, sum);
  }
  return total;
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
