// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The dialect of recognised functions: include this one header.

#ifndef INVHLO_INVHLO_INVHLO_H
#define INVHLO_INVHLO_INVHLO_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "invhlo/Invhlo/InvhloDialect.h.inc"

#define GET_OP_CLASSES
#include "invhlo/Invhlo/InvhloOps.h.inc"

namespace invhlo {

/// The value that `op` says something about; null if it is none of this
/// dialect.
mlir::Value getValueBeside(mlir::Operation *op);

} // namespace invhlo

#endif // INVHLO_INVHLO_INVHLO_H
