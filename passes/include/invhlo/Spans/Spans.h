// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What values are while a number that they are computed from goes through an
// interval.

#ifndef INVHLO_SPANS_SPANS_H
#define INVHLO_SPANS_SPANS_H

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Spans/Interval.h"
#include "llvm/ADT/DenseMap.h"
#include <cmath>

namespace invhlo {

/// The number that every element of a constant is.
std::optional<double> getNumber(mlir::Value value);

/// From one to the next number of the type of a float tensor's elements.
double getEpsilon(mlir::Value floats);

/// What is known of a value: NaN stands for a number that is not known.
struct Span {
  enum Kind { Constant, Monotone, Unknown } kind = Unknown;
  /// At the low end of the interval, in its middle, and at its high end.
  double low = NAN, middle = NAN, high = NAN;

  /// Whether the value goes one way, from a known number to another.
  bool isKnown() const {
    return kind == Monotone && !std::isnan(low) && !std::isnan(middle) &&
           !std::isnan(high);
  }
  /// Whether it is known to lie between two numbers.
  bool isWithin(double least, double most) const {
    return std::fmin(low, high) >= least && std::fmax(low, high) <= most &&
           !std::isnan(low) && !std::isnan(high);
  }
  bool isIncreasing() const { return low < high; }
};

/// The spans of values that are computed, element by element, from `x`, which
/// goes through `where`. What is computed from other values is constant. Of ops
/// that map several numbers to one, a span is told only where the op's inverse
/// gives back the numbers that the operand goes through.
class Spans {
public:
  Spans(mlir::Value x, Interval where) : x(x), where(where) {}

  Span get(mlir::Value value);
  const Interval &getInterval() const { return where; }

private:
  Span compute(mlir::Operation *op);
  /// A function that goes one way from `least` to `most`.
  Span apply(mlir::Value operand, double (*function)(double),
             double least = -INFINITY, double most = INFINITY);
  /// `operand` to the `exponent`.
  Span raise(const Span &operand, double exponent);
  Span divide(FractionOp op);
  Span add(const Span &a, const Span &b);
  Span multiply(const Span &a, const Span &b);

  mlir::Value x;
  Interval where;
  /// Where the values are that were asked for: others are constant.
  mlir::Block *block = nullptr;
  llvm::DenseMap<mlir::Value, Span> spans;
};

} // namespace invhlo

#endif // INVHLO_SPANS_SPANS_H
