// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ArmBuilder.h"
#include "Choice.h"
#include "invhlo/Idioms/Passes.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/Emission.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace invhlo {
#define GEN_PASS_DEF_RAISEBRANCHESPASS
#include "invhlo/Idioms/Passes.h.inc"
} // namespace invhlo

/// An op with more branches is left as it is.
static constexpr unsigned kMaxBranches = 16;
/// So is one in more arms: the inverse of an arm is built twice in that of the
/// arm around it.
static constexpr unsigned kMaxArmsAround = 8;

static unsigned countArmsAround(Operation *op) {
  unsigned count = 0;
  while ((op = op->getParentOp()))
    count += isa<AlternativesOp>(op);
  return count;
}

/// Whether the op can be computed again in each branch.
static bool isRepeatable(Operation *op) {
  SetVector<Value> captured;
  getUsedValuesDefinedAbove(op->getRegions(), captured);
  return isMemoryEffectFree(op) && captured.empty() &&
         !isa<CallOpInterface>(op);
}

/// A predicate that says that branch `i` of `n` is run. Out of range, the last
/// one is.
static Value createPredicate(OpBuilder &b, Location loc, Value index, int64_t i,
                             int64_t n) {
  using Direction = ComparisonDirection;
  auto isIndex = [&](Direction direction, int64_t number) -> Value {
    auto type = cast<RankedTensorType>(index.getType());
    return CompareOp::create(b, loc, index, createSplat(b, loc, type, number),
                             direction);
  };
  if (index.getType() == RankedTensorType::get({}, b.getI1Type())) {
    if (i == 1)
      return index;
    // Beside NaN, one of two comparisons holds.
    auto compare = index.getDefiningOp<CompareOp>();
    if (!compare ||
        !isa<FloatType>(getElementTypeOrSelf(compare.getLhs().getType())))
      return NotOp::create(b, loc, index);
    return CompareOp::create(b, loc, compare.getLhs(), compare.getRhs(),
                             negate(compare.getComparisonDirection()));
  }
  if (i < n - 1)
    return isIndex(Direction::EQ, i);
  return OrOp::create(b, loc, isIndex(Direction::LT, 0),
                      isIndex(Direction::GE, n - 1));
}

namespace {
/// For each branch, the assumptions under which it is run.
using Regimes = SmallVector<SmallVector<Assumptions>>;

/// Adds assumptions, or extends an interval that they continue.
void addAssumptions(SmallVector<Assumptions> &all,
                    const Assumptions &assumptions) {
  for (Assumptions &before : all)
    if (before.intervals.size() == 1 && assumptions.intervals.size() == 1) {
      auto &[leaf, where] = *before.intervals.begin();
      const auto &[otherLeaf, other] = *assumptions.intervals.begin();
      std::optional<Interval> both =
          leaf == otherLeaf ? where.join(other) : std::nullopt;
      if (both) {
        where = *both;
        return;
      }
    }
  all.push_back(assumptions);
}

/// The intervals of numbers that tell the index of a choice; none if other
/// things tell it too.
std::optional<Regimes> findRegimes(const Choice &choice, const Cone &cone) {
  for (Value leaf : cone.leaves) {
    auto type = cast<RankedTensorType>(leaf.getType());
    if (!isa<FloatType>(type.getElementType()) || type.getNumElements() != 1)
      return std::nullopt;
  }
  Regimes regimes(choice.branches.size());
  SmallVector<Assumptions> open(1);
  Block scratch;
  OpBuilder b(choice.op->getContext());
  b.setInsertionPointToEnd(&scratch);
  for (unsigned count = 0; !open.empty(); ++count) {
    Assumptions assumptions = open.pop_back_val();
    if (count == 2 * kMaxBranches || !assumptions.predicates.empty())
      return std::nullopt;
    ArmBuilder builder(cone, assumptions, b);
    if (std::optional<Literal> index = builder.decideLiteral(choice.index))
      addAssumptions(regimes[choice.getBranch(*index)], assumptions);
    else if (builder.getCases().empty())
      return std::nullopt;
    else
      llvm::append_range(open, llvm::reverse(builder.getCases()));
  }
  return regimes;
}

struct RaiseBranchesPass
    : invhlo::impl::RaiseBranchesPassBase<RaiseBranchesPass> {
  void runOnOperation() override {
    // What is in a branch is raised in the arm that is made of it alone: raised
    // twice at each level, nested branches would grow without bound.
    DenseSet<Operation *> done;
    getOperation().walk<WalkOrder::PreOrder>([&](Block *block) {
      if (done.contains(block->getParentOp()))
        return WalkResult::skip();
      // Found before the first is raised: values are what they were.
      SmallVector<std::pair<Choice, Cone>, 0> found;
      std::optional<ConeFinder> finder;
      for (Operation &op : *block)
        if (std::optional<Choice> choice = Choice::get(&op)) {
          if (!finder)
            finder.emplace(*block, isRepeatable);
          if (std::optional<Cone> cone = findCone(*choice, *finder))
            found.push_back({*choice, std::move(*cone)});
        }
      for (auto &[choice, cone] : found) {
        raise(choice, cone);
        done.insert(choice.op);
      }
      return WalkResult::advance();
    });
  }

  /// What computes the index, back to what only the branches use. Only that can
  /// be found by them: from there on, the index is computed in each.
  static std::optional<Cone> findCone(const Choice &choice,
                                      const ConeFinder &finder) {
    auto isStatic = [](Type type) {
      auto tensor = dyn_cast<RankedTensorType>(type);
      return tensor && tensor.hasStaticShape();
    };
    if (choice.branches.size() < 2 || choice.branches.size() > kMaxBranches ||
        choice.op->getNumResults() == 0 ||
        countArmsAround(choice.op) >= kMaxArmsAround ||
        !llvm::all_of(choice.op->getResultTypes(), isStatic))
      return std::nullopt;
    SetVector<Value> captured;
    getUsedValuesDefinedAbove(choice.op->getRegions(), captured);
    return finder.findBetween(choice.index, captured.getArrayRef());
  }

  static void raise(const Choice &choice, const Cone &cone) {
    Operation *op = choice.op;
    OpBuilder b(op->getContext());
    b.setInsertionPointAfter(op);
    size_t n = choice.branches.size();
    SmallVector<std::pair<size_t, const Assumptions *>> arms;
    std::optional<Regimes> regimes = findRegimes(choice, cone);
    for (size_t i = 0; i < n; ++i)
      if (!regimes)
        arms.push_back({i, nullptr});
      else
        for (const Assumptions &assumptions : (*regimes)[i])
          arms.push_back({i, &assumptions});
    auto raised = AlternativesOp::create(b, op->getLoc(), op->getResultTypes(),
                                         op->getResults(), arms.size());
    for (auto [region, arm] : llvm::zip_equal(raised.getArms(), arms)) {
      int64_t branch = arm.first;
      const Assumptions *assumptions = arm.second;
      build(region, choice, cone, branch, [&](OpBuilder &b, Value index) {
        return assumptions ? ArmBuilder(cone, *assumptions, b)
                                 .buildPredicate(choice.index)
                           : createPredicate(b, op->getLoc(), index, branch, n);
      });
    }
    op->replaceUsesWithIf(raised->getResults(), [&](OpOperand &use) {
      return use.getOwner() != raised;
    });
  }

  static void
  build(Region &region, const Choice &choice, const Cone &cone, size_t i,
        llvm::function_ref<Value(OpBuilder &, Value index)> createPredicate) {
    Location loc = choice.op->getLoc();
    OpBuilder b(choice.op->getContext());
    b.setInsertionPointToEnd(&region.emplaceBlock());
    IRMapping mapping;
    for (Operation *op : llvm::reverse(cone.ops))
      b.clone(*op, mapping);
    Block &branch = choice.branches[i]->front();
    for (Operation &op : branch.without_terminator())
      b.clone(op, mapping);
    SmallVector<Value> yielded;
    for (Value returned : branch.getTerminator()->getOperands())
      yielded.push_back(mapping.lookupOrDefault(returned));
    yielded.push_back(
        createPredicate(b, mapping.lookupOrDefault(choice.index)));
    YieldOp::create(b, loc, yielded);
    // What is chosen in there is pieces of one function: alternatives in
    // alternatives would be inverted twice at each level.
    for (Operation &op : llvm::make_early_inc_range(region.front()))
      turnIntoSelect(&op);
    for (Operation &op :
         llvm::make_early_inc_range(llvm::reverse(region.front())))
      if (isOpTriviallyDead(&op))
        op.erase();
  }
};
} // namespace
