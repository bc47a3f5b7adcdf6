// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

//
// What the steps of a loop's inverse are given, and what they find.

#ifndef INVHLO_RULES_LOOPPLAN_H
#define INVHLO_RULES_LOOPPLAN_H

#include "invhlo/Interfaces/InvertibleRegionOpInterface.h"
#include "invhlo/Rules/Emitter.h"

namespace invhlo {

/// A loop as a plan sees it, and the positions of the boundary of its body.
struct LoopView {
  LoopView(ScanOp op, const Unit &unit);
  LoopView(stablehlo::WhileOp op, const Unit &unit);

  unsigned getNumCarried() const { return inits.size(); }
  unsigned getCarried(unsigned k) const { return count.has_value() + k; }
  unsigned getRow(unsigned k) const { return getCarried(inits.size()) + k; }
  unsigned getCapture(unsigned k) const { return getRow(stacked.size()) + k; }
  unsigned getNext(unsigned k) const { return getCapture(numCaptures) + k; }
  unsigned getNewRow(unsigned k) const { return getNext(inits.size()) + k; }
  /// What messages call carried value `k`: by its name, if its location is
  /// "carry:name".
  std::string describeCarried(unsigned k) const;

  mlir::Operation *op;
  const Unit &unit;
  mlir::ValueRange inits, last, stacked, arrays;
  bool isReverse = false;
  /// How many steps there are, if literals tell. Then the number of the step is
  /// the first argument of the body.
  std::optional<int64_t> count;
  /// Otherwise builds that number, a scalar of i32, where the inverse is built.
  std::function<mlir::Value()> createCount;
  /// What a step adds to each carried value that the number of the step tells.
  llvm::SmallVector<std::optional<int64_t>> counters;
  unsigned numCaptures;
};

/// `start` and `number` times `by`, in the type of `start`.
mlir::Value advance(Emitter &e, mlir::Value start, int64_t by,
                    mlir::Value number);

/// A part of a step's boundary that a plan gives to the step.
struct Given {
  enum Kind {
    /// The number of the step.
    Step,
    /// A carried value that counts the steps from `outside` on.
    Counter,
    /// A row of a known array, `outside`.
    Row,
    /// What the body captures, `outside`.
    Capture,
    /// A carried value, from the step that was taken before.
    Carried,
    /// A carried value that known values determine, as it is at this step.
    Trajectory
  };
  Kind kind;
  BoundaryPart part;
  /// For carried values, their number.
  unsigned number = 0;
  mlir::Value outside;
};

/// What a loop's steps are given, and what they find.
///
/// Backward, a step takes the carried values after it and finds those before
/// it; forward, it takes those before it. In both it takes rows of the arrays
/// that are known, and finds rows of others. Which carried values can be is the
/// greatest set that the step, given these, finds again.
class LoopPlan {
public:
  /// How many checkpoints a loop of a run-time count makes, so that it replays
  /// that part of the steps before each.
  static constexpr int64_t numCheckpoints = 64;
  /// How large the stack of what known values determine may be, unless the
  /// stacked arrays are larger.
  static constexpr int64_t maxStackedBytes = 1 << 22;

  enum Direction { Forward, Backward };

  /// The plan of what `determined` carried values are, if known arguments tell
  /// alone: forward, with results left aside.
  LoopPlan(const LoopView &loop, Knowledge &knowledge, UnitInverter &inverter)
      : LoopPlan(loop, knowledge, inverter, Forward, nullptr,
                 /*takesResults=*/false) {}
  /// A plan to find more. Values that `determined` tells take no part backward.
  LoopPlan(const LoopView &loop, Knowledge &knowledge, UnitInverter &inverter,
           Direction direction, LoopPlan &determined)
      : LoopPlan(loop, knowledge, inverter, direction, &determined,
                 /*takesResults=*/true) {}

  /// How many values outside of the loop it finds.
  unsigned getNumFound() const { return found.size(); }
  /// Builds the loop and learns what it finds.
  void emit();

private:
  struct Carried {
    unsigned number;
    bool hasShare;
    bool operator==(const Carried &other) const {
      return number == other.number && hasShare == other.hasShare;
    }
  };
  /// A value outside of the loop that is found, at a position of the boundary.
  struct Found {
    mlir::Value value;
    BoundaryPart part;
  };
  /// The steps as a block, in a region of its own: it takes the number of the
  /// step, what is carried and a row of each of `stacked`.
  struct Steps {
    mlir::Region region;
    llvm::SmallVector<mlir::Value> stacked;
    llvm::SmallVector<mlir::Value> yielded;
    /// The numbers of the carried values whose rows are where `stacked` is
    /// null: what known values determine.
    llvm::SmallVector<unsigned> trajectories;
  };

  LoopPlan(const LoopView &loop, Knowledge &knowledge, UnitInverter &inverter,
           Direction direction, LoopPlan *determined, bool takesResults);

  bool carries(unsigned k) const {
    return llvm::any_of(carried,
                        [&](const Carried &v) { return v.number == k; });
  }
  bool hasShare(mlir::Value value) { return bool(knowledge.get(value).share); }
  bool isDetermined(unsigned k) const {
    return direction == Backward && determined->carries(k);
  }
  /// Whether carried value `k` follows from the number of the step.
  bool isCounter(unsigned k) {
    return loop.counters[k] && knowledge.knows(loop.inits[k]);
  }
  /// What carried value `k` is when the inverse begins.
  mlir::Value getStart(unsigned k) {
    return direction == Backward ? loop.last[k] : loop.inits[k];
  }
  /// And when it ends.
  mlir::Value getEnd(unsigned k) {
    return direction == Backward ? loop.inits[k] : loop.last[k];
  }
  /// Where a step is given carried value `k`, and where it finds it.
  unsigned getTaken(unsigned k) {
    return direction == Backward ? loop.getNext(k) : loop.getCarried(k);
  }
  unsigned getTold(unsigned k) {
    return direction == Backward ? loop.getCarried(k) : loop.getNext(k);
  }
  BoundaryPart wholeOf(unsigned position, bool hasShare) {
    return {position, Knowledge::wholeOf(loop.unit.boundary[position]),
            hasShare};
  }
  std::optional<BoundaryPart> findWhole(unsigned position);

  void addKnown(Given::Kind kind, unsigned position, mlir::Value outside,
                bool takesShare);
  /// Asks what a step finds, and drops what it does not find again. Returns
  /// whether that changes what it is given.
  bool update();
  /// Says that a step does not tell carried value `k` before it, beside the
  /// reason.
  void noteLost(unsigned k);
  void collectFound();
  /// What a step finds of what is carried.
  llvm::SmallVector<BoundaryPart> getToldCarried();
  /// What is carried when the loop begins, each share behind its value.
  llvm::SmallVector<mlir::Value> getStarts();
  /// Builds steps that find `told`, and yield the first of `trajectories`
  /// behind that. `count` is the number of steps if the program finds it out.
  void fill(Steps &steps, mlir::ValueRange starts, mlir::Value count,
            llvm::ArrayRef<BoundaryPart> told,
            llvm::ArrayRef<unsigned> trajectories);
  /// Takes steps from number `first` on to before `limit`: what is carried
  /// then.
  llvm::SmallVector<mlir::Value> run(mlir::OpBuilder &b,
                                     mlir::ValueRange starts, mlir::Value first,
                                     mlir::Value limit, Steps &steps);
  /// Builds a loop whose steps find `told`, behind what is carried, and the
  /// first of `trajectories` behind that.
  llvm::SmallVector<mlir::Value>
  createLoop(llvm::ArrayRef<BoundaryPart> told,
             llvm::ArrayRef<unsigned> trajectories);
  llvm::SmallVector<mlir::Value>
  createTrajectories(llvm::ArrayRef<unsigned> numbers);
  /// A scan of `count` steps.
  llvm::SmallVector<mlir::Value> scan(mlir::OpBuilder &b,
                                      mlir::ValueRange starts,
                                      mlir::ValueRange stacked, int64_t count,
                                      Steps &steps);
  /// How many steps are between two checkpoints of what known values determine;
  /// zero if all of that is stacked.
  int64_t getSegmentSize(const Steps &steps);
  /// The loop in segments of `size` steps, before each of which what known
  /// values determine in it is computed from a checkpoint, so that the stack is
  /// that of a segment.
  llvm::SmallVector<mlir::Value> createSegments(mlir::ValueRange starts,
                                                Steps &steps, int64_t size);
  /// What carried values `numbers` are at `step`, built at `b` in a loop of
  /// `count` steps: taken on from checkpoints, which are built before.
  llvm::SmallVector<mlir::Value> replay(mlir::OpBuilder &b, mlir::Value step,
                                        mlir::Value count,
                                        llvm::ArrayRef<unsigned> numbers);

  const LoopView &loop;
  Knowledge &knowledge;
  UnitInverter &inverter;
  Direction direction;
  LoopPlan *determined;
  bool takesResults;
  llvm::SmallVector<Carried> carried;
  llvm::SmallVector<Given> given;
  UnitInverse *inverse = nullptr;
  llvm::SmallVector<Found> found;
};

/// The body of a loop as a unit.
Unit getUnitOfSteps(mlir::Region &body);

/// Learns what the steps of `loop` tell in the order in which they tell most.
void invertSteps(const LoopView &loop, Knowledge &knowledge,
                 UnitInverter &inverter);

} // namespace invhlo

#endif // INVHLO_RULES_LOOPPLAN_H
