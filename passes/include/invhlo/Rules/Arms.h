// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What piecewise ops and alternatives have in common.

#ifndef INVHLO_RULES_ARMS_H
#define INVHLO_RULES_ARMS_H

#include "invhlo/Interfaces/Unit.h"
#include "invhlo/Rules/Emitter.h"
#include "invhlo/Spans/Curve.h"

namespace invhlo {

/// The arms of `op` as units, which take what any of them captures and return
/// values that stand for the results, and then a predicate.
llvm::SmallVector<Unit> getUnitsOfArms(mlir::Operation *op);

/// Refuses `op` if two arms have results in common; says whether it did.
bool refuseOverlap(mlir::Operation *op, const Curve &curve,
                   Knowledge &knowledge);

/// Whether `value` of an arm of `op` is computed from any of `sources`, which
/// are outside.
bool isComputedFrom(mlir::Operation *op, mlir::Value value,
                    mlir::ValueRange sources);

/// Whether elements of the result, `y`, are of `arc`, whose span is known;
/// where no other arc begins, also if rounding may have taken them past its
/// end.
mlir::Value isOfArc(Emitter &e, const Curve &curve, const Arc &arc,
                    mlir::Value y, bool allowsRounding = true);

} // namespace invhlo

#endif // INVHLO_RULES_ARMS_H
