// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Integer powers: y is the result, x the unknown and k are the known factors.

#include "invhlo/CHLO/CHLO.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/Rules.h"
#include <cmath>

using namespace mlir;
using namespace invhlo;

/// z^(1/n) for odd n, of real z. 1/n is rounded to h, and z^(1/n - h) is close
/// to one. Zero and infinity, which have no log, are their own roots.
static Value createOddRoot(Emitter &e, Value z, int64_t n) {
  double h = 1. / n;
  if (!getElementTypeOrSelf(z.getType()).isF64())
    h = float(h);
  double rest = std::fma(-h, n, 1.) / n;
  Value isNegative = e.less(z, e.fill(0, z));
  // Of the derivatives of |z| at zero, which are two, one has to be taken.
  Value magnitude = e.select(isNegative, e.neg(z), z);
  Value isRegular = e.isBetween(0, magnitude, INFINITY);
  Value one = e.fill(1, z);
  Value logZ = e.log(e.select(isRegular, magnitude, one));
  Value root = e.create<stablehlo::PowOp>(magnitude, e.fill(h, z));
  root = e.mul(root, e.shift(1, e.scale(rest, logZ)));
  return e.select(isNegative, e.neg(root), root);
}

/// z^(1/n) for positive n: of even n the root that is not negative, and NaN for
/// negative z; of odd n the real one. Complex: the principal root.
static Value createRoot(Emitter &e, Value z, int64_t n) {
  for (; n % 2 == 0; n /= 2)
    z = e.create<stablehlo::SqrtOp>(z);
  for (; n % 3 == 0 && !isComplex(z); n /= 3)
    z = e.create<stablehlo::CbrtOp>(z);
  if (n == 1)
    return z;
  if (isComplex(z))
    return e.create<stablehlo::PowOp>(z, e.fill(1. / n, z));
  return createOddRoot(e, z, n);
}

/// k^n for positive n.
static Value createPower(Emitter &e, Value k, int64_t n) {
  Value power;
  for (; n != 0; n /= 2) {
    if (n % 2 != 0)
      power = power ? e.mul(power, k) : k;
    if (n > 1)
      k = e.mul(k, k);
  }
  return power;
}

namespace {

/// y = c x^n, with the product c of the other factors' powers:
/// x = (y / c)^(1/n),  log|dx/dy| = -log|n| - log|c| / n + (1/n - 1) log|y|.
struct MonomialRule : ElementwiseRule {
  static int64_t getExponent(Operation *op, unsigned i) {
    return cast<MonomialOp>(op).getExponents()[i];
  }
  OperandRange getOperands(Operation *op) const override {
    return cast<MonomialOp>(op).getArguments();
  }
  /// Even powers, and all of complex numbers but the first, have several roots.
  Solvability getSolvability(Operation *op, unsigned unknown) const override {
    OperandRange factors = getOperands(op);
    int64_t n = std::abs(getExponent(op, unknown));
    if (n % 2 == 0 || (n != 1 && isComplex(factors[unknown])))
      return Solvability::ByBranch;
    for (auto [i, factor] : llvm::enumerate(factors))
      if (i != unknown && !getLiteral(factor))
        return Solvability::Conditionally;
    return Solvability::Always;
  }
  /// The value of some x, whatever the exponents.
  std::optional<double> getRegularResult() const override { return 0.5; }

  Value getCondition(Emitter &e, const Equation &eq) const override {
    Value condition;
    for (auto [factor, k] : llvm::zip_equal(getOperands(eq.op), eq.operands)) {
      if (!k || getLiteral(factor))
        continue;
      Value isNoZero = isInvertible(e, k);
      condition = condition ? e.create<stablehlo::AndOp>(condition, isNoZero)
                            : isNoZero;
    }
    return condition;
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    Value z = eq.result;
    for (auto [i, k] : llvm::enumerate(eq.operands))
      if (k) {
        int64_t n = getExponent(eq.op, i);
        Value power = createPower(e, k, std::abs(n));
        z = n > 0 ? e.div(z, power) : e.mul(z, power);
      }
    int64_t n = getExponent(eq.op, eq.unknown);
    Value root = createRoot(e, z, std::abs(n));
    return n > 0 ? root : e.div(e.fill(1, root), root);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    double n = getExponent(eq.op, eq.unknown);
    Value logDet = e.scale(1 / n - 1, e.logAbs(eq.result));
    for (auto [i, k] : llvm::enumerate(eq.operands))
      if (k)
        logDet =
            e.add(logDet, e.scale(-getExponent(eq.op, i) / n, e.logAbs(k)));
    return e.shift(-std::log(std::fabs(n)), logDet);
  }
};

struct MonomialModel
    : InvertibleOpInterface::ExternalModel<MonomialModel, MonomialOp> {
  Solvability getSolvability(Operation *op) const {
    return getWorstSolvability(op, MonomialRule());
  }
  SmallVector<Edge> getEdges(Operation *op) const {
    return getElementwiseEdges(op, MonomialRule());
  }
  void propagate(Operation *op, Knowledge &knowledge) const {
    auto monomial = cast<MonomialOp>(op);
    solveBesideValue(op, knowledge, MonomialRule());
    auto isUnknown = [&](Value factor) { return !knowledge.knows(factor); };
    if (llvm::count_if(monomial.getArguments(), isUnknown) > 1)
      knowledge.refuse(op, "several of its factors depend on the unknown");
  }
};

} // namespace

void invhlo::attachPowerRules(MLIRContext *context) {
  MonomialOp::attachInterface<MonomialModel>(*context);
}
