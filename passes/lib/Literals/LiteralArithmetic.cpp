// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Literals/LiteralArithmetic.h"

#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/APSInt.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>
#include <complex>

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace {
using Complex = std::complex<APFloat>;

/// What an op of one or two operands computes; null for types it does not
/// take. Ops of one operand ignore the second.
struct Kernel {
  APInt (*ints)(const APInt &, const APInt &, bool isSigned) = nullptr;
  APFloat (*floats)(const APFloat &, const APFloat &) = nullptr;
  Complex (*complexes)(const Complex &, const Complex &) = nullptr;
};
} // namespace

// Integers.

static APInt abs(const APInt &x, const APInt &, bool isSigned) {
  return isSigned ? x.abs() : x;
}

/// Predicates add like `or`; they multiply like `and` anyway.
static APInt add(const APInt &x, const APInt &y, bool) {
  return x.getBitWidth() == 1 ? x | y : x + y;
}

static APInt bitAnd(const APInt &x, const APInt &y, bool) { return x & y; }

static APInt bitNot(const APInt &x, const APInt &, bool) { return ~x; }

static APInt bitOr(const APInt &x, const APInt &y, bool) { return x | y; }

static APInt bitXor(const APInt &x, const APInt &y, bool) { return x ^ y; }

static APInt countLeadingZeros(const APInt &x, const APInt &, bool) {
  return APInt(x.getBitWidth(), x.countl_zero());
}

static APInt divide(const APInt &x, const APInt &y, bool isSigned) {
  if (y.isZero())
    return APInt::getAllOnes(x.getBitWidth());
  return isSigned ? x.sdiv(y) : x.udiv(y);
}

static APInt maximum(const APInt &x, const APInt &y, bool isSigned) {
  return (isSigned ? x.sgt(y) : x.ugt(y)) ? x : y;
}

static APInt minimum(const APInt &x, const APInt &y, bool isSigned) {
  return (isSigned ? x.slt(y) : x.ult(y)) ? x : y;
}

static APInt multiply(const APInt &x, const APInt &y, bool) { return x * y; }

static APInt negate(const APInt &x, const APInt &, bool) { return -x; }

static APInt populationCount(const APInt &x, const APInt &, bool) {
  return APInt(x.getBitWidth(), x.popcount());
}

/// A negative exponent gives 0, unless the base is 1 or -1.
static APInt power(const APInt &x, const APInt &y, bool isSigned) {
  APInt one(x.getBitWidth(), 1);
  if (isSigned && y.isNegative()) {
    if (x.isAllOnes())
      return y[0] ? x : one;
    return x.isOne() ? one : APInt::getZero(x.getBitWidth());
  }
  APInt result = one, square = x;
  for (APInt rest = y; !rest.isZero(); rest.lshrInPlace(1), square *= square)
    if (rest[0])
      result *= square;
  return result;
}

static APInt remainder(const APInt &x, const APInt &y, bool isSigned) {
  if (y.isZero())
    return x;
  return isSigned ? x.srem(y) : x.urem(y);
}

/// Shifts may be by the width or more, which APInt takes as StableHLO does.
static APInt shiftLeft(const APInt &x, const APInt &y, bool) {
  return x.shl(y);
}

static APInt shiftRightArithmetic(const APInt &x, const APInt &y, bool) {
  return x.ashr(y);
}

static APInt shiftRightLogical(const APInt &x, const APInt &y, bool) {
  return x.lshr(y);
}

static APInt sign(const APInt &x, const APInt &, bool isSigned) {
  if (isSigned && x.isNegative())
    return APInt::getAllOnes(x.getBitWidth());
  return APInt(x.getBitWidth(), !x.isZero());
}

static APInt subtract(const APInt &x, const APInt &y, bool) { return x - y; }

// Floats.

static APFloat abs(const APFloat &x, const APFloat &) { return llvm::abs(x); }

static APFloat add(const APFloat &x, const APFloat &y) { return x + y; }

static APFloat divide(const APFloat &x, const APFloat &y) { return x / y; }

static APFloat maximum(const APFloat &x, const APFloat &y) {
  return llvm::maximum(x, y);
}

static APFloat minimum(const APFloat &x, const APFloat &y) {
  return llvm::minimum(x, y);
}

static APFloat multiply(const APFloat &x, const APFloat &y) { return x * y; }

static APFloat negate(const APFloat &x, const APFloat &) { return -x; }

static APFloat remainder(const APFloat &x, const APFloat &y) {
  APFloat result = x;
  result.mod(y);
  return result;
}

template <APFloat::roundingMode mode>
static APFloat round(const APFloat &x, const APFloat &) {
  APFloat result = x;
  result.roundToIntegral(mode);
  return result;
}

static APFloat sign(const APFloat &x, const APFloat &) {
  if (x.isNaN() || x.isZero())
    return x;
  return APFloat::getOne(x.getSemantics(), x.isNegative());
}

static APFloat subtract(const APFloat &x, const APFloat &y) { return x - y; }

static APFloat convert(APFloat x, const llvm::fltSemantics &semantics) {
  bool losesInfo;
  x.convert(semantics, APFloat::rmNearestTiesToEven, &losesInfo);
  return x;
}

static double toDouble(const APFloat &x) {
  return convert(x, APFloat::IEEEdouble()).convertToDouble();
}

/// Computes a function in double precision.
template <double (*function)(double)>
static APFloat inDouble(const APFloat &x, const APFloat &) {
  return convert(APFloat(function(toDouble(x))), x.getSemantics());
}

template <double (*function)(double, double)>
static APFloat inDouble(const APFloat &x, const APFloat &y) {
  return convert(APFloat(function(toDouble(x), toDouble(y))), x.getSemantics());
}

static double logistic(double x) { return 1 / (1 + std::exp(-x)); }
static double rsqrt(double x) { return 1 / std::sqrt(x); }

// Complex numbers.

static Complex add(const Complex &x, const Complex &y) {
  return Complex(x.real() + y.real(), x.imag() + y.imag());
}

static Complex multiply(const Complex &x, const Complex &y) {
  return Complex(x.real() * y.real() - x.imag() * y.imag(),
                 x.real() * y.imag() + x.imag() * y.real());
}

static Complex negate(const Complex &x, const Complex &) {
  return Complex(-x.real(), -x.imag());
}

static Complex subtract(const Complex &x, const Complex &y) {
  return Complex(x.real() - y.real(), x.imag() - y.imag());
}

/// The kernel of an elementwise op; null for any other op.
static const Kernel *getKernel(TypeID op) {
  static const llvm::DenseMap<TypeID, Kernel> kernels = {
      {TypeID::get<AbsOp>(), {abs, abs}},
      {TypeID::get<AddOp>(), {add, add, add}},
      {TypeID::get<AndOp>(), {bitAnd}},
      {TypeID::get<Atan2Op>(), {nullptr, inDouble<std::atan2>}},
      {TypeID::get<CbrtOp>(), {nullptr, inDouble<std::cbrt>}},
      {TypeID::get<CeilOp>(), {nullptr, round<APFloat::rmTowardPositive>}},
      {TypeID::get<ClzOp>(), {countLeadingZeros}},
      {TypeID::get<CosineOp>(), {nullptr, inDouble<std::cos>}},
      {TypeID::get<DivOp>(), {divide, divide}},
      {TypeID::get<ExpOp>(), {nullptr, inDouble<std::exp>}},
      {TypeID::get<Expm1Op>(), {nullptr, inDouble<std::expm1>}},
      {TypeID::get<FloorOp>(), {nullptr, round<APFloat::rmTowardNegative>}},
      {TypeID::get<Log1pOp>(), {nullptr, inDouble<std::log1p>}},
      {TypeID::get<LogOp>(), {nullptr, inDouble<std::log>}},
      {TypeID::get<LogisticOp>(), {nullptr, inDouble<logistic>}},
      {TypeID::get<MaxOp>(), {maximum, maximum}},
      {TypeID::get<MinOp>(), {minimum, minimum}},
      {TypeID::get<MulOp>(), {multiply, multiply, multiply}},
      {TypeID::get<NegOp>(), {negate, negate, negate}},
      {TypeID::get<NotOp>(), {bitNot}},
      {TypeID::get<OrOp>(), {bitOr}},
      {TypeID::get<PopulationCountOp>(), {populationCount}},
      {TypeID::get<PowOp>(), {power, inDouble<std::pow>}},
      {TypeID::get<RemOp>(), {remainder, remainder}},
      {TypeID::get<RoundOp>(), {nullptr, round<APFloat::rmNearestTiesToAway>}},
      {TypeID::get<RoundNearestEvenOp>(),
       {nullptr, round<APFloat::rmNearestTiesToEven>}},
      {TypeID::get<RsqrtOp>(), {nullptr, inDouble<rsqrt>}},
      {TypeID::get<ShiftLeftOp>(), {shiftLeft}},
      {TypeID::get<ShiftRightArithmeticOp>(), {shiftRightArithmetic}},
      {TypeID::get<ShiftRightLogicalOp>(), {shiftRightLogical}},
      {TypeID::get<SignOp>(), {sign, sign}},
      {TypeID::get<SineOp>(), {nullptr, inDouble<std::sin>}},
      {TypeID::get<SqrtOp>(), {nullptr, inDouble<std::sqrt>}},
      {TypeID::get<SubtractOp>(), {subtract, subtract, subtract}},
      {TypeID::get<TanOp>(), {nullptr, inDouble<std::tan>}},
      {TypeID::get<TanhOp>(), {nullptr, inDouble<std::tanh>}},
      {TypeID::get<XorOp>(), {bitXor}},
  };
  auto found = kernels.find(op);
  return found == kernels.end() ? nullptr : &found->second;
}

/// The kernel's function on elements of a type.
static ElementFunction getKernelFunction(TypeID op, Type type) {
  const Kernel *kernel = getKernel(op);
  if (!kernel)
    return nullptr;
  if (isa<IntegerType>(type) && kernel->ints)
    return [=](ArrayRef<Element> x) -> std::optional<Element> {
      return Element{
          toBits(kernel->ints(toInt(x.front().bits, type),
                              toInt(x.back().bits, type), isSigned(type)))};
    };
  if (isa<FloatType>(type) && kernel->floats)
    return [=](ArrayRef<Element> x) -> std::optional<Element> {
      return Element{toBits(kernel->floats(toFloat(x.front().bits, type),
                                           toFloat(x.back().bits, type)))};
    };
  if (isa<ComplexType>(type) && kernel->complexes)
    return [=](ArrayRef<Element> x) -> std::optional<Element> {
      auto toComplex = [part = getPartType(type)](const Element &x) {
        return Complex(toFloat(x.bits, part), toFloat(x.imaginary, part));
      };
      Complex z = kernel->complexes(toComplex(x.front()), toComplex(x.back()));
      return Element{toBits(z.real()), toBits(z.imag())};
    };
  return nullptr;
}

static bool holds(ComparisonDirection direction, APFloat::cmpResult order) {
  bool less = order == APFloat::cmpLessThan;
  bool equal = order == APFloat::cmpEqual;
  bool greater = order == APFloat::cmpGreaterThan;
  switch (direction) {
  case ComparisonDirection::EQ:
    return equal;
  case ComparisonDirection::NE:
    return !equal;
  case ComparisonDirection::GE:
    return greater || equal;
  case ComparisonDirection::GT:
    return greater;
  case ComparisonDirection::LE:
    return less || equal;
  case ComparisonDirection::LT:
    return less;
  }
  llvm_unreachable("unknown comparison direction");
}

static APFloat::cmpResult compare(const APInt &x, const APInt &y,
                                  bool isSigned) {
  if (x == y)
    return APFloat::cmpEqual;
  return (isSigned ? x.slt(y) : x.ult(y)) ? APFloat::cmpLessThan
                                          : APFloat::cmpGreaterThan;
}

/// An integer that orders as the float with these bits does in TOTALORDER.
static APInt getTotalOrderKey(APInt bits) {
  if (bits.isNegative()) {
    bits.flipAllBits();
    bits.setSignBit();
    return bits;
  }
  return bits;
}

static ElementFunction getFunction(CompareOp op) {
  Type type = getElementTypeOrSelf(op.getLhs().getType());
  auto direction = op.getComparisonDirection();
  bool isTotalOrder = op.getCompareType() == ComparisonType::TOTALORDER;
  if (isa<ComplexType>(type))
    return nullptr;
  return [=](ArrayRef<Element> x) -> std::optional<Element> {
    APFloat::cmpResult order;
    if (isa<IntegerType>(type))
      order = compare(toInt(x[0].bits, type), toInt(x[1].bits, type),
                      isSigned(type));
    else if (isTotalOrder)
      order = compare(getTotalOrderKey(toInt(x[0].bits, type)),
                      getTotalOrderKey(toInt(x[1].bits, type)),
                      /*isSigned=*/true);
    else
      order = toFloat(x[0].bits, type).compare(toFloat(x[1].bits, type));
    return Element{holds(direction, order)};
  };
}

/// Converts a real number. None for a float that the integer type cannot
/// hold.
static std::optional<uint64_t> convertPart(uint64_t bits, Type from, Type to) {
  bool toPredicate = to.isInteger(1);
  if (isa<IntegerType>(from)) {
    APInt x = toInt(bits, from);
    if (toPredicate)
      return !x.isZero();
    if (isa<IntegerType>(to)) {
      unsigned width = to.getIntOrFloatBitWidth();
      return toBits(isSigned(from) ? x.sextOrTrunc(width)
                                   : x.zextOrTrunc(width));
    }
    APFloat result(cast<FloatType>(to).getFloatSemantics());
    result.convertFromAPInt(x, isSigned(from), APFloat::rmNearestTiesToEven);
    return toBits(result);
  }
  APFloat x = toFloat(bits, from);
  if (toPredicate)
    return !x.isZero();
  if (isa<FloatType>(to))
    return toBits(convert(x, cast<FloatType>(to).getFloatSemantics()));
  llvm::APSInt result(to.getIntOrFloatBitWidth(), !isSigned(to));
  bool isExact;
  if (x.convertToInteger(result, APFloat::rmTowardZero, &isExact) &
      APFloat::opInvalidOp)
    return std::nullopt;
  return toBits(result);
}

static ElementFunction getFunction(ConvertOp op) {
  Type from = getElementTypeOrSelf(op.getOperand().getType());
  Type to = getElementTypeOrSelf(op.getType());
  if (isa<ComplexType>(from) && to.isInteger(1))
    return nullptr;
  return [=, fromPart = getPartType(from), toPart = getPartType(to)](
             ArrayRef<Element> x) -> std::optional<Element> {
    std::optional<uint64_t> bits = convertPart(x[0].bits, fromPart, toPart);
    std::optional<uint64_t> imaginary = 0;
    if (isa<ComplexType>(from) && isa<ComplexType>(to))
      imaginary = convertPart(x[0].imaginary, fromPart, toPart);
    if (!bits || !imaginary)
      return std::nullopt;
    return Element{*bits, *imaginary};
  };
}

static ElementFunction getFunction(BitcastConvertOp op) {
  Type from = getElementTypeOrSelf(op.getOperand().getType());
  Type to = getElementTypeOrSelf(op.getType());
  if (!from.isIntOrFloat() || !to.isIntOrFloat() ||
      from.getIntOrFloatBitWidth() != to.getIntOrFloatBitWidth())
    return nullptr;
  return [](ArrayRef<Element> x) { return x[0]; };
}

ElementFunction invhlo::getElementFunction(Operation *op) {
  using Operands = ArrayRef<Element>;
  using Result = std::optional<Element>;
  auto getFunctionOf = [&](TypeID kernel) {
    return getKernelFunction(kernel, getElementTypeOrSelf(op->getResult(0)));
  };
  return llvm::TypeSwitch<Operation *, ElementFunction>(op)
      .Case<CompareOp, ConvertOp, BitcastConvertOp>(
          [](auto op) { return getFunction(op); })
      .Case([](SelectOp) {
        return [](Operands x) -> Result { return x[0].bits ? x[1] : x[2]; };
      })
      .Case([&](ClampOp) -> ElementFunction {
        ElementFunction max = getFunctionOf(TypeID::get<MaxOp>());
        ElementFunction min = getFunctionOf(TypeID::get<MinOp>());
        if (!max)
          return nullptr;
        return [=](Operands x) { return min({*max({x[1], x[0]}), x[2]}); };
      })
      .Case([](IsFiniteOp op) {
        Type type = getElementTypeOrSelf(op.getX());
        return [=](Operands x) -> Result {
          return Element{toFloat(x[0].bits, type).isFinite()};
        };
      })
      .Case([](ComplexOp) {
        return
            [](Operands x) -> Result { return Element{x[0].bits, x[1].bits}; };
      })
      .Case([](RealOp) {
        return [](Operands x) -> Result { return Element{x[0].bits}; };
      })
      .Case([](ImagOp) {
        return [](Operands x) -> Result { return Element{x[0].imaginary}; };
      })
      .Default([&](Operation *op) -> ElementFunction {
        // `abs` of a complex number is real.
        if (op->getNumOperands() == 0 || op->getNumResults() != 1 ||
            op->getOperand(0).getType() != op->getResult(0).getType())
          return nullptr;
        return getFunctionOf(op->getName().getTypeID());
      });
}

ElementFunction invhlo::getElementFunction(const Combiner &combiner) {
  if (combiner.isCommutative())
    return getElementFunction(combiner.getOp());
  if (combiner.replaces())
    return [](ArrayRef<Element> x) { return x[1]; };
  return nullptr;
}
