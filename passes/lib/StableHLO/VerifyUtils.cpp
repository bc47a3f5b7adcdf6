// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "VerifyUtils.h"

#include "llvm/ADT/SmallBitVector.h"
#include "llvm/ADT/Twine.h"

using namespace mlir;

namespace invhlo::stablehlo {

Complaint checkDim(StringRef name, int64_t value, int64_t rank) {
  if (value >= 0 && value < rank)
    return std::nullopt;
  return (Twine(name) + " must be in [0, " + Twine(rank) + "), got " +
          Twine(value))
      .str();
}

Complaint checkDims(StringRef name, ArrayRef<int64_t> dims, int64_t rank) {
  llvm::SmallBitVector seen(rank);
  for (int64_t d : dims) {
    if (Complaint complaint = checkDim(name, d, rank))
      return complaint;
    if (seen.test(d))
      return (Twine(name) + " must not repeat, got " + Twine(d) + " twice")
          .str();
    seen.set(d);
  }
  return std::nullopt;
}

Complaint checkLength(StringRef name, size_t length, int64_t count) {
  if (static_cast<int64_t>(length) == count)
    return std::nullopt;
  return (Twine(name) + " must have " + Twine(count) + " entries, got " +
          Twine(length))
      .str();
}

WindowDim windowDim(int64_t d, int64_t size,
                    std::optional<ArrayRef<int64_t>> strides,
                    std::optional<DenseIntElementsAttr> padding,
                    std::optional<ArrayRef<int64_t>> baseDilations,
                    std::optional<ArrayRef<int64_t>> dilations) {
  WindowDim window = {size};
  if (strides)
    window.stride = (*strides)[d];
  if (padding) {
    window.low = padding->getValues<int64_t>()[2 * d];
    window.high = padding->getValues<int64_t>()[2 * d + 1];
  }
  if (baseDilations)
    window.baseDilation = (*baseDilations)[d];
  if (dilations)
    window.dilation = (*dilations)[d];
  return window;
}

int64_t windowedSize(int64_t size, const WindowDim &window) {
  if (ShapedType::isDynamic(size) || ShapedType::isDynamic(window.size))
    return ShapedType::kDynamic;
  auto dilated = [](int64_t n, int64_t dilation) {
    return n == 0 ? 0 : (n - 1) * dilation + 1;
  };
  int64_t padded =
      window.low + dilated(size, window.baseDilation) + window.high;
  int64_t width = dilated(window.size, window.dilation);
  return padded <= 0 || width > padded ? 0
                                       : (padded - width) / window.stride + 1;
}

RankedTensorType tensorOf(ArrayRef<int64_t> shape, Type element) {
  return RankedTensorType::get(shape, element);
}

bool elementsAgree(Type a, Type b) {
  Type ea = getElementTypeOrSelf(a), eb = getElementTypeOrSelf(b);
  return ea == eb || isa<quant::QuantizedType>(ea) ||
         isa<quant::QuantizedType>(eb);
}

SmallVector<Type> scalarsOf(TypeRange types) {
  SmallVector<Type> scalars;
  for (Type type : types)
    scalars.push_back(tensorOf({}, getElementTypeOrSelf(type)));
  return scalars;
}

static LogicalResult verifyTypes(Operation *op, const Twine &what,
                                 TypeRange expected, TypeRange actual,
                                 bool elementsMatter) {
  if (expected.size() != actual.size())
    return op->emitOpError()
           << "expects " << what << " to have " << expected.size()
           << " values, got " << actual.size();
  for (auto [i, types] : llvm::enumerate(llvm::zip(expected, actual))) {
    auto [want, have] = types;
    bool fits = areCompatibleTypes(want, have);
    if (!fits && !elementsMatter)
      fits = isa<RankedTensorType>(want) && isa<RankedTensorType>(have) &&
             succeeded(verifyCompatibleShape(want, have));
    if (!fits)
      return op->emitOpError() << "expects value " << i << " of " << what
                               << " to be " << want << ", got " << have;
  }
  return success();
}

LogicalResult verifyRegion(Operation *op, Region &region, StringRef name,
                           TypeRange arguments, TypeRange results,
                           bool elementsMatter) {
  // Regions that must have one block and a terminator have been checked.
  if (region.empty())
    return op->emitOpError() << "expects " << name << " not to be empty";
  Block &block = region.front();
  if (failed(verifyTypes(op, "the arguments of " + name, arguments,
                         block.getArgumentTypes(), elementsMatter)))
    return failure();
  if (!block.mightHaveTerminator())
    return op->emitOpError() << "expects " << name << " to end in a return";
  return verifyTypes(op, "the return of " + name, results,
                     block.getTerminator()->getOperandTypes(), elementsMatter);
}

} // namespace invhlo::stablehlo
