// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Folding/Folding.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "invhlo/Transforms/Passes.h"
#include "mlir/IR/Iterators.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace invhlo {
#define GEN_PASS_DEF_FOLDCONSTANTSPASS
#include "invhlo/Transforms/Passes.h.inc"
} // namespace invhlo

namespace {
class FoldConstantsPass
    : public invhlo::impl::FoldConstantsPassBase<FoldConstantsPass> {
public:
  using FoldConstantsPassBase::FoldConstantsPassBase;

  void runOnOperation() override {
    fold(getOperation().getBodyRegion());
    eraseDeadOps();
  }

private:
  /// Folds in program order, so that an op finds its operands folded.
  void fold(Region &region) {
    for (Block &block : region)
      for (auto it = block.begin(); it != block.end();)
        it = fold(&*it);
  }

  /// Returns what to fold next.
  Block::iterator fold(Operation *op) {
    if (Block *branch = getChosenBranch(op))
      return inlineBranch(op, branch);
    for (Region &region : op->getRegions())
      fold(region);
    Block::iterator next = std::next(op->getIterator());
    auto primitive = dyn_cast<PrimitiveOp>(op);
    if (primitive && llvm::all_of(primitive.getLowered(), getWrittenLiteral)) {
      op->replaceAllUsesWith(primitive.getLowered());
      op->erase();
      return next;
    }
    OpBuilder b(op);
    if (Value value = invhlo::fold(op, b, maxElements)) {
      op->getResult(0).replaceAllUsesWith(value);
      op->erase();
    }
    return next;
  }

  Block::iterator inlineBranch(Operation *op, Block *branch) {
    Block::iterator next = std::next(op->getIterator());
    Operation *terminator = branch->getTerminator();
    if (!branch->without_terminator().empty())
      next = branch->begin();
    op->replaceAllUsesWith(terminator->getOperands());
    op->getBlock()->getOperations().splice(
        op->getIterator(), branch->getOperations(), branch->begin(),
        terminator->getIterator());
    op->erase();
    return next;
  }

  /// Erases from the last use to the first definition: once is enough.
  void eraseDeadOps() {
    getOperation().walk<WalkOrder::PostOrder, ReverseIterator>(
        [](Operation *op) {
          if (isOpTriviallyDead(op))
            op->erase();
        });
  }
};
} // namespace
