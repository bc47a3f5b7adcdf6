// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Folding/Simplification.h"

#include "invhlo/Literals/LiteralArithmetic.h"
#include "invhlo/Literals/LiteralLookup.h"
#include "invhlo/StableHLO/Analysis/Combiner.h"
#include "invhlo/StableHLO/Emission.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/TypeSwitch.h"
#include <algorithm>

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

static RankedTensorType getTensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// The element of a splat literal.
static std::optional<Element> getSplatElement(Value value) {
  DenseElementsAttr attr;
  if (!matchPattern(value, m_Constant(&attr)) || !attr.isSplat())
    return std::nullopt;
  std::optional<Literal> literal = Literal::get(attr);
  return literal && literal->isSplat() ? std::optional((*literal)[0])
                                       : std::nullopt;
}

/// The smallest or largest number of a type, infinities included.
static Element getExtreme(Type type, bool largest) {
  if (auto real = dyn_cast<FloatType>(type))
    return {toBits(APFloat::getInf(real.getFloatSemantics(), !largest))};
  unsigned width = type.getIntOrFloatBitWidth();
  return {toBits(isSigned(type) ? (largest ? APInt::getSignedMaxValue(width)
                                           : APInt::getSignedMinValue(width))
                                : (largest ? APInt::getMaxValue(width)
                                           : APInt::getMinValue(width)))};
}

/// The `k` with `op(x, k) == x` for every x, nan and -0 included. For an op
/// that is not commutative `k` is its right operand.
static std::optional<Element> getNeutralElement(Operation *op) {
  Type type = getElementTypeOrSelf(op->getResult(0));
  auto real = dyn_cast<FloatType>(type);
  // Floats of 8 bits may lack infinities and -0.
  if (real ? real.getWidth() < 16 : !isa<IntegerType>(type))
    return std::nullopt;
  using Result = std::optional<Element>;
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case([&](AddOp) -> Result {
        // 0 + -0 is 0, but -0 + -0 is -0.
        if (real)
          return Element{
              toBits(APFloat::getZero(real.getFloatSemantics(), true))};
        return Element{0};
      })
      .Case<SubtractOp, OrOp, XorOp, ShiftLeftOp, ShiftRightArithmeticOp,
            ShiftRightLogicalOp>([](auto) -> Result { return Element{0}; })
      .Case<MulOp, DivOp>([&](auto) -> Result { return toElement(1, type); })
      .Case([&](AndOp) -> Result { return toElement(-1, type); })
      .Case([&](MaxOp) -> Result { return getExtreme(type, false); })
      .Case([&](MinOp) -> Result { return getExtreme(type, true); })
      .Default(std::nullopt);
}

/// The `k` with `op(x, k) == k` for every x.
static std::optional<Element> getAbsorbingElement(Operation *op) {
  Type type = getElementTypeOrSelf(op->getResult(0));
  if (!isa<IntegerType>(type))
    return std::nullopt;
  using Result = std::optional<Element>;
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case<MulOp, AndOp>([](auto) -> Result { return Element{0}; })
      .Case([&](OrOp) -> Result { return toElement(-1, type); })
      .Case([&](MaxOp) -> Result { return getExtreme(type, true); })
      .Case([&](MinOp) -> Result { return getExtreme(type, false); })
      .Default(std::nullopt);
}

/// `op(x, neutral) -> x` and `op(x, absorbing) -> absorbing`.
static Value simplifyArithmetic(Operation *op) {
  auto isSplatOf = [](Value value, std::optional<Element> element) {
    return element && getSplatElement(value) == element;
  };
  bool isCommutative = op->hasTrait<OpTrait::IsCommutative>();
  Type type = op->getResult(0).getType();
  std::optional<Element> neutral = getNeutralElement(op);
  std::optional<Element> absorbing = getAbsorbingElement(op);
  for (unsigned i : {1, 0}) {
    Value literal = op->getOperand(i), other = op->getOperand(1 - i);
    if (other.getType() == type && (i == 1 || isCommutative) &&
        isSplatOf(literal, neutral))
      return other;
    if (literal.getType() == type && isSplatOf(literal, absorbing))
      return literal;
  }
  return nullptr;
}

/// A bool that is not false, or is true.
static Value simplifyCompareOfBool(CompareOp op) {
  if (op.getLhs().getType() != op.getType())
    return nullptr;
  std::optional<Element> literal = getSplatElement(op.getRhs());
  ComparisonDirection direction = op.getComparisonDirection();
  bool isItself =
      literal && direction == (literal->bits ? ComparisonDirection::EQ
                                             : ComparisonDirection::NE);
  return isItself ? op.getLhs() : nullptr;
}

/// A comparison that gives back its operand, or of an integer with itself.
static Value simplifyCompare(CompareOp op, OpBuilder &b) {
  if (Value same = simplifyCompareOfBool(op))
    return same;
  RankedTensorType type = getTensorType(op.getLhs());
  if (op.getLhs() != op.getRhs() || !isa<IntegerType>(type.getElementType()) ||
      !type.hasStaticShape())
    return nullptr;
  bool holds =
      llvm::is_contained({ComparisonDirection::EQ, ComparisonDirection::GE,
                          ComparisonDirection::LE},
                         op.getComparisonDirection());
  return createSplat(b, op.getLoc(), getTensorType(op.getResult()), holds);
}

static Value simplifySelect(SelectOp op) {
  Value arm;
  if (op.getOnTrue() == op.getOnFalse())
    arm = op.getOnTrue();
  else if (std::optional<Element> pred = getSplatElement(op.getPred()))
    arm = pred->bits ? op.getOnTrue() : op.getOnFalse();
  return arm && arm.getType() == op.getType() ? arm : nullptr;
}

/// The dimensions of `to`, an array of shape `from` with further unit
/// dimensions, in which those of `from` are.
static std::optional<SmallVector<int64_t>>
findWithoutUnits(ArrayRef<int64_t> from, ArrayRef<int64_t> to) {
  SmallVector<int64_t> dims;
  for (auto [d, size] : llvm::enumerate(to))
    if (dims.size() < from.size() && from[dims.size()] == size)
      dims.push_back(d);
    else if (size != 1)
      return std::nullopt;
  return dims.size() == from.size() ? std::optional(dims) : std::nullopt;
}

/// A broadcast of what a reshape gave unit dimensions.
static Value simplifyBroadcastOfReshape(BroadcastInDimOp op, OpBuilder &b) {
  auto reshape = op.getOperand().getDefiningOp<ReshapeOp>();
  if (!reshape)
    return nullptr;
  auto dims = findWithoutUnits(getTensorType(reshape.getOperand()).getShape(),
                               getTensorType(reshape.getResult()).getShape());
  if (!dims)
    return nullptr;
  for (int64_t &dim : *dims)
    dim = op.getBroadcastDimensions()[dim];
  return BroadcastInDimOp::create(b, op.getLoc(), op.getType(),
                                  reshape.getOperand(), *dims);
}

/// A broadcast that adds or moves nothing but unit dimensions.
static Value simplifyBroadcast(BroadcastInDimOp op, OpBuilder &b) {
  if (Value simpler = simplifyBroadcastOfReshape(op, b))
    return simpler;
  RankedTensorType from = getTensorType(op.getOperand());
  RankedTensorType to = getTensorType(op.getResult());
  if (!from.hasStaticShape() || !to.hasStaticShape() ||
      from.getNumElements() != to.getNumElements())
    return nullptr;
  SmallVector<int64_t> moved;
  for (auto [d, dim] : llvm::enumerate(op.getBroadcastDimensions()))
    if (from.getDimSize(d) != 1)
      moved.push_back(dim);
  if (!llvm::is_sorted(moved))
    return nullptr;
  return createReshape(b, op.getLoc(), op.getOperand(), to);
}

static Value simplifyTranspose(TransposeOp op) {
  bool isIdentity = llvm::is_sorted(op.getPermutation()) &&
                    op.getOperand().getType() == op.getType();
  return isIdentity ? op.getOperand() : nullptr;
}

static Value simplifyReverse(ReverseOp op) {
  auto isUnit = [&](int64_t dim) {
    return getTensorType(op.getOperand()).getDimSize(dim) == 1;
  };
  return llvm::all_of(op.getDimensions(), isUnit) ? op.getOperand() : nullptr;
}

/// Operands without elements are left out.
static Value simplifyConcatenate(ConcatenateOp op, OpBuilder &b) {
  SmallVector<Value> inputs;
  for (Value input : op.getInputs())
    if (getTensorType(input).getDimSize(op.getDimension()) != 0)
      inputs.push_back(input);
  if (inputs.empty() ||
      (inputs.size() == op.getInputs().size() && inputs.size() > 1))
    return nullptr;
  if (inputs.size() > 1)
    return ConcatenateOp::create(b, op.getLoc(), op.getType(), inputs,
                                 op.getDimension());
  return inputs.front().getType() == op.getType() ? inputs.front() : nullptr;
}

static Value simplifyPad(PadOp op) {
  auto isZero = [](int64_t padding) { return padding == 0; };
  bool isIdentity = op.getOperand().getType() == op.getType() &&
                    llvm::all_of(op.getEdgePaddingLow(), isZero) &&
                    llvm::all_of(op.getInteriorPadding(), isZero);
  return isIdentity ? op.getOperand() : nullptr;
}

static Value simplifyDynamicSlice(DynamicSliceOp op, OpBuilder &b) {
  RankedTensorType type = getTensorType(op.getOperand());
  if (!type.hasStaticShape())
    return nullptr;
  auto starts = getConstantStarts(op.getStartIndices(), type.getShape(),
                                  op.getSliceSizes());
  if (!starts)
    return nullptr;
  SmallVector<int64_t> limits, steps(type.getRank(), 1);
  for (auto [start, size] : llvm::zip_equal(*starts, op.getSliceSizes()))
    limits.push_back(start + size);
  return createSlice(b, op.getLoc(), op.getOperand(), *starts, limits, steps);
}

/// Overwrites all, or at literal positions that need no clamping.
static Value simplifyDynamicUpdateSlice(DynamicUpdateSliceOp op, OpBuilder &b) {
  RankedTensorType type = getTensorType(op.getOperand());
  RankedTensorType updateType = getTensorType(op.getUpdate());
  if (updateType == type)
    return op.getUpdate();
  if (!type.hasStaticShape() || !updateType.hasStaticShape())
    return nullptr;
  auto starts = getConstantStarts(op.getStartIndices(), type.getShape(),
                                  updateType.getShape());
  if (!starts)
    return nullptr;
  SmallVector<Value> positions;
  for (auto [start, value] : llvm::zip_equal(*starts, op.getStartIndices()))
    positions.push_back(
        getConstantInteger(value) == start
            ? value
            : createSplat(b, op.getLoc(), getTensorType(value), start));
  if (positions == SmallVector<Value>(op.getStartIndices()))
    return nullptr;
  return DynamicUpdateSliceOp::create(
      b, op.getLoc(), op.getType(), op.getOperand(), op.getUpdate(), positions);
}

/// A reduction over unit dimensions. Its initial value is taken any number of
/// times, so that 0 counts as neutral to a sum of floats.
static Value simplifyReduce(ReduceOp op, OpBuilder &b) {
  if (op.getInputs().size() != 1)
    return nullptr;
  Value input = op.getInputs().front();
  RankedTensorType type = getTensorType(input);
  auto isUnit = [&](int64_t dim) { return type.getDimSize(dim) == 1; };
  Combiner combiner(op.getBody());
  if (!combiner.isCommutative() || !llvm::all_of(op.getDimensions(), isUnit) ||
      !type.hasStaticShape())
    return nullptr;
  std::optional<Element> init = getSplatElement(op.getInitValues().front());
  bool isNeutral = init && init == getNeutralElement(combiner.getOp());
  bool isZeroSum = isa<AddOp>(combiner.getOp()) && init == Element{0};
  if (!isNeutral && !isZeroSum)
    return nullptr;
  return createReshape(b, op.getLoc(), input, op.getResult(0).getType());
}

Value invhlo::simplify(Operation *op, OpBuilder &b) {
  return llvm::TypeSwitch<Operation *, Value>(op)
      .Case<AddOp, AndOp, DivOp, MaxOp, MinOp, MulOp, OrOp, ShiftLeftOp,
            ShiftRightArithmeticOp, ShiftRightLogicalOp, SubtractOp, XorOp>(
          [](Operation *op) { return simplifyArithmetic(op); })
      .Case([&](CompareOp op) { return simplifyCompare(op, b); })
      .Case([&](SelectOp op) { return simplifySelect(op); })
      .Case<ConvertOp, ReshapeOp, SliceOp>([](auto op) {
        return op.getOperand().getType() == op.getType() ? op.getOperand()
                                                         : Value();
      })
      .Case([&](BroadcastInDimOp op) { return simplifyBroadcast(op, b); })
      .Case([&](TransposeOp op) { return simplifyTranspose(op); })
      .Case([&](ReverseOp op) { return simplifyReverse(op); })
      .Case([&](ConcatenateOp op) { return simplifyConcatenate(op, b); })
      .Case([&](PadOp op) { return simplifyPad(op); })
      .Case([&](DynamicSliceOp op) { return simplifyDynamicSlice(op, b); })
      .Case([&](DynamicUpdateSliceOp op) {
        return simplifyDynamicUpdateSlice(op, b);
      })
      .Case([&](GatherOp op) { return simplifyGather(op, b); })
      .Case([&](ReduceOp op) { return simplifyReduce(op, b); })
      .Default(Value());
}
