// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/Rules.h"

using namespace mlir;
using namespace invhlo;

namespace {

/// x = q n + r, modulo 2^n.
struct DivisionRule
    : InvertibleOpInterface::ExternalModel<DivisionRule, DivisionOp> {
  void propagate(Operation *op, Knowledge &knowledge) const {
    auto division = cast<DivisionOp>(op);
    Value x = division.getX(), quotient = division.getQuotient(),
          remainder = division.getRemainder();
    if (knowledge.knows(x))
      return;
    Emitter e(knowledge.getBuilder(), op->getLoc());
    for (const IndexSet &set : getCommonlyKnown(
             knowledge, {quotient, remainder}, Knowledge::wholeOf(x))) {
      if (!knowledge.wants(x, set))
        continue;
      Value q = knowledge.get(quotient, set).value;
      Value r = knowledge.get(remainder, set).value;
      RankedTensorType type = getTensorType(q);
      APInt n(type.getElementTypeBitWidth(), division.getDivisor());
      Value divisor =
          e.create<stablehlo::ConstantOp>(DenseElementsAttr::get(type, n));
      Value product = e.mul(q, divisor);
      knowledge.learn(x, set, Known{e.add(product, r), {}});
      for (Value value : {quotient, remainder})
        if (value.getDefiningOp())
          knowledge.spend(value.getDefiningOp(), set);
    }
  }
};

} // namespace

void invhlo::attachDivisionRules(MLIRContext *context) {
  DivisionOp::attachInterface<DivisionRule>(*context);
}
