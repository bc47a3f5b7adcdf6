// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

namespace invhlo {
#define GEN_PASS_DEF_MARKUNKNOWNPASS
#include "invhlo/Transforms/Passes.h.inc"
} // namespace invhlo

namespace {
struct MarkUnknownPass : invhlo::impl::MarkUnknownPassBase<MarkUnknownPass> {
  using MarkUnknownPassBase::MarkUnknownPassBase;

  void runOnOperation() override {
    if (unknown.empty())
      return;
    StringRef mark = "invhlo.unknown";
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      if (!function.isPublic())
        continue;
      for (unsigned i = 0, n = function.getNumArguments(); i < n; ++i)
        if (llvm::is_contained(unknown, i))
          function.setArgAttr(i, mark, UnitAttr::get(&getContext()));
        else
          function.removeArgAttr(i, mark);
      // A position beyond the last argument is inversion's to refuse.
    }
  }
};
} // namespace
