// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which devices exchange data with which.

#ifndef INVHLO_RULES_REPLICAGROUPS_H
#define INVHLO_RULES_REPLICAGROUPS_H

#include "mlir/IR/Operation.h"
#include <optional>

namespace invhlo {

using ReplicaGroups = llvm::SmallVector<llvm::SmallVector<int64_t>>;

/// The groups of devices of the collective `op`, which lists them or names the
/// axes of a mesh along which they lie. A mesh is looked up from `scope`.
/// Nothing if `op` has no groups or they cannot be told.
std::optional<ReplicaGroups> getReplicaGroups(mlir::Operation *op,
                                              mlir::Operation *scope);

} // namespace invhlo

#endif // INVHLO_RULES_REPLICAGROUPS_H
