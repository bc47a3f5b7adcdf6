// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Division.h"
#include "invhlo/Idioms/Passes.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace invhlo;

namespace invhlo {
#define GEN_PASS_DEF_RAISEDIVISIONSPASS
#include "invhlo/Idioms/Passes.h.inc"
} // namespace invhlo

namespace {
struct RaiseDivisionsPass
    : invhlo::impl::RaiseDivisionsPassBase<RaiseDivisionsPass> {
  void runOnOperation() override {
    getOperation().walk([](Block *block) { raise(*block); });
  }

  static void raise(Block &block) {
    llvm::MapVector<Value, Division> quotients, remainders;
    for (Operation &op : block)
      if (std::optional<Division> division = Division::match(&op))
        (division->isRemainder ? remainders : quotients)
            .insert({op.getResult(0), *division});
    for (auto &[value, remainder] : remainders)
      for (auto &[other, quotient] : quotients)
        if (isQuotient(quotient, remainder, quotients))
          create(other, value, remainder);
  }

  /// Whether the quotient is that of what the remainder is of, by the same
  /// number: x // 100 is that of x // 10 by 10.
  static bool isQuotient(const Division &quotient, const Division &remainder,
                         const llvm::MapVector<Value, Division> &quotients) {
    if (quotient.isFloored != remainder.isFloored)
      return false;
    if (quotient.x == remainder.x)
      return quotient.n == remainder.n;
    auto it = quotients.find(remainder.x);
    if (it == quotients.end() || it->second.x != quotient.x ||
        it->second.isFloored != quotient.isFloored)
      return false;
    bool overflows;
    APInt n = quotient.isSigned ? it->second.n.smul_ov(remainder.n, overflows)
                                : it->second.n.umul_ov(remainder.n, overflows);
    return !overflows && n == quotient.n;
  }

  static void create(Value quotient, Value rest, const Division &remainder) {
    Operation *last = quotient.getDefiningOp();
    if (last->isBeforeInBlock(rest.getDefiningOp()))
      last = rest.getDefiningOp();
    OpBuilder b(last->getContext());
    b.setInsertionPointAfter(last);
    DivisionOp::create(b, last->getLoc(), remainder.x, quotient,
                       remainder.n.getZExtValue(), rest);
  }
};
} // namespace
