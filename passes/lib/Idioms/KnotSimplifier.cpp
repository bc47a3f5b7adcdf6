// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "KnotSimplifier.h"

#include "invhlo/Spans/Spans.h"
#include "invhlo/StableHLO/Emission.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"
#include <algorithm>

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

static RankedTensorType getTensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

static std::optional<bool> getTruth(Value value) {
  DenseElementsAttr attr;
  if (!matchPattern(value, m_Constant(&attr)) || !attr.isSplat())
    return std::nullopt;
  return attr.getSplatValue<bool>();
}

Value KnotSimplifier::compare(CompareOp op, Value first, Value second) {
  ComparisonDirection direction = op.getComparisonDirection();
  bool isNotBelow = (first == knots && firsts.contains(second)) ||
                    (second == knots && lasts.contains(first));
  bool isNotAbove = (first == knots && lasts.contains(second)) ||
                    (second == knots && firsts.contains(first));
  auto fill = [&](bool truth) {
    RankedTensorType type = getTensorType(first);
    return createSplat(b, op.getLoc(), type.clone(b.getI1Type()), truth);
  };
  if ((isNotBelow && direction == ComparisonDirection::GE) ||
      (isNotAbove && direction == ComparisonDirection::LE))
    return fill(true);
  if ((isNotBelow && direction == ComparisonDirection::LT) ||
      (isNotAbove && direction == ComparisonDirection::GT))
    return fill(false);
  return {};
}

Value KnotSimplifier::simplifyNumber(Operation *op, Value first, Value second) {
  auto fill = [&](double number) {
    return createSplat(b, op->getLoc(), getTensorType(first), number);
  };
  std::optional<double> x = getNumber(first), y = getNumber(second);
  bool isSame = first == second;
  return llvm::TypeSwitch<Operation *, Value>(op)
      .Case([&](AddOp) {
        return x == 0.0 ? second : y == 0.0 ? first : Value();
      })
      .Case([&](SubtractOp) {
        if (isSame || (x && x == y))
          return fill(0);
        return x && y ? fill(*x - *y) : y == 0.0 ? first : Value();
      })
      .Case([&](MulOp) {
        if (x == 0.0 || y == 0.0)
          return fill(0);
        return x == 1.0 ? second : y == 1.0 ? first : Value();
      })
      .Case([&](DivOp) {
        if (x == 0.0)
          return fill(0);
        return isSame ? fill(1) : y == 1.0 ? first : Value();
      })
      .Case([&](MaxOp) {
        if (x && y)
          return fill(std::max(*x, *y));
        bool isFirst = firsts.contains(first),
             isSecond = firsts.contains(second);
        return (isFirst && second == knots) || (isSecond && first == knots)
                   ? knots
                   : Value();
      })
      .Case([&](MinOp) {
        if (x && y)
          return fill(std::min(*x, *y));
        bool isFirst = lasts.contains(first), isSecond = lasts.contains(second);
        return (isFirst && second == knots) || (isSecond && first == knots)
                   ? knots
                   : Value();
      })
      .Default(Value());
}

Value KnotSimplifier::simplify(Operation *op, ArrayRef<Value> operands) {
  if (isa<SelectOp>(op)) {
    if (operands[1] == operands[2])
      return operands[1];
    std::optional<bool> truth = getTruth(operands[0]);
    return truth ? operands[*truth ? 1 : 2] : Value();
  }
  if (isa<ClampOp>(op) && operands[1] == knots &&
      firsts.contains(operands[0]) && lasts.contains(operands[2]))
    return knots;
  if (operands.size() != 2)
    return {};
  Value first = operands[0], second = operands[1];
  if (auto comparison = dyn_cast<CompareOp>(op))
    return compare(comparison, first, second);
  if (isa<FloatType>(getElementTypeOrSelf(first)))
    return simplifyNumber(op, first, second);
  if (isa<AndOp>(op) && getTruth(first) == true)
    return second;
  if (isa<AndOp>(op) && getTruth(second) == true)
    return first;
  if (isa<OrOp>(op) && getTruth(first) == false)
    return second;
  if (isa<OrOp>(op) && getTruth(second) == false)
    return first;
  return {};
}
