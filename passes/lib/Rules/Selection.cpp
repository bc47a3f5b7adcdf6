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
    const auto &sides = knowledge.remember<std::optional<Sides>>(
        op, [&] { return Sides::get(select); });
    if (!sides) {
      knowledge.refuse(op, "its predicate is not a literal");
      return evaluateParts(op, knowledge);
    }
    move(select, select.getOnTrue(), sides->taken, knowledge);
    move(select, select.getOnFalse(), sides->left, knowledge);
  }

  /// The elements of the result that come from either arm.
  struct Sides {
    IndexSet taken, left;

    static std::optional<Sides> get(stablehlo::SelectOp select) {
      DenseElementsAttr literal = getLiteral(select.getPred());
      if (!literal)
        return std::nullopt;
      ArrayRef<int64_t> shape = getTensorType(select.getResult()).getShape();
      // A scalar chooses for all elements.
      Mask taken{SmallVector<int64_t, 4>(shape.size(), 1), llvm::BitVector(1)};
      if (literal.isSplat()) {
        taken.bits[0] = literal.getSplatValue<bool>();
      } else {
        taken.shape.assign(literal.getType().getShape().begin(),
                           literal.getType().getShape().end());
        taken.bits.resize(literal.getNumElements());
        for (auto [i, value] : llvm::enumerate(literal.getValues<bool>()))
          taken.bits[i] = value;
      }
      Mask left = taken;
      left.bits.flip();
      return Sides{IndexSet(shape, std::move(taken)),
                   IndexSet(shape, std::move(left))};
    }
  };

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
