// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Rules/Emitter.h"

#include "invhlo/CHLO/CHLO.h"
#include "invhlo/StableHLO/Emission.h"
#include "llvm/ADT/Sequence.h"
#include <cmath>
#include <limits>

using namespace mlir;
using namespace invhlo;

bool invhlo::isComplex(Value value) {
  return isa<ComplexType>(getElementTypeOrSelf(value.getType()));
}

Value Emitter::real(Value a) {
  return isComplex(a) ? create<stablehlo::RealOp>(a) : a;
}

Value Emitter::logAbs(Value a) {
  if (auto exp = a.getDefiningOp<stablehlo::ExpOp>())
    return real(exp.getOperand());
  return log(abs(a));
}

/// XLA's log1p of doubles is off by up to 128 ulps in (-0.42, -0.35), where
/// 1 + a is exact enough.
Value Emitter::log1p(Value a) {
  Value direct = create<stablehlo::Log1pOp>(a);
  if (!getElementTypeOrSelf(a.getType()).isF64())
    return direct;
  Value isLow = less(a, fill(-0.3, a));
  return select(isLow, log(shift(1, a)), direct);
}

Value Emitter::isBetween(double low, Value a, double high) {
  Value lower = fill(low, a);
  Value isAbove = less(lower, a);
  Value upper = fill(high, a);
  Value isBelow = less(a, upper);
  return create<stablehlo::AndOp>(isAbove, isBelow);
}

Value Emitter::fill(double value, RankedTensorType type) {
  return stablehlo::createSplat(builder, loc, type, value);
}

Value Emitter::convert(Value a, Type elementType) {
  if (getElementTypeOrSelf(a.getType()) == elementType)
    return a;
  return create<stablehlo::ConvertOp>(a, elementType);
}

Value Emitter::reshape(Value a, ArrayRef<int64_t> shape) {
  auto type = cast<RankedTensorType>(a.getType());
  if (type.getShape() == shape)
    return a;
  return create<stablehlo::ReshapeOp>(type.clone(shape), a);
}

Value Emitter::transpose(Value a, ArrayRef<int64_t> permutation) {
  if (llvm::equal(permutation, llvm::seq<int64_t>(0, permutation.size())))
    return a;
  return create<stablehlo::TransposeOp>(a, permutation);
}

Value Emitter::broadcast(Value a, ArrayRef<int64_t> shape,
                         ArrayRef<int64_t> dims) {
  auto type = cast<RankedTensorType>(a.getType());
  return create<stablehlo::BroadcastInDimOp>(type.clone(shape), a, dims);
}

Value Emitter::slice(Value a, const Box &box) {
  return stablehlo::createSlice(builder, loc, a, box.getOffsets(),
                                box.getLimits(), box.getStrides());
}

Value Emitter::embed(Value a, const Box &box, ArrayRef<int64_t> shape) {
  return stablehlo::createEmbedding(builder, loc, a, box.getOffsets(),
                                    box.getStrides(), shape);
}

Value Emitter::sum(Value a, ArrayRef<int64_t> dims) {
  return stablehlo::ReduceOp::createSum(builder, loc, a, dims).getResult(0);
}

Value Emitter::nanIf(Value pred, Value x) {
  Value nan = fill(std::numeric_limits<double>::quiet_NaN(), x);
  return select(pred, nan, x);
}

Value Emitter::nanIfNegative(Value y, Value x) {
  if (isComplex(y))
    return x;
  return nanIf(less(y, fill(0, y)), x);
}

Value Emitter::nanIfFar(Value y, double center, double radius, Value x) {
  if (isComplex(y))
    return x;
  auto type = cast<FloatType>(getElementTypeOrSelf(y.getType()));
  double margin = std::ldexp(4, -int(type.getFPMantissaWidth()));
  Value distance = abs(center == 0 ? y : shift(-center, y));
  Value bound = fill(radius * (1 + margin), y);
  return nanIf(less(bound, distance), x);
}

Value Emitter::average(Value a, ArrayRef<int64_t> dims) {
  ArrayRef<int64_t> shape = cast<RankedTensorType>(a.getType()).getShape();
  SmallVector<int64_t> kept;
  int64_t count = 1;
  for (auto [d, size] : llvm::enumerate(shape)) {
    if (llvm::is_contained(dims, int64_t(d)))
      count *= size;
    else
      kept.push_back(d);
  }
  return broadcast(scale(1. / count, sum(a, dims)), shape, kept);
}

Value Emitter::logit(Value y) {
  Value logY = log(y);
  Value ends = sub(logY, log1p(neg(y)));
  if (isComplex(y))
    return ends;
  // Near y = 1/2 these logs cancel.
  Value isMiddle = isBetween(0.25, y, 0.75);
  Value half = fill(0.5, y);
  Value safe = select(isMiddle, y, half);
  Value twice = shift(-1, scale(2, safe));
  Value middle = log1p(div(twice, reflect(1, safe)));
  return select(isMiddle, middle, ends);
}

Value Emitter::logVariance(Value y) {
  Value logY = real(log(y));
  return add(logY, real(log1p(neg(y))));
}

Value Emitter::log1mexp(Value d) {
  Value isSmall = less(d, fill(M_LN2, d));
  Value minus = neg(d);
  // Each arm is safe where the other is taken: no NaN can leak.
  Value small = log(neg(expm1(minus)));
  Value large = log1p(neg(exp(minus)));
  return select(isSmall, small, large);
}

Value Emitter::logCosh(Value x) {
  Value magnitude = abs(x);
  Value one = fill(1, x);
  Value isSmall = less(magnitude, one);
  // cosh x = 1 + 2 sinh(x / 2)^2.
  Value half = scale(0.5, select(isSmall, magnitude, one));
  Value sinh = create<chlo::SinhOp>(half);
  Value small = log1p(scale(2, mul(sinh, sinh)));
  Value tail = log1p(exp(scale(-2, magnitude)));
  Value large = shift(-M_LN2, add(magnitude, tail));
  return select(isSmall, small, large);
}

Value Emitter::log1mSquare(Value y) {
  Value plus = real(log1p(y));
  Value minus = real(log1p(neg(y)));
  Value sum = add(plus, minus);
  if (isComplex(y))
    return sum;
  // These logs cancel for small y.
  Value magnitude = abs(y);
  Value half = fill(0.5, y);
  Value isSmall = less(magnitude, half);
  Value safe = select(isSmall, magnitude, half);
  Value small = log1p(neg(mul(safe, safe)));
  return select(isSmall, small, sum);
}

Value Emitter::log1pSquare(Value y) {
  Value magnitude = abs(y);
  Value one = fill(1, y);
  Value isSmall = less(magnitude, one);
  Value safeSmall = select(isSmall, magnitude, one);
  Value small = log1p(mul(safeSmall, safeSmall));
  Value safeLarge = select(isSmall, one, magnitude);
  Value inverse = div(one, safeLarge);
  Value tail = log1p(mul(inverse, inverse));
  Value large = add(scale(2, log(safeLarge)), tail);
  return select(isSmall, small, large);
}
