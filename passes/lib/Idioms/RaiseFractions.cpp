// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Cone.h"
#include "invhlo/CHLO/CHLO.h"
#include "invhlo/Idioms/Passes.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Spans/Curve.h"
#include "invhlo/Spans/Spans.h"
#include "invhlo/StableHLO/Emission.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace invhlo {
#define GEN_PASS_DEF_RAISEFRACTIONSPASS
#include "invhlo/Idioms/Passes.h.inc"
} // namespace invhlo

/// The most terms of a polynomial: of quadratic ones the roots are known.
static constexpr unsigned kMostTerms = 3;

/// Whether `op` computes fractions of fractions.
static bool isArithmetic(Operation *op) {
  if (!isa<AddOp, SubtractOp, MulOp, DivOp, NegOp, chlo::SquareOp>(op))
    return false;
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  return type && type.hasStaticShape() &&
         isa<FloatType, ComplexType>(type.getElementType());
}

namespace {
/// A number, or a value that the program computes.
struct Coefficient {
  Coefficient(double number = 0) : number(number) {}
  Coefficient(Value value) : value(value) {}

  double number = 0;
  Value value;

  bool is(double other) const { return !value && number == other; }
  bool operator==(const Coefficient &other) const {
    return value == other.value && number == other.number;
  }
};

/// A polynomial in x, of the constant term first; no term is zero for nothing.
using Polynomial = SmallVector<Coefficient, 3>;

/// A quotient of polynomials.
struct Fraction {
  Polynomial numerator, denominator;

  /// Whether it does not depend on x.
  bool isConstant() const {
    return numerator.size() <= 1 && denominator.size() <= 1;
  }
  unsigned getDegree() const {
    return std::max(numerator.size(), denominator.size()) - 1;
  }
};

/// Says which fraction of `base` a value is, and builds its coefficients.
class FractionReader {
public:
  FractionReader(const Cone &cone, Value base, OpBuilder &b, Location loc)
      : cone(cone), base(base), b(b), loc(loc),
        type(cast<RankedTensorType>(base.getType())) {
    auto real = dyn_cast<FloatType>(type.getElementType());
    if (real && real.getWidth() < 32)
      type = type.clone(b.getF32Type());
  }

  std::optional<Fraction> read(Value value);
  Value build(const Coefficient &coefficient) {
    if (coefficient.value)
      return coefficient.value;
    return createSplat(b, loc, type, coefficient.number);
  }

private:
  std::optional<Fraction> readOp(Operation *op);
  /// The quotient of a polynomial by another, if they are of no high degree.
  static std::optional<Fraction> divide(Polynomial numerator,
                                        Polynomial denominator);
  std::optional<Fraction> add(const Fraction &f, const Fraction &g);
  std::optional<Fraction> multiply(const Fraction &f, const Fraction &g);
  Polynomial add(const Polynomial &f, const Polynomial &g);
  Polynomial multiply(const Polynomial &f, const Polynomial &g);
  Fraction negate(Fraction f) {
    for (Coefficient &term : f.numerator)
      term = negate(term);
    return f;
  }

  Value widen(Value value) {
    if (value.getType() == type)
      return value;
    return ConvertOp::create(b, loc, type, value);
  }
  Coefficient add(const Coefficient &x, const Coefficient &y) {
    if (x.is(0) || y.is(0))
      return x.is(0) ? y : x;
    if (!x.value && !y.value)
      return x.number + y.number;
    Value lhs = build(x), rhs = build(y);
    return Value(AddOp::create(b, loc, lhs, rhs));
  }
  Coefficient multiply(const Coefficient &x, const Coefficient &y) {
    if (x.is(0) || y.is(0))
      return 0;
    if (x.is(1) || y.is(1))
      return x.is(1) ? y : x;
    if (!x.value && !y.value)
      return x.number * y.number;
    Value lhs = build(x), rhs = build(y);
    return Value(MulOp::create(b, loc, lhs, rhs));
  }
  Coefficient negate(const Coefficient &x) {
    if (!x.value)
      return -x.number;
    return Value(NegOp::create(b, loc, x.value));
  }

  const Cone &cone;
  Value base;
  OpBuilder &b;
  Location loc;
  /// That of coefficients, of which narrow ones would lose too much.
  RankedTensorType type;
  llvm::DenseMap<Value, std::optional<Fraction>> fractions;
};
} // namespace

Polynomial FractionReader::add(const Polynomial &f, const Polynomial &g) {
  Polynomial sum(std::max(f.size(), g.size()));
  for (auto [i, term] : llvm::enumerate(sum))
    term = add(i < f.size() ? f[i] : 0, i < g.size() ? g[i] : 0);
  while (!sum.empty() && sum.back().is(0))
    sum.pop_back();
  return sum;
}

Polynomial FractionReader::multiply(const Polynomial &f, const Polynomial &g) {
  Polynomial product;
  for (auto [i, term] : llvm::enumerate(f)) {
    Polynomial shifted(i);
    for (const Coefficient &other : g)
      shifted.push_back(multiply(term, other));
    product = add(product, shifted);
  }
  return product;
}

std::optional<Fraction> FractionReader::divide(Polynomial numerator,
                                               Polynomial denominator) {
  Fraction f{std::move(numerator), std::move(denominator)};
  if (f.denominator.empty() || f.numerator.size() > kMostTerms ||
      f.denominator.size() > kMostTerms)
    return std::nullopt;
  return f;
}

std::optional<Fraction> FractionReader::add(const Fraction &f,
                                            const Fraction &g) {
  if (llvm::equal(f.denominator, g.denominator))
    return divide(add(f.numerator, g.numerator), f.denominator);
  return divide(add(multiply(f.numerator, g.denominator),
                    multiply(g.numerator, f.denominator)),
                multiply(f.denominator, g.denominator));
}

std::optional<Fraction> FractionReader::multiply(const Fraction &f,
                                                 const Fraction &g) {
  return divide(multiply(f.numerator, g.numerator),
                multiply(f.denominator, g.denominator));
}

std::optional<Fraction> FractionReader::read(Value value) {
  value = lookThroughPrimitives(value);
  if (value == base)
    return Fraction{{0, 1}, {1}};
  auto [it, isNew] = fractions.try_emplace(value);
  if (!isNew)
    return it->second;
  std::optional<Fraction> fraction;
  Operation *op = value.getDefiningOp();
  if (op && cone.ops.contains(op))
    fraction = readOp(op);
  else if (std::optional<double> number = getNumber(value))
    fraction = *number == 0 ? Fraction{{}, {1}} : Fraction{{*number}, {1}};
  // Elements of a literal may be lost one by one.
  else if (DenseElementsAttr literal;
           !matchPattern(value, m_Constant(&literal)) || literal.isSplat())
    fraction = Fraction{{widen(value)}, {1}};
  fractions[value] = fraction;
  return fraction;
}

std::optional<Fraction> FractionReader::readOp(Operation *op) {
  std::optional<Fraction> f = read(op->getOperand(0));
  if (!f || isa<NegOp>(op))
    return f ? std::optional(negate(*f)) : f;
  if (isa<chlo::SquareOp>(op))
    return multiply(*f, *f);
  std::optional<Fraction> g = read(op->getOperand(1));
  if (!g)
    return g;
  if (isa<AddOp>(op))
    return add(*f, *g);
  if (isa<SubtractOp>(op))
    return add(*f, negate(*g));
  return multiply(*f,
                  isa<MulOp>(op) ? *g : Fraction{g->denominator, g->numerator});
}

namespace {
struct RaiseFractionsPass
    : invhlo::impl::RaiseFractionsPassBase<RaiseFractionsPass> {
  void runOnOperation() override {
    getOperation().walk([](Block *block) { raise(*block); });
  }

  static void raise(Block &block) {
    ConeFinder finder(block, isArithmetic);
    forEachRoot(block, [&](Operation *op) -> SmallVector<Operation *> {
      std::optional<Cone> cone =
          isArithmetic(op) ? finder.find(op) : std::nullopt;
      if (!cone)
        return {};
      for (Value leaf : cone->leaves)
        if (!finder.isKnown(leaf) && countUses(*cone, leaf) > 1 &&
            raise(*cone, leaf))
          return cone->ops.takeVector();
      return {};
    });
  }

  static int64_t countUses(const Cone &cone, Value leaf) {
    return llvm::count_if(leaf.getUses(), [&](OpOperand &use) {
      return cone.ops.contains(use.getOwner());
    });
  }

  /// Whether it does not tell x.
  static bool isLost(const Fraction &f) {
    if (f.isConstant() || f.numerator.empty())
      return true;
    auto getNumber = [](const Polynomial &polynomial,
                        unsigned i) -> std::optional<double> {
      if (i >= polynomial.size())
        return 0;
      return polynomial[i].value ? std::nullopt
                                 : std::optional(polynomial[i].number);
    };
    std::optional<double> a = getNumber(f.numerator, 1),
                          b = getNumber(f.numerator, 0),
                          c = getNumber(f.denominator, 1),
                          d = getNumber(f.denominator, 0);
    return f.getDegree() == 1 && a && b && c && d && *a * *d == *b * *c;
  }

  /// Whether it is a multiple of a power of x, and more than a factor.
  static bool isMonomial(const Fraction &f) {
    auto isOneTerm = [](const Polynomial &polynomial) {
      return llvm::all_of(ArrayRef(polynomial).drop_back(),
                          [](const Coefficient &x) { return x.is(0); });
    };
    return f.getDegree() == 2 && isOneTerm(f.numerator) &&
           isOneTerm(f.denominator);
  }

  /// Whether a function falls in the middle of an interval of x, if it is known
  /// where x is.
  static bool falls(const Fraction &f, double middle) {
    // p q' - p' q of the numerator p and the denominator q.
    auto evaluate = [&](const Polynomial &polynomial) {
      std::pair<double, double> both(0, 0);
      for (const Coefficient &term : llvm::reverse(polynomial)) {
        both.second = both.second * middle + both.first;
        both.first =
            both.first * middle + (term.value ? std::nan("") : term.number);
      }
      return both;
    };
    auto [p, slopeOfP] = evaluate(f.numerator);
    auto [q, slopeOfQ] = evaluate(f.denominator);
    double slope = slopeOfP * q - p * slopeOfQ;
    return q > 0 ? slope < 0 : slope > 0;
  }

  /// A number that `base` is near in the block, which is NaN if that is not
  /// known: in the arm of a curve, in the middle of its interval.
  static double getPlace(Block &block, Value base) {
    auto piecewise = dyn_cast<PiecewiseOp>(block.getParentOp());
    auto curve = piecewise ? Curve::get(piecewise.getArms()) : std::nullopt;
    if (!curve)
      return std::nan("");
    const Arc &arc = curve->arcs[block.getParent()->getRegionNumber()];
    return Spans(curve->x, arc.where).get(base).middle;
  }

  static bool raise(const Cone &cone, Value base) {
    Operation *root = cone.ops.front();
    Value value = root->getResult(0);
    OpBuilder b(root->getContext());
    b.setInsertionPointAfter(root);
    FractionReader reader(cone, base, b, root->getLoc());
    std::optional<Fraction> f = reader.read(value);
    if (!f || isLost(*f) || isMonomial(*f) ||
        (f->getDegree() == 2 && !isa<FloatType>(getElementTypeOrSelf(value))))
      return false;
    SmallVector<Value> coefficients;
    unsigned degree = f->getDegree();
    for (const Polynomial &polynomial : {f->numerator, f->denominator})
      for (unsigned i = degree + 1; i-- > 0;)
        coefficients.push_back(reader.build(
            i < polynomial.size() ? polynomial[i] : Coefficient()));
    SmallVector<Value> operands{base};
    llvm::append_range(operands, coefficients);
    operands.push_back(value);
    StringRef name = degree == 1 ? FractionOp::getOperationName()
                                 : QuadraticOp::getOperationName();
    Operation *raised = b.create(root->getLoc(), b.getStringAttr(name),
                                 operands, value.getType());
    if (auto quadratic = dyn_cast<QuadraticOp>(raised))
      quadratic.setFalls(falls(*f, getPlace(*root->getBlock(), base)));
    value.replaceAllUsesExcept(raised->getResult(0), raised);
    return true;
  }
};
} // namespace
