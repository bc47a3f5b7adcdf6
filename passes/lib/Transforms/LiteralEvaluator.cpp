// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Transforms/LiteralEvaluator.h"

#include "invhlo/StableHLO/StableHLO.h"
#include "invhlo/Transforms/LiteralArithmetic.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace {
using Result = std::optional<Literal>;

/// Evaluates one op. The methods named like ops assume that neither operands
/// nor result exceed the limit, except that they are splats.
class Evaluator {
public:
  Evaluator(Operation *op, ArrayRef<Literal> operands, int64_t maxElements)
      : op(op), operands(operands), maxElements(maxElements),
        type(cast<RankedTensorType>(op->getResult(0).getType())) {}

  Result run();

private:
  bool fits() const { return type.getNumElements() <= maxElements; }

  Result applyElementwise(const ElementFunction &function) const;
  /// Whether all of some operands are splats of one element.
  bool areUniform(ArrayRef<Literal> literals) const;
  /// `result[i] = operand[offset + i * strides]`.
  Result viewStrided(int64_t offset, ArrayRef<int64_t> strides) const;
  /// Writes `source` at `offsets + i * steps`; drops what is outside.
  void paste(std::vector<Element> &target, const Literal &source,
             ArrayRef<int64_t> offsets, ArrayRef<int64_t> steps) const;
  /// The start of a box of `sizes` inside `shape`, given by scalars.
  SmallVector<int64_t> getClampedStarts(ArrayRef<Literal> starts,
                                        ArrayRef<int64_t> shape,
                                        ArrayRef<int64_t> sizes) const;

  Result iota(int64_t dim) const;
  Result broadcast(ArrayRef<int64_t> dims) const;
  Result transpose(ArrayRef<int64_t> permutation) const;
  Result reverse(ArrayRef<int64_t> dims) const;
  Result slice(ArrayRef<int64_t> starts, ArrayRef<int64_t> steps) const;
  Result concatenate(int64_t dim) const;
  Result pad(PadOp op) const;
  Result updateSlice() const;
  Result reduce(ReduceOp op) const;
  Result accumulate(ReduceWindowOp op) const;

  Operation *op;
  ArrayRef<Literal> operands;
  int64_t maxElements;
  RankedTensorType type;
};
} // namespace

Result Evaluator::applyElementwise(const ElementFunction &function) const {
  bool isSplat = llvm::all_of(
      operands, [](const Literal &literal) { return literal.isSplat(); });
  if (!isSplat && !fits())
    return std::nullopt;
  std::vector<Element> elements(isSplat ? 1 : type.getNumElements());
  SmallVector<Element, 3> inputs(operands.size());
  for (auto [i, element] : llvm::enumerate(elements)) {
    for (auto [input, operand] : llvm::zip_equal(inputs, operands))
      input = operand[i];
    std::optional<Element> value = function(inputs);
    if (!value)
      return std::nullopt;
    element = *value;
  }
  return Literal(type, std::move(elements));
}

bool Evaluator::areUniform(ArrayRef<Literal> literals) const {
  return llvm::all_of(literals, [&](const Literal &literal) {
    return literal.isSplat() && literal[0] == literals.front()[0];
  });
}

Result Evaluator::viewStrided(int64_t offset, ArrayRef<int64_t> strides) const {
  const Literal &operand = operands.front();
  if (operand.isSplat())
    return operand.withType(type);
  if (!fits())
    return std::nullopt;
  std::vector<Element> elements;
  elements.reserve(type.getNumElements());
  forEachIndex(type.getShape(), [&](ArrayRef<int64_t> index) {
    elements.push_back(operand[offset + linearize(index, strides)]);
  });
  return Literal(type, std::move(elements));
}

void Evaluator::paste(std::vector<Element> &target, const Literal &source,
                      ArrayRef<int64_t> offsets,
                      ArrayRef<int64_t> steps) const {
  SmallVector<int64_t> strides = getStrides(type.getShape());
  int64_t next = 0;
  forEachIndex(source.getShape(), [&](ArrayRef<int64_t> index) {
    const Element &element = source[next++];
    int64_t position = 0;
    for (auto [d, i] : llvm::enumerate(index)) {
      int64_t at = offsets[d] + i * steps[d];
      if (at < 0 || at >= type.getDimSize(d))
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
    clamped.push_back(
        std::clamp(start.getInteger(0), int64_t(0), size - sliceSize));
  return clamped;
}

Result Evaluator::iota(int64_t dim) const {
  if (!fits())
    return std::nullopt;
  std::vector<Element> elements;
  elements.reserve(type.getNumElements());
  forEachIndex(type.getShape(), [&](ArrayRef<int64_t> index) {
    elements.push_back(toElement(index[dim], type.getElementType()));
  });
  return Literal(type, std::move(elements));
}

Result Evaluator::broadcast(ArrayRef<int64_t> dims) const {
  const Literal &operand = operands.front();
  SmallVector<int64_t> strides(type.getRank(), 0);
  SmallVector<int64_t> operandStrides = getStrides(operand.getShape());
  for (auto [d, dim] : llvm::enumerate(dims))
    if (operand.getShape()[d] != 1)
      strides[dim] = operandStrides[d];
  return viewStrided(0, strides);
}

Result Evaluator::transpose(ArrayRef<int64_t> permutation) const {
  SmallVector<int64_t> strides;
  SmallVector<int64_t> operandStrides = getStrides(operands.front().getShape());
  for (int64_t dim : permutation)
    strides.push_back(operandStrides[dim]);
  return viewStrided(0, strides);
}

Result Evaluator::reverse(ArrayRef<int64_t> dims) const {
  int64_t offset = 0;
  SmallVector<int64_t> strides = getStrides(type.getShape());
  for (int64_t dim : dims) {
    offset += (type.getDimSize(dim) - 1) * strides[dim];
    strides[dim] = -strides[dim];
  }
  return viewStrided(offset, strides);
}

Result Evaluator::slice(ArrayRef<int64_t> starts,
                        ArrayRef<int64_t> steps) const {
  SmallVector<int64_t> strides = getStrides(operands.front().getShape());
  int64_t offset = linearize(starts, strides);
  for (auto [stride, step] : llvm::zip_equal(strides, steps))
    stride *= step;
  return viewStrided(offset, strides);
}

Result Evaluator::concatenate(int64_t dim) const {
  if (areUniform(operands))
    return operands.front().withType(type);
  if (!fits())
    return std::nullopt;
  std::vector<Element> elements(type.getNumElements());
  SmallVector<int64_t> offsets(type.getRank(), 0), steps(type.getRank(), 1);
  for (const Literal &operand : operands) {
    paste(elements, operand, offsets, steps);
    offsets[dim] += operand.getShape()[dim];
  }
  return Literal(type, std::move(elements));
}

Result Evaluator::pad(PadOp op) const {
  if (areUniform(operands))
    return operands.front().withType(type);
  // A splat operand may be any size, and much of it may be cut off.
  if (!fits() || operands.front().getType().getNumElements() > maxElements)
    return std::nullopt;
  std::vector<Element> elements(type.getNumElements(), operands.back()[0]);
  SmallVector<int64_t> steps;
  for (int64_t interior : op.getInteriorPadding())
    steps.push_back(interior + 1);
  paste(elements, operands.front(), op.getEdgePaddingLow(), steps);
  return Literal(type, std::move(elements));
}

Result Evaluator::updateSlice() const {
  if (areUniform(operands.take_front(2)))
    return operands.front();
  if (!fits())
    return std::nullopt;
  std::vector<Element> elements;
  elements.reserve(type.getNumElements());
  for (int64_t i = 0, size = type.getNumElements(); i < size; ++i)
    elements.push_back(operands[0][i]);
  const Literal &update = operands[1];
  SmallVector<int64_t> starts = getClampedStarts(
      operands.drop_front(2), type.getShape(), update.getShape());
  SmallVector<int64_t> steps(type.getRank(), 1);
  paste(elements, update, starts, steps);
  return Literal(type, std::move(elements));
}

Result Evaluator::reduce(ReduceOp op) const {
  ElementFunction combine = getCombiner(op.getBody());
  const Literal &input = operands[0];
  if (!combine || !fits() || input.getType().getNumElements() > maxElements)
    return std::nullopt;
  // The strides of the result, with reduced dimensions not moving in it.
  SmallVector<int64_t> strides(input.getType().getRank(), 0);
  SmallVector<int64_t> resultStrides = getStrides(type.getShape());
  int64_t kept = 0;
  for (size_t d = 0; d < strides.size(); ++d)
    if (!llvm::is_contained(op.getDimensions(), int64_t(d)))
      strides[d] = resultStrides[kept++];

  std::vector<Element> elements(type.getNumElements(), operands[1][0]);
  int64_t next = 0;
  bool isKnown = true;
  forEachIndex(input.getShape(), [&](ArrayRef<int64_t> index) {
    Element &element = elements[linearize(index, strides)];
    std::optional<Element> value = combine({element, input[next++]});
    isKnown &= value.has_value();
    element = value.value_or(element);
  });
  if (!isKnown)
    return std::nullopt;
  return Literal(type, std::move(elements));
}

/// A window as long as its dimension, padded on one side so that every element
/// combines all up to it, or all from it on, as `cumsum` does.
Result Evaluator::accumulate(ReduceWindowOp op) const {
  ElementFunction combine = getCombiner(op.getBody());
  const Literal &input = operands[0];
  auto areOnes = [](std::optional<ArrayRef<int64_t>> values) {
    return !values || llvm::all_of(*values, [](int64_t v) { return v == 1; });
  };
  if (!combine || !fits() || input.getType() != type ||
      !areOnes(op.getWindowStrides()) || !areOnes(op.getBaseDilations()) ||
      !areOnes(op.getWindowDilations()))
    return std::nullopt;

  SmallVector<int64_t> padding(2 * type.getRank(), 0);
  if (op.getPadding())
    llvm::copy(op.getPadding()->getValues<int64_t>(), padding.begin());
  std::optional<int64_t> dim;
  for (auto [d, window] : llvm::enumerate(op.getWindowDimensions())) {
    if (window == 1)
      continue;
    if (dim || window != type.getDimSize(d))
      return std::nullopt;
    dim = d;
  }
  if (!dim)
    return std::nullopt;
  int64_t size = type.getDimSize(*dim);
  bool isForward = padding[2 * *dim] == size - 1;
  if (padding[2 * *dim + !isForward] != size - 1)
    return std::nullopt;

  // Element by element from the end that the sums start at.
  int64_t total = type.getNumElements();
  int64_t stride = getStrides(type.getShape())[*dim];
  std::vector<Element> elements(total);
  for (int64_t step = 0; step < total; ++step) {
    int64_t i = isForward ? step : total - 1 - step;
    bool isFirst = step / stride % size == 0;
    Element soFar = isFirst ? operands[1][0]
                            : elements[isForward ? i - stride : i + stride];
    std::optional<Element> value = combine({soFar, input[i]});
    if (!value)
      return std::nullopt;
    elements[i] = *value;
  }
  return Literal(type, std::move(elements));
}

Result Evaluator::run() {
  if (ElementFunction function = getElementFunction(op))
    return applyElementwise(function);
  if (auto iotaOp = dyn_cast<IotaOp>(op))
    return iota(iotaOp.getIotaDimension());
  if (isa<ReshapeOp>(op))
    return operands.front().withType(type);
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
  if (isa<GatherOp>(op)) {
    if (operands.front().isSplat())
      return operands.front().withType(type);
    return fits() ? evaluateGather(op, operands) : std::nullopt;
  }
  if (isa<ScatterOp>(op)) {
    auto isSmall = [&](const Literal &operand) {
      return operand.getType().getNumElements() <= maxElements;
    };
    return llvm::all_of(operands, isSmall) ? evaluateScatter(op, operands)
                                           : std::nullopt;
  }
  return std::nullopt;
}

DenseElementsAttr invhlo::evaluate(Operation *op,
                                   ArrayRef<DenseElementsAttr> operands,
                                   int64_t maxElements) {
  if (op->getNumResults() != 1 || !Literal::canHold(op->getResult(0).getType()))
    return nullptr;
  SmallVector<Literal, 3> literals;
  for (DenseElementsAttr operand : operands) {
    if (!operand.isSplat() && operand.getNumElements() > maxElements)
      return nullptr;
    std::optional<Literal> literal = Literal::get(operand);
    if (!literal)
      return nullptr;
    literals.push_back(std::move(*literal));
  }
  Result result = Evaluator(op, literals, maxElements).run();
  return result ? result->toAttr() : nullptr;
}
