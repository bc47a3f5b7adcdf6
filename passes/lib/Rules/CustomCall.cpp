// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Custom calls, told apart by their targets.

#include "invhlo/Interfaces/Primitive.h"
#include "invhlo/Rules/LinearSystem.h"
#include "invhlo/Rules/Rearrangement.h"
#include "invhlo/Rules/Rules.h"

using namespace mlir;
using namespace invhlo;

namespace {

/// A primitive hands on what it was lowered to.
struct PrimitiveGeometry : IdentityGeometry {
  SmallVector<std::pair<unsigned, unsigned>>
  getEdges(Operation *op) const override {
    unsigned first = op->getNumOperands() - op->getNumResults();
    SmallVector<std::pair<unsigned, unsigned>> edges;
    for (unsigned i = 0, n = op->getNumResults(); i < n; ++i)
      edges.push_back({first + i, i});
    return edges;
  }
};

struct CustomCallRule
    : InvertibleOpInterface::ExternalModel<CustomCallRule,
                                           stablehlo::CustomCallOp> {
  bool prefersPieces(Operation *op) const { return isPrimitive(op); }
  void propagate(Operation *op, Knowledge &knowledge) const {
    if (isPrimitive(op))
      return propagateRearrangement(op, knowledge, PrimitiveGeometry());
    propagateTriangularSolve(op, knowledge);
  }
};

} // namespace

void invhlo::attachCustomCallRules(MLIRContext *context) {
  stablehlo::CustomCallOp::attachInterface<CustomCallRule>(*context);
}
