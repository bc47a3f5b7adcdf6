// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Choices between values by a predicate.

#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/Rules.h"

using namespace mlir;
using namespace invhlo;

namespace {

/// Whether a value is a literal of NaNs alone.
bool isNaN(Value value) {
  DenseElementsAttr literal = getLiteral(value);
  if (!literal || !isa<FloatType>(literal.getElementType()))
    return false;
  bool isNaN = true;
  forEachNumber(literal, [&](size_t, std::complex<double> k) {
    isNaN &= std::isnan(k.real());
  });
  return isNaN;
}

/// A literal predicate says which elements of the result are whose. If an arm
/// is NaN, results that are not are the other's; those that are may stand for
/// any number, of which NaN is chosen.
struct SelectRule
    : InvertibleOpInterface::ExternalModel<SelectRule, stablehlo::SelectOp> {
  SmallVector<Edge> getEdges(Operation *op) const {
    return getEdgesToResult(op, {1, 2}, Reach::Same, Coupling::Affine);
  }
  bool prefersPieces(Operation *) const { return true; }
  Solvability getSolvability(Operation *op) const {
    auto select = cast<stablehlo::SelectOp>(op);
    return getLiteral(select.getPred()) ? Solvability::Always
                                        : Solvability::ByBranch;
  }

  void propagate(Operation *op, Knowledge &knowledge) const {
    auto select = cast<stablehlo::SelectOp>(op);
    const auto &sides = knowledge.remember<std::optional<Sides>>(
        op, [&] { return Sides::get(select); });
    if (sides) {
      move(select, select.getOnTrue(), sides->taken, knowledge);
      move(select, select.getOnFalse(), sides->left, knowledge);
      return;
    }
    Value arm = getGuarded(select);
    if (isWrapped(select))
      unwrap(select, knowledge);
    else if (!arm)
      knowledge.refuse(op, knowledge.knows(select.getPred())
                               ? "its predicate is not a literal"
                               : "its predicate depends on the unknown");
    else if (knowledge.choosesBranches())
      moveBack(select.getResult(), arm, Knowledge::wholeOf(arm), knowledge);
    evaluateParts(op, knowledge);
  }

  /// The elements of the result that come from either arm.
  struct Sides {
    IndexSet taken, left;

    static std::optional<Sides> get(stablehlo::SelectOp select) {
      // A scalar chooses for all elements.
      ArrayRef<int64_t> shape = getTensorType(select.getResult()).getShape();
      std::optional<IndexSet> taken = getNonZeros(select.getPred(), shape);
      if (!taken)
        return std::nullopt;
      Mask left = taken->getMask();
      left.bits.flip();
      return Sides{std::move(*taken), IndexSet(shape, std::move(left))};
    }
  };

  /// The arm beside one that is NaN; null if there is none.
  static Value getGuarded(stablehlo::SelectOp select) {
    if (isNaN(select.getOnTrue()))
      return select.getOnFalse();
    return isNaN(select.getOnFalse()) ? select.getOnTrue() : Value();
  }

  /// Whether it is x + n for integers x below zero, else x: how front ends
  /// count from the end of an array.
  static bool isWrapped(stablehlo::SelectOp select) {
    Value x = select.getOnFalse();
    auto sum = select.getOnTrue().getDefiningOp<stablehlo::AddOp>();
    auto compare = select.getPred().getDefiningOp<stablehlo::CompareOp>();
    DenseElementsAttr zero, n;
    return isa<IntegerType>(getTensorType(x).getElementType()) && sum &&
           sum.getLhs() == x && (n = getLiteral(sum.getRhs())) && n.isSplat() &&
           compare && compare.getLhs() == x &&
           compare.getComparisonDirection() ==
               stablehlo::ComparisonDirection::LT &&
           (zero = getLiteral(compare.getRhs())) && zero.isSplat() &&
           zero.getSplatValue<APInt>().isZero();
  }

  /// x = y, or y - n for y below zero, of the x that have this result.
  static void unwrap(stablehlo::SelectOp select, Knowledge &knowledge) {
    Value x = select.getOnFalse(), result = select.getResult();
    if (!knowledge.choosesBranches()) {
      if (knowledge.knows(result) && !knowledge.knows(x))
        knowledge.refuse(select, "another result may tell which it chose");
      return;
    }
    for (const Piece &piece : knowledge.getPieces(result)) {
      if (!knowledge.wants(x, piece.where))
        continue;
      Emitter e(knowledge.getBuilder(), select.getLoc());
      Value y = knowledge.get(result, piece.where).value;
      Value sum = select.getOnTrue();
      DenseElementsAttr n = getLiteral(sum.getDefiningOp()->getOperand(1));
      Value minus = e.create<stablehlo::ConstantOp>(
          DenseElementsAttr::get(getTensorType(y), -n.getSplatValue<APInt>()));
      Value moved = e.add(y, minus), zero = e.fill(0, y);
      knowledge.learn(x, piece.where,
                      Known{e.select(e.less(y, zero), moved, y), {}});
    }
  }

  /// `part` of the result is the same part of `arm`.
  static void move(stablehlo::SelectOp select, Value arm, const IndexSet &part,
                   Knowledge &knowledge) {
    Value result = select.getResult();
    moveBack(result, arm, part, knowledge);
    for (const Piece &piece : knowledge.getPieces(arm)) {
      IndexSet common = piece.where.intersect(part);
      if (!common.empty() && knowledge.wants(result, common))
        knowledge.learn(result, common,
                        Known{knowledge.get(arm, common).value, {}});
    }
  }
  static void moveBack(Value result, Value arm, const IndexSet &part,
                       Knowledge &knowledge) {
    for (const Piece &piece : knowledge.getPieces(result)) {
      IndexSet common = piece.where.intersect(part);
      if (!common.empty() && knowledge.wants(arm, common))
        knowledge.learn(arm, common, knowledge.get(result, common));
    }
  }
};

} // namespace

void invhlo::attachSelectionRules(MLIRContext *context) {
  stablehlo::SelectOp::attachInterface<SelectRule>(*context);
}
