// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The custom calls that mean something to the compiler and to its host.

#ifndef INVHLO_ENGINE_HOSTCALLS_H
#define INVHLO_ENGINE_HOSTCALLS_H

#include "mlir/IR/BuiltinOps.h"

namespace invhlo {

/// Reports custom calls in `module` whose targets are of invhlo, but which are
/// not what these are: whoever wrote them by hand is to know.
mlir::LogicalResult verifyHostCalls(mlir::ModuleOp module);

} // namespace invhlo

#endif // INVHLO_ENGINE_HOSTCALLS_H
