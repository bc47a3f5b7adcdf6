// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Trigonometric functions, on the principal branches of their inverses.

#include "invhlo/CHLO/CHLO.h"
#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/Rules.h"

using namespace mlir;
using namespace invhlo;

namespace {

/// -log|1 - y^2| / 2, the derivative of asin and acos.
Value logDetOfArc(Emitter &e, Value y) {
  return e.scale(-0.5, e.log1mSquare(y));
}

/// A periodic function.
struct PeriodicRule : ElementwiseRule {
  Solvability getSolvability(Operation *, unsigned) const override {
    return Solvability::ByBranch;
  }
};

/// y = sin x:  x = asin y in [-pi/2, pi/2].
struct SineRule : PeriodicRule {
  Smoothness getSmoothness() const override { return Smoothness::Forward; }
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.create<chlo::AsinOp>(eq.result);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return logDetOfArc(e, eq.result);
  }
};

/// y = cos x:  x = acos y in [0, pi].
struct CosineRule : PeriodicRule {
  Smoothness getSmoothness() const override { return Smoothness::Forward; }
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.create<chlo::AcosOp>(eq.result);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return logDetOfArc(e, eq.result);
  }
};

/// y = tan x:  x = atan y in (-pi/2, pi/2),  log|dx/dy| = -log(1 + y^2).
struct TanRule : PeriodicRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.create<chlo::AtanOp>(eq.result);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    Value y = eq.result;
    return e.neg(isComplex(y) ? e.logAbs(e.shift(1, e.mul(y, y)))
                              : e.log1pSquare(y));
  }
};

/// The type in which the result of an equation's op was rounded.
Type getRounded(const Equation &eq) {
  return getElementTypeOrSelf(eq.op->getResult(0).getType());
}

/// y = asin x, |y| <= pi/2:  x = sin y,  log|dx/dy| = log|cos y|.
struct AsinRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    Value x = e.create<stablehlo::SineOp>(eq.result);
    return e.nanIfOutside(-M_PI_2, eq.result, M_PI_2, getRounded(eq), x);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.logCos(eq.result);
  }
};

/// y = acos x, 0 <= y <= pi:  x = cos y,  log|dx/dy| = log|sin y|.
struct AcosRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    Value x = e.create<stablehlo::CosineOp>(eq.result);
    return e.nanIfOutside(0, eq.result, M_PI, getRounded(eq), x);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.logAbs(e.create<stablehlo::SineOp>(eq.result));
  }
};

/// tan of an angle in [0, pi/2]; infinity where rounding has put the angle
/// beyond pi/2, as it does with pi/2 itself in f32.
Value tanOfQuarter(Emitter &e, Value angle) {
  APFloat last(M_PI_2);
  bool losesInfo;
  last.convert(cast<FloatType>(getElementTypeOrSelf(angle.getType()))
                   .getFloatSemantics(),
               APFloat::rmTowardZero, &losesInfo);
  last.convert(APFloat::IEEEdouble(), APFloat::rmTowardZero, &losesInfo);
  Value isEnd = e.less(e.fill(last.convertToDouble(), angle), angle);
  return e.branch(isEnd, angle,
                  {1, [&](Value v) { return e.fill(INFINITY, v); }},
                  {1, [&](Value v) { return e.create<stablehlo::TanOp>(v); }});
}

/// y = atan x, |y| <= pi/2:  x = tan y,  log|dx/dy| = log(1 + x^2).
struct AtanRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    Value y = eq.result;
    if (isComplex(y))
      return e.create<stablehlo::TanOp>(y);
    Value x = e.odd(y, [&](Value angle) { return tanOfQuarter(e, angle); });
    return e.nanIfOutside(-M_PI_2, y, M_PI_2, getRounded(eq), x);
  }
  Value logDet(Emitter &e, const Equation &eq, Value x) const override {
    if (isComplex(x))
      return e.scale(-2, e.logAbs(e.create<stablehlo::CosineOp>(eq.result)));
    return e.log1pSquare(x);
  }
};

/// y = atan2(x, k):  x = k tan y, where y is in the half plane of k.
/// y = atan2(k, x):  x = k / tan y, where y has the sign of k.
/// log|dx/dy| = log|k| + log(1 + (x / k)^2) for both.
struct Atan2Rule : ElementwiseRule {
  StringRef refuseLiteral(Operation *op, unsigned unknown,
                          std::complex<double> k) const override {
    if (k == 0.)
      return unknown == 0 ? "its denominator is zero" : "its numerator is zero";
    return isFinite(k) ? "" : "its other operand is not finite";
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    Value y = eq.result, k = eq.getOther();
    Value x = eq.unknown == 0 ? getNumerator(e, eq) : getDenominator(e, eq);
    Value zero = e.fill(0, y);
    if (eq.unknown == 1) {
      Value sign = e.create<stablehlo::SignOp>(y);
      Value product = e.mul(sign, e.create<stablehlo::SignOp>(k));
      x = e.nanIf(e.less(product, zero), x);
    }
    return e.nanIf(e.equal(k, zero), x);
  }
  /// With the angle to the half axis on which k is; x has the sign of y.
  static Value getNumerator(Emitter &e, const Equation &eq) {
    Value k = eq.getOther();
    return e.odd(eq.result, [&](Value angle) {
      Value isBehind = e.less(k, e.fill(0, k));
      Value turned = e.select(isBehind, e.reflect(M_PI, angle), angle);
      Value tan = tanOfQuarter(e, getPositive(e, turned));
      Value x = e.mul(e.abs(k), tan);
      return e.nanIfOutside(0, turned, M_PI_2, getRounded(eq), x);
    });
  }
  /// With the angle to the nearer half axis of x.
  static Value getDenominator(Emitter &e, const Equation &eq) {
    Value angle = e.magnitude(eq.result);
    Value isBehind = e.less(e.fill(3 * M_PI_4, angle), angle);
    Value turned = e.select(isBehind, e.reflect(M_PI, angle), angle);
    Value tan = e.create<stablehlo::TanOp>(getPositive(e, turned));
    Value front = e.div(e.abs(eq.getOther()), tan);
    Value x = e.select(isBehind, e.neg(front), front);
    return e.nanIfOutside(0, angle, M_PI, getRounded(eq), x);
  }
  /// An angle without the rounding below zero; its derivative is one at zero.
  static Value getPositive(Emitter &e, Value angle) {
    Value zero = e.fill(0, angle);
    return e.select(e.less(angle, zero), zero, angle);
  }
  Value logDet(Emitter &e, const Equation &eq, Value x) const override {
    Value k = eq.getOther();
    Value logK = e.logAbs(k);
    return e.add(logK, e.log1pSquare(e.div(x, k)));
  }
};

} // namespace

void invhlo::attachTrigonometricRules(MLIRContext *context) {
  attachElementwise<stablehlo::SineOp, SineRule>(context);
  attachElementwise<stablehlo::CosineOp, CosineRule>(context);
  attachElementwise<stablehlo::TanOp, TanRule>(context);
  attachElementwise<stablehlo::Atan2Op, Atan2Rule>(context);
  attachElementwise<chlo::TanOp, TanRule>(context);
  attachElementwise<chlo::AsinOp, AsinRule>(context);
  attachElementwise<chlo::AcosOp, AcosRule>(context);
  attachElementwise<chlo::AtanOp, AtanRule>(context);
}
