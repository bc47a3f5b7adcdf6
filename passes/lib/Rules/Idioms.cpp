// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Functions that are recognised by their expansions, those of jax.nn and
// scipy.special above all. y is the result and x the unknown.

#include "Slopes.h"
#include "invhlo/CHLO/CHLO.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/ErrorFunctions.h"
#include "invhlo/Rules/Rules.h"
#include "mlir/IR/Matchers.h"
#include <cmath>

using namespace mlir;
using namespace invhlo;

namespace {

struct IdiomRule : ElementwiseRule {
  OperandRange getOperands(Operation *op) const override {
    return cast<IdiomOp>(op).getArguments();
  }
  /// Any number in the image does.
  std::optional<double> getRegularResult() const override { return 0.5; }
};

/// A function of x, the first argument; any others are parameters.
struct FunctionRule : IdiomRule {
  StringRef refuse(Operation *op, unsigned unknown) const override {
    return unknown == 0 ? "" : "a parameter cannot be found from the result";
  }
};

/// A function of x and a parameter, for whose positive values it is injective.
struct PositiveParameterRule : FunctionRule {
  StringRef refuse(Operation *op, unsigned unknown) const override {
    auto isPositive = [](const APFloat &value) {
      return value.isFiniteNonZero() && !value.isNegative();
    };
    DenseElementsAttr literal;
    for (Value parameter : getOperands(op).drop_front())
      if (unknown == 0 && matchPattern(parameter, m_Constant(&literal)) &&
          !llvm::all_of(literal.getValues<APFloat>(), isPositive))
        return StringAttr::get(op->getContext(),
                               "`" + cast<IdiomOp>(op).getFunction() +
                                   "` is not injective unless its parameter "
                                   "is positive and finite")
            .getValue();
    return FunctionRule::refuse(op, unknown);
  }
  /// The parameter, NaN where it is not positive and finite; one if folding
  /// dropped it.
  static Value getParameter(Emitter &e, const Equation &eq) {
    if (eq.operands.size() == 1)
      return e.fill(1, eq.result);
    Value parameter = eq.operands[1];
    Value isPositive = e.isBetween(0, parameter, INFINITY);
    return e.guard(isPositive, parameter, NAN);
  }
};

/// y = 1 / (1 + exp(-x)):  x = log(y / (1 - y)),
/// log|dx/dy| = -log(y (1 - y)).
struct SigmoidRule : FunctionRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.logit(eq.result);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.neg(e.logVariance(eq.result));
  }
};

/// y = log(x / (1 - x)):  x = 1 / (1 + exp(-y)),
/// log|dx/dy| = -|y| - 2 log(1 + exp(-|y|)).
struct LogitRule : FunctionRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.create<stablehlo::LogisticOp>(eq.result);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    Value magnitude = e.magnitude(eq.result);
    Value tail = e.log1p(e.exp(e.neg(magnitude)));
    return e.neg(e.add(magnitude, e.scale(2, tail)));
  }
};

/// log(2), and what it lacks in the type of `like`.
std::pair<double, double> splitLog2(Value like) {
  if (getElementTypeOrSelf(like.getType()).isF64())
    return {M_LN2, 2.3190468138462996e-17};
  float high = M_LN2;
  return {high, M_LN2 - high};
}

/// y = log(1 + exp x):  x = y + log(1 - exp(-y)),
/// log|dx/dy| = -log(1 - exp(-y)).
struct SoftplusRule : FunctionRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    Value y = eq.result;
    // Near y = log 2 the terms cancel: x = log(1 + 2 (exp(d) - 1)) with
    // d = y - log 2, which is d + rest for what the type lacks of log 2.
    auto [high, rest] = splitLog2(y);
    Value isMiddle = e.isBetween(high - 0.25, y, high + 0.6);
    auto ofMiddle = [&, high = high, rest = rest](Value v) {
      Value growth = e.expm1(e.shift(-high, v));
      Value correction = e.scale(rest, e.shift(1, growth));
      return e.log1p(e.scale(2, e.sub(growth, correction)));
    };
    auto ofEnds = [&](Value v) { return e.add(v, e.log1mexp(v)); };
    return e.branch(isMiddle, y, {M_LN2, ofMiddle}, {2, ofEnds});
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.neg(e.log1mexp(eq.result));
  }
};

/// y = log(exp x + exp k):  x = y + log(1 - exp(k - y)),
/// log|dx/dy| = -log(1 - exp(k - y)).
struct LogAddExpRule : IdiomRule {
  StringRef refuse(Operation *op, unsigned) const override {
    return getOperands(op).size() == 2 ? "" : "it is a function of two values";
  }
  std::optional<double> getRegularResult() const override { return 1; }
  StringRef refuseLiteral(Operation *, unsigned,
                          std::complex<double> k) const override {
    return k.real() < INFINITY ? "" : "its other operand is not finite";
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.add(eq.result, getLogShare(e, eq));
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.neg(getLogShare(e, eq));
  }
  static Value getLogShare(Emitter &e, const Equation &eq) {
    return e.log1mexp(e.sub(eq.result, eq.getOther()));
  }
};

/// y = log(1 - exp(-x)):  x = -log(1 - exp y),  log|dx/dy| = y + x.
struct Log1mexpRule : FunctionRule {
  std::optional<double> getRegularResult() const override { return -0.5; }
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.neg(e.log1mexp(e.neg(eq.result)));
  }
  Value logDet(Emitter &e, const Equation &eq, Value x) const override {
    return e.add(eq.result, x);
  }
};

/// A function that is the identity for positive x.
struct BentRule : PositiveParameterRule {
  /// `below` for negative y and the identity for positive ones; at 0, where the
  /// slopes of both may differ, that of the side that `fun` takes there.
  virtual bool isIdentityAtZero() const { return false; }
  Value isBelow(Emitter &e, const Equation &eq) const {
    Value zero = e.fill(0, eq.result);
    if (isIdentityAtZero())
      return e.less(eq.result, zero);
    return e.create<stablehlo::NotOp>(e.less(zero, eq.result));
  }
  /// y where it is negative, else zero.
  Value getNegative(Emitter &e, const Equation &eq) const {
    return e.guard(isBelow(e, eq), eq.result, 0);
  }
  /// log(1 + y / a) for negative y, else zero.
  Value getLog(Emitter &e, const Equation &eq, Value a) const {
    return e.log1p(e.div(getNegative(e, eq), a));
  }
  Value whereBelow(Emitter &e, const Equation &eq, Value below) const {
    return e.select(isBelow(e, eq), below, eq.result);
  }
  Value zeroUnlessBelow(Emitter &e, const Equation &eq, Value below) const {
    return e.guard(isBelow(e, eq), below, 0);
  }
};

/// y = x for x > 0, else a (exp x - 1):  x = log(1 + y / a),
/// log|dx/dy| = -log a - x.
struct EluRule : BentRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    return whereBelow(e, eq, getLog(e, eq, getParameter(e, eq)));
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    Value a = getParameter(e, eq);
    Value logA = e.log(a);
    return zeroUnlessBelow(e, eq, e.neg(e.add(logA, getLog(e, eq, a))));
  }
};

/// y = x for x > 0, else a (exp(x / a) - 1):  x = a log(1 + y / a),
/// log|dx/dy| = -x / a.
struct CeluRule : BentRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    Value a = getParameter(e, eq);
    return whereBelow(e, eq, e.mul(a, getLog(e, eq, a)));
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.neg(getLog(e, eq, getParameter(e, eq)));
  }
};

/// y = x for x > 0, or also at 0, else a x:  x = y / a,  log|dx/dy| = -log a.
template <bool IsIdentityAtZero>
struct LeakyReluRule : BentRule {
  bool isIdentityAtZero() const override { return IsIdentityAtZero; }
  Value invert(Emitter &e, const Equation &eq) const override {
    Value negative = getNegative(e, eq);
    return whereBelow(e, eq, e.div(negative, getParameter(e, eq)));
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return zeroUnlessBelow(e, eq, e.neg(e.log(getParameter(e, eq))));
  }
};

/// y = x / (1 + |x|):  x = y / (1 - |y|),  log|dx/dy| = -2 log(1 - |y|).
struct SoftSignRule : FunctionRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    Value rest = e.reflect(1, e.abs(eq.result));
    return e.nanIfNegative(rest, e.div(eq.result, rest));
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.scale(-2, e.log1p(e.neg(e.abs(eq.result))));
  }
};

/// y = (x + sqrt(x^2 + b)) / 2, with s = sqrt(b) / 2:
/// x = y - s^2 / y = (y - s) (y + s) / y,  log|dx/dy| = log(1 + s^2 / y^2).
struct SquareplusRule : PositiveParameterRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    Value y = eq.result;
    Value s = getRoot(e, eq);
    // y - s^2 / y cancels near s, the other overflows.
    auto ofLarge = [&](Value v) { return e.sub(v, e.mul(s, e.div(s, v))); };
    auto ofSmall = [&](Value v) {
      Value ratio = e.div(e.sub(v, s), v);
      return e.mul(e.add(v, s), ratio);
    };
    Value isLarge = e.less(e.scale(2, s), y);
    Value x = e.branch(isLarge, y, {1, ofLarge}, {1, ofSmall});
    return e.nanIfNegative(y, x);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.log1pSquare(e.div(getRoot(e, eq), eq.result));
  }
  static Value getRoot(Emitter &e, const Equation &eq) {
    Value b = getParameter(e, eq);
    return e.scale(0.5, e.create<stablehlo::SqrtOp>(b));
  }
};

/// log(sqrt(2 pi)).
const double logSqrt2Pi = std::log(std::sqrt(2 * M_PI));

/// y = P(N(0, 1) < x) = erfc(-x / sqrt 2) / 2:
/// log|dx/dy| = x^2 / 2 + log sqrt(2 pi).
struct NdtrRule : FunctionRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    Value y = eq.result;
    Value complement = e.reflect(1, y);
    Value isLower = e.less(y, complement);
    Value smaller = e.select(isLower, y, complement);
    Value t = createErfcInv(e, e.scale(2, smaller));
    Value x = e.scale(M_SQRT2, t);
    return e.select(isLower, e.neg(x), x);
  }
  Value logDet(Emitter &e, const Equation &, Value x) const override {
    return e.shift(logSqrt2Pi, e.scale(0.5, e.mul(x, x)));
  }
};

/// The x with P(N(0, 1) < x) = y's, which is ndtr's inverse:
/// log|dx/dy| = -y^2 / 2 - log sqrt(2 pi).
struct NdtriRule : FunctionRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    Value t = e.scale(-M_SQRT1_2, eq.result);
    return e.scale(0.5, e.create<chlo::ErfcOp>(t));
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    Value square = e.mul(eq.result, eq.result);
    return e.reflect(-logSqrt2Pi, e.scale(0.5, square));
  }
};

/// y = log P(N(0, 1) < x):  log|dx/dy| = y + x^2 / 2 + log sqrt(2 pi), which is
/// log(sqrt(pi / 2) exp(t^2) erfc(t)) with t = -x / sqrt 2.
struct LogNdtrRule : FunctionRule {
  std::optional<double> getRegularResult() const override { return -0.5; }
  Value invert(Emitter &e, const Equation &eq) const override {
    Value y = eq.result;
    // The log of twice the smaller one of both sides' probabilities.
    auto ofUpper = [&](Value v) { return e.log(e.neg(e.expm1(v))); };
    auto ofLower = [](Value v) { return v; };
    Value isUpper = e.less(e.fill(-M_LN2, y), y);
    Value smaller = e.branch(isUpper, y, {-0.5, ofUpper}, {-1, ofLower});
    Value t = createErfcInvOfLog(e, e.shift(M_LN2, smaller));
    Value x = e.scale(M_SQRT2, t);
    return e.select(isUpper, x, e.neg(x));
  }
  Value logDet(Emitter &e, const Equation &eq, Value x) const override {
    auto ofUpper = [&](Value v) {
      Value square = e.scale(0.5, e.mul(v, v));
      return e.shift(logSqrt2Pi, e.add(eq.result, square));
    };
    auto ofLower = [&](Value v) {
      Value scaled = createScaledErfc(e, e.scale(-M_SQRT1_2, v));
      return e.shift(std::log(std::sqrt(M_PI_2)), e.log(scaled));
    };
    Value isPositive = e.less(e.fill(0, x), x);
    return e.branch(isPositive, x, {1, ofUpper}, {-1, ofLower});
  }
};

/// y = atan2(x, sqrt((1 - x) (1 + x))), the arcsine:  x = sin y,
/// log|dx/dy| = log|cos y|.
struct ArcsineRule : FunctionRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    Value x = e.create<stablehlo::SineOp>(eq.result);
    Type rounded = getElementTypeOrSelf(eq.op->getResult(0).getType());
    return e.nanIfOutside(-M_PI_2, eq.result, M_PI_2, rounded, x);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.logCos(eq.result);
  }
};

/// Falls to a minimum and rises from there.
template <const char *Reason>
struct FallingAndRisingRule : IdiomRule {
  StringRef refuse(Operation *, unsigned) const override { return Reason; }
  Value invert(Emitter &, const Equation &) const override {
    llvm_unreachable("refused");
  }
};

constexpr char siluReason[] =
    "silu is not injective: it falls up to -1.278 and rises from there";
constexpr char geluReason[] =
    "gelu is not injective: it falls up to -0.752 and rises from there";
constexpr char mishReason[] =
    "mish is not injective: it falls up to -1.192 and rises from there";

template <typename Rule>
const ElementwiseRule *getInstance() {
  static const Rule rule;
  return &rule;
}

/// The rule of each function; it must be there for each expansion.
const ElementwiseRule *getRule(StringRef function) {
  static const std::pair<StringRef, const ElementwiseRule *> rules[] = {
      {"sigmoid", getInstance<SigmoidRule>()},
      {"logit", getInstance<LogitRule>()},
      {"softplus", getInstance<SoftplusRule>()},
      {"logaddexp", getInstance<LogAddExpRule>()},
      {"log1mexp", getInstance<Log1mexpRule>()},
      {"elu", getInstance<EluRule>()},
      {"celu", getInstance<CeluRule>()},
      {"leaky_relu", getInstance<LeakyReluRule<true>>()},
      {"leaky_relu_of_positive", getInstance<LeakyReluRule<false>>()},
      {"soft_sign", getInstance<SoftSignRule>()},
      {"squareplus", getInstance<SquareplusRule>()},
      {"ndtr", getInstance<NdtrRule>()},
      {"ndtri", getInstance<NdtriRule>()},
      {"log_ndtr", getInstance<LogNdtrRule>()},
      {"arcsine", getInstance<ArcsineRule>()},
      {"silu", getInstance<FallingAndRisingRule<siluReason>>()},
      {"gelu", getInstance<FallingAndRisingRule<geluReason>>()},
      {"mish", getInstance<FallingAndRisingRule<mishReason>>()},
  };
  for (auto [name, rule] : rules)
    if (name == function)
      return rule;
  return getSlopesRule(function);
}

/// Forward an idiom is its value; backward it is its function.
struct IdiomModel : InvertibleOpInterface::ExternalModel<IdiomModel, IdiomOp> {
  Solvability getSolvability(Operation *op) const {
    const ElementwiseRule *rule = getRule(cast<IdiomOp>(op).getFunction());
    return rule ? getWorstSolvability(op, *rule) : Solvability::Always;
  }
  SmallVector<Edge> getEdges(Operation *op) const {
    const ElementwiseRule *rule = getRule(cast<IdiomOp>(op).getFunction());
    return rule ? getElementwiseEdges(op, *rule) : getOpaqueEdges(op);
  }
  void propagate(Operation *op, Knowledge &knowledge) const {
    const ElementwiseRule *rule = getRule(cast<IdiomOp>(op).getFunction());
    if (!rule)
      return knowledge.refuse(op,
                              "there is no inversion rule for this function");
    solveBesideValue(op, knowledge, *rule);
  }
};

} // namespace

void invhlo::attachIdiomRules(MLIRContext *context) {
  IdiomOp::attachInterface<IdiomModel>(*context);
}
