// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Rules/Emitter.h"

#include "invhlo/CHLO/CHLO.h"
#include "invhlo/StableHLO/Emission.h"
#include "llvm/ADT/Sequence.h"
#include <cmath>

using namespace mlir;
using namespace invhlo;

bool invhlo::isReal(Value value) {
  return isa<FloatType>(getElementTypeOrSelf(value.getType()));
}

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

Value Emitter::branch(Value pred, Value x, Arm a, Arm b) {
  Value ofA = a.formula(guard(pred, x, a.regular));
  Value ofB = b.formula(select(pred, fill(b.regular, x), x));
  return select(pred, ofA, ofB);
}

Value Emitter::odd(Value x, llvm::function_ref<Value(Value)> formula) {
  Value isNegative = less(x, fill(0, x));
  Value minus = neg(x);
  Value y = formula(select(isNegative, minus, x));
  return select(isNegative, neg(y), y);
}

Value Emitter::magnitude(Value a) {
  Value isNegative = less(a, fill(0, a));
  return select(isNegative, neg(a), a);
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
  return stablehlo::createReshape(builder, loc, a, type.clone(shape));
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

Value Emitter::takeRows(Value a, int64_t dim, ArrayRef<int64_t> rows,
                        int64_t resultDim) {
  auto type = cast<RankedTensorType>(a.getType());
  SmallVector<int64_t> sliceSizes(type.getShape()), offsetDims;
  sliceSizes[dim] = 1;
  SmallVector<int64_t> shape(type.getShape());
  shape.erase(shape.begin() + dim);
  shape.insert(shape.begin() + resultDim, rows.size());
  for (int64_t d = 0; d < type.getRank(); ++d)
    if (d != resultDim)
      offsetDims.push_back(d);
  SmallVector<int32_t> numbers(rows);
  auto indicesType =
      RankedTensorType::get({int64_t(rows.size()), 1}, builder.getI32Type());
  Value indices = create<stablehlo::ConstantOp>(
      DenseElementsAttr::get(indicesType, ArrayRef<int32_t>(numbers)));
  auto dims = stablehlo::GatherDimensionNumbersAttr::get(
      builder.getContext(), offsetDims, {dim}, {}, {}, {dim}, 1);
  return create<stablehlo::GatherOp>(type.clone(shape), a, indices, dims,
                                     sliceSizes,
                                     /*indices_are_sorted=*/false);
}

Value Emitter::embed(Value a, const Box &box, ArrayRef<int64_t> shape) {
  return stablehlo::createEmbedding(builder, loc, a, box.getOffsets(),
                                    box.getStrides(), shape);
}

Value Emitter::sum(Value a, ArrayRef<int64_t> dims) {
  return stablehlo::ReduceOp::createSum(builder, loc, a, dims).getResult(0);
}

Value Emitter::minimum(Value a, ArrayRef<int64_t> dims) {
  return stablehlo::ReduceOp::createMin(builder, loc, a, dims).getResult(0);
}

Value Emitter::detach(Value a) {
  auto type = cast<RankedTensorType>(a.getType());
  auto integer = builder.getIntegerType(type.getElementTypeBitWidth());
  Value bits = create<stablehlo::BitcastConvertOp>(type.clone(integer), a);
  return create<stablehlo::BitcastConvertOp>(type, bits);
}

Value Emitter::nanIf(Value pred, Value x) { return select(pred, nan(x), x); }

Value Emitter::nanUnless(Value pred, Value x) {
  return select(pred, x, nan(x));
}

Value Emitter::nanIfNegative(Value y, Value x) {
  if (isComplex(y))
    return x;
  return nanIf(less(y, fill(0, y)), x);
}

Value Emitter::nanIfOutside(double low, Value y, double high, Type rounded,
                            Value x) {
  if (isComplex(y))
    return x;
  unsigned digits = cast<FloatType>(rounded).getFPMantissaWidth();
  double margin =
      std::ldexp(std::max(std::abs(low), std::abs(high)), 2 - int(digits));
  Value none = nan(x);
  return select(isBetween(low - margin, y, high + margin), x, none);
}

Value Emitter::spread(Value logDet, ArrayRef<int64_t> shape,
                      ArrayRef<int64_t> dims, int64_t count) {
  auto type = cast<RankedTensorType>(logDet.getType());
  return create<SpreadShareOp>(type.clone(shape), logDet, dims, count);
}

Value Emitter::mix(Value share, ArrayRef<int64_t> dims) {
  if (!share)
    return share;
  ArrayRef<int64_t> shape = cast<RankedTensorType>(share.getType()).getShape();
  SmallVector<int64_t> kept;
  int64_t count = 1;
  for (auto [d, size] : llvm::enumerate(shape)) {
    if (llvm::is_contained(dims, int64_t(d)))
      count *= size;
    else
      kept.push_back(d);
  }
  return count > 1 ? spread(sum(share, dims), shape, kept, count) : share;
}

Value Emitter::logit(Value y) {
  auto byLogs = [&](Value v) {
    Value logV = log(v);
    return sub(logV, log1p(neg(v)));
  };
  if (isComplex(y))
    return byLogs(y);
  // Near y = 1/2 these logs cancel.
  auto byRatio = [&](Value v) {
    Value twice = shift(-1, scale(2, v));
    return log1p(div(twice, reflect(1, v)));
  };
  Value isMiddle = isBetween(0.25, y, 0.75);
  return branch(isMiddle, y, {0.5, byRatio}, {0.25, byLogs});
}

Value Emitter::logVariance(Value y) {
  Value logY = real(log(y));
  return add(logY, real(log1p(neg(y))));
}

Value Emitter::log1mexp(Value d) {
  auto ofSmall = [&](Value v) { return log(neg(expm1(neg(v)))); };
  auto ofLarge = [&](Value v) { return log1p(neg(exp(neg(v)))); };
  Value isSmall = less(d, fill(M_LN2, d));
  return branch(isSmall, d, {0.5, ofSmall}, {1, ofLarge});
}

Value Emitter::logCosh(Value x) {
  // cosh x = 1 + 2 sinh(x / 2)^2.
  auto ofSmall = [&](Value v) {
    Value sinh = create<chlo::SinhOp>(scale(0.5, v));
    return log1p(scale(2, mul(sinh, sinh)));
  };
  auto ofLarge = [&](Value v) {
    Value magnitude = abs(v);
    Value tail = log1p(exp(scale(-2, magnitude)));
    return shift(-M_LN2, add(magnitude, tail));
  };
  return branch(isBetween(-1, x, 1), x, {0, ofSmall}, {1, ofLarge});
}

Value Emitter::logCos(Value x) {
  auto ofLarge = [&](Value v) {
    return logAbs(create<stablehlo::CosineOp>(v));
  };
  if (isComplex(x))
    return ofLarge(x);
  // cos x = 1 - 2 sin(x / 2)^2, without the log of a number close to 1.
  auto ofSmall = [&](Value v) {
    Value sine = create<stablehlo::SineOp>(scale(0.5, v));
    return log1p(scale(-2, mul(sine, sine)));
  };
  return branch(isBetween(-1, x, 1), x, {0, ofSmall}, {1, ofLarge});
}

Value Emitter::log1mSquare(Value y) {
  auto ofLarge = [&](Value v) {
    Value plus = real(log1p(v));
    return add(plus, real(log1p(neg(v))));
  };
  if (isComplex(y))
    return ofLarge(y);
  // These logs cancel for small y.
  auto ofSmall = [&](Value v) { return log1p(neg(mul(v, v))); };
  return branch(isBetween(-0.5, y, 0.5), y, {0, ofSmall}, {0.5, ofLarge});
}

Value Emitter::log1pSquare(Value y) {
  auto ofSmall = [&](Value v) { return log1p(mul(v, v)); };
  auto ofLarge = [&](Value v) {
    Value inverse = div(fill(1, v), v);
    Value tail = log1p(mul(inverse, inverse));
    return add(scale(2, logAbs(v)), tail);
  };
  return branch(isBetween(-1, y, 1), y, {0, ofSmall}, {1, ofLarge});
}
