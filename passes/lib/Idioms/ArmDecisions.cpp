// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the choices of a cone are where assumptions hold.

#include "ArmBuilder.h"

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Literals/LiteralEvaluator.h"
#include "invhlo/Literals/LiteralLookup.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/KnownBits.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;
using llvm::KnownBits;

/// What is decided is small, or repeats.
static constexpr int64_t kMaxElements = 256;

static std::optional<bool> compareBits(ComparisonDirection direction,
                                       const KnownBits &a, const KnownBits &b,
                                       bool isSigned) {
  switch (direction) {
  case ComparisonDirection::EQ:
    return KnownBits::eq(a, b);
  case ComparisonDirection::NE:
    return KnownBits::ne(a, b);
  case ComparisonDirection::GE:
    return isSigned ? KnownBits::sge(a, b) : KnownBits::uge(a, b);
  case ComparisonDirection::GT:
    return isSigned ? KnownBits::sgt(a, b) : KnownBits::ugt(a, b);
  case ComparisonDirection::LE:
    return isSigned ? KnownBits::sle(a, b) : KnownBits::ule(a, b);
  case ComparisonDirection::LT:
    return isSigned ? KnownBits::slt(a, b) : KnownBits::ult(a, b);
  }
  llvm_unreachable("no direction");
}

/// Whether all numbers of `a` compare so with all of `b`; none if some do.
static std::optional<bool> compareSpans(ComparisonDirection direction,
                                        const Span &a, const Span &b) {
  auto isKnown = [](const Span &span) {
    return span.kind != Span::Unknown && !std::isnan(span.low) &&
           !std::isnan(span.high);
  };
  if (!isKnown(a) || !isKnown(b))
    return std::nullopt;
  double leastA = std::fmin(a.low, a.high), mostA = std::fmax(a.low, a.high);
  double leastB = std::fmin(b.low, b.high), mostB = std::fmax(b.low, b.high);
  auto decide = [](bool always, bool never) {
    return always || never ? std::optional(always) : std::nullopt;
  };
  switch (direction) {
  case ComparisonDirection::EQ:
    return decide(false, mostA < leastB || leastA > mostB);
  case ComparisonDirection::NE:
    return decide(mostA < leastB || leastA > mostB, false);
  case ComparisonDirection::GE:
    return decide(leastA >= mostB, mostA < leastB);
  case ComparisonDirection::GT:
    return decide(leastA > mostB, mostA <= leastB);
  case ComparisonDirection::LE:
    return decide(mostA <= leastB, leastA > mostB);
  case ComparisonDirection::LT:
    return decide(mostA < leastB, leastA >= mostB);
  }
  llvm_unreachable("no direction");
}

std::optional<ArmBuilder::Choice> ArmBuilder::getChoice(Operation *op) {
  using Direction = ComparisonDirection;
  bool isUnary = isa<AbsOp, SignOp, BitcastConvertOp>(op) || isEvenFunction(op);
  if (!(isUnary || isa<CompareOp, MaxOp, MinOp>(op)) || !isElementwise(op) ||
      !isa<FloatType>(getElementTypeOrSelf(op->getOperand(0))))
    return std::nullopt;
  Value lhs = build(op->getOperand(0));
  if (!lhs)
    return std::nullopt;
  if (isUnary)
    return Choice{lhs, createNumber(0, lhs), Direction::GE};
  Value rhs = build(op->getOperand(1));
  if (!rhs)
    return std::nullopt;
  auto compare = dyn_cast<CompareOp>(op);
  return Choice{lhs, rhs,
                compare          ? compare.getComparisonDirection()
                : isa<MaxOp>(op) ? Direction::GE
                                 : Direction::LE};
}

bool ArmBuilder::isComputed(Value value) {
  Operation *definition = value.getDefiningOp();
  return definition && definition->getBlock() == b.getInsertionBlock() &&
         !getNumber(value);
}

std::optional<bool> ArmBuilder::decideBySpans(const Choice &choice) {
  for (Value leaf : cone.leaves) {
    if (!isa<FloatType>(getElementTypeOrSelf(leaf)))
      continue;
    Spans spans(leaf, getInterval(leaf));
    if (std::optional<bool> always = compareSpans(
            choice.direction, spans.get(choice.lhs), spans.get(choice.rhs)))
      return always;
  }
  return std::nullopt;
}

/// Where a function that goes one way is zero, between `low` and `high`.
static std::optional<double>
bisect(double low, double high, llvm::function_ref<double(double)> compute) {
  double atLow = compute(low), atHigh = compute(high);
  if (!(atLow * atHigh < 0) && atLow != 0 && atHigh != 0)
    return std::nullopt;
  for (int i = 0; i < 2000; ++i) {
    // Where an end is infinite, numbers of the size of others come first.
    double middle = std::isinf(low) && std::isinf(high) ? 0
                    : std::isinf(low)  ? std::fmin(2 * high, -1)
                    : std::isinf(high) ? std::fmax(2 * low, 1)
                                       : low + (high - low) / 2;
    if (middle == low || middle == high)
      break;
    double there = compute(middle);
    if (std::isnan(there))
      return std::nullopt;
    ((there > 0) == (atHigh > 0) && there != 0 ? high : low) = middle;
  }
  return std::fabs(compute(low)) <= std::fabs(compute(high)) ? low : high;
}

std::optional<ArmBuilder::Affine>
ArmBuilder::findThreshold(const Choice &choice) const {
  for (Value leaf : cone.leaves) {
    if (!isa<FloatType>(getElementTypeOrSelf(leaf)))
      continue;
    Interval where = getInterval(leaf);
    Spans spans(leaf, where);
    Span lhs = spans.get(choice.lhs), rhs = spans.get(choice.rhs);
    if (!lhs.isKnown() || rhs.kind != Span::Constant)
      continue;
    auto compute = [&](double v) {
      Spans at(leaf, {v, v});
      return at.get(choice.lhs).low - rhs.low;
    };
    if (std::optional<double> zero = bisect(where.low, where.high, compute)) {
      double sign = lhs.isIncreasing() ? 1 : -1;
      return Affine{leaf, sign, -sign * *zero};
    }
  }
  return std::nullopt;
}

std::optional<bool> ArmBuilder::decideChoice(Operation *op) {
  std::optional<Choice> choice = getChoice(op);
  if (!choice)
    return std::nullopt;
  if (std::optional<bool> always = decideBySpans(*choice))
    return always;
  std::optional<Affine> lhs = getAffine(choice->lhs);
  std::optional<Affine> rhs = getAffine(choice->rhs);
  Value key = op->getResult(0);
  if (injective && (!lhs || !rhs))
    if (std::optional<Affine> difference = findThreshold(*choice))
      return decideByNumber(key, *difference, choice->direction);
  if (!lhs || !rhs || (lhs->leaf && rhs->leaf && lhs->leaf != rhs->leaf))
    return lookUp(key);
  // What is computed may be no number, which no interval holds.
  for (const Affine &side : {*lhs, *rhs})
    if (side.leaf && isComputed(side.leaf))
      return lookUp(key);
  Affine difference{lhs->leaf ? lhs->leaf : rhs->leaf,
                    lhs->factor - rhs->factor, lhs->offset - rhs->offset};
  return decideByNumber(key, difference, choice->direction);
}

/// A threshold of `leaf` in its type; of two that differ by rounding alone, the
/// one that is an end of the interval in which it is already.
static double roundTo(Value leaf, double threshold, const Interval &now) {
  const llvm::fltSemantics &type =
      cast<FloatType>(getElementTypeOrSelf(leaf)).getFloatSemantics();
  double eps = getEpsilon(leaf);
  for (double end : {now.low, now.high})
    if (std::isfinite(end) &&
        std::fabs(end - threshold) <= 4 * eps * std::fabs(end))
      return end;
  APFloat rounded(threshold);
  bool losesInfo;
  rounded.convert(type, APFloat::rmNearestTiesToEven, &losesInfo);
  rounded.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                  &losesInfo);
  return rounded.convertToDouble();
}

/// Whether `difference <direction> 0`.
std::optional<bool> ArmBuilder::decideByNumber(Value key,
                                               const Affine &difference,
                                               ComparisonDirection direction) {
  if (std::isnan(difference.offset) || std::isnan(difference.factor))
    return lookUp(key);
  if (!difference.leaf || difference.factor == 0) {
    std::optional<Interval> where = Interval::get(direction, 0);
    return where ? where->contains(difference.offset) : difference.offset != 0;
  }
  Value leaf = difference.leaf;
  // Zero has no sign here.
  double threshold = 0 - difference.offset / difference.factor;
  if (difference.factor < 0)
    direction = exchange(direction);
  Interval now = getInterval(leaf);
  threshold = roundTo(leaf, threshold, now);
  bool isEquality = direction == ComparisonDirection::EQ ||
                    direction == ComparisonDirection::NE;
  if (isEquality) {
    // What is left beside a point is no interval.
    bool holdsAtPoint = direction == ComparisonDirection::EQ;
    if (!now.contains(threshold))
      return !holdsAtPoint;
    if (now.isPoint())
      return holdsAtPoint;
    if (auto *assumed = assumptions.predicates.find(key);
        assumed != assumptions.predicates.end())
      return assumed->second;
    Assumptions at = assumptions, beside = assumptions;
    at.intervals[leaf] = *Interval::get(ComparisonDirection::EQ, threshold);
    beside.predicates[key] = !holdsAtPoint;
    cases = {at, beside};
    return std::nullopt;
  }
  Interval inside = now.intersect(*Interval::get(direction, threshold));
  Interval outside =
      now.intersect(*Interval::get(negate(direction), threshold));
  if (inside.isEmpty() || outside.isEmpty())
    return outside.isEmpty();
  for (const Interval &half : {inside, outside}) {
    cases.push_back(assumptions);
    cases.back().intervals[leaf] = half;
  }
  return std::nullopt;
}

std::optional<bool> ArmBuilder::lookUp(Value key) {
  if (auto *assumed = assumptions.predicates.find(key);
      assumed != assumptions.predicates.end())
    return assumed->second;
  for (bool holds : {true, false}) {
    cases.push_back(assumptions);
    cases.back().predicates[key] = holds;
  }
  return std::nullopt;
}

std::optional<bool> ArmBuilder::decide(Value predicate) {
  std::optional<Literal> literal = decideLiteral(predicate);
  if (!literal || !literal->isSplat())
    return std::nullopt;
  return (*literal)[0].bits != 0;
}

std::optional<Literal> ArmBuilder::decideLiteral(Value value) {
  value = lookThroughPrimitives(value);
  if (auto it = decided.find(value); it != decided.end())
    return it->second;
  DenseElementsAttr attr;
  std::optional<Literal> literal;
  Operation *op = value.getDefiningOp();
  if (matchPattern(value, m_Constant(&attr)))
    literal = Literal::get(attr);
  else if (cone.ops.contains(op))
    literal = decideResult(op, cast<OpResult>(value).getResultNumber());
  auto type = dyn_cast<RankedTensorType>(value.getType());
  bool isPredicate = type && type.getElementType().isInteger(1) &&
                     (!cone.ops.contains(op) || isElementwise(op));
  if (!literal && isPredicate && cases.empty())
    if (std::optional<bool> holds = lookUp(value))
      literal = Literal(type, {Element{*holds}});
  if (literal)
    decided.try_emplace(value, *literal);
  return literal;
}

std::optional<Literal> ArmBuilder::decideResult(Operation *op,
                                                unsigned number) {
  auto type = dyn_cast<RankedTensorType>(op->getResult(number).getType());
  if (!type || !Literal::canHold(type))
    return std::nullopt;
  auto getSplat = [&](uint64_t bits) { return Literal(type, {Element{bits}}); };
  if (isa<FloatType>(type.getElementType()) &&
      !isa<IntegerType>(getElementTypeOrSelf(op->getOperand(0)))) {
    Value value = build(op->getResult(number));
    DenseElementsAttr attr;
    if (!value || !matchPattern(value, m_Constant(&attr)))
      return std::nullopt;
    return Literal::get(attr);
  }
  auto compare = dyn_cast<CompareOp>(op);
  if (compare && isa<FloatType>(getElementTypeOrSelf(compare.getLhs()))) {
    std::optional<bool> holds = decideChoice(op);
    return holds ? std::optional(getSplat(*holds)) : std::nullopt;
  }
  // What one operand tells.
  if (isa<AndOp, OrOp>(op) && type.getElementType().isInteger(1)) {
    std::optional<Literal> lhs = decideLiteral(op->getOperand(0));
    if (!lhs || (lhs->isSplat() && ((*lhs)[0].bits != 0) == isa<OrOp>(op)))
      return lhs;
  }
  if (auto select = dyn_cast<SelectOp>(op)) {
    std::optional<Literal> predicate = decideLiteral(select.getPred());
    if (!predicate)
      return predicate;
    if (predicate->isSplat())
      return decideLiteral((*predicate)[0].bits ? select.getOnTrue()
                                                : select.getOnFalse());
  }
  if (std::optional<KnownBits> bits = decideBits(op))
    if (bits->isConstant())
      return getSplat(toBits(bits->getConstant()));
  SmallVector<Literal, 3> operands;
  for (Value operand : op->getOperands()) {
    std::optional<Literal> literal =
        cases.empty() ? decideLiteral(operand) : std::nullopt;
    if (!literal)
      return std::nullopt;
    operands.push_back(std::move(*literal));
  }
  auto results = evaluateResults(op, operands, kMaxElements);
  return results ? std::optional((*results)[number]) : std::nullopt;
}

std::optional<KnownBits> ArmBuilder::decideBits(Operation *op) {
  auto getBits = [&](Value operand) -> std::optional<KnownBits> {
    operand = lookThroughPrimitives(operand);
    Operation *definition = operand.getDefiningOp();
    if (cone.ops.contains(definition))
      return decideBits(definition);
    std::optional<int64_t> number = getConstantInteger(operand);
    unsigned width = getElementTypeOrSelf(operand).getIntOrFloatBitWidth();
    return number ? std::optional(KnownBits::makeConstant(
                        APInt(width, *number, /*isSigned=*/true)))
                  : std::nullopt;
  };
  Type type = getElementTypeOrSelf(op->getOperand(0));
  if (isa<BitcastConvertOp>(op) && isa<FloatType>(type)) {
    std::optional<bool> isPositive = decideChoice(op);
    if (!isPositive)
      return std::nullopt;
    KnownBits bits(type.getIntOrFloatBitWidth());
    *isPositive ? bits.makeNonNegative() : bits.makeNegative();
    return bits;
  }
  if (!isa<AndOp, CompareOp, OrOp, ShiftLeftOp, ShiftRightArithmeticOp,
           ShiftRightLogicalOp, XorOp>(op) ||
      !isa<IntegerType>(type))
    return std::nullopt;
  std::optional<KnownBits> lhs = getBits(op->getOperand(0));
  std::optional<KnownBits> rhs =
      lhs ? getBits(op->getOperand(1)) : std::nullopt;
  if (!lhs || !rhs)
    return std::nullopt;
  return llvm::TypeSwitch<Operation *, KnownBits>(op)
      .Case([&](AndOp) { return *lhs & *rhs; })
      .Case([&](OrOp) { return *lhs | *rhs; })
      .Case([&](XorOp) { return *lhs ^ *rhs; })
      .Case([&](ShiftLeftOp) { return KnownBits::shl(*lhs, *rhs); })
      .Case([&](ShiftRightArithmeticOp) { return KnownBits::ashr(*lhs, *rhs); })
      .Case([&](ShiftRightLogicalOp) { return KnownBits::lshr(*lhs, *rhs); })
      .Case([&](CompareOp compare) {
        std::optional<bool> holds = compareBits(
            compare.getComparisonDirection(), *lhs, *rhs, isSigned(type));
        return holds ? KnownBits::makeConstant(APInt(1, *holds)) : KnownBits(1);
      });
}

std::optional<ArmBuilder::Affine> ArmBuilder::getAffine(Value value) {
  if (cone.leaves.contains(value))
    return Affine{value, 1, 0};
  if (std::optional<double> number = getNumber(value))
    return Affine{{}, 0, *number};
  Operation *op = value.getDefiningOp();
  if (!op || !isa<AddOp, SubtractOp, MulOp, DivOp, NegOp>(op))
    return std::nullopt;
  std::optional<Affine> a = getAffine(op->getOperand(0));
  if (!a || isa<NegOp>(op))
    return a ? std::optional(Affine{a->leaf, -a->factor, -a->offset}) : a;
  std::optional<Affine> c = getAffine(op->getOperand(1));
  if (!c)
    return c;
  if (isa<MulOp, DivOp>(op)) {
    if (!a->leaf && isa<MulOp>(op))
      std::swap(a, c);
    if (c->leaf)
      return std::nullopt;
    double factor = isa<MulOp>(op) ? c->offset : 1 / c->offset;
    return Affine{a->leaf, a->factor * factor, a->offset * factor};
  }
  if (a->leaf && c->leaf && a->leaf != c->leaf)
    return std::nullopt;
  double sign = isa<AddOp>(op) ? 1 : -1;
  return Affine{a->leaf ? a->leaf : c->leaf, a->factor + sign * c->factor,
                a->offset + sign * c->offset};
}
