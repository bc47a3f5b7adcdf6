// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

//
// The rule families, for whoever assembles a context.

#ifndef INVHLO_RULES_RULES_H
#define INVHLO_RULES_RULES_H

#include "mlir/IR/MLIRContext.h"

namespace invhlo {

/// Attaches every rule to its op when the op's dialect is loaded.
void registerRules(mlir::DialectRegistry &registry);

/// One family a file; each attaches its rules to the ops of loaded dialects.
void attachAlternativesRules(mlir::MLIRContext *context);
void attachArithmeticRules(mlir::MLIRContext *context);
void attachBitsRules(mlir::MLIRContext *context);
void attachBitwiseRules(mlir::MLIRContext *context);
void attachBranchRules(mlir::MLIRContext *context);
void attachBroadcastRules(mlir::MLIRContext *context);
void attachCollectiveRules(mlir::MLIRContext *context);
void attachComplexRules(mlir::MLIRContext *context);
void attachConversionRules(mlir::MLIRContext *context);
void attachCumulativeRules(mlir::MLIRContext *context);
void attachDivisionRules(mlir::MLIRContext *context);
void attachExponentialRules(mlir::MLIRContext *context);
void attachFractionRules(mlir::MLIRContext *context);
void attachIdiomRules(mlir::MLIRContext *context);
void attachIndexingRules(mlir::MLIRContext *context);
void attachLinearAlgebraRules(mlir::MLIRContext *context);
void attachLoopRules(mlir::MLIRContext *context);
void attachPiecewiseRules(mlir::MLIRContext *context);
void attachPowerRules(mlir::MLIRContext *context);
void attachPrimitiveRules(mlir::MLIRContext *context);
void attachRearrangementRules(mlir::MLIRContext *context);
void attachSearchRules(mlir::MLIRContext *context);
void attachTriangularRules(mlir::MLIRContext *context);
void attachSelectionRules(mlir::MLIRContext *context);
void attachShardingRules(mlir::MLIRContext *context);
void attachSpecialFunctionRules(mlir::MLIRContext *context);
void attachSplineRules(mlir::MLIRContext *context);
void attachTrigonometricRules(mlir::MLIRContext *context);
void attachWhileRules(mlir::MLIRContext *context);

} // namespace invhlo

#endif // INVHLO_RULES_RULES_H
