// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the region of a reduction, a scatter or a collective combines with.

#ifndef INVHLO_STABLEHLO_ANALYSIS_COMBINER_H
#define INVHLO_STABLEHLO_ANALYSIS_COMBINER_H

#include "invhlo/StableHLO/StableHLO.h"

namespace invhlo::stablehlo {

/// What a region makes of two scalars, the value so far and the next one.
class Combiner {
public:
  explicit Combiner(mlir::Region &body);

  /// The op that is applied to both, in this order unless it is commutative;
  /// null where the region does anything else.
  mlir::Operation *getOp() const { return op; }
  /// Whether it is the next value, as in a scatter that overwrites.
  bool replaces() const { return takesNext; }

  /// Whether numbers are added. Predicates add like `or`.
  bool adds() const { return appliesToNumbers<AddOp>(); }
  bool subtracts() const { return appliesToNumbers<SubtractOp>(); }
  /// Whether numbers are multiplied. Predicates multiply like `and`.
  bool multiplies() const { return appliesToNumbers<MulOp>(); }
  /// Whether the order does not matter in which values are combined.
  bool isCommutative() const;
  /// Whether a value combined with itself is that value.
  bool isIdempotent() const;

private:
  template <typename Op>
  bool appliesToNumbers() const {
    return mlir::isa_and_nonnull<Op>(op) && !isPredicate;
  }

  mlir::Operation *op = nullptr;
  bool takesNext = false;
  bool isPredicate = false;
};

} // namespace invhlo::stablehlo

#endif // INVHLO_STABLEHLO_ANALYSIS_COMBINER_H
