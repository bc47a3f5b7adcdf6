// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Systems that are the same all along a batch.

#ifndef INVHLO_LIB_SYSTEMS_BATCHSLICE_H
#define INVHLO_LIB_SYSTEMS_BATCHSLICE_H

#include "ElementGroups.h"

namespace invhlo {

/// Whether what is multiplied by xs is the same for all of a batch, as far as
/// is seen, and one element of the batch can be computed alone.
bool isUniform(const AffineSystem &system, const BatchDim &dim);

/// Computes a system's linear part for one element of a uniform batch.
class BatchSlice {
public:
  explicit BatchSlice(llvm::ArrayRef<BatchDim> uniform) : uniform(uniform) {}

  bool narrows() const { return !uniform.empty(); }
  /// Makes of a clone of `op` what it is of one element of the batch. The
  /// operands that depend on xs are of one already.
  void narrow(mlir::Operation *op, mlir::Operation *clone,
              const AffineSystem &system) const;

private:
  llvm::ArrayRef<BatchDim> uniform;
};

} // namespace invhlo

#endif // INVHLO_LIB_SYSTEMS_BATCHSLICE_H
