// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Cone.h"
#include "Steps.h"
#include "invhlo/Idioms/Passes.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

namespace invhlo {
#define GEN_PASS_DEF_RAISESEARCHESPASS
#include "invhlo/Idioms/Passes.h.inc"
} // namespace invhlo

namespace {
struct RaiseSearchesPass
    : invhlo::impl::RaiseSearchesPassBase<RaiseSearchesPass> {
  void runOnOperation() override {
    getOperation().walk([](Block *block) { raise(*block); });
  }

  static void raise(Block &block) {
    StepFinder finder(block);
    if (!finder.findsAny())
      return;
    forEachRoot(block, [&](Operation *op) -> SmallVector<Operation *> {
      std::optional<SteppedCone> cone = finder.find(op);
      if (!cone)
        return {};
      Value value = op->getResult(0);
      OpBuilder b(op->getContext());
      b.setInsertionPointAfter(op);
      Value edges = createEdges(b, op->getLoc(), cone->thresholds,
                                cast<RankedTensorType>(cone->x.getType()));
      auto search = SearchOp::create(b, op->getLoc(), value.getType(), cone->x,
                                     cone->steps.getArrayRef(), edges, value,
                                     cone->isGuessed);
      ValueRange steps = cone->steps.getArrayRef();
      outline(search.getLookup(), cone->lookup, cone->x, {}, steps);
      outline(search.getFormula(), cone->ops, cone->x, steps, value);
      value.replaceAllUsesExcept(search, search);
      return cone->ops;
    });
  }
};
} // namespace
