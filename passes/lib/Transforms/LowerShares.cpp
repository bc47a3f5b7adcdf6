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

/// Whether the steps of a loop only add to a value that it carries.
static bool isOnlyAddedTo(BlockArgument carried, OpOperand &yielded) {
  Value value = carried;
  while (value.hasOneUse()) {
    OpOperand &use = *value.use_begin();
    if (&use == &yielded)
      return true;
    if (!isa<SumSharesOp, stablehlo::AddOp>(use.getOwner()))
      return false;
    value = use.getOwner()->getResult(0);
  }
  return false;
}

/// Makes a loop carry the total of one of its results, a share to which the
/// steps add or the rows of one, in the place of the share itself. Returns the
/// totals that are to be computed for it; none if the result is no such share.
static SmallVector<TotalSharesOp> sinkIntoLoop(OpResult share) {
  auto scan = cast<ScanOp>(share.getOwner());
  unsigned n = share.getResultNumber(), numCarried = scan.getNumCarried();
  bool isCarried = n < numCarried;
  Block &body = scan.getBody().front();
  Operation *yield = body.getTerminator();
  auto type = cast<RankedTensorType>(share.getType());
  // A number is its own total.
  if (type.getRank() == 0 || type.getNumElements() == 0 || !share.hasOneUse() ||
      (isCarried &&
       !isOnlyAddedTo(body.getArgument(1 + n), yield->getOpOperand(n))))
    return {};

  Location loc = scan.getLoc();
  OpBuilder outer(scan), inner(yield);
  auto scalar = RankedTensorType::get({}, type.getElementType());
  SmallVector<TotalSharesOp> totals;
  auto createTotal = [&](OpBuilder &b, Value ofShare) -> Value {
    totals.push_back(TotalSharesOp::create(b, loc, scalar, ofShare));
    return totals.back();
  };
  SmallVector<Value> inits(scan.getInits()), yielded(yield->getOperands());
  if (isCarried) {
    OpBuilder start = OpBuilder::atBlockBegin(&body);
    BlockArgument carried = body.getArgument(1 + n);
    carried.replaceAllUsesWith(stablehlo::createSplat(start, loc, type, 0));
    body.eraseArgument(1 + n);
    inits.push_back(createTotal(outer, inits[n]));
    inits.erase(inits.begin() + n);
  } else {
    inits.push_back(stablehlo::createSplat(outer, loc, scalar, 0));
  }
  Value total = body.insertArgument(inits.size(), scalar, loc);
  Value next = stablehlo::AddOp::create(inner, loc, total,
                                        createTotal(inner, yielded[n]));
  yielded.insert(yielded.begin() + numCarried, next);
  yielded.erase(yielded.begin() + (isCarried ? n : n + 1));
  yield->setOperands(yielded);

  SmallVector<Type> types(scan.getResultTypes());
  types.insert(types.begin() + numCarried, scalar);
  types.erase(types.begin() + (isCarried ? n : n + 1));
  auto created = ScanOp::create(outer, loc, types, inits, scan.getStacked(),
                                scan.getCount(), scan.getReverse());
  created.getBody().takeBody(scan.getBody());
  created->setDiscardableAttrs(scan->getDiscardableAttrDictionary());
  Value last = created.getResult(inits.size() - 1);
  SmallVector<Value> results(created.getResults());
  llvm::erase(results, last);
  auto spread = SpreadShareOp::create(
      outer, loc, type, last, ArrayRef<int64_t>(), type.getNumElements());
  results.insert(results.begin() + n, spread);
  scan->replaceAllUsesWith(results);
  scan.erase();
  return totals;
}

/// Makes loops carry what is to be totalled of their results. Returns the
/// totals that are to be computed for that.
static SmallVector<TotalSharesOp> sinkIntoLoops(TotalSharesOp op) {
  SmallVector<TotalSharesOp> totals;
  bool isDone = false;
  while (!isDone) {
    isDone = true;
    TotalTerms terms(op);
    for (auto [value, weight] : terms.get()) {
      auto result = dyn_cast<OpResult>(value);
      if (weight == 0 || !result || !isa<ScanOp>(result.getOwner()))
        continue;
      SmallVector<TotalSharesOp> inside = sinkIntoLoop(result);
      if (inside.empty())
        continue;
      llvm::append_range(totals, inside);
      // The other results are new ones.
      isDone = false;
      break;
    }
  }
  return totals;
}

/// Reduces term by term: to add tensors up first would cross the memory for
/// each.
static Value lowerTotal(OpBuilder &b, TotalSharesOp op) {
  Location loc = op.getLoc();
  RankedTensorType type = op.getType();
  TotalTerms terms(op);
  DenseMap<Type, Value> zeros;
  Value total;
  if (terms.getConstant() != 0)
    total = stablehlo::createSplat(b, loc, type, terms.getConstant());
  for (auto [value, weight] : terms.get()) {
    if (weight == 0)
      continue;
    Value sum = value;
    if (int64_t rank = cast<RankedTensorType>(value.getType()).getRank()) {
      auto reduce = stablehlo::ReduceOp::createSum(
          b, loc, value, llvm::to_vector(llvm::seq<int64_t>(0, rank)));
      // All sums of a type start from one zero.
      Value start = reduce.getInitValues()[0];
      auto [zero, isNew] = zeros.try_emplace(start.getType(), start);
      if (!isNew) {
        reduce.getInitValuesMutable().assign(zero->second);
        start.getDefiningOp()->erase();
      }
      sum = reduce.getResult(0);
    }
    if (sum.getType() != type)
      sum = stablehlo::ConvertOp::create(b, loc, sum, type.getElementType());
    bool isNegative = weight < 0;
    double factor = std::abs(toDouble(weight));
    if (factor != 1)
      sum = stablehlo::MulOp::create(
          b, loc, stablehlo::createSplat(b, loc, type, factor), sum);
    // XLA makes one reduction of added ones, but not of ones that are
    // subtracted from a number.
    if (isNegative && !total) {
      Value zero = zeros.lookup(type);
      total = zero ? zero : stablehlo::createSplat(b, loc, type, 0);
    }
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
    WalkResult search = getOperation().walk([](Operation *op) {
      return isa<SumSharesOp, SpreadShareOp, TotalSharesOp>(op)
                 ? WalkResult::interrupt()
                 : WalkResult::advance();
    });
    if (!search.wasInterrupted())
      return markAllAnalysesPreserved();
    // A total looks at what computes it, so it goes before.
    SmallVector<TotalSharesOp> totals;
    getOperation().walk([&](TotalSharesOp op) { totals.push_back(op); });
    while (!totals.empty()) {
      TotalSharesOp op = totals.pop_back_val();
      llvm::append_range(totals, sinkIntoLoops(op));
      OpBuilder b(op);
      op.replaceAllUsesWith(lowerTotal(b, op));
      op.erase();
    }
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
