// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ArmBuilder.h"
#include "Choice.h"
#include "invhlo/Idioms/Passes.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

namespace invhlo {
#define GEN_PASS_DEF_TAKEPREIMAGEPASS
#include "invhlo/Idioms/Passes.h.inc"
} // namespace invhlo

namespace {

/// What a block computes of an unknown argument, element by element, up to the
/// last value that all else is computed from.
class ElementwisePart {
public:
  ElementwisePart(Block &block, BlockArgument x,
                  const DenseSet<Value> &dependent);

  /// That value; it may be the argument.
  Value getEnd() const { return end; }
  /// The ops that compute the end from `leaf`.
  Cone getCone(Value leaf) const;
  /// From where on the end may be seen as a function: the argument, and the
  /// values after it that alone use the one before.
  SmallVector<Value> getStarts() const;

private:
  const DenseSet<Value> &dependent;
  /// In order.
  llvm::SetVector<Value> values;
  Value end;
};

} // namespace

/// Whether `op` is computed from a number and tells others by integers alone:
/// of these, assumptions of the number tell the literals.
static bool isOfNumber(Operation &op, BlockArgument x) {
  auto isInteger = [](Type type) { return isa<IntegerType>(type); };
  return cast<RankedTensorType>(x.getType()).getNumElements() == 1 &&
         isMemoryEffectFree(&op) &&
         getOperandsAndCaptured(&op).size() == op.getNumOperands() &&
         op.getNumResults() > 0 &&
         llvm::all_of(op.getResultTypes(), [&](Type type) {
           return isInteger(getElementTypeOrSelf(type));
         });
}

/// The ops of `block` whose results are needed.
static DenseSet<Operation *> findLive(Block &block) {
  DenseSet<Operation *> live;
  for (Operation &op : llvm::reverse(block))
    if (!isOpTriviallyDead(&op) &&
        (op.hasTrait<OpTrait::IsTerminator>() || !isMemoryEffectFree(&op) ||
         llvm::any_of(op.getUsers(), [&](Operation *user) {
           return live.contains(block.findAncestorOpInBlock(*user));
         })))
      live.insert(&op);
  return live;
}

ElementwisePart::ElementwisePart(Block &block, BlockArgument x,
                                 const DenseSet<Value> &dependent)
    : dependent(dependent) {
  values.insert(x);
  for (Operation &op : block)
    if ((isElementwise(&op) || isOfNumber(op, x)) &&
        dependent.contains(op.getResult(0)) &&
        llvm::all_of(op.getOperands(), [&](Value operand) {
          operand = lookThroughPrimitives(operand);
          return values.contains(operand) || !dependent.contains(operand);
        }))
      values.insert_range(op.getResults());
  DenseSet<Operation *> live = findLive(block);
  llvm::SmallSetVector<Value, 4> needed;
  for (Operation &op : block)
    // A primitive is what it is lowered to.
    if (live.contains(&op) && !isa<PrimitiveOp>(op) &&
        !(op.getNumResults() > 0 && values.contains(op.getResult(0))))
      for (Value input : getOperandsAndCaptured(&op))
        if (values.contains(lookThroughPrimitives(input)))
          needed.insert(lookThroughPrimitives(input));
  // Of several values, the last one is computed from the one that is looked
  // for.
  for (Value value : llvm::reverse(values)) {
    if (needed.size() <= 1)
      break;
    if (needed.remove(value))
      for (Value operand : value.getDefiningOp()->getOperands())
        if (values.contains(lookThroughPrimitives(operand)))
          needed.insert(lookThroughPrimitives(operand));
  }
  end = needed.empty() ? Value(x) : needed.front();
}

Cone ElementwisePart::getCone(Value leaf) const {
  Cone cone;
  cone.leaves.insert(leaf);
  DenseSet<Value> needed{end};
  for (Value value : llvm::reverse(values)) {
    if (value == leaf || !needed.contains(value))
      continue;
    Operation *op = value.getDefiningOp();
    cone.ops.insert(op);
    Value beside = getValueBeside(op);
    for (Value operand : op->getOperands()) {
      if (operand == beside || matchPattern(operand, m_Constant()))
        continue;
      operand = lookThroughPrimitives(operand);
      if (dependent.contains(operand))
        needed.insert(operand);
      else
        cone.leaves.insert(operand);
    }
  }
  return cone;
}

SmallVector<Value> ElementwisePart::getStarts() const {
  Cone cone = getCone(values.front());
  SmallVector<Value> starts{values.front()};
  while (true) {
    SmallVector<Operation *> users;
    for (Operation *op : cone.ops)
      if (llvm::is_contained(
              llvm::map_range(op->getOperands(), lookThroughPrimitives),
              starts.back()))
        users.push_back(op);
    if (users.size() != 1 || users.front()->getResult(0) == end)
      return starts;
    starts.push_back(users.front()->getResult(0));
  }
}

/// The pieces of the end of `part`, each of which maps a number to another, as
/// a function of the first value that they can be told of; none if there is
/// none.
static std::vector<std::unique_ptr<Region>>
buildInjectiveArms(const ElementwisePart &part, OpBuilder &b) {
  for (Value start : part.getStarts()) {
    if (!isa<FloatType>(getElementTypeOrSelf(start)))
      return {};
    bool areInjective = true;
    auto arms = buildArms(
        part.getCone(start), b,
        [&](const ArmBuilder &builder, Value value) {
          areInjective &= builder.isInjective(value, start);
          return true;
        },
        /*injective=*/true);
    if (areInjective && !arms.empty())
      return arms;
  }
  return {};
}

/// Says what the end of `part` is in the piece of a number; returns how many
/// there are.
static int64_t takePiece(const ElementwisePart &part, unsigned number) {
  Value end = part.getEnd();
  if (isa<BlockArgument>(end) || !isa<FloatType>(getElementTypeOrSelf(end)))
    return 0;
  OpBuilder b(end.getContext());
  b.setInsertionPointAfterValue(end);
  std::vector<std::unique_ptr<Region>> arms = buildInjectiveArms(part, b);
  if (arms.empty())
    return 0;
  SmallVector<OpOperand *> uses;
  auto addUses = [&](Value value) {
    for (OpOperand &use : value.getUses())
      uses.push_back(&use);
  };
  addUses(end);
  for (Operation *user : end.getUsers())
    if (isa<PrimitiveOp>(user))
      for (Value result : user->getResults())
        if (lookThroughPrimitives(result) == end)
          addUses(result);
  auto piecewise = PiecewiseOp::create(b, end.getLoc(), end, /*numArms=*/1);
  piecewise.setPartial(true);
  size_t taken = std::min<size_t>(number, arms.size() - 1);
  piecewise.getArms().front().takeBody(*arms[taken]);
  for (OpOperand *use : uses)
    if (!isa<PrimitiveOp>(use->getOwner()))
      use->set(piecewise);
  return arms.size();
}

/// The unknown arguments of `block`, and all that is computed from them.
static SetVector<Value> findDependent(Block &block,
                                      ArrayRef<BlockArgument> unknown) {
  SetVector<Value> dependent(unknown.begin(), unknown.end());
  for (Operation &op : block)
    if (llvm::any_of(getOperandsAndCaptured(&op),
                     [&](Value input) { return dependent.contains(input); }))
      dependent.insert_range(op.getResults());
  return dependent;
}

namespace {
struct TakePreimagePass : invhlo::impl::TakePreimagePassBase<TakePreimagePass> {
  using TakePreimagePassBase::TakePreimagePassBase;

  void runOnOperation() override {
    SmallVector<int64_t> counts;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (function.isPublic() && !function.isExternal())
        take(function, counts);
    getOperation()->setAttr("invhlo.preimages",
                            DenseI64ArrayAttr::get(&getContext(), counts));
  }

  void take(func::FuncOp function, SmallVectorImpl<int64_t> &counts) {
    Block &block = function.front();
    SmallVector<BlockArgument> unknown;
    for (BlockArgument argument : block.getArguments())
      if (function.getArgAttr(argument.getArgNumber(), "invhlo.unknown"))
        unknown.push_back(argument);
    SetVector<Operation *> ops;
    for (Value value : findDependent(block, unknown))
      if (Operation *op = value.getDefiningOp())
        ops.insert(op);
    for (Operation *op : ops)
      turnIntoSelect(op);
    DenseSet<Value> dependent;
    dependent.insert_range(findDependent(block, unknown));
    SmallVector<ElementwisePart> parts;
    for (BlockArgument x : unknown)
      parts.emplace_back(block, x, dependent);
    for (const ElementwisePart &part : parts)
      counts.push_back(takePiece(part, number));
  }
};
} // namespace
