// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Cone.h"

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace invhlo;

/// These bound the work for one op.
static constexpr unsigned kMaxSources = 8, kMaxOps = 64;

static bool isConstant(Value value) {
  return matchPattern(value, m_Constant());
}

bool invhlo::isElementwise(Operation *op) {
  if (op->getNumResults() != 1 || op->getNumRegions() != 0)
    return false;
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!type || !type.hasStaticShape() ||
      !isa<FloatType, IntegerType>(type.getElementType()))
    return false;
  if (!op->hasTrait<OpTrait::Elementwise>() && !getValueBeside(op) &&
      !isa<stablehlo::BitcastConvertOp, stablehlo::ClampOp,
           stablehlo::SelectOp>(op))
    return false;
  return llvm::all_of(op->getOpOperands(), [&](OpOperand &operand) {
    auto operandType = dyn_cast<RankedTensorType>(operand.get().getType());
    // A scalar may choose for all elements, and a constant limit them.
    bool isForAll =
        (isa<stablehlo::SelectOp>(op) && operand.getOperandNumber() == 0 &&
         operandType.getRank() == 0) ||
        isConstant(operand.get());
    return operandType &&
           (operandType.getShape() == type.getShape() || isForAll);
  });
}

void ConeFinder::findKnown(Block &block) {
  if (auto function = dyn_cast<FunctionOpInterface>(block.getParentOp())) {
    auto isMarked = [&](BlockArgument argument) {
      return bool(
          function.getArgAttr(argument.getArgNumber(), "invhlo.unknown"));
    };
    // Without a mark all are unknown.
    if (block.isEntryBlock() && llvm::any_of(block.getArguments(), isMarked))
      for (BlockArgument argument : block.getArguments())
        if (!isMarked(argument))
          known.insert(argument);
  }
  // In a search, nothing but x is searched for.
  Operation *parent = block.getParentOp();
  if (isa<SearchOp, SplineOp>(parent)) {
    SetVector<Value> captured;
    getUsedValuesDefinedAbove(parent->getRegions(), captured);
    known.insert_range(captured);
  } else if (parent->getParentOfType<SearchOp>() ||
             parent->getParentOfType<SplineOp>()) {
    findKnown(*parent->getBlock());
  }
  auto isKnown = [&](Value value) { return known.contains(value); };
  for (Operation &op : block) {
    if (llvm::all_of(getOperandsAndCaptured(&op), isKnown))
      known.insert_range(op.getResults());
  }
}

ConeFinder::ConeFinder(Block &block,
                       llvm::function_ref<bool(Operation *)> mayContain) {
  findKnown(block);
  for (auto [position, op] : llvm::enumerate(block)) {
    if (!mayContain(&op))
      continue;
    positions[&op] = position;
    Sources all;
    for (Value operand : op.getOperands())
      all.insert_range(getSources(lookThroughPrimitives(operand)));
    if (all.size() <= kMaxSources)
      for (Value result : op.getResults())
        sources[result] = all;
  }
}

ConeFinder::Sources ConeFinder::getSources(Value value) const {
  if (known.contains(value) || isConstant(value))
    return {};
  if (auto it = sources.find(value); it != sources.end())
    return it->second;
  Sources itself;
  itself.insert(value);
  return itself;
}

Operation *ConeFinder::findShared(
    ValueRange leaves,
    const llvm::SmallDenseMap<Value, unsigned> &counts) const {
  Operation *latest = nullptr;
  for (Value leaf : leaves) {
    Operation *op = leaf.getDefiningOp();
    if (!sources.contains(leaf) ||
        llvm::none_of(getSources(leaf),
                      [&](Value source) { return counts.lookup(source) > 1; }))
      continue;
    if (!latest || positions.lookup(op) > positions.lookup(latest))
      latest = op;
  }
  return latest;
}

/// What `op` takes, but for constants and the value that it speaks of.
static SmallVector<Value> getTaken(Operation *op) {
  SmallVector<Value> taken;
  Value beside = getValueBeside(op);
  for (Value operand : op->getOperands())
    if (operand != beside && !isConstant(operand))
      taken.push_back(lookThroughPrimitives(operand));
  return taken;
}

Cone Cone::get(Operation *root) {
  Cone cone;
  cone.ops.insert(root);
  cone.leaves.insert_range(getTaken(root));
  return cone;
}

std::optional<Cone> ConeFinder::find(Operation *root) const {
  Cone cone = Cone::get(root);
  while (true) {
    llvm::SmallDenseMap<Value, unsigned> counts;
    for (Value leaf : cone.leaves)
      for (Value source : getSources(leaf))
        ++counts[source];
    Operation *op = findShared(cone.leaves.getArrayRef(), counts);
    if (!op)
      break;
    if (cone.ops.size() == kMaxOps)
      return std::nullopt;
    cone.ops.insert(op);
    cone.leaves.remove(op->getResult(0));
    cone.leaves.insert_range(getTaken(op));
  }
  bool usesOneTwice = getTaken(root).size() > cone.leaves.size();
  if (cone.ops.size() == 1 && !usesOneTwice)
    return std::nullopt;
  return cone;
}

std::optional<Cone> ConeFinder::findBetween(Value value,
                                            ValueRange others) const {
  Cone cone;
  llvm::SmallSetVector<Value, 4> leaves, otherLeaves;
  leaves.insert(lookThroughPrimitives(value));
  for (Value other : others)
    if (!isConstant(other))
      otherLeaves.insert(lookThroughPrimitives(other));
  auto expand = [](auto &from, Operation *op) {
    bool isThere = false;
    for (Value result : op->getResults())
      isThere |= from.remove(result);
    if (isThere)
      from.insert_range(getTaken(op));
  };
  while (true) {
    // A leaf of both is one value to find.
    llvm::SmallDenseMap<Value, unsigned> counts;
    llvm::SmallSetVector<Value, 8> apart;
    for (auto [some, rest] :
         {std::pair(&leaves, &otherLeaves), std::pair(&otherLeaves, &leaves)}) {
      llvm::SmallSetVector<Value, 8> seen;
      for (Value leaf : *some) {
        seen.insert_range(getSources(leaf));
        if (!rest->contains(leaf))
          apart.insert(leaf);
      }
      for (Value source : seen)
        ++counts[source];
    }
    Operation *op = findShared(apart.getArrayRef(), counts);
    if (!op)
      break;
    if (cone.ops.size() == kMaxOps)
      return std::nullopt;
    cone.ops.insert(op);
    expand(leaves, op);
    expand(otherLeaves, op);
  }
  if (cone.ops.empty())
    return std::nullopt;
  llvm::SmallVector<Operation *> ops = cone.ops.takeVector();
  llvm::sort(ops, [&](Operation *a, Operation *b) {
    return positions.lookup(a) > positions.lookup(b);
  });
  cone.ops.insert_range(ops);
  cone.leaves.insert_range(leaves);
  cone.leaves.insert_range(otherLeaves);
  return cone;
}

SetVector<Value> invhlo::getOperandsAndCaptured(Operation *op) {
  SetVector<Value> inputs(op->operand_begin(), op->operand_end());
  getUsedValuesDefinedAbove(op->getRegions(), inputs);
  return inputs;
}

void invhlo::outline(Region &region, ArrayRef<Operation *> ops, Value x,
                     ValueRange others, ValueRange results) {
  Block &block = region.emplaceBlock();
  OpBuilder b(x.getContext());
  b.setInsertionPointToEnd(&block);
  IRMapping mapping;
  mapping.map(x, block.addArgument(x.getType(), x.getLoc()));
  mapping.map(others, others);
  auto lookUp = [&](Value value) {
    if (Value same = mapping.lookupOrNull(value))
      return same;
    Value lowered = mapping.lookupOrNull(lookThroughPrimitives(value));
    return lowered ? lowered : value;
  };
  for (Operation *op : ops) {
    for (Value input : getOperandsAndCaptured(op))
      mapping.map(input, lookUp(input));
    b.clone(*op, mapping);
  }
  SmallVector<Value> returned = llvm::map_to_vector(results, lookUp);
  YieldOp::create(b, region.getLoc(), returned);
}

/// Adds the ops that compute what `op` says something about.
static void insertExpansion(Operation *op, DenseSet<Operation *> &ops) {
  SmallVector<Value> open{getValueBeside(op)};
  while (!open.empty()) {
    Operation *next = open.pop_back_val().getDefiningOp();
    if (!next ||
        llvm::is_contained(op->getOperands().drop_back(), next->getResult(0)) ||
        !isElementwise(next) || !ops.insert(next).second)
      continue;
    llvm::append_range(open, next->getOperands());
  }
}

void invhlo::forEachRoot(
    Block &block,
    llvm::function_ref<llvm::SmallVector<Operation *>(Operation *)> raise) {
  DenseSet<Operation *> covered;
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
    if (getValueBeside(&op))
      insertExpansion(&op, covered);
    else if (!covered.contains(&op))
      covered.insert_range(raise(&op));
}
