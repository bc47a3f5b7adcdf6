// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Functions, recognised by the ops that front ends make of them.

#ifndef INVHLO_IDIOMS_PASSES_H
#define INVHLO_IDIOMS_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace invhlo {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "invhlo/Idioms/Passes.h.inc"

/// Says of values of `module` in which order their elements tell those of what
/// they are computed from, by ops beside them, which are returned.
llvm::SmallVector<mlir::Operation *> raiseTriangular(mlir::ModuleOp module);

} // namespace invhlo

#endif // INVHLO_IDIOMS_PASSES_H
