// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Literals/LiteralEvaluator.h"

#include "invhlo/Literals/LiteralArithmetic.h"
#include "invhlo/StableHLO/Analysis/Combiner.h"
#include "invhlo/StableHLO/Analysis/GatherMap.h"
#include "invhlo/StableHLO/Analysis/Indices.h"
#include "invhlo/StableHLO/Analysis/RunningWindow.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace {
using Result = std::optional<Literal>;

/// Evaluates one op on the elements that its operands hold.
class Evaluator {
public:
  Evaluator(Operation *op, ArrayRef<Literal> operands, int64_t maxElements)
      : op(op), operands(operands), maxElements(maxElements),
        type(cast<RankedTensorType>(op->getResult(0).getType())) {}

  Result run();

private:
  bool fits(ArrayRef<int64_t> held) const {
    return ShapedType::getNumElements(held) <= maxElements;
  }
  /// Whether all elements of the operands and the result are few enough.
  bool fits() const {
    return fits(type.getShape()) &&
           llvm::all_of(operands, [&](const Literal &operand) {
             return fits(operand.getShape());
           });
  }

  Result applyElementwise(const ElementFunction &function) const;
  /// Whether all of some operands are splats of one element.
  bool areUniform(ArrayRef<Literal> literals) const;
  /// Of the elements held, `result[i] = operand[offset + i * strides]`, where
  /// the result holds a tensor of shape `held`.
  Result viewStrided(ArrayRef<int64_t> held, int64_t offset,
                     ArrayRef<int64_t> strides) const;
  /// Writes what `source` holds at `offsets + i * steps` of a tensor of a
  /// shape; drops what is outside.
  static void paste(std::vector<Element> &target, ArrayRef<int64_t> shape,
                    const Literal &source, ArrayRef<int64_t> offsets,
                    ArrayRef<int64_t> steps);
  /// The start of a box of `sizes` inside `shape`, given by scalars.
  SmallVector<int64_t> getClampedStarts(ArrayRef<Literal> starts,
                                        ArrayRef<int64_t> shape,
                                        ArrayRef<int64_t> sizes) const;

  Result iota(int64_t dim) const;
  Result reshape() const;
  Result broadcast(ArrayRef<int64_t> dims) const;
  Result transpose(ArrayRef<int64_t> permutation) const;
  Result reverse(ArrayRef<int64_t> dims) const;
  Result slice(ArrayRef<int64_t> starts, ArrayRef<int64_t> steps) const;
  Result concatenate(int64_t dim) const;
  Result pad(PadOp op) const;
  Result updateSlice() const;
  Result reduce(ReduceOp op) const;
  Result accumulate(ReduceWindowOp op) const;
  Result gather(GatherOp op) const;
  Result scatter(ScatterOp op) const;

  Operation *op;
  ArrayRef<Literal> operands;
  int64_t maxElements;
  RankedTensorType type;
};
} // namespace

Result Evaluator::applyElementwise(const ElementFunction &function) const {
  SmallVector<int64_t> held(type.getRank(), 1);
  for (const Literal &operand : operands)
    if (!operand.isSplat())
      for (auto [size, more] : llvm::zip_equal(held, operand.getHeldShape()))
        size = std::max(size, more);
  if (!fits(held))
    return std::nullopt;
  SmallVector<Literal, 3> aligned;
  for (const Literal &operand : operands)
    aligned.push_back(operand.holding(held));
  std::vector<Element> elements(ShapedType::getNumElements(held));
  SmallVector<Element, 3> inputs(operands.size());
  for (auto [i, element] : llvm::enumerate(elements)) {
    for (auto [input, operand] : llvm::zip_equal(inputs, aligned))
      input = operand[i];
    std::optional<Element> value = function(inputs);
    if (!value)
      return std::nullopt;
    element = *value;
  }
  return Literal(type, held, std::move(elements));
}

bool Evaluator::areUniform(ArrayRef<Literal> literals) const {
  return llvm::all_of(literals, [&](const Literal &literal) {
    return literal.isSplat() && literal[0] == literals.front()[0];
  });
}

Result Evaluator::viewStrided(ArrayRef<int64_t> held, int64_t offset,
                              ArrayRef<int64_t> strides) const {
  const Literal &operand = operands.front();
  if (operand.isSplat())
    return operand.withType(type);
  if (!fits(held))
    return std::nullopt;
  std::vector<Element> elements;
  elements.reserve(ShapedType::getNumElements(held));
  forEachIndex(held, [&](ArrayRef<int64_t> index) {
    elements.push_back(operand[offset + linearize(index, strides)]);
  });
  return Literal(type, held, std::move(elements));
}

void Evaluator::paste(std::vector<Element> &target, ArrayRef<int64_t> shape,
                      const Literal &source, ArrayRef<int64_t> offsets,
                      ArrayRef<int64_t> steps) {
  SmallVector<int64_t> strides = computeStrides(shape);
  SmallVector<int64_t> sizes(source.getHeldShape());
  if (source.isSplat())
    for (auto [size, whole, limit] :
         llvm::zip_equal(sizes, source.getShape(), shape))
      size = std::min(whole, limit);
  int64_t next = 0;
  forEachIndex(sizes, [&](ArrayRef<int64_t> index) {
    const Element &element = source[next++];
    int64_t position = 0;
    for (auto [d, i] : llvm::enumerate(index)) {
      int64_t at = offsets[d] + i * steps[d];
      if (at < 0 || at >= shape[d])
        return;
      position += at * strides[d];
    }
    target[position] = element;
  });
}

SmallVector<int64_t>
Evaluator::getClampedStarts(ArrayRef<Literal> starts, ArrayRef<int64_t> shape,
                            ArrayRef<int64_t> sizes) const {
  SmallVector<int64_t> clamped;
  for (auto [start, size, sliceSize] : llvm::zip_equal(starts, shape, sizes))
    clamped.push_back(clampStart(start.getInteger(0), size, sliceSize));
  return clamped;
}

Result Evaluator::iota(int64_t dim) const {
  SmallVector<int64_t> held(type.getRank(), 1);
  held[dim] = type.getDimSize(dim);
  if (!fits(held))
    return std::nullopt;
  std::vector<Element> elements;
  elements.reserve(held[dim]);
  for (int64_t i = 0; i < held[dim]; ++i)
    elements.push_back(toElement(i, type.getElementType()));
  return Literal(type, held, std::move(elements));
}

/// Dimensions that become others together hold all of their elements, unless
/// each holds one.
Result Evaluator::reshape() const {
  const Literal &operand = operands.front();
  ArrayRef<int64_t> from = operand.getShape(), to = type.getShape();
  if (operand.isSplat())
    return operand.withType(type);
  SmallVector<int64_t> held(operand.getHeldShape()), newHeld(to.size(), 1);
  for (size_t i = 0, j = 0; i < from.size() && j < to.size();) {
    size_t firstFrom = i, firstTo = j;
    int64_t fromProduct = from[i++], toProduct = to[j++];
    while (fromProduct != toProduct)
      (fromProduct < toProduct ? fromProduct *= from[i++]
                               : toProduct *= to[j++]);
    auto group = ArrayRef(held).slice(firstFrom, i - firstFrom);
    if (llvm::all_of(group, [](int64_t size) { return size == 1; }))
      continue;
    std::copy(from.begin() + firstFrom, from.begin() + i,
              held.begin() + firstFrom);
    std::copy(to.begin() + firstTo, to.begin() + j, newHeld.begin() + firstTo);
  }
  if (!fits(held))
    return std::nullopt;
  Literal expanded = operand.holding(held);
  std::vector<Element> elements;
  for (int64_t i = 0, n = expanded.getNumHeld(); i < n; ++i)
    elements.push_back(expanded[i]);
  return Literal(type, newHeld, std::move(elements));
}

Result Evaluator::broadcast(ArrayRef<int64_t> dims) const {
  ArrayRef<int64_t> operandHeld = operands.front().getHeldShape();
  SmallVector<int64_t> held(type.getRank(), 1), strides(type.getRank(), 0);
  SmallVector<int64_t> operandStrides = computeStrides(operandHeld);
  for (auto [d, dim] : llvm::enumerate(dims)) {
    held[dim] = operandHeld[d];
    strides[dim] = operandStrides[d];
  }
  return viewStrided(held, 0, strides);
}

Result Evaluator::transpose(ArrayRef<int64_t> permutation) const {
  ArrayRef<int64_t> operandHeld = operands.front().getHeldShape();
  SmallVector<int64_t> held, strides;
  SmallVector<int64_t> operandStrides = computeStrides(operandHeld);
  for (int64_t dim : permutation) {
    held.push_back(operandHeld[dim]);
    strides.push_back(operandStrides[dim]);
  }
  return viewStrided(held, 0, strides);
}

Result Evaluator::reverse(ArrayRef<int64_t> dims) const {
  ArrayRef<int64_t> held = operands.front().getHeldShape();
  int64_t offset = 0;
  SmallVector<int64_t> strides = computeStrides(held);
  for (int64_t dim : dims) {
    offset += (held[dim] - 1) * strides[dim];
    strides[dim] = -strides[dim];
  }
  return viewStrided(held, offset, strides);
}

Result Evaluator::slice(ArrayRef<int64_t> starts,
                        ArrayRef<int64_t> steps) const {
  SmallVector<int64_t> held(operands.front().getHeldShape());
  SmallVector<int64_t> strides = computeStrides(held);
  int64_t offset = 0;
  for (int64_t d = 0, rank = type.getRank(); d < rank; ++d) {
    if (held[d] == 1)
      continue;
    held[d] = type.getDimSize(d);
    offset += starts[d] * strides[d];
    strides[d] *= steps[d];
  }
  return viewStrided(held, offset, strides);
}

Result Evaluator::concatenate(int64_t dim) const {
  if (areUniform(operands))
    return operands.front().withType(type);
  SmallVector<int64_t> held(type.getRank(), 1);
  for (const Literal &operand : operands)
    if (!operand.isSplat())
      for (auto [size, more] : llvm::zip_equal(held, operand.getHeldShape()))
        size = std::max(size, more);
  held[dim] = type.getDimSize(dim);
  if (!fits(held))
    return std::nullopt;
  std::vector<Element> elements(ShapedType::getNumElements(held));
  SmallVector<int64_t> offsets(type.getRank(), 0), steps(type.getRank(), 1);
  for (const Literal &operand : operands) {
    SmallVector<int64_t> part = held;
    part[dim] = operand.getShape()[dim];
    paste(elements, held, operand.holding(part), offsets, steps);
    offsets[dim] += part[dim];
  }
  return Literal(type, held, std::move(elements));
}

Result Evaluator::pad(PadOp op) const {
  if (areUniform(operands))
    return operands.front().withType(type);
  const Literal &operand = operands.front();
  SmallVector<int64_t> held(operand.getHeldShape()), part = held, steps;
  for (int64_t d = 0, rank = type.getRank(); d < rank; ++d) {
    steps.push_back(op.getInteriorPadding()[d] + 1);
    if (op.getEdgePaddingLow()[d] == 0 && op.getInteriorPadding()[d] == 0 &&
        type.getDimSize(d) == operand.getShape()[d])
      continue;
    held[d] = type.getDimSize(d);
    part[d] = operand.getShape()[d];
  }
  // A splat operand may be any size, and much of it may be cut off.
  if (!fits(held) || !fits(part))
    return std::nullopt;
  std::vector<Element> elements(ShapedType::getNumElements(held),
                                operands.back()[0]);
  Literal source = operand.holding(part);
  if (source.isSplat())
    source = Literal(
        source.getType(), part,
        std::vector<Element>(ShapedType::getNumElements(part), operand[0]));
  paste(elements, held, source, op.getEdgePaddingLow(), steps);
  return Literal(type, held, std::move(elements));
}

Result Evaluator::updateSlice() const {
  if (areUniform(operands.take_front(2)))
    return operands.front();
  if (!fits())
    return std::nullopt;
  Literal operand = operands[0].holdingAll();
  std::vector<Element> elements;
  elements.reserve(type.getNumElements());
  for (int64_t i = 0, size = type.getNumElements(); i < size; ++i)
    elements.push_back(operand[i]);
  const Literal &update = operands[1];
  SmallVector<int64_t> starts = getClampedStarts(
      operands.drop_front(2), type.getShape(), update.getShape());
  SmallVector<int64_t> steps(type.getRank(), 1);
  paste(elements, type.getShape(), update.holdingAll(), starts, steps);
  return Literal(type, std::move(elements));
}

Result Evaluator::reduce(ReduceOp op) const {
  Combiner combiner(op.getBody());
  ElementFunction combine = getElementFunction(combiner);
  if (!combine)
    return std::nullopt;
  ArrayRef<int64_t> shape = operands[0].getShape();
  SmallVector<int64_t> taken(operands[0].getHeldShape()), held;
  for (int64_t d = 0, rank = shape.size(); d < rank; ++d)
    if (!llvm::is_contained(op.getDimensions(), d))
      held.push_back(taken[d]);
    else if (!combiner.isIdempotent())
      taken[d] = shape[d];
  if (!fits(taken))
    return std::nullopt;
  Literal input = operands[0].holding(taken);
  // The strides of the result, with reduced dimensions not moving in it.
  SmallVector<int64_t> strides(shape.size(), 0);
  SmallVector<int64_t> resultStrides = computeStrides(held);
  int64_t kept = 0;
  for (size_t d = 0; d < strides.size(); ++d)
    if (!llvm::is_contained(op.getDimensions(), int64_t(d)))
      strides[d] = resultStrides[kept++];

  std::vector<Element> elements(ShapedType::getNumElements(held),
                                operands[1][0]);
  int64_t next = 0;
  bool isKnown = true;
  forEachIndex(taken, [&](ArrayRef<int64_t> index) {
    Element &element = elements[linearize(index, strides)];
    std::optional<Element> value = combine({element, input[next++]});
    isKnown &= value.has_value();
    element = value.value_or(element);
  });
  if (!isKnown)
    return std::nullopt;
  return Literal(type, held, std::move(elements));
}

/// Element by element from the end that the sums start at. From the far end
/// that is another order than that of the elements.
Result Evaluator::accumulate(ReduceWindowOp op) const {
  Combiner combiner(op.getBody());
  ElementFunction combine = getElementFunction(combiner);
  std::optional<RunningWindow> window = RunningWindow::get(op);
  if (window && window->isReversed && !combiner.isCommutative())
    return std::nullopt;
  if (!combine || !window || !fits() || operands[0].getType() != type)
    return std::nullopt;
  Literal input = operands[0].holdingAll();
  int64_t total = type.getNumElements(), size = type.getDimSize(window->dim);
  int64_t stride = computeStrides(type.getShape())[window->dim];
  std::vector<Element> elements(total);
  for (int64_t step = 0; step < total; ++step) {
    int64_t i = window->isReversed ? total - 1 - step : step;
    bool isFirst = step / stride % size == 0;
    Element soFar =
        isFirst ? operands[1][0]
                : elements[window->isReversed ? i + stride : i - stride];
    std::optional<Element> value = combine({soFar, input[i]});
    if (!value)
      return std::nullopt;
    elements[i] = *value;
  }
  return Literal(type, std::move(elements));
}

/// Of windows along a batch dimension that start at the same place of the same
/// elements, one is held.
Result Evaluator::gather(GatherOp op) const {
  const Literal &array = operands[0], &indices = operands[1];
  if (array.isSplat())
    return array.withType(type);
  GatherDimensionNumbersAttr dims = op.getDimensionNumbers();
  SmallVector<int64_t> held(type.getShape()), arrayHeld(array.getHeldShape()),
      indicesHeld(indices.getHeldShape());
  // The dimensions of the indices, and of the array, for those of the result.
  SmallVector<int64_t> ofIndices(type.getRank(), -1),
      ofArray(type.getRank(), -1);
  int64_t nextOfIndices = 0, nextOfArray = 0;
  for (int64_t d = 0, rank = type.getRank(); d < rank; ++d) {
    if (llvm::is_contained(dims.getOffsetDims(), d)) {
      while (llvm::is_contained(dims.getCollapsedSliceDims(), nextOfArray) ||
             llvm::is_contained(dims.getOperandBatchingDims(), nextOfArray))
        ++nextOfArray;
      ofArray[d] = nextOfArray++;
      continue;
    }
    nextOfIndices += nextOfIndices == dims.getIndexVectorDim();
    ofIndices[d] = nextOfIndices++;
    const auto *at =
        llvm::find(dims.getStartIndicesBatchingDims(), ofIndices[d]);
    if (at != dims.getStartIndicesBatchingDims().end())
      ofArray[d] =
          dims.getOperandBatchingDims()[at - dims.getStartIndicesBatchingDims()
                                                 .begin()];
    if (indicesHeld[ofIndices[d]] == 1 &&
        (ofArray[d] < 0 || arrayHeld[ofArray[d]] == 1))
      held[d] = 1;
  }
  if (!fits(held))
    return std::nullopt;
  SmallVector<int64_t> arrayStrides = computeStrides(arrayHeld),
                       indicesStrides = computeStrides(indicesHeld);
  int64_t numIndices = dims.getStartIndexMap().size();
  bool isVector = dims.getIndexVectorDim() < int64_t(indicesHeld.size());
  std::vector<Element> elements;
  elements.reserve(ShapedType::getNumElements(held));
  forEachIndex(held, [&](ArrayRef<int64_t> index) {
    int64_t atIndices = 0;
    for (auto [i, d] : llvm::zip_equal(index, ofIndices))
      if (d >= 0 && indicesHeld[d] != 1)
        atIndices += i * indicesStrides[d];
    SmallVector<int64_t> place(arrayHeld.size(), 0);
    for (int64_t k = 0; k < numIndices; ++k) {
      int64_t at = atIndices;
      if (isVector && indicesHeld[dims.getIndexVectorDim()] != 1)
        at += k * indicesStrides[dims.getIndexVectorDim()];
      int64_t dim = dims.getStartIndexMap()[k];
      place[dim] = clampStart(indices.getInteger(at), array.getShape()[dim],
                              op.getSliceSizes()[dim]);
    }
    for (auto [i, d] : llvm::zip_equal(index, ofArray))
      if (d >= 0)
        place[d] += i;
    int64_t at = 0;
    for (auto [d, i] : llvm::enumerate(place))
      if (arrayHeld[d] != 1)
        at += i * arrayStrides[d];
    elements.push_back(array[at]);
  });
  return Literal(type, held, std::move(elements));
}

Result Evaluator::scatter(ScatterOp op) const {
  ElementFunction combine =
      getElementFunction(Combiner(op.getUpdateComputation()));
  if (!combine || !fits())
    return std::nullopt;
  Literal input = operands[0].holdingAll(), updates = operands[2].holdingAll();
  std::vector<Element> elements;
  for (int64_t i = 0, size = type.getNumElements(); i < size; ++i)
    elements.push_back(input[i]);
  int64_t next = 0;
  bool isKnown = true;
  GatherMap(op, operands[1].getIntegers()).forEachElement([&](int64_t i) {
    const Element &update = updates[next++];
    if (i < 0)
      return;
    std::optional<Element> value = combine({elements[i], update});
    isKnown &= value.has_value();
    elements[i] = value.value_or(elements[i]);
  });
  if (!isKnown)
    return std::nullopt;
  return Literal(type, std::move(elements));
}

Result Evaluator::run() {
  if (type.getNumElements() == 0)
    return Literal(type, {Element()});
  if (ElementFunction function = getElementFunction(op))
    return applyElementwise(function);
  if (auto iotaOp = dyn_cast<IotaOp>(op))
    return iota(iotaOp.getIotaDimension());
  if (isa<ReshapeOp>(op))
    return reshape();
  if (auto broadcastOp = dyn_cast<BroadcastInDimOp>(op))
    return broadcast(broadcastOp.getBroadcastDimensions());
  if (auto transposeOp = dyn_cast<TransposeOp>(op))
    return transpose(transposeOp.getPermutation());
  if (auto reverseOp = dyn_cast<ReverseOp>(op))
    return reverse(reverseOp.getDimensions());
  if (auto sliceOp = dyn_cast<SliceOp>(op))
    return slice(sliceOp.getStartIndices(), sliceOp.getStrides());
  if (auto sliceOp = dyn_cast<DynamicSliceOp>(op)) {
    SmallVector<int64_t> steps(type.getRank(), 1);
    return slice(getClampedStarts(operands.drop_front(),
                                  operands.front().getShape(),
                                  sliceOp.getSliceSizes()),
                 steps);
  }
  if (auto concatenateOp = dyn_cast<ConcatenateOp>(op))
    return concatenate(concatenateOp.getDimension());
  if (auto padOp = dyn_cast<PadOp>(op))
    return pad(padOp);
  if (isa<DynamicUpdateSliceOp>(op))
    return updateSlice();
  if (auto reduceOp = dyn_cast<ReduceOp>(op))
    return reduce(reduceOp);
  if (auto windowOp = dyn_cast<ReduceWindowOp>(op))
    return accumulate(windowOp);
  if (auto gatherOp = dyn_cast<GatherOp>(op))
    return gather(gatherOp);
  if (auto scatterOp = dyn_cast<ScatterOp>(op))
    return scatter(scatterOp);
  return std::nullopt;
}

std::optional<Literal> invhlo::evaluate(Operation *op,
                                        ArrayRef<Literal> operands,
                                        int64_t maxElements) {
  if (!canEvaluate(op))
    return std::nullopt;
  return Evaluator(op, operands, maxElements).run();
}

bool invhlo::canEvaluate(Operation *op) {
  if (op->getNumResults() != 1 || !Literal::canHold(op->getResult(0).getType()))
    return false;
  return isa<BroadcastInDimOp, ConcatenateOp, DynamicSliceOp,
             DynamicUpdateSliceOp, GatherOp, IotaOp, PadOp, ReduceOp,
             ReduceWindowOp, ReshapeOp, ReverseOp, ScatterOp, SliceOp,
             TransposeOp>(op) ||
         getElementFunction(op);
}
