// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/UnitMemo.h"

#include "invhlo/Engine/Assembly.h"
#include "invhlo/Engine/Journal.h"
#include "invhlo/Engine/Ledger.h"
#include "invhlo/Engine/Propagation.h"
#include "invhlo/Engine/Shares.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;
namespace json = llvm::json;

/// Whether more numbers of the results are given than are unknown of what the
/// unit takes.
static bool isOverdetermined(const Unit &unit, const BoundaryPattern &given) {
  int64_t spare = -countDimensions(unit.getTaken());
  for (const BoundaryPart &part : given.parts)
    spare += countDimensions(unit.boundary[part.position].getType(),
                             part.where.getNumElements());
  return spare > 0;
}

/// The arguments of `body` that stand for parts of the boundary.
static SmallVector<Known> addArguments(Block &body, const Unit &unit,
                                       ArrayRef<BoundaryPart> parts) {
  for (const BoundaryPart &part : parts) {
    Value value = unit.boundary[part.position];
    RankedTensorType type =
        getTensorType(value).clone(part.where.getDataShape());
    body.addArgument(type, value.getLoc());
    if (part.hasShare)
      body.addArgument(getShareTensorType(type), value.getLoc());
  }
  return unpack(parts, body.getArguments());
}

UnitInverse UnitMemo::invert(const Unit &unit, const BoundaryPattern &given) {
  UnitInverse result;
  result.given = given;
  result.holder = ModuleOp::create(unit.block->getParentOp()->getLoc());
  Block &body = *result.holder->getBody();
  ArrayRef<Value> boundary = unit.boundary;
  Propagation propagation(unit, OpBuilder::atBlockEnd(&body), given.shares,
                          calls);
  KnowledgeBase &knowledge = propagation.getKnowledge();

  if (given.isOverdetermined || isOverdetermined(unit, given))
    knowledge.setOverdetermined();
  SmallVector<SmallVector<IndexSet>> givenSets(boundary.size());
  for (auto [part, data] :
       llvm::zip_equal(given.parts, addArguments(body, unit, given.parts))) {
    knowledge.learn(boundary[part.position], Piece{part.where, data});
    givenSets[part.position].push_back(part.where);
  }
  propagation.run(given.choosesBranches);
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
      result.isConditional |= knowledge.isConditional(value, set);
      if (data.share)
        shares.push_back(data.share);
      result.found.push_back({unsigned(position), set, bool(data.share)});
      result.data.push_back(data);
    }
  }
  result.isJoint = Ledger(unit, knowledge).isAnyJoint(shares);
  if (!allFound)
    result.blame = propagation.findBlame();
  if (keepsJournals)
    result.journal = propagation.writeJournal();
  if (!result.found.empty())
    emitRemarks(unit, knowledge);
  return result;
}

UnitInverse &UnitMemo::ask(const Unit &unit, const BoundaryPattern &given) {
  auto [it, isNew] = inverses.try_emplace(Key{unit.block, given});
  UnitInverse &inverse = it->second;
  if (isNew)
    inverse = invert(unit, given);
  return inverse;
}

void UnitMemo::use(UnitInverse &inverse) {
  if (inverse.number > 0)
    return;
  used.push_back(&inverse);
  inverse.number = used.size();
}

void UnitMemo::clear() {
  inverses.clear();
  used.clear();
}

json::Array UnitMemo::takeJournals() {
  json::Array journals;
  for (UnitInverse *inverse : used)
    journals.push_back(std::move(inverse->journal));
  return journals;
}

/// The ops of `block` that `values` are computed by.
static DenseSet<Operation *> findNeeded(Block &block, ArrayRef<Value> values) {
  DenseSet<Operation *> needed;
  auto need = [&](ValueRange operands) {
    for (Value operand : operands)
      if (Operation *op = operand.getDefiningOp())
        needed.insert(op);
  };
  need(values);
  for (Operation &op : llvm::reverse(block)) {
    if (!needed.contains(&op))
      continue;
    need(getInputs(&op).getArrayRef());
  }
  return needed;
}

SmallVector<Known> UnitMemo::inlineAt(OpBuilder &b, UnitInverse &inverse,
                                      ArrayRef<Known> given,
                                      ArrayRef<BoundaryPart> parts) {
  use(inverse);
  SmallVector<Known> used;
  for (auto [from, data] : llvm::zip_equal(inverse.found, inverse.data)) {
    unsigned position = from.position;
    if (llvm::any_of(parts, [&](const BoundaryPart &part) {
          return part.position == position;
        }))
      used.push_back(data);
  }
  Block &block = inverse.getBlock();
  SmallVector<Value> packed = pack(given);
  assert(TypeRange(packed) == block.getArgumentTypes() &&
         "data of other parts");
  IRMapping mapping;
  mapping.map(block.getArguments(), packed);
  DenseSet<Operation *> needed = findNeeded(block, pack(used));
  for (Operation &op : block)
    if (needed.contains(&op))
      b.clone(op, mapping);

  SmallVector<Known> built;
  for (const BoundaryPart &part : parts) {
    SmallVector<Piece> pieces;
    for (auto [from, data] : llvm::zip_equal(inverse.found, inverse.data))
      if (from.position == part.position)
        pieces.push_back(
            {from.where,
             {mapping.lookup(data.value), mapping.lookupOrNull(data.share)}});
    Known data = assemble(b, part.where, pieces);
    // What nobody asked for is left out, as where a value is only used.
    data.share = part.hasShare
                     ? getShareOrZero(b, data.value.getLoc(), data.share,
                                      getTensorType(data.value))
                     : Value();
    built.push_back(data);
  }
  return built;
}
