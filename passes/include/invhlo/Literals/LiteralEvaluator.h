// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_LITERALS_LITERALEVALUATOR_H
#define INVHLO_LITERALS_LITERALEVALUATOR_H

#include "invhlo/Literals/Literal.h"
#include "mlir/IR/Operation.h"

namespace invhlo {

/// The value of an op with one result whose operands have the given values.
/// None where the op is not one of those known here, where StableHLO leaves
/// the outcome open, and where more than `maxElements` would have to be held.
std::optional<Literal> evaluate(mlir::Operation *op,
                                llvm::ArrayRef<Literal> operands,
                                int64_t maxElements);
/// The same of an op with any number of results: also of a reduction of several
/// integers at once, as argmax is, if its order does not matter to them.
std::optional<llvm::SmallVector<Literal>>
evaluateResults(mlir::Operation *op, llvm::ArrayRef<Literal> operands,
                int64_t maxElements);
/// Whether the op is one of those known here.
bool canEvaluate(mlir::Operation *op);

} // namespace invhlo

#endif // INVHLO_LITERALS_LITERALEVALUATOR_H
