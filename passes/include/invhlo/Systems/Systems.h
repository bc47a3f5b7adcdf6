// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The solvers of systems, for whoever assembles a context.

#ifndef INVHLO_SYSTEMS_SYSTEMS_H
#define INVHLO_SYSTEMS_SYSTEMS_H

#include "mlir/IR/DialectRegistry.h"

namespace invhlo {

/// Attaches a solver to the invhlo dialect when it is loaded.
void registerSystems(mlir::DialectRegistry &registry);

} // namespace invhlo

#endif // INVHLO_SYSTEMS_SYSTEMS_H
