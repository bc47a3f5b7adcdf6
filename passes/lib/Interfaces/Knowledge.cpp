// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Interfaces/Knowledge.h"

#include "invhlo/Literals/LiteralLookup.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

bool Knowledge::mayFind(Operation *op, ValueRange values) {
  if (!wantsShares())
    return true;
  DenseSet<Value> distinct;
  for (Value value : values) {
    if (!hasDensity(value.getType()))
      continue;
    bool isFirst = distinct.insert(value).second;
    if (isFirst && !knowsAnyOf(value))
      continue;
    refuse(op, isFirst ? "part of its operand is known already"
                       : "it finds a value twice");
    return false;
  }
  return true;
}

void Knowledge::find(Operation *op, ValueRange values, ArrayRef<Known> data) {
  if (!mayFind(op, values))
    return;
  setJoint(true);
  for (auto [value, found] : llvm::zip_equal(values, data))
    learn(value, wholeOf(value), found);
  setJoint(false);
}

IndexSet Knowledge::wholeOf(Value value) {
  return IndexSet::whole(getTensorType(value).getShape());
}

DenseElementsAttr invhlo::getConstant(Value value) {
  DenseElementsAttr attr;
  if (!matchPattern(value, m_Constant(&attr)))
    return nullptr;
  return attr;
}

DenseElementsAttr invhlo::getLiteral(Value value) {
  if (DenseElementsAttr attr = getConstant(value))
    return attr;
  std::optional<Literal> literal = findLiteral(value);
  return literal ? literal->toHeldAttr() : nullptr;
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
