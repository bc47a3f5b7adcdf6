// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "BitForms.h"
#include "Division.h"
#include "invhlo/Idioms/Passes.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Literals/LiteralLookup.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/EquivalenceClasses.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace invhlo {
#define GEN_PASS_DEF_RAISEBITSPASS
#include "invhlo/Idioms/Passes.h.inc"
} // namespace invhlo

/// The most bits of a word, and so how far the variables of words are apart.
static constexpr unsigned kWordBits = 64;
/// Systems of more bits would take long to solve.
static constexpr size_t kMaxBits = 2048;

static bool isLinear(const Bit &bit) { return bit.isLinear(); }

static bool isVarying(const Bit &bit) {
  return bit.isLinear() && !bit.isConstant();
}

/// The bits of the word of this number, of which is known what they were
/// computed as: a variable each, but for sums of others.
static BitWord getFrame(unsigned word, ArrayRef<Bit> computed) {
  // What is left of bits when those before are taken out of them, and which of
  // the word's bits that is.
  SmallVector<std::pair<Bit, Bit>> left;
  BitWord frame;
  for (auto [i, bit] : llvm::enumerate(computed)) {
    Bit rest = bit, taken = false;
    for (auto &[other, own] : left)
      if (isVarying(rest) &&
          llvm::is_contained(rest.getTerms(), other.getTerms().back())) {
        rest = rest ^ other;
        taken = taken ^ own;
      }
    if (rest.isConstant()) {
      frame.push_back(taken ^ rest);
      continue;
    }
    Bit own = Bit::variable(word * kWordBits + i);
    frame.push_back(own);
    if (rest.isLinear())
      left.emplace_back(rest, own ^ taken);
  }
  return frame;
}

/// The rank of a matrix modulo 2, whose rows are given.
static unsigned getRank(SmallVector<uint64_t> rows) {
  unsigned rank = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] == 0)
      continue;
    ++rank;
    uint64_t lowest = rows[i] & -rows[i];
    for (size_t j = i + 1; j < rows.size(); ++j)
      if (rows[j] & lowest)
        rows[j] ^= rows[i];
  }
  return rank;
}

/// The bits of a quotient or remainder of what has the bits `x`: of a power of
/// two they are fields, and of other numbers some are zero.
static BitWord divideBits(const Division &division, ArrayRef<Bit> x,
                          BitWord otherwise) {
  if (division.n.isPowerOf2() && division.isFloored) {
    unsigned count = division.n.logBase2();
    BitWord bits;
    for (unsigned i = 0; i < x.size(); ++i)
      if (division.isRemainder)
        bits.push_back(i < count ? x[i] : Bit(false));
      else
        bits.push_back(i + count < x.size() ? x[i + count]
                       : division.isSigned  ? x.back()
                                            : Bit(false));
    return bits;
  }
  APInt most = division.n - 1;
  if (!division.isRemainder)
    most = APInt::getMaxValue(x.size()).udiv(division.n);
  if (division.isFloored && (division.isRemainder || !division.isSigned))
    for (unsigned i = most.getActiveBits(); i < x.size(); ++i)
      otherwise[i] = false;
  return otherwise;
}

namespace {
/// A value whose bits are sums of the bits of words.
struct BitEquation {
  Value value;
  BitWord bits;
  /// The words.
  SmallVector<unsigned> words;
  /// Whether it stands for one of its words in all that is computed later.
  bool isCut = false;
  /// Whether the rules of the ops that compute it find all that it tells.
  bool isPlain = false;
};

/// Describes the integers of a block by sums of bits of *words*: values that
/// are no such sums themselves, and those that take the place of a word from
/// which all is computed through them.
class BitReader {
public:
  explicit BitReader(Block &block);

  /// What the program tells of words.
  ArrayRef<BitEquation> getEquations() const { return equations; }
  Value getWord(unsigned number) const { return words[number]; }
  ArrayRef<Bit> getBits(unsigned word) const {
    return forms.find(words[word])->second;
  }

private:
  /// The bits of an integer; what is no literal and was not described becomes
  /// a word.
  const BitWord &read(Value value);
  SmallVector<BitWord> readOperands(Operation *op);
  const BitWord &makeWord(Value value, ArrayRef<Bit> computed);

  /// Finds the ops that compute sums of bits, whatever their operands are but
  /// for bits that are always the same.
  void findLinear(Block &block);
  void describe(Operation *op);
  void addEquation(Operation *op, const BitWord &bits);
  /// The words that the bits are sums of.
  static SmallVector<unsigned> getWords(ArrayRef<Bit> bits);
  /// Whether the bits tell a word, with all others given.
  bool isInjective(ArrayRef<Bit> bits, unsigned word) const;
  /// The values between words and `value`, with it.
  llvm::SmallSetVector<Value, 16> getInside(Value value) const;
  /// Whether all sums of the bits of a word are computed through `value`.
  bool isSeparated(Value word, Value value,
                   const llvm::SmallSetVector<Value, 16> &inside) const;
  bool isPlain(const BitEquation &equation,
               const llvm::SmallSetVector<Value, 16> &inside) const;
  /// The number of variables in the bits of a word.
  unsigned countVariables(unsigned word) const;
  bool isRoot(Value value) const;

  DenseMap<Value, BitWord> forms;
  SmallVector<Value> words;
  DenseMap<Value, unsigned> numbers;
  DenseSet<Operation *> linear;
  SmallVector<BitEquation> equations;
  /// The values of all that were found.
  DenseSet<Value> described;
};
} // namespace

BitReader::BitReader(Block &block) {
  findLinear(block);
  forms.clear();
  words.clear();
  numbers.clear();
  for (Operation &op : block)
    if (isBitwise(&op))
      describe(&op);
  llvm::erase_if(equations, [&](const BitEquation &equation) {
    return !equation.isCut && !isRoot(equation.value);
  });
}

const BitWord &BitReader::makeWord(Value value, ArrayRef<Bit> computed) {
  unsigned number = words.size();
  words.push_back(value);
  numbers[value] = number;
  return forms[value] = getFrame(number, computed);
}

const BitWord &BitReader::read(Value value) {
  value = lookThroughPrimitives(value);
  if (auto it = forms.find(value); it != forms.end())
    return it->second;
  Operation *op = value.getDefiningOp();
  if (op &&
      (op->hasTrait<OpTrait::ConstantLike>() || isa<BroadcastInDimOp>(op)))
    if (std::optional<Literal> literal = findLiteral(value);
        literal && literal->isSplat())
      return forms[value] = invhlo::getBits(
                 toInt((*literal)[0].bits, literal->getElementType()));
  BitWord any(getElementTypeOrSelf(value).getIntOrFloatBitWidth(),
              Bit::unknown());
  return makeWord(value, any);
}

SmallVector<BitWord> BitReader::readOperands(Operation *op) {
  return llvm::map_to_vector(op->getOperands(),
                             [&](Value operand) { return read(operand); });
}

void BitReader::findLinear(Block &block) {
  for (Operation &op : block) {
    if (!isBitwise(&op))
      continue;
    BitWord bits = evaluateBits(&op, readOperands(&op));
    if (std::optional<Division> division = Division::match(&op))
      bits = divideBits(*division, read(division->x), bits);
    // The lowest bit of a sum is one of bits.
    bool carries = isa<AddOp, SubtractOp, NegOp, MulOp>(op);
    if (llvm::any_of(bits, isVarying) &&
        (!carries || llvm::all_of(bits, ::isLinear)))
      linear.insert(&op);
    if (llvm::all_of(bits, [](const Bit &bit) { return bit.isConstant(); }))
      forms[op.getResult(0)] = bits;
    else
      makeWord(op.getResult(0), bits);
  }
}

void BitReader::describe(Operation *op) {
  Value value = op->getResult(0);
  BitWord bits = evaluateBits(op, readOperands(op));
  if (std::optional<Division> division = Division::match(op))
    bits = divideBits(*division, read(division->x), bits);
  if (!llvm::all_of(bits, ::isLinear)) {
    // What is known in part only may do better as it is.
    SmallVector<BitWord> before;
    SmallVector<Value> partial;
    for (Value operand : op->getOperands())
      if (Value read = lookThroughPrimitives(operand);
          !llvm::all_of(this->read(read), ::isLinear) &&
          !llvm::is_contained(partial, read))
        partial.push_back(read);
    for (Value operand : partial) {
      before.push_back(forms.at(operand));
      makeWord(operand, before.back());
    }
    BitWord ofWords = evaluateBits(op, readOperands(op));
    if (partial.empty() || Division::match(op) ||
        !llvm::all_of(ofWords, ::isLinear)) {
      for (auto [operand, form] : llvm::zip_equal(partial, before)) {
        forms[operand] = form;
        numbers.erase(operand);
      }
      if (llvm::any_of(bits, isVarying))
        forms[value] = bits;
      return;
    }
    bits = ofWords;
  }
  forms[value] = bits;
  if (llvm::any_of(bits, isVarying))
    addEquation(op, bits);
}

SmallVector<unsigned> BitReader::getWords(ArrayRef<Bit> bits) {
  llvm::SmallSetVector<unsigned, 4> found;
  for (const Bit &bit : bits)
    for (unsigned variable : bit.getTerms())
      found.insert(variable / kWordBits);
  return llvm::to_vector(found);
}

bool BitReader::isInjective(ArrayRef<Bit> bits, unsigned word) const {
  auto getRows = [&](ArrayRef<Bit> of) {
    return llvm::map_to_vector(of, [&](const Bit &bit) {
      uint64_t row = 0;
      for (unsigned variable : bit.getTerms())
        if (variable / kWordBits == word)
          row |= uint64_t(1) << variable % kWordBits;
      return row;
    });
  };
  return getRank(getRows(bits)) == getRank(getRows(getBits(word)));
}

llvm::SmallSetVector<Value, 16> BitReader::getInside(Value value) const {
  llvm::SmallSetVector<Value, 16> inside;
  inside.insert(value);
  for (size_t i = 0; i < inside.size(); ++i)
    for (Value operand : inside[i].getDefiningOp()->getOperands()) {
      operand = lookThroughPrimitives(operand);
      auto it = forms.find(operand);
      if (it != forms.end() && !numbers.contains(operand) &&
          llvm::any_of(it->second, isVarying))
        inside.insert(operand);
    }
  return inside;
}

bool BitReader::isSeparated(
    Value word, Value value,
    const llvm::SmallSetVector<Value, 16> &inside) const {
  llvm::SmallSetVector<Value, 16> reached;
  reached.insert(word);
  for (size_t i = 0; i < reached.size(); ++i)
    for (Operation *user : reached[i].getUsers()) {
      if (!linear.contains(user) || user->getResult(0) == value)
        continue;
      if (!inside.contains(user->getResult(0)))
        return false;
      reached.insert(user->getResult(0));
    }
  return true;
}

unsigned BitReader::countVariables(unsigned word) const {
  llvm::SmallDenseSet<unsigned, 32> variables;
  for (const Bit &bit : getBits(word))
    variables.insert(bit.getTerms().begin(), bit.getTerms().end());
  return variables.size();
}

/// Whether each of these ops is solved for any operand by its own rule, none of
/// what they take is taken twice, and the value does not tell several words.
bool BitReader::isPlain(const BitEquation &equation,
                        const llvm::SmallSetVector<Value, 16> &inside) const {
  unsigned numVariables = 0;
  for (unsigned word : equation.words)
    numVariables += countVariables(word);
  if (equation.words.size() > 1 && numVariables <= equation.bits.size())
    return false;
  DenseSet<Value> taken;
  for (Value value : inside) {
    Operation *op = value.getDefiningOp();
    auto convert = dyn_cast<ConvertOp>(op);
    if (!isa<AddOp, BitcastConvertOp, ConvertOp, NegOp, NotOp, SubtractOp,
             XorOp>(op) ||
        (convert &&
         getElementTypeOrSelf(convert.getResult()).getIntOrFloatBitWidth() <
             getElementTypeOrSelf(convert.getOperand())
                 .getIntOrFloatBitWidth()))
      return false;
    for (Value operand : op->getOperands()) {
      operand = lookThroughPrimitives(operand);
      if (llvm::any_of(forms.at(operand), isVarying) &&
          !taken.insert(operand).second)
        return false;
    }
  }
  return true;
}

void BitReader::addEquation(Operation *op, const BitWord &bits) {
  Value value = op->getResult(0);
  BitEquation equation{value, bits, getWords(bits)};
  llvm::SmallSetVector<Value, 16> inside = getInside(value);
  equation.isPlain = isPlain(equation, inside);
  // What one sum takes once is better solved together with it.
  bool isLink = value.hasOneUse() && linear.contains(*value.user_begin());
  equation.isCut = !isLink && llvm::any_of(equation.words, [&](unsigned word) {
    return isSeparated(words[word], value, inside) && isInjective(bits, word);
  });
  if (equation.isCut)
    makeWord(value, bits);
  described.insert(value);
  equations.push_back(std::move(equation));
}

/// Whether something is computed of the value that is not described by it.
bool BitReader::isRoot(Value value) const {
  return llvm::any_of(value.getUsers(), [&](Operation *user) {
    return user->getNumResults() != 1 ||
           !described.contains(user->getResult(0));
  });
}

/// The number of `value` in `values`, where it is put if it is not there.
static unsigned getPosition(SmallVectorImpl<Value> &values, Value value) {
  auto *it = llvm::find(values, value);
  if (it == values.end())
    it = values.insert(it, value);
  return it - values.begin();
}

/// Says what `equations` say.
static void raise(const BitReader &reader,
                  ArrayRef<const BitEquation *> equations) {
  SmallVector<Value> words, values;
  SmallVector<int64_t> terms, flips;
  auto add = [&](Value value, ArrayRef<Bit> bits) {
    // A mask for each word and distance.
    llvm::MapVector<std::pair<unsigned, int64_t>, uint64_t> masks;
    uint64_t flip = 0;
    for (auto [i, bit] : llvm::enumerate(bits)) {
      flip |= uint64_t(bit.getConstant()) << i;
      for (unsigned variable : bit.getTerms()) {
        unsigned word =
            getPosition(words, reader.getWord(variable / kWordBits));
        int64_t distance = int64_t(i) - variable % kWordBits;
        masks[{word, distance}] |= uint64_t(1) << i;
      }
    }
    for (auto [place, mask] : masks)
      llvm::append_values(terms, int64_t(values.size()), int64_t(place.first),
                          place.second, int64_t(mask));
    flips.push_back(flip);
    values.push_back(value);
  };
  llvm::SmallSetVector<unsigned, 4> used;
  for (const BitEquation *equation : equations) {
    add(equation->value, equation->bits);
    used.insert_range(equation->words);
  }
  // What is always so of the words.
  for (unsigned word : used) {
    ArrayRef<Bit> bits = reader.getBits(word);
    BitWord any(bits.size(), Bit::unknown());
    if (!llvm::equal(bits, getFrame(word, any)))
      add(reader.getWord(word), bits);
  }
  size_t numBits = 0;
  for (Value value : llvm::concat<Value>(words, values))
    numBits += getElementTypeOrSelf(value).getIntOrFloatBitWidth();
  if (numBits > kMaxBits)
    return;
  Operation *last = equations.back()->value.getDefiningOp();
  for (Value word : words)
    if (Operation *op = word.getDefiningOp();
        op && op->getBlock() == last->getBlock() && last->isBeforeInBlock(op))
      last = op;
  OpBuilder b(last->getContext());
  b.setInsertionPointAfter(last);
  BitsOp::create(b, equations.front()->value.getLoc(), words, values, terms,
                 flips);
}

namespace {
struct RaiseBitsPass : invhlo::impl::RaiseBitsPassBase<RaiseBitsPass> {
  void runOnOperation() override {
    getOperation().walk([](Block *block) { raiseIn(*block); });
  }

  static void raiseIn(Block &block) {
    if (llvm::none_of(block, [](Operation &op) { return isBitwise(&op); }))
      return;
    BitReader reader(block);
    // Those that share a word are solved together.
    llvm::EquivalenceClasses<unsigned> classes;
    llvm::MapVector<unsigned, SmallVector<const BitEquation *>> systems;
    for (const BitEquation &equation : reader.getEquations()) {
      if (equation.isCut) {
        if (!equation.isPlain)
          raise(reader, {&equation});
        continue;
      }
      for (unsigned word : equation.words)
        classes.unionSets(equation.words.front(), word);
    }
    for (const BitEquation &equation : reader.getEquations())
      if (!equation.isCut)
        systems[classes.getLeaderValue(equation.words.front())].push_back(
            &equation);
    for (auto &[leader, system] : systems)
      if (system.size() > 1 || !system.front()->isPlain)
        raise(reader, system);
  }
};
} // namespace
