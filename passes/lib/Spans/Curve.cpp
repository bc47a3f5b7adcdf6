// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Spans/Curve.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

/// Whether a value is one number.
static bool isOneNumber(Value value) {
  return cast<RankedTensorType>(value.getType()).getNumElements() == 1;
}

namespace {

/// Reads of a predicate where it holds.
class PredicateReader {
public:
  explicit PredicateReader(Region &arm) : arm(arm) {}

  /// Whether it compares one captured value, `x`, with numbers, and holds in
  /// the interval `where`.
  bool read(Value predicate) {
    if (auto reshape = predicate.getDefiningOp<ReshapeOp>())
      return isOneNumber(reshape) && read(reshape.getOperand());
    if (auto both = predicate.getDefiningOp<AndOp>())
      return read(both.getLhs()) && read(both.getRhs());
    auto compare = predicate.getDefiningOp<CompareOp>();
    if (!compare)
      return false;
    Value compared = compare.getLhs();
    std::optional<double> bound = getNumber(compare.getRhs());
    if ((x && compared != x) || !bound ||
        arm.isAncestor(compared.getParentRegion()))
      return false;
    std::optional<Interval> half =
        Interval::get(compare.getComparisonDirection(), *bound);
    if (!half)
      return false;
    x = compared;
    where = where.intersect(*half);
    return true;
  }

  Value x;
  Interval where;

private:
  Region &arm;
};

} // namespace

/// A number is reached at infinity by rounding alone.
static bool isReached(double end, double result) {
  return !std::isinf(end) || std::isinf(result);
}

Interval Arc::getImage() const {
  bool includesLow = where.includesLow && isReached(where.low, span.low);
  bool includesHigh = where.includesHigh && isReached(where.high, span.high);
  if (span.isIncreasing())
    return {span.low, span.high, includesLow, includesHigh};
  return {span.high, span.low, includesHigh, includesLow};
}

bool Arc::takes(double result) const {
  auto isAt = [&](bool includes, double end, double there) {
    return includes && there == result && isReached(end, there);
  };
  return (span.isKnown() && getImage().contains(result)) ||
         isAt(where.includesLow, where.low, span.low) ||
         isAt(where.includesHigh, where.high, span.high);
}

const Arc *Curve::findArcAt(const Arc &arc, double end, double margin) const {
  for (const Arc &other : arcs)
    if (&other != &arc && (std::fabs(other.span.low - end) <= margin ||
                           std::fabs(other.span.high - end) <= margin))
      return &other;
  return nullptr;
}

double Arc::getScale(double end) const {
  double across = std::fabs(span.middle - end);
  return std::fmax(std::fabs(end), std::isfinite(across) ? across : 0);
}

std::optional<Curve> Curve::get(MutableArrayRef<Region> arms) {
  Curve curve;
  for (Region &arm : arms) {
    PredicateReader reader(arm);
    if (getArmValues(arm).size() != 1 || !reader.read(getArmPredicate(arm)) ||
        (curve.x && reader.x != curve.x))
      return std::nullopt;
    curve.x = reader.x;
    Value value = getArmValues(arm)[0];
    bool areNumbers = isOneNumber(curve.x) && isOneNumber(value);
    if ((curve.x.getType() != value.getType() && !areNumbers) ||
        getElementTypeOrSelf(curve.x) != getElementTypeOrSelf(value) ||
        !isa<FloatType>(getElementTypeOrSelf(curve.x)))
      return std::nullopt;
    curve.eps = getEpsilon(curve.x);
    Spans spans(curve.x, reader.where);
    curve.arcs.push_back({reader.where, spans.get(value)});
  }
  return curve;
}

std::optional<Curve::Overlap> Curve::findOverlap() const {
  // Formulas of one function that meet at a seam may differ a little there.
  constexpr double kSeam = 1e-3;
  for (auto [i, first] : llvm::enumerate(arcs))
    for (const Arc &second : ArrayRef(arcs).drop_front(i + 1)) {
      if (!first.span.isKnown() || !second.span.isKnown())
        continue;
      Interval common = first.getImage().intersect(second.getImage());
      if (common.isEmpty() || common.isPoint())
        continue;
      bool isSeam = first.where.low == second.where.high ||
                    first.where.high == second.where.low;
      double size = std::fmax(
          std::fmax(first.getScale(common.low), first.getScale(common.high)),
          std::fmax(second.getScale(common.low), second.getScale(common.high)));
      if (!isSeam || std::isinf(size) ||
          common.high - common.low > kSeam * size)
        return Overlap{&first, &second, common.getMiddle()};
    }
  return std::nullopt;
}

bool Curve::isInjective() const {
  return llvm::all_of(arcs,
                      [](const Arc &arc) { return arc.span.isKnown(); }) &&
         !findOverlap();
}

bool Curve::coversAllResults() const {
  SmallVector<Interval> images;
  for (const Arc &arc : arcs) {
    if (!arc.span.isKnown())
      return false;
    Interval image = arc.getImage();
    images.push_back({image.low - getMargin(arc, image.low),
                      image.high + getMargin(arc, image.high)});
  }
  llvm::sort(images, [](const Interval &a, const Interval &b) {
    return a.low < b.low;
  });
  double reached = -INFINITY;
  for (const Interval &image : images) {
    if (!(image.low <= reached))
      return false;
    reached = std::fmax(reached, image.high);
  }
  return reached == INFINITY;
}
