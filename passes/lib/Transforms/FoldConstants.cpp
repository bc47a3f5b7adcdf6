// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Interfaces/Primitive.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "invhlo/Transforms/LiteralEvaluator.h"
#include "invhlo/Transforms/Passes.h"
#include "invhlo/Transforms/Simplification.h"
#include "mlir/IR/Iterators.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace invhlo {
#define GEN_PASS_DEF_FOLDCONSTANTSPASS
#include "invhlo/Transforms/Passes.h.inc"
} // namespace invhlo

/// The elements of all `values`, if they are literals.
static std::optional<SmallVector<DenseElementsAttr>>
getLiterals(ValueRange values) {
  SmallVector<DenseElementsAttr> literals;
  for (Value value : values) {
    DenseElementsAttr attr;
    if (!matchPattern(value, m_Constant(&attr)))
      return std::nullopt;
    literals.push_back(attr);
  }
  return literals;
}

/// The branch that a literal chooses; null where none does.
static Block *getChosenBranch(Operation *op) {
  DenseIntElementsAttr attr;
  if (!isa<CaseOp, IfOp>(op) ||
      !matchPattern(op->getOperand(0), m_Constant(&attr)))
    return nullptr;
  APInt value = *attr.value_begin<APInt>();
  if (auto ifOp = dyn_cast<IfOp>(op))
    return &(value.isZero() ? ifOp.getFalseBranch() : ifOp.getTrueBranch())
                .front();
  // An index out of range, negative ones included, means the last branch.
  unsigned last = op->getNumRegions() - 1;
  return &op->getRegion(value.getLimitedValue(last)).front();
}

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
    if (isPrimitive(op) && getLiterals(getLowered(op))) {
      op->replaceAllUsesWith(getLowered(op));
      op->erase();
    } else if (Value value = getSimpler(op)) {
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

  /// What to put in place of an op of one result; null if there is nothing.
  Value getSimpler(Operation *op) {
    if (op->getNumResults() != 1 || op->hasTrait<OpTrait::ConstantLike>())
      return nullptr;
    OpBuilder b(op);
    if (auto literals = getLiterals(op->getOperands()))
      if (DenseElementsAttr value = evaluate(op, *literals, maxElements))
        return ConstantOp::create(b, op->getLoc(), value);
    return simplify(op, b);
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
