// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Steps.h"

#include "Cone.h"
#include "invhlo/Idioms/Precedence.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Spans/Spans.h"
#include "invhlo/StableHLO/Emission.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

/// These bound the work for one op.
static constexpr unsigned kMaxSources = 32, kMaxOps = 64;

static bool isDiscrete(Value value) {
  return isa<IntegerType>(getElementTypeOrSelf(value));
}

static bool isConstant(Value value) {
  return matchPattern(value, m_Constant());
}

StepFinder::StepFinder(Block &block) : block(block) {
  for (auto [position, op] : llvm::enumerate(block)) {
    positions[&op] = position;
    if (!isa<PrimitiveOp>(op))
      addOp(&op);
  }
}

StepFinder::Entry StepFinder::getEntry(Value value) const {
  value = lookThroughPrimitives(value);
  if (auto it = entries.find(value); it != entries.end())
    return it->second;
  Entry entry;
  if (!isConstant(value))
    entry.direct.insert(value);
  return entry;
}

void StepFinder::addOp(Operation *op) {
  Entry ofInputs;
  for (Value input : getOperandsAndCaptured(op)) {
    Entry entry = getEntry(input);
    ofInputs.direct.insert_range(entry.direct);
    ofInputs.stepped.insert_range(entry.stepped);
    ofInputs.usesLookup |= entry.usesLookup;
  }
  bool isMoved = isElementwise(op) || isa<BroadcastInDimOp, ReshapeOp>(op);
  for (Value result : op->getResults()) {
    Entry entry = ofInputs;
    bool isFull = entry.direct.size() + entry.stepped.size() > kMaxSources;
    if (isFull)
      entry = Entry();
    if (isDiscrete(result)) {
      entry.stepped = entry.getAll();
      entry.direct.clear();
    } else if (isFull || (!isMoved && !entry.direct.empty())) {
      // What it is computed from otherwise too is no step of that.
      entry.stepped.remove_if(
          [&](Value source) { return entry.direct.contains(source); });
      entry.direct.clear();
      entry.direct.insert(result);
    }
    entry.usesLookup |= !isMoved && !entry.stepped.empty();
    hasLookups |= entry.usesLookup;
    entries[result] = std::move(entry);
  }
}

static bool intersect(const llvm::SmallSetVector<Value, 4> &some,
                      const llvm::SmallSetVector<Value, 4> &others) {
  return llvm::any_of(some,
                      [&](Value value) { return others.contains(value); });
}

bool StepFinder::dependsOn(Value value, Value x) const {
  return intersect(getEntry(value).getAll(), getEntry(x).direct);
}

bool StepFinder::isDirectlyFrom(Value value, Value x) const {
  return intersect(getEntry(value).direct, getEntry(x).direct);
}

std::optional<llvm::SmallSetVector<Value, 4>>
StepFinder::findLeaves(Operation *root, SteppedCone &cone) const {
  llvm::SmallSetVector<Value, 4> leaves;
  llvm::SmallSetVector<Operation *, 16> ops;
  auto expand = [&](Operation *op) {
    ops.insert(op);
    leaves.remove(op->getResult(0));
    for (Value operand : op->getOperands())
      if (!isConstant(operand))
        leaves.insert(lookThroughPrimitives(operand));
  };
  expand(root);
  while (true) {
    llvm::SmallDenseMap<Value, unsigned> counts;
    for (Value leaf : leaves)
      for (Value source : getEntry(leaf).getAll())
        ++counts[source];
    Operation *latest = nullptr;
    for (Value leaf : leaves) {
      Operation *op = leaf.getDefiningOp();
      bool isShared = llvm::any_of(getEntry(leaf).getAll(), [&](Value source) {
        return counts.lookup(source) > 1;
      });
      if (op && isShared && isElementwise(op) && leaf != cone.x &&
          (!latest || positions.lookup(op) > positions.lookup(latest)))
        latest = op;
    }
    if (!latest)
      break;
    if (ops.size() == kMaxOps)
      return std::nullopt;
    expand(latest);
  }
  cone.ops = ops.takeVector();
  return leaves;
}

bool StepFinder::findLookup(SteppedCone &cone) const {
  llvm::SmallSetVector<Operation *, 16> ops;
  // Of a value, and whether an integer is between it and the step.
  using Visit = std::pair<Value, unsigned>;
  SetVector<Visit> visits;
  for (Value step : cone.steps)
    visits.insert({step, 0});
  for (unsigned i = 0; i < visits.size(); ++i) {
    auto [value, isBehindInteger] = visits[i];
    isBehindInteger |= isDiscrete(value);
    if (!isBehindInteger && isDirectlyFrom(value, cone.x))
      return false;
    if (value == cone.x || !dependsOn(value, cone.x))
      continue;
    Operation *op = value.getDefiningOp();
    if (!op || op->getBlock() != &block || visits.size() > 4 * kMaxOps)
      return false;
    ops.insert(op);
    for (Value input : getOperandsAndCaptured(op))
      visits.insert({lookThroughPrimitives(input), isBehindInteger});
  }
  cone.lookup = ops.takeVector();
  return !cone.lookup.empty();
}

/// The operand of an op that moves or limits it; null for any other op.
static Value getMoved(Operation *op, function_ref<bool(Value)> isWanted) {
  if (!isa_and_nonnull<BroadcastInDimOp, ReshapeOp, MaxOp, MinOp, ClampOp,
                       SelectOp>(op))
    return {};
  Value moved;
  for (Value operand : op->getOperands())
    if (!isDiscrete(operand) && isWanted(operand)) {
      if (moved)
        return {};
      moved = operand;
    }
  return moved;
}

Value StepFinder::findCompared(Value step, Value root) const {
  SetVector<Value> seen;
  seen.insert(lookThroughPrimitives(step));
  for (unsigned i = 0; i < seen.size(); ++i) {
    Operation *op = seen[i].getDefiningOp();
    if (!op || op->getBlock() != &block)
      continue;
    for (Value input : getOperandsAndCaptured(op))
      if (!getEntry(input).stepped.empty())
        seen.insert(lookThroughPrimitives(input));
    if (!isDiscrete(seen[i]))
      continue;
    // The root is computed from x, and not from the table.
    auto isOfX = [&](Value value) { return isDirectlyFrom(root, value); };
    for (Value input : getOperandsAndCaptured(op)) {
      if (isDiscrete(input) || !isOfX(input))
        continue;
      Value x = lookThroughPrimitives(input);
      while (Value moved = getMoved(x.getDefiningOp(), isOfX))
        x = lookThroughPrimitives(moved);
      return x;
    }
  }
  return {};
}

std::optional<SmallVector<int64_t>>
StepFinder::getDims(Value value, SteppedCone &cone) const {
  value = lookThroughPrimitives(value);
  int64_t rank = cast<RankedTensorType>(cone.x.getType()).getRank();
  if (value == cone.x)
    return llvm::to_vector(llvm::seq<int64_t>(rank));
  auto getShape = [](Value value) {
    return cast<RankedTensorType>(value.getType()).getShape();
  };
  Operation *op = value.getDefiningOp();
  Value moved =
      getMoved(op, [&](Value operand) { return dependsOn(operand, cone.x); });
  auto dims = moved ? getDims(moved, cone) : std::nullopt;
  if (!dims)
    return dims;
  auto move = [&](ArrayRef<int64_t> places) {
    for (int64_t &dim : *dims)
      if (dim >= 0)
        dim = getShape(moved)[dim] == 1 ? -1 : places[dim];
  };
  if (auto broadcast = dyn_cast<BroadcastInDimOp>(op)) {
    move(broadcast.getBroadcastDimensions());
  } else if (auto reshape = dyn_cast<ReshapeOp>(op)) {
    // Dimensions of size one may come or go.
    ArrayRef<int64_t> to = getShape(value);
    SmallVector<int64_t> places;
    size_t place = 0;
    for (int64_t size : getShape(moved)) {
      while (size != 1 && place < to.size() && to[place] == 1)
        ++place;
      bool isThere = size != 1 && place < to.size() && to[place] == size;
      if (size != 1 && !isThere)
        return std::nullopt;
      places.push_back(isThere ? place++ : -1);
    }
    move(places);
  } else {
    for (Value limit : op->getOperands())
      if (limit != moved && !isDiscrete(limit) &&
          std::isfinite(getNumber(limit).value_or(0))) {
        bool isForAll = getShape(limit).empty();
        cone.thresholds.push_back(
            {limit, isForAll ? SmallVector<int64_t>(rank, -1) : *dims});
      }
  }
  return dims;
}

bool StepFinder::addThresholdsOf(Operation *op, SteppedCone &cone) const {
  SmallVector<Value> others;
  std::optional<SmallVector<int64_t>> dims;
  bool takesSteps = false;
  for (Value input : getOperandsAndCaptured(op)) {
    if (!isa<FloatType>(getElementTypeOrSelf(input)))
      continue;
    if (!dependsOn(input, cone.x)) {
      others.push_back(input);
    } else if (isDirectlyFrom(input, cone.x)) {
      if (dims || !(dims = getDims(input, cone)))
        return false;
    } else {
      takesSteps = true;
    }
  }
  // What takes steps alone gives steps.
  if (!dims)
    return true;
  bool isByElement = isa<CompareOp>(op);
  // Where x passes a threshold that is a step is not seen.
  if (isByElement && takesSteps)
    return false;
  if (!isByElement && op->getNumRegions() == 0 && !isa<CallOpInterface>(op))
    return false;
  cone.isGuessed |= !isByElement;
  size_t before = cone.thresholds.size();
  for (Value other : others) {
    auto type = cast<RankedTensorType>(other.getType());
    SmallVector<int64_t> ofTable = *dims;
    // A loop takes its tables with the dimensions of x first, or without them.
    for (int64_t &dim : ofTable)
      if (!isByElement && dim >= type.getRank() - 1)
        dim = -1;
    if (isByElement || type.getRank() > 0)
      cone.thresholds.push_back({other, ofTable});
  }
  // A number is compared with itself to see whether it is one.
  bool isOfItself = isByElement && others.empty();
  return isOfItself || cone.thresholds.size() > before;
}

bool StepFinder::findThresholds(SteppedCone &cone) const {
  auto type = cast<RankedTensorType>(cone.x.getType());
  for (Operation *op : cone.lookup)
    if (llvm::any_of(op->getResults(), isDiscrete) &&
        !addThresholdsOf(op, cone))
      return false;
  for (const Threshold &threshold : cone.thresholds) {
    auto tableType = cast<RankedTensorType>(threshold.table.getType());
    if (tableType.getElementType() != type.getElementType() ||
        dependsOn(threshold.table, cone.x))
      return false;
    for (auto [d, dim] : llvm::enumerate(threshold.dims))
      if (dim >= 0 && tableType.getDimSize(dim) != type.getDimSize(d))
        return false;
  }
  return !cone.thresholds.empty();
}

bool StepFinder::looksUpByElement(SteppedCone &cone) const {
  auto type = cast<RankedTensorType>(cone.x.getType());
  for (int64_t dim : llvm::seq(type.getRank()))
    for (bool isReversed : {false, true}) {
      if (type.getDimSize(dim) == 1)
        continue;
      Literal places = Precedence::getPositions(type, dim, isReversed);
      Precedence last(cone.x, places);
      for (Operation *op : cone.lookup)
        last.visit(op);
      for (Value step : cone.steps)
        if (!Precedence::areWithin(last.get(step), places))
          return false;
    }
  return true;
}

std::optional<SteppedCone> StepFinder::find(Operation *root) const {
  if (!isElementwise(root))
    return std::nullopt;
  Value value = root->getResult(0);
  SteppedCone cone;
  Entry entry = getEntry(value);
  if (!isa<FloatType>(getElementTypeOrSelf(value)) || !entry.usesLookup ||
      !intersect(entry.direct, entry.stepped))
    return std::nullopt;
  auto leaves = findLeaves(root, cone);
  if (!leaves)
    return std::nullopt;
  // Of what is looked up last, if x is looked up itself.
  SmallVector<Value> byPosition = leaves->takeVector();
  llvm::sort(byPosition, [&](Value a, Value b) {
    return positions.lookup(a.getDefiningOp()) >
           positions.lookup(b.getDefiningOp());
  });
  for (Value leaf : byPosition)
    if (!cone.x)
      cone.x = findCompared(leaf, value);
  // Back to x, and no further.
  if (!cone.x || cone.x.getType() != value.getType() ||
      !(leaves = findLeaves(root, cone)) || !leaves->contains(cone.x))
    return std::nullopt;
  for (Value leaf : *leaves)
    if (leaf != cone.x && dependsOn(leaf, cone.x))
      cone.steps.insert(leaf);
  if (cone.steps.empty() || !findLookup(cone) || !findThresholds(cone))
    return std::nullopt;
  for (SmallVector<Operation *> *ops : {&cone.ops, &cone.lookup})
    llvm::sort(*ops, [&](Operation *a, Operation *b) {
      return positions.lookup(a) < positions.lookup(b);
    });
  if (!looksUpByElement(cone))
    return std::nullopt;
  return cone;
}

/// `threshold` with the thresholds of each element of a tensor of type `type`
/// along a last dimension.
static Value createTable(OpBuilder &b, Location loc, const Threshold &threshold,
                         RankedTensorType type) {
  auto tableType = cast<RankedTensorType>(threshold.table.getType());
  SmallVector<int64_t> shape(type.getShape());
  if (std::optional<double> number = getNumber(threshold.table)) {
    shape.push_back(1);
    return createSplat(b, loc, type.clone(shape), *number);
  }
  SmallVector<int64_t> permutation, places, sizes;
  for (auto [d, dim] : llvm::enumerate(threshold.dims))
    if (dim >= 0) {
      permutation.push_back(dim);
      places.push_back(d);
      sizes.push_back(type.getDimSize(d));
    }
  int64_t count = 1;
  for (int64_t dim : llvm::seq<int64_t>(tableType.getRank()))
    if (!llvm::is_contained(threshold.dims, dim)) {
      permutation.push_back(dim);
      count *= tableType.getDimSize(dim);
    }
  Value table = threshold.table;
  if (!llvm::is_sorted(permutation))
    table = TransposeOp::create(b, loc, table, permutation);
  sizes.push_back(count);
  places.push_back(type.getRank());
  table = createReshape(b, loc, table, tableType.clone(sizes));
  shape.push_back(count);
  return BroadcastInDimOp::create(b, loc, type.clone(shape), table, places);
}

/// Turns the bits of floats into integers in their order, and back.
static Value createOrder(OpBuilder &b, Location loc, Value bits) {
  auto type = cast<RankedTensorType>(bits.getType());
  auto fill = [&](const APInt &number) {
    return ConstantOp::create(b, loc, DenseElementsAttr::get(type, number));
  };
  unsigned width = type.getElementTypeBitWidth();
  Value isNegative = CompareOp::create(b, loc, bits, fill(APInt(width, 0)),
                                       ComparisonDirection::LT);
  Value mirrored =
      XorOp::create(b, loc, bits, fill(APInt::getSignedMaxValue(width)));
  return SelectOp::create(b, loc, isNegative, mirrored, bits);
}

Value invhlo::createEdges(OpBuilder &b, Location loc,
                          ArrayRef<Threshold> thresholds,
                          RankedTensorType type) {
  SmallVector<Value> tables;
  SmallVector<Threshold> different;
  for (const Threshold &threshold : thresholds) {
    if (llvm::is_contained(different, threshold))
      continue;
    different.push_back(threshold);
    tables.push_back(createTable(b, loc, threshold, type));
  }
  int64_t dim = type.getRank();
  Value edges = tables.size() == 1
                    ? tables.front()
                    : ConcatenateOp::create(b, loc, tables, dim).getResult();
  // As integers, which have no derivatives: none is asked for.
  auto edgesType = cast<RankedTensorType>(edges.getType());
  auto integer = b.getIntegerType(type.getElementTypeBitWidth());
  Value bits =
      BitcastConvertOp::create(b, loc, edgesType.clone(integer), edges);
  auto sort =
      SortOp::create(b, loc, bits.getType(), createOrder(b, loc, bits), dim,
                     /*is_stable=*/false);
  {
    OpBuilder::InsertionGuard guard(b);
    Block &comparator = sort.getComparator().emplaceBlock();
    auto number = RankedTensorType::get({}, integer);
    comparator.addArguments({number, number}, {loc, loc});
    b.setInsertionPointToEnd(&comparator);
    Value isLess =
        CompareOp::create(b, loc, comparator.getArgument(0),
                          comparator.getArgument(1), ComparisonDirection::LT);
    stablehlo::ReturnOp::create(b, loc, isLess);
  }
  return BitcastConvertOp::create(b, loc, edgesType,
                                  createOrder(b, loc, sort.getResult(0)));
}
