// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What holds of every function that is looked at for an inverse.

#ifndef INVHLO_ENGINE_FORWARDCHECK_H
#define INVHLO_ENGINE_FORWARDCHECK_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace invhlo {

/// Checks `function` and all that it calls, or that rules of its calls name:
/// they are single blocks of tensors of static shape, have no side effects, and
/// are neither recursive nor nested deeply. Reports what is not so.
mlir::LogicalResult checkForward(mlir::func::FuncOp function);

} // namespace invhlo

#endif // INVHLO_ENGINE_FORWARDCHECK_H
