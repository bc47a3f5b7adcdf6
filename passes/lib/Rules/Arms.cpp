// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Rules/Arms.h"

#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include <cmath>

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

SmallVector<Unit> invhlo::getUnitsOfArms(Operation *op) {
  SetVector<Value> captured;
  getUsedValuesDefinedAbove(op->getRegions(), captured);
  SmallVector<Unit> units;
  for (Region &arm : op->getRegions()) {
    Unit unit = Unit::get(arm.front(), captured.getArrayRef());
    unit.outside = llvm::to_vector(captured.getArrayRef());
    llvm::append_range(unit.outside, op->getResults());
    units.push_back(std::move(unit));
  }
  return units;
}

void invhlo::learnFromValues(Operation *op, Knowledge &knowledge) {
  for (auto [value, result] :
       llvm::zip_equal(getValuesBeside(op), op->getResults()))
    for (const Piece &piece : knowledge.getPieces(value))
      knowledge.learn(result, piece.where, {piece.data.value, {}});
}

bool invhlo::refuseOverlap(Operation *op, const Curve &curve,
                           Knowledge &knowledge) {
  std::optional<Curve::Overlap> overlap = curve.findOverlap();
  if (!overlap)
    return false;
  knowledge.refuse(op, "it is not injective: both " +
                           overlap->first->where.describe("x") + " and " +
                           overlap->second->where.describe("x") + " give " +
                           describe(overlap->result));
  return true;
}

bool invhlo::isComputedFrom(Operation *op, Value value, ValueRange sources) {
  if (llvm::is_contained(sources, value))
    return true;
  Operation *definition = value.getDefiningOp();
  if (!definition || !op->isProperAncestor(definition))
    return false;
  return llvm::any_of(getInputs(definition), [&](Value input) {
    return isComputedFrom(op, input, sources);
  });
}

Value invhlo::isOfArc(Emitter &e, const Curve &curve, const Arc &arc, Value y) {
  Interval image = arc.getImage();
  // An end that belongs to no arc is a result that was rounded to it.
  auto isTaken = [&](double end) {
    return llvm::any_of(curve.arcs,
                        [&](const Arc &other) { return other.takes(end); });
  };
  Value holds;
  auto require = [&](double bound, bool includes, ComparisonDirection strict,
                     ComparisonDirection loose) {
    if (std::isinf(bound))
      return;
    Value side = e.create<CompareOp>(
        y, e.fill(bound, y), includes || !isTaken(bound) ? loose : strict);
    holds = holds ? e.create<AndOp>(holds, side) : side;
  };
  require(image.low, image.includesLow, ComparisonDirection::GT,
          ComparisonDirection::GE);
  require(image.high, image.includesHigh, ComparisonDirection::LT,
          ComparisonDirection::LE);
  auto type = cast<RankedTensorType>(y.getType());
  return holds ? holds : e.fill(1, type.clone(e.getBuilder().getI1Type()));
}
