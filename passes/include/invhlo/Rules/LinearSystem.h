// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

//
// Systems of linear equations with a known square matrix.

#ifndef INVHLO_RULES_LINEARSYSTEM_H
#define INVHLO_RULES_LINEARSYSTEM_H

#include "invhlo/Interfaces/Knowledge.h"
#include "invhlo/Rules/Emitter.h"

namespace invhlo {

/// The dimensions of a factor, sorted by what they do.
struct FactorDims {
  llvm::SmallVector<int64_t> batch, contracting, free;
};

/// Y = A X over the contracting dimensions, A known: as matrices [batch, n, n]
/// and [batch, n, m], X = A^-1 Y and log|det dX/dY| = -m log|det A|, which each
/// of the m columns spreads evenly over its n elements.
class LinearSystem {
public:
  /// `resultOrder` lists the result's dimensions as [batch, free of A, free of
  /// X]; the contracting dimensions of both factors pair up in order.
  LinearSystem(mlir::Value a, FactorDims aDims, mlir::Value x, FactorDims xDims,
               llvm::SmallVector<int64_t> resultOrder);

  /// Why the system has no unique solution; empty if it may have one.
  std::string findFault() const;
  Known solve(Emitter &e, mlir::Value matrix, Known result,
              bool wantsShares) const;

private:
  bool isSingular() const;
  llvm::SmallVector<int64_t> withBatch(llvm::ArrayRef<int64_t> rest) const;
  mlir::Value toColumns(Emitter &e, mlir::Value result) const;
  mlir::Value toOperand(Emitter &e, mlir::Value columns) const;
  mlir::Value getShare(Emitter &e, mlir::Value matrix,
                       mlir::Value resultShare) const;

  mlir::Value a, x;
  FactorDims aDims, xDims;
  llvm::SmallVector<int64_t> resultOrder;
  llvm::ArrayRef<int64_t> aShape, xShape;
  int64_t n, m;
};

/// Whether a row-major n x n matrix of numbers with relative errors of
/// `epsilon` is singular, by Gaussian elimination with full pivoting. What is
/// left of a difference counts as zero where it is not larger than its rounding
/// error.
bool isSingularMatrix(llvm::MutableArrayRef<double> matrix, int64_t n,
                      double epsilon);

} // namespace invhlo

#endif // INVHLO_RULES_LINEARSYSTEM_H
