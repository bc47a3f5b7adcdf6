// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "RowAccesses.h"

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/Analysis/Combiner.h"
#include "invhlo/StableHLO/Emission.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

static RankedTensorType getTensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

static bool isOutsideOf(WhileOp op, Value value) {
  return !op.getBody().isAncestor(value.getParentRegion());
}

Window::Window(OpBuilder &b, Value array, Type type)
    : starts(getTensorType(array).getRank(),
             createSplat(b, array.getLoc(), cast<RankedTensorType>(type), 0)),
      sizes(getTensorType(array).getShape()) {}

Value Window::slice(OpBuilder &b, Location loc, Value array) const {
  return DynamicSliceOp::create(b, loc, array, starts, sizes);
}

Value Window::update(OpBuilder &b, Location loc, Value array,
                     Value part) const {
  part = createReshape(b, loc, part, getTensorType(array).clone(sizes));
  return DynamicUpdateSliceOp::create(b, loc, array, part, starts);
}

std::optional<Accesses> Accesses::find(WhileOp op, unsigned k) {
  Block &body = op.getBody().front();
  Accesses found;
  Value version = body.getArgument(k);
  while (true) {
    DynamicUpdateSliceOp write;
    for (OpOperand &use : version.getUses()) {
      Operation *user = use.getOwner();
      bool isAccess = user->getBlock() == &body && use.getOperandNumber() == 0;
      auto slice = dyn_cast<DynamicSliceOp>(user);
      auto update = dyn_cast<DynamicUpdateSliceOp>(user);
      if (isAccess && slice)
        found.reads.push_back(slice);
      else if (isAccess && update && !write)
        write = update;
      else if (found.writes.empty())
        found.isUsedOtherwise = true;
      else if (user != body.getTerminator() || use.getOperandNumber() != k)
        return std::nullopt;
    }
    if (!write)
      break;
    found.writes.push_back(write);
    version = write;
  }
  if (found.writes.empty() || body.getTerminator()->getOperand(k) != version)
    return std::nullopt;
  return found;
}

void invhlo::dropPrimitives(Operation *op) {
  SmallVector<Operation *> users;
  do {
    users.clear();
    for (Operation *user : op->getUsers())
      if (auto primitive = dyn_cast<PrimitiveOp>(user);
          primitive && llvm::any_of(op->getResults(), [&](Value result) {
            return llvm::is_contained(primitive.getLowered(), result);
          }))
        users.push_back(user);
    for (Operation *user : SetVector<Operation *>(users.begin(), users.end())) {
      user->replaceAllUsesWith(cast<PrimitiveOp>(user).getLowered());
      user->erase();
    }
  } while (!users.empty());
}

std::optional<IntegerRange> invhlo::getRange(Operation *op, Value index) {
  for (auto loop = op->getParentOfType<WhileOp>(); loop;
       loop = loop->getParentOfType<WhileOp>()) {
    std::optional<CountedLoop> counted = CountedLoop::match(loop);
    if (std::optional<Progress> number =
            counted ? counted->evaluate(index) : std::nullopt)
      return IntegerRange{loop, number->first,
                          number->at(counted->getCount() - 1)};
    if (!isOutsideOf(loop, index))
      break;
  }
  return std::nullopt;
}

/// Whether `index` is one of the first `size` integers in all steps.
static bool isIndex(Operation *op, Value index, int64_t size) {
  std::optional<IntegerRange> range = getRange(op, index);
  return range && std::min(range->first, range->last) >= 0 &&
         std::max(range->first, range->last) < size;
}

static void replace(Operation *op, Value replacement) {
  dropPrimitives(op);
  op->getResult(0).replaceAllUsesWith(replacement);
  op->erase();
}

/// The window along `dim` of number `index`.
static Window getRowWindow(OpBuilder &b, Value array, Value index,
                           int64_t dim) {
  auto number = RankedTensorType::get({}, getElementTypeOrSelf(index));
  Window window(b, array, number);
  window.starts[dim] = createReshape(b, index.getLoc(), index, number);
  window.sizes[dim] = 1;
  return window;
}

static void replaceBySlice(GatherOp gather, CountedLoop &loop) {
  std::optional<Rows> rows = loop.matchRow(gather);
  if (!rows)
    return;
  OpBuilder b(gather);
  Value array = gather.getOperand();
  Window window = getRowWindow(b, array, gather.getStartIndices(), rows->dim);
  Value row = window.slice(b, gather.getLoc(), array);
  replace(gather, createReshape(b, gather.getLoc(), row, gather.getType()));
}

/// A scatter into `window` is a slice that is changed and put back.
static void replaceByUpdate(OpBuilder &b, ScatterOp scatter,
                            const Window &window) {
  Combiner combiner(scatter.getUpdateComputation());
  Location loc = scatter.getLoc();
  Value array = scatter.getInputs().front(), row = scatter.getUpdates().front();
  if (!combiner.replaces()) {
    Value before = window.slice(b, loc, array);
    row = createReshape(b, loc, row, before.getType());
    Operation *combine = combiner.getOp()->cloneWithoutRegions();
    combine->setOperands({before, row});
    combine->getResult(0).setType(row.getType());
    b.insert(combine);
    row = combine->getResult(0);
  }
  replace(scatter, window.update(b, loc, array, row));
}

static bool canCombine(ScatterOp scatter) {
  Combiner combiner(scatter.getUpdateComputation());
  return scatter.getInputs().size() == 1 &&
         (combiner.replaces() || combiner.getOp());
}

static void replaceByUpdate(ScatterOp scatter, CountedLoop &loop) {
  std::optional<Rows> rows = loop.matchRow(scatter);
  if (!rows || !canCombine(scatter))
    return;
  OpBuilder b(scatter);
  replaceByUpdate(b, scatter,
                  getRowWindow(b, scatter.getInputs().front(),
                               scatter.getScatterIndices(), rows->dim));
}

/// The window at `indices` along dimensions `map`, and all along others; none
/// if `indices` is not put together of one integer for each.
static std::optional<Window> getPlace(OpBuilder &b, Value array, Value indices,
                                      ArrayRef<int64_t> map) {
  auto parts = indices.getDefiningOp<ConcatenateOp>();
  if (!parts || parts->getNumOperands() != map.size() || !llvm::is_sorted(map))
    return std::nullopt;
  auto number = RankedTensorType::get({}, getElementTypeOrSelf(indices));
  Window window(b, array, number);
  for (auto [dim, index] : llvm::zip_equal(map, parts->getOperands())) {
    if (getTensorType(index).getNumElements() != 1)
      return std::nullopt;
    auto reshape = index.getDefiningOp<ReshapeOp>();
    window.starts[dim] =
        reshape && reshape.getOperand().getType() == number
            ? reshape.getOperand()
            : createReshape(b, indices.getLoc(), index, number);
    window.sizes[dim] = 1;
  }
  return window;
}

/// Whether `part` is what `window` covers, without dimensions `map`, and `dims`
/// are all its dimensions in order.
static bool isWithout(Value part, const Window &window, ArrayRef<int64_t> map,
                      ArrayRef<int64_t> dims) {
  SmallVector<int64_t> shape;
  for (auto [dim, size] : llvm::enumerate(window.sizes))
    if (!llvm::is_contained(map, dim))
      shape.push_back(size);
  return getTensorType(part).getShape() == ArrayRef(shape) &&
         llvm::equal(dims, llvm::seq<int64_t>(shape.size()));
}

/// The same at one place along several dimensions.
static void replaceByUpdateAtPlace(ScatterOp scatter) {
  ScatterDimensionNumbersAttr dims = scatter.getScatterDimensionNumbers();
  ArrayRef<int64_t> map = dims.getScatterDimsToOperandDims();
  if (!canCombine(scatter) || dims.getInsertedWindowDims() != map)
    return;
  OpBuilder b(scatter);
  Value array = scatter.getInputs().front();
  std::optional<Window> window =
      getPlace(b, array, scatter.getScatterIndices(), map);
  // Where it would be moved inside, a scatter leaves the array as it is.
  auto isInside = [&](int64_t dim) {
    return isIndex(scatter, window->starts[dim],
                   getTensorType(array).getDimSize(dim));
  };
  if (window && llvm::all_of(map, isInside) &&
      isWithout(scatter.getUpdates().front(), *window, map,
                dims.getUpdateWindowDims()))
    replaceByUpdate(b, scatter, *window);
}

static void replaceBySliceAtPlace(GatherOp gather) {
  GatherDimensionNumbersAttr dims = gather.getDimensionNumbers();
  ArrayRef<int64_t> map = dims.getStartIndexMap();
  ArrayRef<int64_t> collapsed = dims.getCollapsedSliceDims();
  if (!collapsed.empty() && collapsed != map)
    return;
  OpBuilder b(gather);
  Value array = gather.getOperand();
  std::optional<Window> window =
      getPlace(b, array, gather.getStartIndices(), map);
  if (!window || gather.getSliceSizes() != ArrayRef(window->sizes) ||
      !isWithout(gather, *window, collapsed, dims.getOffsetDims()))
    return;
  Value part = window->slice(b, gather.getLoc(), array);
  replace(gather, createReshape(b, gather.getLoc(), part, gather.getType()));
}

/// A carried array with one row that is chosen anew, alike along the rows.
static void replaceByUpdate(SelectOp select, WhileOp op, CountedLoop &loop) {
  Value array = select.getOnFalse();
  auto row = select.getOnTrue().getDefiningOp<BroadcastInDimOp>();
  if (!row || !llvm::is_contained(op.getBody().getArguments(), array))
    return;
  std::optional<RowTest> test = loop.matchTest(select.getPred(), array);
  if (!test || test->direction != ComparisonDirection::EQ ||
      llvm::is_contained(row.getBroadcastDimensions(), test->dim))
    return;
  OpBuilder b(select);
  Window window = getRowWindow(b, array, test->number, test->dim);
  Value update = BroadcastInDimOp::create(
      b, select.getLoc(), getTensorType(array).clone(window.sizes),
      row.getOperand(), row.getBroadcastDimensions());
  replace(select, window.update(b, select.getLoc(), array, update));
}

void invhlo::replacePlaces(WhileOp op) {
  Block &body = op.getBody().front();
  for (GatherOp gather : llvm::to_vector(body.getOps<GatherOp>()))
    replaceBySliceAtPlace(gather);
  for (ScatterOp scatter : llvm::to_vector(body.getOps<ScatterOp>()))
    replaceByUpdateAtPlace(scatter);
}

void invhlo::replaceRows(WhileOp op, CountedLoop &loop) {
  Block &body = op.getBody().front();
  for (GatherOp gather : llvm::to_vector(body.getOps<GatherOp>()))
    replaceBySlice(gather, loop);
  for (ScatterOp scatter : llvm::to_vector(body.getOps<ScatterOp>()))
    replaceByUpdate(scatter, loop);
  for (SelectOp select : llvm::to_vector(body.getOps<SelectOp>()))
    replaceByUpdate(select, op, loop);
}
