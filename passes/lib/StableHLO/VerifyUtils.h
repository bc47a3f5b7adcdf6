// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Checks that verifiers and type inference share. A check returns what is wrong
// in words, or nothing: inference reports it at a location, if it has one, a
// verifier at the op.

#ifndef INVHLO_LIB_STABLEHLO_VERIFYUTILS_H
#define INVHLO_LIB_STABLEHLO_VERIFYUTILS_H

#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/TypeUtilities.h"

#include <optional>
#include <string>

namespace invhlo::stablehlo {

using Complaint = std::optional<std::string>;

/// `dims` are different dimensions of a tensor of `rank`.
Complaint checkDims(llvm::StringRef name, llvm::ArrayRef<int64_t> dims,
                    int64_t rank);

/// `values` has one entry for each of `count` dimensions.
Complaint checkLength(llvm::StringRef name, size_t length, int64_t count);

/// `value` is a dimension of a tensor of `rank`.
Complaint checkDim(llvm::StringRef name, int64_t value, int64_t rank);

/// Both sizes can be the same at run time.
inline bool sizesAgree(int64_t a, int64_t b) {
  return a == b || mlir::ShapedType::isDynamic(a) ||
         mlir::ShapedType::isDynamic(b);
}

/// How a window moves along one dimension.
struct WindowDim {
  int64_t size, stride = 1, low = 0, high = 0, baseDilation = 1, dilation = 1;
};

/// The window moving along dimension `d`, what is absent being 1 or 0.
WindowDim windowDim(int64_t d, int64_t size,
                    std::optional<llvm::ArrayRef<int64_t>> strides,
                    std::optional<mlir::DenseIntElementsAttr> padding,
                    std::optional<llvm::ArrayRef<int64_t>> baseDilations,
                    std::optional<llvm::ArrayRef<int64_t>> dilations);

/// How many positions a window has along a dimension of `size` elements.
int64_t windowedSize(int64_t size, const WindowDim &window);

/// `type` as a ranked tensor of `rank` and `element`, bounds dropped.
mlir::RankedTensorType tensorOf(llvm::ArrayRef<int64_t> shape,
                                mlir::Type element);

/// Element types are equal or quantized relatives.
bool elementsAgree(mlir::Type a, mlir::Type b);

/// The scalar tensor of each type's elements.
llvm::SmallVector<mlir::Type> scalarsOf(mlir::TypeRange types);

/// The region's block takes `arguments` and returns `results`. Widening
/// reductions may compute in other types than the tensors hold, so with
/// `elementsMatter` off only numbers and shapes are compared.
llvm::LogicalResult verifyRegion(mlir::Operation *op, mlir::Region &region,
                                 llvm::StringRef name,
                                 mlir::TypeRange arguments,
                                 mlir::TypeRange results,
                                 bool elementsMatter = true);

/// Reports a complaint at `op`, if there is one.
inline llvm::LogicalResult report(mlir::Operation *op,
                                  const Complaint &complaint) {
  return complaint ? llvm::LogicalResult(op->emitOpError() << *complaint)
                   : llvm::success();
}

/// Reports a complaint where inference was asked, if there is one.
inline llvm::LogicalResult report(std::optional<mlir::Location> location,
                                  const Complaint &complaint) {
  return complaint ? emitOptionalError(location, *complaint) : llvm::success();
}

} // namespace invhlo::stablehlo

#endif // INVHLO_LIB_STABLEHLO_VERIFYUTILS_H
