// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the bits of integers are of the bits of others: exact, and without a
// density.

#include "invhlo/Interfaces/InvertibleOpInterface.h"
#include "invhlo/Rules/BitSystem.h"
#include "invhlo/Rules/Rules.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

/// More parts that differ in what is known of them are not solved.
static constexpr size_t kMostParts = 8;

namespace {
/// Elements of which the same words are known.
struct BitPart {
  IndexSet where;
  llvm::BitVector known;
};

/// The bits that are known tell those that are not by equations modulo 2, which
/// are solved when the inverse is built.
struct BitsRule : InvertibleOpInterface::ExternalModel<BitsRule, BitsOp> {
  void propagate(Operation *op, Knowledge &knowledge) const {
    const BitSystem &system = knowledge.remember<BitSystem>(
        op, [&] { return BitSystem(cast<BitsOp>(op)); });
    for (const BitPart &part : getParts(system, knowledge))
      solve(cast<BitsOp>(op), system, part, knowledge);
  }

private:
  /// Says what is lost of the one word that is unknown.
  static void refuse(BitsOp op, const BitSystem &system, const BitPart &part,
                     Knowledge &knowledge) {
    Value word = system.getWords()[part.known.find_first_unset()];
    Operation *last = op.getValues().front().getDefiningOp();
    if (!last || !llvm::is_contained(op.getWords(), word))
      return;
    knowledge.refuse(last, system.describeLost(part.known));
  }

  static SmallVector<BitPart> getParts(const BitSystem &system,
                                       Knowledge &knowledge) {
    ArrayRef<Value> words = system.getWords();
    SmallVector<BitPart> parts{
        {Knowledge::wholeOf(words.front()), llvm::BitVector(words.size())}};
    for (auto [i, word] : llvm::enumerate(words)) {
      SmallVector<IndexSet> known;
      if (knowledge.knows(word))
        known.push_back(Knowledge::wholeOf(word));
      else
        for (const Piece &piece : knowledge.getPieces(word))
          known.push_back(piece.where);
      SmallVector<BitPart> next;
      for (const BitPart &part : parts) {
        for (const IndexSet &set : known)
          if (IndexSet common = set.intersect(part.where); !common.empty()) {
            next.push_back({std::move(common), part.known});
            next.back().known.set(i);
          }
        for (IndexSet &rest : subtract({part.where}, known))
          next.push_back({std::move(rest), part.known});
      }
      if (next.size() > kMostParts)
        return {};
      parts = std::move(next);
    }
    return parts;
  }

  static void solve(BitsOp op, const BitSystem &system, const BitPart &part,
                    Knowledge &knowledge) {
    if (part.known.all() || part.known.none())
      return;
    ArrayRef<Value> words = system.getWords();
    Emitter e(knowledge.getBuilder(), op->getLoc());
    SmallVector<Value> data(words.size());
    llvm::BitVector used(words.size());
    SmallVector<std::optional<BitSum>> sums = system.solve(part.known);
    if (part.known.count() + 1 == words.size() &&
        !sums[part.known.find_first_unset()])
      return refuse(op, system, part, knowledge);
    for (auto [word, sum] : llvm::zip_equal(words, sums)) {
      if (!sum)
        continue;
      for (auto &[from, matrix] : sum->matrices) {
        used.set(from);
        if (!data[from])
          data[from] = knowledge.get(words[from], part.where).value;
      }
      RankedTensorType type =
          getTensorType(word).clone(part.where.getDataShape());
      Value found = emitBitSum(e, *sum, data, type);
      knowledge.learn(word, part.where, Known{found, {}});
    }
    for (auto [i, word] : llvm::enumerate(words))
      if (used[i] && llvm::is_contained(op.getValues(), word) &&
          word.getDefiningOp())
        knowledge.spend(word.getDefiningOp(), part.where);
  }
};
} // namespace

void invhlo::attachBitsRules(MLIRContext *context) {
  BitsOp::attachInterface<BitsRule>(*context);
}
