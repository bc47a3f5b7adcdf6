// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/StableHLO/Analysis/CountedLoop.h"

#include "invhlo/StableHLO/Analysis/LoopCounter.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace invhlo::stablehlo;

/// Whether integers are so small that none of what is computed here overflows.
static bool areSmall(std::initializer_list<int64_t> integers) {
  return llvm::all_of(integers, [](int64_t i) { return llvm::isInt<32>(i); });
}

/// Whether `integer` is one of the integers of `type`, small as it may be.
static bool fits(int64_t integer, Type type) {
  auto integers = dyn_cast<IntegerType>(type);
  if (!integers || integers.getWidth() == 1 || !areSmall({integer}))
    return false;
  return integers.isUnsigned()
             ? integer >= 0 && llvm::isUIntN(integers.getWidth(), integer)
             : llvm::isIntN(integers.getWidth(), integer);
}

std::optional<CountedLoop> CountedLoop::match(WhileOp op) {
  CountedLoop loop(op);
  for (unsigned i = 0, e = op.getNumResults(); i < e; ++i)
    loop.counters.push_back(loop.findCounter(i));
  if (!loop.findCount())
    return std::nullopt;
  // Counters do not wrap around.
  for (auto [i, counter] : llvm::enumerate(loop.counters)) {
    if (!counter)
      continue;
    if (!fits(counter->at(loop.count),
              getElementTypeOrSelf(op.getResult(i).getType())))
      return std::nullopt;
  }
  return loop;
}

bool CountedLoop::isInvariant(unsigned i) const {
  return getYielded(i) == op.getBody().getArgument(i);
}

Value CountedLoop::getOutside(Value value) const {
  if (auto argument = dyn_cast<BlockArgument>(value);
      argument && argument.getOwner() == &op.getBody().front())
    return isInvariant(argument.getArgNumber())
               ? op.getOperand()[argument.getArgNumber()]
               : Value();
  return op.getBody().isAncestor(value.getParentRegion()) ? Value() : value;
}

std::optional<Progress> CountedLoop::findCounter(unsigned i) {
  std::optional<int64_t> first = getInteger(op.getOperand()[i]);
  std::optional<int64_t> step = matchCounterStep(op, i);
  if (!first || !step || !areSmall({*first, *step}))
    return std::nullopt;
  return Progress{*first, *step};
}

bool CountedLoop::findCount() {
  std::optional<LoopBound> bound = matchBound(op);
  if (!bound || !counters[bound->counter])
    return false;
  std::optional<int64_t> end =
      bound->literal ? bound->literal : getInteger(bound->outside);
  if (!end || !areSmall({*end}))
    return false;
  auto [first, step] = *counters[bound->counter];
  int64_t distance = *end - first;
  switch (bound->direction) {
  case ComparisonDirection::LE:
  case ComparisonDirection::GE:
    count = llvm::divideFloorSigned(distance, step) + 1;
    break;
  case ComparisonDirection::NE:
    count = distance % step == 0 ? distance / step : 0;
    break;
  default:
    count = llvm::divideCeilSigned(distance, step);
    break;
  }
  return count > 0 && areSmall({count});
}

std::optional<Progress> CountedLoop::evaluate(Value value) {
  auto it = integers.find(value);
  if (it != integers.end())
    return it->second;
  std::optional<Progress> result = evaluateNew(value);
  // What wraps around, or is rounded, is no line.
  Type type = getElementTypeOrSelf(value.getType());
  if (result &&
      !(fits(result->first, type) && fits(result->at(count - 1), type)))
    result = std::nullopt;
  integers[value] = result;
  return result;
}

std::optional<Progress> CountedLoop::evaluateNew(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type || type.getNumElements() != 1)
    return std::nullopt;
  if (auto argument = dyn_cast<BlockArgument>(value);
      argument && argument.getOwner() == &op.getBody().front())
    if (auto counter = counters[argument.getArgNumber()])
      return counter;
  Value outside = getOutside(value);
  if (std::optional<int64_t> number = getInteger(outside ? outside : value))
    return Progress{*number, 0};
  Operation *defining = outside ? nullptr : value.getDefiningOp();
  if (!defining)
    return std::nullopt;
  auto get = [&](unsigned i) { return evaluate(defining->getOperand(i)); };
  auto combine = [&](auto compute) -> std::optional<Progress> {
    std::optional<Progress> a = get(0), b = get(1);
    return a && b ? compute(*a, *b) : std::nullopt;
  };
  return llvm::TypeSwitch<Operation *, std::optional<Progress>>(defining)
      .Case([&](AddOp) {
        return combine([](Progress a, Progress b) -> std::optional<Progress> {
          return Progress{a.first + b.first, a.step + b.step};
        });
      })
      .Case([&](SubtractOp) {
        return combine([](Progress a, Progress b) -> std::optional<Progress> {
          return Progress{a.first - b.first, a.step - b.step};
        });
      })
      .Case([&](MulOp) {
        return combine([](Progress a, Progress b) -> std::optional<Progress> {
          if (a.step != 0 && b.step != 0)
            return std::nullopt;
          return Progress{a.first * b.first,
                          a.first * b.step + a.step * b.first};
        });
      })
      .Case<BroadcastInDimOp, ConvertOp, ReshapeOp>(
          [&](auto) { return get(0); })
      .Case([&](SelectOp select) -> std::optional<Progress> {
        std::optional<bool> holds = decide(select.getPred());
        if (!holds)
          return std::nullopt;
        return evaluate(*holds ? select.getOnTrue() : select.getOnFalse());
      })
      .Case([&](DynamicSliceOp slice) { return evaluateRead(slice); })
      .Default(std::nullopt);
}

static int64_t getNumElements(Value array) {
  return cast<RankedTensorType>(array.getType()).getNumElements();
}

/// The integers of an array with one dimension, if they follow each other.
static std::optional<Progress> getSequence(Value array) {
  if (cast<RankedTensorType>(array.getType()).getRank() != 1)
    return std::nullopt;
  if (array.getDefiningOp<IotaOp>())
    return Progress{0, 1};
  DenseIntElementsAttr attr;
  if (!matchPattern(array, m_Constant(&attr)) || attr.empty())
    return std::nullopt;
  auto numbers = attr.getValues<APInt>();
  auto get = [&](int64_t i) { return numbers[i].getSExtValue(); };
  Progress sequence{get(0), attr.size() > 1 ? get(1) - get(0) : 0};
  for (int64_t i = 0, size = attr.size(); i < size; ++i)
    if (get(i) != sequence.at(i))
      return std::nullopt;
  return sequence;
}

std::optional<Progress> CountedLoop::evaluateRead(DynamicSliceOp slice) {
  Value array = slice.getOperand();
  if (Value outside = getOutside(array))
    array = outside;
  std::optional<Progress> sequence = getSequence(array);
  if (!sequence)
    return std::nullopt;
  std::optional<Progress> start = evaluate(slice.getStartIndices().front());
  int64_t size = cast<RankedTensorType>(array.getType()).getDimSize(0);
  auto isInside = [&](int64_t at) { return at >= 0 && at < size; };
  if (!start || !isInside(start->first) || !isInside(start->at(count - 1)))
    return std::nullopt;
  return Progress{sequence->at(start->first), sequence->step * start->step};
}

std::optional<bool> CountedLoop::decide(Value predicate) {
  auto compare = predicate.getDefiningOp<CompareOp>();
  if (!compare)
    return std::nullopt;
  std::optional<Progress> a = evaluate(compare.getLhs());
  std::optional<Progress> b = evaluate(compare.getRhs());
  if (!a || !b)
    return std::nullopt;
  // What holds of a line at both ends, or at none, does so between them; but
  // for equality.
  auto holdsAt = [&](int64_t t) -> std::optional<bool> {
    int64_t difference = a->at(t) - b->at(t);
    switch (compare.getComparisonDirection()) {
    case ComparisonDirection::LT:
      return difference < 0;
    case ComparisonDirection::LE:
      return difference <= 0;
    case ComparisonDirection::GT:
      return difference > 0;
    case ComparisonDirection::GE:
      return difference >= 0;
    case ComparisonDirection::EQ:
    case ComparisonDirection::NE:
      return std::nullopt;
    }
    return std::nullopt;
  };
  std::optional<bool> first = holdsAt(0), last = holdsAt(count - 1);
  return first == last ? first : std::nullopt;
}

std::optional<Rows> CountedLoop::matchIndex(Value index, int64_t dim,
                                            ArrayRef<int64_t> shape,
                                            int64_t width) {
  std::optional<Progress> number = evaluate(index);
  if (!number || number->step == 0)
    return std::nullopt;
  // Where it would be moved inside, it is another row.
  for (int64_t row : {number->first, number->at(count - 1)})
    if (row < 0 || row + width > shape[dim])
      return std::nullopt;
  return Rows{*number, dim, width};
}

std::optional<Rows> CountedLoop::matchWindow(ValueRange starts,
                                             ArrayRef<int64_t> window,
                                             ArrayRef<int64_t> shape) {
  std::optional<Rows> rows;
  for (auto [dim, start] : llvm::enumerate(starts)) {
    std::optional<Progress> offset = evaluate(start);
    if (!offset)
      return std::nullopt;
    bool isWhole =
        window[dim] == shape[dim] && offset->step == 0 && offset->first == 0;
    if (isWhole)
      continue;
    if (rows || !(rows = matchIndex(start, dim, shape, window[dim])))
      return std::nullopt;
  }
  return rows;
}

static ArrayRef<int64_t> getShape(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

std::optional<Rows> CountedLoop::matchRow(DynamicSliceOp slice) {
  if (!getOutside(slice.getOperand()))
    return std::nullopt;
  std::optional<Rows> rows =
      matchWindow(slice.getStartIndices(), slice.getSliceSizes(),
                  getShape(slice.getOperand()));
  return rows && rows->areApart() ? rows : std::nullopt;
}

/// Whether `dims` are the first `count`.
static bool areFirst(ArrayRef<int64_t> dims, size_t count) {
  return llvm::equal(dims, llvm::seq<int64_t>(count));
}

std::optional<Rows> CountedLoop::matchRow(GatherOp gather) {
  GatherDimensionNumbersAttr dims = gather.getDimensionNumbers();
  ArrayRef<int64_t> shape = getShape(gather.getOperand());
  ArrayRef<int64_t> map = dims.getStartIndexMap();
  if (map.size() != 1)
    return std::nullopt;
  SmallVector<int64_t> window(shape);
  window[map.front()] = 1;
  bool keepsDim = dims.getCollapsedSliceDims().empty();
  bool isOfRows = gather.getSliceSizes() == ArrayRef(window) &&
                  (keepsDim || dims.getCollapsedSliceDims() == map) &&
                  areFirst(dims.getOffsetDims(), shape.size() - !keepsDim);
  return isOfRows ? matchIndex(gather.getStartIndices(), map.front(), shape)
                  : std::nullopt;
}

std::optional<Rows> CountedLoop::matchRow(ScatterOp scatter) {
  ScatterDimensionNumbersAttr dims = scatter.getScatterDimensionNumbers();
  ArrayRef<int64_t> map = dims.getScatterDimsToOperandDims();
  if (scatter.getInputs().size() != 1 || map.size() != 1 ||
      dims.getInsertedWindowDims() != map)
    return std::nullopt;
  ArrayRef<int64_t> shape = getShape(scatter.getInputs().front());
  SmallVector<int64_t> row(shape);
  row.erase(row.begin() + map.front());
  bool isOfRows = getShape(scatter.getUpdates().front()) == ArrayRef(row) &&
                  areFirst(dims.getUpdateWindowDims(), row.size());
  return isOfRows ? matchIndex(scatter.getScatterIndices(), map.front(), shape)
                  : std::nullopt;
}

std::optional<RowTest> CountedLoop::matchTest(Value predicate, Value array) {
  // Of the dimensions of the predicate, one is that of rows.
  int64_t dim = 0;
  if (auto broadcast = predicate.getDefiningOp<BroadcastInDimOp>()) {
    predicate = broadcast.getOperand();
    SmallVector<int64_t> places;
    for (auto [size, to] : llvm::zip_equal(getShape(predicate),
                                           broadcast.getBroadcastDimensions()))
      if (size != 1)
        places.push_back(to);
    if (places.size() != 1)
      return std::nullopt;
    dim = places.front();
  }
  auto compare = predicate.getDefiningOp<CompareOp>();
  int64_t size = getShape(array)[dim];
  if (!compare || getNumElements(predicate) != size)
    return std::nullopt;
  Value numbers = compare.getLhs();
  auto canMove = [&](Operation *op) {
    return isa_and_nonnull<BroadcastInDimOp, ReshapeOp>(op) &&
           getNumElements(op->getOperand(0)) == size;
  };
  while (canMove(numbers.getDefiningOp()))
    numbers = numbers.getDefiningOp()->getOperand(0);
  Value outside = getOutside(numbers);
  std::optional<Progress> sequence = getSequence(outside ? outside : numbers);
  auto number = compare.getRhs().getDefiningOp<BroadcastInDimOp>();
  if (!sequence || sequence->first != 0 || sequence->step != 1 || !number ||
      getNumElements(number.getOperand()) != 1)
    return std::nullopt;
  return RowTest{dim, compare.getComparisonDirection(), number.getOperand()};
}

bool CountedLoop::takesWritten(Operation *user, Value array, const Rows &rows) {
  auto select = dyn_cast<SelectOp>(user);
  if (!select || select.getOnTrue() != array || select.getOnFalse() == array)
    return false;
  std::optional<RowTest> test = matchTest(select.getPred(), array);
  std::optional<Progress> number = test ? evaluate(test->number) : std::nullopt;
  bool isUp = rows.number.step > 0;
  int64_t first = isUp ? 0 : getShape(array)[rows.dim] - 1;
  return number && test->dim == rows.dim && rows.width == 1 &&
         rows.number.first == first && number->first == first &&
         number->step == rows.number.step &&
         test->direction ==
             (isUp ? ComparisonDirection::LT : ComparisonDirection::GT);
}

std::optional<WrittenArray> CountedLoop::matchArray(unsigned i) {
  BlockArgument array = op.getBody().getArgument(i);
  Value next = getYielded(i);
  auto write = next.getDefiningOp<DynamicUpdateSliceOp>();
  if (!write || write.getOperand() != array || !next.hasOneUse())
    return std::nullopt;
  ArrayRef<int64_t> shape = getShape(array);
  std::optional<Rows> written =
      matchWindow(write.getStartIndices(), getShape(write.getUpdate()), shape);
  if (!written || std::abs(written->number.step) != written->width)
    return std::nullopt;
  WrittenArray result{*written, write.getUpdate(), write, false, true, {}};
  auto [first, step] = written->number;
  for (Operation *user : array.getUsers()) {
    if (user == write)
      continue;
    auto slice = dyn_cast<DynamicSliceOp>(user);
    std::optional<Rows> rows;
    if (slice && slice->getBlock() == write->getBlock())
      rows = matchWindow(slice.getStartIndices(), slice.getSliceSizes(), shape);
    if (!rows || rows->number.step != step || rows->dim != written->dim ||
        rows->width != written->width ||
        (first - rows->number.first) % step != 0) {
      result.isCarried = true;
      result.isMasked &= takesWritten(user, array, *written);
      continue;
    }
    int64_t behind = (first - rows->number.first) / step;
    result.reads.push_back({slice, *rows, std::max<int64_t>(behind, 0)});
  }
  // What is carried anyway is at hand.
  if (result.isCarried)
    llvm::erase_if(result.reads,
                   [](const WrittenArray::Read &read) { return read.age > 0; });
  return result;
}
