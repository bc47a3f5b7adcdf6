// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The four operations, powers and roots. Throughout, y is the result, x the
// unknown and k the known operand.

#include "invhlo/CHLO/CHLO.h"
#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/Rules.h"
#include <cmath>
#include <limits>

using namespace mlir;
using namespace invhlo;

static bool isInteger(Operation *op) {
  return isa<IntegerType>(getElementTypeOrSelf(op->getResult(0).getType()));
}

static bool isBool(Operation *op) {
  return getElementTypeOrSelf(op->getResult(0).getType()).isInteger(1);
}

/// Whether all elements are odd integers, as those whose lowest bit is set.
static bool isOdd(Value value) {
  if (DenseElementsAttr literal = getLiteral(value)) {
    bool isOdd = isa<IntegerType>(literal.getElementType());
    forEachInteger(literal, [&](size_t, const APInt &k) { isOdd &= k[0]; });
    return isOdd;
  }
  Operation *op = value.getDefiningOp();
  auto isOperandOdd = [](Value operand) { return isOdd(operand); };
  if (isa_and_nonnull<stablehlo::OrOp>(op))
    return llvm::any_of(op->getOperands(), isOperandOdd);
  return isa_and_nonnull<stablehlo::BroadcastInDimOp, stablehlo::ReshapeOp>(
             op) &&
         llvm::all_of(op->getOperands(), isOperandOdd);
}

/// The inverse of an odd integer modulo 2^n.
static APInt getInverse(const APInt &k) {
  APInt inverse = k;
  for (unsigned bits = 3; bits < k.getBitWidth(); bits *= 2)
    inverse *= 2 - k * inverse;
  return inverse;
}

/// The literal that the other operand of a binary op is, if it is one.
static DenseElementsAttr getOtherLiteral(Operation *op, unsigned unknown) {
  return getLiteral(op->getOperand(1 - unknown));
}

/// Whether XLA's CPUs take `k` for zero: it is subnormal in what `op` computes
/// in.
static bool isFlushed(Operation *op, std::complex<double> k) {
  Type type = getElementTypeOrSelf(op->getResult(0).getType());
  if (auto complex = dyn_cast<ComplexType>(type))
    type = complex.getElementType();
  double least = type.isF64() ? std::numeric_limits<double>::min()
                              : std::numeric_limits<float>::min();
  return std::abs(k) < least;
}

/// An exponential is no zero, and its logarithm is better left to see.
static bool isExponential(Value factor) {
  return bool(factor.getDefiningOp<stablehlo::ExpOp>());
}

namespace {

/// y = x + k:  x = y - k.
struct AddRule : ElementwiseRule {
  Coupling getCoupling(Operation *, unsigned) const override {
    return Coupling::Affine;
  }
  Smoothness getSmoothness() const override { return Smoothness::BothWays; }
  StringRef refuse(Operation *op, unsigned) const override {
    return isBool(op) ? "a logical or does not determine its operands" : "";
  }
  StringRef refuseLiteral(Operation *, unsigned,
                          std::complex<double> k) const override {
    return isFinite(k) ? "" : "it adds what is not finite";
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.sub(eq.result, eq.getOther());
  }
};

/// y = x - k:  x = y + k.   y = k - x:  x = k - y.
struct SubtractRule : ElementwiseRule {
  Coupling getCoupling(Operation *, unsigned) const override {
    return Coupling::Affine;
  }
  Smoothness getSmoothness() const override { return Smoothness::BothWays; }
  StringRef refuseLiteral(Operation *, unsigned,
                          std::complex<double> k) const override {
    return isFinite(k) ? "" : "it subtracts what is not finite";
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    return eq.unknown == 0 ? e.add(eq.result, eq.getOther())
                           : e.sub(eq.getOther(), eq.result);
  }
};

/// Where the factor or divisor of a run can be divided by; literals are judged
/// beforehand.
static Value getFactorCondition(Emitter &e, const Equation &eq) {
  return getOtherLiteral(eq.op, eq.unknown) ? Value()
                                            : isInvertible(e, eq.getOther());
}

/// y = x k:  x = y / k,  log|dx/dy| = -log|k|. Of integers, modulo 2^n: odd
/// ones have an inverse.
struct MultiplyRule : ElementwiseRule {
  Coupling getCoupling(Operation *, unsigned) const override {
    return Coupling::Affine;
  }
  Smoothness getSmoothness() const override { return Smoothness::Forward; }
  bool isNeverSingular(Value operand) const override {
    return isExponential(operand);
  }
  StringRef refuse(Operation *op, unsigned unknown) const override {
    if (isBool(op))
      return "a logical and does not determine its operands";
    return isInteger(op) && !getOtherLiteral(op, unknown) &&
                   !isOdd(op->getOperand(1 - unknown))
               ? "an integer factor is not known to be odd"
               : "";
  }
  StringRef refuseInteger(const APInt &k) const override {
    return k[0] ? "" : "it multiplies by an even integer";
  }
  StringRef refuseLiteral(Operation *op, unsigned,
                          std::complex<double> k) const override {
    if (k == 0.)
      return "it multiplies by zero";
    if (isFlushed(op, k))
      return "it multiplies by a subnormal number, which counts as zero";
    return isFinite(k) ? "" : "it multiplies by what is not finite";
  }
  /// A factor of a run may be zero.
  Solvability getSolvability(Operation *op, unsigned unknown) const override {
    return getOtherLiteral(op, unknown) ? Solvability::Always
                                        : Solvability::Conditionally;
  }
  Value getCondition(Emitter &e, const Equation &eq) const override {
    return getFactorCondition(e, eq);
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    Value k = eq.getOther();
    if (!isInteger(eq.op))
      return e.div(eq.result, k);
    if (DenseElementsAttr literal = getConstant(k))
      return e.mul(eq.result, e.create<stablehlo::ConstantOp>(literal.mapValues(
                                  literal.getElementType(), getInverse)));
    // Newton's iteration doubles the number of right bits; k itself, as its
    // own inverse, is right in three.
    Value inverse = k;
    unsigned width = eq.type.getElementTypeBitWidth();
    for (unsigned bits = 3; bits < width; bits *= 2)
      inverse = e.mul(inverse, e.reflect(2, e.mul(k, inverse)));
    return e.mul(eq.result, inverse);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.neg(e.logAbs(eq.getOther()));
  }
  /// Zeros of a mask make zeros, whatever the other operand.
  void absorb(Operation *op, Knowledge &knowledge) const override {
    Value result = op->getResult(0);
    if (knowledge.knows(result))
      return;
    for (Value operand : op->getOperands())
      if (auto nonZeros =
              getNonZeros(operand, getTensorType(result).getShape()))
        for (const IndexSet &zeros :
             Knowledge::wholeOf(result).subtract(*nonZeros)) {
          if (knowledge.knows(result, zeros))
            continue;
          Emitter e(knowledge.getBuilder(), op->getLoc());
          auto type = getTensorType(result).clone(zeros.getDataShape());
          knowledge.learn(result, zeros, Known{e.fill(0, type), {}});
        }
  }
};

/// y = x / k:  x = y k,  log|dx/dy| = log|k|.
/// y = k / x:  x = k / y,  log|dx/dy| = log|k| - 2 log|y|.
struct DivideRule : ElementwiseRule {
  Coupling getCoupling(Operation *op, unsigned operand) const override {
    return operand > 0                   ? Coupling::Smooth
           : isReal(op->getResult(0))    ? Coupling::Affine
           : isComplex(op->getResult(0)) ? Coupling::Affine
                                         : Coupling::Opaque;
  }
  bool isNeverSingular(Value operand) const override {
    return isExponential(operand);
  }
  StringRef refuse(Operation *op, unsigned) const override {
    return isInteger(op) ? "an integer division loses the remainder" : "";
  }
  StringRef refuseLiteral(Operation *op, unsigned unknown,
                          std::complex<double> k) const override {
    if (k == 0.)
      return unknown == 0 ? "it divides by zero" : "it divides zero";
    if (isFlushed(op, k))
      return "it divides by or divides a subnormal number, which counts as "
             "zero";
    if (isFinite(k))
      return "";
    return unknown == 0 ? "it divides by what is not finite"
                        : "it divides what is not finite";
  }
  /// A numerator or denominator of a run may be zero.
  Solvability getSolvability(Operation *op, unsigned unknown) const override {
    return getOtherLiteral(op, unknown) ? Solvability::Always
                                        : Solvability::Conditionally;
  }
  Value getCondition(Emitter &e, const Equation &eq) const override {
    return getFactorCondition(e, eq);
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    return eq.unknown == 0 ? e.mul(eq.result, eq.getOther())
                           : e.div(eq.getOther(), eq.result);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    Value logK = e.logAbs(eq.getOther());
    if (eq.unknown == 0)
      return logK;
    Value logY = e.logAbs(eq.result);
    return e.sub(logK, e.scale(2, logY));
  }
};

/// y = -x.
struct NegateRule : ElementwiseRule {
  Coupling getCoupling(Operation *, unsigned) const override {
    return Coupling::Affine;
  }
  Smoothness getSmoothness() const override { return Smoothness::BothWays; }
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.neg(eq.result);
  }
};

/// y = x^p:  x = y^(1/p),  log|dx/dy| = -log|p| + (1/p - 1) log|y|, for x >= 0;
/// odd integers p take negative x too. Complex:  log|x| - log|y| - log|p|,
/// since |y^(1/p)| is no power of |y|. y = b^x:  x = log y / log b,  log|dx/dy|
/// = -log|log b| - log y.
struct PowerRule : ElementwiseRule {
  /// The literal that the known operand is in all elements, if it is one.
  static std::optional<double> getNumber(const Equation &eq) {
    DenseElementsAttr literal = getOtherLiteral(eq.op, eq.unknown);
    std::optional<double> number;
    if (literal && literal.isSplat() && !isComplex(eq.result))
      forEachNumber(literal,
                    [&](size_t, std::complex<double> k) { number = k.real(); });
    return number;
  }
  StringRef refuse(Operation *op, unsigned) const override {
    return isInteger(op) ? "an integer power is not invertible modulo 2^n" : "";
  }
  StringRef refuseLiteral(Operation *op, unsigned unknown,
                          std::complex<double> k) const override {
    if (!isFinite(k))
      return unknown == 0 ? "its exponent is not finite"
                          : "its base is not finite";
    if (unknown == 0)
      return k == 0. ? "its exponent is zero" : "";
    if (k == 0. || k == 1.)
      return "its base is zero or one";
    return !isComplex(op->getResult(0)) && k.real() < 0 ? "its base is negative"
                                                        : "";
  }
  /// Even powers have two roots.
  Solvability getSolvability(Operation *op, unsigned unknown) const override {
    if (isComplex(op->getResult(0)))
      return Solvability::ByBranch;
    if (unknown == 1)
      return getLiteral(op->getOperand(0)) ? Solvability::Always
                                           : Solvability::Conditionally;
    DenseElementsAttr literal = getLiteral(op->getOperand(1));
    bool isOneToOne = bool(literal);
    if (literal)
      forEachNumber(literal, [&](size_t, std::complex<double> p) {
        isOneToOne = isOneToOne && std::fmod(p.real(), 2) != 0;
      });
    return isOneToOne ? Solvability::Always : Solvability::ByBranch;
  }
  /// A base of a run may be one, or no base at all.
  Value getCondition(Emitter &e, const Equation &eq) const override {
    if (eq.unknown == 0 || isComplex(eq.result) || isLiteral(eq))
      return {};
    return isInvertible(e, e.log(eq.getOther()));
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    Value y = eq.result;
    if (eq.unknown == 1)
      return getExponent(e, eq);
    std::optional<double> p = getNumber(eq);
    if (p == 0.5)
      return e.nanIfNegative(y, e.mul(y, y));
    if (p == -1)
      return e.div(e.fill(1, y), y);
    if (p == 2)
      return e.create<stablehlo::SqrtOp>(y);
    if (p == -0.5) {
      Value reciprocal = e.div(e.fill(1, y), y);
      return e.nanIfNegative(y, e.mul(reciprocal, reciprocal));
    }
    if (p == 3)
      return e.create<stablehlo::CbrtOp>(y);
    Value k = eq.getOther();
    Value exponent = e.div(e.fill(1, k), k);
    auto root = [&](Value v) {
      return e.create<stablehlo::PowOp>(v, exponent);
    };
    if (isComplex(y))
      return root(y);
    if (p)
      return isOdd(*p) ? e.odd(y, root) : e.nanIfNegative(y, root(y));
    Value x = e.odd(y, root);
    Value two = e.fill(2, k);
    Value remainder = e.create<stablehlo::RemOp>(e.abs(k), two);
    Value isEvenOrNone = e.differ(remainder, e.fill(1, k));
    Value isNegative = e.less(y, e.fill(0, y));
    Value isLost = e.create<stablehlo::AndOp>(isEvenOrNone, isNegative);
    return isLiteral(eq) ? e.nanIf(isLost, x)
                         : nanIfDegenerate(e, exponent, e.nanIf(isLost, x));
  }
  static bool isOdd(double p) { return std::fmod(std::fabs(p), 2) == 1; }
  static bool isLiteral(const Equation &eq) {
    return bool(getOtherLiteral(eq.op, eq.unknown));
  }
  /// NaN where `k` is zero or not finite.
  static Value nanIfDegenerate(Emitter &e, Value k, Value x) {
    Value nan = e.nan(x);
    return e.select(isInvertible(e, k), x, nan);
  }
  static Value getExponent(Emitter &e, const Equation &eq) {
    Value logB = e.log(eq.getOther());
    Value x = e.div(e.log(eq.result), logB);
    if (isComplex(x) || isLiteral(eq))
      return x;
    return nanIfDegenerate(e, logB, x);
  }
  Value logDet(Emitter &e, const Equation &eq, Value x) const override {
    Value k = eq.getOther(), y = eq.result;
    if (eq.unknown == 1) {
      Value logLogB = e.logAbs(e.log(k));
      return e.neg(e.add(logLogB, e.logAbs(y)));
    }
    Value logP = e.logAbs(k);
    if (isComplex(x)) {
      Value logX = e.logAbs(x);
      return e.sub(e.sub(logX, e.logAbs(y)), logP);
    }
    Value slope = e.shift(-1, e.div(e.fill(1, k), k));
    // Of a first power the logarithm of zero does not count.
    if (!getNumber(eq))
      y = e.guard(e.differ(slope, e.fill(0, slope)), y, 1);
    return e.sub(e.mul(slope, e.logAbs(y)), logP);
  }
};

/// y = sqrt(x), the root with y >= 0:  x = y^2,  log|dx/dy| = log 2|y|. As with
/// all roots, no x has a negative y.
struct SqrtRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.nanIfNegative(eq.result, e.mul(eq.result, eq.result));
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.shift(M_LN2, e.logAbs(eq.result));
  }
};

/// y = 1 / sqrt(x):  x = (1/y)^2,  log|dx/dy| = log 2 - 3 log|y|.
struct RsqrtRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    Value root = e.div(e.fill(1, eq.result), eq.result);
    return e.nanIfNegative(eq.result, e.mul(root, root));
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.shift(M_LN2, e.scale(-3, e.logAbs(eq.result)));
  }
};

/// y = cbrt(x):  x = y^3,  log|dx/dy| = log 3 + 2 log|y|.
struct CbrtRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.mul(e.mul(eq.result, eq.result), eq.result);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.shift(std::log(3.), e.scale(2, e.logAbs(eq.result)));
  }
};

/// y = x^2, the branch x >= 0 (complex: Re x >= 0):  x = sqrt(y),
/// log|dx/dy| = -log 2 - log|y| / 2.
struct SquareRule : ElementwiseRule {
  Solvability getSolvability(Operation *, unsigned) const override {
    return Solvability::ByBranch;
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.create<stablehlo::SqrtOp>(eq.result);
  }
  Value logDet(Emitter &e, const Equation &eq, Value) const override {
    return e.shift(-M_LN2, e.scale(-0.5, e.logAbs(eq.result)));
  }
};

/// y = |x|, the branch x >= 0; no real x has a negative y.
struct AbsRule : ElementwiseRule {
  StringRef refuse(Operation *op, unsigned) const override {
    if (isComplex(op->getOperand(0)))
      return "the modulus loses the angle";
    return isInteger(op) ? "it loses the sign" : "";
  }
  Solvability getSolvability(Operation *, unsigned) const override {
    return Solvability::ByBranch;
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.nanIfNegative(eq.result, eq.result);
  }
};

struct LosesQuotient {
  static constexpr llvm::StringLiteral text = "it loses the quotient";
};
struct LosesTheSmaller {
  static constexpr llvm::StringLiteral text =
      "it loses the operand that is not taken";
};

} // namespace

void invhlo::attachArithmeticRules(MLIRContext *context) {
  attachElementwise<stablehlo::AddOp, AddRule>(context);
  attachElementwise<stablehlo::SubtractOp, SubtractRule>(context);
  attachElementwise<stablehlo::MulOp, MultiplyRule>(context);
  attachElementwise<stablehlo::DivOp, DivideRule>(context);
  attachElementwise<stablehlo::NegOp, NegateRule>(context);
  attachElementwise<stablehlo::PowOp, PowerRule>(context);
  attachElementwise<stablehlo::AbsOp, AbsRule>(context);
  attachElementwise<stablehlo::SqrtOp, SqrtRule>(context);
  attachElementwise<stablehlo::RsqrtOp, RsqrtRule>(context);
  attachElementwise<stablehlo::CbrtOp, CbrtRule>(context);
  attachElementwise<chlo::SquareOp, SquareRule>(context);
  attachElementwiseRefusal<LosesQuotient, stablehlo::RemOp>(context);
  attachElementwiseRefusal<LosesTheSmaller, stablehlo::MaxOp, stablehlo::MinOp,
                           stablehlo::ClampOp>(context);
  attachElementwiseRefusal<
      ManyToOne, stablehlo::CeilOp, stablehlo::FloorOp, stablehlo::RoundOp,
      stablehlo::RoundNearestEvenOp, stablehlo::SignOp, stablehlo::IsFiniteOp,
      stablehlo::CompareOp, chlo::IsInfOp, chlo::IsPosInfOp, chlo::IsNegInfOp,
      chlo::MulhiOp, chlo::NextAfterOp>(context);
}
