// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/StableHLO/Analysis/Combiner.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

Combiner::Combiner(Region &body) {
  Block &block = body.front();
  Operation *terminator = block.getTerminator();
  if (block.getNumArguments() != 2 || terminator->getNumOperands() != 1)
    return;
  Value soFar = block.getArgument(0), next = block.getArgument(1);
  Value combined = terminator->getOperand(0);
  takesNext = combined == next;
  Operation *last = combined.getDefiningOp();
  if (!last || last->getNumOperands() != 2)
    return;
  Value x = last->getOperand(0), y = last->getOperand(1);
  bool isSwapped =
      x == next && y == soFar && last->hasTrait<OpTrait::IsCommutative>();
  if (isSwapped || (x == soFar && y == next))
    op = last;
  isPredicate = getElementTypeOrSelf(combined).isInteger(1);
}

bool Combiner::isCommutative() const {
  return op && op->hasTrait<OpTrait::IsCommutative>();
}

bool Combiner::isIdempotent() const {
  return isa_and_nonnull<AndOp, MaxOp, MinOp, OrOp>(op);
}
