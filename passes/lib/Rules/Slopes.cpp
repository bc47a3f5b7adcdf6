// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Functions of one slope below zero and another one above. y is the result and
// x the unknown.

#include "Slopes.h"

#include "invhlo/Invhlo/Invhlo.h"
#include "mlir/IR/Matchers.h"
#include <cmath>

using namespace mlir;
using namespace invhlo;

namespace {

/// Which of the parameters a and b is the slope above zero.
enum class Above { B, Larger, Smaller };
/// The slope at zero, of which a function has none: what JAX takes for it.
enum class AtZero { Below, Above, Mean };

/// y = s x, with one slope s > 0 for each sign of x, which is that of y:
/// x = y / s,  log|dx/dy| = -log s. Without b the other slope is one.
class SlopesRule : public ElementwiseRule {
public:
  SlopesRule(Above above, AtZero atZero) : above(above), atZero(atZero) {}

  OperandRange getOperands(Operation *op) const override {
    return cast<IdiomOp>(op).getArguments();
  }
  std::optional<double> getRegularResult() const override { return 0.5; }
  StringRef refuse(Operation *op, unsigned unknown) const override {
    if (unknown != 0)
      return "a slope cannot be found from the result";
    auto isPositive = [](const APFloat &slope) {
      return slope.isFiniteNonZero() && !slope.isNegative();
    };
    DenseElementsAttr literal;
    for (Value slope : getOperands(op).drop_front())
      if (matchPattern(slope, m_Constant(&literal)) &&
          !llvm::all_of(literal.getValues<APFloat>(), isPositive))
        return "a function of two slopes is inverted only if they are positive "
               "and finite";
    return "";
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.div(eq.result, getSlope(e, eq));
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.neg(e.log(getSlope(e, eq)));
  }

private:
  /// NaN unless both slopes are positive.
  Value getSlope(Emitter &e, const Equation &eq) const {
    Value y = eq.result, a = eq.operands[1];
    Value b = eq.operands.size() == 2 ? e.fill(1, a) : eq.operands[2];
    Value smaller = e.create<stablehlo::MinOp>(a, b);
    Value larger = e.create<stablehlo::MaxOp>(a, b);
    Value slopeAbove = above == Above::B        ? b
                       : above == Above::Larger ? larger
                                                : smaller;
    Value slopeBelow = above == Above::B        ? a
                       : above == Above::Larger ? smaller
                                                : larger;
    Value slopeAtZero = atZero == AtZero::Below   ? slopeBelow
                        : atZero == AtZero::Above ? slopeAbove
                                                  : e.scale(0.5, e.add(a, b));
    Value zero = e.fill(0, y);
    Value isAbove = e.less(zero, y);
    Value isBelow = e.less(y, zero);
    Value slope = e.select(isAbove, slopeAbove, slopeAtZero);
    slope = e.select(isBelow, slopeBelow, slope);
    Value nan = e.nan(y);
    return e.select(e.less(zero, smaller), slope, nan);
  }

  Above above;
  AtZero atZero;
};

} // namespace

const ElementwiseRule *invhlo::getSlopesRule(StringRef function) {
  static const SlopesRule slopes(Above::B, AtZero::Above);
  static const SlopesRule slopesOfPositive(Above::B, AtZero::Below);
  static const SlopesRule slopesOfParts(Above::B, AtZero::Mean);
  static const SlopesRule maximum(Above::Larger, AtZero::Mean);
  static const SlopesRule minimum(Above::Smaller, AtZero::Mean);
  static const std::pair<StringRef, const SlopesRule &> rules[] = {
      {"slopes", slopes},
      {"slopes_of_positive", slopesOfPositive},
      {"slopes_of_parts", slopesOfParts},
      {"maximum_of_multiples", maximum},
      {"minimum_of_multiples", minimum},
  };
  for (auto &[name, rule] : rules)
    if (name == function)
      return &rule;
  return nullptr;
}
