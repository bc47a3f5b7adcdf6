// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Index sets as predicates of the program.

#ifndef INVHLO_INTERFACES_MASKS_H
#define INVHLO_INTERFACES_MASKS_H

#include "invhlo/Interfaces/IndexSet.h"
#include "mlir/IR/Builders.h"

namespace invhlo {

/// A predicate that is true for the elements of `set`: a literal of what its
/// mask tells apart, broadcast to its shape.
mlir::Value createMask(mlir::OpBuilder &b, mlir::Location loc,
                       const IndexSet &set);

} // namespace invhlo

#endif // INVHLO_INTERFACES_MASKS_H
