// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Loops over the rows of arrays.

#include "LoopPlan.h"
#include "invhlo/Rules/Rules.h"

using namespace mlir;
using namespace invhlo;

namespace {

/// A loop is inverted by a loop: from its end, if that is known, or in its own
/// direction, where results of each step tell what it took.
struct ScanModel
    : InvertibleRegionOpInterface::ExternalModel<ScanModel, ScanOp> {
  SmallVector<Unit> getUnits(Operation *op) const {
    return {getUnitOfSteps(op->getRegion(0))};
  }

  void propagateRegions(Operation *op, Knowledge &knowledge,
                        ArrayRef<Unit> units, UnitInverter &inverter) const {
    invertSteps(LoopView(cast<ScanOp>(op), units.front()), knowledge, inverter);
  }
};

} // namespace

void invhlo::attachLoopRules(MLIRContext *context) {
  ScanOp::attachInterface<ScanModel>(*context);
}
