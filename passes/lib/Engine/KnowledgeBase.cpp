// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/KnowledgeBase.h"

#include "invhlo/Engine/Assembly.h"
#include "invhlo/Engine/Shares.h"
#include "invhlo/StableHLO/Emission.h"
#include "llvm/ADT/SmallVectorExtras.h"

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
  visit.isConditional |= isConditional(value);
  if (auto it = entries.find(value); it != entries.end())
    it->second.wasUsed = true;
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

/// Whether any of `where` is known conditionally.
static bool isAnyConditional(ArrayRef<Piece> pieces, const IndexSet &where) {
  return llvm::any_of(pieces, [&](const Piece &piece) {
    return piece.isConditional && !piece.where.intersect(where).empty();
  });
}

bool KnowledgeBase::isConditional(Value value) const {
  return llvm::any_of(getLearned(value),
                      [](const Piece &piece) { return piece.isConditional; });
}

bool KnowledgeBase::wants(Value value, const IndexSet &where) {
  return !knows(value, where) ||
         (mayImprove(value) && isAnyConditional(getLearned(value), where));
}

bool KnowledgeBase::mayImprove(Operation *op) {
  auto isTold = [&](Value value) { return isConditional(value); };
  auto isEvaluated = [&](Value result) {
    return llvm::any_of(getLearned(result), [&](const Piece &piece) {
      return piece.author == op && piece.isConditional;
    });
  };
  return overdetermined && llvm::any_of(op->getOperands(), isTold) &&
         llvm::none_of(op->getResults(), isEvaluated) &&
         tellers.insert(op).second;
}

SmallVector<std::pair<Value, Known>> KnowledgeBase::getImproved() {
  SmallVector<Value> improved;
  for (auto &[value, entry] : entries)
    if (entry.wasImproved && knows(value))
      improved.push_back(value);
  return llvm::map_to_vector(
      improved, [&](Value value) { return std::pair(value, get(value)); });
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
  covered.assign(1, uniteAll(covered));
}

Known KnowledgeBase::get(Value value, const IndexSet &where) {
  assert(knows(value, where) && "asked for what is not known");
  RankedTensorType type = getTensorType(value);
  Entry &entry = entries[value];
  if (entry.learned.empty()) {
    Value nothing = stablehlo::createSplat(builder, value.getLoc(),
                                           type.clone(where.getDataShape()), 0);
    return {nothing, {}};
  }
  if (overdetermined)
    visit.isConditional |= isAnyConditional(entry.learned, where);
  entry.wasUsed = true;
  Known data = assemble(builder, where, getAllPieces(value));
  if (where.isWhole() && !entry.whole)
    entry.whole = Piece{where, data};
  return data;
}

Known KnowledgeBase::chooseDefined(Known data, Known other) {
  Location loc = data.value.getLoc();
  auto compare = stablehlo::ComparisonDirection::EQ;
  Value isDefined = stablehlo::CompareOp::create(builder, loc, data.value,
                                                 data.value, compare);
  auto choose = [&](Value a, Value b) {
    return stablehlo::SelectOp::create(builder, loc, isDefined, a, b);
  };
  Known chosen{choose(data.value, other.value), {}};
  if (!data.share && !other.share)
    return chosen;
  RankedTensorType type = getTensorType(data.value);
  Value share = getShareOrZero(builder, loc, data.share, type);
  Value otherShare = getShareOrZero(builder, loc, other.share, type);
  chosen.share = choose(share, otherShare);
  return chosen;
}

Known KnowledgeBase::take(const IndexSet &from, Known data,
                          const IndexSet &wanted) {
  Location loc = data.value.getLoc();
  Known taken{extract(builder, loc, {from, data.value}, wanted), {}};
  if (data.share)
    taken.share = extract(builder, loc, {from, data.share}, wanted);
  return taken;
}

void KnowledgeBase::improve(Value value, Entry &entry, const IndexSet &where,
                            Known data) {
  // Integers have no NaN to tell where they are not known.
  if (visit.isConditional && !hasDensity(value.getType()))
    return;
  bool isBetter = false;
  for (Piece &piece : SmallVector<Piece>(std::exchange(entry.learned, {}))) {
    IndexSet common = piece.where.intersect(where);
    if (!piece.isConditional || common.empty()) {
      entry.learned.push_back(piece);
      continue;
    }
    isBetter = true;
    for (const IndexSet &rest : piece.where.subtract(common)) {
      Piece kept = piece;
      kept.where = rest;
      kept.data = take(piece.where, piece.data, rest);
      entry.learned.push_back(std::move(kept));
    }
    Piece better{common,        take(where, data, common),
                 visit.op,      visit.choosesBranches,
                 visit.isJoint, visit.isConditional};
    // A log-det is that of the first equations that tell.
    if (visit.op && (visit.isConditional || shares)) {
      better.data =
          chooseDefined(take(piece.where, piece.data, common), better.data);
      better.isChosen |= piece.isChosen;
      better.isJoint |= piece.isJoint;
    }
    entry.learned.push_back(std::move(better));
  }
  if (!isBetter)
    return;
  outdated |= entry.wasUsed && visit.op != nullptr;
  entry.wasImproved = true;
  entry.whole.reset();
  onLearn(value);
}

void KnowledgeBase::learn(Value value, const IndexSet &where, Known data) {
  RankedTensorType type = getTensorType(value);
  assert(getTensorType(data.value).getElementType() == type.getElementType() &&
         "data of another element type");
  assert(getTensorType(data.value).getShape() ==
             ArrayRef<int64_t>(where.getDataShape()) &&
         "data of another shape");
  if (!shares)
    data.share = {};
  Entry &entry = entries[value];
  // What the inverse is given is not conditional.
  if (overdetermined && (mayImprove(value) || !visit.op))
    improve(value, entry, where, data);
  if (entry.known == type.getNumElements())
    return;
  SmallVector<IndexSet> fresh = findUnknown(entry, where);
  int64_t step = 0;
  bool isConditional = overdetermined && visit.isConditional;
  if (isConditional && value.getDefiningOp() != visit.op) {
    tellers.insert(visit.op);
    visit.told.push_back(value);
  }
  for (const IndexSet &set : fresh) {
    Known part = take(where, data, set);
    step += set.getNumElements();
    entry.learned.push_back({set, part, visit.op, visit.choosesBranches,
                             visit.isJoint && part.share, isConditional});
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
