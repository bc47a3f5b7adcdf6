// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/KnowledgeBase.h"

#include "invhlo/Engine/Assembly.h"
#include "invhlo/StableHLO/Emission.h"

using namespace mlir;
using namespace invhlo;

ArrayRef<Piece> KnowledgeBase::getAllPieces(Value value) const {
  auto it = entries.find(value);
  if (it == entries.end())
    return {};
  if (const std::optional<Piece> &whole = it->second.whole)
    return *whole;
  return it->second.learned;
}

ArrayRef<Piece> KnowledgeBase::getLearned(Value value) const {
  auto it = entries.find(value);
  return it == entries.end() ? ArrayRef<Piece>() : it->second.learned;
}

int64_t KnowledgeBase::countKnown(Value value) const {
  auto it = entries.find(value);
  return it == entries.end() ? 0 : it->second.known;
}

SmallVector<Piece> KnowledgeBase::getPieces(Value value) {
  if (knows(value))
    return {Piece{wholeOf(value), get(value)}};
  if (!visit.showsPieces)
    return {};
  return SmallVector<Piece>(getAllPieces(value));
}

bool KnowledgeBase::knows(Value value, const IndexSet &where) {
  auto it = entries.find(value);
  if (it == entries.end())
    return where.empty();
  const Entry &entry = it->second;
  if (entry.known == getTensorType(value).getNumElements())
    return true;
  if (where.isWhole())
    return false;
  return findUnknown(entry, where).empty();
}

SmallVector<IndexSet> KnowledgeBase::findUnknown(const Entry &entry,
                                                 const IndexSet &where) {
  return subtract({where}, entry.covered);
}

SmallVector<IndexSet> KnowledgeBase::getUnknown(Value value,
                                                const IndexSet &where) {
  return findUnknown(entries[value], where);
}

/// More sets than these are looked through more slowly than a mask.
static constexpr size_t kMostSets = 64;

/// Adds `set` to disjoint sets, joined to its neighbours.
static void cover(SmallVectorImpl<IndexSet> &covered, IndexSet set) {
  auto join = [&](const IndexSet &other) -> std::optional<IndexSet> {
    if (set.isBox() != other.isBox())
      return std::nullopt;
    if (!set.isBox())
      return set.unite(other);
    if (std::optional<Box> joined = set.getBox().join(other.getBox()))
      return IndexSet(set.getShape(), std::move(*joined));
    return std::nullopt;
  };
  for (auto *it = covered.begin(); it != covered.end();) {
    std::optional<IndexSet> joined = join(*it);
    if (!joined) {
      ++it;
      continue;
    }
    // What it grew to may be the neighbour of a set before.
    set = std::move(*joined);
    covered.erase(it);
    it = covered.begin();
  }
  covered.push_back(std::move(set));
  if (covered.size() <= kMostSets)
    return;
  IndexSet all = covered.front();
  for (const IndexSet &other : llvm::drop_begin(covered))
    all = all.unite(other);
  covered.assign(1, std::move(all));
}

static Value createZeros(OpBuilder &b, Location loc, const IndexSet &where,
                         Type elementType) {
  auto type = RankedTensorType::get(where.getDataShape(), elementType);
  return stablehlo::createSplat(b, loc, type, 0);
}

Known KnowledgeBase::assemble(const IndexSet &where, ArrayRef<Piece> pieces,
                              Type elementType) {
  Location loc = pieces.front().data.value.getLoc();
  SmallVector<Part> values, shareParts;
  bool anyShare =
      llvm::any_of(pieces, [](const Piece &p) { return bool(p.data.share); });
  for (const Piece &piece : pieces) {
    IndexSet common = piece.where.intersect(where);
    if (common.empty())
      continue;
    values.push_back(
        {common,
         extract(builder, loc, {piece.where, piece.data.value}, common)});
    if (!anyShare)
      continue;
    Value share = piece.data.share;
    share = share
                ? extract(builder, loc, {piece.where, share}, common)
                : createZeros(builder, loc, common, getShareType(elementType));
    shareParts.push_back({common, share});
  }
  Value value = invhlo::assemble(builder, loc, where, values);
  Value share =
      anyShare ? invhlo::assemble(builder, loc, where, shareParts) : Value();
  return {value, share};
}

Known KnowledgeBase::get(Value value, const IndexSet &where) {
  assert(knows(value, where) && "asked for what is not known");
  RankedTensorType type = getTensorType(value);
  Entry &entry = entries[value];
  if (entry.learned.empty()) {
    Value nothing =
        createZeros(builder, value.getLoc(), where, type.getElementType());
    return {nothing, {}};
  }
  Known data = assemble(where, getAllPieces(value), type.getElementType());
  if (where.isWhole() && !entry.whole)
    entry.whole = Piece{where, data};
  return data;
}

void KnowledgeBase::learn(Value value, const IndexSet &where, Known data) {
  RankedTensorType type = getTensorType(value);
  assert(getTensorType(data.value).getElementType() == type.getElementType() &&
         "data of another element type");
  assert(getTensorType(data.value).getShape() ==
             ArrayRef<int64_t>(where.getDataShape()) &&
         "data of another shape");
  Entry &entry = entries[value];
  if (entry.known == type.getNumElements())
    return;
  SmallVector<IndexSet> fresh = findUnknown(entry, where);
  Location loc = data.value.getLoc();
  int64_t step = 0;
  for (const IndexSet &set : fresh) {
    Known part{extract(builder, loc, {where, data.value}, set), {}};
    if (shares && data.share)
      part.share = extract(builder, loc, {where, data.share}, set);
    step += set.getNumElements();
    entry.learned.push_back({set, part, visit.op, visit.choosesBranches,
                             visit.isJoint && part.share});
    cover(entry.covered, set);
  }
  if (fresh.empty())
    return;
  // Where some of it was known before, this says the same, in one piece.
  if (where.isWhole() && visit.isExact && !shares)
    entry.whole = Piece{where, data};
  entry.known += step;
  if (visit.op && entry.known < type.getNumElements()) {
    Progress &found = progress[visit.op];
    found = {found.pieces + 1, step};
  }
  onLearn(value);
}

/// The most pieces that an op may find for each of its operands and results.
static constexpr unsigned kMostPieces = 64;

std::optional<int64_t> KnowledgeBase::getStepOfExhausted(Operation *op) const {
  auto it = progress.find(op);
  unsigned values = op->getNumOperands() + op->getNumResults();
  if (it == progress.end() || it->second.pieces < kMostPieces * values)
    return std::nullopt;
  return it->second.step;
}

ArrayRef<IndexSet> KnowledgeBase::getSpent(Operation *op) const {
  auto it = spent.find(op);
  return it == spent.end() ? ArrayRef<IndexSet>() : it->second;
}

void KnowledgeBase::refuse(Operation *op, const Twine &reason) {
  refusals[op] = reason.str();
}

StringRef KnowledgeBase::getRefusal(Operation *op) const {
  auto it = refusals.find(op);
  return it == refusals.end() ? StringRef() : StringRef(it->second);
}
