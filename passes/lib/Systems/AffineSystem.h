// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Equations that are affine in their unknowns.

#ifndef INVHLO_LIB_SYSTEMS_AFFINESYSTEM_H
#define INVHLO_LIB_SYSTEMS_AFFINESYSTEM_H

#include "invhlo/Interfaces/SystemSolver.h"
#include "invhlo/Literals/Literal.h"
#include <optional>

namespace invhlo {

class BatchSlice;

/// Values ys that ops compute from values xs by sums, by products with what is
/// known, and by moving elements. All ys are known, and no x as a whole.
class AffineSystem {
public:
  /// The system that a cluster is; none if it is no such.
  static std::optional<AffineSystem> get(const Cluster &cluster,
                                         Knowledge &knowledge);

  llvm::ArrayRef<mlir::Value> getXs() const { return xs.getArrayRef(); }
  llvm::ArrayRef<mlir::Value> getYs() const { return ys; }
  llvm::ArrayRef<mlir::Operation *> getOps() const { return ops; }
  /// Whether xs and ys are complex and complex numbers multiply them, so that
  /// they are not to be taken apart into real and imaginary parts.
  bool isComplexLinear() const { return complexLinear; }
  /// Whether something known is added.
  bool hasConstant() const;
  /// Whether literals determine all that xs are multiplied with and moved by.
  bool hasLiteralFactors() const;

  /// What of a value depends on xs: a value that ops stand beside, if it is
  /// one.
  mlir::Value lookThrough(mlir::Value value) const;
  /// Whether an operand is one of xs or depends on them.
  bool isDependent(mlir::Value operand) const;
  /// Whether a known operand of an op of the system is added, or put beside
  /// what depends on xs, instead of multiplying it.
  bool isAdded(mlir::OpOperand &operand) const;

  /// Builds the ys of other xs; of their linear part alone, without what is
  /// added; for one element of a batch alone.
  llvm::SmallVector<mlir::Value> build(mlir::OpBuilder &b,
                                       mlir::ValueRange ofXs, bool isLinear,
                                       Knowledge &knowledge,
                                       const BatchSlice *slice = nullptr) const;
  /// The linear part of literals, if known factors are what `getFactor` has for
  /// them. None if that is not to be had.
  std::optional<llvm::SmallVector<Literal>> evaluate(
      llvm::ArrayRef<Literal> ofXs,
      llvm::function_ref<std::optional<Literal>(mlir::Value)> getFactor) const;

private:
  /// Adds an op that computes a value from what is dependent. Returns whether
  /// it is affine in that.
  bool add(mlir::Operation *op, const Cluster &cluster, Knowledge &knowledge);

  llvm::SmallVector<mlir::Value> ys;
  llvm::SetVector<mlir::Value> xs;
  llvm::SmallVector<mlir::Operation *> ops;
  llvm::DenseSet<mlir::Value> dependent;
  /// Operations of the host, by what they are lowered to.
  llvm::DenseMap<mlir::Value, llvm::SmallVector<mlir::Operation *, 1>>
      primitives;
  bool complexLinear = false;
};

} // namespace invhlo

#endif // INVHLO_LIB_SYSTEMS_AFFINESYSTEM_H
