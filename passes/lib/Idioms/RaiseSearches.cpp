// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Cone.h"
#include "Steps.h"
#include "invhlo/Idioms/Passes.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace invhlo;

namespace invhlo {
#define GEN_PASS_DEF_RAISESEARCHESPASS
#include "invhlo/Idioms/Passes.h.inc"
} // namespace invhlo

/// Clones `ops`, which compute `results` from x and `steps`, into a new block
/// of `region` that takes what stands for x.
static void buildBlock(Region &region, ArrayRef<Operation *> ops, Value x,
                       ValueRange steps, ValueRange results, Location loc) {
  Block &block = region.emplaceBlock();
  OpBuilder b(x.getContext());
  b.setInsertionPointToEnd(&block);
  IRMapping mapping;
  mapping.map(x, block.addArgument(x.getType(), loc));
  mapping.map(steps, steps);
  auto lookUp = [&](Value value) {
    Value lowered = mapping.lookupOrNull(lookThroughPrimitives(value));
    return lowered ? lowered : value;
  };
  for (Operation *op : ops) {
    for (Value input : getOperandsAndCaptured(op))
      mapping.map(input, lookUp(input));
    b.clone(*op, mapping);
  }
  SmallVector<Value> returned = llvm::map_to_vector(results, lookUp);
  YieldOp::create(b, loc, returned);
}

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
      buildBlock(search.getLookup(), cone->lookup, cone->x, {}, steps,
                 op->getLoc());
      buildBlock(search.getFormula(), cone->ops, cone->x, steps, value,
                 op->getLoc());
      value.replaceAllUsesExcept(search, search);
      return cone->ops;
    });
  }
};
} // namespace
