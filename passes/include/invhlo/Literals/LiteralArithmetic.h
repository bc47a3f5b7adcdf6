// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_LITERALS_LITERALARITHMETIC_H
#define INVHLO_LITERALS_LITERALARITHMETIC_H

#include "invhlo/Literals/Literal.h"
#include "mlir/IR/Operation.h"
#include <functional>

namespace invhlo {

/// Computes an element of an elementwise op's result from those of its
/// operands. None where StableHLO leaves the outcome to the platform.
using ElementFunction =
    std::function<std::optional<Element>(llvm::ArrayRef<Element>)>;

/// The function an elementwise op applies; null for any other op.
ElementFunction getElementFunction(mlir::Operation *op);

/// The function of a region that combines two elements: one commutative op, or
/// the second element as it is. Null for any other region.
ElementFunction getCombiner(mlir::Region &body);
/// The one op of such a region, null where there is none.
mlir::Operation *getCombiningOp(mlir::Region &body);

} // namespace invhlo

#endif // INVHLO_LITERALS_LITERALARITHMETIC_H
