// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Changes of the element type.

#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/Rules.h"

using namespace mlir;
using namespace invhlo;

namespace {

/// The inverse of a conversion converts back. Between floats the lost digits
/// are rounding: every y comes back from the x found for it. What comes back
/// to an integer was computed in floats, and is the nearest one.
struct ConvertRule : ElementwiseRule {
  Coupling getCoupling(Operation *op, unsigned) const override {
    Value operand = op->getOperand(0), result = op->getResult(0);
    return isComplex(operand) && isComplex(result) ? Coupling::Affine
           : hasDensity(operand.getType()) && isReal(result)
               ? Coupling::Monotone
               : Coupling::Opaque;
  }
  StringRef refuse(Operation *op, unsigned) const override {
    Type from = getElementTypeOrSelf(op->getOperand(0).getType());
    Type to = getElementTypeOrSelf(op->getResult(0).getType());
    if (from.isInteger(1))
      return "";
    if (isa<ComplexType>(from) != isa<ComplexType>(to))
      return isa<ComplexType>(from)
                 ? "it loses the imaginary part"
                 : "a real value in a complex one has fewer dimensions";
    bool fromInt = isa<IntegerType>(from), toInt = isa<IntegerType>(to);
    if (toInt && !fromInt)
      return "it loses the fraction";
    if (toInt && from.getIntOrFloatBitWidth() > to.getIntOrFloatBitWidth())
      return "it loses the high bits";
    return "";
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    Type type = eq.type.getElementType();
    Value y = eq.result;
    if (isa<IntegerType>(type) && hasDensity(y.getType()))
      y = e.create<stablehlo::RoundNearestEvenOp>(e.real(y));
    return type.isInteger(1) ? e.differ(y, e.fill(0, y)) : e.convert(y, type);
  }
};

/// Rounding to fewer digits: y is the x that gives y.
struct ReducePrecisionRule : ElementwiseRule {
  Value invert(Emitter &, const Equation &eq) const override {
    return eq.result;
  }
};

/// The bits back in the other type; also between one wide and several narrow
/// elements, which only whole values show.
struct BitcastConvertRule
    : InvertibleOpInterface::ExternalModel<BitcastConvertRule,
                                           stablehlo::BitcastConvertOp> {
  SmallVector<Edge> getEdges(Operation *op) const {
    bool isSame = getTensorType(op->getOperand(0)).getShape() ==
                  getTensorType(op->getResult(0)).getShape();
    return getEdgesToResult(op, 0, isSame ? Reach::Same : Reach::All,
                            Coupling::Opaque);
  }
  void propagate(Operation *op, Knowledge &knowledge) const {
    Value operand = op->getOperand(0), result = op->getResult(0);
    if (knowledge.knows(operand) || !knowledge.knows(result))
      return;
    bool sameKind =
        hasDensity(operand.getType()) == hasDensity(result.getType());
    if (knowledge.wantsShares() && hasDensity(operand.getType()) &&
        (!sameKind || operand.getType() != result.getType()))
      return knowledge.refuse(op, "the bits of a float have no density");
    Emitter e(knowledge.getBuilder(), op->getLoc());
    Value x = stablehlo::BitcastConvertOp::create(e.getBuilder(), e.getLoc(),
                                                  operand.getType(),
                                                  knowledge.get(result).value);
    knowledge.learn(operand, Knowledge::wholeOf(operand), Known{x, {}});
  }
};

} // namespace

void invhlo::attachConversionRules(MLIRContext *context) {
  attachElementwise<stablehlo::ConvertOp, ConvertRule>(context);
  attachElementwise<stablehlo::ReducePrecisionOp, ReducePrecisionRule>(context);
  stablehlo::BitcastConvertOp::attachInterface<BitcastConvertRule>(*context);
}
