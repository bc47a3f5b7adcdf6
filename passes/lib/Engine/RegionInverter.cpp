// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/RegionInverter.h"

#include "invhlo/Engine/Propagation.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

/// Leaves out what the inverse finds without.
static void dropUnused(RegionInverse &inverse) {
  Block &body = inverse.getBody().front();
  eraseUnused(body, inverse.returned);
  for (unsigned i = body.getNumArguments(); i-- > 0;) {
    BlockArgument argument = body.getArgument(i);
    if (!argument.use_empty() ||
        llvm::is_contained(inverse.returned, Value(argument)))
      continue;
    body.eraseArgument(i);
    inverse.given.erase(inverse.given.begin() + i);
    inverse.operands.erase(inverse.operands.begin() + i);
  }
}

bool RegionInverter::invert(InvertibleRegionOpInterface op,
                            KnowledgeBase &knowledge, bool choosesBranches) {
  SmallVector<Value> outside(op->getOperands());
  llvm::append_range(outside, op->getResults());
  Block &forward = op->getRegion(0).front();

  RegionInverse inverse;
  BoundaryPattern given{{}, knowledge.wantsShares(), choosesBranches};
  for (auto [position, values] :
       llvm::enumerate(llvm::zip_equal(outside, getBoundary(forward)))) {
    auto [value, inside] = values;
    if (!knowledge.knows(value))
      continue;
    Known data = knowledge.get(value);
    given.parts.push_back(
        {unsigned(position), Knowledge::wholeOf(inside), bool(data.share)});
    inverse.given.push_back({unsigned(position), /*isShare=*/false});
    inverse.operands.push_back(data.value);
    if (!data.share)
      continue;
    inverse.given.push_back({unsigned(position), /*isShare=*/true});
    inverse.operands.push_back(data.share);
  }
  // With the same given, the block tells the same again.
  Attempt &attempt = attempts[op];
  if (attempt.given.parts == given.parts &&
      (attempt.given.choosesBranches || !choosesBranches))
    return attempt.waitsForBranch;
  attempt.given = given;

  UnitInverse unit = invertUnit(forward, std::move(given), calls);
  attempt.blame = unit.blame;
  attempt.waitsForBranch = unit.waitsForBranch;
  inverse.holder = std::move(unit.holder);
  for (auto [part, data] : llvm::zip_equal(unit.found, unit.data)) {
    if (!part.where.isWhole())
      continue;
    inverse.found.push_back({part.position, /*isShare=*/false});
    inverse.returned.push_back(data.value);
    if (!data.share)
      continue;
    inverse.found.push_back({part.position, /*isShare=*/true});
    inverse.returned.push_back(data.share);
  }
  // What it evaluates of the results is not found by equations.
  SmallVector<Value> operands;
  for (const RegionInverse::Slot &slot : inverse.found)
    if (!slot.isShare && slot.position < op->getNumOperands())
      operands.push_back(outside[slot.position]);
  if (inverse.found.empty() || !knowledge.mayFind(op, operands))
    return attempt.waitsForBranch;
  dropUnused(inverse);
  Operation *created = op.createInverse(knowledge, inverse);
  if (!created) {
    attempt.blame = {};
    return false;
  }
  knowledge.setJoint(unit.isJoint);
  ArrayRef<RegionInverse::Slot> found = inverse.found;
  for (unsigned i = 0; i < found.size(); ++i) {
    Value value = outside[found[i].position];
    Known data{created->getResult(i), {}};
    if (i + 1 < found.size() && found[i + 1].isShare)
      data.share = created->getResult(++i);
    knowledge.learn(value, data);
  }
  return attempt.waitsForBranch;
}
