// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Shorthand in which the rules write their formulas.

#ifndef INVHLO_RULES_EMITTER_H
#define INVHLO_RULES_EMITTER_H

#include "invhlo/Interfaces/Box.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/TypeUtilities.h"
#include <limits>

namespace invhlo {

/// A formula, and a point at which it and its derivatives are finite.
struct Arm {
  double regular;
  llvm::function_ref<mlir::Value(mlir::Value)> formula;
};

/// Builds ops at one location. C++ leaves the order open in which arguments
/// are evaluated, so a call whose arguments emit has at most one that does.
class Emitter {
public:
  Emitter(mlir::OpBuilder &builder, mlir::Location loc)
      : builder(builder), loc(loc) {}

  mlir::OpBuilder &getBuilder() { return builder; }
  mlir::Location getLoc() const { return loc; }

  /// Any op whose result types follow from its operands.
  template <typename Op, typename... Args>
  mlir::Value create(Args &&...args) {
    return Op::create(builder, loc, std::forward<Args>(args)...);
  }

  mlir::Value add(mlir::Value a, mlir::Value b) {
    return create<stablehlo::AddOp>(a, b);
  }
  mlir::Value sub(mlir::Value a, mlir::Value b) {
    return create<stablehlo::SubtractOp>(a, b);
  }
  mlir::Value mul(mlir::Value a, mlir::Value b) {
    return create<stablehlo::MulOp>(a, b);
  }
  mlir::Value div(mlir::Value a, mlir::Value b) {
    return create<stablehlo::DivOp>(a, b);
  }
  mlir::Value neg(mlir::Value a) { return create<stablehlo::NegOp>(a); }
  mlir::Value abs(mlir::Value a) { return create<stablehlo::AbsOp>(a); }
  mlir::Value exp(mlir::Value a) { return create<stablehlo::ExpOp>(a); }
  mlir::Value log(mlir::Value a) { return create<stablehlo::LogOp>(a); }
  /// log(1 + a).
  mlir::Value log1p(mlir::Value a);
  mlir::Value expm1(mlir::Value a) { return create<stablehlo::Expm1Op>(a); }
  mlir::Value less(mlir::Value a, mlir::Value b) {
    return create<stablehlo::CompareOp>(a, b,
                                        stablehlo::ComparisonDirection::LT);
  }
  /// Whether low < a < high.
  mlir::Value isBetween(double low, mlir::Value a, double high);
  /// Whether a == b.
  mlir::Value equal(mlir::Value a, mlir::Value b) {
    return create<stablehlo::CompareOp>(a, b,
                                        stablehlo::ComparisonDirection::EQ);
  }
  /// Whether a != b.
  mlir::Value differ(mlir::Value a, mlir::Value b) {
    return create<stablehlo::CompareOp>(a, b,
                                        stablehlo::ComparisonDirection::NE);
  }
  /// `a` where `pred` holds, else `b`.
  /// Derivatives go through `a` and `b` both: where one is not taken, reverse
  /// mode multiplies its derivative by zero. `branch` is for formulas whose
  /// derivative may be infinite there.
  mlir::Value select(mlir::Value pred, mlir::Value a, mlir::Value b) {
    return create<stablehlo::SelectOp>(pred, a, b);
  }
  /// `x` where `pred` holds, else `otherwise`.
  mlir::Value guard(mlir::Value pred, mlir::Value x, double otherwise) {
    return select(pred, x, fill(otherwise, x));
  }
  /// The formula of `a` for x where `pred` holds, that of `b` elsewhere. Each
  /// gets x where it is taken and its regular point elsewhere, so that values
  /// and derivatives of what is not taken are finite.
  mlir::Value branch(mlir::Value pred, mlir::Value x, Arm a, Arm b);
  /// The odd function that is `formula` for x of at least 0.
  mlir::Value odd(mlir::Value x,
                  llvm::function_ref<mlir::Value(mlir::Value)> formula);
  /// |a|, with the derivative 1 at 0.
  mlir::Value magnitude(mlir::Value a);
  /// The real part; of a real tensor, the tensor itself.
  mlir::Value real(mlir::Value a);
  /// log|a|, real; of an exponential, the exponent itself.
  mlir::Value logAbs(mlir::Value a);

  /// A splat of `value` in the type of `like`.
  mlir::Value fill(double value, mlir::Value like) {
    return fill(value, mlir::cast<mlir::RankedTensorType>(like.getType()));
  }
  mlir::Value fill(double value, mlir::RankedTensorType type);
  /// NaN in the type of `like`.
  mlir::Value nan(mlir::Value like) {
    return fill(std::numeric_limits<double>::quiet_NaN(), like);
  }
  /// factor * a.
  mlir::Value scale(double factor, mlir::Value a) {
    return mul(fill(factor, a), a);
  }
  /// offset + a.
  mlir::Value shift(double offset, mlir::Value a) {
    return add(fill(offset, a), a);
  }
  /// offset - a.
  mlir::Value reflect(double offset, mlir::Value a) {
    return sub(fill(offset, a), a);
  }

  /// `a` with elements of another type.
  mlir::Value convert(mlir::Value a, mlir::Type elementType);
  mlir::Value reshape(mlir::Value a, llvm::ArrayRef<int64_t> shape);
  mlir::Value transpose(mlir::Value a, llvm::ArrayRef<int64_t> permutation);
  mlir::Value broadcast(mlir::Value a, llvm::ArrayRef<int64_t> shape,
                        llvm::ArrayRef<int64_t> dims);
  mlir::Value slice(mlir::Value a, const Box &box);
  /// The rows of these numbers along `dim`, along `resultDim` of the result.
  mlir::Value takeRows(mlir::Value a, int64_t dim, llvm::ArrayRef<int64_t> rows,
                       int64_t resultDim);
  /// Puts `a` at the place of `box` among zeros.
  mlir::Value embed(mlir::Value a, const Box &box,
                    llvm::ArrayRef<int64_t> shape);
  /// The sum over `dims`.
  mlir::Value sum(mlir::Value a, llvm::ArrayRef<int64_t> dims);
  /// The least of signed integers over `dims`.
  mlir::Value minimum(mlir::Value a, llvm::ArrayRef<int64_t> dims);

  /// `x` where `pred` does not hold, else NaN.
  mlir::Value nanIf(mlir::Value pred, mlir::Value x);
  /// `x` where `pred` holds, else NaN.
  mlir::Value nanUnless(mlir::Value pred, mlir::Value x);
  /// `x`, or NaN where the real `y` is negative; `x` for complex `y`.
  mlir::Value nanIfNegative(mlir::Value y, mlir::Value x);
  /// `x`, or NaN where the real y is beyond `low` or `high` by more than the
  /// rounding of numbers of type `rounded`; `x` for complex `y`.
  mlir::Value nanIfOutside(double low, mlir::Value y, double high,
                           mlir::Type rounded, mlir::Value x);

  /// The share of what is found from an equation: `share`, the equation's (null
  /// for zero), and `logDet`, what solving it adds.
  mlir::Value addLogDet(mlir::Value share, mlir::Value logDet) {
    return appendTerm(builder, loc, share, logDet);
  }
  /// A log-det that `count` elements of `shape` have in common, those of one
  /// index in `dims`, as the share of each.
  mlir::Value spread(mlir::Value logDet, llvm::ArrayRef<int64_t> shape,
                     llvm::ArrayRef<int64_t> dims, int64_t count);
  /// The share of what is found from equations that mix their elements over
  /// `dims`; null for null.
  mlir::Value mix(mlir::Value share, llvm::ArrayRef<int64_t> dims);

  /// The floats `a`, without derivatives: they become integers in between.
  mlir::Value detach(mlir::Value a);

  /// log(y / (1 - y)) for 0 < y < 1.
  mlir::Value logit(mlir::Value y);
  /// log|y (1 - y)|, real.
  mlir::Value logVariance(mlir::Value y);
  /// log(1 - exp(-d)) for d > 0, without cancellation at either end
  /// (Maechler, "Accurately Computing log(1 - exp(-|a|))", 2012).
  mlir::Value log1mexp(mlir::Value d);
  /// log(cosh(x)), without overflow.
  mlir::Value logCosh(mlir::Value x);
  /// log|cos(x)|, real.
  mlir::Value logCos(mlir::Value x);
  /// log|1 - y^2|, real.
  mlir::Value log1mSquare(mlir::Value y);
  /// log(1 + y^2), without overflow.
  mlir::Value log1pSquare(mlir::Value y);

private:
  mlir::OpBuilder &builder;
  mlir::Location loc;
};

/// Whether the value's elements are complex.
bool isComplex(mlir::Value value);
/// Whether its elements are floats.
bool isReal(mlir::Value value);

} // namespace invhlo

#endif // INVHLO_RULES_EMITTER_H
