// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/UnitInverse.h"

#include "invhlo/Engine/Ledger.h"
#include "invhlo/Engine/Propagation.h"
#include "invhlo/Engine/Shares.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

/// Whether more numbers of the results are given than are unknown of the
/// arguments.
static bool isOverdetermined(Block &forward, const BoundaryPattern &given) {
  int64_t spare = -countDimensions(forward.getArguments());
  SmallVector<Value> boundary = getBoundary(forward);
  for (const BoundaryPart &part : given.parts)
    spare += countDimensions(boundary[part.position].getType(),
                             part.where.getNumElements());
  return spare > 0;
}

/// The arguments of `body` that stand for parts of `boundary`.
static SmallVector<Known> addArguments(Block &body, ArrayRef<Value> boundary,
                                       ArrayRef<BoundaryPart> parts) {
  for (const BoundaryPart &part : parts) {
    Value value = boundary[part.position];
    RankedTensorType type =
        getTensorType(value).clone(part.where.getDataShape());
    body.addArgument(type, value.getLoc());
    if (part.hasShare)
      body.addArgument(getShareTensorType(type), value.getLoc());
  }
  return unpack(parts, body.getArguments());
}

UnitInverse invhlo::invertUnit(Block &forward, BoundaryPattern given,
                               CallInverter &calls) {
  UnitInverse result;
  result.given = std::move(given);
  result.holder = ModuleOp::create(forward.getParentOp()->getLoc());
  Block &body = *result.holder->getBody();
  SmallVector<Value> boundary = getBoundary(forward);
  ArrayRef<BoundaryPart> parts = result.given.parts;
  Propagation propagation(forward, OpBuilder::atBlockEnd(&body),
                          result.given.shares, calls);
  KnowledgeBase &knowledge = propagation.getKnowledge();

  if (isOverdetermined(forward, result.given))
    knowledge.setOverdetermined();
  SmallVector<SmallVector<IndexSet>> givenSets(boundary.size());
  for (auto [part, data] :
       llvm::zip_equal(parts, addArguments(body, boundary, parts))) {
    knowledge.learn(boundary[part.position], part.where, data);
    givenSets[part.position].push_back(part.where);
  }
  propagation.run(result.given.choosesBranches);
  result.waitsForBranch = propagation.waitsForBranch();
  result.blame = propagation.findConflict();
  if (result.blame.op)
    return result;

  SmallVector<Value> shares;
  bool allFound = true;
  for (auto [position, value] : llvm::enumerate(boundary)) {
    allFound &= knowledge.knows(value);
    SmallVector<IndexSet> fresh;
    if (knowledge.knows(value))
      fresh.push_back(Knowledge::wholeOf(value));
    else
      for (const Piece &piece : knowledge.getAllPieces(value))
        fresh.push_back(piece.where);
    for (const IndexSet &set :
         subtract(std::move(fresh), givenSets[position])) {
      Known data = knowledge.get(value, set);
      if (data.share)
        shares.push_back(data.share);
      result.found.push_back({unsigned(position), set, bool(data.share)});
      result.data.push_back(data);
    }
  }
  result.isJoint = Ledger(forward, knowledge).isAnyJoint(shares);
  if (!allFound)
    result.blame = propagation.findBlame();
  return result;
}
