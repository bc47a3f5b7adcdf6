// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "IdiomLibrary.h"
#include "invhlo/CHLO/CHLO.h"
#include "invhlo/Idioms/Passes.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/Iterators.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace invhlo;

namespace invhlo {
#define GEN_PASS_DEF_LOWERIDIOMSPASS
#define GEN_PASS_DEF_RAISEIDIOMSPASS
#include "invhlo/Idioms/Passes.h.inc"
} // namespace invhlo

static Value createTranspose(OpBuilder &b, Location loc,
                             const IdiomLibrary::View &view) {
  if (llvm::is_sorted(view.dims))
    return view.value;
  return stablehlo::TransposeOp::create(b, loc, view.value, view.dims);
}

/// Whether `value` is computed from `source`, by a few ops of its block.
static bool isComputedFrom(Value value, Value source) {
  constexpr size_t kMostOps = 64;
  SetVector<Value> seen;
  seen.insert(value);
  for (size_t i = 0; i < std::min(seen.size(), kMostOps); ++i) {
    if (seen[i] == source)
      return true;
    Operation *op = seen[i].getDefiningOp();
    if (op && op->getBlock() == source.getParentBlock())
      seen.insert_range(op->getOperands());
  }
  return false;
}

/// Whether a parameter is computed from what the function is of: then it is a
/// function of another kind.
static bool usesArgumentTwice(ArrayRef<IdiomLibrary::View> arguments) {
  return llvm::any_of(arguments.drop_front(), [&](IdiomLibrary::View other) {
    return isComputedFrom(other.value, arguments.front().value);
  });
}

namespace {
struct RaiseIdiomsPass : invhlo::impl::RaiseIdiomsPassBase<RaiseIdiomsPass> {
  /// From the last op up, so that the largest functions are seen before those
  /// that they are made of.
  void runOnOperation() override {
    IdiomLibrary library(getOperation());
    getOperation().walk<WalkOrder::PostOrder, ReverseIterator>(
        [&](Operation *op) {
          if (op->getNumResults() != 1)
            return;
          std::optional<IdiomLibrary::Match> match = library.match(op);
          if (!match || usesArgumentTwice(match->arguments))
            return;
          OpBuilder b(op->getContext());
          b.setInsertionPointAfter(op);
          Value value = op->getResult(0);
          SmallVector<Value> arguments;
          for (const IdiomLibrary::View &view : match->arguments)
            arguments.push_back(createTranspose(b, op->getLoc(), view));
          auto idiom = IdiomOp::create(b, op->getLoc(), value.getType(),
                                       arguments, value, match->idiom);
          value.replaceAllUsesExcept(idiom, idiom);
        });
  }
};

struct LowerIdiomsPass : invhlo::impl::LowerIdiomsPassBase<LowerIdiomsPass> {
  void runOnOperation() override {
    getOperation().walk([](Operation *op) {
      OperandRange values = getValuesBeside(op);
      if (values.empty() && !isa<BitsOp, DivisionOp>(op))
        return;
      op->replaceAllUsesWith(values);
      op->erase();
    });
  }
};
} // namespace
