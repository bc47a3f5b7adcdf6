// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Functions of x and of the entries of tables for the bin that x is in. y is
// the result.

#include "invhlo/Interfaces/InvertibleOpInterface.h"
#include "invhlo/Interfaces/InvertibleRegionOpInterface.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Rules/Emitter.h"
#include "invhlo/Rules/Formula.h"
#include "invhlo/Rules/Rules.h"
#include "invhlo/Rules/ValuesBeside.h"
#include "invhlo/Spans/Spans.h"
#include "invhlo/StableHLO/Emission.h"
#include "mlir/IR/TypeUtilities.h"
#include <cmath>

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace {

/// Builds the inverse of a spline. The function is monotone, so that as many
/// knots are below x as there are images below y, or above it if it falls.
class SplineInverse {
public:
  SplineInverse(SplineOp op, Formula &formula, OpBuilder &b)
      : op(op), formula(formula), e(b, op.getLoc()),
        type(getTensorType(op.getX())),
        knots(e.detach(formula.getCaptured(op.getKnots()))),
        images(e.detach(formula.getCaptured(op.getImages()))) {}

  /// x.
  Known find();

private:
  /// Slices along the last dimension, of `count` from `first` on.
  Value take(Value data, int64_t first, int64_t count);
  Value takeOne(Value data, int64_t i) { return take(data, i, 1); }
  /// Along the last dimension, in the other dimensions of `like` too.
  Value spread(Value data, Value like);
  /// The same of a single number for each element of x.
  Value toX(Value data);

  /// Whether the function falls, where the images are.
  Value fallsBetweenKnots();
  /// Whether it matters to which bin the last knot belongs: the last image is
  /// one of the bin below, which may end in it.
  bool endsInLastKnot();
  /// How many knots are below x.
  Value countBelow(Value y);
  /// For each element of x, the entry of `table` of number `number`.
  Value lookUp(Value table, Value number);
  /// The number of the entry for so many knots below x.
  Value getRow(ArrayRef<int64_t> rows, int64_t size, Value count);
  SmallVector<Value> getSteps(Value count);
  /// The knot of number `count + offset`, where there is one.
  Value getKnot(Value count, ValueRange steps, int64_t offset);
  /// Whether x is between the knots of its bin, within rounding.
  Value isInBin(Value x, Value count, ValueRange steps);
  /// Whether each knot is at least the one before; null if there is one only.
  Value areInOrder();

  int64_t getNumKnots() { return getTensorType(knots).getShape().back(); }
  RankedTensorType getCountType() {
    return type.clone(IntegerType::get(op.getContext(), 32));
  }

  SplineOp op;
  Formula &formula;
  Emitter e;
  RankedTensorType type;
  Value knots, images;
};

} // namespace

Value SplineInverse::take(Value data, int64_t first, int64_t count) {
  SmallVector<int64_t> limits(getTensorType(data).getShape());
  SmallVector<int64_t> starts(limits.size(), 0), strides(limits.size(), 1);
  starts.back() = first;
  limits.back() = first + count;
  return createSlice(e.getBuilder(), e.getLoc(), data, starts, limits, strides);
}

Value SplineInverse::spread(Value data, Value like) {
  SmallVector<int64_t> shape(getTensorType(like).getShape());
  SmallVector<int64_t> dims = llvm::to_vector(llvm::seq<int64_t>(shape.size()));
  for (auto [size, more] :
       llvm::zip_equal(shape, getTensorType(data).getShape()))
    size = std::max(size, more);
  return e.broadcast(data, shape, dims);
}

Value SplineInverse::toX(Value data) {
  SmallVector<int64_t> shape(getTensorType(data).getShape().drop_back());
  SmallVector<int64_t> dims = llvm::to_vector(llvm::seq<int64_t>(shape.size()));
  return e.broadcast(e.reshape(data, shape), type.getShape(), dims);
}

static double getSmallest(Value value) {
  auto type = cast<FloatType>(getElementTypeOrSelf(value));
  return APFloat::getSmallestNormalized(type.getFloatSemantics())
      .convertToDouble();
}

static Value isNumber(Emitter &e, Value value, double number) {
  return e.equal(value, e.fill(number, value));
}

Value SplineInverse::fallsBetweenKnots() {
  int64_t last = getNumKnots() - 1;
  Value first = takeOne(images, 0);
  if (last >= 2)
    return e.less(takeOne(images, last), first);
  // Of one knot, beyond it.
  auto evaluateBeyond = [&](int64_t i, int64_t count, double sign) {
    Value knot = toX(takeOne(knots, i));
    Value distance = e.scale(sign, e.shift(1, e.abs(knot)));
    SmallVector<Value> steps = getSteps(e.fill(count, getCountType()));
    return formula
        .build(e.getBuilder(), op.getFormula().front(), e.add(knot, distance),
               steps)
        .front();
  };
  Value below = evaluateBeyond(0, 0, -1);
  Value falls = e.less(evaluateBeyond(last, last + 1, 1), below);
  if (last == 1) {
    Value isOne = toX(e.equal(takeOne(knots, 0), takeOne(knots, 1)));
    Value fallsInside = toX(e.less(takeOne(images, 1), first));
    falls = e.select(isOne, falls, fallsInside);
  }
  SmallVector<int64_t> shape(type.getShape());
  shape.push_back(1);
  return e.reshape(falls, shape);
}

bool SplineInverse::endsInLastKnot() {
  return llvm::any_of(llvm::seq(op.getSteps().size()), [&](unsigned i) {
    ArrayRef<int64_t> rows = op.getRowsOf(i);
    return rows.back() != rows.drop_back().back();
  });
}

Value SplineInverse::countBelow(Value y) {
  int64_t numKnots = getNumKnots();
  // Of a function that falls, the negative rises.
  Value falls = fallsBetweenKnots();
  RankedTensorType signType =
      getTensorType(images).clone(getTensorType(falls).getShape());
  Value sign = e.select(falls, e.fill(-1, signType), e.fill(1, signType));
  Value shape = spread(images, sign);
  Value rising = e.mul(shape, spread(sign, shape));
  if (numKnots > 1 && endsInLastKnot()) {
    Value last = takeOne(rising, numKnots - 1);
    Value step = e.shift(getSmallest(op.getX()),
                         e.scale(getEpsilon(op.getX()), e.abs(last)));
    rising = e.create<ConcatenateOp>(
        ValueRange{take(rising, 0, numKnots - 1), e.add(last, step)},
        type.getRank());
  }
  SmallVector<int64_t> all(type.getShape());
  all.push_back(numKnots);
  SmallVector<int64_t> dims = llvm::to_vector(llvm::seq<int64_t>(all.size()));
  Value some = e.broadcast(rising, all, dims);
  dims.pop_back();
  Value number = e.broadcast(e.mul(y, toX(sign)), all, dims);
  Value isBelow = e.create<CompareOp>(some, number, ComparisonDirection::LE);
  return e.sum(e.convert(isBelow, getCountType().getElementType()),
               type.getRank());
}

Value SplineInverse::lookUp(Value table, Value number) {
  RankedTensorType tableType = getTensorType(table);
  int64_t rank = type.getRank(), size = tableType.getShape().back();
  if (size == 1)
    return toX(table);
  SmallVector<int64_t> batch, batchOfTable, shape;
  for (int64_t d = 0; d < rank; ++d) {
    if (tableType.getDimSize(d) == 1)
      continue;
    batch.push_back(d);
    batchOfTable.push_back(shape.size());
    shape.push_back(tableType.getDimSize(d));
  }
  int64_t dim = shape.size();
  shape.push_back(size);
  SmallVector<int64_t> ofNumbers(type.getShape());
  ofNumbers.push_back(1);
  Value numbers = e.reshape(number, ofNumbers);
  auto dims = GatherDimensionNumbersAttr::get(op.getContext(), {}, {dim},
                                              batchOfTable, batch, {dim}, rank);
  SmallVector<int64_t> sliceSizes(shape.size(), 1);
  return e.create<GatherOp>(type.clone(tableType.getElementType()),
                            e.reshape(table, shape), numbers, dims, sliceSizes,
                            /*indices_are_sorted=*/false);
}

Value SplineInverse::getRow(ArrayRef<int64_t> rows, int64_t size, Value count) {
  // As far from the number of knots, but for the ends.
  int64_t low = *llvm::min_element(rows), high = *llvm::max_element(rows);
  int64_t offset = 0;
  for (auto [i, row] : llvm::enumerate(rows.drop_back()))
    if (rows[i + 1] == row + 1)
      offset = row - int64_t(i);
  bool isMoved = llvm::all_of(llvm::enumerate(rows), [&](auto row) {
    return row.value() == std::clamp(int64_t(row.index()) + offset, low, high);
  });
  if (isMoved) {
    Value number = offset ? e.shift(offset, count) : count;
    number = e.create<MaxOp>(number, e.fill(low, number));
    return e.create<MinOp>(number, e.fill(high, number));
  }
  SmallVector<int64_t> shape(type.getRank(), 1);
  shape.push_back(rows.size());
  auto numbers = RankedTensorType::get(shape, e.getBuilder().getI32Type());
  SmallVector<int32_t> elements(rows);
  Value table = e.create<ConstantOp>(
      DenseElementsAttr::get(numbers, ArrayRef<int32_t>(elements)));
  return lookUp(table, count);
}

SmallVector<Value> SplineInverse::getSteps(Value count) {
  SmallVector<Value> steps;
  for (auto [i, table] : llvm::enumerate(op.getTables())) {
    Value data = formula.getCaptured(table);
    int64_t size = getTensorType(data).getShape().back();
    steps.push_back(lookUp(data, getRow(op.getRowsOf(i), size, count)));
  }
  return steps;
}

Value SplineInverse::getKnot(Value count, ValueRange steps, int64_t offset) {
  int64_t last = getNumKnots() - 1;
  // Between knots it may be a step.
  auto isKnot = [&](unsigned i) {
    ArrayRef<int64_t> rows = op.getRowsOf(i);
    return op.getTables()[i] == op.getKnots() &&
           llvm::all_of(llvm::seq<int64_t>(1, last + 1), [&](int64_t count) {
             return rows[count] == count + offset;
           });
  };
  for (auto [i, step] : llvm::enumerate(steps))
    if (last > 0 && isKnot(i))
      return step;
  Value number = offset ? e.shift(offset, count) : count;
  number = e.create<MaxOp>(number, e.fill(0, number));
  return lookUp(knots, e.create<MinOp>(number, e.fill(last, number)));
}

Value SplineInverse::isInBin(Value x, Value count, ValueRange steps) {
  int64_t last = getNumKnots() - 1;
  Value isFirst = isNumber(e, count, 0);
  Value isLast = isNumber(e, count, last + 1);
  Value low = getKnot(count, steps, -1), high = getKnot(count, steps, 0);
  low = e.select(isLast, toX(takeOne(knots, last)), low);
  low = e.select(isFirst, e.fill(-INFINITY, low), low);
  high = e.select(isFirst, toX(takeOne(knots, 0)), high);
  high = e.select(isLast, e.fill(INFINITY, high), high);
  // A part of the bin's width or, if it has no end, of its distance from zero.
  Value width = e.sub(high, low);
  Value size = e.abs(low);
  Value distance = e.create<MinOp>(size, e.abs(high));
  width = e.select(isNumber(e, width, INFINITY), e.shift(1, distance), width);
  Value slack = e.scale(std::sqrt(getEpsilon(op.getX())), width);
  auto isLess = [&](Value a, Value b) {
    return e.create<CompareOp>(a, b, ComparisonDirection::LE);
  };
  Value isAbove = isLess(e.sub(low, slack), x);
  Value isBelow = isLess(x, e.add(high, slack));
  return e.create<AndOp>(isAbove, isBelow);
}

Value SplineInverse::areInOrder() {
  int64_t last = getNumKnots() - 1;
  if (last == 0)
    return {};
  Value before = take(knots, 0, last);
  Value inOrder = e.create<CompareOp>(before, take(knots, 1, last),
                                      ComparisonDirection::LE);
  Value least = e.minimum(e.convert(inOrder, getCountType().getElementType()),
                          type.getRank());
  SmallVector<int64_t> dims =
      llvm::to_vector(llvm::seq<int64_t>(type.getRank()));
  return e.broadcast(isNumber(e, least, 1), type.getShape(), dims);
}

Known SplineInverse::find() {
  Known y = formula.getY();
  Value count = countBelow(y.value);
  SmallVector<Value> steps = getSteps(count);
  Known x = formula.solve(e.getBuilder(), y, steps, /*wantsShare=*/true);
  Value isRight = isInBin(x.value, count, steps);
  if (Value inOrder = areInOrder())
    isRight = e.create<AndOp>(isRight, inOrder);
  x.value = e.nanUnless(isRight, x.value);
  if (x.share)
    x.share = e.nanUnless(isRight, x.share);
  return x;
}

namespace {

struct SplineModel
    : InvertibleRegionOpInterface::ExternalModel<SplineModel, SplineOp> {
  SmallVector<Unit> getUnits(Operation *op) const {
    auto spline = cast<SplineOp>(op);
    return {Formula::getUnit(op, spline.getX(), spline.getFormula())};
  }

  void propagateRegions(Operation *op, Knowledge &knowledge,
                        ArrayRef<Unit> units, UnitInverter &inverter) const {
    learnFromValues(op, knowledge);
    auto spline = cast<SplineOp>(op);
    Formula formula(op, spline.getX(), spline.getSteps(), units.front(),
                    knowledge, inverter);
    if (formula.findsX())
      formula.learn(
          SplineInverse(spline, formula, knowledge.getBuilder()).find());
  }
};

} // namespace

void invhlo::attachSplineRules(MLIRContext *context) {
  SplineOp::attachInterface<SplineModel, SolvedByFormula<SplineOp>>(*context);
}
