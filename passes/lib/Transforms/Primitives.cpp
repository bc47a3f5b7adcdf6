// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Transforms/Passes.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;
using namespace invhlo;

namespace invhlo {
#define GEN_PASS_DEF_HOSTPRIMITIVESPASS
#define GEN_PASS_DEF_LOWERPRIMITIVESPASS
#include "invhlo/Transforms/Passes.h.inc"
} // namespace invhlo

using Operations = llvm::SetVector<Operation *>;

static void insertProducers(ValueRange values, Operations &producers) {
  for (Value value : values)
    if (Operation *producer = value.getDefiningOp())
      producers.insert(producer);
}

/// Erases what nothing uses of `ops` and of what only they use. The host names
/// primitives without effects only, so their lowerings have none.
static void eraseUnused(Operations ops) {
  while (!ops.empty()) {
    Operation *op = ops.pop_back_val();
    if (!op->use_empty())
      continue;
    SetVector<Value> captured;
    getUsedValuesDefinedAbove(op->getRegions(), captured);
    insertProducers(captured.getArrayRef(), ops);
    insertProducers(op->getOperands(), ops);
    op->erase();
  }
}

namespace {
struct HostPrimitivesPass
    : invhlo::impl::HostPrimitivesPassBase<HostPrimitivesPass> {
  void runOnOperation() override {
    getOperation().walk([](PrimitiveOp op) {
      OpBuilder b(op);
      auto bind = BindOp::create(b, op.getLoc(), op.getResultTypes(),
                                 op.getInputs(), op.getHostAttr());
      bind->setDiscardableAttrs(op->getDiscardableAttrDictionary());
      Operations lowering;
      insertProducers(op.getLowered(), lowering);
      op->replaceAllUsesWith(bind);
      op->erase();
      eraseUnused(std::move(lowering));
    });
  }
};

struct LowerPrimitivesPass
    : invhlo::impl::LowerPrimitivesPassBase<LowerPrimitivesPass> {
  void runOnOperation() override {
    getOperation().walk([](PrimitiveOp op) {
      op->replaceAllUsesWith(op.getLowered());
      op->erase();
    });
  }
};
} // namespace
