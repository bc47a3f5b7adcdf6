// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_LITERALS_LITERALARITHMETIC_H
#define INVHLO_LITERALS_LITERALARITHMETIC_H

#include "invhlo/Literals/Literal.h"
#include "invhlo/StableHLO/Analysis/Combiner.h"
#include <functional>

namespace invhlo {

/// Computes an element of an elementwise op's result from those of its
/// operands. None where StableHLO leaves the outcome to the platform.
using ElementFunction =
    std::function<std::optional<Element>(llvm::ArrayRef<Element>)>;

/// The function an elementwise op applies; null for any other op.
ElementFunction getElementFunction(mlir::Operation *op);

/// The same of what combines two elements; null unless it is commutative or
/// takes the second element as it is.
ElementFunction getElementFunction(const stablehlo::Combiner &combiner);

} // namespace invhlo

#endif // INVHLO_LITERALS_LITERALARITHMETIC_H
