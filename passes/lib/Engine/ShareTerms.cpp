// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/Shares.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "llvm/ADT/EquivalenceClasses.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace {
/// Finds what elementwise expressions are computed from.
class Roots {
public:
  using Set = llvm::SmallSetVector<Value, 4>;

  /// The values that `value` is computed from and that are not fused with what
  /// reads them: results of products, reductions, calls, ..., and arguments. Of
  /// many, some.
  const Set &of(Value value) {
    SmallVector<Value> pending = {value};
    while (!pending.empty()) {
      Value next = pending.back();
      if (found.contains(next)) {
        pending.pop_back();
        continue;
      }
      size_t count = pending.size();
      if (isFused(next))
        for (Value operand : next.getDefiningOp()->getOperands())
          if (!found.contains(operand))
            pending.push_back(operand);
      if (pending.size() > count)
        continue;
      pending.pop_back();
      found[next] = collect(next);
    }
    return found[value];
  }

private:
  static constexpr size_t kMost = 16;

  static bool isFused(Value value) {
    Operation *op = value.getDefiningOp();
    return op && (op->hasTrait<OpTrait::Elementwise>() ||
                  isa<BroadcastInDimOp, ClampOp, ConcatenateOp, ReshapeOp,
                      SelectOp, SliceOp>(op));
  }

  Set collect(Value value) {
    Set roots;
    if (isFused(value)) {
      for (Value operand : value.getDefiningOp()->getOperands())
        for (Value root : found[operand])
          if (roots.size() < kMost)
            roots.insert(root);
    } else if (!isa_and_nonnull<ConstantOp>(value.getDefiningOp())) {
      roots.insert(value);
    }
    return roots;
  }

  llvm::DenseMap<Value, Set> found;
};
} // namespace

/// The terms of a tree of additions, from the left. What is added twice is
/// opened once.
static SmallVector<Value> findTerms(Value sum) {
  SmallVector<Value> terms, pending = {sum};
  llvm::SmallPtrSet<Operation *, 16> opened;
  while (!pending.empty()) {
    Value value = pending.pop_back_val();
    auto add = value.getDefiningOp<AddOp>();
    if (!add || !opened.insert(add).second) {
      terms.push_back(value);
      continue;
    }
    pending.push_back(add.getRhs());
    pending.push_back(add.getLhs());
  }
  return terms;
}

SmallVector<Value> invhlo::splitShare(OpBuilder &b, Location loc, Value share) {
  SmallVector<Value> terms = findTerms(share);
  Roots roots;
  llvm::EquivalenceClasses<Value> together;
  for (Value term : terms)
    for (Value root : roots.of(term))
      together.unionSets(term, root);
  llvm::MapVector<Value, SmallVector<Value>> groups;
  for (Value term : terms)
    groups[together.getOrInsertLeaderValue(term)].push_back(term);
  if (groups.size() == 1)
    return {share};
  SmallVector<Value> sums;
  for (auto &[_, members] : groups) {
    Value sum = members.front();
    for (Value member : ArrayRef(members).drop_front())
      sum = AddOp::create(b, loc, sum, member);
    sums.push_back(sum);
  }
  return sums;
}
