// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The four operations, powers and roots. Throughout, y is the result, x the
// unknown and k the known operand.

#include "invhlo/CHLO/CHLO.h"
#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/Rules.h"
#include <cmath>

using namespace mlir;
using namespace invhlo;

static bool isInteger(Operation *op) {
  return isa<IntegerType>(getElementTypeOrSelf(op->getResult(0).getType()));
}

static bool isBool(Operation *op) {
  return getElementTypeOrSelf(op->getResult(0).getType()).isInteger(1);
}

/// For which elements of a float or complex literal `test` holds, of both
/// parts; one bit for a splat. Empty for other literals.
template <typename Test>
static llvm::BitVector findAll(DenseElementsAttr literal, Test test) {
  llvm::BitVector found;
  auto visit = [&](auto values, auto holds) {
    if (literal.isSplat())
      return found.resize(1, holds(*values.begin()));
    for (const auto &value : values)
      found.push_back(holds(value));
  };
  Type type = literal.getElementType();
  if (isa<FloatType>(type))
    visit(literal.getValues<APFloat>(), test);
  else if (auto complex = dyn_cast<ComplexType>(type);
           complex && isa<FloatType>(complex.getElementType()))
    visit(literal.getValues<std::complex<APFloat>>(),
          [&](const std::complex<APFloat> &c) {
            return test(c.real()) && test(c.imag());
          });
  return found;
}

/// Whether `test` holds for every element of a float or complex literal.
template <typename Test>
static bool allOf(DenseElementsAttr literal, Test test) {
  llvm::BitVector found = findAll(literal, test);
  return !found.empty() && found.all();
}

static bool isZero(const APFloat &value) { return value.isZero(); }

/// The literal that the other operand of a binary op is, if it is one.
static DenseElementsAttr getOtherLiteral(Operation *op, unsigned unknown) {
  return getLiteral(op->getOperand(1 - unknown));
}

/// The elements of a float or complex literal that are not zero.
static std::optional<IndexSet> getNonZeros(Value value) {
  DenseElementsAttr literal = getLiteral(value);
  if (!literal || literal.isSplat())
    return std::nullopt;
  llvm::BitVector bits = findAll(literal, isZero);
  if (bits.empty())
    return std::nullopt;
  bits.flip();
  return IndexSet(getTensorType(value).getShape(),
                  Mask{SmallVector<int64_t, 4>(literal.getType().getShape()),
                       std::move(bits)});
}

/// Where zeros of the other operand leave the equation solvable.
static IndexSet getNonZeroDomain(Operation *op, unsigned unknown) {
  if (auto nonZeros = getNonZeros(op->getOperand(1 - unknown)))
    return *nonZeros;
  return Knowledge::wholeOf(op->getResult(0));
}

namespace {

/// y = x + k:  x = y - k.
struct AddRule : ElementwiseRule {
  StringRef refuse(Operation *op, unsigned) const override {
    return isBool(op) ? "a logical or does not determine its operands" : "";
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.sub(eq.result, eq.getOther());
  }
};

/// y = x - k:  x = y + k.   y = k - x:  x = k - y.
struct SubtractRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    return eq.unknown == 0 ? e.add(eq.result, eq.getOther())
                           : e.sub(eq.getOther(), eq.result);
  }
};

/// y = x k:  x = y / k,  log|dx/dy| = -log|k|. Of integers, modulo 2^n: odd
/// literals have an inverse.
struct MultiplyRule : ElementwiseRule {
  StringRef refuse(Operation *op, unsigned unknown) const override {
    DenseElementsAttr literal = getOtherLiteral(op, unknown);
    if (isBool(op))
      return "a logical and does not determine its operands";
    if (isInteger(op)) {
      bool odd = literal && llvm::all_of(literal.getValues<APInt>(),
                                         [](const APInt &k) { return k[0]; });
      return odd ? "" : "an integer factor is not known to be odd";
    }
    return literal && allOf(literal, isZero) ? "it multiplies by zero" : "";
  }
  /// A factor of a run may be zero.
  Solvability getSolvability(Operation *op, unsigned unknown) const override {
    return getOtherLiteral(op, unknown) ? Solvability::Always
                                        : Solvability::Conditionally;
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    Value k = eq.getOther();
    if (!isInteger(eq.op))
      return e.div(eq.result, k);
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
  IndexSet getDomain(Operation *op, unsigned unknown) const override {
    return getNonZeroDomain(op, unknown);
  }
  /// Zeros of a mask make zeros, whatever the other operand.
  void absorb(Operation *op, Knowledge &knowledge) const override {
    Value result = op->getResult(0);
    if (knowledge.knows(result))
      return;
    for (Value operand : op->getOperands())
      if (auto nonZeros = getNonZeros(operand))
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
  StringRef refuse(Operation *op, unsigned unknown) const override {
    if (isInteger(op))
      return "an integer division loses the remainder";
    DenseElementsAttr literal = getOtherLiteral(op, unknown);
    if (literal && allOf(literal, isZero))
      return unknown == 0 ? "it divides by zero" : "it divides zero";
    if (literal && unknown == 0 &&
        allOf(literal, [](const APFloat &k) { return k.isInfinity(); }))
      return "it divides by infinity";
    return "";
  }
  /// A numerator or denominator of a run may be zero.
  Solvability getSolvability(Operation *op, unsigned unknown) const override {
    return getOtherLiteral(op, unknown) ? Solvability::Always
                                        : Solvability::Conditionally;
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
  IndexSet getDomain(Operation *op, unsigned unknown) const override {
    return getNonZeroDomain(op, unknown);
  }
};

/// y = -x.
struct NegateRule : ElementwiseRule {
  Value invert(Emitter &e, const Equation &eq) const override {
    return e.neg(eq.result);
  }
};

/// y = x^p:  x = y^(1/p),  log|dx/dy| = -log|p| + (1/p - 1) log|y|, for x >= 0;
/// odd integers p take negative x too. Complex:  log|x| - log|y| - log|p|,
/// since |y^(1/p)| is no power of |y|. y = b^x:  x = log y / log b,  log|dx/dy|
/// = -log|log b| - log y.
struct PowerRule : ElementwiseRule {
  static std::optional<double> getExponent(Operation *op) {
    DenseElementsAttr literal = getLiteral(op->getOperand(1));
    if (!literal || !literal.isSplat() ||
        !isa<FloatType>(literal.getElementType()))
      return std::nullopt;
    APFloat value = literal.getSplatValue<APFloat>();
    bool losesInfo;
    value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                  &losesInfo);
    return value.convertToDouble();
  }
  StringRef refuse(Operation *op, unsigned unknown) const override {
    if (isInteger(op))
      return "an integer power is not invertible modulo 2^n";
    DenseElementsAttr literal = getOtherLiteral(op, unknown);
    if (literal && unknown == 0 && allOf(literal, isZero))
      return "its exponent is zero";
    if (literal && unknown == 1 &&
        (allOf(literal, isZero) || allOf(literal, [](const APFloat &b) {
           return b.isExactlyValue(1.0);
         })))
      return "its base is zero or one";
    return "";
  }
  /// Even powers have two roots.
  Solvability getSolvability(Operation *op, unsigned unknown) const override {
    if (isComplex(op->getResult(0)))
      return Solvability::ByBranch;
    if (unknown == 1)
      return Solvability::Conditionally;
    std::optional<double> p = getExponent(op);
    bool isOneToOne = p && std::fmod(*p, 2) != 0;
    return isOneToOne ? Solvability::Always : Solvability::ByBranch;
  }
  Value invert(Emitter &e, const Equation &eq) const override {
    Value y = eq.result, k = eq.getOther();
    if (eq.unknown == 1) {
      Value logB = e.log(k);
      return e.div(e.log(y), logB);
    }
    std::optional<double> p = getExponent(eq.op);
    if (isComplex(y))
      p.reset();
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
    Value exponent = e.div(e.fill(1, k), k);
    bool isOdd = p && std::fmod(std::fabs(*p), 2) == 1;
    if (!isOdd)
      return e.create<stablehlo::PowOp>(y, exponent);
    Value root = e.create<stablehlo::PowOp>(e.abs(y), exponent);
    return e.mul(e.create<stablehlo::SignOp>(y), root);
  }
  Value logDet(Emitter &e, const Equation &eq, Value x) const override {
    Value k = eq.getOther(), logY = e.logAbs(eq.result);
    if (eq.unknown == 1) {
      Value logLogB = e.logAbs(e.log(k));
      return e.neg(e.add(logLogB, logY));
    }
    Value logP = e.logAbs(k);
    if (isComplex(x)) {
      Value logX = e.logAbs(x);
      return e.sub(e.sub(logX, logY), logP);
    }
    Value slope = e.shift(-1, e.div(e.fill(1, k), k));
    return e.sub(e.mul(slope, logY), logP);
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
