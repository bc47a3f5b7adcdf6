// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The sdy dialect: include this one header.

#ifndef INVHLO_SDY_SDY_H
#define INVHLO_SDY_SDY_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include <optional>

#include "invhlo/Sdy/SdyDialect.h.inc"
#include "invhlo/Sdy/SdyEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "invhlo/Sdy/SdyAttrs.h.inc"

#define GET_OP_CLASSES
#include "invhlo/Sdy/SdyOps.h.inc"

#endif // INVHLO_SDY_SDY_H
