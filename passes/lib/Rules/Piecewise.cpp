// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Functions that are made of pieces.

#include "invhlo/Interfaces/InvertibleOpInterface.h"
#include "invhlo/Interfaces/InvertibleRegionOpInterface.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Rules/Arms.h"
#include "invhlo/Rules/Rules.h"
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
  /// A result of an arm at which its inverse is regular; NaN if none is known.
  double getRegularResult(unsigned arm);
  /// What each arm is given: the result where a test says that it is of the
  /// arm, and elsewhere a number at which the arm's inverse is regular.
  using GetTests =
      llvm::function_ref<SmallVector<Value>(Value y, const IndexSet &where)>;
  SmallVector<SmallVector<Known>> getData(Emitter &e, GetTests getTests);
  Value agree(Emitter &e, Value a, Value b) const;
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
         knowledge.choosesBranches();
}

SmallVector<Value> PiecewiseInverse::getTests(Emitter &e, Value y,
                                              const IndexSet &where) {
  SmallVector<Value> tests;
  Value isAny;
  for (unsigned arm : ArrayRef(order).drop_back()) {
    Value test;
    if (choice == Choice::Result) {
      test = isOfArc(e, *curve, curve->arcs[arm], y);
    } else {
      BoundaryPattern known = given;
      llvm::erase_if(known.parts, [&](const BoundaryPart &part) {
        return part.position == resultPosition ||
               part.position == unknownPosition;
      });
      UnitInverse &inverse = inverter.ask(units[arm], known);
      test = inverter
                 .inlineAt(knowledge.getBuilder(), inverse,
                           invhlo::getData(knowledge, outside, known.parts),
                           {{predicatePosition, where, false}})
                 .front()
                 .value;
    }
    tests.push_back(test);
    isAny = isAny ? e.create<OrOp>(isAny, test) : test;
  }
  tests.push_back(e.create<NotOp>(isAny));
  return tests;
}

double PiecewiseInverse::getRegularResult(unsigned arm) {
  if (choice == Choice::Result)
    return curve->arcs[arm].span.middle;
  Value value = getArmValues(op.getArms()[arm])[0];
  return Spans(unknown, Interval()).get(value).middle;
}

SmallVector<SmallVector<Known>> PiecewiseInverse::getData(Emitter &e,
                                                          GetTests getTests) {
  SmallVector<Known> raw = invhlo::getData(knowledge, outside, given.parts);
  SmallVector<SmallVector<Known>> data(order.size(), raw);
  for (auto [i, part] : llvm::enumerate(given.parts)) {
    if (part.position != resultPosition)
      continue;
    Value y = raw[i].value;
    SmallVector<Value> tests = getTests(y, part.where);
    for (auto [arm, test, known] : llvm::zip(order, tests, data))
      if (double there = getRegularResult(arm); !std::isnan(there))
        known[i].value = e.select(test, y, e.fill(there, y));
  }
  return data;
}

/// Whether a and b are the same number, but for rounding.
Value PiecewiseInverse::agree(Emitter &e, Value a, Value b) const {
  auto type = cast<FloatType>(getElementTypeOrSelf(a));
  double precision = std::ldexp(1, -int(type.getFPMantissaWidth()));
  Value difference = e.abs(e.sub(a, b));
  Value size = e.abs(a);
  return e.create<CompareOp>(difference, e.scale(std::sqrt(precision), size),
                             ComparisonDirection::LE);
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
  test = last->span.isKnown() ? isOfArc(e, *curve, *last, y)
                              : tried.back()[1].value;
  cases.push_back({test, rest});
  return choose(e, cases, {});
}

Known PiecewiseInverse::findByPredicate(Emitter &e, const IndexSet &where,
                                        bool hasShare) {
  auto noTests = [](Value, const IndexSet &) { return SmallVector<Value>(); };
  auto tried =
      tryArms(getData(e, noTests), {{unknownPosition, where, false},
                                    {predicatePosition, where, false}});
  SmallVector<std::pair<Value, unsigned>> tests;
  SmallVector<Value> mayBe;
  for (auto [i, built] : llvm::enumerate(tried)) {
    tests.push_back({built[1].value, i});
    mayBe.push_back(built[1].value);
  }
  // Beside a seam each arm may find what is just beyond it.
  for (unsigned i = 0; i < tried.size(); ++i)
    for (unsigned j = i + 1; j < tried.size(); ++j) {
      Value same = agree(e, tried[i][0].value, tried[j][0].value);
      tests.push_back({same, i});
      mayBe[i] = e.create<OrOp>(mayBe[i], same);
    }
  auto data = getData(e, [&](Value, const IndexSet &part) {
    return part == where ? mayBe : SmallVector<Value>();
  });
  auto found = tryArms(data, BoundaryPart{unknownPosition, where, hasShare});
  SmallVector<Case> cases;
  for (auto [test, i] : tests)
    cases.push_back({test, found[i][0]});
  return choose(e, cases, {});
}

void PiecewiseInverse::find(const IndexSet &where, bool hasShare) {
  Emitter e(knowledge.getBuilder(), op.getLoc());
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
    PiecewiseInverse(cast<PiecewiseOp>(op), units, knowledge, inverter).run();
  }
};

struct PiecewiseSolvability
    : InvertibleOpInterface::ExternalModel<PiecewiseSolvability, PiecewiseOp> {
  Solvability getSolvability(Operation *op) const {
    std::optional<Curve> curve = Curve::get(op->getRegions());
    return curve && curve->isInjective() ? Solvability::Always
                                         : Solvability::ByBranch;
  }
  void propagate(Operation *, Knowledge &) const {}
};

} // namespace

void invhlo::attachPiecewiseRules(MLIRContext *context) {
  PiecewiseOp::attachInterface<PiecewiseModel, PiecewiseSolvability>(*context);
}
