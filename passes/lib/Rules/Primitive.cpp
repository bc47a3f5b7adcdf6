// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Operations of the host program.

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Rules/Rearrangement.h"
#include "invhlo/Rules/Rules.h"

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

struct PrimitiveRule
    : InvertibleOpInterface::ExternalModel<PrimitiveRule, PrimitiveOp> {
  bool prefersPieces(Operation *) const { return true; }
  SmallVector<Edge> getEdges(Operation *op) const {
    return getRearrangementEdges(op, PrimitiveGeometry());
  }
  void propagate(Operation *op, Knowledge &knowledge) const {
    propagateRearrangement(op, knowledge, PrimitiveGeometry());
  }
};

} // namespace

void invhlo::attachPrimitiveRules(MLIRContext *context) {
  PrimitiveOp::attachInterface<PrimitiveRule>(*context);
}
