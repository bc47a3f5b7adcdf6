// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Tables.h"

#include "Cone.h"
#include "KnotSimplifier.h"
#include "Ranks.h"
#include "invhlo/Idioms/Precedence.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Spans/Spans.h"
#include "invhlo/StableHLO/Analysis/Combiner.h"
#include "invhlo/StableHLO/Emission.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include <algorithm>

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

/// More knots are not told apart.
static constexpr int64_t kMaxKnots = 1024;

static RankedTensorType getTensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

static SmallVector<int64_t> getShape(Value value) {
  return SmallVector<int64_t>(getTensorType(value).getShape());
}

static Value reshape(OpBuilder &b, Location loc, Value value,
                     ArrayRef<int64_t> shape) {
  while (auto before = value.getDefiningOp<ReshapeOp>())
    value = before.getOperand();
  return createReshape(b, loc, value, getTensorType(value).clone(shape));
}

/// A slice along one dimension.
static Value slice(OpBuilder &b, Location loc, Value value, int64_t dim,
                   int64_t start, int64_t limit) {
  SmallVector<int64_t> limits = getShape(value), starts(limits.size(), 0),
                       strides(limits.size(), 1);
  starts[dim] = start;
  limits[dim] = limit;
  return createSlice(b, loc, value, starts, limits, strides);
}

/// `value` with dimension `from` moved behind the others.
static Value moveToEnd(OpBuilder &b, Location loc, Value value, int64_t from) {
  int64_t rank = getTensorType(value).getRank();
  if (from == rank - 1)
    return value;
  SmallVector<int64_t> permutation = llvm::to_vector(llvm::seq(rank));
  std::rotate(permutation.begin() + from, permutation.begin() + from + 1,
              permutation.end());
  return TransposeOp::create(b, loc, value, permutation);
}

namespace {

/// Finds the tables that steps are entries of.
class TableBuilder {
public:
  TableBuilder(OpBuilder &b, const SteppedCone &cone, const Knots &knots,
               Value value)
      : b(b), loc(value.getLoc()), cone(cone), knots(knots), value(value) {}

  std::optional<Tables> build();

private:
  /// Entries along a last dimension, behind those of a value that is one of
  /// them for each number of knots below x. Dimensions in which they are the
  /// same may be one.
  struct Column {
    Value data;
    SmallVector<int64_t> rows;
  };
  std::optional<Column> find(Value step);
  std::optional<Column> findGathered(GatherOp gather);
  std::optional<Column> findPicked(ReduceOp reduce);
  /// What x has no effect on, with dimensions of one that it is broadcast to.
  Value shrink(Value known);
  /// Whether the steps of each element are told by its own knots.
  bool areKnotsByElement();
  /// The knots in the dimensions of x.
  Value createKnots();
  /// The value for x at points, where steps are such.
  Value evaluate(Value points, ArrayRef<Value> steps);
  /// The entries for so many numbers of knots below x.
  Value take(const Column &column, int64_t numBelow, int64_t count);
  Value createImages(Value points, ArrayRef<Column> columns);
  /// Whether entries of a column follow those of neighbouring bins.
  static bool areInOrder(const Column &column);

  bool dependsOnX(Value value) const {
    return value == cone.x ||
           llvm::is_contained(cone.lookup, value.getDefiningOp());
  }

  /// The same value, computed before.
  Value unify(Value created);

  OpBuilder &b;
  Location loc;
  const SteppedCone &cone;
  const Knots &knots;
  Value value;
  /// For each number of knots below x.
  std::vector<Ranks> ranks;
  SmallVector<Operation *> created;
};

} // namespace

Value TableBuilder::unify(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op || llvm::is_contained(created, op))
    return value;
  for (Operation *other : created)
    if (OperationEquivalence::isEquivalentTo(
            op, other, OperationEquivalence::IgnoreLocations)) {
      // It may be an op of the function itself.
      if (op->use_empty())
        op->erase();
      return other->getResult(0);
    }
  created.push_back(op);
  return value;
}

Value TableBuilder::shrink(Value known) {
  known = lookThroughPrimitives(known);
  SmallVector<int64_t> shape(getTensorType(known).getRank(), 1);
  if (std::optional<double> number = getNumber(known))
    return createSplat(b, loc, getTensorType(known).clone(shape), *number);
  auto broadcast = known.getDefiningOp<BroadcastInDimOp>();
  if (!broadcast)
    return known;
  SmallVector<int64_t> from = getShape(broadcast.getOperand());
  for (auto [d, dim] : llvm::enumerate(broadcast.getBroadcastDimensions()))
    shape[dim] = from[d];
  if (!llvm::is_sorted(broadcast.getBroadcastDimensions()))
    return known;
  return unify(reshape(b, loc, broadcast.getOperand(), shape));
}

std::optional<TableBuilder::Column> TableBuilder::find(Value step) {
  step = lookThroughPrimitives(step);
  if (!dependsOnX(step)) {
    SmallVector<int64_t> shape = getShape(step);
    Value data = shrink(step);
    shape = getShape(data);
    shape.push_back(1);
    return Column{reshape(b, loc, data, shape),
                  SmallVector<int64_t>(ranks.size(), 0)};
  }
  Operation *op = step.getDefiningOp();
  if (!op)
    return std::nullopt;
  if (auto gather = dyn_cast<GatherOp>(op))
    return findGathered(gather);
  if (auto reduce = dyn_cast<ReduceOp>(op))
    return findPicked(reduce);
  if (auto select = dyn_cast<SelectOp>(op)) {
    // Which of both it is everywhere.
    std::optional<bool> chosen;
    for (Ranks &rank : ranks) {
      std::optional<Literal> literal = rank.find(select.getPred());
      if (!literal || !literal->isSplat())
        return std::nullopt;
      bool isTrue = (*literal)[0].bits;
      if (chosen && *chosen != isTrue)
        return std::nullopt;
      chosen = isTrue;
    }
    return find(*chosen ? select.getOnTrue() : select.getOnFalse());
  }
  if (!isa<SliceOp, ReshapeOp, BroadcastInDimOp>(op))
    return std::nullopt;
  std::optional<Column> column = find(op->getOperand(0));
  if (!column)
    return column;
  SmallVector<int64_t> held = getShape(column->data);
  int64_t count = held.pop_back_val();
  SmallVector<int64_t> from = getShape(op->getOperand(0)), to = getShape(step);
  SmallVector<int64_t> shape(to.size(), 1);
  if (auto sliced = dyn_cast<SliceOp>(op)) {
    for (auto [d, size] : llvm::enumerate(held)) {
      bool isWhole = size == 1 || from[d] == to[d];
      if (!isWhole && sliced.getStrides()[d] != 1)
        return std::nullopt;
      if (!isWhole)
        column->data =
            slice(b, loc, column->data, d, sliced.getStartIndices()[d],
                  sliced.getLimitIndices()[d]);
    }
    return column;
  }
  if (auto broadcast = dyn_cast<BroadcastInDimOp>(op)) {
    if (!llvm::is_sorted(broadcast.getBroadcastDimensions()))
      return std::nullopt;
    for (auto [d, dim] : llvm::enumerate(broadcast.getBroadcastDimensions()))
      shape[dim] = held[d];
  } else {
    size_t j = 0;
    for (auto [d, size] : llvm::enumerate(from)) {
      if (size == 1)
        continue;
      while (j < to.size() && to[j] == 1)
        ++j;
      if (j == to.size() || to[j] != size)
        return std::nullopt;
      shape[j++] = held[d];
    }
  }
  shape.push_back(count);
  column->data = reshape(b, loc, column->data, shape);
  return column;
}

/// An entry that an index of the run tells, the same one in each window.
std::optional<TableBuilder::Column>
TableBuilder::findGathered(GatherOp gather) {
  GatherDimensionNumbersAttr dims = gather.getDimensionNumbers();
  if (dims.getStartIndexMap().size() != 1 || dependsOnX(gather.getOperand()))
    return std::nullopt;
  int64_t dim = dims.getStartIndexMap().front();
  SmallVector<int64_t> from = getShape(gather.getOperand());
  for (auto [d, size] : llvm::enumerate(gather.getSliceSizes())) {
    bool isBatch = llvm::is_contained(dims.getOperandBatchingDims(), d);
    if (size != (int64_t(d) == dim || isBatch ? 1 : from[d]))
      return std::nullopt;
  }
  Column column;
  for (Ranks &rank : ranks) {
    std::optional<Literal> index = rank.find(gather.getStartIndices());
    if (!index || !index->isSplat())
      return std::nullopt;
    column.rows.push_back(
        std::clamp<int64_t>(index->getInteger(0), 0, from[dim] - 1));
  }
  // The dimensions of the operand for those of the result, or -1.
  SmallVector<int64_t> ofWindow, ofBatch;
  for (int64_t d = 0, rank = from.size(); d < rank; ++d)
    if (!llvm::is_contained(dims.getCollapsedSliceDims(), d) &&
        !llvm::is_contained(dims.getOperandBatchingDims(), d))
      ofWindow.push_back(d == dim ? -1 : d);
  int64_t indexRank = getTensorType(gather.getStartIndices()).getRank();
  for (int64_t d = 0; d < indexRank; ++d) {
    if (d == dims.getIndexVectorDim())
      continue;
    const auto *at = llvm::find(dims.getStartIndicesBatchingDims(), d);
    bool isBatch = at != dims.getStartIndicesBatchingDims().end();
    ofBatch.push_back(
        isBatch ? dims.getOperandBatchingDims()
                      [at - dims.getStartIndicesBatchingDims().begin()]
                : -1);
  }
  SmallVector<int64_t> permutation, shape;
  const int64_t *nextOfWindow = ofWindow.begin(),
                *nextOfBatch = ofBatch.begin();
  for (int64_t d = 0, rank = getTensorType(gather).getRank(); d < rank; ++d) {
    int64_t source = llvm::is_contained(dims.getOffsetDims(), d)
                         ? *nextOfWindow++
                         : *nextOfBatch++;
    shape.push_back(source < 0 ? 1 : from[source]);
    if (source >= 0)
      permutation.push_back(source);
  }
  permutation.push_back(dim);
  shape.push_back(from[dim]);
  if (permutation.size() != from.size())
    return std::nullopt;
  column.data = gather.getOperand();
  if (!llvm::is_sorted(permutation))
    column.data = TransposeOp::create(b, loc, column.data, permutation);
  column.data = unify(reshape(b, loc, unify(column.data), shape));
  return column;
}

/// A sum over entries of which all but one are masked.
std::optional<TableBuilder::Column> TableBuilder::findPicked(ReduceOp reduce) {
  if (reduce.getInputs().size() != 1 || reduce.getDimensions().size() != 1 ||
      !Combiner(reduce.getBody()).adds() ||
      getNumber(reduce.getInitValues().front()) != 0.0)
    return std::nullopt;
  Operation *masked =
      lookThroughPrimitives(reduce.getInputs().front()).getDefiningOp();
  Value mask, known;
  if (auto product = dyn_cast_or_null<MulOp>(masked)) {
    bool isFirst = dependsOnX(product.getLhs());
    mask = isFirst ? product.getLhs() : product.getRhs();
    known = isFirst ? product.getRhs() : product.getLhs();
  } else if (auto select = dyn_cast_or_null<SelectOp>(masked)) {
    mask = select.getPred();
    known = select.getOnTrue();
    if (getNumber(select.getOnFalse()) != 0.0)
      return std::nullopt;
  }
  if (!known || dependsOnX(known))
    return std::nullopt;
  int64_t dim = reduce.getDimensions().front();
  Type element = getElementTypeOrSelf(mask);
  Element one = isa<FloatType>(element)
                    ? Element{toBits(APFloat::getOne(
                          cast<FloatType>(element).getFloatSemantics()))}
                    : Element{1};
  Column column;
  int64_t count = getTensorType(known).getDimSize(dim);
  bool hasNone = false;
  for (Ranks &rank : ranks) {
    std::optional<Literal> literal = rank.find(mask);
    if (!literal)
      return std::nullopt;
    SmallVector<int64_t> along(getTensorType(mask).getRank(), 1);
    along[dim] = count;
    if (literal->isSplat()) {
      if (!((*literal)[0] == Element{}))
        return std::nullopt;
      column.rows.push_back(count);
      hasNone = true;
      continue;
    }
    if (literal->getHeldShape() != ArrayRef<int64_t>(along))
      return std::nullopt;
    int64_t row = -1;
    for (int64_t i = 0; i < count; ++i) {
      if ((*literal)[i] == Element{})
        continue;
      if (row >= 0 || !((*literal)[i] == one))
        return std::nullopt;
      row = i;
    }
    column.rows.push_back(row);
  }
  column.data = shrink(known);
  SmallVector<int64_t> shape = getShape(column.data);
  if (shape[dim] != count)
    return std::nullopt;
  column.data = moveToEnd(b, loc, column.data, dim);
  if (hasNone) {
    // An entry of zero.
    shape = getShape(column.data);
    shape.back() = 1;
    Value zero =
        createSplat(b, loc, getTensorType(column.data).clone(shape), 0);
    column.data = ConcatenateOp::create(b, loc, ValueRange{column.data, zero},
                                        int64_t(shape.size()) - 1);
  }
  return column;
}

bool TableBuilder::areKnotsByElement() {
  Block &block = *value.getDefiningOp()->getBlock();
  DenseSet<Value> moved{knots.tensor};
  SmallVector<Operation *> ops;
  for (Operation &op : block) {
    if (&op == value.getDefiningOp())
      break;
    auto isMoved = [&](Value input) { return moved.contains(input); };
    if (isa<PrimitiveOp>(op) ||
        !llvm::any_of(getOperandsAndCaptured(&op), isMoved))
      continue;
    ops.push_back(&op);
    moved.insert_range(op.getResults());
  }
  for (auto [d, dim] : llvm::enumerate(knots.dims))
    for (bool isReversed : {false, true}) {
      RankedTensorType type = getTensorType(knots.tensor);
      if (dim < 0 || type.getDimSize(dim) == 1)
        continue;
      Precedence last(knots.tensor,
                      Precedence::getPositions(type, dim, isReversed));
      for (Operation *op : ops)
        last.visit(op);
      Literal places = Precedence::getPositions(getTensorType(cone.x),
                                                int64_t(d), isReversed);
      for (Value step : cone.steps)
        if (!Precedence::areWithin(last.get(step), places))
          return false;
    }
  return true;
}

Value TableBuilder::createKnots() {
  SmallVector<int64_t> from = getShape(knots.tensor);
  SmallVector<int64_t> permutation, shape;
  for (int64_t dim : knots.dims) {
    shape.push_back(dim < 0 ? 1 : from[dim]);
    if (dim >= 0)
      permutation.push_back(dim);
  }
  // Those of size one, which are none of x.
  for (int64_t d = 0, rank = from.size(); d < rank; ++d)
    if (!llvm::is_contained(knots.dims, d) && d != knots.dim)
      permutation.push_back(d);
  permutation.push_back(knots.dim);
  shape.push_back(knots.getCount());
  Value data = knots.tensor;
  if (!llvm::is_sorted(permutation))
    data = TransposeOp::create(b, loc, data, permutation);
  return unify(reshape(b, loc, unify(data), shape));
}

Value TableBuilder::evaluate(Value points, ArrayRef<Value> steps) {
  // All that is used has as many elements as any of it.
  SmallVector<int64_t> shape = getShape(points);
  SmallVector<std::pair<Value, Value>> leaves{{cone.x, points}};
  for (auto [step, data] : llvm::zip_equal(cone.steps, steps))
    leaves.push_back({step, data});
  DenseSet<Value> computed{cone.x};
  computed.insert_range(cone.steps);
  for (Operation *op : cone.ops) {
    for (Value operand : op->getOperands()) {
      operand = lookThroughPrimitives(operand);
      if (!computed.insert(operand).second || getNumber(operand))
        continue;
      Value data = shrink(operand);
      SmallVector<int64_t> held = getShape(data);
      held.resize(shape.size(), 1);
      leaves.push_back({operand, reshape(b, loc, data, held)});
    }
    computed.insert_range(op->getResults());
  }
  for (auto &[leaf, data] : leaves)
    for (auto [size, more] : llvm::zip_equal(shape, getShape(data)))
      size = std::max(size, more);
  IRMapping mapping;
  SmallVector<int64_t> all = llvm::to_vector(llvm::seq<int64_t>(shape.size()));
  for (auto &[leaf, data] : leaves) {
    RankedTensorType type = getTensorType(data).clone(shape);
    if (data.getType() != type)
      data = BroadcastInDimOp::create(b, loc, type, data, all);
    mapping.map(leaf, unify(data));
  }
  KnotSimplifier simplifier(b, mapping.lookup(cone.x));
  auto note = [&](Value leaf, Value data) {
    if (!isa<FloatType>(getElementTypeOrSelf(leaf)))
      return;
    std::optional<int64_t> knot = ranks.front().findKnot(leaf);
    if (knot == 0)
      simplifier.addFirst(data);
    if (knot == knots.getCount() - 1)
      simplifier.addLast(data);
  };
  for (auto &[leaf, data] : leaves)
    if (!dependsOnX(leaf))
      note(leaf, mapping.lookup(leaf));
  for (Operation *op : cone.ops) {
    Value result = op->getResult(0);
    if (Value beside = getValueBeside(op)) {
      mapping.map(result, mapping.lookup(lookThroughPrimitives(beside)));
      continue;
    }
    SmallVector<Value> operands;
    for (Value operand : op->getOperands()) {
      Value same = lookThroughPrimitives(operand);
      Value data = mapping.lookupOrNull(same);
      if (!data)
        data = unify(createSplat(b, loc, getTensorType(same).clone(shape),
                                 *getNumber(same)));
      note(same, data);
      operands.push_back(data);
      mapping.map(operand, data);
    }
    if (Value simpler = simplifier.simplify(op, operands)) {
      mapping.map(result, unify(simpler));
      continue;
    }
    Operation *clone = b.clone(*op, mapping);
    clone->getResult(0).setType(getTensorType(result).clone(shape));
    mapping.map(result, unify(clone->getResult(0)));
  }
  return mapping.lookup(value);
}

bool TableBuilder::areInOrder(const Column &column) {
  unsigned numBreaks = 0;
  for (auto [row, next] : llvm::zip(column.rows, llvm::drop_begin(column.rows)))
    numBreaks += next != row + 1;
  return numBreaks <= 4;
}

Value TableBuilder::take(const Column &column, int64_t numBelow,
                         int64_t count) {
  int64_t dim = getTensorType(column.data).getRank() - 1;
  auto rows = ArrayRef(column.rows).slice(numBelow, count);
  SmallVector<Value> parts;
  for (size_t i = 0; i < rows.size();) {
    size_t first = i++;
    // Entries that follow each other, or are the same one.
    while (i < rows.size() && rows[i] == rows[first] + int64_t(i - first))
      ++i;
    parts.push_back(unify(slice(b, loc, column.data, dim, rows[first],
                                rows[first] + int64_t(i - first))));
  }
  if (parts.size() == 1)
    return parts.front();
  return unify(ConcatenateOp::create(b, loc, parts, dim));
}

Value TableBuilder::createImages(Value points, ArrayRef<Column> columns) {
  int64_t count = knots.getCount();
  int64_t dim = getTensorType(points).getRank() - 1;
  auto evaluateAt = [&](int64_t first, int64_t limit, int64_t numBelow) {
    SmallVector<Value> steps;
    for (const Column &column : columns)
      steps.push_back(take(column, numBelow, limit - first));
    return evaluate(unify(slice(b, loc, points, dim, first, limit)), steps);
  };
  if (count == 1)
    return evaluateAt(0, 1, 1);
  Value above = evaluateAt(0, count - 1, 1);
  Value below = evaluateAt(count - 1, count, count - 1);
  return ConcatenateOp::create(b, loc, ValueRange{above, below}, dim);
}

std::optional<Tables> TableBuilder::build() {
  int64_t count = knots.getCount();
  if (count > kMaxKnots || !Ranks::canHold(cone.x, count) ||
      !areKnotsByElement())
    return std::nullopt;
  for (int64_t numBelow = 0; numBelow <= count; ++numBelow)
    ranks.emplace_back(cone.x, knots, cone.lookup, numBelow);
  SmallVector<Column> columns;
  for (Value step : cone.steps) {
    if (!isa<FloatType>(getElementTypeOrSelf(step)))
      return std::nullopt;
    std::optional<Column> column = find(step);
    if (!column || !areInOrder(*column))
      return std::nullopt;
    columns.push_back(*column);
  }
  Tables tables;
  tables.knots = createKnots();
  tables.images = createImages(tables.knots, columns);
  for (const Column &column : columns) {
    tables.tables.push_back(column.data);
    tables.rows.push_back(column.rows);
  }
  return tables;
}

std::optional<Tables>
invhlo::createTables(OpBuilder &b, const SteppedCone &cone, Value value) {
  std::optional<Knots> knots = findKnots(cone);
  if (!knots)
    return std::nullopt;
  Operation *last = value.getDefiningOp();
  Operation *next = last->getNextNode();
  auto tables = TableBuilder(b, cone, *knots, value).build();
  if (!tables)
    while (next->getPrevNode() != last)
      next->getPrevNode()->erase();
  return tables;
}
