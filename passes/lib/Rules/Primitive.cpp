// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Operations of the host program.

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Rules/Rearrangement.h"
#include "invhlo/Rules/Rules.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace invhlo;

namespace {

/// A primitive hands on what it was lowered to.
struct PrimitiveGeometry : IdentityGeometry {
  SmallVector<std::pair<unsigned, unsigned>>
  getEdges(Operation *op) const override {
    unsigned first = cast<PrimitiveOp>(op).getLowered().getBeginOperandIndex();
    SmallVector<std::pair<unsigned, unsigned>> edges;
    for (unsigned i = 0, n = op->getNumResults(); i < n; ++i)
      edges.push_back({first + i, i});
    return edges;
  }
};

/// The way back alone.
struct LoweredGeometry : PrimitiveGeometry {
  std::optional<Route> toResult(Operation *, unsigned,
                                const Box &) const override {
    return Route::nothing();
  }
};

struct PrimitiveRule
    : InvertibleOpInterface::ExternalModel<PrimitiveRule, PrimitiveOp> {
  bool prefersPieces(Operation *) const { return true; }
  SmallVector<Edge> getEdges(Operation *op) const {
    return getRearrangementEdges(op, PrimitiveGeometry());
  }
  void propagate(Operation *op, Knowledge &knowledge) const {
    auto isKnown = [&](Value value) { return knowledge.knows(value); };
    if (!llvm::all_of(op->getResults(), isKnown))
      return propagateRearrangement(op, knowledge, PrimitiveGeometry());
    propagateRearrangement(op, knowledge, LoweredGeometry());
    if (llvm::all_of(op->getOperands(), isKnown))
      evaluate(op, knowledge);
  }

private:
  /// Adds what the host's operation gives to what is known conditionally: what
  /// it is lowered to is the same, without its derivatives.
  static void evaluate(Operation *op, Knowledge &knowledge) {
    auto isWanted = [&](Value result) { return knowledge.wants(result); };
    if (llvm::none_of(op->getResults(), isWanted))
      return;
    IRMapping mapping;
    for (Value operand : op->getOperands())
      mapping.map(operand, knowledge.get(operand).value);
    Operation *clone = knowledge.getBuilder().clone(*op, mapping);
    for (auto [result, value] :
         llvm::zip_equal(op->getResults(), clone->getResults()))
      if (isWanted(result))
        knowledge.learn(result, Knowledge::wholeOf(result), {value, {}});
  }
};

} // namespace

void invhlo::attachPrimitiveRules(MLIRContext *context) {
  PrimitiveOp::attachInterface<PrimitiveRule>(*context);
}
