// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/BlockInverse.h"

#include "invhlo/Engine/Ledger.h"
#include "invhlo/Engine/Propagation.h"
#include "invhlo/Engine/Shares.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

SmallVector<Value> invhlo::getBoundary(Block &block) {
  SmallVector<Value> values(block.getArguments());
  llvm::append_range(values, block.getTerminator()->getOperands());
  return values;
}

/// Whether more numbers of the results are given than are unknown of the
/// arguments.
static bool isOverdetermined(Block &forward, ArrayRef<BoundaryPart> given) {
  int64_t spare = 0;
  for (BlockArgument argument : forward.getArguments())
    spare -= countDimensions(argument.getType(),
                             getTensorType(argument).getNumElements());
  SmallVector<Value> boundary = getBoundary(forward);
  for (const BoundaryPart &part : given)
    spare += countDimensions(boundary[part.position].getType(),
                             part.where.getNumElements());
  return spare > 0;
}

BlockInverse invhlo::invertBlock(Block &forward,
                                 SmallVector<BoundaryPart> given,
                                 InversionMode mode, CallInverter &calls,
                                 Block &inverse) {
  BlockInverse result;
  result.given = std::move(given);
  SmallVector<Value> boundary = getBoundary(forward);
  Propagation propagation(forward, OpBuilder::atBlockEnd(&inverse), mode.shares,
                          calls);
  KnowledgeBase &knowledge = propagation.getKnowledge();

  if (isOverdetermined(forward, result.given))
    knowledge.setOverdetermined();
  SmallVector<SmallVector<IndexSet>> givenSets(boundary.size());
  for (const BoundaryPart &part : result.given) {
    Value value = boundary[part.position];
    RankedTensorType type =
        getTensorType(value).clone(part.where.getDataShape());
    Known data{inverse.addArgument(type, value.getLoc()), {}};
    if (part.hasShare)
      data.share =
          inverse.addArgument(getShareTensorType(type), value.getLoc());
    knowledge.learn(value, part.where, data);
    givenSets[part.position].push_back(part.where);
  }
  propagation.run(mode.choosesBranches);
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
      result.returned.push_back(data.value);
      if (data.share) {
        result.returned.push_back(data.share);
        shares.push_back(data.share);
      }
      result.found.push_back({unsigned(position), set, bool(data.share)});
    }
  }
  result.isJoint = Ledger(forward, knowledge).isAnyJoint(shares);
  if (!allFound)
    result.blame = propagation.findBlame();
  return result;
}
