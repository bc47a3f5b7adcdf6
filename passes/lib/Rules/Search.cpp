// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Functions with table entries that x tells by comparisons. y is the result.

#include "invhlo/Interfaces/InvertibleOpInterface.h"
#include "invhlo/Interfaces/InvertibleRegionOpInterface.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Rules/Emitter.h"
#include "invhlo/Rules/Formula.h"
#include "invhlo/Rules/Rules.h"
#include "invhlo/Rules/ValuesBeside.h"
#include "invhlo/Spans/Spans.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace {

/// Builds the inverse of a search. The function is monotone, so that where x is
/// among its edges, y is among their results: as many edges are below the one
/// as are below the other, or above it if the function falls.
class SearchInverse {
public:
  SearchInverse(SearchOp op, Formula &formula, OpBuilder &b)
      : op(op), formula(formula), e(b, op.getLoc()),
        edges(formula.getCaptured(op.getEdges())) {}

  /// x.
  Known find();

private:
  SmallVector<Value> lookUp(Emitter &at, Value x);
  Value evaluate(Emitter &at, Value x);
  /// For each element, its edge of number `number`, which may be none.
  Value takeEdge(Emitter &at, Value number);
  /// A number beside an edge, towards the middle: the last may not be in a bin.
  Value takeBesideEdge(Emitter &at, Value number);
  /// Whether the function falls.
  Value fallsBetweenEdges();
  /// How many edges of each element are below x.
  Value countEdgesBelow(Value y);
  /// The edges around x, a number between them, and how far beside them
  /// rounding may take what is found.
  struct Bin {
    Value low, high, inside, slack;
  };
  Bin getBin(Value count);
  /// Whether `x` is in `bin`, of which the steps are `steps`.
  Value isIn(const Bin &bin, Value x, ValueRange steps);

  RankedTensorType getCountType() {
    return getTensorType(op.getX()).clone(
        IntegerType::get(op.getContext(), 32));
  }
  double getSmallest() {
    auto type = cast<FloatType>(getElementTypeOrSelf(op.getX()));
    return APFloat::getSmallestNormalized(type.getFloatSemantics())
        .convertToDouble();
  }
  int64_t getNumEdges() {
    return getTensorType(op.getEdges()).getShape().back();
  }

  SearchOp op;
  Formula &formula;
  Emitter e;
  Value edges;
};

} // namespace

SmallVector<Value> SearchInverse::lookUp(Emitter &at, Value x) {
  return formula.build(at.getBuilder(), op.getLookup().front(), x);
}

Value SearchInverse::evaluate(Emitter &at, Value x) {
  return formula
      .build(at.getBuilder(), op.getFormula().front(), x, lookUp(at, x))
      .front();
}

Value SearchInverse::takeEdge(Emitter &at, Value number) {
  RankedTensorType type = getTensorType(edges);
  int64_t dim = type.getRank() - 1;
  SmallVector<int64_t> dims = llvm::to_vector(llvm::seq<int64_t>(dim));
  Value numbers = IotaOp::create(at.getBuilder(), at.getLoc(),
                                 type.clone(at.getBuilder().getI32Type()), dim);
  Value wanted = at.broadcast(number, type.getShape(), dims);
  return at.sum(at.guard(at.equal(numbers, wanted), edges, 0), dim);
}

Value SearchInverse::takeBesideEdge(Emitter &at, Value number) {
  Value edge = takeEdge(at, number);
  Value step =
      at.shift(getSmallest(), at.scale(getEpsilon(op.getX()), at.abs(edge)));
  Value isLow = at.less(number, at.fill(getNumEdges() / 2, number));
  return at.add(edge, at.select(isLow, step, at.neg(step)));
}

static Value isNumber(Emitter &e, Value value, double number) {
  return e.equal(value, e.fill(number, value));
}

Value SearchInverse::fallsBetweenEdges() {
  int64_t last = getNumEdges() - 1;
  auto take = [&](int64_t number) {
    return takeEdge(e, e.fill(number, getCountType()));
  };
  // Where there is nothing between edges, beyond them.
  Value isOne = e.equal(take(0), take(last));
  auto evaluateAt = [&](int64_t number, int64_t next, double infinity) {
    Value edge = take(number);
    Value distance = e.shift(1, e.abs(edge));
    Value beyond = number == 0 ? e.sub(edge, distance) : e.add(edge, distance);
    Value inside = takeBesideEdge(e, e.fill(number, getCountType()));
    Value inner = takeBesideEdge(e, e.fill(next, getCountType()));
    inside = e.select(isNumber(e, edge, infinity), inner, inside);
    return evaluate(e, e.select(isOne, beyond, inside));
  };
  Value atFirst = evaluateAt(0, 1, -INFINITY);
  return e.less(evaluateAt(last, last - 1, INFINITY), atFirst);
}

Value SearchInverse::countEdgesBelow(Value y) {
  int64_t numEdges = getNumEdges();
  Value zero = e.fill(0, getCountType());
  Value falls = fallsBetweenEdges();
  // The number is at least `least` and at most `most`.
  Region region;
  Block &body = region.emplaceBlock();
  OpBuilder inside(op.getContext());
  inside.setInsertionPointToEnd(&body);
  Emitter step(inside, op.getLoc());
  body.addArgument(RankedTensorType::get({}, inside.getI32Type()), op.getLoc());
  Value least = body.addArgument(getCountType(), op.getLoc());
  Value most = body.addArgument(getCountType(), op.getLoc());
  Value sum = step.add(least, most);
  Value middle = step.div(sum, step.fill(2, sum));
  Value at = step.create<MinOp>(middle, step.fill(numEdges - 1, middle));
  Value there = evaluate(step, takeBesideEdge(step, at));
  Value isAbove = step.create<CompareOp>(y, there, ComparisonDirection::GE);
  Value isBelow = step.create<CompareOp>(y, there, ComparisonDirection::LE);
  Value isPast = step.select(falls, isBelow, isAbove);
  Value isInfinite = isNumber(step, takeEdge(step, at), -INFINITY);
  isPast = step.create<OrOp>(isPast, isInfinite);
  Value isOpen = step.less(least, most);
  Value isMore = step.create<AndOp>(isOpen, isPast);
  Value isLess = step.create<AndOp>(isOpen, step.create<NotOp>(isPast));
  YieldOp::create(inside, op.getLoc(),
                  ValueRange{step.select(isMore, step.shift(1, middle), least),
                             step.select(isLess, middle, most)});
  Value init = e.fill(numEdges, getCountType());
  auto scan = ScanOp::create(
      e.getBuilder(), op.getLoc(), TypeRange{getCountType(), getCountType()},
      ValueRange{zero, init}, ValueRange(), llvm::Log2_64_Ceil(numEdges + 1),
      /*reverse=*/false);
  scan.getBody().takeBody(region);
  return scan.getResult(0);
}

SearchInverse::Bin SearchInverse::getBin(Value count) {
  Value low = takeEdge(e, e.shift(-1, count)), high = takeEdge(e, count);
  auto isEnd = [&](double number, Value edge, double infinity) {
    Value isNone = isNumber(e, count, number);
    return e.create<OrOp>(isNone, isNumber(e, edge, infinity));
  };
  Value isFirst = isEnd(0, low, -INFINITY);
  Value isLast = isEnd(getNumEdges(), high, INFINITY);
  // Beyond the last edge, as far as it is from zero, and more.
  auto getDistance = [&](Value edge) { return e.shift(1, e.abs(edge)); };
  Value width = e.sub(high, low);
  width = e.select(isLast, getDistance(low), width);
  width = e.select(isFirst, getDistance(high), width);
  Value inside = e.add(low, e.scale(0.5, width));
  inside = e.select(isFirst, e.sub(high, width), inside);
  return {e.select(isFirst, e.fill(-INFINITY, low), low),
          e.select(isLast, e.fill(INFINITY, high), high), inside,
          e.scale(std::sqrt(getEpsilon(op.getX())), width)};
}

Value SearchInverse::isIn(const Bin &bin, Value x, ValueRange steps) {
  auto isLess = [&](Value a, Value b) {
    return e.create<CompareOp>(a, b, ComparisonDirection::LE);
  };
  Value isAbove = isLess(e.sub(bin.low, bin.slack), x);
  Value isBelow = isLess(x, e.add(bin.high, bin.slack));
  Value isInside = e.create<AndOp>(isAbove, isBelow);
  if (!op.getGuessed())
    return isInside;
  // There may be edges between these: the steps have to be those of x, but
  // beside an edge.
  Value isPastLow = isLess(e.add(bin.low, bin.slack), x);
  Value isPastHigh = isLess(x, e.sub(bin.high, bin.slack));
  Value areSame = e.create<NotOp>(e.create<AndOp>(isPastLow, isPastHigh));
  Value isEqual;
  for (auto [step, there] : llvm::zip_equal(steps, lookUp(e, x))) {
    Value same = e.equal(step, there);
    isEqual = isEqual ? e.create<AndOp>(isEqual, same) : same;
  }
  areSame = e.create<OrOp>(areSame, isEqual);
  return e.create<AndOp>(isInside, areSame);
}

Known SearchInverse::find() {
  Known y = formula.getY();
  Bin bin = getBin(countEdgesBelow(y.value));
  SmallVector<Value> steps = lookUp(e, bin.inside);
  Known x = formula.solve(e.getBuilder(), y, steps, /*wantsShare=*/true);
  Value isInside = isIn(bin, x.value, steps);
  x.value = e.nanUnless(isInside, x.value);
  if (x.share)
    x.share = e.nanUnless(isInside, x.share);
  return x;
}

namespace {

struct SearchModel
    : InvertibleRegionOpInterface::ExternalModel<SearchModel, SearchOp> {
  SmallVector<Unit> getUnits(Operation *op) const {
    auto search = cast<SearchOp>(op);
    return {Formula::getUnit(op, search.getX(), search.getFormula())};
  }

  void propagateRegions(Operation *op, Knowledge &knowledge,
                        ArrayRef<Unit> units, UnitInverter &inverter) const {
    learnFromValues(op, knowledge);
    auto search = cast<SearchOp>(op);
    Formula formula(op, search.getX(), search.getSteps(), units.front(),
                    knowledge, inverter);
    if (formula.findsX())
      formula.learn(
          SearchInverse(search, formula, knowledge.getBuilder()).find());
  }
};

} // namespace

void invhlo::attachSearchRules(MLIRContext *context) {
  SearchOp::attachInterface<SearchModel, SolvedByFormula<SearchOp>>(*context);
}
