// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The StableHLO dialect with its enums, attributes and types.

#ifndef INVHLO_STABLEHLO_DIALECT_H
#define INVHLO_STABLEHLO_DIALECT_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/Attributes.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/IR/TensorEncoding.h"

#include "invhlo/StableHLO/Dialect.h.inc"
#include "invhlo/StableHLO/Enums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "invhlo/StableHLO/Attributes.h.inc"

#define GET_TYPEDEF_CLASSES
#include "invhlo/StableHLO/Types.h.inc"

#endif // INVHLO_STABLEHLO_DIALECT_H
