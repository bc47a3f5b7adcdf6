// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which products matrix products and convolutions are sums of.

#ifndef INVHLO_STABLEHLO_ANALYSIS_PRODUCTTERMS_H
#define INVHLO_STABLEHLO_ANALYSIS_PRODUCTTERMS_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace invhlo::stablehlo {

/// An op whose results are sums of products of an element of the left operand
/// and one of the right operand. Both hold their elements in shapes of their
/// own, in which the size is 1 along dimensions of equal elements.
class ProductTerms {
public:
  /// None if `op` is no such.
  static std::optional<ProductTerms> get(mlir::Operation *op,
                                         llvm::ArrayRef<int64_t> lhsHeld,
                                         llvm::ArrayRef<int64_t> rhsHeld);

  /// The shapes in which elements are to be held, and are then.
  llvm::ArrayRef<int64_t> getLhsHeld() const { return lhsHeld; }
  llvm::ArrayRef<int64_t> getRhsHeld() const { return rhsHeld; }
  llvm::ArrayRef<int64_t> getHeld() const { return held; }
  int64_t getNumTerms() const;
  /// Calls `visit` with the numbers of the elements of the result, of the left
  /// and of the right operand.
  void forEach(
      llvm::function_ref<void(int64_t result, int64_t lhs, int64_t rhs)> visit)
      const;
  /// How often each term stands for others, along dimensions that are summed
  /// over and held in one element.
  int64_t getRepeats() const { return repeats; }

private:
  ProductTerms() = default;
  static ProductTerms ofProduct(mlir::Operation *op,
                                llvm::ArrayRef<int64_t> lhsHeld,
                                llvm::ArrayRef<int64_t> rhsHeld);
  static ProductTerms ofConvolution(mlir::Operation *op,
                                    llvm::ArrayRef<int64_t> lhsHeld);
  void forEachOfConvolution(
      llvm::function_ref<void(int64_t, int64_t, int64_t)> visit) const;

  mlir::Operation *op = nullptr;
  llvm::SmallVector<int64_t> lhsHeld, rhsHeld, held;
  /// The loop: the result's dimensions, then those that are summed over; of a
  /// product, the steps of each of them in the operands.
  llvm::SmallVector<int64_t> sizes, lhsSteps, rhsSteps;
  int64_t repeats = 1;
};

} // namespace invhlo::stablehlo

#endif // INVHLO_STABLEHLO_ANALYSIS_PRODUCTTERMS_H
