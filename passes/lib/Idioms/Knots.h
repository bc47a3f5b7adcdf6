// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The knots that x is compared with.

#ifndef INVHLO_LIB_IDIOMS_KNOTS_H
#define INVHLO_LIB_IDIOMS_KNOTS_H

#include "Steps.h"

namespace invhlo {

/// Knots in order along a dimension of a tensor.
struct Knots {
  mlir::Value tensor;
  int64_t dim;
  /// For each dimension of x, the one of the tensor, or -1 if all its elements
  /// have the same.
  llvm::SmallVector<int64_t> dims;

  int64_t getCount() const {
    return mlir::cast<mlir::RankedTensorType>(tensor.getType()).getDimSize(dim);
  }
};

/// The largest tensor that thresholds of `cone` are taken from; none if they
/// are not along one dimension of it.
std::optional<Knots> findKnots(const SteppedCone &cone);

} // namespace invhlo

#endif // INVHLO_LIB_IDIOMS_KNOTS_H
