// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What ops that stand beside the values they speak of have in common.

#ifndef INVHLO_RULES_VALUESBESIDE_H
#define INVHLO_RULES_VALUESBESIDE_H

#include "invhlo/Interfaces/Knowledge.h"

namespace invhlo {

/// What is known of the values beside which `op` stands is known of its
/// results.
void learnFromValues(mlir::Operation *op, Knowledge &knowledge);

/// What is known of the results of `op` is known of the values.
void learnValues(mlir::Operation *op, Knowledge &knowledge);

/// Whether the ops that compute the values are to be solved, not `op`: it is of
/// several unknowns, and nothing else finds them.
bool isLeftToValues(mlir::Operation *op, Knowledge &knowledge);

} // namespace invhlo

#endif // INVHLO_RULES_VALUESBESIDE_H
