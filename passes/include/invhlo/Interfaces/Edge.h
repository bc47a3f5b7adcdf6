// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the equations of an op couple.

#ifndef INVHLO_INTERFACES_EDGE_H
#define INVHLO_INTERFACES_EDGE_H

#include "mlir/IR/Operation.h"

namespace invhlo {

/// Which elements of a result depend on an element of an operand.
enum class Reach {
  /// The element at the same place.
  Same,
  /// Elements that depend on no other element of the operand: it is moved or
  /// copied to them.
  Moved,
  /// The element at the same place, and elements on one side of it.
  Running,
  /// Any.
  All
};

/// How a result depends on an operand, with the other operands fixed.
enum class Coupling {
  /// Affinely: by sums, and products with what is fixed.
  Affine,
  /// Each element increases, or decreases, with the one that it depends on.
  Monotone,
  /// Differentiably, wherever it is finite.
  Smooth,
  /// In a way that nothing is said about.
  Opaque
};

/// An op is equations: result = op(operands), one for each element of a result.
/// An edge says how those of one result depend on one operand. Between an
/// operand and a result without an edge, there is no dependence.
struct Edge {
  /// Their numbers.
  unsigned operand, result;
  Reach reach = Reach::All;
  Coupling coupling = Coupling::Opaque;
  /// Whether the op's rule may solve the equations for the operand.
  bool isSolvable = false;
};

/// The edges of an op of which nothing is known but its traits.
llvm::SmallVector<Edge> getOpaqueEdges(mlir::Operation *op);

/// Edges of an op with one result that can be solved for any of `operands`;
/// those of its other operands are opaque.
llvm::SmallVector<Edge> getEdgesToResult(mlir::Operation *op,
                                         llvm::ArrayRef<unsigned> operands,
                                         Reach reach, Coupling coupling);

llvm::StringRef stringify(Reach reach);
llvm::StringRef stringify(Coupling coupling);

} // namespace invhlo

#endif // INVHLO_INTERFACES_EDGE_H
