// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Loops, branches, calls and reductions of several values.

#include "invhlo/Idioms/Precedence.h"

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

/// A loop in which dependences reach further after so many steps is not
/// followed.
static constexpr unsigned kMaxRounds = 4;

SmallVector<Literal> Precedence::findReturned(Block &block,
                                              ArrayRef<Literal> taken) {
  for (auto [argument, last] : llvm::zip_equal(block.getArguments(), taken))
    set(argument, last);
  for (Operation &op : block.without_terminator())
    visit(&op);
  return llvm::map_to_vector(block.getTerminator()->getOperands(),
                             [&](Value value) { return get(value); });
}

/// Whether they are the same for each element.
static bool areSame(const Literal &some, const Literal &others) {
  return some.getIntegers() == others.getIntegers();
}

std::optional<SmallVector<Literal>> Precedence::findOfLoop(Operation *op) {
  auto scan = dyn_cast<ScanOp>(op);
  unsigned numCarried = scan ? scan.getNumCarried() : op->getNumOperands();
  SmallVector<Literal> carried, rows;
  for (Value init : op->getOperands().take_front(numCarried))
    carried.push_back(get(init));
  for (Value array : op->getOperands().drop_front(numCarried)) {
    if (depends(array))
      return std::nullopt;
    rows.push_back(fill(ScanOp::getRowType(array.getType()), Other));
  }
  SmallVector<Literal> yielded;
  for (unsigned round = 0; round < kMaxRounds; ++round) {
    if (auto loop = dyn_cast<WhileOp>(op)) {
      Literal condition = findReturned(loop.getCond().front(), carried)[0];
      if (getLast(condition) >= 0)
        return std::nullopt;
      yielded = findReturned(loop.getBody().front(), carried);
    } else {
      Block &body = scan.getBody().front();
      SmallVector<Literal> taken{fill(body.getArgument(0).getType(), Other)};
      llvm::append_range(taken, carried);
      llvm::append_range(taken, rows);
      yielded = findReturned(body, taken);
    }
    bool isSame = true;
    for (auto [before, after] : llvm::zip(carried, yielded)) {
      Literal both = join(before, after);
      isSame &= areSame(both, before);
      before = both;
    }
    if (!isSame)
      continue;
    SmallVector<Literal> results = carried;
    for (auto [row, result] :
         llvm::zip_equal(ArrayRef(yielded).drop_front(numCarried),
                         op->getResults().drop_front(numCarried))) {
      auto dims = llvm::seq<int64_t>(1, row.getShape().size() + 1);
      results.push_back(collect(row, llvm::to_vector(dims), result.getType()));
    }
    return results;
  }
  return std::nullopt;
}

std::optional<SmallVector<Literal>> Precedence::findOfBlocks(Operation *op) {
  using Found = std::optional<SmallVector<Literal>>;
  auto findOfBranches = [&](Value index) -> Found {
    if (depends(index))
      return std::nullopt;
    SmallVector<Literal> results;
    for (Region &branch : op->getRegions()) {
      SmallVector<Literal> returned = findReturned(branch.front(), {});
      if (results.empty())
        results = returned;
      for (auto [result, other] : llvm::zip_equal(results, returned))
        result = join(result, other);
    }
    return results;
  };
  return llvm::TypeSwitch<Operation *, Found>(op)
      .Case<ScanOp, WhileOp>([&](Operation *) { return findOfLoop(op); })
      .Case([&](CaseOp which) { return findOfBranches(which.getIndex()); })
      .Case([&](IfOp which) { return findOfBranches(which.getPred()); })
      .Case([&](CallOpInterface call) -> Found {
        auto callee =
            dyn_cast_or_null<CallableOpInterface>(call.resolveCallable());
        Region *body = callee ? callee.getCallableRegion() : nullptr;
        if (!body || body->empty() || body->isAncestor(op->getParentRegion()))
          return std::nullopt;
        SmallVector<Literal> taken = llvm::map_to_vector(
            call.getArgOperands(), [&](Value value) { return get(value); });
        return findReturned(body->front(), taken);
      })
      .Case([&](ReduceOp reduce) -> Found {
        SetVector<Value> captured;
        getUsedValuesDefinedAbove(reduce->getRegions(), captured);
        if (llvm::any_of(captured, [&](Value value) { return depends(value); }))
          return std::nullopt;
        // Each result is of the elements of all operands.
        Literal all = get(op->getOperand(0));
        for (Value input : op->getOperands().take_front(op->getNumResults()))
          all = join(all, get(input));
        SmallVector<int64_t> places;
        int64_t place = 0;
        for (int64_t d : llvm::seq<int64_t>(all.getShape().size()))
          places.push_back(
              llvm::is_contained(reduce.getDimensions(), d) ? -1 : place++);
        SmallVector<Literal> results;
        for (Type type : op->getResultTypes())
          results.push_back(collect(all, places, type));
        return results;
      })
      .Default(std::nullopt);
}
