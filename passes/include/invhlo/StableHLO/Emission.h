// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Builders of StableHLO ops that avoid needless ones.

#ifndef INVHLO_STABLEHLO_EMISSION_H
#define INVHLO_STABLEHLO_EMISSION_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

namespace invhlo::stablehlo {

/// A constant whose elements are all `value`; real, complex, integer or bool.
mlir::Value createSplat(mlir::OpBuilder &b, mlir::Location loc,
                        mlir::RankedTensorType type, double value);

/// A reshape; none where the type is the same.
mlir::Value createReshape(mlir::OpBuilder &b, mlir::Location loc,
                          mlir::Value data, mlir::Type type);

/// A slice; none where it is whole, a smaller splat of a splat, and one of the
/// part of a concatenation that it lies in.
mlir::Value createSlice(mlir::OpBuilder &b, mlir::Location loc,
                        mlir::Value data, llvm::ArrayRef<int64_t> starts,
                        llvm::ArrayRef<int64_t> limits,
                        llvm::ArrayRef<int64_t> strides);

/// Puts `data` among zeros in a tensor of `shape`, its elements `strides`
/// apart from `offsets` on.
mlir::Value createEmbedding(mlir::OpBuilder &b, mlir::Location loc,
                            mlir::Value data, llvm::ArrayRef<int64_t> offsets,
                            llvm::ArrayRef<int64_t> strides,
                            llvm::ArrayRef<int64_t> shape);

} // namespace invhlo::stablehlo

#endif // INVHLO_STABLEHLO_EMISSION_H
