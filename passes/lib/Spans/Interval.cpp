// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Spans/Interval.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <cmath>

using namespace invhlo;
using stablehlo::ComparisonDirection;

Interval Interval::intersect(const Interval &other) const {
  Interval both = *this;
  if (other.low > low || (other.low == low && !other.includesLow)) {
    both.low = other.low;
    both.includesLow = other.includesLow;
  }
  if (other.high < high || (other.high == high && !other.includesHigh)) {
    both.high = other.high;
    both.includesHigh = other.includesHigh;
  }
  return both;
}

std::optional<Interval> Interval::join(const Interval &other) const {
  if (low == other.high && includesLow != other.includesHigh)
    return Interval{other.low, high, other.includesLow, includesHigh};
  if (high == other.low && includesHigh != other.includesLow)
    return Interval{low, other.high, includesLow, other.includesHigh};
  return std::nullopt;
}

double Interval::getMiddle() const {
  if (std::isinf(low) && std::isinf(high))
    return 0.5;
  if (std::isinf(high))
    return low + std::fmax(1, std::fabs(low) / 2);
  if (std::isinf(low))
    return high - std::fmax(1, std::fabs(high) / 2);
  return low + (high - low) / 2;
}

std::optional<Interval> Interval::get(ComparisonDirection direction,
                                      double threshold) {
  Interval where;
  switch (direction) {
  case ComparisonDirection::EQ:
    where.low = where.high = threshold;
    return where;
  case ComparisonDirection::NE:
    return std::nullopt;
  case ComparisonDirection::GE:
  case ComparisonDirection::GT:
    where.low = threshold;
    where.includesLow = direction == ComparisonDirection::GE;
    return where;
  case ComparisonDirection::LE:
  case ComparisonDirection::LT:
    where.high = threshold;
    where.includesHigh = direction == ComparisonDirection::LE;
    return where;
  }
  llvm_unreachable("no direction");
}

std::string invhlo::describe(double number) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%g", number);
  return text;
}

std::string Interval::describe(llvm::StringRef name) const {
  std::string from = invhlo::describe(low), to = invhlo::describe(high);
  auto join = [](auto... parts) { return (llvm::Twine(parts) + ...).str(); };
  if (isPoint())
    return join(name, " = ", from);
  if (std::isinf(low) && std::isinf(high))
    return join("any ", name);
  if (std::isinf(high))
    return join(name, includesLow ? " >= " : " > ", from);
  if (std::isinf(low))
    return join(name, includesHigh ? " <= " : " < ", to);
  return join(from, includesLow ? " <= " : " < ", name,
              includesHigh ? " <= " : " < ", to);
}

ComparisonDirection invhlo::negate(ComparisonDirection direction) {
  switch (direction) {
  case ComparisonDirection::EQ:
    return ComparisonDirection::NE;
  case ComparisonDirection::NE:
    return ComparisonDirection::EQ;
  case ComparisonDirection::GE:
    return ComparisonDirection::LT;
  case ComparisonDirection::GT:
    return ComparisonDirection::LE;
  case ComparisonDirection::LE:
    return ComparisonDirection::GT;
  case ComparisonDirection::LT:
    return ComparisonDirection::GE;
  }
  llvm_unreachable("no direction");
}

ComparisonDirection invhlo::exchange(ComparisonDirection direction) {
  switch (direction) {
  case ComparisonDirection::EQ:
  case ComparisonDirection::NE:
    return direction;
  case ComparisonDirection::GE:
    return ComparisonDirection::LE;
  case ComparisonDirection::GT:
    return ComparisonDirection::LT;
  case ComparisonDirection::LE:
    return ComparisonDirection::GE;
  case ComparisonDirection::LT:
    return ComparisonDirection::GT;
  }
  llvm_unreachable("no direction");
}
