// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Spans/Spans.h"

#include "invhlo/CHLO/CHLO.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/TypeSwitch.h"
#include <algorithm>
#include <cmath>

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

double invhlo::getEpsilon(Value floats) {
  auto type = cast<FloatType>(getElementTypeOrSelf(floats));
  return std::ldexp(1, 1 - int(type.getFPMantissaWidth()));
}

std::optional<double> invhlo::getNumber(Value value) {
  DenseElementsAttr attr;
  if (!matchPattern(value, m_Constant(&attr)) || !attr.isSplat() ||
      !isa<FloatType>(attr.getElementType()))
    return std::nullopt;
  auto number = attr.getSplatValue<APFloat>();
  bool losesInfo;
  number.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                 &losesInfo);
  return number.convertToDouble();
}

static Span createConstant(double value) {
  return {Span::Constant, value, value, value};
}

static double negateNumber(double v) { return -v; }
static double getSame(double v) { return v; }
static double logistic(double v) { return 1 / (1 + std::exp(-v)); }
static double logit(double v) { return std::log(v) - std::log1p(-v); }
static double softplus(double v) {
  return std::fmax(v, 0) + std::log1p(std::exp(-std::fabs(v)));
}
static double softSign(double v) {
  return std::isinf(v) ? std::copysign(1, v) : v / (1 + std::fabs(v));
}
/// Ends of a branch are rounded.
static constexpr double kPastExtremum = 4e-5;
static double sineOfBranch(double v) {
  return std::sin(std::clamp(v, -M_PI_2, M_PI_2));
}
static double cosineOfBranch(double v) {
  return std::cos(std::clamp(v, 0., M_PI));
}
static double ndtr(double v) { return std::erfc(-v * M_SQRT1_2) / 2; }

Span Spans::get(Value value) {
  if (value == x)
    return {Span::Monotone, where.low, where.getMiddle(), where.high};
  if (auto it = spans.find(value); it != spans.end())
    return it->second;
  if (!block)
    block = value.getParentBlock();
  Span span = createConstant(NAN);
  Operation *op = value.getDefiningOp();
  if (std::optional<double> number = getNumber(value))
    span = createConstant(*number);
  else if (op && op->getBlock() == block) {
    span = compute(op);
    // What other values determine does not change, whatever it is.
    if (span.kind == Span::Unknown &&
        llvm::all_of(op->getOperands(), [&](Value operand) {
          return get(operand).kind == Span::Constant;
        }))
      span = createConstant(NAN);
  }
  spans[value] = span;
  return span;
}

Span Spans::apply(Value operand, double (*function)(double), double least,
                  double most) {
  Span span = get(operand);
  bool isEverywhere = least == -INFINITY && most == INFINITY;
  if (span.kind == Span::Unknown ||
      (!isEverywhere && !span.isWithin(least, most)))
    return {};
  return {span.kind, function(span.low), function(span.middle),
          function(span.high)};
}

Span Spans::add(const Span &a, const Span &b) {
  if (a.kind == Span::Constant && b.kind == Span::Constant)
    return createConstant(a.low + b.low);
  if (a.kind == Span::Unknown || b.kind == Span::Unknown || a.kind == b.kind)
    return {};
  return {Span::Monotone, a.low + b.low, a.middle + b.middle, a.high + b.high};
}

/// A product, where no number is infinite times what is not known.
static double multiplyNumbers(double a, double b) {
  if ((a == 0 && !std::isinf(b)) || (b == 0 && !std::isinf(a)))
    return 0;
  return a * b;
}

Span Spans::multiply(const Span &a, const Span &b) {
  if (a.kind == Span::Constant && b.kind == Span::Constant)
    return createConstant(multiplyNumbers(a.low, b.low));
  if (a.kind == Span::Constant && b.kind == Span::Monotone)
    return multiply(b, a);
  if (a.kind != Span::Monotone || b.kind == Span::Unknown)
    return {};
  Span product{Span::Monotone, multiplyNumbers(a.low, b.low),
               multiplyNumbers(a.middle, b.middle),
               multiplyNumbers(a.high, b.high)};
  if (b.kind == Span::Constant)
    return b.low == 0 || std::isinf(b.low) ? Span() : product;
  // Both grow, or both shrink, and neither is negative.
  bool goesOneWay = a.isKnown() && b.isKnown() && a.isWithin(0, INFINITY) &&
                    b.isWithin(0, INFINITY) &&
                    a.isIncreasing() == b.isIncreasing();
  return goesOneWay ? product : Span();
}

/// Of several numbers with the same power the one that is not negative counts,
/// as for the rules.
Span Spans::raise(const Span &operand, double exponent) {
  if (operand.kind == Span::Constant)
    return createConstant(std::pow(operand.low, exponent));
  bool isOdd = std::fabs(std::remainder(exponent, 2)) == 1;
  bool isPositive = operand.isWithin(0, INFINITY);
  bool isNegative = operand.isWithin(-INFINITY, 0);
  if (operand.kind == Span::Unknown ||
      !(isPositive || (isOdd && (isNegative || exponent > 0))))
    return {};
  // Zero is the end of what is negative.
  auto power = [&](double v) {
    return std::pow(v == 0 ? (isPositive ? 0. : -0.) : v, exponent);
  };
  return {operand.kind, power(operand.low), power(operand.middle),
          power(operand.high)};
}

Span Spans::divide(FractionOp op) {
  Span x = get(op.getX());
  Span a = get(op.getA()), b = get(op.getB());
  Span c = get(op.getC()), d = get(op.getD());
  if (x.kind != Span::Monotone || a.kind != Span::Constant ||
      b.kind != Span::Constant || c.kind != Span::Constant ||
      d.kind != Span::Constant || std::isnan(c.low) || std::isnan(d.low))
    return {};
  auto getDivisor = [&](double v) {
    return c.low == 0 ? d.low : c.low * v + d.low;
  };
  // On one side of the pole it goes one way.
  double inside = getDivisor(x.middle);
  if (std::isnan(inside) || inside == 0 || getDivisor(x.low) * inside < 0 ||
      getDivisor(x.high) * inside < 0)
    return {};
  auto getValue = [&](double v) {
    if (std::isinf(v) && c.low != 0)
      return a.low / c.low;
    double divisor = getDivisor(v);
    return (multiplyNumbers(a.low, v) + b.low) /
           (divisor == 0 ? std::copysign(0, inside) : divisor);
  };
  return {Span::Monotone, getValue(x.low), getValue(x.middle),
          getValue(x.high)};
}

Span Spans::compute(Operation *op) {
  if (op->getNumResults() != 1)
    return {};
  auto operand = [&](unsigned i) { return op->getOperand(i); };
  auto applyEverywhere = [&](double (*function)(double)) {
    return apply(operand(0), function);
  };
  return llvm::TypeSwitch<Operation *, Span>(op)
      .Case([&](AddOp) { return add(get(operand(0)), get(operand(1))); })
      .Case([&](SubtractOp) {
        Span b = apply(operand(1), negateNumber);
        return add(get(operand(0)), b);
      })
      .Case([&](MulOp) {
        if (operand(0) == operand(1))
          return raise(get(operand(0)), 2);
        return multiply(get(operand(0)), get(operand(1)));
      })
      .Case([&](DivOp) {
        return multiply(get(operand(0)), raise(get(operand(1)), -1));
      })
      .Case([&](PowOp) {
        std::optional<double> exponent = getNumber(operand(1));
        return exponent && *exponent != 0 ? raise(get(operand(0)), *exponent)
                                          : Span();
      })
      .Case([&](chlo::SquareOp) { return raise(get(operand(0)), 2); })
      .Case([&](FractionOp fraction) { return divide(fraction); })
      .Case([&](MonomialOp monomial) {
        Span product = createConstant(1);
        for (auto [factor, exponent] : llvm::zip_equal(
                 monomial.getArguments(), monomial.getExponents())) {
          Span power = raise(get(factor), exponent);
          product = multiply(product, power);
        }
        return product;
      })
      // Of one number: a curve is of nothing else that changes its shape.
      .Case([&](ReshapeOp) { return get(operand(0)); })
      .Case([&](NegOp) { return applyEverywhere(negateNumber); })
      .Case([&](ConvertOp) {
        return isa<FloatType>(getElementTypeOrSelf(operand(0))) &&
                       isa<FloatType>(getElementTypeOrSelf(op->getResult(0)))
                   ? applyEverywhere(getSame)
                   : Span();
      })
      .Case([&](ExpOp) { return applyEverywhere(std::exp); })
      .Case([&](Expm1Op) { return applyEverywhere(std::expm1); })
      .Case([&](TanhOp) { return applyEverywhere(std::tanh); })
      .Case([&](CbrtOp) { return applyEverywhere(std::cbrt); })
      .Case([&](LogisticOp) { return applyEverywhere(logistic); })
      .Case([&](chlo::SinhOp) { return applyEverywhere(std::sinh); })
      .Case([&](chlo::AsinhOp) { return applyEverywhere(std::asinh); })
      .Case([&](chlo::AtanOp) { return applyEverywhere(std::atan); })
      .Case([&](chlo::ErfOp) { return applyEverywhere(std::erf); })
      .Case([&](chlo::ErfcOp) { return applyEverywhere(std::erfc); })
      .Case([&](LogOp) { return apply(operand(0), std::log, 0); })
      .Case([&](Log1pOp) { return apply(operand(0), std::log1p, -1); })
      .Case([&](SqrtOp) { return apply(operand(0), std::sqrt, 0); })
      .Case([&](RsqrtOp) { return raise(get(operand(0)), -0.5); })
      .Case([&](chlo::AtanhOp) { return apply(operand(0), std::atanh, -1, 1); })
      .Case([&](chlo::AsinOp) { return apply(operand(0), std::asin, -1, 1); })
      .Case([&](chlo::AcosOp) { return apply(operand(0), std::acos, -1, 1); })
      .Case([&](SineOp) {
        return apply(operand(0), sineOfBranch, -M_PI_2 - kPastExtremum,
                     M_PI_2 + kPastExtremum);
      })
      .Case([&](CosineOp) {
        return apply(operand(0), cosineOfBranch, -kPastExtremum,
                     M_PI + kPastExtremum);
      })
      .Case([&](chlo::CoshOp) { return apply(operand(0), std::cosh, 0); })
      .Case([&](IdiomOp idiom) {
        auto *function =
            llvm::StringSwitch<double (*)(double)>(idiom.getFunction())
                .Case("sigmoid", logistic)
                .Case("softplus", softplus)
                .Case("soft_sign", softSign)
                .Case("ndtr", ndtr)
                .Default(nullptr);
        if (function)
          return applyEverywhere(function);
        return idiom.getFunction() == "logit" ? apply(operand(0), logit, 0, 1)
                                              : Span();
      })
      .Default(Span());
}
