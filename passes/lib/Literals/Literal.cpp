// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Literals/Literal.h"

#include "invhlo/StableHLO/Analysis/Indices.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"
#include <complex>

using namespace mlir;
using namespace invhlo;

Type invhlo::getPartType(Type elementType) {
  auto complex = dyn_cast<ComplexType>(elementType);
  return complex ? complex.getElementType() : elementType;
}

bool invhlo::isSigned(Type elementType) {
  return isa<IntegerType>(elementType) && !elementType.isUnsignedInteger() &&
         !elementType.isInteger(1);
}

APInt invhlo::toInt(uint64_t bits, Type type) {
  return APInt(type.getIntOrFloatBitWidth(), bits);
}

APFloat invhlo::toFloat(uint64_t bits, Type type) {
  return APFloat(cast<FloatType>(type).getFloatSemantics(), toInt(bits, type));
}

Element invhlo::toElement(int64_t value, Type elementType) {
  Type part = getPartType(elementType);
  if (isa<FloatType>(part)) {
    APFloat x(cast<FloatType>(part).getFloatSemantics());
    x.convertFromAPInt(APInt(64, value, /*isSigned=*/true), /*IsSigned=*/true,
                       APFloat::rmNearestTiesToEven);
    return {toBits(x)};
  }
  return {toBits(APInt(64, value, /*isSigned=*/true)
                     .zextOrTrunc(part.getIntOrFloatBitWidth()))};
}

bool Literal::canHold(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || !tensor.hasStaticShape())
    return false;
  Type part = getPartType(tensor.getElementType());
  return (isa<FloatType>(part) || isa<IntegerType>(tensor.getElementType())) &&
         part.getIntOrFloatBitWidth() <= 64;
}

/// Reads the elements as `T`, only one of a splat.
template <typename T>
static std::vector<Element>
readElements(DenseElementsAttr attr,
             llvm::function_ref<Element(const T &)> toElement) {
  if (attr.isSplat())
    return {toElement(attr.getSplatValue<T>())};
  std::vector<Element> elements;
  elements.reserve(attr.getNumElements());
  for (const T &value : attr.getValues<T>())
    elements.push_back(toElement(value));
  return elements;
}

std::optional<Literal> Literal::get(DenseElementsAttr attr) {
  if (!canHold(attr.getType()))
    return std::nullopt;
  auto type = cast<RankedTensorType>(attr.getType());
  if (type.getNumElements() == 0)
    return Literal(type, {});
  Type elementType = type.getElementType();
  if (isa<IntegerType>(elementType))
    return Literal(type, readElements<APInt>(attr, [](const APInt &x) {
                     return Element{toBits(x)};
                   }));
  if (isa<FloatType>(elementType))
    return Literal(type, readElements<APFloat>(attr, [](const APFloat &x) {
                     return Element{toBits(x)};
                   }));
  using Complex = std::complex<APFloat>;
  return Literal(type, readElements<Complex>(attr, [](const Complex &x) {
                   return Element{toBits(x.real()), toBits(x.imag())};
                 }));
}

static DenseElementsAttr toAttr(RankedTensorType type,
                                ArrayRef<Element> elements) {
  Type part = getPartType(type.getElementType());
  if (isa<IntegerType>(part))
    return DenseElementsAttr::get(
        type, llvm::map_to_vector(elements, [&](const Element &x) {
          return toInt(x.bits, part);
        }));
  if (!isa<ComplexType>(type.getElementType()))
    return DenseElementsAttr::get(
        type, llvm::map_to_vector(elements, [&](const Element &x) {
          return toFloat(x.bits, part);
        }));
  return DenseElementsAttr::get(
      type, llvm::map_to_vector(elements, [&](const Element &x) {
        return std::complex<APFloat>(toFloat(x.bits, part),
                                     toFloat(x.imaginary, part));
      }));
}

DenseElementsAttr Literal::toAttr() const {
  return ::toAttr(type, holdingAll().elements);
}

DenseElementsAttr Literal::toHeldAttr() const {
  return ::toAttr(type.clone(held), elements);
}

Literal Literal::holding(ArrayRef<int64_t> shape) const {
  if (isSplat() || ArrayRef(held) == shape)
    return *this;
  SmallVector<int64_t> strides = computeStrides(held);
  for (auto [stride, size] : llvm::zip_equal(strides, held))
    if (size == 1)
      stride = 0;
  std::vector<Element> all;
  all.reserve(ShapedType::getNumElements(shape));
  stablehlo::forEachIndex(shape, [&](ArrayRef<int64_t> index) {
    all.push_back(elements[linearize(index, strides)]);
  });
  return Literal(type, shape, std::move(all));
}

int64_t Literal::getInteger(int64_t i) const {
  APInt value = toInt((*this)[i].bits, getElementType());
  if (isSigned(getElementType()))
    return value.getSExtValue();
  return value.getLimitedValue(std::numeric_limits<int64_t>::max());
}

SmallVector<int64_t> Literal::getIntegers() const {
  Literal all = holdingAll();
  return llvm::map_to_vector(llvm::seq(type.getNumElements()),
                             [&](int64_t i) { return all.getInteger(i); });
}
