// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Rules/Elementwise.h"

#include "invhlo/Interfaces/Masks.h"
#include "invhlo/Rules/ValuesBeside.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallSet.h"

using namespace mlir;
using namespace invhlo;

SmallVector<IndexSet> invhlo::getCommonlyKnown(Knowledge &knowledge,
                                               ArrayRef<Value> values,
                                               const IndexSet &within) {
  SmallVector<IndexSet> sets{within};
  for (Value value : values) {
    if (knowledge.knows(value))
      continue;
    SmallVector<Piece> pieces = knowledge.getPieces(value);
    SmallVector<IndexSet> next;
    for (const IndexSet &set : sets)
      for (const Piece &piece : pieces)
        if (IndexSet common = set.intersect(piece.where); !common.empty())
          next.push_back(std::move(common));
    sets = std::move(next);
  }
  return sets;
}

/// The same elements, in one mask where an op for each set would be too many.
static SmallVector<IndexSet> joinIfMany(SmallVector<IndexSet> sets) {
  constexpr size_t kMostSets = 8;
  if (sets.size() <= kMostSets)
    return sets;
  return {uniteAll(sets)};
}

static double getDouble(APFloat value) {
  bool losesInfo;
  value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                &losesInfo);
  return value.convertToDouble();
}

void invhlo::forEachNumber(
    DenseElementsAttr literal,
    llvm::function_ref<void(size_t, std::complex<double>)> visit) {
  auto visitAll = [&](auto values, auto convert) {
    if (literal.isSplat())
      return visit(0, convert(*values.begin()));
    for (auto [i, value] : llvm::enumerate(values))
      visit(i, convert(value));
  };
  Type type = literal.getElementType();
  if (type.isF32())
    visitAll(literal.getValues<float>(), [](float value) { return value; });
  else if (type.isF64())
    visitAll(literal.getValues<double>(), [](double value) { return value; });
  else if (isa<FloatType>(type))
    visitAll(literal.getValues<APFloat>(), getDouble);
  else if (auto complex = dyn_cast<ComplexType>(type);
           complex && isa<FloatType>(complex.getElementType()))
    visitAll(literal.getValues<std::complex<APFloat>>(),
             [](const std::complex<APFloat> &c) {
               return std::complex<double>(getDouble(c.real()),
                                           getDouble(c.imag()));
             });
}

void invhlo::forEachInteger(
    DenseElementsAttr literal,
    llvm::function_ref<void(size_t, const APInt &)> visit) {
  if (!isa<IntegerType>(literal.getElementType()))
    return;
  if (literal.isSplat())
    return visit(0, literal.getSplatValue<APInt>());
  for (auto [i, value] : llvm::enumerate(literal.getValues<APInt>()))
    visit(i, value);
}

/// An empty mask that tells the elements of a literal apart: one for a splat.
static Mask createMaskFor(DenseElementsAttr literal, size_t rank) {
  Mask mask{SmallVector<int64_t, 4>(rank, 1), llvm::BitVector(1)};
  if (!literal.isSplat()) {
    mask.shape.assign(literal.getType().getShape().begin(),
                      literal.getType().getShape().end());
    mask.bits.resize(literal.getNumElements());
  }
  return mask;
}

std::optional<IndexSet> invhlo::getNonZeros(Value value,
                                            ArrayRef<int64_t> shape) {
  DenseElementsAttr literal = getLiteral(value);
  if (!literal)
    return std::nullopt;
  Mask mask = createMaskFor(literal, shape.size());
  forEachInteger(literal, [&](size_t i, const APInt &k) {
    if (!k.isZero())
      mask.bits.set(i);
  });
  forEachNumber(literal, [&](size_t i, std::complex<double> k) {
    if (k != 0.)
      mask.bits.set(i);
  });
  return IndexSet(shape, std::move(mask));
}

Value invhlo::isInvertible(Emitter &e, Value factor) {
  return e.isBetween(0, e.abs(factor), INFINITY);
}

Type invhlo::getComputeType(Type elementType) {
  auto real = dyn_cast<FloatType>(elementType);
  if (real && real.getWidth() < 32)
    return Float32Type::get(elementType.getContext());
  return elementType;
}

static Value widen(Emitter &e, Value value) {
  return e.convert(value, getComputeType(getElementTypeOrSelf(value)));
}

namespace {
/// Data of a mask is arbitrary outside of it. Its derivative there may be
/// infinite, and reverse mode would multiply that by zero: so a point at which
/// the op is regular is put there.
class RegularOutside {
public:
  RegularOutside(Emitter &e, Operation *op, const IndexSet &where,
                 const ElementwiseRule *rule, bool isForward)
      : e(e), op(op), where(where), rule(rule) {
    auto isInexact = [](Type type) { return hasDensity(type); };
    using Smoothness = ElementwiseRule::Smoothness;
    Smoothness smoothness = rule ? rule->getSmoothness() : Smoothness::Nowhere;
    if (where.isBox() || smoothness == Smoothness::BothWays ||
        (isForward && smoothness == Smoothness::Forward) ||
        !llvm::all_of(op->getOperandTypes(), isInexact) ||
        !llvm::all_of(op->getResultTypes(), isInexact))
      return;
    mask = createMask(e.getBuilder(), e.getLoc(), where);
  }

  /// Takes what does not fulfil `condition` for outside too.
  void require(Value condition) {
    mask = mask ? e.create<stablehlo::AndOp>(mask, condition) : condition;
  }

  Value operand(Value data) {
    if (!mask || (rule && rule->isNeverSingular(data)))
      return data;
    return e.select(mask, data, e.fill(getPoint(), data));
  }
  /// Only for an op with a rule.
  Value result(Value data) {
    if (!mask)
      return data;
    if (std::optional<double> there = rule->getRegularResult())
      return e.select(mask, data, e.fill(*there, data));
    IRMapping mapping;
    for (Value operand : op->getOperands()) {
      Type type = getComputeType(getTensorType(operand).getElementType());
      mapping.map(operand, e.fill(getPoint(), RankedTensorType::get(
                                                  where.getDataShape(), type)));
    }
    Operation *there = e.getBuilder().clone(*op, mapping);
    there->getResult(0).setType(data.getType());
    return e.select(mask, data, there->getResult(0));
  }

private:
  double getPoint() const { return rule ? rule->getRegularPoint() : 0.5; }

  Emitter &e;
  Operation *op;
  const IndexSet &where;
  const ElementwiseRule *rule;
  Value mask;
};
} // namespace

/// The share of the operand: the result's, and log|dx/dy|.
static Value getShare(Emitter &e, const ElementwiseRule &rule,
                      const Equation &eq, Value x, Value resultShare,
                      Type elementType) {
  if (!hasDensity(elementType))
    return {};
  Type shareType = getShareType(elementType);
  Value share = resultShare ? e.convert(resultShare, shareType) : resultShare;
  Value logDet = rule.logDet(e, eq, x);
  if (!logDet)
    return share;
  if (isComplex(x))
    logDet = e.scale(2, logDet);
  logDet = e.convert(logDet, shareType);
  // The slope of an affine op does not depend on what is found.
  bool isAffine = rule.getCoupling(eq.op, eq.unknown) == Coupling::Affine;
  return isAffine ? e.addLogDet(share, logDet)
                  : addToFirstTerm(e.getBuilder(), e.getLoc(), share, logDet);
}

/// Solves for operand `unknown` on `where`, on which the rest is known.
static void solve(Operation *op, unsigned unknown, const IndexSet &where,
                  Knowledge &knowledge, const ElementwiseRule &rule) {
  Emitter e(knowledge.getBuilder(), op->getLoc());
  Known result = knowledge.get(op->getResult(0), where);
  Value operand = op->getOperand(unknown);
  Type elementType = getTensorType(operand).getElementType();
  RegularOutside regular(e, op, where, &rule, /*isForward=*/false);
  Equation eq{
      op,
      unknown,
      widen(e, result.value),
      {},
      RankedTensorType::get(where.getDataShape(), getComputeType(elementType))};
  for (auto [i, value] : llvm::enumerate(rule.getOperands(op)))
    eq.operands.push_back(
        i == unknown ? Value() : widen(e, knowledge.get(value, where).value));
  // Where another equation may tell the unknown, this one is to be regular.
  Value condition =
      knowledge.isOverdetermined() ? rule.getCondition(e, eq) : Value();
  if (condition)
    regular.require(condition);
  eq.result = regular.result(eq.result);
  for (Value &data : eq.operands)
    if (data)
      data = regular.operand(data);
  Value x = rule.invert(e, eq);
  Value value = x;
  if (condition) {
    knowledge.setConditional();
    value = e.nanUnless(condition, x);
  }
  Known found{e.convert(value, elementType), {}};
  if (knowledge.wantsShares())
    found.share = getShare(e, rule, eq, x, result.share, elementType);
  if (condition && found.share)
    found.share = e.nanUnless(condition, found.share);
  knowledge.learn(operand, where, found);
}

/// Calls `visit` with the place of each number of a literal operand, and why
/// operand `unknown` is lost there; empty where it is not.
static void judgeLiteral(Operation *op, unsigned unknown,
                         DenseElementsAttr literal, const ElementwiseRule &rule,
                         llvm::function_ref<void(size_t, StringRef)> visit) {
  forEachNumber(literal, [&](size_t i, std::complex<double> k) {
    visit(i, rule.refuseLiteral(op, unknown, k));
  });
  forEachInteger(literal, [&](size_t i, const APInt &k) {
    visit(i, rule.refuseInteger(k));
  });
}

/// The elements where a literal operand leaves the equation solvable, and why
/// the others are lost.
static std::pair<IndexSet, StringRef> getDomain(Operation *op, unsigned unknown,
                                                const ElementwiseRule &rule) {
  IndexSet whole = Knowledge::wholeOf(op->getResult(0));
  DenseElementsAttr literal;
  if (rule.getOperands(op).size() == 2)
    literal = getLiteral(rule.getOperands(op)[1 - unknown]);
  if (!literal)
    return {whole, ""};
  StringRef reason;
  Mask solvable = createMaskFor(literal, whole.getShape().size());
  solvable.bits.set();
  judgeLiteral(op, unknown, literal, rule, [&](size_t i, StringRef lost) {
    if (lost.empty())
      return;
    reason = lost;
    solvable.bits.reset(i);
  });
  if (reason.empty())
    return {whole, ""};
  return {IndexSet(whole.getShape(), std::move(solvable)), reason};
}

/// Why operand `unknown` is lost where the other is known to be one number,
/// such as what a mask makes zero.
static StringRef refuseKnown(Operation *op, unsigned unknown,
                             const IndexSet &where, Knowledge &knowledge,
                             const ElementwiseRule &rule) {
  if (rule.getOperands(op).size() != 2)
    return "";
  Value other = rule.getOperands(op)[1 - unknown];
  DenseElementsAttr number = getConstant(knowledge.get(other, where).value);
  if (!number || !number.isSplat())
    return "";
  StringRef reason;
  judgeLiteral(op, unknown, number, rule,
               [&](size_t, StringRef lost) { reason = lost; });
  return reason;
}

static void solveWhereKnown(Operation *op, unsigned unknown,
                            const IndexSet &resultPart, Knowledge &knowledge,
                            const ElementwiseRule &rule) {
  Value operand = op->getOperand(unknown);
  if (!knowledge.wants(operand, resultPart))
    return;
  if (llvm::count(rule.getOperands(op), operand) > 1)
    return knowledge.refuse(op, "it uses the unknown more than once");
  if (StringRef reason = rule.refuse(op, unknown); !reason.empty())
    return knowledge.refuse(op, reason);
  Solvability solvability = rule.getSolvability(op, unknown);
  if ((solvability == Solvability::ByBranch && !knowledge.choosesBranches()) ||
      (solvability == Solvability::Conditionally &&
       !knowledge.solvesConditionally()))
    return;
  auto [domain, reason] = getDomain(op, unknown, rule);
  if (!reason.empty() && (domain.empty() || knowledge.knows(op->getResult(0))))
    knowledge.refuse(op, reason);
  SmallVector<Value> others;
  for (auto [i, value] : llvm::enumerate(rule.getOperands(op)))
    if (i != unknown)
      others.push_back(value);
  IndexSet solvable = resultPart.intersect(domain);
  if (solvable.empty())
    return;
  for (const IndexSet &set :
       joinIfMany(getCommonlyKnown(knowledge, others, solvable))) {
    if (!knowledge.wants(operand, set))
      continue;
    if (StringRef lost = refuseKnown(op, unknown, set, knowledge, rule);
        !lost.empty())
      knowledge.refuse(op, lost);
    else
      solve(op, unknown, set, knowledge, rule);
  }
}

void invhlo::evaluateParts(Operation *op, Knowledge &knowledge,
                           const ElementwiseRule *rule) {
  Value result = op->getResult(0);
  if (!knowledge.wantsParts() || knowledge.knows(result))
    return;
  auto isScalar = [&](Value operand) {
    return getTensorType(operand).getRank() == 0 &&
           getTensorType(result).getRank() != 0;
  };
  SmallVector<Value> operands;
  for (Value operand : op->getOperands()) {
    if (!isScalar(operand))
      operands.push_back(operand);
    else if (!knowledge.knows(operand))
      return;
  }
  SmallVector<IndexSet> sets =
      getCommonlyKnown(knowledge, operands, Knowledge::wholeOf(result));
  llvm::erase_if(
      sets, [&](const IndexSet &set) { return knowledge.knows(result, set); });
  for (const IndexSet &set : joinIfMany(std::move(sets))) {
    Emitter e(knowledge.getBuilder(), op->getLoc());
    RegularOutside regular(e, op, set, rule, /*isForward=*/true);
    IRMapping mapping;
    for (Value operand : op->getOperands())
      mapping.map(operand,
                  isScalar(operand)
                      ? knowledge.get(operand).value
                      : regular.operand(knowledge.get(operand, set).value));
    Operation *part = knowledge.getBuilder().clone(*op, mapping);
    part->getResult(0).setType(getTensorType(result).clone(set.getDataShape()));
    knowledge.learn(result, set, Known{part->getResult(0), {}});
  }
}

Coupling ElementwiseRule::getCoupling(Operation *op, unsigned operand) const {
  if (!isReal(op->getResult(0)) || !isReal(op->getOperand(operand)))
    return Coupling::Opaque;
  if (getSolvability(op, operand) == Solvability::Always)
    return Coupling::Monotone;
  return getSmoothness() == Smoothness::Nowhere ? Coupling::Opaque
                                                : Coupling::Smooth;
}

SmallVector<Edge> invhlo::getElementwiseEdges(Operation *op,
                                              const ElementwiseRule &rule) {
  unsigned numOperands = rule.getOperands(op).size();
  SmallVector<Edge> edges = getOpaqueEdges(op);
  for (Edge &edge : edges) {
    if (edge.operand >= numOperands)
      continue;
    edge.reach = Reach::Same;
    edge.coupling = rule.getCoupling(op, edge.operand);
    edge.isSolvable = rule.refuse(op, edge.operand).empty();
  }
  return edges;
}

Solvability invhlo::getWorstSolvability(Operation *op,
                                        const ElementwiseRule &rule) {
  Solvability worst = Solvability::Always;
  for (auto [i, operand] : llvm::enumerate(rule.getOperands(op))) {
    Solvability solvability = rule.getSolvability(op, i);
    if (solvability > worst && !getLiteral(operand) &&
        rule.refuse(op, i).empty())
      worst = solvability;
  }
  return worst;
}

void invhlo::solveElementwise(Operation *op, Knowledge &knowledge,
                              const ElementwiseRule &rule) {
  SmallVector<IndexSet> parts;
  for (const Piece &piece : knowledge.getPieces(op->getResult(0)))
    parts.push_back(piece.where);
  for (const IndexSet &part : joinIfMany(std::move(parts)))
    for (unsigned i = 0, n = rule.getOperands(op).size(); i < n; ++i)
      solveWhereKnown(op, i, part, knowledge, rule);
}

void invhlo::propagateElementwise(Operation *op, Knowledge &knowledge,
                                  const ElementwiseRule &rule) {
  rule.absorb(op, knowledge);
  solveElementwise(op, knowledge, rule);
  evaluateParts(op, knowledge, &rule);
}

/// Whether some operands behind the first are unknown, and no others, and the
/// rule finds none of them: parameters of a function of the first.
static bool isOfUnknownParameters(Operation *op, Knowledge &knowledge,
                                  const ElementwiseRule &rule) {
  bool isAnyUnknown = false;
  for (auto [i, operand] : llvm::enumerate(rule.getOperands(op))) {
    if (knowledge.knows(operand))
      continue;
    if (i == 0 || rule.refuse(op, i).empty())
      return false;
    isAnyUnknown = true;
  }
  return isAnyUnknown;
}

void invhlo::solveBesideValue(Operation *op, Knowledge &knowledge,
                              const ElementwiseRule &rule) {
  solveElementwise(op, knowledge, rule);
  // The ops that compute the value may tell a parameter.
  if (isOfUnknownParameters(op, knowledge, rule) ||
      isLeftToValues(op, knowledge))
    learnValues(op, knowledge);
  learnFromValues(op, knowledge);
}
