// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Interfaces/Primitive.h"
#include "invhlo/Transforms/Passes.h"

using namespace mlir;
using namespace invhlo;

namespace invhlo {
#define GEN_PASS_DEF_LOWERPRIMITIVESPASS
#include "invhlo/Transforms/Passes.h.inc"
} // namespace invhlo

namespace {
struct LowerPrimitivesPass
    : invhlo::impl::LowerPrimitivesPassBase<LowerPrimitivesPass> {
  void runOnOperation() override {
    getOperation().walk([](Operation *op) {
      if (!isPrimitive(op))
        return;
      op->replaceAllUsesWith(getLowered(op));
      op->erase();
    });
  }
};
} // namespace
