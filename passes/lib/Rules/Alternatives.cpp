// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Branches that are chosen by what they use.

#include "invhlo/Interfaces/InvertibleOpInterface.h"
#include "invhlo/Interfaces/InvertibleRegionOpInterface.h"
#include "invhlo/Rules/Arms.h"
#include "invhlo/Rules/Rules.h"
#include "invhlo/Rules/ValuesBeside.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace {

/// Builds the inverse of alternatives: a case of the inverses of the arms, the
/// last of which returns NaN for results of no arm.
class AlternativesInverse {
public:
  AlternativesInverse(AlternativesOp op, ArrayRef<Unit> units,
                      Knowledge &knowledge, UnitInverter &inverter)
      : op(op), units(units), knowledge(knowledge), inverter(inverter),
        outside(units.front().outside), predicatePosition(outside.size()) {}

  /// Learns what follows.
  void run();

private:
  SmallVector<Value> getUnknown();
  /// Whether a result tells which arm it is of.
  bool choosesByResult() const;
  /// Whether the results are those of each arm.
  SmallVector<Value> getTests(Emitter &e);
  void find(ArrayRef<BoundaryPart> parts);

  AlternativesOp op;
  ArrayRef<Unit> units;
  Knowledge &knowledge;
  UnitInverter &inverter;
  ArrayRef<Value> outside;
  unsigned predicatePosition;

  std::optional<Curve> curve;
  BoundaryPattern given;
  SmallVector<UnitInverse *> inverses;
};

} // namespace

SmallVector<Value> AlternativesInverse::getUnknown() {
  SmallVector<Value> unknown;
  for (Value value : outside.drop_back(op.getNumResults()))
    if (!knowledge.knows(value) || knowledge.wants(value))
      unknown.push_back(value);
  return unknown;
}

bool AlternativesInverse::choosesByResult() const {
  return curve && curve->isInjective();
}

SmallVector<Value> AlternativesInverse::getTests(Emitter &e) {
  SmallVector<Value> tests;
  if (choosesByResult()) {
    Value y = knowledge.get(op.getResult(0)).value;
    for (const Arc &arc : curve->arcs)
      tests.push_back(isOfArc(e, *curve, arc, y));
    return tests;
  }
  // Computed apart from what is found: a branch that is not run, and its
  // derivatives, may be infinite.
  BoundaryPart predicate{predicatePosition, IndexSet::whole({}), false};
  SmallVector<Known> data = getData(knowledge, outside, given.parts);
  for (auto [part, known] : llvm::zip_equal(given.parts, data))
    if (part.position >= outside.size() - op.getNumResults())
      known.value =
          OptimizationBarrierOp::create(e.getBuilder(), op.getLoc(),
                                        known.value.getType(), known.value)
              ->getResult(0);
  for (UnitInverse *inverse : inverses)
    tests.push_back(
        inverter.inlineAt(knowledge.getBuilder(), *inverse, data, predicate)
            .front()
            .value);
  return tests;
}

void AlternativesInverse::find(ArrayRef<BoundaryPart> parts) {
  Location loc = op.getLoc();
  Emitter e(knowledge.getBuilder(), loc);
  auto number = [&](double i) {
    return e.fill(i, RankedTensorType::get({}, e.getBuilder().getI32Type()));
  };
  Value index = number(units.size());
  SmallVector<Value> tests = getTests(e);
  for (size_t i = units.size(); i-- > 0;)
    index = e.select(tests[i], number(i), index);

  SmallVector<Known> data = getData(knowledge, outside, given.parts);
  OperationState state(loc, CaseOp::getOperationName());
  state.addOperands(index);
  auto addBranch = [&](auto build) {
    OpBuilder inside(op.getContext());
    inside.setInsertionPointToEnd(&state.addRegion()->emplaceBlock());
    SmallVector<Value> returned = build(inside);
    ReturnOp::create(inside, loc, returned);
    return llvm::to_vector(TypeRange(ValueRange(returned)));
  };
  for (UnitInverse *inverse : inverses)
    state.types = addBranch([&](OpBuilder &inside) {
      return pack(inverter.inlineAt(inside, *inverse, data, parts));
    });
  addBranch([&](OpBuilder &inside) {
    Emitter none(inside, loc);
    return llvm::map_to_vector(state.types, [&](Type type) {
      return none.fill(hasDensity(type) ? NAN : 0,
                       cast<RankedTensorType>(type));
    });
  });
  Operation *created = e.getBuilder().create(state);
  setFoundBy(knowledge, inverses);
  for (auto [part, result] :
       llvm::zip_equal(parts, unpack(parts, created->getResults())))
    knowledge.learn(outside[part.position], part.where, result);
}

void AlternativesInverse::run() {
  SmallVector<Value> unknown = getUnknown();
  auto knowsSome = [&](Value result) { return knowledge.knowsAnyOf(result); };
  if (unknown.empty() || llvm::none_of(op.getResults(), knowsSome))
    return;
  if (llvm::none_of(op.getArms(), [&](Region &arm) {
        return isComputedFrom(op, getArmPredicate(arm), unknown);
      })) {
    // The op itself is of the branch that is run, and of no other.
    learnValues(op, knowledge);
    return;
  }
  curve = Curve::get(op.getArms());
  if (curve && !llvm::equal(unknown, ValueRange(curve->x)))
    curve.reset();
  if (curve && refuseOverlap(op, *curve, knowledge))
    return;
  if (!choosesByResult() && !knowledge.choosesBranches())
    return;
  given = getGiven(knowledge, outside);
  given.choosesBranches = true;
  for (const Unit &unit : units)
    inverses.push_back(&inverter.ask(unit, given));
  SmallVector<BoundaryPart> parts;
  bool findsPredicate = false;
  for (BoundaryPart &part : meet(inverses)) {
    findsPredicate |= part.position == predicatePosition;
    if (part.position < outside.size() &&
        knowledge.wants(outside[part.position], part.where))
      parts.push_back(std::move(part));
  }
  if (parts.empty())
    return;
  if (findsPredicate)
    find(parts);
  else
    knowledge.refuse(op, "which branch is run is not known");
}

namespace {

/// The branch that was run is the one whose predicate holds for what its
/// inverse finds; what all of them find is found.
struct AlternativesModel
    : InvertibleRegionOpInterface::ExternalModel<AlternativesModel,
                                                 AlternativesOp> {
  SmallVector<Unit> getUnits(Operation *op) const { return getUnitsOfArms(op); }
  void propagateRegions(Operation *op, Knowledge &knowledge,
                        ArrayRef<Unit> units, UnitInverter &inverter) const {
    learnFromValues(op, knowledge);
    AlternativesInverse(cast<AlternativesOp>(op), units, knowledge, inverter)
        .run();
  }
};

struct AlternativesSolvability
    : InvertibleOpInterface::ExternalModel<AlternativesSolvability,
                                           AlternativesOp> {
  Solvability getSolvability(Operation *op) const {
    std::optional<Curve> curve = Curve::get(op->getRegions());
    return curve && curve->isInjective() ? Solvability::Always
                                         : Solvability::ByBranch;
  }
  void propagate(Operation *, Knowledge &) const {}
};

} // namespace

void invhlo::attachAlternativesRules(MLIRContext *context) {
  AlternativesOp::attachInterface<AlternativesModel, AlternativesSolvability>(
      *context);
}
