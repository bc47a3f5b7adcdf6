// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Solves systems of affine equations.

#ifndef INVHLO_LIB_SYSTEMS_AFFINESOLVER_H
#define INVHLO_LIB_SYSTEMS_AFFINESOLVER_H

#include "Layout.h"

namespace invhlo {

/// A x = y - b, with b the ys of zeros, and the matrices A of the groups made
/// of the ys of ones: a unit for each coordinate of a group, in all groups and
/// all elements of the batch at once. log|det dx/dy| is the sum of -log|det A|.
class AffineSolver {
public:
  AffineSolver(const AffineSystem &system, ElementGroups groups,
               mlir::Operation *author, Knowledge &knowledge);

  /// Learns xs, or refuses the author.
  void solve();

private:
  /// Why there is no solution to compute; empty if there is one.
  std::string findFault();
  /// The matrices of all groups, [held..., count, size, size] in row-major
  /// order: held is 1 along a dimension of the batch for which they are the
  /// same.
  struct Matrices {
    llvm::SmallVector<int64_t> held;
    std::vector<Element> elements;
  };
  /// Those if known factors are what `getFactor` has for them; none if that is
  /// not to be had.
  std::optional<Matrices> evaluate(
      llvm::function_ref<std::optional<Literal>(mlir::Value)> getFactor) const;
  /// The xs that are ones for the coordinate of that number in all groups, and
  /// zeros elsewhere.
  llvm::SmallVector<Literal> getUnits(int64_t number) const;
  bool isSingular(const Matrices &matrices) const;
  /// Puts dimensions of the batch first that the matrices may vary along.
  void sortBatch();
  /// Whether of each group all is known or nothing.
  bool areGroupsWhole() const;

  /// [batch..., count, size, size].
  mlir::Value buildMatrices();
  /// The groups of one element of a uniform batch.
  ElementGroups getSlice() const;
  /// The ys of the units of a number, as coordinates of one such element.
  mlir::Value buildColumn(int64_t number);
  /// The same for a number that is computed.
  mlir::Value buildColumn(mlir::OpBuilder &b, mlir::Value number);
  /// The solutions and the log-dets of the matrices.
  std::pair<mlir::Value, mlir::Value> solveDense(mlir::Value matrices,
                                                 mlir::Value rhs);
  /// The same by elimination, of small matrices.
  std::pair<mlir::Value, mlir::Value> eliminate(mlir::Value matrices,
                                                mlir::Value rhs);

  const AffineSystem &system;
  ElementGroups groups;
  mlir::Operation *author;
  Knowledge &knowledge;
  Emitter e;
  Layout xs, ys;
  /// The types of what is read of ys, and of what is computed.
  mlir::Type yType, type;
  /// The matrices, if literals determine them.
  std::optional<Matrices> literal;
};

} // namespace invhlo

#endif // INVHLO_LIB_SYSTEMS_AFFINESOLVER_H
