// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Interfaces/Knowledge.h"

#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace invhlo;

IndexSet Knowledge::wholeOf(Value value) {
  return IndexSet::whole(getTensorType(value).getShape());
}

DenseElementsAttr invhlo::getConstant(Value value) {
  DenseElementsAttr attr;
  if (!matchPattern(value, m_Constant(&attr)))
    return nullptr;
  return attr;
}

Type invhlo::getShareType(Type elementType) {
  if (auto complex = dyn_cast<ComplexType>(elementType))
    return getShareType(complex.getElementType());
  auto real = dyn_cast<FloatType>(elementType);
  if (real && real.getWidth() >= 32)
    return real;
  return Float32Type::get(elementType.getContext());
}

RankedTensorType invhlo::getShareTensorType(RankedTensorType type) {
  return type.clone(getShareType(type.getElementType()));
}

bool invhlo::hasDensity(Type type) {
  return isa<FloatType, ComplexType>(getElementTypeOrSelf(type));
}
