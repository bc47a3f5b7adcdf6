// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Inverses of the complementary error function, from either end.

#ifndef INVHLO_RULES_ERRORFUNCTIONS_H
#define INVHLO_RULES_ERRORFUNCTIONS_H

#include "invhlo/Rules/Emitter.h"

namespace invhlo {

/// exp(t^2) erfc(t), for t of at least -5.
mlir::Value createScaledErfc(Emitter &e, mlir::Value t);

/// The t with erfc(t) = y.
mlir::Value createErfcInv(Emitter &e, mlir::Value y);

/// The same for a y of at most one that is given by its log, which may lie
/// below the log of the smallest positive float.
mlir::Value createErfcInvOfLog(Emitter &e, mlir::Value logY);

} // namespace invhlo

#endif // INVHLO_RULES_ERRORFUNCTIONS_H
