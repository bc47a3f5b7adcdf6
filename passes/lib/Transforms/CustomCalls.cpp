// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Invhlo/CustomCalls.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "invhlo/Transforms/Passes.h"

using namespace mlir;

namespace invhlo {
#define GEN_PASS_DEF_LOWERTOCUSTOMCALLSPASS
#define GEN_PASS_DEF_RAISECUSTOMCALLSPASS
#include "invhlo/Transforms/Passes.h.inc"
} // namespace invhlo

namespace {
struct RaiseCustomCallsPass
    : invhlo::impl::RaiseCustomCallsPassBase<RaiseCustomCallsPass> {
  void runOnOperation() override {
    FailureOr<bool> hasRaised = invhlo::raiseCustomCalls(getOperation());
    if (failed(hasRaised))
      return signalPassFailure();
    if (!*hasRaised)
      markAllAnalysesPreserved();
  }
};

struct LowerToCustomCallsPass
    : invhlo::impl::LowerToCustomCallsPassBase<LowerToCustomCallsPass> {
  void runOnOperation() override {
    if (!invhlo::lowerToCustomCalls(getOperation()))
      markAllAnalysesPreserved();
  }
};
} // namespace
