// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Exponentials, logarithms and hyperbolic functions. Throughout, y is the
// result and x the unknown; complex inverses are on the principal branch.

#include "invhlo/CHLO/CHLO.h"
#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/Rules.h"
#include <cmath>

using namespace mlir;
using namespace invhlo;

namespace {

/// A periodic function of complex values.
Solvability getComplexPeriodic(Operation *op) {
  return isComplex(op->getResult(0)) ? Solvability::ByBranch
                                     : Solvability::Always;
}

/// y = exp x:  x = log y,  log|dx/dy| = -log|y|.
struct ExpRule : ElementwiseRule {
  Solvability getSolvability(Operation *op, unsigned) const override {
    return getComplexPeriodic(op);
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.log(eq.result);
  }
  Value logDet(Emitter &e, const Equation &, Value x) const override {
    return e.neg(e.real(x));
  }
};

/// y = exp x - 1:  x = log(1 + y),  log|dx/dy| = -x.
struct Expm1Rule : ElementwiseRule {
  Solvability getSolvability(Operation *op, unsigned) const override {
    return getComplexPeriodic(op);
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.log1p(eq.result);
  }
  Value logDet(Emitter &e, const Equation &, Value x) const override {
    return e.neg(e.real(x));
  }
};

/// y = log x:  x = exp y,  log|dx/dy| = y.
struct LogRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.exp(eq.result);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.real(eq.result);
  }
};

/// y = log(1 + x):  x = exp y - 1,  log|dx/dy| = y.
struct Log1pRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.expm1(eq.result);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.real(eq.result);
  }
};

/// y = 1 / (1 + exp(-x)):  x = log y - log(1 - y),
/// log|dx/dy| = -log y - log(1 - y).
struct LogisticRule : ElementwiseRule {
  Smoothness getSmoothness() const override { return Smoothness::Forward; }
  Solvability getSolvability(Operation *op, unsigned) const override {
    return getComplexPeriodic(op);
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.logit(eq.result);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.neg(e.logVariance(eq.result));
  }
};

/// y = tanh x:  x = (log(1 + y) - log(1 - y)) / 2,
/// log|dx/dy| = -log(1 + y) - log(1 - y).
struct TanhRule : ElementwiseRule {
  Smoothness getSmoothness() const override { return Smoothness::Forward; }
  Solvability getSolvability(Operation *op, unsigned) const override {
    return getComplexPeriodic(op);
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    Value plus = e.log1p(eq.result);
    Value minus = e.log1p(e.neg(eq.result));
    return e.scale(0.5, e.sub(plus, minus));
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.neg(e.log1mSquare(eq.result));
  }
};

/// y = atanh x:  x = tanh y,  log|dx/dy| = -2 log cosh y.
struct AtanhRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.create<stablehlo::TanhOp>(eq.result);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    Value logCosh = isComplex(eq.result)
                        ? e.logAbs(e.create<chlo::CoshOp>(eq.result))
                        : e.logCosh(eq.result);
    return e.scale(-2, logCosh);
  }
};

/// y = sinh x:  x = asinh y,  log|dx/dy| = -log(1 + y^2) / 2.
struct SinhRule : ElementwiseRule {
  Solvability getSolvability(Operation *op, unsigned) const override {
    return getComplexPeriodic(op);
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.create<chlo::AsinhOp>(eq.result);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    Value y = eq.result;
    Value log =
        isComplex(y) ? e.logAbs(e.shift(1, e.mul(y, y))) : e.log1pSquare(y);
    return e.scale(-0.5, log);
  }
};

/// y = asinh x:  x = sinh y,  log|dx/dy| = log cosh y.
struct AsinhRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.create<chlo::SinhOp>(eq.result);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return isComplex(eq.result) ? e.logAbs(e.create<chlo::CoshOp>(eq.result))
                                : e.logCosh(eq.result);
  }
};

/// y = cosh x, the branch x >= 0:  x = acosh y,
/// log|dx/dy| = -(log(y - 1) + log(y + 1)) / 2.
struct CoshRule : ElementwiseRule {
  Solvability getSolvability(Operation *, unsigned) const override {
    return Solvability::ByBranch;
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.create<chlo::AcoshOp>(eq.result);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    Value below = e.logAbs(e.shift(-1, eq.result));
    Value above = e.logAbs(e.shift(1, eq.result));
    return e.scale(-0.5, e.add(below, above));
  }
};

/// y = acosh x, y > 0:  x = cosh y,
/// log|dx/dy| = log sinh y = y + log(1 - exp(-2y)) - log 2.
struct AcoshRule : ElementwiseRule {
  double getRegularPoint() const override { return 1.5; }
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.nanIfNegative(eq.result, e.create<chlo::CoshOp>(eq.result));
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    Value y = eq.result;
    if (isComplex(y))
      return e.logAbs(e.create<chlo::SinhOp>(y));
    Value tail = e.log1mexp(e.scale(2, y));
    return e.shift(-M_LN2, e.add(y, tail));
  }
};

} // namespace

void invhlo::attachExponentialRules(MLIRContext *context) {
  attachElementwise<stablehlo::ExpOp, ExpRule>(context);
  attachElementwise<stablehlo::Expm1Op, Expm1Rule>(context);
  attachElementwise<stablehlo::LogOp, LogRule>(context);
  attachElementwise<stablehlo::Log1pOp, Log1pRule>(context);
  attachElementwise<stablehlo::LogisticOp, LogisticRule>(context);
  attachElementwise<stablehlo::TanhOp, TanhRule>(context);
  attachElementwise<chlo::AtanhOp, AtanhRule>(context);
  attachElementwise<chlo::SinhOp, SinhRule>(context);
  attachElementwise<chlo::AsinhOp, AsinhRule>(context);
  attachElementwise<chlo::CoshOp, CoshRule>(context);
  attachElementwise<chlo::AcoshOp, AcoshRule>(context);
}
