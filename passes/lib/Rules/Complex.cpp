// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Complex values and their parts.

#include "invhlo/CHLO/CHLO.h"
#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/Rules.h"

using namespace mlir;
using namespace invhlo;

namespace {

/// y = a + ib: both parts from y, each with half of its share. One of them
/// alone has no density of its own.
struct ComplexRule
    : InvertibleOpInterface::ExternalModel<ComplexRule, stablehlo::ComplexOp> {
  SmallVector<Edge> getEdges(Operation *op) const {
    return getEdgesToResult(op, {0, 1}, Reach::Same, Coupling::Affine);
  }
  void propagate(Operation *op, Knowledge &knowledge) const {
    Value re = op->getOperand(0), im = op->getOperand(1);
    Value result = op->getResult(0);
    for (const Piece &piece : knowledge.getPieces(result))
      for (const IndexSet &set : getSolvable(op, piece.where, knowledge)) {
        Emitter e(knowledge.getBuilder(), op->getLoc());
        auto [value, share] = knowledge.get(result, set);
        if (share)
          share = e.create<SpreadShareOp>(share, 2);
        Value x = e.create<stablehlo::RealOp>(value);
        knowledge.learn(re, set, Known{x, share});
        x = e.create<stablehlo::ImagOp>(value);
        knowledge.learn(im, set, Known{x, share});
      }
    evaluateParts(op, knowledge);
  }

  /// Where in `where` both parts are unknown; if no shares are wanted, one of
  /// them is enough.
  static SmallVector<IndexSet> getSolvable(Operation *op, const IndexSet &where,
                                           Knowledge &knowledge) {
    Value re = op->getOperand(0), im = op->getOperand(1);
    if ((knowledge.knows(re, where) && knowledge.knows(im, where)) || re == im)
      return {};
    if (!knowledge.wantsShares())
      return {where};
    SmallVector<IndexSet> unknownRe = knowledge.getUnknown(re, where);
    SmallVector<IndexSet> unknownIm = knowledge.getUnknown(im, where);
    SmallVector<IndexSet> both;
    for (const IndexSet &set : unknownRe)
      llvm::append_range(both, knowledge.getUnknown(im, set));
    if (!subtract(unknownRe, both).empty() ||
        !subtract(unknownIm, both).empty())
      knowledge.refuse(op, "one part of it is known already");
    return both;
  }
};

/// The operand of `real` and `imag` is found where both parts are known, with
/// both shares.
template <typename Op>
struct PartRule : InvertibleOpInterface::ExternalModel<PartRule<Op>, Op> {
  SmallVector<Edge> getEdges(Operation *op) const {
    return getEdgesToResult(op, 0, Reach::Same, Coupling::Affine);
  }
  void propagate(Operation *op, Knowledge &knowledge) const {
    Value operand = op->getOperand(0);
    if (!isComplex(operand))
      return propagateElementwise(op, knowledge, IdentityRule());
    bool hasBoth = false;
    for (Value re : getParts<stablehlo::RealOp>(operand))
      for (Value im : getParts<stablehlo::ImagOp>(operand)) {
        hasBoth = true;
        join(op, re, im, operand, knowledge);
      }
    if (!hasBoth)
      knowledge.refuse(op, "it keeps one part of a complex value");
    evaluateParts(op, knowledge);
  }

  static void join(Operation *op, Value re, Value im, Value operand,
                   Knowledge &knowledge) {
    for (const IndexSet &set :
         getCommonlyKnown(knowledge, {re, im}, Knowledge::wholeOf(operand))) {
      if (knowledge.knows(operand, set))
        continue;
      Emitter e(knowledge.getBuilder(), op->getLoc());
      Known reData = knowledge.get(re, set), imData = knowledge.get(im, set);
      Value value = e.create<stablehlo::ComplexOp>(reData.value, imData.value);
      Value share = e.addLogDet(reData.share, imData.share);
      knowledge.learn(operand, set, Known{value, share});
      for (Value part : {re, im})
        knowledge.spend(part.getDefiningOp(), set);
    }
  }

  struct IdentityRule : ElementwiseRule {
    Value invert(Emitter &, const Equation &eq) const override {
      return eq.result;
    }
  };
  /// The results of all ops that take this part of `operand`.
  template <typename PartOp>
  static SmallVector<Value> getParts(Value operand) {
    SmallVector<Value> parts;
    for (Operation *user : operand.getUsers())
      if (isa<PartOp>(user))
        parts.push_back(user->getResult(0));
    return parts;
  }
};

/// y = conj(x).
struct ConjugateRule : ElementwiseRule {
  Coupling getCoupling(Operation *, unsigned) const override {
    return Coupling::Affine;
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.create<chlo::ConjOp>(eq.result);
  }
};

} // namespace

void invhlo::attachComplexRules(MLIRContext *context) {
  stablehlo::ComplexOp::attachInterface<ComplexRule>(*context);
  stablehlo::RealOp::attachInterface<PartRule<stablehlo::RealOp>>(*context);
  stablehlo::ImagOp::attachInterface<PartRule<stablehlo::ImagOp>>(*context);
  attachElementwise<chlo::ConjOp, ConjugateRule>(context);
}
