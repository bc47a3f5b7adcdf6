// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Ops that run one of several branches.

#include "invhlo/Interfaces/InvertibleRegionOpInterface.h"
#include "invhlo/Rules/Rules.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace {

/// y = branch_i(x) for a known i is solved by the inverse of branch i, with its
/// log-det; what is found is what all branches find. Branches take no
/// arguments: they capture.
template <typename Op>
struct BranchModel
    : InvertibleRegionOpInterface::ExternalModel<BranchModel<Op>, Op> {
  SmallVector<Unit> getUnits(Operation *op) const {
    SetVector<Value> captured;
    getUsedValuesDefinedAbove(op->getRegions(), captured);
    SmallVector<Unit> units;
    for (Region &region : op->getRegions()) {
      Unit unit = Unit::get(region.front(), captured.getArrayRef());
      unit.outside = llvm::to_vector(captured.getArrayRef());
      llvm::append_range(unit.outside, op->getResults());
      units.push_back(std::move(unit));
    }
    return units;
  }

  void propagateRegions(Operation *op, Knowledge &knowledge,
                        ArrayRef<Unit> units, UnitInverter &inverter) const {
    Value index = op->getOperand(0);
    if (!knowledge.knows(index))
      return knowledge.refuse(op, "which branch is run is not known");
    ArrayRef<Value> outside = units.front().outside;
    BoundaryPattern given = getGiven(knowledge, outside);
    SmallVector<UnitInverse *> inverses;
    for (const Unit &unit : units)
      inverses.push_back(&inverter.ask(unit, given));
    SmallVector<BoundaryPart> found;
    for (BoundaryPart &part : meet(inverses))
      if (knowledge.wants(outside[part.position], part.where))
        found.push_back(std::move(part));
    if (found.empty())
      return;

    OpBuilder &b = knowledge.getBuilder();
    Value known = knowledge.get(index).value;
    SmallVector<Known> data = getData(knowledge, outside, given.parts);
    SmallVector<std::unique_ptr<Region>> regions;
    SmallVector<Type> types;
    for (UnitInverse *inverse : inverses) {
      regions.push_back(std::make_unique<Region>());
      OpBuilder inner(op->getContext());
      inner.setInsertionPointToEnd(&regions.back()->emplaceBlock());
      SmallVector<Value> returned =
          pack(inverter.inlineAt(inner, *inverse, data, found));
      ReturnOp::create(inner, op->getLoc(), returned);
      types = llvm::to_vector(TypeRange(returned));
    }
    OperationState state(op->getLoc(), Op::getOperationName());
    state.addOperands(known);
    state.addTypes(types);
    for (std::unique_ptr<Region> &region : regions)
      state.addRegion(std::move(region));
    Operation *created = b.create(state);
    setFoundBy(knowledge, inverses);
    for (auto [part, result] :
         llvm::zip_equal(found, unpack(found, created->getResults())))
      knowledge.learn(outside[part.position], part.where, result);
  }
};

} // namespace

void invhlo::attachBranchRules(MLIRContext *context) {
  CaseOp::attachInterface<BranchModel<CaseOp>>(*context);
  IfOp::attachInterface<BranchModel<IfOp>>(*context);
}
