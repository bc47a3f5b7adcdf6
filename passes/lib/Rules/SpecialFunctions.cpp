// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The error functions, and the special functions that have no closed inverse.

#include "invhlo/CHLO/CHLO.h"
#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/Rules.h"
#include <cmath>

using namespace mlir;
using namespace invhlo;

namespace {

/// log(sqrt(pi) / 2).
const double logHalfSqrtPi = std::log(std::sqrt(M_PI) / 2);

/// y = erf x:  log|dx/dy| = x^2 + log(sqrt(pi) / 2).
struct ErfRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.create<chlo::ErfInvOp>(eq.result);
  }
  Value logDet(Emitter &e, const Equation &, Value x) const override {
    return e.shift(logHalfSqrtPi, e.mul(x, x));
  }
};

/// y = erf_inv x:  x = erf y,  log|dx/dy| = -y^2 - log(sqrt(pi) / 2).
struct ErfInvRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.create<chlo::ErfOp>(eq.result);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.reflect(-logHalfSqrtPi, e.mul(eq.result, eq.result));
  }
};

/// y = erfc x, with the log-det of erf. For small y, where 1 - y has lost
/// them, x comes from Newton's iteration on log erfc(x) = log y, which is
/// nearly quadratic there, from the first term of the asymptotic expansion.
struct ErfcRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    Value y = eq.result;
    Value bound = e.fill(0.1, y);
    Value isSmall = e.less(y, bound);
    Value bulk = e.create<chlo::ErfInvOp>(e.reflect(1, y));
    Value safe = e.select(isSmall, y, bound);
    return e.select(isSmall, solveTail(e, safe), bulk);
  }
  Value logDet(Emitter &e, const Equation &, Value x) const override {
    return e.shift(logHalfSqrtPi, e.mul(x, x));
  }

  static Value solveTail(Emitter &e, Value y) {
    Value logY = e.log(y);
    Value minusLog = e.neg(logY);
    // exp(-x^2) / (x sqrt(pi)) = y, with sqrt(-log y) for the lone x.
    Value logX = e.scale(0.5, e.log(minusLog));
    Value square = e.sub(minusLog, e.shift(std::log(std::sqrt(M_PI)), logX));
    Value x = e.create<stablehlo::SqrtOp>(square);
    for (unsigned step = 0; step < numSteps(y); ++step) {
      Value erfc = e.create<chlo::ErfcOp>(x);
      // d/dx log erfc = -2 / (sqrt(pi) exp(x^2) erfc).
      Value residual = e.sub(e.log(erfc), logY);
      Value scaled = e.mul(erfc, e.exp(e.mul(x, x)));
      Value change = e.scale(std::sqrt(M_PI) / 2, e.mul(residual, scaled));
      x = e.add(x, change);
    }
    return x;
  }
  /// The starting error is below 0.05 for y < 0.1 and is squared each time.
  static unsigned numSteps(Value y) {
    return getElementTypeOrSelf(y.getType()).isF64() ? 5 : 4;
  }
};

struct NoClosedInverse {
  static constexpr llvm::StringLiteral text =
      "it is not injective, and no branch has a closed inverse";
};

} // namespace

void invhlo::attachSpecialFunctionRules(MLIRContext *context) {
  attachElementwise<chlo::ErfOp, ErfRule>(context);
  attachElementwise<chlo::ErfInvOp, ErfInvRule>(context);
  attachElementwise<chlo::ErfcOp, ErfcRule>(context);
  attachElementwiseRefusal<NoClosedInverse, chlo::LgammaOp, chlo::DigammaOp,
                           chlo::PolygammaOp, chlo::ZetaOp, chlo::BesselI1eOp>(
      context);
}
