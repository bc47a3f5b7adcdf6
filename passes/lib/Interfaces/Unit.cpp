// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Interfaces/Unit.h"

#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace invhlo;

Unit Unit::get(Block &block, ValueRange captures) {
  Unit unit{&block, SmallVector<Value>(block.getArguments()), 0, {}};
  llvm::append_range(unit.boundary, captures);
  unit.numTaken = unit.boundary.size();
  llvm::append_range(unit.boundary, block.getTerminator()->getOperands());
  return unit;
}

SetVector<Value> invhlo::getInputs(Operation *op) {
  SetVector<Value> inputs(op->operand_begin(), op->operand_end());
  getUsedValuesDefinedAbove(op->getRegions(), inputs);
  return inputs;
}

SmallVector<IndexSet> UnitInverse::getFound(unsigned position) const {
  SmallVector<IndexSet> sets;
  for (const BoundaryPart &part : found)
    if (part.position == position)
      sets.push_back(part.where);
  return sets;
}

bool UnitInverse::findsWhole(unsigned position) const {
  return llvm::any_of(getFound(position), [](const IndexSet &set) {
    return set.getNumElements() == getNumElements(set.getShape());
  });
}

void invhlo::setFoundBy(Knowledge &knowledge,
                        ArrayRef<UnitInverse *> inverses) {
  knowledge.setJoint(llvm::any_of(
      inverses, [](UnitInverse *inverse) { return inverse->isJoint; }));
  if (llvm::any_of(inverses,
                   [](UnitInverse *inverse) { return inverse->isConditional; }))
    knowledge.setConditional();
}

BoundaryPattern invhlo::getNothingGiven(Knowledge &knowledge) {
  return {{},
          knowledge.wantsShares(),
          knowledge.choosesBranches(),
          knowledge.isOverdetermined()};
}

BoundaryPattern invhlo::getGiven(Knowledge &knowledge, ValueRange outside) {
  BoundaryPattern given = getNothingGiven(knowledge);
  // What is known, but wanted all the same, is what the unit is to add to.
  for (auto [position, value] : llvm::enumerate(outside))
    for (const Piece &piece : knowledge.getAllPieces(value))
      if (!knowledge.wants(value, piece.where))
        given.parts.push_back(
            {unsigned(position), piece.where, bool(piece.data.share)});
  return given;
}

SmallVector<Known> invhlo::getData(Knowledge &knowledge, ValueRange outside,
                                   ArrayRef<BoundaryPart> parts) {
  return llvm::map_to_vector(parts, [&](const BoundaryPart &part) {
    return knowledge.get(outside[part.position], part.where);
  });
}

/// What is in one of `some` and in one of `others`, each of which are disjoint.
static SmallVector<IndexSet> intersect(ArrayRef<IndexSet> some,
                                       ArrayRef<IndexSet> others) {
  SmallVector<IndexSet> common;
  for (const IndexSet &a : some)
    for (const IndexSet &b : others)
      if (IndexSet both = a.intersect(b); !both.empty())
        common.push_back(std::move(both));
  return common;
}

SmallVector<BoundaryPart> invhlo::meet(ArrayRef<UnitInverse *> inverses) {
  llvm::SmallSetVector<unsigned, 4> positions, shared;
  for (UnitInverse *inverse : inverses)
    for (const BoundaryPart &part : inverse->found) {
      positions.insert(part.position);
      if (part.hasShare)
        shared.insert(part.position);
    }
  SmallVector<BoundaryPart> common;
  for (unsigned position : positions) {
    SmallVector<IndexSet> sets = inverses.front()->getFound(position);
    for (UnitInverse *inverse : inverses.drop_front())
      sets = intersect(sets, inverse->getFound(position));
    for (IndexSet &set : sets)
      common.push_back({position, std::move(set), shared.contains(position)});
  }
  return common;
}
