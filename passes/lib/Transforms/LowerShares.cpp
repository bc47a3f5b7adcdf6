// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Interfaces/Box.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/Analysis/Combiner.h"
#include "invhlo/StableHLO/Emission.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "invhlo/Transforms/Passes.h"
#include "mlir/Analysis/Presburger/Fraction.h"
#include "mlir/IR/Iterators.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace invhlo;
using mlir::presburger::Fraction;

namespace invhlo {
#define GEN_PASS_DEF_LOWERSHARESPASS
#include "invhlo/Transforms/Passes.h.inc"
} // namespace invhlo

static int64_t getSize(Value value) {
  return cast<RankedTensorType>(value.getType()).getNumElements();
}

static double toDouble(const Fraction &fraction) {
  return double(int64_t(fraction.num)) / double(int64_t(fraction.den));
}

namespace {
/// A total as a weighted sum of the totals of other values, by going back
/// through the block as far as elements are only moved, copied and added up.
class TotalTerms {
public:
  explicit TotalTerms(TotalSharesOp total) {
    for (Value share : total.getShares())
      add(share, 1);
    // What uses a value comes after it: its weight is complete.
    for (Operation *op = total->getPrevNode(); op; op = op->getPrevNode())
      for (Value result : op->getResults()) {
        join(slices.lookup(result));
        if (auto *it = weights.find(result);
            it != weights.end() && replace(op, Fraction(it->second)))
          weights[result] = 0;
      }
    for (BlockArgument argument : total->getBlock()->getArguments())
      join(slices.lookup(argument));
  }

  /// In the order in which the block computes them, by and large.
  auto get() const { return llvm::reverse(weights); }
  double getConstant() const { return constant; }

private:
  void add(Value value, Fraction weight) {
    auto [it, isNew] = weights.insert({value, weight});
    if (!isNew)
      it->second = it->second + weight;
  }

  /// Takes what is sliced for its slices, if these are all of it.
  void join(SmallVector<stablehlo::SliceOp> parts) {
    if (parts.empty())
      return;
    Fraction weight = weights[parts.front()];
    SmallVector<Box> boxes;
    int64_t size = 0;
    for (stablehlo::SliceOp part : parts) {
      Box box = getBox(part);
      auto overlaps = [&](const Box &other) { return box.intersect(other); };
      if (weights[part] != weight || llvm::any_of(boxes, overlaps))
        return;
      boxes.push_back(box);
      size += getSize(part);
    }
    Value whole = parts.front().getOperand();
    if (size != getSize(whole))
      return;
    for (stablehlo::SliceOp part : parts)
      weights[part] = 0;
    add(whole, weight);
  }

  static Box getBox(stablehlo::SliceOp op) {
    SmallVector<Progression> dims;
    for (auto [start, size, stride] : llvm::zip_equal(
             op.getStartIndices(), op.getType().getShape(), op.getStrides()))
      dims.push_back(Progression::get(start, size, stride));
    return Box(dims);
  }

  /// Takes the operands of `op` for its result.
  bool replace(Operation *op, Fraction weight) {
    auto take = [&](Fraction factor) {
      for (Value operand : op->getOperands())
        add(operand, weight * factor);
      return true;
    };
    return llvm::TypeSwitch<Operation *, bool>(op)
        .Case<SumSharesOp, stablehlo::ConcatenateOp, stablehlo::ReshapeOp,
              stablehlo::ReverseOp, stablehlo::TransposeOp>(
            [&](auto) { return take(1); })
        .Case([&](stablehlo::NegOp) { return take(-1); })
        .Case([&](stablehlo::BroadcastInDimOp op) {
          return getSize(op.getOperand()) > 0 &&
                 take({getSize(op), getSize(op.getOperand())});
        })
        .Case([&](SpreadShareOp op) {
          return getSize(op.getShare()) > 0 &&
                 take({getSize(op),
                       getSize(op.getShare()) * int64_t(op.getCount())});
        })
        .Case([&](stablehlo::SliceOp op) {
          slices[op.getOperand()].push_back(op);
          return false;
        })
        .Case([&](stablehlo::ReduceOp op) {
          if (!isSum(op))
            return false;
          add(op.getInputs()[0], weight);
          return true;
        })
        .Case([&](stablehlo::ConstantOp op) {
          SplatElementsAttr splat = dyn_cast<SplatElementsAttr>(op.getValue());
          if (!splat)
            return false;
          constant += getSize(op) * toDouble(weight) *
                      splat.getSplatValue<APFloat>().convertToDouble();
          return true;
        })
        .Default(false);
  }

  static bool isSum(stablehlo::ReduceOp op) {
    return op.getInputs().size() == 1 &&
           stablehlo::Combiner(op.getBody()).adds() &&
           matchPattern(op.getInitValues()[0], m_AnyZeroFloat());
  }

  llvm::MapVector<Value, Fraction> weights;
  /// Those of each value that are in the sum.
  DenseMap<Value, SmallVector<stablehlo::SliceOp>> slices;
  double constant = 0;
};
} // namespace

/// Reduces term by term: to add tensors up first would cross the memory for
/// each.
static Value lowerTotal(OpBuilder &b, TotalSharesOp op) {
  Location loc = op.getLoc();
  RankedTensorType type = op.getType();
  TotalTerms terms(op);
  Value total;
  if (terms.getConstant() != 0)
    total = stablehlo::createSplat(b, loc, type, terms.getConstant());
  for (auto [value, weight] : terms.get()) {
    if (weight == 0)
      continue;
    Value sum = value;
    if (int64_t rank = cast<RankedTensorType>(value.getType()).getRank())
      sum = stablehlo::ReduceOp::createSum(
                b, loc, value, llvm::to_vector(llvm::seq<int64_t>(0, rank)))
                .getResult(0);
    if (sum.getType() != type)
      sum = stablehlo::ConvertOp::create(b, loc, sum, type.getElementType());
    bool isNegative = weight < 0;
    double factor = std::abs(toDouble(weight));
    if (factor != 1)
      sum = stablehlo::MulOp::create(
          b, loc, stablehlo::createSplat(b, loc, type, factor), sum);
    // XLA makes one reduction of added ones, but not of ones that are
    // subtracted from a number.
    if (isNegative && !total)
      total = stablehlo::createSplat(b, loc, type, 0);
    if (isNegative)
      total = stablehlo::SubtractOp::create(b, loc, total, sum);
    else
      total = total ? Value(stablehlo::AddOp::create(b, loc, total, sum)) : sum;
  }
  return total ? total : stablehlo::createSplat(b, loc, type, 0);
}

static Value lowerSpread(OpBuilder &b, SpreadShareOp op) {
  Location loc = op.getLoc();
  Value each = op.getShare();
  if (op.getCount() != 1)
    each = stablehlo::DivOp::create(
        b, loc, each,
        stablehlo::createSplat(b, loc, op.getShare().getType(), op.getCount()));
  if (each.getType() == op.getType())
    return each;
  return stablehlo::BroadcastInDimOp::create(b, loc, op.getType(), each,
                                             op.getDims());
}

namespace {
struct LowerSharesPass : invhlo::impl::LowerSharesPassBase<LowerSharesPass> {
  void runOnOperation() override {
    // A total looks at what computes it, so it goes before.
    getOperation().walk([](TotalSharesOp op) {
      OpBuilder b(op);
      op.replaceAllUsesWith(lowerTotal(b, op));
      op.erase();
    });
    getOperation().walk<WalkOrder::PostOrder, ReverseIterator>(
        [](Operation *op) {
          OpBuilder b(op);
          if (auto spread = dyn_cast<SpreadShareOp>(op))
            replace(op, op->use_empty() ? Value() : lowerSpread(b, spread));
          else if (auto sum = dyn_cast<SumSharesOp>(op))
            replace(op, op->use_empty()
                            ? Value()
                            : stablehlo::AddOp::create(
                                  b, op->getLoc(), sum.getLhs(), sum.getRhs()));
          else if (isOpTriviallyDead(op))
            op->erase();
        });
  }

  static void replace(Operation *op, Value value) {
    if (value)
      op->replaceAllUsesWith(ValueRange(value));
    op->erase();
  }
};
} // namespace
