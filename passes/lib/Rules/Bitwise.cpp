// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Bitwise ops: exact, and without a density.

#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/Rules.h"

using namespace mlir;
using namespace invhlo;

namespace {

/// y = ~x.
struct NotRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.create<stablehlo::NotOp>(eq.result);
  }
};

/// y = x ^ k:  x = y ^ k.
struct XorRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.create<stablehlo::XorOp>(eq.result, eq.getOther());
  }
};

struct LosesMaskedBits {
  static constexpr llvm::StringLiteral text = "it loses the masked bits";
};
struct LosesShiftedBits {
  static constexpr llvm::StringLiteral text =
      "it loses the bits that are shifted out";
};

} // namespace

void invhlo::attachBitwiseRules(MLIRContext *context) {
  attachElementwise<stablehlo::NotOp, NotRule>(context);
  attachElementwise<stablehlo::XorOp, XorRule>(context);
  attachElementwiseRefusal<LosesMaskedBits, stablehlo::AndOp, stablehlo::OrOp>(
      context);
  attachElementwiseRefusal<LosesShiftedBits, stablehlo::ShiftLeftOp,
                           stablehlo::ShiftRightLogicalOp,
                           stablehlo::ShiftRightArithmeticOp>(context);
  attachElementwiseRefusal<ManyToOne, stablehlo::PopulationCountOp,
                           stablehlo::ClzOp>(context);
}
