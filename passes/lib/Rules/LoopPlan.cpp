// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LoopPlan.h"

#include "invhlo/StableHLO/Analysis/LoopCounter.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

LoopView::LoopView(ScanOp op, const Unit &unit)
    : op(op), unit(unit), inits(op.getInits()), last(op.getLast()),
      stacked(op.getStacked()), arrays(op.getArrays()),
      isReverse(op.getReverse()), count(op.getCount()), counters(inits.size()),
      numCaptures(unit.numTaken - 1 - inits.size() - stacked.size()) {}

LoopView::LoopView(WhileOp op, const Unit &unit)
    : op(op), unit(unit), inits(op.getOperand()), last(op.getResults()),
      numCaptures(unit.numTaken - inits.size()) {
  for (unsigned k = 0, e = inits.size(); k < e; ++k)
    counters.push_back(matchCounterStep(op, k));
}

Value invhlo::advance(Emitter &e, Value start, int64_t by, Value number) {
  Value distance = e.convert(number, getElementTypeOrSelf(start));
  if (by != 1)
    distance = e.scale(by, distance);
  return getInteger(start) == 0 ? distance : e.add(start, distance);
}

std::string LoopView::describeCarried(unsigned k) const {
  if (auto loc = dyn_cast<NameLoc>(unit.boundary[getCarried(k)].getLoc()))
    if (StringRef name = loc.getName(); name.consume_front("carry:"))
      return ("`" + name + "`").str();
  return "carried value " + std::to_string(k);
}

LoopPlan::LoopPlan(const LoopView &loop, Knowledge &knowledge,
                   UnitInverter &inverter, Direction direction,
                   LoopPlan *determined, bool takesResults)
    : loop(loop), knowledge(knowledge), inverter(inverter),
      direction(direction), determined(determined), takesResults(takesResults) {
  for (unsigned k = 0; k < loop.getNumCarried(); ++k) {
    Value start = getStart(k);
    if (!isCounter(k) && !isDetermined(k) && knowledge.knows(start))
      carried.push_back({k, direction == Backward && hasShare(start)});
  }
  while (update()) {
  }
  if (takesResults)
    collectFound();
}

std::optional<BoundaryPart> LoopPlan::findWhole(unsigned position) {
  for (const BoundaryPart &part : inverse->found)
    if (part.position == position && part.where.isWhole())
      return part;
  return std::nullopt;
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
  if (loop.count)
    given.push_back({Given::Step, wholeOf(0, false), 0, {}});
  for (unsigned k = 0; k < loop.getNumCarried(); ++k)
    if (isCounter(k))
      given.push_back({Given::Counter, wholeOf(loop.getCarried(k), false), k,
                       loop.inits[k]});
  for (auto [k, array] : llvm::enumerate(loop.stacked))
    addKnown(Given::Row, loop.getRow(k), array, /*takesShare=*/false);
  for (unsigned k = 0; k < loop.numCaptures; ++k) {
    unsigned position = loop.getCapture(k);
    addKnown(Given::Capture, position, loop.unit.boundary[position],
             /*takesShare=*/false);
  }
  if (takesResults)
    for (auto [k, array] : llvm::enumerate(loop.arrays))
      addKnown(Given::Row, loop.getNewRow(k), array, /*takesShare=*/true);
  for (unsigned k = 0; k < loop.getNumCarried(); ++k)
    if (isDetermined(k))
      given.push_back(
          {Given::Trajectory, wholeOf(loop.getCarried(k), false), k, {}});
  for (const Carried &value : carried)
    given.push_back({Given::Carried,
                     wholeOf(getTaken(value.number), value.hasShare),
                     value.number,
                     {}});
  BoundaryPattern pattern = getNothingGiven(knowledge);
  for (const Given &value : given)
    pattern.parts.push_back(value.part);
  inverse = &inverter.ask(loop.unit, pattern);

  SmallVector<Carried> next;
  for (const Carried &value : carried)
    if (auto part = findWhole(getTold(value.number)))
      next.push_back({value.number, value.hasShare || (direction == Backward &&
                                                       part->hasShare)});
    else if (direction == Backward)
      noteLost(value.number);
  std::swap(carried, next);
  return carried != next;
}

void LoopPlan::noteLost(unsigned k) {
  Blame &blame = inverse->blame;
  std::string what =
      loop.describeCarried(k) + " is not found before a step of this loop";
  Value next = loop.unit.boundary[loop.getNext(k)];
  if (auto primitive = next.getDefiningOp<PrimitiveOp>())
    next = primitive.getLowered()[cast<OpResult>(next).getResultNumber()];
  if (isa_and_nonnull<DynamicUpdateSliceOp, ScatterOp>(next.getDefiningOp()))
    what += ", which does not write its rows one after another, each once";
  if (blame.op && llvm::none_of(blame.others, [&](auto &other) {
        return other.first == loop.op && other.second == what;
      }))
    blame.others.push_back({loop.op, what});
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
  for (auto [k, array] : llvm::enumerate(loop.stacked))
    add(array, loop.getRow(k));
  for (auto [k, array] : llvm::enumerate(loop.arrays))
    add(array, loop.getNewRow(k));
}

SmallVector<BoundaryPart> LoopPlan::getToldCarried() {
  return llvm::map_to_vector(carried, [&](const Carried &value) {
    return wholeOf(getTold(value.number), value.hasShare);
  });
}

SmallVector<Value> LoopPlan::getStarts() {
  Emitter e(knowledge.getBuilder(), loop.op->getLoc());
  SmallVector<Value> starts;
  for (const Carried &value : carried) {
    Known start = knowledge.get(getStart(value.number));
    starts.push_back(start.value);
    if (!value.hasShare)
      continue;
    if (!start.share)
      start.share = e.fill(0, getShareTensorType(getTensorType(start.value)));
    starts.push_back(start.share);
  }
  return starts;
}

void LoopPlan::fill(Steps &steps, ValueRange starts, Value count,
                    ArrayRef<BoundaryPart> told,
                    ArrayRef<unsigned> trajectories) {
  Location loc = loop.op->getLoc();
  Block &body = steps.region.emplaceBlock();
  OpBuilder inside(loop.op->getContext());
  inside.setInsertionPointToEnd(&body);
  Emitter e(inside, loc);
  Value step =
      body.addArgument(RankedTensorType::get({}, inside.getI32Type()), loc);
  for (Value start : starts)
    body.addArgument(start.getType(), loc);
  if (direction == Backward && count) {
    Value left = e.sub(count, step);
    step = e.shift(-1, left);
  } else if (direction == Backward) {
    step = e.reflect(*loop.count - 1, step);
  }
  // Each row beside the array that it is of; none yet for a trajectory.
  SmallVector<std::pair<const Given *, Value>> stacked;
  unsigned next = 1;
  SmallVector<Known> data;
  for (const Given &value : given) {
    auto type = cast<RankedTensorType>(
        loop.unit.boundary[value.part.position].getType());
    Known known;
    switch (value.kind) {
    case Given::Step:
      known.value = step;
      break;
    case Given::Counter:
      known.value = advance(e, knowledge.get(value.outside).value,
                            *loop.counters[value.number], step);
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
  steps.yielded = pack(inverter.inlineAt(inside, *inverse, data, told));
  for (unsigned k : trajectories)
    for (auto [value, known] : llvm::zip_equal(given, data))
      if (value.kind == Given::Carried && value.number == k)
        steps.yielded.push_back(known.value);

  // What the inverse finds without is not read.
  for (unsigned i = stacked.size(); i-- > 0;)
    if (BlockArgument row = body.getArgument(1 + starts.size() + i);
        row.use_empty()) {
      body.eraseArgument(row.getArgNumber());
      stacked.erase(stacked.begin() + i);
    }
  SmallVector<unsigned> needed;
  for (auto &[value, array] : stacked)
    if (!array)
      needed.push_back(value->number);
  if (!needed.empty() && count) {
    // There are no other rows where the number of steps is not told before.
    inside.setInsertionPointAfterValue(step);
    SmallVector<Value> values = determined->replay(inside, step, count, needed);
    for (auto [i, value] : llvm::enumerate(values))
      body.getArgument(1 + starts.size() + i).replaceAllUsesWith(value);
    body.eraseArguments(1 + starts.size(), values.size());
    return;
  }
  for (auto &[value, array] : stacked)
    steps.stacked.push_back(array);
  steps.trajectories = std::move(needed);
}

SmallVector<Value> LoopPlan::run(OpBuilder &b, ValueRange starts, Value first,
                                 Value limit, Steps &steps) {
  Location loc = loop.op->getLoc();
  SmallVector<Value> operands{first};
  llvm::append_range(operands, starts);
  TypeRange types{ValueRange(operands)};
  auto created = WhileOp::create(b, loc, types, operands);
  Block &condition = created.getCond().emplaceBlock();
  condition.addArguments(types, SmallVector<Location>(operands.size(), loc));
  OpBuilder inner = OpBuilder::atBlockEnd(&condition);
  Value isLess = Emitter(inner, loc).less(condition.getArgument(0), limit);
  ReturnOp::create(inner, loc, isLess);

  created.getBody().takeBody(steps.region);
  Block &body = created.getBody().front();
  inner.setInsertionPointToEnd(&body);
  SmallVector<Value> next{Emitter(inner, loc).shift(1, body.getArgument(0))};
  llvm::append_range(next, steps.yielded);
  ReturnOp::create(inner, loc, next);
  return llvm::to_vector_of<Value>(created.getResults().drop_front());
}

/// Puts `values` in the places of those that are null.
static void replaceNull(SmallVectorImpl<Value> &places, ValueRange values) {
  for (Value &place : places)
    if (!place) {
      place = values.front();
      values = values.drop_front();
    }
}

SmallVector<Value> LoopPlan::createLoop(ArrayRef<BoundaryPart> told,
                                        ArrayRef<unsigned> trajectories) {
  OpBuilder &outer = knowledge.getBuilder();
  Location loc = loop.op->getLoc();
  SmallVector<Value> starts = getStarts();
  Steps steps;
  if (!loop.count) {
    Value count = loop.createCount();
    fill(steps, starts, count, told, trajectories);
    Value first = Emitter(outer, loc).fill(0, count);
    return run(outer, starts, first, count, steps);
  }
  fill(steps, starts, {}, told, trajectories);
  if (int64_t size = getSegmentSize(steps))
    return createSegments(starts, steps, size);
  SmallVector<Value> stacked = steps.stacked;
  if (!steps.trajectories.empty())
    replaceNull(stacked, determined->createTrajectories(steps.trajectories));
  return scan(outer, starts, stacked, *loop.count, steps);
}

SmallVector<Value> LoopPlan::scan(OpBuilder &b, ValueRange starts,
                                  ValueRange stacked, int64_t count,
                                  Steps &steps) {
  Location loc = loop.op->getLoc();
  SmallVector<Type> types = llvm::to_vector(TypeRange(starts));
  for (Value row : ArrayRef(steps.yielded).drop_front(starts.size()))
    types.push_back(ScanOp::getArrayType(row.getType(), count));
  auto created = ScanOp::create(b, loc, types, starts, stacked, count,
                                loop.isReverse != (direction == Backward));
  created.getBody().takeBody(steps.region);
  OpBuilder inside = OpBuilder::atBlockEnd(&created.getBody().front());
  YieldOp::create(inside, loc, steps.yielded);
  return llvm::to_vector_of<Value>(created.getResults());
}

SmallVector<Value> LoopPlan::createTrajectories(ArrayRef<unsigned> numbers) {
  SmallVector<Value> made = createLoop(getToldCarried(), numbers);
  return llvm::to_vector(ArrayRef(made).take_back(numbers.size()));
}

int64_t LoopPlan::getSegmentSize(const Steps &steps) {
  auto getBytes = [](Value value) {
    auto type = cast<RankedTensorType>(value.getType());
    Type element = type.getElementType();
    int64_t bits = isa<ComplexType>(element) ? 128 : 64;
    if (element.isIntOrFloat())
      bits = element.getIntOrFloatBitWidth();
    return type.getNumElements() * std::max<int64_t>(bits / 8, 1);
  };
  int64_t stack = 0, arrays = 0, count = *loop.count;
  for (unsigned k : steps.trajectories)
    stack += count * getBytes(loop.inits[k]);
  for (Value array : steps.stacked)
    if (array)
      arrays += getBytes(array);
  if (stack <= std::max(arrays, maxStackedBytes))
    return 0;
  // Segments of one size, of about as many steps as there are segments.
  int64_t root = std::sqrt(double(count));
  for (int64_t size = root; size > 1 && size > root / 8; --size)
    if (count % size == 0)
      return size;
  return 0;
}

/// Shifts the number of the step that `block` takes by `first`.
static void startFrom(Block &block, Value first, Location loc) {
  OpBuilder b(loc.getContext());
  b.setInsertionPointToStart(&block);
  Value step = block.getArgument(0);
  Value shifted = Emitter(b, loc).add(first, step);
  step.replaceAllUsesExcept(shifted, shifted.getDefiningOp());
}

SmallVector<Value> LoopPlan::createSegments(ValueRange starts, Steps &steps,
                                            int64_t size) {
  Location loc = loop.op->getLoc();
  Emitter outer(knowledge.getBuilder(), loc);
  int64_t count = *loop.count / size;
  SmallVector<Value> known = determined->getStarts();
  // The rows of a segment of `array`, which `segments` take.
  auto takeRows = [&](Steps &segments, Value array) -> Value {
    SmallVector<int64_t> shape(getTensorType(array).getShape());
    shape.front() = size;
    RankedTensorType rows = getTensorType(array).clone(shape);
    shape.insert(shape.begin(), count);
    segments.stacked.push_back(outer.reshape(array, shape));
    return segments.region.front().addArgument(rows, loc);
  };
  auto open = [&](Steps &segments, ValueRange carried) {
    Block &block = segments.region.emplaceBlock();
    block.addArgument(
        RankedTensorType::get({}, outer.getBuilder().getI32Type()), loc);
    for (Value value : carried)
      block.addArgument(value.getType(), loc);
    OpBuilder b(loc.getContext());
    b.setInsertionPointToEnd(&block);
    return b;
  };
  auto advance = [&](OpBuilder &b, Steps &segments, ValueRange from,
                     Value first, ArrayRef<unsigned> trajectories) {
    Steps inner;
    determined->fill(inner, from, {}, determined->getToldCarried(),
                     trajectories);
    startFrom(inner.region.front(), first, loc);
    SmallVector<Value> rows = llvm::map_to_vector(
        inner.stacked, [&](Value array) { return takeRows(segments, array); });
    return determined->scan(b, from, rows, size, inner);
  };

  // What is known before the first step of each segment.
  Steps points;
  OpBuilder inside = open(points, known);
  Block &point = points.region.front();
  SmallVector<Value> there(ValueRange(point.getArguments()).drop_front());
  Value first = Emitter(inside, loc).scale(size, point.getArgument(0));
  points.yielded = advance(inside, points, there, first, {});
  llvm::append_range(points.yielded, there);
  SmallVector<Value> checkpoints = determined->scan(
      outer.getBuilder(), known, points.stacked, count, points);

  Steps segments;
  inside = open(segments, starts);
  Block &segment = segments.region.front();
  SmallVector<Value> carriedThere(
      ValueRange(segment.getArguments()).drop_front());
  there.clear();
  for (auto [start, array] : llvm::zip_equal(
           known, ArrayRef<Value>(checkpoints).drop_front(known.size()))) {
    segments.stacked.push_back(array);
    there.push_back(segment.addArgument(start.getType(), loc));
  }
  SmallVector<Value> rows =
      llvm::map_to_vector(steps.stacked, [&](Value array) {
        return array ? takeRows(segments, array) : Value();
      });
  Emitter e(inside, loc);
  Value before = e.reflect(count - 1, segment.getArgument(0));
  first = e.scale(size, before);
  SmallVector<Value> made =
      advance(inside, segments, there, first, steps.trajectories);
  replaceNull(rows, ArrayRef<Value>(made).drop_front(known.size()));
  Value taken = e.scale(size, segment.getArgument(0));
  startFrom(steps.region.front(), taken, loc);
  segments.yielded = scan(inside, carriedThere, rows, size, steps);
  SmallVector<Value> results =
      scan(outer.getBuilder(), starts, segments.stacked, count, segments);
  for (Value &array :
       MutableArrayRef<Value>(results).drop_front(starts.size())) {
    SmallVector<int64_t> shape(getTensorType(array).getShape().drop_front());
    shape.front() *= count;
    array = outer.reshape(array, shape);
  }
  return results;
}

SmallVector<Value> LoopPlan::replay(OpBuilder &b, Value step, Value count,
                                    ArrayRef<unsigned> numbers) {
  Location loc = loop.op->getLoc();
  Emitter outer(knowledge.getBuilder(), loc);
  SmallVector<BoundaryPart> told = getToldCarried();
  SmallVector<Value> starts = getStarts();
  auto advance = [&](OpBuilder &b, ValueRange starts, Value first,
                     Value limit) {
    Steps steps;
    fill(steps, starts, {}, told, {});
    return run(b, starts, first, limit, steps);
  };
  // Checkpoints, as far apart as it takes for their number.
  Value last = outer.shift(-1, count);
  Value full = outer.div(last, outer.fill(numCheckpoints, count));
  Value stride = outer.shift(1, full);
  SmallVector<Type> types = llvm::to_vector(TypeRange(ValueRange(starts)));
  for (Value start : starts)
    types.push_back(ScanOp::getArrayType(start.getType(), numCheckpoints));
  auto checkpoints =
      ScanOp::create(outer.getBuilder(), loc, types, starts, ValueRange(),
                     numCheckpoints, /*reverse=*/false);
  Block &body = checkpoints.getBody().emplaceBlock();
  body.addArgument(count.getType(), loc);
  for (Value start : starts)
    body.addArgument(start.getType(), loc);
  OpBuilder inside = OpBuilder::atBlockEnd(&body);
  Value from = Emitter(inside, loc).mul(checkpoints.getStep(), stride);
  Value to = Emitter(inside, loc).add(from, stride);
  SmallVector<Value> yielded =
      advance(inside, checkpoints.getCarried(), from, to);
  llvm::append_range(yielded, checkpoints.getCarried());
  YieldOp::create(inside, loc, yielded);

  Emitter e(b, loc);
  Value number = e.div(step, stride);
  Value zero = e.fill(0, number);
  SmallVector<Value> rows;
  for (auto [start, array] : llvm::zip_equal(starts, checkpoints.getArrays())) {
    RankedTensorType window = ScanOp::getArrayType(start.getType(), 1);
    SmallVector<Value> at(window.getRank(), zero);
    at.front() = number;
    Value row = e.create<DynamicSliceOp>(window, array, at, window.getShape());
    rows.push_back(e.reshape(row, getTensorType(start).getShape()));
  }
  Value first = e.mul(number, stride);
  SmallVector<Value> values = advance(b, rows, first, step);
  return llvm::map_to_vector(numbers, [&](unsigned k) {
    auto *it = llvm::find_if(
        carried, [&](const Carried &value) { return value.number == k; });
    return values[it - carried.begin()];
  });
}

void LoopPlan::emit() {
  // What is evaluated of the results is not found by equations.
  SmallVector<Value> operands;
  for (const Found &value : found)
    if (llvm::is_contained(loop.op->getOperands(), value.value))
      operands.push_back(value.value);
  if (!knowledge.mayFind(loop.op, operands))
    return;
  SmallVector<BoundaryPart> told = getToldCarried();
  for (const Found &value : found)
    if (!llvm::is_contained(told, value.part))
      told.push_back(value.part);
  SmallVector<Value> results = createLoop(told, {});
  setFoundBy(knowledge, inverse);
  for (auto [part, result] : llvm::zip_equal(told, unpack(told, results)))
    for (const Found &value : found)
      if (value.part == part)
        knowledge.learn(value.value, Knowledge::wholeOf(value.value), result);
}

Unit invhlo::getUnitOfSteps(Region &body) {
  SetVector<Value> captured;
  getUsedValuesDefinedAbove(body, captured);
  return Unit::get(body.front(), captured.getArrayRef());
}

void invhlo::invertSteps(const LoopView &loop, Knowledge &knowledge,
                         UnitInverter &inverter) {
  LoopPlan determined(loop, knowledge, inverter);
  LoopPlan forward(loop, knowledge, inverter, LoopPlan::Forward, determined);
  LoopPlan backward(loop, knowledge, inverter, LoopPlan::Backward, determined);
  LoopPlan &best =
      backward.getNumFound() >= forward.getNumFound() ? backward : forward;
  if (best.getNumFound() > 0)
    best.emit();
}
