// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/StableHLO/Emission.h"

#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace invhlo;

static APFloat toFloat(double value, FloatType type) {
  APFloat result(value);
  bool losesInfo;
  result.convert(type.getFloatSemantics(), APFloat::rmNearestTiesToEven,
                 &losesInfo);
  return result;
}

Value stablehlo::createSplat(OpBuilder &b, Location loc, RankedTensorType type,
                             double value) {
  Type elementType = type.getElementType();
  DenseElementsAttr attr;
  if (auto real = dyn_cast<FloatType>(elementType)) {
    attr = DenseElementsAttr::get(type, toFloat(value, real));
  } else if (auto complex = dyn_cast<ComplexType>(elementType)) {
    auto part = cast<FloatType>(complex.getElementType());
    attr = DenseElementsAttr::get(
        type, std::complex<APFloat>(toFloat(value, part), toFloat(0, part)));
  } else {
    unsigned width = elementType.getIntOrFloatBitWidth();
    APInt bits(width, int64_t(value), /*isSigned=*/true,
               /*implicitTrunc=*/true);
    attr = DenseElementsAttr::get(type, bits);
  }
  return ConstantOp::create(b, loc, attr);
}

Value stablehlo::createReshape(OpBuilder &b, Location loc, Value data,
                               Type type) {
  if (data.getType() == type)
    return data;
  return ReshapeOp::create(b, loc, type, data);
}

/// The operand of `whole` in which a box lies, with the box shifted to it; null
/// if it lies in none.
static Value findPart(stablehlo::ConcatenateOp whole,
                      MutableArrayRef<int64_t> starts,
                      MutableArrayRef<int64_t> limits) {
  int64_t dim = whole.getDimension(), offset = 0;
  for (Value part : whole.getInputs()) {
    int64_t size = cast<RankedTensorType>(part.getType()).getDimSize(dim);
    if (starts[dim] >= offset && limits[dim] <= offset + size) {
      starts[dim] -= offset;
      limits[dim] -= offset;
      return part;
    }
    offset += size;
  }
  return {};
}

Value stablehlo::createSlice(OpBuilder &b, Location loc, Value data,
                             ArrayRef<int64_t> starts, ArrayRef<int64_t> limits,
                             ArrayRef<int64_t> strides) {
  auto type = cast<RankedTensorType>(data.getType());
  SmallVector<int64_t> shape;
  for (auto [start, limit, stride] : llvm::zip_equal(starts, limits, strides))
    shape.push_back((limit - start + stride - 1) / stride);
  if (type.getShape() == ArrayRef<int64_t>(shape))
    return data;
  RankedTensorType resultType = type.clone(shape);
  DenseElementsAttr constant;
  if (matchPattern(data, m_Constant(&constant)) && constant.isSplat())
    return ConstantOp::create(b, loc, constant.resizeSplat(resultType));
  if (auto broadcast = data.getDefiningOp<BroadcastInDimOp>())
    if (cast<RankedTensorType>(broadcast.getOperand().getType()).getRank() == 0)
      return BroadcastInDimOp::create(
          b, loc, resultType, broadcast.getOperand(), ArrayRef<int64_t>{});
  if (auto whole = data.getDefiningOp<ConcatenateOp>()) {
    SmallVector<int64_t> from(starts), to(limits);
    if (Value part = findPart(whole, from, to))
      return createSlice(b, loc, part, from, to, strides);
  }
  return SliceOp::create(b, loc, data, starts, limits, strides);
}

Value stablehlo::createEmbedding(OpBuilder &b, Location loc, Value data,
                                 ArrayRef<int64_t> offsets,
                                 ArrayRef<int64_t> strides,
                                 ArrayRef<int64_t> shape) {
  auto type = cast<RankedTensorType>(data.getType());
  if (type.getShape() == shape)
    return data;
  SmallVector<int64_t> high, interior;
  for (auto [d, size] : llvm::enumerate(shape)) {
    int64_t last = offsets[d] + (type.getDimSize(d) - 1) * strides[d];
    high.push_back(size - 1 - last);
    interior.push_back(strides[d] - 1);
  }
  Value zero =
      createSplat(b, loc, RankedTensorType::get({}, type.getElementType()), 0);
  return PadOp::create(b, loc, data, zero, offsets, high, interior);
}
