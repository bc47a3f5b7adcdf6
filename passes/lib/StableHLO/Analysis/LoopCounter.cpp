// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/StableHLO/Analysis/LoopCounter.h"

#include "mlir/IR/Matchers.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace invhlo::stablehlo;

std::optional<int64_t> invhlo::stablehlo::getInteger(Value value) {
  DenseIntElementsAttr attr;
  if (!matchPattern(value, m_Constant(&attr)) || !attr.isSplat() ||
      attr.getElementType().isInteger(1) ||
      attr.getElementType().getIntOrFloatBitWidth() > 64)
    return std::nullopt;
  APInt integer = attr.getSplatValue<APInt>();
  return attr.getElementType().isUnsignedInteger()
             ? int64_t(integer.getZExtValue())
             : integer.getSExtValue();
}

std::optional<int64_t> invhlo::stablehlo::matchCounterStep(WhileOp op,
                                                           unsigned i) {
  Block &body = op.getBody().front();
  Operation *next = body.getTerminator()->getOperand(i).getDefiningOp();
  if (!isa_and_nonnull<AddOp, SubtractOp>(next) ||
      cast<RankedTensorType>(op.getResult(i).getType()).getRank() != 0)
    return std::nullopt;
  Value value = next->getOperand(0), other = next->getOperand(1);
  if (isa<AddOp>(next) && value != body.getArgument(i))
    std::swap(value, other);
  std::optional<int64_t> step = getInteger(other);
  if (value != body.getArgument(i) || !step || !llvm::isInt<32>(*step))
    return std::nullopt;
  return isa<AddOp>(next) ? *step : -*step;
}

/// The direction with the sides exchanged.
static ComparisonDirection flip(ComparisonDirection direction) {
  switch (direction) {
  case ComparisonDirection::LT:
    return ComparisonDirection::GT;
  case ComparisonDirection::LE:
    return ComparisonDirection::GE;
  case ComparisonDirection::GT:
    return ComparisonDirection::LT;
  case ComparisonDirection::GE:
    return ComparisonDirection::LE;
  case ComparisonDirection::EQ:
  case ComparisonDirection::NE:
    return direction;
  }
  return direction;
}

/// Whether a counter that grows by `step` may reach a bound in this direction.
static bool mayReach(ComparisonDirection direction, int64_t step) {
  switch (direction) {
  case ComparisonDirection::LT:
  case ComparisonDirection::LE:
    return step > 0;
  case ComparisonDirection::GT:
  case ComparisonDirection::GE:
    return step < 0;
  case ComparisonDirection::NE:
    return step != 0;
  case ComparisonDirection::EQ:
    return false;
  }
  return false;
}

std::optional<LoopBound> invhlo::stablehlo::matchBound(WhileOp op) {
  Block &condition = op.getCond().front(), &body = op.getBody().front();
  auto compare =
      condition.getTerminator()->getOperand(0).getDefiningOp<CompareOp>();
  if (!compare)
    return std::nullopt;
  auto getCarried = [&](Value value) -> std::optional<unsigned> {
    auto argument = dyn_cast<BlockArgument>(value);
    if (!argument || argument.getOwner() != &condition)
      return std::nullopt;
    return argument.getArgNumber();
  };
  auto isInvariant = [&](unsigned i) {
    return body.getTerminator()->getOperand(i) == body.getArgument(i);
  };
  Value counter = compare.getLhs(), bound = compare.getRhs();
  ComparisonDirection direction = compare.getComparisonDirection();
  std::optional<unsigned> number = getCarried(counter);
  if (!number || isInvariant(*number)) {
    std::swap(counter, bound);
    direction = flip(direction);
    number = getCarried(counter);
  }
  if (!number)
    return std::nullopt;
  std::optional<int64_t> step = matchCounterStep(op, *number);
  if (!step || !mayReach(direction, *step))
    return std::nullopt;
  LoopBound result{*number, *step, direction, getInteger(bound), {}};
  if (std::optional<unsigned> i = getCarried(bound); i && isInvariant(*i))
    result.outside = op.getOperand()[*i];
  else if (!condition.getParent()->isAncestor(bound.getParentRegion()))
    result.outside = bound;
  else if (!result.literal)
    return std::nullopt;
  return result;
}
