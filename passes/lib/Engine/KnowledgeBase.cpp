// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/KnowledgeBase.h"

#include "invhlo/Engine/Assembly.h"
#include "invhlo/Engine/Shares.h"
#include "invhlo/Interfaces/Unit.h"
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

void KnowledgeBase::use(Value value) {
  if (auto it = entries.find(value); it != entries.end())
    it->second.wasUsed = true;
}

bool KnowledgeBase::knows(Value value, const IndexSet &where) const {
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

bool KnowledgeBase::isConditional(Value value, const IndexSet &where) const {
  return overdetermined &&
         llvm::any_of(getLearned(value), [&](const Piece &piece) {
           return piece.isConditional && !piece.where.intersect(where).empty();
         });
}

bool KnowledgeBase::mayImprove(Operation *op) {
  auto isTold = [&](Value value) { return isConditional(value); };
  auto isEvaluated = [&](Value result) {
    return llvm::any_of(getLearned(result), [&](const Piece &piece) {
      return piece.author == op && piece.isConditional;
    });
  };
  return overdetermined && llvm::any_of(getInputs(op), isTold) &&
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
                                                const IndexSet &where) const {
  auto it = entries.find(value);
  if (it == entries.end())
    return {where};
  return findUnknown(it->second, where);
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

void KnowledgeBase::improve(Value value, const Piece &piece) {
  // Integers have no NaN to tell where they are not known.
  if (piece.isConditional && !hasDensity(value.getType()))
    return;
  Entry &entry = entries[value];
  bool isBetter = false;
  for (Piece &known : SmallVector<Piece>(std::exchange(entry.learned, {}))) {
    IndexSet common = known.where.intersect(piece.where);
    if (!known.isConditional || common.empty()) {
      entry.learned.push_back(known);
      continue;
    }
    isBetter = true;
    for (const IndexSet &rest : known.where.subtract(common)) {
      Piece kept = known;
      kept.where = rest;
      kept.data = take(known.where, known.data, rest);
      entry.learned.push_back(std::move(kept));
    }
    Piece better = piece;
    better.where = common;
    better.number = numLearned++;
    better.data = take(piece.where, piece.data, common);
    // A log-det is that of the first equations that tell.
    if (piece.author && (piece.isConditional || shares)) {
      better.data =
          chooseDefined(take(known.where, known.data, common), better.data);
      better.isChosen |= known.isChosen;
      better.isJoint |= known.isJoint;
    }
    entry.learned.push_back(std::move(better));
  }
  if (!isBetter)
    return;
  outdated |= entry.wasUsed && piece.author;
  entry.wasImproved = true;
  entry.whole.reset();
  onLearn(value);
}

void KnowledgeBase::learn(Value value, Known data) {
  Piece given{Knowledge::wholeOf(value), data};
  // What the inverse is given is not conditional.
  if (overdetermined)
    improve(value, given);
  learn(value, std::move(given));
}

void KnowledgeBase::learn(Value value, Piece piece, bool isExact) {
  int64_t size = getTensorType(value).getNumElements();
  Entry &entry = entries[value];
  if (entry.known == size)
    return;
  SmallVector<IndexSet> fresh = findUnknown(entry, piece.where);
  if (fresh.empty())
    return;
  int64_t step = 0;
  for (const IndexSet &set : fresh) {
    Piece part = piece;
    part.where = set;
    part.number = numLearned++;
    part.data = take(piece.where, piece.data, set);
    step += set.getNumElements();
    cover(entry.covered, set);
    entry.learned.push_back(std::move(part));
  }
  // Where some of it was known before, this says the same, in one piece.
  if (piece.where.isWhole() && isExact && !shares)
    entry.whole = Piece{piece.where, piece.data};
  entry.known += step;
  if (piece.author && entry.known < size) {
    Progress &found = progress[piece.author];
    found = {found.pieces + 1, step, found.elements + step,
             std::max(found.size, size)};
  }
  onLearn(value);
}

/// The most pieces that an op may find for each of its operands and results.
static constexpr unsigned kMostPieces = 64;
/// After so few for each, an op is known to take too many: at the pace of
/// these, more than so many times the most.
static constexpr unsigned kFewPieces = 3, kTooMany = 4;

std::optional<int64_t> KnowledgeBase::getStepOfExhausted(Operation *op) const {
  auto it = progress.find(op);
  if (it == progress.end())
    return std::nullopt;
  const Progress &found = it->second;
  int64_t values = op->getNumOperands() + op->getNumResults();
  int64_t most = kMostPieces * values;
  bool isSlow = found.pieces >= kFewPieces * values &&
                found.size / kTooMany / most * found.pieces > found.elements;
  if (found.pieces < most && !isSlow)
    return std::nullopt;
  return found.step;
}

ArrayRef<IndexSet> KnowledgeBase::getSpent(Operation *op) const {
  auto it = spent.find(op);
  return it == spent.end() ? ArrayRef<IndexSet>() : it->second;
}

StringRef KnowledgeBase::getRefusal(Operation *op) const {
  auto it = refusals.find(op);
  return it == refusals.end() ? StringRef() : StringRef(it->second);
}
