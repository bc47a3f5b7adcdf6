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
  /// By sums, and products with what is fixed.
  Affine,
  /// Each element increases, or decreases, with the one that it depends on.
  Monotone,
  /// With derivatives, wherever it is finite.
  Smooth,
  /// In a way that nothing is said about.
  Opaque
};

/// What the equations of an op say of an operand: result = op(operands), an
/// equation for each element of the result. An operand and a result without an
/// edge between them are independent.
struct Edge {
  unsigned operand, result;
  Reach reach = Reach::All;
  Coupling coupling = Coupling::Opaque;
  /// Whether the rule may solve them for the operand.
  bool isSolvable = false;
};

/// The edges of an op of which nothing is known but its traits.
llvm::SmallVector<Edge> getOpaqueEdges(mlir::Operation *op);

/// Edges between operands and results, from `operands` of `op` to its one
/// result.
llvm::SmallVector<Edge> getEdgesToResult(mlir::Operation *op,
                                         llvm::ArrayRef<unsigned> operands,
                                         Reach reach, Coupling coupling);

llvm::StringRef stringify(Reach reach);
llvm::StringRef stringify(Coupling coupling);

} // namespace invhlo

#endif // INVHLO_INTERFACES_EDGE_H
