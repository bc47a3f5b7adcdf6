// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "BitForms.h"

#include "invhlo/Literals/Literal.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

/// A sum of more variables counts as unknown.
static constexpr size_t kMaxTerms = 512;

namespace invhlo {
Bit operator^(const Bit &a, const Bit &b) {
  if (!a.isSum || !b.isSum)
    return Bit::unknown();
  Bit sum(a.one != b.one);
  std::set_symmetric_difference(a.terms.begin(), a.terms.end(), b.terms.begin(),
                                b.terms.end(), std::back_inserter(sum.terms));
  return sum.terms.size() > kMaxTerms ? Bit::unknown() : sum;
}

Bit operator&(const Bit &a, const Bit &b) {
  if (a.is(false) || b.is(false) || a == ~b)
    return false;
  if (a.is(true) || a == b)
    return b;
  return b.is(true) ? a : Bit::unknown();
}
} // namespace invhlo

BitWord invhlo::getBits(const APInt &value) {
  BitWord bits;
  for (unsigned i = 0, width = value.getBitWidth(); i < width; ++i)
    bits.push_back(value[i]);
  return bits;
}

/// The integer that these bits are, if they are constant.
static std::optional<APInt> getConstant(ArrayRef<Bit> bits) {
  APInt value(bits.size(), 0);
  for (auto [i, bit] : llvm::enumerate(bits)) {
    if (!bit.isConstant())
      return std::nullopt;
    value.setBitVal(i, bit.getConstant());
  }
  return value;
}

static BitWord combine(ArrayRef<Bit> a, ArrayRef<Bit> b,
                       llvm::function_ref<Bit(const Bit &, const Bit &)> f) {
  BitWord bits;
  for (auto [x, y] : llvm::zip_equal(a, b))
    bits.push_back(f(x, y));
  return bits;
}

static BitWord invert(ArrayRef<Bit> a) {
  return llvm::map_to_vector<0>(a, [](const Bit &bit) { return ~bit; });
}

/// a + b + carry, bit by bit: where only one of two bits may be set, nothing is
/// carried.
static BitWord add(ArrayRef<Bit> a, ArrayRef<Bit> b, Bit carry = false) {
  return combine(a, b, [&](const Bit &x, const Bit &y) {
    Bit sum = x ^ y, bit = sum ^ carry;
    carry = (x & y) ^ (carry & sum);
    return bit;
  });
}

/// The bits moved up by `amount`, or down by what it is below zero, with
/// `fill` beside.
static BitWord shift(ArrayRef<Bit> a, int64_t amount, const Bit &fill = false) {
  BitWord bits;
  int64_t width = a.size();
  for (int64_t i = 0; i < width; ++i)
    bits.push_back(i >= amount && i - amount < width ? a[i - amount] : fill);
  return bits;
}

static BitWord multiply(ArrayRef<Bit> a, const APInt &factor) {
  BitWord product(a.size());
  for (unsigned i = 0; i < a.size(); ++i)
    if (factor[i])
      product = add(product, shift(a, i));
  return product;
}

static BitWord resize(ArrayRef<Bit> a, unsigned width, const Bit &fill) {
  BitWord bits(a.take_front(width));
  bits.resize(width, fill);
  return bits;
}

/// Whether some bit is set.
static Bit isNotZero(ArrayRef<Bit> bits) {
  Bit any = false;
  for (const Bit &bit : bits)
    any = ~(~any & ~bit);
  return any;
}

static Bit compare(CompareOp op, ArrayRef<Bit> a, ArrayRef<Bit> b) {
  ComparisonDirection direction = op.getComparisonDirection();
  auto isZero = [](ArrayRef<Bit> bits) {
    return llvm::all_of(bits, [](const Bit &bit) { return bit.is(false); });
  };
  if (direction == ComparisonDirection::EQ ||
      direction == ComparisonDirection::NE) {
    Bit differ = isNotZero(
        combine(a, b, [](const Bit &x, const Bit &y) { return x ^ y; }));
    return direction == ComparisonDirection::NE ? differ : ~differ;
  }
  if (!isZero(b))
    return Bit::unknown();
  // Of a number beside zero, the sign tells.
  Bit isNegative =
      isSigned(getElementTypeOrSelf(op.getLhs())) ? a.back() : Bit(false);
  switch (direction) {
  case ComparisonDirection::LT:
    return isNegative;
  case ComparisonDirection::GE:
    return ~isNegative;
  case ComparisonDirection::GT:
    return isNotZero(a) & ~isNegative;
  default:
    return ~(isNotZero(a) & ~isNegative);
  }
}

/// x / n and x % n for a power of two n and an x that is not negative.
static BitWord divide(Operation *op, ArrayRef<Bit> a, ArrayRef<Bit> b) {
  BitWord unknown(a.size(), Bit::unknown());
  std::optional<APInt> divisor = getConstant(b);
  if (!divisor || !divisor->isPowerOf2())
    return unknown;
  if (isSigned(getElementTypeOrSelf(op->getResult(0))) &&
      !(a.back().is(false) && b.back().is(false)))
    return unknown;
  int64_t digits = divisor->logBase2();
  if (isa<DivOp>(op))
    return shift(a, -digits);
  return resize(a.take_front(digits), a.size(), false);
}

static BitWord convert(ConvertOp op, ArrayRef<Bit> a) {
  Type from = getElementTypeOrSelf(op.getOperand());
  unsigned width = getElementTypeOrSelf(op.getResult()).getIntOrFloatBitWidth();
  if (width == 1)
    return {isNotZero(a)};
  return resize(a, width, isSigned(from) ? a.back() : Bit(false));
}

/// Its lowest bit is the sum of all.
static BitWord countBits(ArrayRef<Bit> a) {
  BitWord count(a.size());
  for (const Bit &bit : a)
    count = add(count, BitWord(a.size()), bit);
  Bit parity = false;
  for (const Bit &bit : a)
    parity = parity ^ bit;
  count.front() = parity;
  return count;
}

bool invhlo::isBitwise(Operation *op) {
  auto isWord = [&](Type type) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    return tensor && tensor.hasStaticShape() &&
           isa<IntegerType>(tensor.getElementType()) &&
           tensor.getElementTypeBitWidth() <= 64 &&
           tensor.getShape() ==
               cast<RankedTensorType>(op->getResult(0).getType()).getShape();
  };
  return isa<AddOp, AndOp, BitcastConvertOp, CompareOp, ConvertOp, DivOp, MulOp,
             NegOp, NotOp, OrOp, PopulationCountOp, RemOp, SelectOp,
             ShiftLeftOp, ShiftRightArithmeticOp, ShiftRightLogicalOp,
             SubtractOp, XorOp>(op) &&
         isa<RankedTensorType>(op->getResult(0).getType()) &&
         llvm::all_of(op->getOperandTypes(), isWord) &&
         llvm::all_of(op->getResultTypes(), isWord);
}

BitWord invhlo::evaluateBits(Operation *op, ArrayRef<BitWord> operands) {
  ArrayRef<Bit> a = operands.front(), b = operands.back();
  unsigned width =
      getElementTypeOrSelf(op->getResult(0)).getIntOrFloatBitWidth();
  BitWord unknown(width, Bit::unknown());
  auto bitwise = [&](auto f) { return combine(a, b, f); };
  auto shiftBy = [&](int sign, const Bit &fill) {
    std::optional<APInt> amount = getConstant(b);
    if (!amount)
      return unknown;
    return shift(a, sign * int64_t(amount->getLimitedValue(width)), fill);
  };
  // Predicates add and multiply as `or` and `and`.
  bool isPredicate = width == 1;
  return llvm::TypeSwitch<Operation *, BitWord>(op)
      .Case([&](NotOp) { return invert(a); })
      .Case([&](AndOp) {
        return bitwise([](const Bit &x, const Bit &y) { return x & y; });
      })
      .Case([&](OrOp) {
        return bitwise([](const Bit &x, const Bit &y) { return ~(~x & ~y); });
      })
      .Case([&](XorOp) {
        return bitwise([](const Bit &x, const Bit &y) { return x ^ y; });
      })
      .Case([&](CompareOp compareOp) {
        return BitWord{compare(compareOp, a, b)};
      })
      .Case([&](ConvertOp convertOp) { return convert(convertOp, a); })
      .Case([&](BitcastConvertOp) { return BitWord(a); })
      .Case([&](SelectOp) {
        Bit holds = operands[0][0];
        return combine(operands[1], b, [&](const Bit &x, const Bit &y) {
          Bit differ = x ^ y;
          if (differ.isConstant())
            return y ^ (holds & differ);
          return (holds & x) ^ (~holds & y);
        });
      })
      .Case([&](ShiftLeftOp) { return shiftBy(1, false); })
      .Case([&](ShiftRightLogicalOp) { return shiftBy(-1, false); })
      .Case([&](ShiftRightArithmeticOp) { return shiftBy(-1, a.back()); })
      .Case([&](PopulationCountOp) { return countBits(a); })
      .Case<DivOp, RemOp>([&](Operation *) { return divide(op, a, b); })
      .Case([&](AddOp) { return isPredicate ? unknown : add(a, b); })
      .Case([&](SubtractOp) {
        return isPredicate ? unknown : add(a, invert(b), true);
      })
      .Case([&](NegOp) {
        return isPredicate ? unknown : add(BitWord(width), invert(a), true);
      })
      .Case([&](MulOp) {
        if (isPredicate)
          return unknown;
        if (std::optional<APInt> factor = getConstant(b))
          return multiply(a, *factor);
        if (std::optional<APInt> factor = getConstant(a))
          return multiply(b, *factor);
        return unknown;
      })
      .Default(unknown);
}
