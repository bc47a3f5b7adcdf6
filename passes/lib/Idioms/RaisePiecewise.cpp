// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ArmBuilder.h"
#include "invhlo/Idioms/Passes.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

namespace invhlo {
#define GEN_PASS_DEF_RAISEPIECEWISEPASS
#include "invhlo/Idioms/Passes.h.inc"
} // namespace invhlo

/// The ops of `block` whose results depend, element by element, on a choice.
static DenseSet<Operation *> findChoosing(Block &block) {
  DenseSet<Operation *> choosing;
  for (Operation &op : block)
    if (isElementwise(&op) &&
        (choosesByElement(&op) ||
         llvm::any_of(op.getOperands(), [&](Value operand) {
           return choosing.contains(
               lookThroughPrimitives(operand).getDefiningOp());
         })))
      choosing.insert(&op);
  return choosing;
}

namespace {
struct RaisePiecewisePass
    : invhlo::impl::RaisePiecewisePassBase<RaisePiecewisePass> {
  void runOnOperation() override {
    getOperation().walk([](Block *block) { raise(*block); });
  }

  static void raise(Block &block) {
    DenseSet<Operation *> choosing = findChoosing(block);
    if (choosing.empty())
      return;
    ConeFinder finder(block, isElementwise);
    // A search is monotone in it.
    Value x;
    if (isa<SearchOp, SplineOp>(block.getParentOp()))
      x = block.getArgument(0);
    forEachRoot(block, [&](Operation *op) -> SmallVector<Operation *> {
      if (!choosing.contains(op) ||
          !isa<FloatType>(getElementTypeOrSelf(op->getResult(0))))
        return {};
      std::optional<Cone> cone = finder.find(op);
      if (!cone && x)
        cone = Cone::get(op);
      if (!cone || llvm::none_of(cone->ops, choosesByElement))
        return {};
      OpBuilder b(op->getContext());
      b.setInsertionPointAfter(op);
      std::vector<std::unique_ptr<Region>> arms =
          buildArms(*cone, b, [&](const ArmBuilder &builder, Value value) {
            return !x || builder.dependsOn(value, x);
          });
      if (arms.empty())
        return {};
      Value value = op->getResult(0);
      auto piecewise = PiecewiseOp::create(b, op->getLoc(), value, arms.size());
      for (auto [region, arm] : llvm::zip_equal(piecewise.getArms(), arms))
        region.takeBody(*arm);
      value.replaceAllUsesExcept(piecewise, piecewise);
      return cone->ops.takeVector();
    });
  }
};
} // namespace
