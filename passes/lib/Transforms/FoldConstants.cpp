// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Interfaces/Primitive.h"
#include "invhlo/Literals/LiteralEvaluator.h"
#include "invhlo/StableHLO/StableHLO.h"
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

/// The constant that a value is or, as a large literal is written, that it
/// repeats; null for other values.
static DenseElementsAttr getConstant(Value value) {
  DenseElementsAttr attr;
  if (auto broadcast = value.getDefiningOp<BroadcastInDimOp>())
    value = broadcast.getOperand();
  return matchPattern(value, m_Constant(&attr)) ? attr : nullptr;
}

/// The literals that all `values` are, unless they hold more than `maxElements`
/// elements. What the program's text holds of integers is few.
static std::optional<SmallVector<Literal>> getLiterals(ValueRange values,
                                                       int64_t &maxElements) {
  for (Value value : values) {
    DenseElementsAttr constant = getConstant(value);
    if (!constant)
      return std::nullopt;
    if (constant.getElementType().isInteger() && !constant.isSplat())
      maxElements = std::max(maxElements, constant.getNumElements());
  }
  SmallVector<Literal> literals;
  for (Value value : values) {
    DenseElementsAttr constant = getConstant(value);
    if (!constant.isSplat() && constant.getNumElements() > maxElements)
      return std::nullopt;
    std::optional<Literal> literal = findLiteral(value);
    if (!literal)
      return std::nullopt;
    literals.push_back(std::move(*literal));
  }
  return literals;
}

/// Writes a literal as a constant or, if it has more than `maxElements`
/// elements, as one of those that it holds, broadcast.
static Value createLiteral(OpBuilder &b, Location loc, const Literal &literal,
                           int64_t maxElements) {
  RankedTensorType type = literal.getType();
  ArrayRef<int64_t> held = literal.getHeldShape();
  if (literal.isSplat() || held == type.getShape() ||
      type.getNumElements() <= maxElements)
    return ConstantOp::create(b, loc, literal.toAttr());
  SmallVector<int64_t> dims, sizes;
  for (auto [d, size] : llvm::enumerate(held)) {
    if (size == 1)
      continue;
    dims.push_back(d);
    sizes.push_back(size);
  }
  DenseElementsAttr elements = literal.toHeldAttr();
  Value constant =
      ConstantOp::create(b, loc, elements.reshape(type.clone(sizes)));
  return BroadcastInDimOp::create(b, loc, type, constant, dims);
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
    if (isPrimitive(op) && llvm::all_of(getLowered(op), getConstant)) {
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
    if (std::optional<Literal> literal = evaluate(op))
      return createLiteral(b, op->getLoc(), *literal, maxElements);
    return simplify(op, b);
  }

  /// What an op of literals gives, unless it is written as the pass would.
  std::optional<Literal> evaluate(Operation *op) {
    auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
    bool isLarge =
        type && type.hasStaticShape() && type.getNumElements() > maxElements;
    DenseElementsAttr constant = getConstant(op->getResult(0));
    if (constant && isLarge && !constant.isSplat())
      return std::nullopt;
    int64_t limit = maxElements;
    if (auto literals = getLiterals(op->getOperands(), limit))
      return invhlo::evaluate(op, *literals, limit);
    return std::nullopt;
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
