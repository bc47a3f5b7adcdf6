// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Reductions of several literals at once.

#include "invhlo/Literals/LiteralEvaluator.h"
#include "invhlo/StableHLO/Analysis/Indices.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

/// What a block computes of scalars; none where it uses anything else.
static std::optional<SmallVector<Literal>> run(Block &block,
                                               ArrayRef<Literal> arguments) {
  llvm::DenseMap<Value, Literal> values;
  for (auto [argument, literal] :
       llvm::zip_equal(block.getArguments(), arguments))
    values.try_emplace(argument, literal);
  auto lookUp = [&](ValueRange range) {
    SmallVector<Literal> found;
    for (Value value : range)
      if (auto it = values.find(value); it != values.end())
        found.push_back(it->second);
    return found;
  };
  for (Operation &op : block.without_terminator()) {
    DenseElementsAttr attr;
    std::optional<Literal> literal;
    SmallVector<Literal> operands = lookUp(op.getOperands());
    if (matchPattern(&op, m_Constant(&attr)))
      literal = Literal::get(attr);
    else if (operands.size() == op.getNumOperands())
      literal = evaluate(&op, operands, /*maxElements=*/1);
    if (!literal)
      return std::nullopt;
    values.try_emplace(op.getResult(0), std::move(*literal));
  }
  SmallVector<Literal> returned = lookUp(block.getTerminator()->getOperands());
  if (returned.size() != block.getTerminator()->getNumOperands())
    return std::nullopt;
  return returned;
}

/// Combines all elements, the first or the last one first.
static std::optional<SmallVector<Literal>>
reduce(ReduceOp op, ArrayRef<Literal> operands, bool isReversed) {
  size_t n = op->getNumResults();
  ArrayRef<int64_t> shape = operands[0].getShape();
  SmallVector<Literal> inputs, combined;
  for (const Literal &operand : operands.take_front(n))
    inputs.push_back(operand.holdingAll());
  auto resultType = cast<RankedTensorType>(op->getResult(0).getType());
  SmallVector<int64_t> strides(shape.size(), 0);
  SmallVector<int64_t> resultStrides = computeStrides(resultType.getShape());
  for (size_t d = 0, kept = 0; d < strides.size(); ++d)
    if (!llvm::is_contained(op.getDimensions(), int64_t(d)))
      strides[d] = resultStrides[kept++];

  SmallVector<SmallVector<Literal>> soFar(
      resultType.getNumElements(),
      SmallVector<Literal>(operands.drop_front(n)));
  SmallVector<int64_t> places;
  forEachIndex(shape, [&](ArrayRef<int64_t> index) {
    places.push_back(linearize(index, strides));
  });
  for (size_t step = 0; step < places.size(); ++step) {
    size_t i = isReversed ? places.size() - 1 - step : step;
    SmallVector<Literal> &values = soFar[places[i]];
    SmallVector<Literal> arguments = values;
    for (auto [value, input] : llvm::zip_equal(values, inputs))
      arguments.push_back(Literal(value.getType(), {input[i]}));
    std::optional<SmallVector<Literal>> next =
        run(op.getBody().front(), arguments);
    if (!next)
      return std::nullopt;
    values = std::move(*next);
  }
  for (size_t k = 0; k < n; ++k) {
    std::vector<Element> elements;
    for (const SmallVector<Literal> &values : soFar)
      elements.push_back(values[k][0]);
    combined.push_back(
        Literal(cast<RankedTensorType>(op->getResult(k).getType()), elements));
  }
  return combined;
}

std::optional<SmallVector<Literal>>
invhlo::evaluateResults(Operation *op, ArrayRef<Literal> operands,
                        int64_t maxElements) {
  if (op->getNumResults() == 1)
    if (std::optional<Literal> literal = evaluate(op, operands, maxElements))
      return SmallVector<Literal>{std::move(*literal)};
  auto reduction = dyn_cast<ReduceOp>(op);
  if (!reduction || !llvm::all_of(operands, [&](const Literal &operand) {
        return operand.getElementType().isInteger() &&
               operand.getType().getNumElements() <= maxElements;
      }))
    return std::nullopt;
  // StableHLO leaves the order open.
  auto first = reduce(reduction, operands, /*isReversed=*/false);
  auto second = reduce(reduction, operands, /*isReversed=*/true);
  if (!first || !second)
    return std::nullopt;
  for (auto [a, b] : llvm::zip_equal(*first, *second))
    if (a.getIntegers() != b.getIntegers())
      return std::nullopt;
  return first;
}
