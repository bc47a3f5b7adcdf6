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
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.create<chlo::AsinOp>(eq.result);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return logDetOfArc(e, eq.result);
  }
};

/// y = cos x:  x = acos y in [0, pi].
struct CosineRule : PeriodicRule {
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

/// y = asin x, |y| <= pi/2:  x = sin y,  log|dx/dy| = log|cos y|.
struct AsinRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    Value x = e.create<stablehlo::SineOp>(eq.result);
    return e.nanIfFar(eq.result, 0, M_PI_2, x);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.logAbs(e.create<stablehlo::CosineOp>(eq.result));
  }
};

/// y = acos x, 0 <= y <= pi:  x = cos y,  log|dx/dy| = log|sin y|.
struct AcosRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    Value x = e.create<stablehlo::CosineOp>(eq.result);
    return e.nanIfFar(eq.result, M_PI_2, M_PI_2, x);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.logAbs(e.create<stablehlo::SineOp>(eq.result));
  }
};

/// y = atan x, |y| <= pi/2:  x = tan y,  log|dx/dy| = -2 log|cos y|.
struct AtanRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    Value x = e.create<stablehlo::TanOp>(eq.result);
    return e.nanIfFar(eq.result, 0, M_PI_2, x);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.scale(-2, e.logAbs(e.create<stablehlo::CosineOp>(eq.result)));
  }
};

/// y = atan2(x, k):  x = k tan y,  log|dx/dy| = log|k| - 2 log|cos y|.
/// y = atan2(k, x):  x = k / tan y,  log|dx/dy| = log|k| - 2 log|sin y|.
struct Atan2Rule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    Value tan = e.create<stablehlo::TanOp>(eq.result);
    return eq.unknown == 0 ? e.mul(eq.getOther(), tan)
                           : e.div(eq.getOther(), tan);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    Value logK = e.logAbs(eq.getOther());
    Value leg = eq.unknown == 0 ? e.create<stablehlo::CosineOp>(eq.result)
                                : e.create<stablehlo::SineOp>(eq.result);
    return e.sub(logK, e.scale(2, e.logAbs(leg)));
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
