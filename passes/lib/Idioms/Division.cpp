// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Division.h"

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Literals/Literal.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

/// The number that all elements of a literal are.
static std::optional<APInt> getSplat(Value value) {
  APInt number;
  if (!matchPattern(value, m_ConstantInt(&number)))
    return std::nullopt;
  return number;
}

static bool isSplat(Value value, int64_t number) {
  std::optional<APInt> splat = getSplat(value);
  return splat && splat->getLimitedValue() == uint64_t(number);
}

/// x / n or x % n, rounded towards zero.
template <typename Op>
static std::optional<Division> matchOp(Operation *op) {
  if (!isa_and_nonnull<Op>(op) ||
      !isa<IntegerType>(getElementTypeOrSelf(op->getResult(0))))
    return std::nullopt;
  std::optional<APInt> n = getSplat(op->getOperand(1));
  bool isSigned = invhlo::isSigned(getElementTypeOrSelf(op->getResult(0)));
  if (!n || !(isSigned ? n->isStrictlyPositive() : !n->isZero()))
    return std::nullopt;
  return Division{lookThroughPrimitives(op->getOperand(0)), *n, isa<RemOp>(op),
                  isSigned, !isSigned};
}

/// Whether `value` compares in this direction what `isLhs` and `isRhs` hold
/// for.
static bool compares(Value value, ComparisonDirection direction,
                     llvm::function_ref<bool(Value)> isLhs, int64_t rhs) {
  auto compare = value.getDefiningOp<CompareOp>();
  return compare && compare.getComparisonDirection() == direction &&
         isLhs(compare.getLhs()) && isSplat(compare.getRhs(), rhs);
}

std::optional<Division> Division::match(Operation *op) {
  if (auto quotient = matchOp<DivOp>(op))
    return quotient;
  if (auto remainder = matchOp<RemOp>(op))
    return remainder;
  auto select = dyn_cast<SelectOp>(op);
  if (!select)
    return std::nullopt;
  auto both = select.getPred().getDefiningOp<AndOp>();
  Operation *moved = select.getOnTrue().getDefiningOp();
  Value plain = select.getOnFalse();
  if (!both || !moved || moved->getNumOperands() != 2 ||
      moved->getOperand(0) != plain)
    return std::nullopt;
  auto isRemainderOf = [](const Division &division) {
    return [=](Value value) {
      auto rest = matchOp<RemOp>(value.getDefiningOp());
      return rest && rest->x == division.x && rest->n == division.n;
    };
  };
  // The remainder is negative: n is added.
  if (auto rest = matchOp<RemOp>(plain.getDefiningOp())) {
    auto isSame = isRemainderOf(*rest);
    std::optional<APInt> added = getSplat(moved->getOperand(1));
    if (!isa<AddOp>(moved) || !added || *added != rest->n ||
        !compares(both.getLhs(), ComparisonDirection::LT, isSame, 0) ||
        !compares(both.getRhs(), ComparisonDirection::NE, isSame, 0))
      return std::nullopt;
    rest->isFloored = true;
    return rest;
  }
  // x is negative, with a remainder: one is subtracted.
  if (auto quotient = matchOp<DivOp>(plain.getDefiningOp())) {
    auto isSign = [&](Value value) {
      auto sign = value.getDefiningOp<SignOp>();
      return sign && lookThroughPrimitives(sign.getOperand()) == quotient->x;
    };
    if (!isa<SubtractOp>(moved) || !isSplat(moved->getOperand(1), 1) ||
        !compares(both.getLhs(), ComparisonDirection::NE, isSign, 1) ||
        !compares(both.getRhs(), ComparisonDirection::NE,
                  isRemainderOf(*quotient), 0))
      return std::nullopt;
    quotient->isFloored = true;
    return quotient;
  }
  return std::nullopt;
}
