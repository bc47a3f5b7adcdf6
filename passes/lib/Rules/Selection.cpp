// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Choices between values by a predicate.

#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/Rules.h"

using namespace mlir;
using namespace invhlo;

namespace {

/// A literal predicate says which elements of the result are whose.
struct SelectRule
    : InvertibleOpInterface::ExternalModel<SelectRule, stablehlo::SelectOp> {
  bool prefersPieces(Operation *) const { return true; }

  void propagate(Operation *op, Knowledge &knowledge) const {
    auto select = cast<stablehlo::SelectOp>(op);
    DenseElementsAttr literal = getConstant(select.getPred());
    if (!literal) {
      knowledge.refuse(op, "its predicate is not a literal");
      return evaluateParts(op, knowledge);
    }
    ArrayRef<int64_t> shape = getTensorType(select.getResult()).getShape();
    llvm::BitVector taken(getNumElements(shape));
    if (literal.isSplat()) {
      if (literal.getSplatValue<bool>())
        taken.set();
    } else {
      for (auto [i, value] : llvm::enumerate(literal.getValues<bool>()))
        taken[i] = value;
    }
    llvm::BitVector left = taken;
    left.flip();
    move(select, select.getOnTrue(), IndexSet(shape, taken), knowledge);
    move(select, select.getOnFalse(), IndexSet(shape, left), knowledge);
  }

  /// `part` of the result is the same part of `arm`.
  static void move(stablehlo::SelectOp select, Value arm, const IndexSet &part,
                   Knowledge &knowledge) {
    Value result = select.getResult();
    for (auto [from, to] : {std::pair(result, arm), std::pair(arm, result)})
      for (const Piece &piece : knowledge.getPieces(from)) {
        IndexSet common = piece.where.intersect(part);
        if (!common.empty() && !knowledge.knows(to, common))
          knowledge.learn(to, common,
                          to == arm
                              ? knowledge.get(from, common)
                              : Known{knowledge.get(from, common).value, {}});
      }
  }
};

} // namespace

void invhlo::attachSelectionRules(MLIRContext *context) {
  stablehlo::SelectOp::attachInterface<SelectRule>(*context);
}
