// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Equations that only fall together.

#ifndef INVHLO_INTERFACES_SYSTEMSOLVER_H
#define INVHLO_INTERFACES_SYSTEMSOLVER_H

#include "invhlo/Interfaces/Knowledge.h"
#include "mlir/IR/DialectInterface.h"

namespace invhlo {

/// Unknown values, and ops whose equations see them.
struct Cluster {
  llvm::SmallVector<mlir::Value> unknowns;
  /// In the order of the program.
  llvm::SmallVector<mlir::Operation *> ops;

  bool empty() const { return unknowns.empty() && ops.empty(); }
  bool contains(mlir::Operation *op) const {
    return llvm::is_contained(ops, op);
  }
};

/// Solves what the rules of ops cannot, since each sees one op. Attached to the
/// invhlo dialect.
class SystemSolver : public mlir::DialectInterface::Base<SystemSolver> {
public:
  explicit SystemSolver(mlir::Dialect *dialect) : Base(dialect) {}

  /// Learns unknowns of an irreducible cluster with as many equations as
  /// unknowns. `author`, one of its ops, stands for all of them: it is refused
  /// if that cannot be done, with the reason.
  virtual void solve(const Cluster &cluster, mlir::Operation *author,
                     Knowledge &knowledge) const = 0;

  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(SystemSolver)
};

} // namespace invhlo

#endif // INVHLO_INTERFACES_SYSTEMSOLVER_H
