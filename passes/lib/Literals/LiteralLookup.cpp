// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Literals/LiteralLookup.h"

#include "invhlo/Literals/LiteralEvaluator.h"
#include "invhlo/StableHLO/Analysis/Indices.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace invhlo;

/// The most ops that are looked at to find what a value is.
static constexpr size_t kMostOps = 64;

/// The ops that `value` is computed by, operands first; none unless all can be
/// evaluated.
static SmallVector<Operation *> findOps(Value value) {
  llvm::SetVector<Operation *> ordered;
  DenseSet<Operation *> opened;
  SmallVector<Value> pending = {value};
  while (!pending.empty()) {
    Operation *op = pending.back().getDefiningOp();
    if (!op)
      return {};
    if (ordered.contains(op)) {
      pending.pop_back();
      continue;
    }
    bool isLeaf = op->hasTrait<OpTrait::ConstantLike>();
    if (isLeaf || !opened.insert(op).second) {
      ordered.insert(op);
      pending.pop_back();
    } else if (opened.size() > kMostOps || !canEvaluate(op)) {
      return {};
    } else {
      llvm::append_range(pending, op->getOperands());
    }
  }
  return ordered.takeVector();
}

std::optional<Literal> invhlo::findLiteral(Value value, int64_t maxElements) {
  llvm::DenseMap<Value, Literal> found;
  for (Operation *op : findOps(value)) {
    DenseElementsAttr attr;
    std::optional<Literal> literal;
    if (matchPattern(op, m_Constant(&attr))) {
      literal = Literal::get(attr);
    } else {
      SmallVector<Literal, 3> operands;
      for (Value operand : op->getOperands())
        operands.push_back(found.at(operand));
      literal = evaluate(op, operands, maxElements);
    }
    if (!literal)
      return std::nullopt;
    found.try_emplace(op->getResult(0), std::move(*literal));
  }
  auto it = found.find(value);
  return it == found.end() ? std::nullopt : std::optional(it->second);
}

std::optional<int64_t> invhlo::getConstantInteger(Value value) {
  DenseIntElementsAttr attr;
  if (!matchPattern(value, m_Constant(&attr)) || !attr.isSplat())
    return std::nullopt;
  std::optional<Literal> literal = Literal::get(attr);
  return literal ? std::optional(literal->getInteger(0)) : std::nullopt;
}

std::optional<SmallVector<int64_t>>
invhlo::getConstantStarts(ValueRange starts, ArrayRef<int64_t> shape,
                          ArrayRef<int64_t> sizes) {
  SmallVector<int64_t> clamped;
  for (auto [value, size, boxSize] : llvm::zip_equal(starts, shape, sizes)) {
    std::optional<int64_t> start = getConstantInteger(value);
    if (size == boxSize)
      start = 0;
    if (!start)
      return std::nullopt;
    clamped.push_back(stablehlo::clampStart(*start, size, boxSize));
  }
  return clamped;
}
