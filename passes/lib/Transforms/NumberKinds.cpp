// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Transforms/Passes.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;

namespace invhlo {
#define GEN_PASS_DEF_NUMBERKINDSPASS
#include "invhlo/Transforms/Passes.h.inc"
} // namespace invhlo

namespace {
/// Compares operations by all but their operands and locations.
struct Alike : DenseMapInfo<Operation *> {
  static unsigned getHashValue(const Operation *op) {
    return OperationEquivalence::computeHash(
        const_cast<Operation *>(op), OperationEquivalence::ignoreHashValue,
        OperationEquivalence::ignoreHashValue,
        OperationEquivalence::IgnoreLocations);
  }

  static bool isEqual(const Operation *a, const Operation *b) {
    if (a == b)
      return true;
    if (isSpecial(a) || isSpecial(b))
      return false;
    auto *lhs = const_cast<Operation *>(a);
    auto *rhs = const_cast<Operation *>(b);
    return llvm::equal(lhs->getOperandTypes(), rhs->getOperandTypes()) &&
           OperationEquivalence::isEquivalentTo(
               lhs, rhs, OperationEquivalence::ignoreValueEquivalence,
               /*markEquivalent=*/nullptr,
               OperationEquivalence::IgnoreLocations);
  }

private:
  static bool isSpecial(const Operation *op) {
    return op == getEmptyKey() || op == getTombstoneKey();
  }
};

struct NumberKindsPass : invhlo::impl::NumberKindsPassBase<NumberKindsPass> {
  void runOnOperation() override {
    llvm::MapVector<Operation *, SmallVector<Operation *>,
                    llvm::DenseMap<Operation *, unsigned, Alike>>
        kinds;
    getOperation().walk([&](Operation *op) {
      op->removeDiscardableAttr("invhlo.kind"); // nobody else numbers them
      if (op->getNumRegions() == 0 && !op->hasTrait<OpTrait::IsTerminator>())
        kinds[op].push_back(op);
    });
    Builder b(&getContext());
    int64_t number = 0;
    for (auto &[first, alike] : kinds) {
      if (alike.size() < 2)
        continue;
      IntegerAttr kind = b.getI64IntegerAttr(number++);
      for (Operation *op : alike)
        op->setAttr("invhlo.kind", kind);
    }
  }
};
} // namespace
