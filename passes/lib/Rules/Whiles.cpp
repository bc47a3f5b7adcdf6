// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Loops that run until they find out that they are done.

#include "LoopPlan.h"
#include "invhlo/Literals/Literal.h"
#include "invhlo/Rules/Rules.h"
#include "invhlo/StableHLO/Analysis/LoopCounter.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace {

/// How often a loop runs, as a counter tells. Differences do not wrap around:
/// no loop runs 2^31 times, nor 2^27 times and tells by where its counter ends.
class StepCount {
public:
  /// A count from what is known before the loop or after it; none if that does
  /// not tell, which `reason` says then.
  static std::optional<StepCount> find(WhileOp op, const LoopView &loop,
                                       Knowledge &knowledge,
                                       std::string &reason) {
    StepCount count(op);
    std::optional<LoopBound> bound = matchBound(op);
    if (bound && count.startsFrom(bound->counter, bound->step, knowledge) &&
        (bound->literal || knowledge.knows(bound->outside)) &&
        (bound->direction != ComparisonDirection::NE || count.size() == 1)) {
      count.bound = bound;
      return count;
    }
    for (unsigned k = 0, e = op.getNumResults(); k < e; ++k)
      if (std::optional<int64_t> step = loop.counters[k];
          step && knowledge.knows(op.getResult(k)) &&
          count.startsFrom(k, *step, knowledge)) {
        if (count.numBits > 32 || count.size() <= 16)
          return count;
        count.mayWrap = true;
      }
    reason = count.mayWrap ? "its counter may wrap around"
                           : describeCondition(op, loop);
    return std::nullopt;
  }

  /// Builds the number of steps.
  Value create(Emitter &e, Knowledge &knowledge) {
    Value start = knowledge.get(op.getOperand()[counter]).value;
    Value steps;
    if (!bound)
      steps = count(start, knowledge.get(op.getResult(counter)).value, e);
    else if (bound->literal)
      steps = count(start, e.fill(*bound->literal, start), e);
    else
      steps = count(start, knowledge.get(bound->outside).value, e);
    return e.convert(steps, e.getBuilder().getI32Type());
  }

private:
  explicit StepCount(WhileOp op) : op(op) {}

  int64_t size() const { return std::abs(step); }

  bool startsFrom(unsigned k, int64_t by, Knowledge &knowledge) {
    counter = k;
    step = by;
    numBits =
        getElementTypeOrSelf(op.getResult(k).getType()).getIntOrFloatBitWidth();
    mayWrap |= numBits < 32;
    return step != 0 && numBits >= 32 && knowledge.knows(op.getOperand()[k]);
  }

  static std::string describeCondition(WhileOp op, const LoopView &loop) {
    std::string read;
    for (BlockArgument argument : op.getCond().getArguments()) {
      unsigned k = argument.getArgNumber();
      if (argument.use_empty() || loop.counters[k])
        continue;
      read += read.empty() ? ": its condition reads " : " and ";
      read += loop.describeCarried(k);
    }
    return "how often it runs depends on the unknown" + read;
  }

  /// How many steps lead from `start` to `end`; of a bound, to the first number
  /// of which the condition does not hold.
  Value count(Value start, Value end, Emitter &e) {
    bool isBelow = bound && bound->direction != ComparisonDirection::NE;
    Value low = step > 0 ? start : end, high = step > 0 ? end : start;
    if (isBelow && step > 0)
      high = e.create<MaxOp>(low, high);
    else if (isBelow)
      low = e.create<MinOp>(low, high);
    Value distance = isZero(low) ? high : e.sub(high, low);
    if (size() == 1 && !(isBelow && isInclusive()))
      return distance;
    // It may be more than a number with a sign can be.
    RankedTensorType type = getTensorType(distance);
    if (isSigned(type.getElementType()))
      distance = e.create<BitcastConvertOp>(
          type.clone(e.getBuilder().getIntegerType(
              type.getElementTypeBitWidth(), /*isSigned=*/false)),
          distance);
    Value by = e.fill(size(), distance);
    Value whole = size() == 1 ? distance : e.div(distance, by);
    if (!isBelow)
      return whole;
    Value holdsOnceMore;
    if (isInclusive()) {
      holdsOnceMore = e.create<CompareOp>(start, end, bound->direction);
    } else {
      Value rest = e.sub(distance, e.mul(whole, by));
      holdsOnceMore = e.differ(rest, e.fill(0, rest));
    }
    return e.add(whole, e.convert(holdsOnceMore, getElementTypeOrSelf(whole)));
  }

  bool isInclusive() const {
    return bound->direction == ComparisonDirection::LE ||
           bound->direction == ComparisonDirection::GE;
  }
  static bool isZero(Value value) { return getInteger(value) == 0; }

  WhileOp op;
  unsigned counter = 0;
  int64_t step = 0;
  unsigned numBits = 0;
  /// Whether a counter was found that does not tell.
  bool mayWrap = false;
  std::optional<LoopBound> bound;
};

/// A loop whose number of steps literals do not tell is inverted by a while of
/// as many steps, if a counter tells how many: from its bound, or from where it
/// ends.
struct WhileModel
    : InvertibleRegionOpInterface::ExternalModel<WhileModel, WhileOp> {
  SmallVector<Unit> getUnits(Operation *op) const {
    return {getUnitOfSteps(cast<WhileOp>(op).getBody())};
  }

  void propagateRegions(Operation *op, Knowledge &knowledge,
                        ArrayRef<Unit> units, UnitInverter &inverter) const {
    auto loop = cast<WhileOp>(op);
    LoopView view(loop, units.front());
    std::string reason;
    std::optional<StepCount> count =
        StepCount::find(loop, view, knowledge, reason);
    if (!count)
      return knowledge.refuse(op, reason);
    Value emitted;
    view.createCount = [&] {
      Emitter e(knowledge.getBuilder(), op->getLoc());
      if (!emitted)
        emitted = count->create(e, knowledge);
      return emitted;
    };
    learnCounters(view, knowledge);
    invertSteps(view, knowledge, inverter);
  }

  /// Where counters end follows from the number of steps.
  static void learnCounters(const LoopView &loop, Knowledge &knowledge) {
    for (auto [k, last] : llvm::enumerate(loop.last))
      if (loop.counters[k] && knowledge.knows(loop.inits[k]) &&
          knowledge.wants(last)) {
        Value count = loop.createCount();
        Emitter e(knowledge.getBuilder(), loop.op->getLoc());
        Value start = knowledge.get(loop.inits[k]).value;
        Value end = advance(e, start, *loop.counters[k], count);
        knowledge.learn(last, Knowledge::wholeOf(last), {end, {}});
      }
  }
};

} // namespace

void invhlo::attachWhileRules(MLIRContext *context) {
  WhileOp::attachInterface<WhileModel>(*context);
}
