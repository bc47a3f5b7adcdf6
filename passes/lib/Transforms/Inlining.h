// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Inlining of single blocks. MLIR's inliner splits the block at every call,
// which is quadratic in the calls of a function.

#ifndef INVHLO_LIB_TRANSFORMS_INLINING_H
#define INVHLO_LIB_TRANSFORMS_INLINING_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Interfaces/CallInterfaces.h"

namespace invhlo {

/// Puts the body of `callee`, one block, in the place of `call`. Adds the calls
/// in it to `calls`.
void inlineCall(mlir::CallOpInterface call, mlir::func::FuncOp callee,
                llvm::SmallVectorImpl<mlir::CallOpInterface> &calls);

} // namespace invhlo

#endif // INVHLO_LIB_TRANSFORMS_INLINING_H
