// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ArmBuilder.h"

#include "invhlo/CHLO/CHLO.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/Emission.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

bool invhlo::choosesByElement(Operation *op) {
  bool isNumberOfPredicate =
      isa<ConvertOp>(op) &&
      getElementTypeOrSelf(op->getOperand(0)).isInteger(1);
  return isa<MaxOp, MinOp, AbsOp, SignOp, ClampOp>(op) || isNumberOfPredicate ||
         (isa<SelectOp>(op) && !matchPattern(op->getOperand(0), m_Constant()));
}

static bool isConstant(Value value) {
  return matchPattern(value, m_Constant());
}

/// An even function is that of the negation too.
static bool isEven(Operation *op) {
  if (auto power = dyn_cast<PowOp>(op)) {
    std::optional<double> exponent = getNumber(power.getRhs());
    return exponent && std::remainder(*exponent, 2) == 0;
  }
  return isa<chlo::SquareOp, chlo::CoshOp, CosineOp>(op);
}

bool invhlo::isEvenFunction(Operation *op) {
  bool isSquare = isa<MulOp>(op) && op->getOperand(0) == op->getOperand(1);
  return isSquare || isEven(op);
}

/// Whether two values of a cone are computed from one of its leaves.
static bool shareLeaf(const Cone &cone, Value a, Value b) {
  auto getLeaves = [&](Value value) {
    SetVector<Value> seen;
    seen.insert(lookThroughPrimitives(value));
    for (unsigned i = 0; i < seen.size(); ++i)
      if (Operation *op = seen[i].getDefiningOp(); cone.ops.contains(op))
        for (Value operand : op->getOperands())
          seen.insert(lookThroughPrimitives(operand));
    return seen;
  };
  SetVector<Value> ofA = getLeaves(a), ofB = getLeaves(b);
  return llvm::any_of(cone.leaves, [&](Value leaf) {
    return ofA.contains(leaf) && ofB.contains(leaf);
  });
}

ArmBuilder::ArmBuilder(const Cone &cone, const Assumptions &assumptions,
                       OpBuilder &b, bool injective)
    : cone(cone), assumptions(assumptions), injective(injective), b(b) {
  hasPowers = llvm::any_of(cone.ops, [&](Operation *op) {
    return isEven(op) ||
           (isa<MulOp, DivOp>(op) &&
            shareLeaf(cone, op->getOperand(0), op->getOperand(1)));
  });
}

Value ArmBuilder::createNumber(double number, Value like) {
  return createSplat(b, like.getLoc(), cast<RankedTensorType>(like.getType()),
                     number);
}

Value ArmBuilder::createNegation(Value operand) {
  if (auto negation = operand.getDefiningOp<NegOp>())
    return negation.getOperand();
  return NegOp::create(b, operand.getLoc(), operand);
}

Value ArmBuilder::copy(Value value) {
  value = lookThroughPrimitives(value);
  if (cone.leaves.contains(value))
    return value;
  if (Value there = copied.lookup(value))
    return there;
  Operation *op = value.getDefiningOp();
  // A larger function may be inside: it starts from the leaves all the same.
  if (!op || !(isConstant(value) || isElementwise(op)))
    return value;
  IRMapping mapping;
  for (Value operand : op->getOperands())
    mapping.map(operand, copy(operand));
  Value there = b.clone(*op, mapping)->getResult(0);
  copied[value] = there;
  return there;
}

Value ArmBuilder::build(Value value) {
  value = lookThroughPrimitives(value);
  if (Value there = built.lookup(value))
    return there;
  Value there = cone.leaves.contains(value) ? buildLeaf(value)
                : isConstant(value)         ? copy(value)
                                            : buildNew(value.getDefiningOp());
  if (there)
    built[value] = there;
  return there;
}

Value ArmBuilder::buildLeaf(Value leaf) {
  auto *assumed = assumptions.intervals.find(leaf);
  if (!hasPowers || assumed == assumptions.intervals.end() ||
      assumed->second.high > 0 || assumed->second.isPoint())
    return leaf;
  Value mirrored =
      SubtractOp::create(b, leaf.getLoc(), createNumber(0, leaf), leaf);
  return createNegation(mirrored);
}

bool ArmBuilder::dependsOn(Value value, Value leaf) const {
  SetVector<Value> seen;
  seen.insert(value);
  for (unsigned i = 0; i < seen.size(); ++i) {
    Operation *op = seen[i].getDefiningOp();
    if (op && (op->getBlock() == b.getInsertionBlock() ||
               op->getBlock() == leaf.getParentBlock()))
      seen.insert_range(op->getOperands());
  }
  return seen.contains(leaf);
}

Interval ArmBuilder::getInterval(Value leaf) const {
  auto *assumed = assumptions.intervals.find(leaf);
  return assumed == assumptions.intervals.end() ? Interval() : assumed->second;
}

bool ArmBuilder::isInjective(Value value, Value leaf) const {
  Spans spans(leaf, getInterval(leaf));
  return spans.get(value).kind == Span::Monotone;
}

Value ArmBuilder::buildAtPoint(Value value) {
  for (auto &[leaf, where] : assumptions.intervals)
    if (where.isPoint() && !dependsOn(value, leaf)) {
      Location loc = value.getLoc();
      Value point = createNumber(where.low, leaf);
      Value beside = SubtractOp::create(b, loc, leaf, point);
      value = AddOp::create(b, loc, value, beside);
    }
  return value;
}

Value ArmBuilder::clone(Operation *op, ValueRange operands) {
  SmallVector<Value> replaced(operands);
  bool isEvenHere =
      isEven(op) || (isa<MulOp>(op) && operands[0] == operands[1]);
  if (isEvenHere && isNegative(replaced[0])) {
    Value negation = createNegation(replaced[0]);
    llvm::replace(replaced, operands[0], negation);
  }
  if (isa<NegOp>(op))
    return createNegation(operands[0]);
  if (isa<MulOp>(op))
    for (auto [factor, other] : {std::pair(operands[0], operands[1]),
                                 std::pair(operands[1], operands[0])}) {
      std::optional<double> number = getNumber(factor);
      if (number == 1)
        return other;
      if (number == -1)
        return createNegation(other);
    }
  Operation *there = op->cloneWithoutRegions();
  there->setOperands(replaced);
  b.insert(there);
  return there->getResult(0);
}

/// More branches are not told apart.
static constexpr double kMaxBranches = 8;

std::optional<Value> ArmBuilder::buildPeriodic(Operation *op) {
  if (!isa<chlo::TanOp, CosineOp, SineOp, TanOp>(op))
    return std::nullopt;
  Value operand = build(op->getOperand(0));
  std::optional<Affine> affine = operand ? getAffine(operand) : std::nullopt;
  if (!affine || !affine->leaf || affine->factor == 0)
    return std::nullopt;
  auto *assumed = assumptions.intervals.find(affine->leaf);
  if (assumed == assumptions.intervals.end())
    return std::nullopt;
  // In numbers of branches: cosine falls or rises from zero on, the others do
  // around zero. Ends are rounded.
  double start = isa<CosineOp>(op) ? 0 : 0.5, margin = 1e-5;
  auto count = [&](double end) {
    return (affine->factor * end + affine->offset) / M_PI + start;
  };
  auto [low, high] =
      std::minmax({count(assumed->second.low), count(assumed->second.high)});
  if (!(high - low <= kMaxBranches))
    return std::nullopt;
  double branch = std::floor(low + margin);
  if (high - margin > branch + 1) {
    double seam = (branch + 1 - start) * M_PI;
    std::optional<bool> isBeyond = decideByNumber(
        op->getResult(0), {affine->leaf, affine->factor, affine->offset - seam},
        ComparisonDirection::GE);
    if (!isBeyond)
      return Value();
    branch += *isBeyond;
  }
  if (branch == 0)
    return std::nullopt;
  Value offset = createNumber(branch * M_PI, operand);
  Value there =
      clone(op, Value(SubtractOp::create(b, op->getLoc(), operand, offset)));
  bool isNegated =
      !isa<chlo::TanOp, TanOp>(op) && std::remainder(branch, 2) != 0;
  return isNegated ? createNegation(there) : there;
}

Value ArmBuilder::buildNew(Operation *op) {
  assert(cone.ops.contains(op) && "not a value of the cone");
  if (!isElementwise(op))
    return {};
  if (auto select = dyn_cast<SelectOp>(op)) {
    std::optional<bool> holds = decide(select.getPred());
    return holds ? build(*holds ? select.getOnTrue() : select.getOnFalse())
                 : Value();
  }
  if (auto clamp = dyn_cast<ClampOp>(op)) {
    Value operand = build(clamp.getOperand());
    std::optional<double> low = getNumber(clamp.getMin());
    std::optional<double> high = getNumber(clamp.getMax());
    std::optional<Affine> affine = operand ? getAffine(operand) : std::nullopt;
    if (!low || !high || !affine)
      return {};
    auto isBeyond = [&](double bound, ComparisonDirection direction) {
      return decideByNumber(
          clamp, {affine->leaf, affine->factor, affine->offset - bound},
          direction);
    };
    std::optional<bool> isBelow = isBeyond(*low, ComparisonDirection::LT);
    if (!isBelow || *isBelow)
      return isBelow ? createNumber(*low, clamp) : Value();
    std::optional<bool> isAbove = isBeyond(*high, ComparisonDirection::GT);
    if (!isAbove || *isAbove)
      return isAbove ? createNumber(*high, clamp) : Value();
    return operand;
  }
  if (!isa<FloatType>(getElementTypeOrSelf(op->getResult(0))))
    return {};
  if (isa<ConvertOp>(op) &&
      isa<IntegerType>(getElementTypeOrSelf(op->getOperand(0)))) {
    std::optional<Literal> number = decideLiteral(op->getResult(0));
    return number ? ConstantOp::create(b, op->getLoc(), number->toAttr())
                  : Value();
  }
  if (choosesByElement(op)) {
    std::optional<bool> holds = decideChoice(op);
    if (!holds)
      return {};
    if (isa<SignOp>(op))
      return createNumber(*holds ? 1 : -1, op->getResult(0));
    if (isa<AbsOp>(op))
      return *holds ? build(op->getOperand(0))
                    : createNegation(build(op->getOperand(0)));
    return build(op->getOperand(*holds ? 0 : 1));
  }
  if (std::optional<Value> periodic = buildPeriodic(op))
    return *periodic;
  if (injective && isEvenFunction(op) && !decideChoice(op))
    return {};
  Value beside = getValueBeside(op);
  SmallVector<Value> operands;
  for (Value operand : op->getOperands()) {
    operands.push_back(operand == beside ? copy(operand) : build(operand));
    if (!operands.back())
      return {};
  }
  return clone(op, operands);
}

bool ArmBuilder::isNegative(Value value) {
  return llvm::any_of(assumptions.intervals, [&](auto &assumed) {
    Spans spans(assumed.first, assumed.second);
    Span span = spans.get(value);
    return span.kind == Span::Monotone && span.isWithin(-INFINITY, 0);
  });
}

Value ArmBuilder::buildPredicate(Value value) {
  Location loc = value.getLoc();
  Value all;
  auto type = cast<RankedTensorType>(value.getType());
  auto require = [&](Value condition) {
    // A scalar chooses for all elements.
    auto conditionType = cast<RankedTensorType>(condition.getType());
    RankedTensorType predicateType = type.clone(b.getI1Type());
    if (conditionType.getNumElements() == type.getNumElements())
      condition = createReshape(b, loc, condition, predicateType);
    else
      condition = BroadcastInDimOp::create(b, loc, predicateType, condition,
                                           ArrayRef<int64_t>());
    all = all ? AndOp::create(b, loc, all, condition).getResult() : condition;
  };
  auto requireOrder = [&](Value x, ComparisonDirection direction,
                          double bound) {
    require(CompareOp::create(b, loc, x, createNumber(bound, x), direction));
  };
  using Direction = ComparisonDirection;
  for (auto &[leaf, where] : assumptions.intervals) {
    if (where.isPoint()) {
      requireOrder(leaf, Direction::EQ, where.low);
      continue;
    }
    if (!std::isinf(where.low))
      requireOrder(leaf, where.includesLow ? Direction::GE : Direction::GT,
                   where.low);
    if (!std::isinf(where.high))
      requireOrder(leaf, where.includesHigh ? Direction::LE : Direction::LT,
                   where.high);
  }
  for (auto [key, holds] : assumptions.predicates) {
    Operation *op = key.getDefiningOp();
    std::optional<Choice> choice =
        op && cone.ops.contains(op) ? getChoice(op) : std::nullopt;
    // Where what is computed is no number, the opposite holds.
    bool mayBeNone =
        choice && (isComputed(choice->lhs) || isComputed(choice->rhs));
    if (choice && !holds && mayBeNone)
      require(NotOp::create(b, loc,
                            CompareOp::create(b, loc, choice->lhs, choice->rhs,
                                              choice->direction)));
    else if (choice)
      require(CompareOp::create(b, loc, choice->lhs, choice->rhs,
                                holds ? choice->direction
                                      : negate(choice->direction)));
    else if (Value predicate = copy(key); holds)
      require(predicate);
    else
      require(NotOp::create(b, loc, predicate));
  }
  // It holds for all numbers.
  auto *number = llvm::find_if(cone.leaves, [](Value leaf) {
    return isa<FloatType>(getElementTypeOrSelf(leaf));
  });
  if (!all && number != cone.leaves.end())
    requireOrder(*number, Direction::GE, -INFINITY);
  return all;
}

/// A function of more pieces is left as it is.
static constexpr unsigned kMaxArms = 16;

static bool isNaN(Value value) {
  std::optional<double> number = getNumber(value);
  return number && std::isnan(*number);
}

std::vector<std::unique_ptr<Region>>
invhlo::buildArms(const Cone &cone, OpBuilder &b,
                  llvm::function_ref<bool(const ArmBuilder &, Value)> isNeeded,
                  bool injective) {
  std::vector<std::unique_ptr<Region>> arms;
  Value root = cone.ops.front()->getResult(0);
  SmallVector<Assumptions> open(1);
  while (!open.empty()) {
    if (arms.size() + open.size() > kMaxArms) {
      cone.ops.front()->emitRemark()
          << "what has more than " << kMaxArms << " pieces is not taken apart";
      return {};
    }
    Assumptions assumptions = open.pop_back_val();
    auto arm = std::make_unique<Region>();
    OpBuilder inside(b.getContext());
    inside.setInsertionPointToEnd(&arm->emplaceBlock());
    ArmBuilder builder(cone, assumptions, inside, injective);
    Value value = builder.build(root);
    if (!value) {
      if (builder.getCases().empty())
        return {};
      llvm::append_range(open, llvm::reverse(builder.getCases()));
      continue;
    }
    value = builder.buildAtPoint(value);
    if (isNaN(value) || !isNeeded(builder, value))
      continue;
    Value predicate = builder.buildPredicate(value);
    if (!predicate)
      return {};
    YieldOp::create(inside, root.getLoc(), ValueRange{value, predicate});
    for (Operation &op :
         llvm::make_early_inc_range(llvm::reverse(arm->front())))
      if (isOpTriviallyDead(&op))
        op.erase();
    arms.push_back(std::move(arm));
  }
  return arms;
}
