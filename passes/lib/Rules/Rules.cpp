// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Rules/Rules.h"

#include "invhlo/CHLO/CHLO.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Sdy/Sdy.h"
#include "invhlo/StableHLO/StableHLO.h"

using namespace mlir;
using namespace invhlo;

void invhlo::registerRules(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, stablehlo::StableHLODialect *,
                            chlo::CHLODialect *, sdy::SdyDialect *) {
    attachArithmeticRules(context);
    attachBitwiseRules(context);
    attachBranchRules(context);
    attachBroadcastRules(context);
    attachCollectiveRules(context);
    attachComplexRules(context);
    attachConversionRules(context);
    attachCumulativeRules(context);
    attachExponentialRules(context);
    attachIndexingRules(context);
    attachLinearAlgebraRules(context);
    attachRearrangementRules(context);
    attachSelectionRules(context);
    attachShardingRules(context);
    attachSpecialFunctionRules(context);
    attachTrigonometricRules(context);
    attachWhileRules(context);
  });
  registry.addExtension(+[](MLIRContext *context, InvhloDialect *) {
    attachAlternativesRules(context);
    attachBitsRules(context);
    attachDivisionRules(context);
    attachFractionRules(context);
    attachIdiomRules(context);
    attachLoopRules(context);
    attachPiecewiseRules(context);
    attachPowerRules(context);
    attachPrimitiveRules(context);
    attachSearchRules(context);
    attachSplineRules(context);
    attachTriangularRules(context);
  });
}
