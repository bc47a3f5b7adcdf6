// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Quotients of affine and of quadratic functions. y is the result, x the
// unknown.

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/Rules.h"
#include "invhlo/Spans/Spans.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace {

/// y = (a x + b) / (c x + d):  x = (d y - b) / (a - c y),
/// log|dx/dy| = log|a d - b c| - 2 log|a - c y|.
struct FractionRule : ElementwiseRule {
  enum Position { X, A, B, C, D };

  OperandRange getOperands(Operation *op) const override {
    return op->getOperands().drop_back();
  }
  StringRef refuse(Operation *, unsigned unknown) const override {
    return unknown == X ? "" : "a coefficient cannot be found from the result";
  }
  /// A coefficient that is not a number may make it a constant in a run.
  Solvability getSolvability(Operation *op, unsigned unknown) const override {
    auto isNumber = [](Value value) { return getNumber(value).has_value(); };
    return llvm::all_of(getOperands(op).drop_front(), isNumber)
               ? Solvability::Always
               : Solvability::Conditionally;
  }
  Coupling getCoupling(Operation *op, unsigned operand) const override {
    if (operand == X && is(op, C, 0))
      return Coupling::Affine;
    return Coupling::Opaque;
  }
  /// Far from most poles.
  std::optional<double> getRegularResult() const override { return 0.381966; }

  Value getCondition(Emitter &e, const Equation &eq) const override {
    return isInvertible(e, getDeterminant(e, eq));
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    Value numerator = scale(e, eq, D, eq.result);
    if (!is(eq.op, B, 0))
      numerator = e.sub(numerator, eq.operands[B]);
    return is(eq.op, C, 0) && is(eq.op, A, 1)
               ? numerator
               : e.div(numerator, getDivisor(e, eq));
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    if (is(eq.op, C, 0) && is(eq.op, D, 1))
      return e.neg(e.logAbs(eq.operands[A]));
    Value determinant = e.logAbs(getDeterminant(e, eq));
    Value divisor = e.logAbs(getDivisor(e, eq));
    return e.sub(determinant, e.scale(2, divisor));
  }

private:
  static bool is(Operation *op, Position position, double number) {
    return getNumber(op->getOperand(position)) == number;
  }
  /// Coefficient times `value`.
  static Value scale(Emitter &e, const Equation &eq, Position position,
                     Value value) {
    return is(eq.op, position, 1) ? value : e.mul(eq.operands[position], value);
  }
  /// a - c y.
  static Value getDivisor(Emitter &e, const Equation &eq) {
    if (is(eq.op, C, 0))
      return eq.operands[A];
    return e.sub(eq.operands[A], scale(e, eq, C, eq.result));
  }
  /// a d - b c.
  static Value getDeterminant(Emitter &e, const Equation &eq) {
    Value determinant = scale(e, eq, D, eq.operands[A]);
    if (is(eq.op, B, 0) || is(eq.op, C, 0))
      return determinant;
    return e.sub(determinant, scale(e, eq, C, eq.operands[B]));
  }
};

/// y = (a x^2 + b x + c) / (p x^2 + q x + r), where the denominator is not
/// zero: A x^2 + B x + C = 0 with A = a - p y, B = b - q y, C = c - r y. The
/// root is taken at which A x^2 + B x + C grows, as y does if the denominator
/// is positive, or where y falls the root at which it does: with the square
/// root S of B^2 - 4 A C it is 2 C / (-B - S) = (-B + S) / (2 A), of which one
/// does not cancel, and log|dx/dy| = log|p x^2 + q x + r| - log S.
struct QuadraticRule : ElementwiseRule {
  enum Position { X, A, B, C, P, Q, R };

  OperandRange getOperands(Operation *op) const override {
    return op->getOperands().drop_back();
  }
  StringRef refuse(Operation *, unsigned unknown) const override {
    return unknown == X ? "" : "a coefficient cannot be found from the result";
  }
  Solvability getSolvability(Operation *, unsigned) const override {
    return Solvability::ByBranch;
  }
  Coupling getCoupling(Operation *, unsigned) const override {
    return Coupling::Opaque;
  }
  std::optional<double> getRegularResult() const override { return 0.381966; }

  Value invert(Emitter &e, const Equation &eq) const override {
    Roots roots = getRoots(e, eq);
    Value zero = e.fill(0, roots.b);
    Value cancels = e.less(roots.b, zero);
    Value sum = e.add(e.magnitude(roots.b), roots.spread);
    Value numerator = e.select(cancels, sum, e.scale(-2, roots.c));
    Value denominator = e.select(cancels, e.scale(2, roots.a), sum);
    Value isNone = e.create<OrOp>(roots.areNone, e.equal(denominator, zero));
    Value divisor = e.select(isNone, e.fill(1, denominator), denominator);
    Value x = e.div(numerator, divisor);
    bool hasPole = getNumber(eq.op->getOperand(P)) != 0 ||
                   getNumber(eq.op->getOperand(Q)) != 0;
    if (hasPole)
      isNone = e.create<OrOp>(isNone, e.equal(evaluate(e, eq, P, x), zero));
    return e.nanIf(isNone, x);
  }
  Value logDet(Emitter &e, const Equation &eq, Value x) const override {
    Value denominator = e.logAbs(evaluate(e, eq, P, x));
    return e.sub(denominator, e.log(getRoots(e, eq).spread));
  }

private:
  /// The coefficients of the equation, and S, or zero if the roots are no real
  /// numbers: its derivative is infinite there.
  struct Roots {
    Value a, b, c, spread, areNone;
  };
  static Roots getRoots(Emitter &e, const Equation &eq) {
    auto get = [&](Position ofNumerator, Position ofDenominator) {
      Value coefficient = eq.operands[ofNumerator];
      if (getNumber(eq.op->getOperand(ofDenominator)) == 0)
        return coefficient;
      return e.sub(coefficient, e.mul(eq.operands[ofDenominator], eq.result));
    };
    Value a = get(A, P), b = get(B, Q), c = get(C, R);
    Value square = e.mul(b, b), product = e.scale(4, e.mul(a, c));
    Value radicand = e.sub(square, product), zero = e.fill(0, radicand);
    Value isPositive = e.less(zero, radicand);
    Value spread = e.create<SqrtOp>(e.guard(isPositive, radicand, 1));
    if (cast<QuadraticOp>(eq.op).getFalls()) {
      a = e.neg(a);
      b = e.neg(b);
      c = e.neg(c);
    }
    Value isReal = e.create<CompareOp>(radicand, zero, ComparisonDirection::GE);
    return {a, b, c, e.guard(isPositive, spread, 0), e.create<NotOp>(isReal)};
  }
  /// The polynomial whose first coefficient is at `first`.
  static Value evaluate(Emitter &e, const Equation &eq, unsigned first,
                        Value x) {
    Value inner = e.add(e.mul(eq.operands[first], x), eq.operands[first + 1]);
    return e.add(e.mul(inner, x), eq.operands[first + 2]);
  }
};

/// An op that stands beside a value, solved by the formulas of `Rule`.
template <typename Op, typename Rule>
struct BesideValueModel
    : InvertibleOpInterface::ExternalModel<BesideValueModel<Op, Rule>, Op> {
  Solvability getSolvability(Operation *op) const {
    return getWorstSolvability(op, Rule());
  }
  SmallVector<Edge> getEdges(Operation *op) const {
    return getElementwiseEdges(op, Rule());
  }
  void propagate(Operation *op, Knowledge &knowledge) const {
    solveBesideValue(op, knowledge, Rule());
  }
};

} // namespace

void invhlo::attachFractionRules(MLIRContext *context) {
  FractionOp::attachInterface<BesideValueModel<FractionOp, FractionRule>>(
      *context);
  QuadraticOp::attachInterface<BesideValueModel<QuadraticOp, QuadraticRule>>(
      *context);
}
