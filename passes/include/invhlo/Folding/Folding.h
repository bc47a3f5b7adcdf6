// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is put in place of an op that literals determine, or make needless.

#ifndef INVHLO_FOLDING_FOLDING_H
#define INVHLO_FOLDING_FOLDING_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"

namespace invhlo {

/// The elements of a literal as `fold` writes it: a constant or, if it is
/// large, the constant that is broadcast to it. Null for any other value.
mlir::DenseElementsAttr getWrittenLiteral(mlir::Value value);

/// What to put in place of an op of one result, with new ops created by `b`:
/// its value if its operands are literals, else what is simpler. Literals of
/// more than `maxElements` elements are written as those elements that differ,
/// broadcast; where more than these differ the op stays, unless the program's
/// text has as many integers. Null if there is nothing.
mlir::Value fold(mlir::Operation *op, mlir::OpBuilder &b, int64_t maxElements);

/// The block that takes the place of an op with branches, of which a literal
/// chooses one; null where none does.
mlir::Block *getChosenBranch(mlir::Operation *op);

} // namespace invhlo

#endif // INVHLO_FOLDING_FOLDING_H
