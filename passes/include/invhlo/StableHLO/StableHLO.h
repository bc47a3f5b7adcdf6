// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The StableHLO dialect: dialect, enums, attributes, types and operations.

#ifndef INVHLO_STABLEHLO_STABLEHLO_H
#define INVHLO_STABLEHLO_STABLEHLO_H

#include "invhlo/StableHLO/Dialect.h"
#include "invhlo/StableHLO/Traits.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#define GET_OP_CLASSES
#include "invhlo/StableHLO/ControlFlow.h.inc"

#define GET_OP_CLASSES
#include "invhlo/StableHLO/Unary.h.inc"

#define GET_OP_CLASSES
#include "invhlo/StableHLO/Elementwise.h.inc"

#define GET_OP_CLASSES
#include "invhlo/StableHLO/DataMovement.h.inc"

#define GET_OP_CLASSES
#include "invhlo/StableHLO/Indexing.h.inc"

#define GET_OP_CLASSES
#include "invhlo/StableHLO/LinearAlgebra.h.inc"

#define GET_OP_CLASSES
#include "invhlo/StableHLO/Reduction.h.inc"

#define GET_OP_CLASSES
#include "invhlo/StableHLO/Collective.h.inc"

#define GET_OP_CLASSES
#include "invhlo/StableHLO/Dynamic.h.inc"

#define GET_OP_CLASSES
#include "invhlo/StableHLO/Misc.h.inc"

#endif // INVHLO_STABLEHLO_STABLEHLO_H
