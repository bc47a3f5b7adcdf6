// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "RowAccesses.h"
#include "invhlo/Interfaces/Unit.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/Analysis/CountedLoop.h"
#include "invhlo/StableHLO/Emission.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "invhlo/Transforms/Passes.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace invhlo {
#define GEN_PASS_DEF_RAISELOOPSPASS
#include "invhlo/Transforms/Passes.h.inc"
} // namespace invhlo

/// `array` with dimension `from` moved to `to`.
static Value moveDim(OpBuilder &b, Location loc, Value array, int64_t from,
                     int64_t to) {
  if (from == to)
    return array;
  int64_t rank = cast<RankedTensorType>(array.getType()).getRank();
  SmallVector<int64_t> order = llvm::to_vector(llvm::seq<int64_t>(rank));
  order.erase(order.begin() + from);
  order.insert(order.begin() + to, from);
  return TransposeOp::create(b, loc, array, order);
}

/// `count` rows of `array`, where they are in it.
static Value sliceRows(OpBuilder &b, Location loc, Value array, Rows rows,
                       int64_t count) {
  auto type = cast<RankedTensorType>(array.getType());
  auto [first, step] = rows.number;
  int64_t last = rows.number.at(count - 1);
  SmallVector<int64_t> starts(type.getRank(), 0), strides(type.getRank(), 1);
  SmallVector<int64_t> limits(type.getShape());
  starts[rows.dim] = std::min(first, last);
  limits[rows.dim] = std::max(first, last) + rows.width;
  // Wide rows lie side by side.
  strides[rows.dim] = rows.width == 1 ? std::abs(step) : 1;
  return createSlice(b, loc, array, starts, limits, strides);
}

/// The shape of `count` rows of `array` in a dimension of their own before that
/// of the rows, which is left if they are wide.
static SmallVector<int64_t> getStackedShape(Value array, const Rows &rows,
                                            int64_t count) {
  SmallVector<int64_t> shape(
      cast<RankedTensorType>(array.getType()).getShape());
  shape[rows.dim] = count;
  if (rows.width > 1)
    shape.insert(shape.begin() + rows.dim + 1, rows.width);
  return shape;
}

/// The same in the order in which a scan takes them, along the first dimension.
static Value takeRows(OpBuilder &b, Location loc, Value array, Rows rows,
                      int64_t count, bool isReverse) {
  auto type = cast<RankedTensorType>(array.getType());
  Value taken = sliceRows(b, loc, array, rows, count);
  taken = createReshape(b, loc, taken,
                        type.clone(getStackedShape(array, rows, count)));
  taken = moveDim(b, loc, taken, rows.dim, 0);
  if ((rows.number.step < 0) == isReverse)
    return taken;
  return ReverseOp::create(b, loc, taken, ArrayRef<int64_t>{0});
}

/// The type of a row of `array`, without the dimension of rows if that is one.
static RankedTensorType getRowType(Value array, const Rows &rows) {
  SmallVector<int64_t> shape = getStackedShape(array, rows, 1);
  shape.erase(shape.begin() + rows.dim);
  return cast<RankedTensorType>(array.getType()).clone(shape);
}

/// Moves what does not change in a loop before it: a part that is taken of a
/// value there is all that the loop needs of it.
static void hoist(Operation *loop) {
  OpBuilder b(loop);
  for (Region &region : loop->getRegions())
    for (Operation &inside :
         llvm::make_early_inc_range(region.front().without_terminator())) {
      SetVector<Value> inputs = getInputs(&inside);
      auto isOutside = [&](Value input) {
        return !region.isAncestor(input.getParentRegion());
      };
      auto isLiteral = [](Value input) {
        return bool(input.getDefiningOp<ConstantOp>());
      };
      if (llvm::all_of(inputs, isLiteral) || !isPure(&inside) ||
          !llvm::all_of(inputs, [&](Value input) {
            return isOutside(input) || isLiteral(input);
          }))
        continue;
      inside.moveBefore(loop);
      for (Value literal : inputs)
        if (!isOutside(literal)) {
          Value copy = b.clone(*literal.getDefiningOp())->getResult(0);
          copy.getDefiningOp()->moveBefore(&inside);
          literal.replaceUsesWithIf(copy, [&](OpOperand &use) {
            return inside.isAncestor(use.getOwner());
          });
        }
    }
}

namespace {
class Raising {
public:
  Raising(WhileOp op, CountedLoop loop)
      : op(op), loop(std::move(loop)), outer(op), inner(op.getContext()),
        loc(op.getLoc()) {}

  void run() {
    findRoles();
    ScanOp scan = createScan();
    fillBody(scan);
    replaceResults(scan);
    op.erase();
    hoist(scan);
  }

private:
  void findRoles() {
    Block &body = op.getBody().front();
    for (unsigned i = 0, e = op.getNumResults(); i < e; ++i) {
      if (loop.isInvariant(i) || loop.getCounter(i))
        continue;
      std::optional<WrittenArray> written = loop.matchArray(i);
      if (!written || written->isCarried)
        carried.push_back(i);
      if (written)
        arrays.push_back({i, std::move(*written)});
    }
    for (Operation &inside : body)
      if (auto slice = dyn_cast<DynamicSliceOp>(inside))
        if (auto rows = loop.matchRow(slice))
          rowReads.push_back(
              {slice, *rows, loop.getOutside(slice.getOperand())});
    for (auto &[i, array] : arrays)
      for (auto &[slice, rows, age] : array.reads)
        if (age == 0)
          rowReads.push_back({slice, rows, op.getOperand()[i]});
    if (!arrays.empty())
      isReverse = arrays.front().second.rows.number.step < 0;
    else if (!rowReads.empty())
      isReverse = rowReads.front().rows.number.step < 0;
  }

  /// How many rows that were written are still to be read.
  static int64_t countKept(const WrittenArray &array) {
    int64_t count = 0;
    for (const WrittenArray::Read &read : array.reads)
      count = std::max(count, read.age);
    return count;
  }

  /// The row of array `i` that stands for what was written `age` steps before
  /// the first.
  Value takeRowBefore(unsigned i, const WrittenArray &array, int64_t age) {
    Value all = op.getOperand()[i];
    Rows rows = array.rows;
    rows.number.first = rows.number.at(-age);
    return createReshape(outer, loc, sliceRows(outer, loc, all, rows, 1),
                         getRowType(all, rows));
  }

  ScanOp createScan() {
    // Of an array that is masked where it is not written yet, any will do.
    llvm::SmallDenseSet<unsigned> masked;
    for (auto &[i, array] : arrays)
      if (array.isCarried && array.isMasked)
        masked.insert(i);
    auto getInit = [&](unsigned i) {
      Value init = op.getOperand()[i];
      return masked.contains(i)
                 ? createSplat(outer, loc,
                               cast<RankedTensorType>(init.getType()), 0)
                 : init;
    };
    SmallVector<Value> inits = llvm::map_to_vector(carried, getInit);
    for (auto &[i, array] : arrays)
      for (int64_t age : llvm::seq<int64_t>(countKept(array)))
        inits.push_back(takeRowBefore(i, array, age + 1));
    SmallVector<Value> stacked;
    for (auto &[slice, rows, array] : rowReads)
      stacked.push_back(
          takeRows(outer, loc, array, rows, loop.getCount(), isReverse));
    SmallVector<Type> types = llvm::to_vector(TypeRange(ValueRange(inits)));
    for (auto &[i, array] : arrays)
      types.push_back(ScanOp::getArrayType(
          getRowType(op.getResult(i), array.rows), loop.getCount()));
    auto scan = ScanOp::create(outer, loc, types, inits, stacked,
                               loop.getCount(), isReverse);
    Block &body = scan.getBody().emplaceBlock();
    body.addArgument(RankedTensorType::get({}, outer.getI32Type()), loc);
    for (unsigned i : carried)
      body.addArgument(op.getResult(i).getType(),
                       op.getBody().getArgument(i).getLoc());
    for (Value kept : ArrayRef(inits).drop_front(carried.size()))
      body.addArgument(kept.getType(), loc);
    for (Value array : stacked)
      body.addArgument(ScanOp::getRowType(array.getType()), loc);
    return scan;
  }

  void fillBody(ScanOp scan) {
    inner.setInsertionPointToEnd(&scan.getBody().front());
    Block &body = op.getBody().front();
    IRMapping mapping;
    for (BlockArgument argument : body.getArguments()) {
      unsigned i = argument.getArgNumber();
      if (loop.isInvariant(i))
        mapping.map(argument, op.getOperand()[i]);
      else if (auto counter = loop.getCounter(i))
        mapping.map(argument,
                    count(scan.getStep(), *counter,
                          cast<RankedTensorType>(argument.getType())));
    }
    for (auto [i, value] : llvm::zip(carried, scan.getCarried()))
      mapping.map(body.getArgument(i), value);
    DenseSet<Operation *> done;
    auto read = [&](DynamicSliceOp slice, Value row) {
      mapping.map(slice.getResult(),
                  createReshape(inner, loc, row, slice.getType()));
      done.insert(slice);
    };
    for (auto [rowRead, row] : llvm::zip_equal(rowReads, scan.getRows()))
      read(rowRead.slice, row);
    ValueRange kept = scan.getCarried().drop_front(carried.size());
    for (auto &[i, array] : arrays) {
      for (auto &[slice, rows, age] : array.reads)
        if (age > 0)
          read(slice, kept[age - 1]);
      kept = kept.drop_front(countKept(array));
      if (!array.isCarried)
        done.insert(array.write);
    }
    for (Operation &inside : body.without_terminator())
      if (!done.contains(&inside))
        inner.clone(inside, mapping);

    SmallVector<Value> yielded;
    for (unsigned i : carried)
      yielded.push_back(
          mapping.lookupOrDefault(body.getTerminator()->getOperand(i)));
    SmallVector<Value> rows = llvm::map_to_vector(arrays, [&](auto &array) {
      return createReshape(
          inner, loc, mapping.lookupOrDefault(array.second.row),
          getRowType(op.getResult(array.first), array.second.rows));
    });
    // What was kept is a step older.
    kept = scan.getCarried().drop_front(carried.size());
    for (auto [array, row] : llvm::zip_equal(arrays, rows))
      if (int64_t count = countKept(array.second)) {
        yielded.push_back(row);
        llvm::append_range(yielded, kept.take_front(count - 1));
        kept = kept.drop_front(count);
      }
    llvm::append_range(yielded, rows);
    YieldOp::create(inner, loc, yielded);
    // A row needs no window around it.
    for (auto reshape : scan.getBody().getOps<ReshapeOp>())
      if (auto other = reshape.getOperand().getDefiningOp<ReshapeOp>();
          other && other.getOperand().getType() == reshape.getType())
        reshape.replaceAllUsesWith(other.getOperand());
    for (Operation &inside :
         llvm::make_early_inc_range(llvm::reverse(scan.getBody().front())))
      if (isOpTriviallyDead(&inside))
        inside.erase();
  }

  /// A counter from the number of the step.
  Value count(Value step, Progress counter, RankedTensorType type) {
    Value value = step;
    if (value.getType() != type)
      value = ConvertOp::create(inner, loc, value, type.getElementType());
    if (counter.step != 1)
      value = MulOp::create(inner, loc, value,
                            createSplat(inner, loc, type, counter.step));
    if (counter.first != 0)
      value = AddOp::create(inner, loc, value,
                            createSplat(inner, loc, type, counter.first));
    return value;
  }

  void replaceResults(ScanOp scan) {
    for (auto [i, result] : llvm::enumerate(op.getResults()))
      if (loop.isInvariant(i))
        result.replaceAllUsesWith(op.getOperand()[i]);
      else if (auto counter = loop.getCounter(i))
        result.replaceAllUsesWith(
            createSplat(outer, loc, cast<RankedTensorType>(result.getType()),
                        counter->at(loop.getCount())));
    // An array that is carried too is told by its rows.
    for (auto [written, rows] : llvm::zip_equal(arrays, scan.getArrays()))
      op.getResult(written.first)
          .replaceAllUsesWith(putRows(op.getOperand()[written.first],
                                      written.second.rows, rows));
    for (auto [i, last] : llvm::zip(carried, scan.getLast()))
      op.getResult(i).replaceAllUsesWith(last);
  }

  /// `array` with the rows that the scan wrote.
  Value putRows(Value array, Rows rows, Value written) {
    auto [first, step] = rows.number;
    if ((step < 0) != isReverse)
      written = ReverseOp::create(outer, loc, written, ArrayRef<int64_t>{0});
    written = moveDim(outer, loc, written, 0, rows.dim);
    auto type = cast<RankedTensorType>(array.getType());
    SmallVector<int64_t> shape(type.getShape());
    shape[rows.dim] = rows.width * loop.getCount();
    written = createReshape(outer, loc, written, type.clone(shape));
    int64_t size = type.getDimSize(rows.dim);
    int64_t last = rows.number.at(loop.getCount() - 1);
    int64_t low = std::min(first, last);
    int64_t high = std::max(first, last) + rows.width;
    SmallVector<Value> parts;
    auto keep = [&](int64_t from, int64_t count) {
      if (count > 0)
        parts.push_back(
            sliceRows(outer, loc, array, {{from, 1}, rows.dim, 1}, count));
    };
    keep(0, low);
    parts.push_back(written);
    keep(high, size - high);
    if (parts.size() == 1)
      return written;
    return ConcatenateOp::create(outer, loc, parts, rows.dim);
  }

  WhileOp op;
  CountedLoop loop;
  OpBuilder outer, inner;
  Location loc;
  SmallVector<unsigned> carried;
  SmallVector<std::pair<unsigned, WrittenArray>> arrays;
  /// Rows of arrays as they are outside of the loop.
  struct RowRead {
    DynamicSliceOp slice;
    Rows rows;
    Value array;
  };
  SmallVector<RowRead> rowReads;
  bool isReverse = false;
};

/// A loop of one step is its step.
void inlineStep(WhileOp op) {
  Block &body = op.getBody().front();
  OpBuilder b(op);
  IRMapping mapping;
  mapping.map(body.getArguments(), op.getOperand());
  for (Operation &inside : body.without_terminator())
    b.clone(inside, mapping);
  for (auto [result, value] :
       llvm::zip_equal(op.getResults(), body.getTerminator()->getOperands()))
    result.replaceAllUsesWith(mapping.lookupOrDefault(value));
  op.erase();
}

/// Takes what is carried and does not change from outside of the loop.
WhileOp dropInvariant(WhileOp op) {
  Block &body = op.getBody().front(), &condition = op.getCond().front();
  Operation *yield = body.getTerminator();
  llvm::BitVector isInvariant(op.getNumResults());
  for (unsigned i = 0, e = op.getNumResults(); i < e; ++i)
    isInvariant[i] = yield->getOperand(i) == body.getArgument(i);
  if (isInvariant.none()) {
    hoist(op);
    return op;
  }
  SmallVector<Value> inits, results;
  for (unsigned i = 0, e = op.getNumResults(); i < e; ++i) {
    Value init = op.getOperand()[i];
    if (!isInvariant[i]) {
      inits.push_back(init);
      results.push_back(op.getResult(i));
      continue;
    }
    for (Value same : {Value(op.getResult(i)), Value(body.getArgument(i)),
                       Value(condition.getArgument(i))})
      same.replaceAllUsesWith(init);
  }
  yield->eraseOperands(isInvariant);
  body.eraseArguments(isInvariant);
  condition.eraseArguments(isInvariant);
  OpBuilder b(op);
  auto loop =
      WhileOp::create(b, op.getLoc(), TypeRange(ValueRange(results)), inits);
  loop->setDiscardableAttrs(op->getDiscardableAttrDictionary());
  loop.getCond().takeBody(op.getCond());
  loop.getBody().takeBody(op.getBody());
  for (auto [before, after] : llvm::zip_equal(results, loop.getResults()))
    before.replaceAllUsesWith(after);
  op.erase();
  hoist(loop);
  return loop;
}

void raise(WhileOp op) {
  op = dropInvariant(op);
  replacePlaces(op);
  narrowArrays(op);
  std::optional<CountedLoop> loop = CountedLoop::match(op);
  if (!loop)
    return;
  if (loop->getCount() == 1)
    return inlineStep(op);
  replaceRows(op, *loop);
  joinRows(op, *loop);
  // What it says of values that are replaced counts no more.
  Raising(op, *CountedLoop::match(op)).run();
}

struct RaiseLoopsPass : invhlo::impl::RaiseLoopsPassBase<RaiseLoopsPass> {
  void runOnOperation() override {
    SmallVector<WhileOp> loops;
    // Inner loops first: they are ops of the outer ones then.
    getOperation().walk([&](WhileOp op) { loops.push_back(op); });
    for (WhileOp op : loops)
      raise(op);
    if (loops.empty())
      markAllAnalysesPreserved();
  }
};
} // namespace
