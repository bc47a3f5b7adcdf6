// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ArmBuilder.h"
#include "invhlo/CHLO/CHLO.h"
#include "invhlo/Idioms/Passes.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace mlir;
using namespace invhlo;

namespace invhlo {
#define GEN_PASS_DEF_RAISEPIECEWISEPASS
#include "invhlo/Idioms/Passes.h.inc"
} // namespace invhlo

/// A function of more pieces is left as it is.
static constexpr unsigned kMaxArms = 16;

static bool isNaN(Value value) {
  std::optional<double> number = getNumber(value);
  return number && std::isnan(*number);
}

/// The pieces of what a cone computes: a block each, that yields the value and
/// where it is that; none where it is not a number, or does not depend on `x`,
/// if that is given. None at all if there are many.
static std::vector<std::unique_ptr<Region>> buildArms(const Cone &cone, Value x,
                                                      OpBuilder &b) {
  std::vector<std::unique_ptr<Region>> arms;
  Value root = cone.ops.front()->getResult(0);
  SmallVector<Assumptions> open(1);
  while (!open.empty()) {
    if (arms.size() + open.size() > kMaxArms)
      return {};
    Assumptions assumptions = open.pop_back_val();
    auto arm = std::make_unique<Region>();
    OpBuilder inside(b.getContext());
    inside.setInsertionPointToEnd(&arm->emplaceBlock());
    ArmBuilder builder(cone, assumptions, inside);
    Value value = builder.build(root);
    if (!value) {
      if (builder.getCases().empty())
        return {};
      llvm::append_range(open, llvm::reverse(builder.getCases()));
      continue;
    }
    value = builder.buildAtPoint(value);
    if (isNaN(value) || (x && !builder.dependsOn(value, x)))
      continue;
    Value predicate = builder.buildPredicate(value);
    if (!predicate)
      return {};
    YieldOp::create(inside, root.getLoc(), ValueRange{value, predicate});
    for (Operation &op :
         llvm::make_early_inc_range(llvm::reverse(arm->front())))
      if (isOpTriviallyDead(&op))
        op.erase();
    arms.push_back(std::move(arm));
  }
  return arms;
}

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
    if (isa<SearchOp>(block.getParentOp()))
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
      std::vector<std::unique_ptr<Region>> arms = buildArms(*cone, x, b);
      if (arms.empty())
        return {};
      Value value = op->getResult(0);
      auto piecewise = PiecewiseOp::create(b, op->getLoc(), value.getType(),
                                           value, arms.size());
      for (auto [region, arm] : llvm::zip_equal(piecewise.getArms(), arms))
        region.takeBody(*arm);
      value.replaceAllUsesExcept(piecewise, piecewise);
      return cone->ops.takeVector();
    });
  }
};
} // namespace
