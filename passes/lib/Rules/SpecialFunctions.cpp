// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The error functions, and the special functions that have no closed inverse.

#include "invhlo/CHLO/CHLO.h"
#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/ErrorFunctions.h"
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

/// y = erfc x, with the log-det of erf.
struct ErfcRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    return createErfcInv(e, eq.result);
  }
  Value logDet(Emitter &e, const Equation &, Value x) const override {
    return e.shift(logHalfSqrtPi, e.mul(x, x));
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
