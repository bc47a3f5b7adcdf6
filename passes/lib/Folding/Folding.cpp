// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Folding/Folding.h"

#include "invhlo/Folding/Simplification.h"
#include "invhlo/Literals/LiteralEvaluator.h"
#include "invhlo/Literals/LiteralLookup.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

DenseElementsAttr invhlo::getWrittenLiteral(Value value) {
  DenseElementsAttr attr;
  if (auto broadcast = value.getDefiningOp<BroadcastInDimOp>())
    value = broadcast.getOperand();
  return matchPattern(value, m_Constant(&attr)) ? attr : nullptr;
}

/// The literals that all `values` are, unless they hold more than `maxElements`
/// elements. What the program's text holds of integers is few.
static std::optional<SmallVector<Literal>> getLiterals(ValueRange values,
                                                       int64_t &maxElements) {
  for (Value value : values) {
    DenseElementsAttr constant = getWrittenLiteral(value);
    if (!constant)
      return std::nullopt;
    if (constant.getElementType().isInteger() && !constant.isSplat())
      maxElements = std::max(maxElements, constant.getNumElements());
  }
  SmallVector<Literal> literals;
  for (Value value : values) {
    DenseElementsAttr constant = getWrittenLiteral(value);
    if (!constant.isSplat() && constant.getNumElements() > maxElements)
      return std::nullopt;
    std::optional<Literal> literal = findLiteral(value);
    if (!literal)
      return std::nullopt;
    literals.push_back(std::move(*literal));
  }
  return literals;
}

/// Writes a literal as a constant or, if it has more than `maxElements`
/// elements, as one of those that it holds, broadcast.
static Value createLiteral(OpBuilder &b, Location loc, const Literal &literal,
                           int64_t maxElements) {
  RankedTensorType type = literal.getType();
  ArrayRef<int64_t> held = literal.getHeldShape();
  if (literal.isSplat() || held == type.getShape() ||
      type.getNumElements() <= maxElements)
    return ConstantOp::create(b, loc, literal.toAttr());
  SmallVector<int64_t> dims, sizes;
  for (auto [d, size] : llvm::enumerate(held)) {
    if (size == 1)
      continue;
    dims.push_back(d);
    sizes.push_back(size);
  }
  DenseElementsAttr elements = literal.toHeldAttr();
  Value constant =
      ConstantOp::create(b, loc, elements.reshape(type.clone(sizes)));
  return BroadcastInDimOp::create(b, loc, type, constant, dims);
}

/// What an op of literals gives, unless it is written as `fold` would.
static std::optional<Literal> evaluateLiterals(Operation *op,
                                               int64_t maxElements) {
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  bool isLarge =
      type && type.hasStaticShape() && type.getNumElements() > maxElements;
  DenseElementsAttr written = getWrittenLiteral(op->getResult(0));
  if (written && isLarge && !written.isSplat())
    return std::nullopt;
  int64_t limit = maxElements;
  if (auto literals = getLiterals(op->getOperands(), limit))
    return evaluate(op, *literals, limit);
  return std::nullopt;
}

Value invhlo::fold(Operation *op, OpBuilder &b, int64_t maxElements) {
  if (op->getNumResults() != 1 || op->hasTrait<OpTrait::ConstantLike>())
    return nullptr;
  if (std::optional<Literal> literal = evaluateLiterals(op, maxElements))
    return createLiteral(b, op->getLoc(), *literal, maxElements);
  return simplify(op, b);
}

Block *invhlo::getChosenBranch(Operation *op) {
  DenseIntElementsAttr attr;
  if (!isa<CaseOp, IfOp>(op) ||
      !matchPattern(op->getOperand(0), m_Constant(&attr)))
    return nullptr;
  APInt value = *attr.value_begin<APInt>();
  if (auto ifOp = dyn_cast<IfOp>(op))
    return &(value.isZero() ? ifOp.getFalseBranch() : ifOp.getTrueBranch())
                .front();
  // An index out of range, negative ones included, means the last branch.
  unsigned last = op->getNumRegions() - 1;
  return &op->getRegion(value.getLimitedValue(last)).front();
}
