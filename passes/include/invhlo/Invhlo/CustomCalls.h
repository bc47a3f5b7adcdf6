// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The border of the compiler: its ops, and the custom calls that they are to
// others.

#ifndef INVHLO_INVHLO_CUSTOMCALLS_H
#define INVHLO_INVHLO_CUSTOMCALLS_H

#include "mlir/IR/Operation.h"

namespace invhlo {

/// The custom call that annotates a call of a function with its inverses. It is
/// none of our ops.
inline constexpr llvm::StringLiteral kCustomInverseTarget =
    "invhlo.custom_inverse";

/// Replaces the custom calls in `root` whose targets are of invhlo by its ops,
/// and says whether there were any.
/// Reports one that is not what the op is, or whose target there is not:
/// whoever wrote it by hand is to know.
llvm::FailureOr<bool> raiseCustomCalls(mlir::Operation *root);

/// The other way.
bool lowerToCustomCalls(mlir::Operation *root);

} // namespace invhlo

#endif // INVHLO_INVHLO_CUSTOMCALLS_H
