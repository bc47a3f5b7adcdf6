// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Functions that are made of pieces.

#include "invhlo/Interfaces/InvertibleOpInterface.h"
#include "invhlo/Interfaces/InvertibleRegionOpInterface.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Rules/Arms.h"
#include "invhlo/Rules/Rules.h"
#include "invhlo/Rules/ValuesBeside.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include <algorithm>
#include <cmath>

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace {

/// Builds the inverse of a piecewise op for its one unknown operand.
class PiecewiseInverse {
public:
  PiecewiseInverse(PiecewiseOp op, ArrayRef<Unit> units, Knowledge &knowledge,
                   UnitInverter &inverter)
      : op(op), units(units), knowledge(knowledge), inverter(inverter),
        outside(units.front().outside), resultPosition(outside.size() - 1),
        predicatePosition(outside.size()) {}

  /// Learns what follows.
  void run();

private:
  /// What tells which arm an element of the result belongs to.
  enum class Choice {
    /// Values that are known.
    Known,
    /// The result itself: of all arms but one it is known which results they
    /// have.
    Result,
    /// What the arms find: the first whose predicate holds for it.
    Found
  };

  /// Finds the operand; says whether it is to be looked for now.
  bool findUnknown();
  Choice getChoice();
  /// Orders the arms as they are tried, one of which the results are not known
  /// last.
  void orderArms();

  /// For each arm in order, whether elements of `y` at `where` are of it.
  SmallVector<Value> getTests(Emitter &e, Value y, const IndexSet &where);
  /// Results of an arm at which its inverse is regular: what it computes of
  /// `x`, if none else is known; null if there is no x either. `tests` say
  /// which arm elements are of.
  Value getRegularResult(Emitter &e, unsigned arm, Value like,
                         const IndexSet &where, Value x, ArrayRef<Value> tests);
  /// A number where an arm of the curve holds, and the arm is regular.
  Value getRegularNumber(Emitter &e, unsigned arm, Value like,
                         ArrayRef<Value> tests);
  /// What each arm is given: the result where a test says that it is of the
  /// arm, and elsewhere a number at which the arm's inverse is regular.
  using GetTests =
      llvm::function_ref<SmallVector<Value>(Value y, const IndexSet &where)>;
  SmallVector<SmallVector<Known>> getData(Emitter &e, GetTests getTests,
                                          Value x = {});
  /// What an arm computes at `position` of its boundary, if the operand is `x`;
  /// without an `x`, whatever the operand is.
  Value evaluate(unsigned arm, Value x, unsigned position,
                 const IndexSet &where);
  /// Whether the predicate of an arm holds beside `x`, as far as rounding goes.
  Value isBesideArm(Emitter &e, unsigned arm, Value x, const IndexSet &where);
  /// The data of `parts` that each arm finds.
  SmallVector<SmallVector<Known>> tryArms(ArrayRef<SmallVector<Known>> data,
                                          ArrayRef<BoundaryPart> parts);
  /// What is found, where `test` holds.
  struct Case {
    Value test;
    Known found;
  };
  /// What is found in the first case that holds; `rest`, or NaN, if none does.
  static Known choose(Emitter &e, ArrayRef<Case> cases, Known rest);
  Known findByResult(Emitter &e, const IndexSet &where, bool hasShare);
  Known findByPredicate(Emitter &e, const IndexSet &where, bool hasShare);
  void find(const IndexSet &where, bool hasShare);

  PiecewiseOp op;
  ArrayRef<Unit> units;
  Knowledge &knowledge;
  UnitInverter &inverter;
  ArrayRef<Value> outside;
  unsigned resultPosition, predicatePosition;

  std::optional<Curve> curve;
  Value unknown;
  unsigned unknownPosition = 0;
  Choice choice = Choice::Found;
  SmallVector<unsigned> order;
  BoundaryPattern given;
  SmallVector<UnitInverse *> inverses;
};

} // namespace

PiecewiseInverse::Choice PiecewiseInverse::getChoice() {
  if (llvm::none_of(op.getArms(), [&](Region &arm) {
        return isComputedFrom(op, getArmPredicate(arm), unknown);
      }))
    return Choice::Known;
  bool tellsResults = curve && curve->x == unknown &&
                      llvm::count_if(curve->arcs, [](const Arc &arc) {
                        return !arc.span.isKnown();
                      }) <= 1;
  return tellsResults ? Choice::Result : Choice::Found;
}

void PiecewiseInverse::orderArms() {
  order = llvm::to_vector(llvm::seq<unsigned>(0, units.size()));
  if (choice == Choice::Result)
    std::stable_partition(order.begin(), order.end(), [&](unsigned arm) {
      return curve->arcs[arm].span.isKnown();
    });
}

bool PiecewiseInverse::findUnknown() {
  for (auto [position, value] : llvm::enumerate(outside.drop_back())) {
    if (knowledge.knows(value) && !knowledge.wants(value))
      continue;
    if (unknown)
      return false;
    unknown = value;
    unknownPosition = position;
  }
  if (!unknown || !knowledge.knowsAnyOf(op.getResult()))
    return false;
  curve = Curve::get(op.getArms());
  choice = getChoice();
  bool isCurve = curve && curve->x == unknown;
  if (isCurve && refuseOverlap(op, *curve, knowledge))
    return false;
  return choice == Choice::Known || (isCurve && curve->isInjective()) ||
         op.getPartial() || knowledge.choosesBranches();
}

SmallVector<Value> PiecewiseInverse::getTests(Emitter &e, Value y,
                                              const IndexSet &where) {
  SmallVector<Value> tests;
  Value isAny;
  bool isLastKnown =
      choice != Choice::Result || curve->arcs[order.back()].span.isKnown();
  for (unsigned arm : ArrayRef(order).drop_back()) {
    Value test = choice == Choice::Result
                     ? isOfArc(e, *curve, curve->arcs[arm], y)
                     : evaluate(arm, {}, predicatePosition, where);
    tests.push_back(test);
    // The last is asked too where rounding may have taken another past its end.
    if (choice == Choice::Result)
      test = isOfArc(e, *curve, curve->arcs[arm], y, isLastKnown);
    isAny = isAny ? e.create<OrOp>(isAny, test) : test;
  }
  auto predicateType = getTensorType(y).clone(e.getBuilder().getI1Type());
  bool isTested = op.getPartial() && choice == Choice::Result && isLastKnown;
  tests.push_back(isTested ? isOfArc(e, *curve, curve->arcs[order.back()], y)
                  : isAny  ? e.create<NotOp>(isAny)
                           : e.fill(1, predicateType));
  return tests;
}

/// Away from the ends, but in a search: what is looked up there belongs to
/// where x is, so that the arm is as it should be only at the end that is next
/// to it.
Value PiecewiseInverse::getRegularNumber(Emitter &e, unsigned arm, Value like,
                                         ArrayRef<Value> tests) {
  Interval interval = curve->arcs[arm].where;
  double middle = interval.getMiddle();
  auto fill = [&](double end) {
    bool isEnd =
        isa<SearchOp, SplineOp>(op->getParentOp()) && std::isfinite(end);
    return e.fill(isEnd ? end : middle, like);
  };
  Value number = fill(interval.low);
  if (!isa<SearchOp, SplineOp>(op->getParentOp()))
    return number;
  for (auto [other, test] : llvm::zip(order, tests))
    if (curve->arcs[other].where.getMiddle() > middle)
      number = e.select(test, fill(interval.high), number);
  return number;
}

Value PiecewiseInverse::getRegularResult(Emitter &e, unsigned arm, Value like,
                                         const IndexSet &where, Value x,
                                         ArrayRef<Value> tests) {
  Interval interval = curve ? curve->arcs[arm].where : Interval();
  Value value = getArmValues(op.getArms()[arm])[0];
  double number = Spans(unknown, interval).get(value).middle;
  if (!std::isnan(number))
    return e.fill(number, like);
  if (curve && curve->x == unknown)
    x = getRegularNumber(e, arm, like, tests);
  return x ? evaluate(arm, x, resultPosition, where) : Value();
}

SmallVector<SmallVector<Known>>
PiecewiseInverse::getData(Emitter &e, GetTests getTests, Value x) {
  SmallVector<Known> raw = invhlo::getData(knowledge, outside, given.parts);
  SmallVector<SmallVector<Known>> data(order.size(), raw);
  for (auto [i, part] : llvm::enumerate(given.parts)) {
    if (part.position != resultPosition)
      continue;
    Value y = raw[i].value;
    SmallVector<Value> tests = getTests(y, part.where);
    // All is of the only arm, or none that is looked for.
    if (order.size() == 1 && !op.getPartial())
      continue;
    for (auto [arm, test, known] : llvm::zip(order, tests, data))
      if (Value there = getRegularResult(e, arm, y, part.where, x, tests))
        known[i].value = e.select(test, y, there);
  }
  return data;
}

Value PiecewiseInverse::evaluate(unsigned arm, Value x, unsigned position,
                                 const IndexSet &where) {
  BoundaryPattern known = given;
  llvm::erase_if(known.parts, [&](const BoundaryPart &part) {
    return part.position == resultPosition || part.position == unknownPosition;
  });
  SmallVector<Known> data = invhlo::getData(knowledge, outside, known.parts);
  if (x) {
    known.parts.push_back({unknownPosition, where, false});
    data.push_back({x, {}});
  }
  UnitInverse &inverse = inverter.ask(units[arm], known);
  return inverter
      .inlineAt(knowledge.getBuilder(), inverse, data,
                BoundaryPart{position, where, false})
      .front()
      .value;
}

Value PiecewiseInverse::isBesideArm(Emitter &e, unsigned arm, Value x,
                                    const IndexSet &where) {
  Value size = e.abs(x);
  Value step = e.scale(16 * getEpsilon(x), size);
  Value higher = e.add(x, step);
  Value lower = e.sub(x, step);
  Value above = evaluate(arm, higher, predicatePosition, where);
  Value below = evaluate(arm, lower, predicatePosition, where);
  return e.create<OrOp>(above, below);
}

SmallVector<SmallVector<Known>>
PiecewiseInverse::tryArms(ArrayRef<SmallVector<Known>> data,
                          ArrayRef<BoundaryPart> parts) {
  SmallVector<SmallVector<Known>> tried;
  for (auto [arm, known] : llvm::zip_equal(order, data))
    tried.push_back(inverter.inlineAt(knowledge.getBuilder(), *inverses[arm],
                                      known, parts));
  return tried;
}

Known PiecewiseInverse::choose(Emitter &e, ArrayRef<Case> cases, Known rest) {
  Known chosen = rest;
  for (const auto &[test, taken] : llvm::reverse(cases)) {
    chosen.value = chosen.value ? e.select(test, taken.value, chosen.value)
                                : e.nanUnless(test, taken.value);
    if (taken.share)
      chosen.share = chosen.share ? e.select(test, taken.share, chosen.share)
                                  : e.nanUnless(test, taken.share);
  }
  return chosen;
}

Known PiecewiseInverse::findByResult(Emitter &e, const IndexSet &where,
                                     bool hasShare) {
  auto data = getData(
      e, [&](Value y, const IndexSet &part) { return getTests(e, y, part); });
  auto tried = tryArms(data, {{unknownPosition, where, hasShare},
                              {predicatePosition, where, false}});
  Value y = knowledge.get(op.getResult(), where).value;
  SmallVector<Value> tests = getTests(e, y, where);
  SmallVector<Case> cases;
  for (auto [test, found] : llvm::zip_equal(tests, tried))
    cases.push_back({test, found[0]});
  // What is left is of the last arm, if it is of any.
  auto [test, rest] = cases.pop_back_val();
  const Arc *last =
      choice == Choice::Result ? &curve->arcs[order.back()] : nullptr;
  if (!last || curve->coversAllResults())
    return choose(e, cases, rest);
  if (last->span.isKnown()) {
    cases.push_back({isOfArc(e, *curve, *last, y), rest});
    return choose(e, cases, {});
  }
  // What its results are is not known: rather than that rounding took one of
  // another arm past its end, it may be one of these.
  SmallVector<Case> exact;
  for (auto [arm, known] : llvm::zip(order, cases))
    exact.push_back({isOfArc(e, *curve, curve->arcs[arm], y,
                             /*allowsRounding=*/false),
                     known.found});
  exact.push_back({tried.back()[1].value, rest});
  exact.append(cases);
  return choose(e, exact, {});
}

Known PiecewiseInverse::findByPredicate(Emitter &e, const IndexSet &where,
                                        bool hasShare) {
  auto noTests = [](Value, const IndexSet &) { return SmallVector<Value>(); };
  auto tried =
      tryArms(getData(e, noTests), {{unknownPosition, where, false},
                                    {predicatePosition, where, false}});
  // Where no predicate holds, rounding took what was found past a threshold.
  SmallVector<Value> tests, seams, mayBe;
  for (auto [arm, built] : llvm::zip_equal(order, tried)) {
    Value x = built[0].value, holds = built[1].value;
    // Of NaN, what is denied holds.
    if (!op.getArms()[arm].getOps<NotOp>().empty() &&
        isa<FloatType>(getElementTypeOrSelf(x)))
      holds = e.create<AndOp>(holds, e.equal(x, x));
    tests.push_back(holds);
    seams.push_back(isBesideArm(e, arm, built[0].value, where));
    mayBe.push_back(e.create<OrOp>(tests.back(), seams.back()));
  }
  auto chooseOf = [&](const SmallVector<SmallVector<Known>> &found) {
    SmallVector<Case> cases;
    for (const SmallVector<Value> &some : {tests, seams})
      for (auto [test, built] : llvm::zip_equal(some, found))
        cases.push_back({test, built[0]});
    return choose(e, cases, {});
  };
  // An arm that is not taken is regular where the function is.
  Value x = e.detach(chooseOf(tried).value);
  auto data = getData(
      e,
      [&](Value, const IndexSet &part) {
        return part == where ? mayBe : SmallVector<Value>();
      },
      x);
  return chooseOf(
      tryArms(data, BoundaryPart{unknownPosition, where, hasShare}));
}

void PiecewiseInverse::find(const IndexSet &where, bool hasShare) {
  Emitter e(knowledge.getBuilder(), op.getLoc());
  // Where there may be none, there is no share either.
  bool mayBeNone = choice == Choice::Found ||
                   (choice == Choice::Result && !curve->coversAllResults());
  hasShare |= mayBeNone && knowledge.wantsShares();
  Known found = choice == Choice::Found ? findByPredicate(e, where, hasShare)
                                        : findByResult(e, where, hasShare);
  setFoundBy(knowledge, inverses);
  knowledge.learn(unknown, where, found);
}

void PiecewiseInverse::run() {
  if (!findUnknown())
    return;
  orderArms();
  given = getGiven(knowledge, outside);
  // Where an arm holds, it is one branch of many.
  given.choosesBranches = true;
  for (const Unit &unit : units)
    inverses.push_back(&inverter.ask(unit, given));
  for (const BoundaryPart &part : meet(inverses))
    if (part.position == unknownPosition &&
        knowledge.wants(unknown, part.where))
      find(part.where, part.hasShare);
}

namespace {

/// Each arm is inverted; what is found is that of the arm that the result
/// belongs to, or, where that is not known, of the first whose predicate holds
/// for what it found. Forward the op is its value.
struct PiecewiseModel
    : InvertibleRegionOpInterface::ExternalModel<PiecewiseModel, PiecewiseOp> {
  SmallVector<Unit> getUnits(Operation *op) const { return getUnitsOfArms(op); }

  void propagateRegions(Operation *op, Knowledge &knowledge,
                        ArrayRef<Unit> units, UnitInverter &inverter) const {
    learnFromValues(op, knowledge);
    // Where one piece is a number, and another equation tells the rest, the
    // ledger is to see the choice.
    auto piecewise = cast<PiecewiseOp>(op);
    bool isGuard = units.size() == 1 && !piecewise.getPartial() &&
                   knowledge.isOverdetermined();
    if (isGuard || isLeftToValues(op, knowledge))
      return learnValues(op, knowledge);
    PiecewiseInverse(piecewise, units, knowledge, inverter).run();
  }
};

struct PiecewiseSolvability
    : InvertibleOpInterface::ExternalModel<PiecewiseSolvability, PiecewiseOp> {
  Solvability getSolvability(Operation *op) const {
    std::optional<Curve> curve = Curve::get(op->getRegions());
    bool isOne =
        cast<PiecewiseOp>(op).getPartial() || (curve && curve->isInjective());
    return isOne ? Solvability::Always : Solvability::ByBranch;
  }
  void propagate(Operation *, Knowledge &) const {}
};

} // namespace

void invhlo::attachPiecewiseRules(MLIRContext *context) {
  PiecewiseOp::attachInterface<PiecewiseModel, PiecewiseSolvability>(*context);
}
