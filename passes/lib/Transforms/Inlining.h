// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Inlining of single blocks. MLIR's inliner splits the block at every call,
// which is quadratic in the calls of a function.

#ifndef INVHLO_LIB_TRANSFORMS_INLINING_H
#define INVHLO_LIB_TRANSFORMS_INLINING_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Interfaces/CallInterfaces.h"

namespace invhlo {

/// Inlines the calls of the module that are wanted, of functions of one block
/// that do not call themselves.
void inlineCalls(
    mlir::ModuleOp module,
    llvm::function_ref<bool(mlir::CallOpInterface, mlir::func::FuncOp)>
        isWanted);

} // namespace invhlo

#endif // INVHLO_LIB_TRANSFORMS_INLINING_H
