// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Bridge/Registration.h"

#include "invhlo/CHLO/CHLO.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Rules/Rules.h"
#include "invhlo/Sdy/Sdy.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "invhlo/Systems/Systems.h"
#include "invhlo/Transforms/Passes.h"
#include "mlir/Dialect/Func/Extensions/InlinerExtension.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

void invhlo::registerDialectsAndRules(DialectRegistry &registry) {
  registry
      .insert<func::FuncDialect, stablehlo::StableHLODialect, chlo::CHLODialect,
              sdy::SdyDialect, InvhloDialect, quant::QuantDialect>();
  func::registerInlinerExtension(registry);
  registerRules(registry);
  registerSystems(registry);
}

void invhlo::registerPasses() {
  registerTransformsPasses();
  registerPassesAndPipeline();
}
