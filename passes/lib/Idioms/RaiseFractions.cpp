// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Cone.h"
#include "invhlo/Idioms/Passes.h"
#include "invhlo/Invhlo/Invhlo.h"
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

/// Whether `op` computes fractions of fractions.
static bool isArithmetic(Operation *op) {
  if (!isa<AddOp, SubtractOp, MulOp, DivOp, NegOp>(op))
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
};

/// (a x + b) / (c x + d).
struct Fraction {
  Coefficient a, b, c, d = 1;

  /// Whether it does not depend on x.
  bool isConstant() const { return a.is(0) && c.is(0); }
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
  std::optional<Fraction> add(const Fraction &f, const Fraction &g);
  std::optional<Fraction> multiply(const Fraction &f, const Fraction &g);
  static Fraction invert(const Fraction &f) { return {f.c, f.d, f.a, f.b}; }
  Fraction negate(const Fraction &f) {
    return {negate(f.a), negate(f.b), f.c, f.d};
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

std::optional<Fraction> FractionReader::add(const Fraction &f,
                                            const Fraction &g) {
  if (!f.c.is(0) && !g.c.is(0))
    return std::nullopt;
  if (f.c.is(0) && !g.c.is(0))
    return add(g, f);
  // (a x + b) / (c x + d) + (p x + q) / s, which is of x^2 if c and p are.
  if (!f.c.is(0) && !g.a.is(0))
    return std::nullopt;
  return Fraction{
      add(multiply(f.a, g.d), add(multiply(g.a, f.d), multiply(g.b, f.c))),
      add(multiply(f.b, g.d), multiply(g.b, f.d)), multiply(f.c, g.d),
      multiply(f.d, g.d)};
}

std::optional<Fraction> FractionReader::multiply(const Fraction &f,
                                                 const Fraction &g) {
  bool isLinear = (f.a.is(0) || g.a.is(0)) && (f.c.is(0) || g.c.is(0));
  if (!isLinear)
    return std::nullopt;
  return Fraction{
      add(multiply(f.a, g.b), multiply(f.b, g.a)), multiply(f.b, g.b),
      add(multiply(f.c, g.d), multiply(f.d, g.c)), multiply(f.d, g.d)};
}

std::optional<Fraction> FractionReader::read(Value value) {
  value = lookThroughPrimitives(value);
  if (value == base)
    return Fraction{1, 0, 0, 1};
  auto [it, isNew] = fractions.try_emplace(value);
  if (!isNew)
    return it->second;
  std::optional<Fraction> fraction;
  Operation *op = value.getDefiningOp();
  if (op && cone.ops.contains(op))
    fraction = readOp(op);
  else if (std::optional<double> number = getNumber(value))
    fraction = Fraction{0, *number, 0, 1};
  // Elements of a literal may be lost one by one.
  else if (DenseElementsAttr literal;
           !matchPattern(value, m_Constant(&literal)) || literal.isSplat())
    fraction = Fraction{0, widen(value), 0, 1};
  fractions[value] = fraction;
  return fraction;
}

std::optional<Fraction> FractionReader::readOp(Operation *op) {
  std::optional<Fraction> f = read(op->getOperand(0));
  if (!f || isa<NegOp>(op))
    return f ? std::optional(negate(*f)) : f;
  std::optional<Fraction> g = read(op->getOperand(1));
  if (!g)
    return g;
  if (isa<AddOp>(op))
    return add(*f, *g);
  if (isa<SubtractOp>(op))
    return add(*f, negate(*g));
  return multiply(*f, isa<MulOp>(op) ? *g : invert(*g));
}

namespace {
struct RaiseFractionsPass
    : invhlo::impl::RaiseFractionsPassBase<RaiseFractionsPass> {
  void runOnOperation() override {
    getOperation().walk([](Block *block) { raise(*block); });
  }

  /// From the last op up, so that a function is seen before its parts.
  static void raise(Block &block) {
    ConeFinder finder(block, isArithmetic);
    DenseSet<Operation *> covered;
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block))) {
      if (getValueBeside(&op))
        insertExpansion(&op, covered);
      if (!isArithmetic(&op) || covered.contains(&op))
        continue;
      std::optional<Cone> cone = finder.find(&op);
      if (!cone)
        continue;
      for (Value leaf : cone->leaves)
        if (!finder.isKnown(leaf) && countUses(*cone, leaf) > 1 &&
            raise(*cone, leaf)) {
          covered.insert_range(cone->ops);
          break;
        }
    }
  }

  static int64_t countUses(const Cone &cone, Value leaf) {
    return llvm::count_if(leaf.getUses(), [&](OpOperand &use) {
      return cone.ops.contains(use.getOwner());
    });
  }

  static bool raise(const Cone &cone, Value base) {
    Operation *root = cone.ops.front();
    Value value = root->getResult(0);
    OpBuilder b(root->getContext());
    b.setInsertionPointAfter(root);
    FractionReader reader(cone, base, b, root->getLoc());
    std::optional<Fraction> f = reader.read(value);
    auto isNumber = [](const Coefficient &x) { return !x.value; };
    bool isLost = f && (f->isConstant() || (isNumber(f->a) && isNumber(f->b) &&
                                            isNumber(f->c) && isNumber(f->d) &&
                                            f->a.number * f->d.number ==
                                                f->b.number * f->c.number));
    if (!f || isLost)
      return false;
    SmallVector<Value> coefficients;
    for (const Coefficient &coefficient : {f->a, f->b, f->c, f->d})
      coefficients.push_back(reader.build(coefficient));
    auto raised = FractionOp::create(b, root->getLoc(), value.getType(), base,
                                     coefficients[0], coefficients[1],
                                     coefficients[2], coefficients[3], value);
    value.replaceAllUsesExcept(raised, raised);
    return true;
  }
};
} // namespace
