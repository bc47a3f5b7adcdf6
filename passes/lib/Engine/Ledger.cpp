// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/Ledger.h"

#include "invhlo/Interfaces/InvertibleOpInterface.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

/// The real dimensions of parts of a value, counting integers as well.
static int64_t countElements(Value value, ArrayRef<IndexSet> parts) {
  int64_t count = 0;
  for (const IndexSet &part : parts)
    count += part.getNumElements();
  bool isComplex = isa<ComplexType>(getTensorType(value).getElementType());
  return isComplex ? 2 * count : count;
}

SmallVector<IndexSet> Ledger::getFoundBy(Operation *op, Value value) const {
  SmallVector<IndexSet> found;
  for (const Piece &piece : knowledge.getLearned(value))
    if (piece.author == op)
      found.push_back(piece.where);
  return found;
}

/// Whether `op` stands beside `value` and was solved for an operand, which
/// spends the equations that compute the value.
bool Ledger::isSolvedBeside(Operation *op, Value value) const {
  return op && llvm::is_contained(getValuesBeside(op), value) &&
         llvm::any_of(getInputs(op), [&](Value input) {
           return input != value && !getFoundBy(op, input).empty();
         });
}

SmallVector<Piece> Ledger::getFoundByOthers(Operation *op, Value value) const {
  SmallVector<Piece> found;
  for (const Piece &piece : knowledge.getLearned(value))
    if (piece.author != op && !isSolvedBeside(piece.author, value))
      found.push_back(piece);
  return found;
}

static SmallVector<IndexSet> getSets(ArrayRef<Piece> pieces) {
  SmallVector<IndexSet> sets;
  for (const Piece &piece : pieces)
    sets.push_back(piece.where);
  return sets;
}

int64_t Ledger::countLeft(Operation *op) const {
  int64_t left = 0;
  for (Value result : op->getResults())
    left += countElements(result, getSets(getFoundByOthers(op, result)));
  if (left == 0)
    return 0;
  for (Value input : getInputs(op))
    left -= countElements(input, getFoundBy(op, input));
  if (op->getNumResults() == 1)
    left -= countElements(op->getResult(0), knowledge.getSpent(op));
  return std::max<int64_t>(left, 0);
}

/// Whether element i of the one result is a function of the elements i of the
/// operands.
static bool isElementwise(Operation *op) {
  return op->hasTrait<OpTrait::Elementwise>() && op->getNumResults() == 1 &&
         llvm::all_of(op->getOperands(), [&](Value operand) {
           return getTensorType(operand).getShape() ==
                  getTensorType(op->getResult(0)).getShape();
         });
}

SmallVector<IndexSet> Ledger::getLeft(Operation *op) const {
  SmallVector<IndexSet> left = getSets(getFoundByOthers(op, op->getResult(0)));
  for (Value operand : op->getOperands())
    left = subtract(std::move(left), getFoundBy(op, operand));
  return subtract(std::move(left), knowledge.getSpent(op));
}

/// Follows data of the inverse to what it is computed from.
class Ledger::Origins {
public:
  void add(Value data, Operation *finder) { finders[data] = finder; }
  bool empty() const { return finders.empty(); }

  /// The finder of data that was added and that `data` depends on; null if
  /// there is none.
  Operation *find(Value data) {
    SmallVector<Value> pending = {data};
    while (!pending.empty()) {
      Value value = pending.back();
      if (finders.contains(value)) {
        pending.pop_back();
        continue;
      }
      size_t count = pending.size();
      Operation *finder = nullptr;
      for (Value input : getInputsOf(value)) {
        auto it = finders.find(input);
        if (it == finders.end())
          pending.push_back(input);
        else if (it->second)
          finder = it->second;
      }
      if (!finder && pending.size() > count)
        continue;
      pending.resize(count - 1);
      finders[value] = finder;
    }
    return finders.lookup(data);
  }

private:
  static SetVector<Value> getInputsOf(Value value) {
    Operation *op = value.getDefiningOp();
    return op ? getInputs(op) : SetVector<Value>();
  }

  /// For data that was looked at: whose it depends on, or null.
  DenseMap<Value, Operation *> finders;
};

void Ledger::forEachPiece(function_ref<void(const Piece &)> visit) const {
  auto visitAll = [&](ValueRange values) {
    for (Value value : values)
      for (const Piece &piece : knowledge.getLearned(value))
        visit(piece);
  };
  visitAll(unit.getTaken());
  for (Operation &op : forward)
    visitAll(op.getResults());
}

static bool isRearrangement(Operation *op) {
  auto rule = dyn_cast<InvertibleOpInterface>(op);
  return rule && op->getNumResults() == 1 && rule.isRearrangement();
}

/// Whether `op` has one formula for all elements of `operand`.
static bool isUniform(Operation *op, Value operand) {
  return isElementwise(op) && llvm::all_of(op->getOperands(), [&](Value value) {
           DenseElementsAttr literal;
           return value == operand ||
                  ((literal = getLiteral(value)) && literal.isSplat());
         });
}

bool Ledger::areCopiesOfOneChoice(Operation *op, Origins &choices) const {
  auto isFoundBy = [&](Operation *author, Value value) {
    ArrayRef<Piece> pieces = knowledge.getLearned(value);
    return pieces.size() == 1 && pieces.front().author == author &&
           pieces.front().where.getNumElements() ==
               getTensorType(value).getNumElements();
  };
  if (!isRearrangement(op) ||
      !llvm::all_of(op->getOperands(),
                    [&](Value operand) { return isFoundBy(op, operand); }))
    return false;
  Value value = op->getResult(0);
  while (true) {
    ArrayRef<Piece> pieces = knowledge.getLearned(value);
    if (pieces.empty())
      return false;
    Operation *author = pieces.front().author;
    if (!isFoundBy(author, value))
      return false;
    if (!choices.find(pieces.front().data.value))
      return true;
    if (!author || !llvm::is_contained(author->getOperands(), value) ||
        !(isRearrangement(author) || isUniform(author, value)))
      return false;
    value = author->getResult(0);
  }
}

std::optional<Ledger::Conflict> Ledger::findContradiction() const {
  Origins choices;
  forEachPiece([&](const Piece &piece) {
    if (piece.isChosen)
      choices.add(piece.data.value, piece.author);
  });
  if (choices.empty())
    return std::nullopt;
  for (Operation &op : forward.without_terminator()) {
    if (!hasLeft(&op) || areCopiesOfOneChoice(&op, choices))
      continue;
    bool isLocal = isElementwise(&op);
    SmallVector<IndexSet> left =
        isLocal ? getLeft(&op) : SmallVector<IndexSet>();
    auto concerns = [&](const Piece &piece) {
      return !isLocal || llvm::any_of(left, [&](const IndexSet &set) {
        return !set.intersect(piece.where).empty();
      });
    };
    SetVector<Value> values = getInputs(&op);
    values.insert_range(op.getResults());
    for (Value value : values)
      for (const Piece &piece : knowledge.getLearned(value))
        if (concerns(piece))
          if (Operation *chooser = choices.find(piece.data.value))
            return Conflict{chooser, &op};
  }
  return std::nullopt;
}

/// The origins of joint shares.
Ledger::Origins Ledger::getJoint() const {
  Origins joint;
  forEachPiece([&](const Piece &piece) {
    if (piece.isJoint)
      joint.add(piece.data.share, piece.author);
  });
  return joint;
}

std::optional<Ledger::Conflict> Ledger::findLostShare() const {
  Origins joint = getJoint();
  if (joint.empty())
    return std::nullopt;
  for (Operation &op : forward.without_terminator()) {
    bool isSolved = llvm::any_of(getInputs(&op), [&](Value input) {
      return !getFoundBy(&op, input).empty();
    });
    if (!isSolved || !hasLeft(&op))
      continue;
    for (Value result : op.getResults())
      for (const Piece &piece : getFoundByOthers(&op, result))
        if (piece.data.share)
          if (Operation *finder = joint.find(piece.data.share))
            return Conflict{finder, &op};
  }
  return std::nullopt;
}

bool Ledger::isAnyJoint(ArrayRef<Value> shares) const {
  Origins joint = getJoint();
  return !joint.empty() && llvm::any_of(shares, [&](Value share) {
    return joint.find(share) != nullptr;
  });
}
