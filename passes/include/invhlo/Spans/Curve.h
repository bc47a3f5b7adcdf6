// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Functions of one number that are told apart by where it lies.

#ifndef INVHLO_SPANS_CURVE_H
#define INVHLO_SPANS_CURVE_H

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Spans/Spans.h"

namespace invhlo {

/// An arm over an interval.
struct Arc {
  /// Where the arm holds, and what its value is there.
  Interval where;
  Span span;

  /// The results of the arm, if its span is known.
  Interval getImage() const;
  /// Whether `result` is known to be one of the arm.
  bool takes(double result) const;
  /// The size of numbers that are added up beside an end of the arm.
  double getScale(double end) const;
};

/// Arms that compute one number from one captured value, in whose intervals
/// they hold.
struct Curve {
  mlir::Value x;
  /// One for each arm.
  llvm::SmallVector<Arc> arcs;
  /// How far numbers of their type are apart, beside 1.
  double eps = 0;

  /// None if other things are computed or compared.
  static std::optional<Curve> get(mlir::MutableArrayRef<mlir::Region> arms);

  /// Two arcs that have results in common, and one of these.
  struct Overlap {
    const Arc *first, *second;
    double result;
  };
  std::optional<Overlap> findOverlap() const;
  /// Whether each result is known to belong to one arc.
  bool isInjective() const;
  /// By how much rounding may take a result beyond an end of an arc.
  double getMargin(const Arc &arc, double end) const {
    return 16 * eps * arc.getScale(end);
  }
  /// Another arc than `arc` with an end within `margin` of `end`; null if there
  /// is none.
  const Arc *findArcAt(const Arc &arc, double end, double margin) const;
  /// Whether each number is known to be a result, but for rounding.
  bool coversAllResults() const;
};

} // namespace invhlo

#endif // INVHLO_SPANS_CURVE_H
