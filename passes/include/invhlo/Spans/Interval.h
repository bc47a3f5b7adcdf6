// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Intervals of real numbers.

#ifndef INVHLO_SPANS_INTERVAL_H
#define INVHLO_SPANS_INTERVAL_H

#include "invhlo/StableHLO/StableHLO.h"
#include <limits>
#include <optional>
#include <string>

namespace invhlo {

/// The numbers from `low` to `high`, each with or without the end itself.
struct Interval {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool includesLow = true, includesHigh = true;

  bool isPoint() const { return low == high; }
  bool isEmpty() const {
    return low > high || (low == high && !(includesLow && includesHigh));
  }
  bool contains(double x) const {
    return (low < x || (includesLow && low == x)) &&
           (x < high || (includesHigh && x == high));
  }
  Interval intersect(const Interval &other) const;
  /// Both, if one begins where the other ends.
  std::optional<Interval> join(const Interval &other) const;
  /// A number inside, where there is room away from the ends if there can be.
  double getMiddle() const;

  /// The numbers x with `x <direction> threshold`; none for NE, which are no
  /// interval.
  static std::optional<Interval> get(stablehlo::ComparisonDirection direction,
                                     double threshold);

  /// As a condition on `name`: "x > 0", "-1 <= x < 2".
  std::string describe(llvm::StringRef name) const;
};

/// A number in six digits.
std::string describe(double number);

/// The direction that holds where `direction` does not, but for NaN.
stablehlo::ComparisonDirection negate(stablehlo::ComparisonDirection direction);
/// The direction with the sides exchanged.
stablehlo::ComparisonDirection
exchange(stablehlo::ComparisonDirection direction);

} // namespace invhlo

#endif // INVHLO_SPANS_INTERVAL_H
