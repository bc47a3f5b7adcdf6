// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The CHLO dialect: include this one header.

#ifndef INVHLO_CHLO_CHLO_H
#define INVHLO_CHLO_CHLO_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "invhlo/CHLO/CHLOInference.h"

#include "invhlo/CHLO/CHLODialect.h.inc"
#include "invhlo/CHLO/CHLOEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "invhlo/CHLO/CHLOAttrs.h.inc"

#define GET_OP_CLASSES
#include "invhlo/CHLO/CHLOOps.h.inc"

#endif // INVHLO_CHLO_CHLO_H
