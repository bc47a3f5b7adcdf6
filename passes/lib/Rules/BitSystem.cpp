// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Rules/BitSystem.h"

#include "invhlo/Interfaces/Knowledge.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

static unsigned getWidth(Value value) {
  return getElementTypeOrSelf(value).getIntOrFloatBitWidth();
}

/// Calls `visit` with the numbers of the bits that are set.
static void forEachBit(uint64_t bits,
                       llvm::function_ref<void(unsigned)> visit) {
  for (; bits; bits &= bits - 1)
    visit(llvm::countr_zero(bits));
}

BitSystem::BitSystem(BitsOp op) {
  DenseMap<Value, unsigned> numbers;
  unsigned numColumns = 0;
  for (Value operand : op->getOperands()) {
    if (!numbers.try_emplace(operand, words.size()).second)
      continue;
    words.push_back(operand);
    offsets.push_back(numColumns);
    widths.push_back(getWidth(operand));
    numColumns += widths.back();
  }
  SmallVector<unsigned> firstRows;
  for (auto [value, flips] : llvm::zip_equal(op.getValues(), op.getFlips())) {
    firstRows.push_back(rows.size());
    for (unsigned bit = 0, width = getWidth(value); bit < width; ++bit) {
      rows.emplace_back(numColumns + 1);
      rows.back().flip(getColumn(numbers.at(value), bit));
      if (uint64_t(flips) >> bit & 1)
        rows.back().flip(numColumns);
    }
  }
  summands.resize(words.size());
  for (Value value : op.getValues())
    if (!llvm::is_contained(op.getWords(), value))
      summands[numbers.at(value)].resize(words.size());
  for (size_t i = 0, n = op.getNumTerms(); i < n; ++i) {
    BitsOp::Term term = op.getTerm(i);
    Value word = op.getWords()[term.word], value = op.getValues()[term.value];
    if (llvm::BitVector &all = summands[numbers.at(value)]; !all.empty())
      all.set(numbers.at(word));
    forEachBit(term.mask, [&](unsigned bit) {
      int64_t from = int64_t(bit) - term.shift;
      if (bit < getWidth(value) && from >= 0 && from < getWidth(word))
        rows[firstRows[term.value] + bit].flip(
            getColumn(numbers.at(word), from));
    });
  }
}

llvm::DenseMap<unsigned, llvm::BitVector>
BitSystem::eliminate(const llvm::BitVector &known) const {
  llvm::BitVector open(rows.empty() ? 0 : rows.front().size());
  for (auto [i, width] : llvm::enumerate(widths))
    if (!known[i])
      open.set(offsets[i], offsets[i] + width);
  llvm::DenseMap<unsigned, llvm::BitVector> solved;
  for (llvm::BitVector row : rows) {
    llvm::BitVector unknown = row;
    unknown &= open;
    for (unsigned column : unknown.set_bits())
      if (auto it = solved.find(column); it != solved.end())
        row ^= it->second;
    unknown = row;
    unknown &= open;
    int pivot = unknown.find_first();
    if (pivot < 0)
      continue;
    for (auto &[column, other] : solved)
      if (other[pivot])
        other ^= row;
    solved[pivot] = std::move(row);
  }
  return solved;
}

SmallVector<std::optional<BitSum>>
BitSystem::solve(const llvm::BitVector &known) const {
  llvm::DenseMap<unsigned, llvm::BitVector> solved = eliminate(known);
  SmallVector<unsigned> wordOf, bitOf;
  for (auto [word, width] : llvm::enumerate(widths)) {
    wordOf.append(width, word);
    for (unsigned bit = 0; bit < width; ++bit)
      bitOf.push_back(bit);
  }
  auto getSum = [&](unsigned word) -> std::optional<BitSum> {
    BitSum sum;
    for (unsigned bit = 0; bit < widths[word]; ++bit) {
      auto it = solved.find(getColumn(word, bit));
      if (it == solved.end())
        return std::nullopt;
      for (unsigned column : it->second.set_bits()) {
        if (column == it->first)
          continue;
        if (column == wordOf.size()) {
          sum.constant |= uint64_t(1) << bit;
          continue;
        }
        unsigned from = wordOf[column];
        if (!known[from])
          return std::nullopt;
        BitMatrix &matrix = sum.matrices[from];
        matrix.resize(widths[word]);
        matrix[bit] |= uint64_t(1) << bitOf[column];
      }
    }
    return sum;
  };
  SmallVector<std::optional<BitSum>> sums(words.size());
  for (unsigned word = 0; word < words.size(); ++word) {
    bool isComputed = !summands[word].empty() && !summands[word].test(known);
    if (!known[word] && !isComputed)
      sums[word] = getSum(word);
  }
  return sums;
}

/// Numbers in order, as in "0 to 3, 7".
static std::string describeNumbers(ArrayRef<unsigned> numbers) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  for (size_t i = 0; i < numbers.size(); ++i) {
    size_t first = i;
    while (i + 1 < numbers.size() && numbers[i + 1] == numbers[i] + 1)
      ++i;
    stream << (first > 0 ? ", " : "") << numbers[first];
    if (i > first)
      stream << " to " << numbers[i];
  }
  return text;
}

std::string BitSystem::describeLost(const llvm::BitVector &known) const {
  unsigned word = known.find_first_unset();
  llvm::DenseMap<unsigned, llvm::BitVector> solved = eliminate(known);
  SmallVector<unsigned> lost;
  for (unsigned bit = 0; bit < widths[word]; ++bit) {
    unsigned column = getColumn(word, bit);
    if (solved.contains(column))
      continue;
    // The result is the same where this bit and others are flipped.
    uint64_t flipped = 0;
    for (auto &[pivot, row] : solved)
      if (row[column])
        flipped |= uint64_t(1) << (pivot - offsets[word]);
    if (flipped != 0)
      return llvm::formatv("its result is the same where the bits {0:x} of "
                           "its operand are flipped",
                           flipped | uint64_t(1) << bit);
    lost.push_back(bit);
  }
  return (lost.size() == 1 ? "it loses bit " : "it loses bits ") +
         describeNumbers(lost) + " of its operand";
}

// Matrices.

static BitMatrix getIdentity(unsigned width) {
  BitMatrix identity;
  for (unsigned i = 0; i < width; ++i)
    identity.push_back(uint64_t(1) << i);
  return identity;
}

/// What `b` and then `a` do.
static BitMatrix multiply(const BitMatrix &a, const BitMatrix &b) {
  return llvm::map_to_vector<0>(a, [&](uint64_t row) {
    uint64_t product = 0;
    forEachBit(row, [&](unsigned i) { product ^= b[i]; });
    return product;
  });
}

static BitMatrix add(const BitMatrix &a, const BitMatrix &b) {
  BitMatrix sum;
  for (auto [x, y] : llvm::zip_equal(a, b))
    sum.push_back(x ^ y);
  return sum;
}

/// The inverse of a square matrix; none of one that is singular.
static std::optional<BitMatrix> invert(BitMatrix matrix) {
  BitMatrix inverse = getIdentity(matrix.size());
  for (unsigned step = 0; step < matrix.size(); ++step) {
    unsigned row = step;
    while (row < matrix.size() && !(matrix[row] >> step & 1))
      ++row;
    if (row == matrix.size())
      return std::nullopt;
    std::swap(matrix[step], matrix[row]);
    std::swap(inverse[step], inverse[row]);
    for (unsigned i = 0; i < matrix.size(); ++i)
      if (i != step && (matrix[i] >> step & 1)) {
        matrix[i] ^= matrix[step];
        inverse[i] ^= inverse[step];
      }
  }
  return inverse;
}

// The ops that they are.

/// The bits of results that a matrix takes from this far below, by distance.
static llvm::MapVector<int64_t, uint64_t> getDiagonals(const BitMatrix &rows) {
  llvm::MapVector<int64_t, uint64_t> diagonals;
  for (auto [i, row] : llvm::enumerate(rows))
    forEachBit(row, [&, i = i](unsigned from) {
      diagonals[int64_t(i) - from] |= uint64_t(1) << i;
    });
  return diagonals;
}

/// The bits that may be set of a word of type `from` that is moved and made
/// one of type `to`.
static uint64_t getReach(Type from, Type to, int64_t distance) {
  unsigned width = from.getIntOrFloatBitWidth();
  bool isExtended = distance >= 0 && !from.isUnsignedInteger() && width > 1 &&
                    to.getIntOrFloatBitWidth() > width;
  uint64_t bits = llvm::maskTrailingOnes<uint64_t>(isExtended ? 64 : width);
  bits = distance >= 0 ? bits << distance : bits >> -distance;
  return bits & llvm::maskTrailingOnes<uint64_t>(to.getIntOrFloatBitWidth());
}

/// The number of ops that a product by a matrix takes.
static unsigned getCost(const BitMatrix &matrix, Type from, Type to) {
  unsigned cost = from != to, count = 0;
  for (auto [distance, mask] : getDiagonals(matrix))
    cost += (count++ > 0) + (distance != 0) +
            (mask != getReach(from, to, distance));
  return cost;
}

/// Matrices whose product this is, from the first that is applied: itself, or
/// if that takes fewer ops (1 + n)(1 + n^2)(1 + n^4)..., the inverse of 1 + n
/// for an n of which some power is zero.
static SmallVector<BitMatrix> factorize(const BitMatrix &matrix, Type from,
                                        Type to) {
  SmallVector<BitMatrix> itself{matrix};
  std::optional<BitMatrix> inverse;
  if (from == to)
    inverse = invert(matrix);
  if (!inverse)
    return itself;
  BitMatrix identity = getIdentity(matrix.size());
  BitMatrix power = add(*inverse, identity), zero(matrix.size());
  SmallVector<BitMatrix> factors;
  unsigned cost = 0;
  for (unsigned n = 1; n <= matrix.size() && power != zero; n *= 2) {
    factors.push_back(add(power, identity));
    cost += getCost(factors.back(), from, to);
    power = multiply(power, power);
  }
  return power == zero && cost < getCost(matrix, from, to) ? factors : itself;
}

static unsigned getFactorizedCost(const BitMatrix &matrix, Type from, Type to) {
  unsigned cost = 0;
  for (const BitMatrix &factor : factorize(matrix, from, to))
    cost += getCost(factor, from, to);
  return cost;
}

static Value fillBits(Emitter &e, uint64_t bits, RankedTensorType type) {
  APInt value(type.getElementTypeBitWidth(), bits);
  return e.create<ConstantOp>(DenseElementsAttr::get(type, value));
}

/// `value` moved up, or down by what `distance` is below zero, in `type`.
static Value move(Emitter &e, Value value, int64_t distance,
                  RankedTensorType type) {
  RankedTensorType from = getTensorType(value);
  if (from.getElementTypeBitWidth() == 1 && from != type) {
    value = e.convert(value, type.getElementType());
    from = type;
  }
  if (distance < 0)
    value = e.create<ShiftRightLogicalOp>(value, fillBits(e, -distance, from));
  bool isPredicate = type.getElementTypeBitWidth() == 1 && from != type;
  if (isPredicate)
    value = e.create<AndOp>(value, fillBits(e, 1, from));
  value = e.convert(value, type.getElementType());
  if (distance > 0)
    value = e.create<ShiftLeftOp>(value, fillBits(e, distance, type));
  return value;
}

static Value addBits(Emitter &e, Value a, Value b) {
  return a ? e.create<XorOp>(a, b) : b;
}

static Value multiply(Emitter &e, const BitMatrix &matrix, Value value,
                      RankedTensorType type) {
  Value product;
  Type from = getElementTypeOrSelf(value), to = type.getElementType();
  for (auto [distance, mask] : getDiagonals(matrix)) {
    Value moved = move(e, value, distance, type);
    if (mask != getReach(from, to, distance))
      moved = e.create<AndOp>(moved, fillBits(e, mask, type));
    product = addBits(e, product, moved);
  }
  return product;
}

static Value multiplyByFactors(Emitter &e, const BitMatrix &matrix, Value value,
                               RankedTensorType type) {
  for (const BitMatrix &factor :
       factorize(matrix, getElementTypeOrSelf(value), type.getElementType()))
    value = multiply(e, factor, value, type);
  return value;
}

namespace {
/// M (y + N z + ...), which may take fewer ops than M y + M N z + ...
struct Factored {
  unsigned outer;
  llvm::MapVector<unsigned, BitMatrix> inner;
};
} // namespace

static std::optional<Factored> takeOut(const BitSum &sum, ArrayRef<Value> data,
                                       Type to) {
  unsigned least = 0;
  for (auto &[word, matrix] : sum.matrices)
    least += getFactorizedCost(matrix, getElementTypeOrSelf(data[word]), to);
  std::optional<Factored> best;
  for (auto &[outer, matrix] : sum.matrices) {
    if (getElementTypeOrSelf(data[outer]) != to)
      continue;
    std::optional<BitMatrix> inverse = invert(matrix);
    if (!inverse)
      continue;
    Factored factored{outer, {}};
    unsigned cost = getFactorizedCost(matrix, to, to);
    for (auto &[word, other] : sum.matrices) {
      if (word == outer)
        continue;
      BitMatrix inner = multiply(*inverse, other);
      cost += getFactorizedCost(inner, getElementTypeOrSelf(data[word]), to);
      factored.inner.insert({word, std::move(inner)});
    }
    if (cost < least) {
      least = cost;
      best = std::move(factored);
    }
  }
  return best;
}

Value invhlo::emitBitSum(Emitter &e, const BitSum &sum, ArrayRef<Value> data,
                         RankedTensorType type) {
  Value total;
  auto addAll = [&](const llvm::MapVector<unsigned, BitMatrix> &matrices) {
    for (auto &[word, matrix] : matrices) {
      Value product = multiplyByFactors(e, matrix, data[word], type);
      total = addBits(e, total, product);
    }
  };
  if (auto factored = takeOut(sum, data, type.getElementType())) {
    total = data[factored->outer];
    addAll(factored->inner);
    total =
        multiplyByFactors(e, sum.matrices.lookup(factored->outer), total, type);
  } else {
    addAll(sum.matrices);
  }
  if (sum.constant == 0 && total)
    return total;
  return addBits(e, total, fillBits(e, sum.constant, type));
}
