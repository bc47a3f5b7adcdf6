// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Idioms/Passes.h"
#include "invhlo/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace invhlo;

namespace {
struct PipelineOptions : PassPipelineOptions<PipelineOptions> {
  ListOption<unsigned> unknown{
      *this, "unknown",
      llvm::cl::desc("Positions of the unknown arguments (default: marked)")};
  Option<LogDet> logDet{
      *this, "log-det",
      llvm::cl::desc("What to return of the inverse log-det-Jacobian"),
      llvm::cl::init(LogDet::None),
      llvm::cl::values(clEnumValN(LogDet::None, "none", "nothing"),
                       clEnumValN(LogDet::Shares, "shares",
                                  "one tensor for each recovered argument"),
                       clEnumValN(LogDet::Total, "total", "the sum"))};
  Option<bool> allowOverdetermined{
      *this, "allow-overdetermined",
      llvm::cl::desc("Give log-dets of functions with more output than input "
                     "elements"),
      llvm::cl::init(false)};
  Option<int> preimage{
      *this, "preimage",
      llvm::cl::desc(
          "Of several values with the same result, the number of the "
          "one to find"),
      llvm::cl::init(-1)};
  Option<bool> keepPrimitives{
      *this, "keep-primitives",
      llvm::cl::desc("Keep the host program's operations in the inverse"),
      llvm::cl::init(false)};
};
} // namespace

void invhlo::buildInversionPipeline(OpPassManager &pm,
                                    const InvertPassOptions &options,
                                    bool keepPrimitives,
                                    std::optional<unsigned> preimage) {
  MarkUnknownPassOptions marks;
  marks.unknown.assign(options.unknown.begin(), options.unknown.end());
  pm.addPass(createMarkUnknownPass(marks));
  pm.addPass(createRaiseCustomCallsPass());
  pm.addPass(createLowerAnnotationsPass());
  pm.addPass(createInlineCallsPass());
  pm.addPass(createFoldConstantsPass());
  // A value that is sliced twice alike is one value to find.
  pm.addPass(createCSEPass());
  pm.addPass(createUnrollLoopsPass());
  pm.addPass(createRaiseLoopsPass());
  pm.addPass(createRaiseIdiomsPass());
  if (preimage)
    pm.addPass(createTakePreimagePass(TakePreimagePassOptions{*preimage}));
  pm.addPass(createRaiseBranchesPass());
  pm.addPass(createRaiseSearchesPass());
  // Of what is inside of those too.
  pm.addPass(createRaisePiecewisePass());
  pm.addPass(createRaiseFractionsPass());
  pm.addPass(createRaiseMonomialsPass());
  pm.addPass(createRaiseBitsPass());
  pm.addPass(createRaiseDivisionsPass());
  pm.addPass(createInvertPass(options));
  pm.addPass(createLowerIdiomsPass());
  pm.addPass(keepPrimitives ? createHostPrimitivesPass()
                            : createLowerPrimitivesPass());
  pm.addPass(createSymbolDCEPass());
  InlineCallsPassOptions tidyUp;
  tidyUp.followLiterals = false;
  pm.addPass(createInlineCallsPass(tidyUp));
  // Terms that are the same are reduced once.
  pm.addPass(createCSEPass());
  pm.addPass(createBatchLoopsPass());
  pm.addPass(createLowerSharesPass());
  if (keepPrimitives)
    pm.addPass(createHostSplitsPass());
  pm.addPass(keepPrimitives ? createHostLoopsPass() : createLowerLoopsPass());
  pm.addPass(createLowerToCustomCallsPass());
  if (keepPrimitives)
    pm.addPass(createNumberKindsPass());
}

void invhlo::registerPassesAndPipeline() {
  registerInvhloPasses();
  registerInvhloIdiomsPasses();
  PassPipelineRegistration<PipelineOptions>(
      "invhlo-pipeline", "Turns a lowered function into its inverse",
      [](OpPassManager &pm, const PipelineOptions &options) {
        InvertPassOptions invert;
        invert.unknown.assign(options.unknown.begin(), options.unknown.end());
        invert.logDet = options.logDet;
        invert.allowOverdetermined = options.allowOverdetermined;
        std::optional<unsigned> preimage;
        if (options.preimage >= 0)
          preimage = options.preimage;
        invert.choosesBranches = !preimage;
        buildInversionPipeline(pm, invert, options.keepPrimitives, preimage);
      });
}
