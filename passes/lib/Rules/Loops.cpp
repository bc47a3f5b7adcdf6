// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Loops over the rows of arrays.

#include "invhlo/Interfaces/InvertibleRegionOpInterface.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Rules/Emitter.h"
#include "invhlo/Rules/Rules.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace invhlo;

namespace {

/// The positions of the boundary of a loop's body, and what they stand for.
struct LoopBoundary {
  LoopBoundary(ScanOp op, const Unit &unit)
      : numCarried(op.getNumCarried()), numStacked(op.getStacked().size()),
        numArrays(op.getArrays().size()),
        numCaptures(unit.numTaken - 1 - numCarried - numStacked) {}

  unsigned getCarried(unsigned k) const { return 1 + k; }
  unsigned getRow(unsigned k) const { return 1 + numCarried + k; }
  unsigned getCapture(unsigned k) const { return getRow(numStacked) + k; }
  unsigned getNext(unsigned k) const { return getCapture(numCaptures) + k; }
  unsigned getNewRow(unsigned k) const { return getNext(numCarried) + k; }

  unsigned numCarried, numStacked, numArrays, numCaptures;
};

/// A part of a step's boundary that a plan gives to the step.
struct Given {
  enum Kind {
    /// The number of the step.
    Step,
    /// A row of a known array, `outside`.
    Row,
    /// What the body captures, `outside`.
    Capture,
    /// A carried value, from the step that was taken before.
    Carried,
    /// A carried value that known values determine, as it is at this step.
    Trajectory
  };
  Kind kind;
  BoundaryPart part;
  /// For carried values, their number.
  unsigned number = 0;
  Value outside;
};

/// What a loop's steps are given, and what they find.
///
/// Backward, a step takes the carried values after it and finds those before
/// it; forward, it takes those before it. In both it takes rows of the arrays
/// that are known, and finds rows of others. Which carried values can be is the
/// greatest set that the step, given these, finds again.
class LoopPlan {
public:
  enum Direction { Forward, Backward };

  /// The plan of what `determined` carried values are, if known arguments tell
  /// alone: forward, with results left aside.
  LoopPlan(ScanOp op, const Unit &unit, Knowledge &knowledge,
           UnitInverter &inverter)
      : LoopPlan(op, unit, knowledge, inverter, Forward, nullptr,
                 /*takesResults=*/false) {}
  /// A plan to find more. Values that `determined` tells take no part backward.
  LoopPlan(ScanOp op, const Unit &unit, Knowledge &knowledge,
           UnitInverter &inverter, Direction direction, LoopPlan &determined)
      : LoopPlan(op, unit, knowledge, inverter, direction, &determined,
                 /*takesResults=*/true) {}

  /// How many values outside of the loop it finds.
  unsigned getNumFound() const { return found.size(); }
  /// Builds the loop and learns what it finds.
  void emit();

private:
  struct Carried {
    unsigned number;
    bool hasShare;
    bool operator==(const Carried &other) const {
      return number == other.number && hasShare == other.hasShare;
    }
  };
  /// A value outside of the loop that is found, at a position of the boundary.
  struct Found {
    Value value;
    BoundaryPart part;
  };

  LoopPlan(ScanOp op, const Unit &unit, Knowledge &knowledge,
           UnitInverter &inverter, Direction direction, LoopPlan *determined,
           bool takesResults);

  bool carries(unsigned k) const {
    return llvm::any_of(carried,
                        [&](const Carried &v) { return v.number == k; });
  }
  bool hasShare(Value value) { return bool(knowledge.get(value).share); }
  /// What carried value `k` is when the inverse begins.
  Value getStart(unsigned k) {
    return direction == Backward ? op.getLast()[k] : op.getInits()[k];
  }
  /// And when it ends.
  Value getEnd(unsigned k) {
    return direction == Backward ? op.getInits()[k] : op.getLast()[k];
  }
  /// Where a step is given carried value `k`, and where it finds it.
  unsigned getTaken(unsigned k) {
    return direction == Backward ? boundary.getNext(k) : boundary.getCarried(k);
  }
  unsigned getTold(unsigned k) {
    return direction == Backward ? boundary.getCarried(k) : boundary.getNext(k);
  }
  BoundaryPart wholeOf(unsigned position, bool hasShare) {
    return {position, Knowledge::wholeOf(unit.boundary[position]), hasShare};
  }
  std::optional<BoundaryPart> findWhole(unsigned position) {
    for (const BoundaryPart &part : inverse->found)
      if (part.position == position && part.where.isWhole())
        return part;
    return std::nullopt;
  }

  void addKnown(Given::Kind kind, unsigned position, Value outside,
                bool takesShare);
  /// Asks what a step finds, and drops what it does not find again. Returns
  /// whether that changes what it is given.
  bool update();
  void collectFound();
  /// What a step finds of what is carried.
  SmallVector<BoundaryPart> getToldCarried();
  /// Builds a loop whose steps find `told`, behind what is carried, and the
  /// first of `trajectories` behind that.
  ScanOp createScan(ArrayRef<BoundaryPart> told,
                    ArrayRef<unsigned> trajectories);
  SmallVector<Value> createTrajectories(ArrayRef<unsigned> numbers);

  ScanOp op;
  const Unit &unit;
  LoopBoundary boundary;
  Knowledge &knowledge;
  UnitInverter &inverter;
  Direction direction;
  LoopPlan *determined;
  bool takesResults;
  SmallVector<Carried> carried;
  SmallVector<Given> given;
  UnitInverse *inverse = nullptr;
  SmallVector<Found> found;
};

} // namespace

LoopPlan::LoopPlan(ScanOp op, const Unit &unit, Knowledge &knowledge,
                   UnitInverter &inverter, Direction direction,
                   LoopPlan *determined, bool takesResults)
    : op(op), unit(unit), boundary(op, unit), knowledge(knowledge),
      inverter(inverter), direction(direction), determined(determined),
      takesResults(takesResults) {
  for (unsigned k = 0; k < boundary.numCarried; ++k) {
    Value start = getStart(k);
    bool isDetermined =
        direction == Backward && determined && determined->carries(k);
    if (!isDetermined && knowledge.knows(start))
      carried.push_back({k, direction == Backward && hasShare(start)});
  }
  while (update()) {
  }
  if (takesResults)
    collectFound();
}

void LoopPlan::addKnown(Given::Kind kind, unsigned position, Value outside,
                        bool takesShare) {
  if (!knowledge.knows(outside) || knowledge.wants(outside))
    return;
  given.push_back(
      {kind, wholeOf(position, takesShare && hasShare(outside)), 0, outside});
}

bool LoopPlan::update() {
  given.clear();
  given.push_back({Given::Step, wholeOf(0, false), 0, {}});
  for (auto [k, array] : llvm::enumerate(op.getStacked()))
    addKnown(Given::Row, boundary.getRow(k), array, /*takesShare=*/false);
  for (unsigned k = 0; k < boundary.numCaptures; ++k) {
    unsigned position = boundary.getCapture(k);
    addKnown(Given::Capture, position, unit.boundary[position],
             /*takesShare=*/false);
  }
  if (takesResults)
    for (auto [k, array] : llvm::enumerate(op.getArrays()))
      addKnown(Given::Row, boundary.getNewRow(k), array, /*takesShare=*/true);
  for (unsigned k = 0; k < boundary.numCarried; ++k)
    if (direction == Backward && determined && determined->carries(k))
      given.push_back(
          {Given::Trajectory, wholeOf(boundary.getCarried(k), false), k, {}});
  for (const Carried &value : carried)
    given.push_back({Given::Carried,
                     wholeOf(getTaken(value.number), value.hasShare),
                     value.number,
                     {}});
  BoundaryPattern pattern = getNothingGiven(knowledge);
  for (const Given &value : given)
    pattern.parts.push_back(value.part);
  inverse = &inverter.ask(unit, pattern);

  SmallVector<Carried> next;
  for (const Carried &value : carried)
    if (auto part = findWhole(getTold(value.number)))
      next.push_back({value.number, value.hasShare || (direction == Backward &&
                                                       part->hasShare)});
  std::swap(carried, next);
  return carried != next;
}

void LoopPlan::collectFound() {
  auto add = [&](Value value, unsigned position) {
    if (std::optional<BoundaryPart> part = findWhole(position);
        part && knowledge.wants(value))
      found.push_back({value, *part});
  };
  for (const Carried &value : carried)
    if (knowledge.wants(getEnd(value.number)))
      found.push_back({getEnd(value.number),
                       wholeOf(getTold(value.number), value.hasShare)});
  for (auto [k, array] : llvm::enumerate(op.getStacked()))
    add(array, boundary.getRow(k));
  for (auto [k, array] : llvm::enumerate(op.getArrays()))
    add(array, boundary.getNewRow(k));
}

ScanOp LoopPlan::createScan(ArrayRef<BoundaryPart> told,
                            ArrayRef<unsigned> trajectories) {
  Location loc = op.getLoc();
  Emitter outer(knowledge.getBuilder(), loc);
  SmallVector<Value> inits;
  for (const Carried &value : carried) {
    Known start = knowledge.get(getStart(value.number));
    inits.push_back(start.value);
    if (!value.hasShare)
      continue;
    if (!start.share)
      start.share =
          outer.fill(0, getShareTensorType(getTensorType(start.value)));
    inits.push_back(start.share);
  }

  Region region;
  Block &body = region.emplaceBlock();
  OpBuilder inside(op.getContext());
  inside.setInsertionPointToEnd(&body);
  Emitter e(inside, loc);
  Value step =
      body.addArgument(RankedTensorType::get({}, inside.getI32Type()), loc);
  for (Value init : inits)
    body.addArgument(init.getType(), loc);
  if (direction == Backward)
    step = e.reflect(op.getCount() - 1, step);
  // Each row beside the array that it is of; none yet for a trajectory.
  SmallVector<std::pair<const Given *, Value>> stacked;
  unsigned next = 1;
  SmallVector<Known> data;
  for (const Given &value : given) {
    auto type =
        cast<RankedTensorType>(unit.boundary[value.part.position].getType());
    Known known;
    switch (value.kind) {
    case Given::Step:
      known.value = step;
      break;
    case Given::Capture:
      known.value = knowledge.get(value.outside).value;
      break;
    case Given::Carried:
      known.value = body.getArgument(next++);
      if (value.part.hasShare)
        known.share = body.getArgument(next++);
      break;
    case Given::Row: {
      Known array = knowledge.get(value.outside);
      known.value = body.addArgument(type, loc);
      stacked.push_back({&value, array.value});
      if (value.part.hasShare) {
        known.share = body.addArgument(getShareTensorType(type), loc);
        stacked.push_back({&value, array.share});
      }
      break;
    }
    case Given::Trajectory:
      known.value = body.addArgument(type, loc);
      stacked.push_back({&value, Value()});
      break;
    }
    data.push_back(known);
  }
  SmallVector<Value> yielded =
      pack(inverter.inlineAt(inside, *inverse, data, told));
  for (unsigned k : trajectories)
    for (auto [value, known] : llvm::zip_equal(given, data))
      if (value.kind == Given::Carried && value.number == k)
        yielded.push_back(known.value);
  YieldOp::create(inside, loc, yielded);

  // What the inverse finds without is not read.
  for (unsigned i = stacked.size(); i-- > 0;)
    if (BlockArgument row = body.getArgument(1 + inits.size() + i);
        row.use_empty()) {
      body.eraseArgument(row.getArgNumber());
      stacked.erase(stacked.begin() + i);
    }
  SmallVector<unsigned> needed;
  for (auto &[value, array] : stacked)
    if (!array)
      needed.push_back(value->number);
  SmallVector<Value> computed;
  if (!needed.empty())
    computed = determined->createTrajectories(needed);
  SmallVector<Value> arrays;
  for (auto &[value, array] : stacked) {
    if (!array) {
      array = computed.front();
      computed.erase(computed.begin());
    }
    arrays.push_back(array);
  }
  SmallVector<Type> types = llvm::to_vector(TypeRange(ValueRange(inits)));
  for (Value row : ArrayRef(yielded).drop_front(inits.size()))
    types.push_back(ScanOp::getArrayType(row.getType(), op.getCount()));
  auto created =
      ScanOp::create(knowledge.getBuilder(), loc, types, inits, arrays,
                     op.getCount(), op.getReverse() != (direction == Backward));
  created.getBody().takeBody(region);
  return created;
}

SmallVector<BoundaryPart> LoopPlan::getToldCarried() {
  return llvm::map_to_vector(carried, [&](const Carried &value) {
    return wholeOf(getTold(value.number), value.hasShare);
  });
}

SmallVector<Value> LoopPlan::createTrajectories(ArrayRef<unsigned> numbers) {
  return llvm::to_vector_of<Value>(
      createScan(getToldCarried(), numbers).getArrays());
}

void LoopPlan::emit() {
  // What is evaluated of the results is not found by equations.
  SmallVector<Value> operands;
  for (const Found &value : found)
    if (llvm::is_contained(op->getOperands(), value.value))
      operands.push_back(value.value);
  if (!knowledge.mayFind(op, operands))
    return;
  SmallVector<BoundaryPart> told = getToldCarried();
  for (const Found &value : found)
    if (!llvm::is_contained(told, value.part))
      told.push_back(value.part);
  ScanOp created = createScan(told, {});
  setFoundBy(knowledge, inverse);
  for (auto [part, result] :
       llvm::zip_equal(told, unpack(told, created.getResults())))
    for (const Found &value : found)
      if (value.part == part)
        knowledge.learn(value.value, Knowledge::wholeOf(value.value), result);
}

namespace {

/// A loop is inverted by a loop: from its end, if that is known, or in its own
/// direction, where results of each step tell what it took.
struct ScanModel
    : InvertibleRegionOpInterface::ExternalModel<ScanModel, ScanOp> {
  SmallVector<Unit> getUnits(Operation *op) const {
    SetVector<Value> captured;
    getUsedValuesDefinedAbove(op->getRegions(), captured);
    return {Unit::get(op->getRegion(0).front(), captured.getArrayRef())};
  }

  void propagateRegions(Operation *op, Knowledge &knowledge,
                        ArrayRef<Unit> units, UnitInverter &inverter) const {
    auto scan = cast<ScanOp>(op);
    LoopPlan determined(scan, units.front(), knowledge, inverter);
    LoopPlan forward(scan, units.front(), knowledge, inverter,
                     LoopPlan::Forward, determined);
    LoopPlan backward(scan, units.front(), knowledge, inverter,
                      LoopPlan::Backward, determined);
    LoopPlan &best =
        backward.getNumFound() >= forward.getNumFound() ? backward : forward;
    if (best.getNumFound() > 0)
      best.emit();
  }
};

} // namespace

void invhlo::attachLoopRules(MLIRContext *context) {
  ScanOp::attachInterface<ScanModel>(*context);
}
