// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/CHLO/CHLO.h"
#include "invhlo/Idioms/Passes.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/Emission.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/APSInt.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace invhlo;

namespace invhlo {
#define GEN_PASS_DEF_RAISEMONOMIALSPASS
#include "invhlo/Idioms/Passes.h.inc"
} // namespace invhlo

/// These bound the work for one op.
static constexpr unsigned kMaxBases = 4, kMaxFactors = 8, kMaxSteps = 16;
/// All integers up to this are numbers of f32.
static constexpr int64_t kMaxExponent = 1 << 24;

static bool isLiteral(Value value) { return matchPattern(value, m_Constant()); }

/// Whether a product with this literal can be undone everywhere.
static bool isFiniteAndNotZero(Value literal) {
  DenseElementsAttr attr;
  if (!matchPattern(literal, m_Constant(&attr)))
    return false;
  auto isRegular = [](const APFloat &x) { return x.isFiniteNonZero(); };
  auto isRegularPair = [](const std::complex<APFloat> &z) {
    return z.real().isFinite() && z.imag().isFinite() &&
           !(z.real().isZero() && z.imag().isZero());
  };
  // One element stands for all of a splat.
  auto holds = [&](auto values, auto test) {
    return attr.isSplat() ? test(*values.begin()) : llvm::all_of(values, test);
  };
  if (isa<ComplexType>(attr.getElementType()))
    return holds(attr.getValues<std::complex<APFloat>>(), isRegularPair);
  return holds(attr.getValues<APFloat>(), isRegular);
}

/// The integer that a literal exponent is everywhere.
static std::optional<int64_t> getInteger(Value literal) {
  DenseElementsAttr attr;
  if (!matchPattern(literal, m_Constant(&attr)) || !attr.isSplat() ||
      !isa<FloatType>(attr.getElementType()))
    return std::nullopt;
  APSInt exponent(/*BitWidth=*/64, /*isUnsigned=*/false);
  bool isExact;
  attr.getSplatValue<APFloat>().convertToInteger(
      exponent, APFloat::rmTowardZero, &isExact);
  return isExact ? std::optional(exponent.getSExtValue()) : std::nullopt;
}

namespace {
/// A product of powers, with a sign. Factors that are no literals are its
/// bases.
struct Monomial {
  llvm::SmallMapVector<Value, int64_t, 4> exponents;
  bool isNegative = false;
  /// Whether some base came in from two sides.
  bool isShared = false;

  unsigned countBases() const {
    return llvm::count_if(
        exponents, [](auto &factor) { return !isLiteral(factor.first); });
  }
  /// The first base, and its exponent.
  Value getBase() const {
    return llvm::find_if(exponents,
                         [](auto &factor) { return !isLiteral(factor.first); })
        ->first;
  }
  int64_t getExponent() const { return exponents.lookup(getBase()); }

  /// Multiplies by `factor` to the `exponent`. Fails if a factor cancels: where
  /// it is zero the product is none.
  bool multiply(Value factor, int64_t exponent) {
    factor = lookThroughPrimitives(factor);
    if (matchPattern(factor, m_OneFloat()))
      return true;
    auto [it, isNew] = exponents.try_emplace(factor, 0);
    isShared |= !isNew && !isLiteral(factor);
    it->second += exponent;
    return it->second != 0 && std::abs(it->second) <= kMaxExponent &&
           exponents.size() <= kMaxFactors;
  }

  /// Puts what `base` is in its place.
  bool replace(Value base, const Monomial &by) {
    int64_t exponent = exponents.lookup(base);
    exponents.erase(base);
    isNegative ^= by.isNegative && exponent % 2 != 0;
    return llvm::all_of(by.exponents, [&](auto &factor) {
      return multiply(factor.first, factor.second * exponent);
    });
  }

  /// Multiplies by the operands of a product, as they stand.
  bool multiplyOperands(Operation *op) {
    Type type = op->getResult(0).getType();
    if (!isa<RankedTensorType>(type) ||
        !isa<FloatType, ComplexType>(getElementTypeOrSelf(type)))
      return false;
    return llvm::TypeSwitch<Operation *, bool>(op)
        .Case([&](stablehlo::MulOp) {
          return multiply(op->getOperand(0), 1) &&
                 multiply(op->getOperand(1), 1);
        })
        .Case([&](stablehlo::DivOp) {
          return multiply(op->getOperand(0), 1) &&
                 multiply(op->getOperand(1), -1);
        })
        .Case([&](stablehlo::NegOp) {
          isNegative = true;
          return multiply(op->getOperand(0), 1);
        })
        .Case([&](chlo::SquareOp) { return multiply(op->getOperand(0), 2); })
        .Case([&](stablehlo::PowOp) {
          std::optional<int64_t> exponent = getInteger(op->getOperand(1));
          return exponent && std::abs(*exponent) <= kMaxExponent &&
                 multiply(op->getOperand(0), *exponent);
        })
        .Default(false);
  }
};

/// A product that the program has, as later products see it.
struct Product {
  unsigned position;
  /// The power of one value that it is, times literals; or its operands.
  Monomial monomial;
  bool isPower;
};

/// Takes the products of a program in order. The value of each, once raised, is
/// the result of the op that says so.
class MonomialFinder {
public:
  /// What `op` gives, if it is a product in which a factor is more than once.
  std::optional<Monomial> find(Operation *op) {
    Monomial operands;
    if (!operands.multiplyOperands(op) || operands.countBases() == 0)
      return std::nullopt;
    Monomial whole = operands;
    bool isProduct = true;
    // The latest factor first, so that what came in from two sides meets.
    std::optional<Monomial> shared;
    SmallVector<Value> passed, passedToShared;
    for (unsigned step = 0; step < kMaxSteps && whole.countBases() > 1;
         ++step) {
      Value latest = findLatest(whole);
      if (!latest)
        break;
      const Product &product = products.find(latest)->second;
      if (!product.isPower)
        passed.push_back(latest);
      bool wasShared = std::exchange(whole.isShared, false);
      isProduct = whole.replace(latest, product.monomial);
      if (!isProduct)
        break;
      if (whole.isShared && whole.countBases() <= kMaxBases) {
        shared = whole;
        passedToShared = passed;
      }
      whole.isShared |= wasShared;
    }
    bool isPower = isProduct && whole.countBases() == 1;
    if (isPower) {
      // The reciprocal of y may overflow where that of its root does not.
      bool isReciprocal = whole.getExponent() < 0;
      bool isComposed = composePowers(whole);
      add(op->getResult(0), whole, isPower);
      return whole.isShared || (isReciprocal && isComposed)
                 ? std::optional(whole)
                 : std::nullopt;
    }
    add(op->getResult(0), operands, isPower);
    return shared && areUsedOnlyBy(op, passedToShared) ? shared : std::nullopt;
  }

  /// From now on `raised` stands for what `op` gives.
  void replace(Operation *op, Value raised) {
    Product product = products.lookup(op->getResult(0));
    products.erase(op->getResult(0));
    products[raised] = product;
  }

private:
  void add(Value value, const Monomial &monomial, bool isPower) {
    products[value] = Product{count++, monomial, isPower};
  }

  /// The factor that was computed last, of those that are products.
  Value findLatest(const Monomial &monomial) const {
    Value latest;
    int64_t position = -1;
    for (auto [factor, exponent] : monomial.exponents)
      if (auto it = products.find(factor);
          it != products.end() && it->second.position > position) {
        latest = factor;
        position = it->second.position;
      }
    return latest;
  }

  /// Of a power of a power makes one, of which only the last result is rounded.
  bool composePowers(Monomial &monomial) const {
    auto it = products.find(monomial.getBase());
    if (it == products.end() || !it->second.isPower ||
        std::abs(it->second.monomial.getExponent()) == 1)
      return false;
    Monomial composed = monomial;
    if (!composed.replace(it->first, it->second.monomial))
      return false;
    monomial = composed;
    return true;
  }

  /// Whether `op`, through the products `passed`, has all uses of these. Else
  /// one of them may become known, and with it what its factors do not tell.
  static bool areUsedOnlyBy(Operation *op, ArrayRef<Value> passed) {
    llvm::SmallPtrSet<Operation *, 8> users{op};
    for (Value value : passed) {
      Operation *product = value.getDefiningOp();
      users.insert(product);
      if (Value value = getValueBeside(product))
        users.insert(value.getDefiningOp());
    }
    return llvm::all_of(passed, [&](Value value) {
      return llvm::all_of(value.getUsers(), [&](Operation *user) {
        return users.contains(user);
      });
    });
  }

  llvm::DenseMap<Value, Product> products;
  unsigned count = 0;
};

struct RaiseMonomialsPass
    : invhlo::impl::RaiseMonomialsPassBase<RaiseMonomialsPass> {
  void runOnOperation() override {
    MonomialFinder finder;
    getOperation().walk([&](Operation *op) {
      if (op->getNumResults() != 1)
        return;
      std::optional<Monomial> monomial = finder.find(op);
      if (!monomial || !llvm::all_of(monomial->exponents, [](auto &factor) {
            return !isLiteral(factor.first) || isFiniteAndNotZero(factor.first);
          }))
        return;
      finder.replace(op, raise(op, *monomial));
    });
  }

  static Value raise(Operation *op, const Monomial &monomial) {
    OpBuilder b(op->getContext());
    b.setInsertionPointAfter(op);
    Value value = op->getResult(0);
    SmallVector<Value> arguments;
    SmallVector<int64_t> exponents;
    for (auto [factor, exponent] : monomial.exponents) {
      arguments.push_back(factor);
      exponents.push_back(exponent);
    }
    if (monomial.isNegative) {
      auto type = cast<RankedTensorType>(value.getType());
      arguments.push_back(stablehlo::createSplat(b, op->getLoc(), type, -1));
      exponents.push_back(1);
    }
    auto raised = MonomialOp::create(b, op->getLoc(), value.getType(),
                                     arguments, value, exponents);
    value.replaceAllUsesExcept(raised, raised);
    return raised;
  }
};
} // namespace
