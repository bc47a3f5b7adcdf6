// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Ranks.h"

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Literals/LiteralEvaluator.h"
#include "invhlo/Literals/LiteralLookup.h"
#include "invhlo/Spans/Spans.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

/// More elements of one value are not told apart.
static constexpr int64_t kMaxElements = 1 << 16;

static bool isReal(Value value) {
  return isa<FloatType>(getElementTypeOrSelf(value));
}

static RankedTensorType getTensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

static Element toRank(double rank, Type type) {
  APFloat number(rank);
  bool losesInfo;
  number.convert(cast<FloatType>(type).getFloatSemantics(),
                 APFloat::rmNearestTiesToEven, &losesInfo);
  return {toBits(number)};
}

bool Ranks::canHold(Value x, int64_t numKnots) {
  auto type = cast<FloatType>(getElementTypeOrSelf(x));
  return 2 * numKnots + 1 < int64_t(1) << type.getFPMantissaWidth();
}

Ranks::Ranks(Value x, const Knots &knots, ArrayRef<Operation *> lookup,
             int64_t numBelow)
    : knots(knots), lookup(lookup) {
  Type type = getElementTypeOrSelf(x);
  Literal between(getTensorType(x), {toRank(numBelow - 0.5, type)});
  found.try_emplace(x, Number{between, true});
  RankedTensorType knotsType = getTensorType(knots.tensor);
  SmallVector<int64_t> held(knotsType.getRank(), 1);
  held[knots.dim] = knots.getCount();
  std::vector<Element> numbers;
  for (int64_t i = 0; i < knots.getCount(); ++i)
    numbers.push_back(toRank(i, type));
  found.try_emplace(knots.tensor,
                    Number{Literal(knotsType, held, std::move(numbers)), true});
}

std::optional<Literal> Ranks::find(Value value) {
  Found number = get(value);
  if (!number || number->isRank)
    return std::nullopt;
  return number->literal;
}

Ranks::Found Ranks::get(Value value) {
  value = lookThroughPrimitives(value);
  if (auto it = found.find(value); it != found.end())
    return it->second;
  Found number = compute(value);
  return found[value] = std::move(number);
}

/// The same literal with one element held along each dimension in which its
/// elements do not change.
static Literal holdOnce(Literal literal) {
  for (int64_t d = 0; d < literal.getType().getRank(); ++d) {
    SmallVector<int64_t> held(literal.getHeldShape());
    if (held[d] == 1)
      continue;
    int64_t stride = computeStrides(held)[d], size = held[d];
    auto isFirst = [&](int64_t i) { return i / stride % size == 0; };
    auto all = llvm::seq(literal.getNumHeld());
    if (!llvm::all_of(all, [&](int64_t i) {
          return isFirst(i) || literal[i] == literal[i - stride];
        }))
      continue;
    std::vector<Element> elements;
    for (int64_t i : all)
      if (isFirst(i))
        elements.push_back(literal[i]);
    held[d] = 1;
    literal = Literal(literal.getType(), held, std::move(elements));
  }
  return literal;
}

Ranks::Found Ranks::compute(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op)
    return std::nullopt;
  if (isa<ScanOp>(op))
    return evaluateLoop(cast<OpResult>(value));
  if (op->getNumResults() != 1)
    return std::nullopt;
  if (std::optional<Literal> literal = findLiteral(value, kMaxElements))
    return Number{holdOnce(*literal), false};
  return evaluateOp(op);
}

std::optional<int64_t> Ranks::findLiteralKnot(double number) {
  DenseElementsAttr literal;
  if (matchPattern(knots.tensor, m_Constant(&literal))) {
    if (getTensorType(knots.tensor).getRank() != 1)
      return std::nullopt;
    for (auto [i, knot] : llvm::enumerate(literal.getValues<APFloat>()))
      if (knot.convertToDouble() == number)
        return i;
    return std::nullopt;
  }
  auto whole = knots.tensor.getDefiningOp<ConcatenateOp>();
  if (!whole || int64_t(whole.getDimension()) != knots.dim)
    return std::nullopt;
  int64_t i = 0;
  for (Value part : whole.getInputs()) {
    if (getNumber(part) == number)
      return i;
    i += getTensorType(part).getDimSize(knots.dim);
  }
  return std::nullopt;
}

Ranks::Found Ranks::getRank(Value value) {
  Found number = get(value);
  if (!number || number->isRank)
    return number;
  std::optional<double> literal = getNumber(value);
  std::optional<int64_t> knot;
  if (!literal || !(knot = findLiteralKnot(*literal)))
    return std::nullopt;
  RankedTensorType type = getTensorType(value);
  return Number{Literal(type, {toRank(*knot, type.getElementType())}), true};
}

std::optional<int64_t> Ranks::findKnot(Value value) {
  Found rank = getRank(value);
  if (!rank || !rank->isRank || !rank->literal.isSplat())
    return std::nullopt;
  const Literal &literal = rank->literal;
  return int64_t(
      toFloat(literal[0].bits, literal.getElementType()).convertToDouble());
}

/// The operand of `select` that the other one differs from in the sign of zero
/// alone; null if there is none.
static Value getBesideZero(SelectOp select) {
  auto compare = select.getPred().getDefiningOp<CompareOp>();
  if (!compare || compare.getComparisonDirection() != ComparisonDirection::EQ ||
      compare.getLhs() != select.getOnFalse() ||
      getNumber(compare.getRhs()) != 0.0 ||
      getNumber(select.getOnTrue()) != 0.0)
    return {};
  return select.getOnFalse();
}

/// Whether `op` moves the elements of this operand.
static bool movesOperand(Operation *op, unsigned number) {
  if (isa<ConcatenateOp>(op))
    return true;
  return number == 0 && isa<BroadcastInDimOp, DynamicSliceOp, GatherOp,
                            ReshapeOp, ReverseOp, SliceOp, TransposeOp>(op);
}

Ranks::Found Ranks::evaluateOp(Operation *op) {
  // Of what x has no effect on, nothing but knots that are moved.
  bool isOfX = isa<ScanOp>(op->getParentOp()) || llvm::is_contained(lookup, op);
  if (!canEvaluate(op) || (!isOfX && !movesOperand(op, 0)))
    return std::nullopt;
  if (auto select = dyn_cast<SelectOp>(op)) {
    if (Value same = getBesideZero(select))
      return get(same);
    Found predicate = get(select.getPred());
    if (!predicate)
      return std::nullopt;
    if (predicate->literal.isSplat())
      return get(predicate->literal[0].bits ? select.getOnTrue()
                                            : select.getOnFalse());
  }
  SmallVector<Found> numbers;
  for (Value operand : op->getOperands()) {
    numbers.push_back(get(operand));
    if (!numbers.back())
      return std::nullopt;
  }
  bool isOfRanks =
      llvm::any_of(numbers, [](const Found &found) { return found->isRank; });
  SmallVector<Literal> literals;
  for (auto [i, operand] : llvm::enumerate(op->getOperands())) {
    // What is compared or limited, and what one of both is, is all of a kind.
    bool isCompared = isa<CompareOp, MaxOp, MinOp, ClampOp>(op) ||
                      (isa<SelectOp>(op) && i > 0);
    if (isOfRanks && isCompared)
      numbers[i] = getRank(operand);
    if (!numbers[i] || numbers[i]->isRank !=
                           (isOfRanks && (isCompared || movesOperand(op, i))))
      return std::nullopt;
    literals.push_back(numbers[i]->literal);
  }
  std::optional<Literal> result = evaluate(op, literals, kMaxElements);
  if (!result)
    return std::nullopt;
  return Number{*result, isOfRanks && isReal(op->getResult(0))};
}

Ranks::Found Ranks::evaluateLoop(OpResult result) {
  auto scan = cast<ScanOp>(result.getOwner());
  if (!scan.getStacked().empty())
    return std::nullopt;
  SmallVector<Found> carried;
  for (Value init : scan.getInits())
    carried.push_back(get(init));
  Block &body = scan.getBody().front();
  for (uint64_t step = 0; step < scan.getCount(); ++step) {
    for (Operation &op : body)
      for (Value inner : op.getResults())
        found.erase(inner);
    RankedTensorType type = getTensorType(scan.getStep());
    found.insert_or_assign(
        scan.getStep(),
        Number{Literal(type, {toElement(step, type.getElementType())}), false});
    for (auto [argument, value] : llvm::zip_equal(scan.getCarried(), carried))
      found.insert_or_assign(argument, value);
    for (auto [value, next] : llvm::zip(carried, scan.getYielded()))
      value = get(next);
  }
  for (auto [last, value] : llvm::zip_equal(scan.getLast(), carried))
    if (last != result)
      found.insert_or_assign(last, value);
  return carried[result.getResultNumber()];
}
