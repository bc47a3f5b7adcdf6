// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Literals/LiteralArithmetic.h"

#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/APSInt.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>
#include <complex>

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

static APInt divide(const APInt &x, const APInt &y, bool isSigned) {
  if (y.isZero())
    return APInt::getAllOnes(x.getBitWidth());
  return isSigned ? x.sdiv(y) : x.udiv(y);
}

static APInt remainder(const APInt &x, const APInt &y, bool isSigned) {
  if (y.isZero())
    return x;
  return isSigned ? x.srem(y) : x.urem(y);
}

/// A negative exponent gives 0, unless the base is 1 or -1.
static APInt power(APInt x, APInt y, bool isSigned) {
  APInt one(x.getBitWidth(), 1);
  if (isSigned && y.isNegative()) {
    if (x.isAllOnes())
      return y[0] ? x : one;
    return x.isOne() ? one : APInt::getZero(x.getBitWidth());
  }
  APInt result = one;
  for (; !y.isZero(); y.lshrInPlace(1), x *= x)
    if (y[0])
      result *= x;
  return result;
}

static APInt sign(const APInt &x, const APInt &, bool isSigned) {
  if (isSigned && x.isNegative())
    return APInt::getAllOnes(x.getBitWidth());
  return APInt(x.getBitWidth(), !x.isZero());
}

static APFloat convert(APFloat x, const llvm::fltSemantics &semantics) {
  bool losesInfo;
  x.convert(semantics, APFloat::rmNearestTiesToEven, &losesInfo);
  return x;
}

static double toDouble(const APFloat &x) {
  return convert(x, APFloat::IEEEdouble()).convertToDouble();
}

template <double (*function)(double)>
static APFloat inDouble(const APFloat &x, const APFloat &) {
  return convert(APFloat(function(toDouble(x))), x.getSemantics());
}

template <double (*function)(double, double)>
static APFloat inDouble(const APFloat &x, const APFloat &y) {
  return convert(APFloat(function(toDouble(x), toDouble(y))), x.getSemantics());
}

template <APFloat::roundingMode mode>
static APFloat round(const APFloat &x, const APFloat &) {
  APFloat result = x;
  result.roundToIntegral(mode);
  return result;
}

static double logistic(double x) { return 1 / (1 + std::exp(-x)); }
static double rsqrt(double x) { return 1 / std::sqrt(x); }

static APFloat remainder(APFloat x, const APFloat &y) {
  x.mod(y);
  return x;
}

static APFloat sign(const APFloat &x, const APFloat &) {
  if (x.isNaN() || x.isZero())
    return x;
  return APFloat::getOne(x.getSemantics(), x.isNegative());
}

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

// Names the operands of a kernel's lambda.
#define INTS [](const APInt &x, const APInt &y, bool isSigned)->APInt
#define FLOATS [](const APFloat &x, const APFloat &y)->APFloat
#define COMPLEXES [](const Complex &x, const Complex &y)->Complex

static const Kernel *getKernel(StringRef name) {
  // Predicates add like `or` and multiply like `and`.
  static const llvm::StringMap<Kernel> kernels = {
      {"stablehlo.abs", {INTS{return isSigned ? x.abs() : x;
}
, FLOATS { return abs(x); }
}
}
, {"stablehlo.add", {INTS{return x.getBitWidth() == 1 ? x | y : x + y;
}
, FLOATS { return x + y; }
, COMPLEXES { return Complex(x.real() + y.real(), x.imag() + y.imag()); }
}
}
, {"stablehlo.and", {INTS{return x & y;
}
}
}
, {"stablehlo.atan2", {nullptr, inDouble<std::atan2>}},
    {"stablehlo.cbrt", {nullptr, inDouble<std::cbrt>}},
    {"stablehlo.ceil", {nullptr, round<APFloat::rmTowardPositive>}},
    {"stablehlo.cosine", {nullptr, inDouble<std::cos>}},
    {"stablehlo.count_leading_zeros",
     {INTS{return APInt(x.getBitWidth(), x.countl_zero());
}
}
}
, {"stablehlo.divide", {divide, FLOATS{return x / y;
}
}
}
, {"stablehlo.exponential", {nullptr, inDouble<std::exp>}},
    {"stablehlo.exponential_minus_one", {nullptr, inDouble<std::expm1>}},
    {"stablehlo.floor", {nullptr, round<APFloat::rmTowardNegative>}},
    {"stablehlo.log", {nullptr, inDouble<std::log>}},
    {"stablehlo.log_plus_one", {nullptr, inDouble<std::log1p>}},
    {"stablehlo.logistic", {nullptr, inDouble<logistic>}},
    {"stablehlo.maximum", {INTS{return (isSigned ? x.sgt(y) : x.ugt(y)) ? x : y;
}
, FLOATS { return llvm::maximum(x, y); }
}
}
, {"stablehlo.minimum", {INTS{return (isSigned ? x.slt(y) : x.ult(y)) ? x : y;
}
, FLOATS { return llvm::minimum(x, y); }
}
}
, {"stablehlo.multiply", {INTS{return x * y;
}
, FLOATS { return x * y; }
, COMPLEXES {
  return Complex(x.real() * y.real() - x.imag() * y.imag(),
                 x.real() * y.imag() + x.imag() * y.real());
}
}
}
, {"stablehlo.negate", {INTS{return -x;
}
, FLOATS { return -x; }
, COMPLEXES { return Complex(-x.real(), -x.imag()); }
}
}
, {"stablehlo.not", {INTS{return ~x;
}
}
}
, {"stablehlo.or", {INTS{return x | y;
}
}
}
, {"stablehlo.popcnt", {INTS{return APInt(x.getBitWidth(), x.popcount());
}
}
}
, {"stablehlo.power", {INTS{return power(x, y, isSigned);
}
, inDouble<std::pow>
}
}
, {"stablehlo.remainder", {remainder, FLOATS{return remainder(x, y);
}
}
}
,
    {"stablehlo.round_nearest_afz",
     {nullptr, round<APFloat::rmNearestTiesToAway>}},
    {"stablehlo.round_nearest_even",
     {nullptr, round<APFloat::rmNearestTiesToEven>}},
    {"stablehlo.rsqrt", {nullptr, inDouble<rsqrt>}},
    // Shifts by the width or more, which APInt's handle as StableHLO wants.
    {"stablehlo.shift_left", {INTS{return x.shl(y);
}
}
}
, {"stablehlo.shift_right_arithmetic", {INTS{return x.ashr(y);
}
}
}
, {"stablehlo.shift_right_logical", {INTS{return x.lshr(y);
}
}
}
, {"stablehlo.sign", {sign, sign}},
    {"stablehlo.sine", {nullptr, inDouble<std::sin>}},
    {"stablehlo.sqrt", {nullptr, inDouble<std::sqrt>}},
    {"stablehlo.subtract", {INTS{return x - y;
}
, FLOATS { return x - y; }
, COMPLEXES { return Complex(x.real() - y.real(), x.imag() - y.imag()); }
}
}
, {"stablehlo.tan", {nullptr, inDouble<std::tan>}},
    {"stablehlo.tanh", {nullptr, inDouble<std::tanh>}},
    {"stablehlo.xor", {INTS{return x ^ y;
}
}
}
,
}
;
auto found = kernels.find(name);
return found == kernels.end() ? nullptr : &found->second;
}

#undef INTS
#undef FLOATS
#undef COMPLEXES

/// The kernel's function on elements of a type.
static ElementFunction getKernelFunction(StringRef name, Type type) {
  const Kernel *kernel = getKernel(name);
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
  auto getKernelOf = [&](StringRef name) {
    return getKernelFunction(name, getElementTypeOrSelf(op->getResult(0)));
  };
  return llvm::TypeSwitch<Operation *, ElementFunction>(op)
      .Case<CompareOp, ConvertOp, BitcastConvertOp>(
          [](auto op) { return getFunction(op); })
      .Case([](SelectOp) {
        return [](Operands x) -> Result { return x[0].bits ? x[1] : x[2]; };
      })
      .Case([&](ClampOp) -> ElementFunction {
        ElementFunction max = getKernelOf("stablehlo.maximum");
        ElementFunction min = getKernelOf("stablehlo.minimum");
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
        return getKernelOf(op->getName().getStringRef());
      });
}

ElementFunction invhlo::getElementFunction(const Combiner &combiner) {
  if (combiner.isCommutative())
    return getElementFunction(combiner.getOp());
  if (combiner.replaces())
    return [](ArrayRef<Element> x) { return x[1]; };
  return nullptr;
}
