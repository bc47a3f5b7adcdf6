// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_TRANSFORMS_PASSES_H
#define INVHLO_TRANSFORMS_PASSES_H

#include "invhlo/Engine/Inverter.h"
#include "mlir/Pass/Pass.h"

namespace invhlo {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "invhlo/Transforms/Passes.h.inc"

/// The way from a lowered function to its inverse: raise custom calls, lower
/// annotations, inline, fold, invert, clean up. Primitives of the host program
/// stay in the inverse only where the host asks for them. Of several values
/// with the same result, the inverse finds the one of the number `preimage`, if
/// that is given.
void buildInversionPipeline(mlir::OpPassManager &pm,
                            const InvertPassOptions &options,
                            bool keepPrimitives = false,
                            std::optional<unsigned> preimage = std::nullopt);
/// Registers the passes, and the pipeline as `invhlo-pipeline`.
void registerPassesAndPipeline();

} // namespace invhlo

#endif // INVHLO_TRANSFORMS_PASSES_H
