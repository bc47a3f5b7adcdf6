// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The result types of CHLO ops, from operands and attributes. The op classes
// call these; nobody else needs to.

#ifndef INVHLO_CHLO_CHLOINFERENCE_H
#define INVHLO_CHLO_CHLOINFERENCE_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/ValueRange.h"
#include <optional>

namespace invhlo::chlo::detail {

using InferredTypes = llvm::FailureOr<llvm::SmallVector<mlir::Type>>;

/// Whether the types are the same up to sizes that are not known.
bool areCompatible(mlir::TypeRange lhs, mlir::TypeRange rhs);

/// The type of `operand`.
InferredTypes inferSame(mlir::Value operand);

/// Booleans in the shape of `operand`.
InferredTypes inferPredicate(mlir::Value operand);

/// The type of `value` in the shape of `operand`.
InferredTypes inferConstantLike(mlir::Value operand, mlir::TypedAttr value);

/// Both operands stretched to a common shape, of element type
/// `element(element type of lhs)`. `dimensions` may be null.
InferredTypes
inferBroadcast(std::optional<mlir::Location> location, mlir::Value lhs,
               mlir::Value rhs, mlir::DenseI64ArrayAttr dimensions,
               llvm::function_ref<mlir::Type(mlir::Type)> element);

/// The three operands stretched to a common shape, of `onTrue`'s element type.
InferredTypes inferSelect(std::optional<mlir::Location> location,
                          mlir::Value pred, mlir::Value onTrue,
                          mlir::Value onFalse);

/// `operand` with a last dimension of size `k`, and 32-bit integers likewise.
InferredTypes inferTopK(std::optional<mlir::Location> location,
                        mlir::Value operand, int64_t k);

} // namespace invhlo::chlo::detail

#endif // INVHLO_CHLO_CHLOINFERENCE_H
