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

Value invhlo::isOfArc(Emitter &e, const Curve &curve, const Arc &arc, Value y,
                      bool allowsRounding) {
  Interval image = arc.getImage();
  auto compare = [&](double bound, ComparisonDirection direction) -> Value {
    return e.create<CompareOp>(y, e.fill(bound, y), direction);
  };
  using Direction = ComparisonDirection;
  Value low, high;
  if (!std::isinf(image.low)) {
    double margin = curve.getMargin(arc, image.low);
    const Arc *below = curve.findArcAt(arc, image.low, margin);
    bool isOpen = allowsRounding && !below;
    double bound = isOpen ? image.low - margin : image.low;
    bool includes =
        image.includesLow || isOpen || (below && !below->takes(image.low));
    low = compare(bound, includes ? Direction::GE : Direction::GT);
  }
  if (!std::isinf(image.high)) {
    double margin = curve.getMargin(arc, image.high);
    const Arc *above = curve.findArcAt(arc, image.high, margin);
    // Both sides of a seam take the same number for it, that of the upper one.
    bool isOpen = allowsRounding && !above;
    double bound = isOpen                           ? image.high + margin
                   : above && above->span.isKnown() ? above->getImage().low
                                                    : image.high;
    bool includes =
        isOpen || (image.includesHigh && !(above && above->takes(bound)));
    high = compare(bound, includes ? Direction::LE : Direction::LT);
  }
  Value holds = low && high ? e.create<AndOp>(low, high) : low ? low : high;
  auto type = cast<RankedTensorType>(y.getType());
  return holds ? holds : e.fill(1, type.clone(e.getBuilder().getI1Type()));
}
