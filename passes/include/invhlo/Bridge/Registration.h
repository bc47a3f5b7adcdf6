// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

//
// Everything the tools need in a context.

#ifndef INVHLO_BRIDGE_REGISTRATION_H
#define INVHLO_BRIDGE_REGISTRATION_H

#include "mlir/IR/DialectRegistry.h"

namespace invhlo {

/// The dialects of lowered functions, with the rules of inversion.
void registerDialectsAndRules(mlir::DialectRegistry &registry);

/// Our passes and pipeline, and MLIR's own.
void registerPasses();

} // namespace invhlo

#endif // INVHLO_BRIDGE_REGISTRATION_H
