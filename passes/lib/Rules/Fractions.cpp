// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Affine functions and quotients of them. y is the result, x the unknown.

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/Rules.h"
#include "invhlo/Spans/Spans.h"

using namespace mlir;
using namespace invhlo;

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

struct FractionModel
    : InvertibleOpInterface::ExternalModel<FractionModel, FractionOp> {
  Solvability getSolvability(Operation *op) const {
    return getWorstSolvability(op, FractionRule());
  }
  SmallVector<Edge> getEdges(Operation *op) const {
    return getElementwiseEdges(op, FractionRule());
  }
  void propagate(Operation *op, Knowledge &knowledge) const {
    solveBesideValue(op, knowledge, FractionRule());
  }
};

} // namespace

void invhlo::attachFractionRules(MLIRContext *context) {
  FractionOp::attachInterface<FractionModel>(*context);
}
