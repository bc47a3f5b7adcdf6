// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Propagation of knowledge through one unit to a fixpoint.

#ifndef INVHLO_ENGINE_PROPAGATION_H
#define INVHLO_ENGINE_PROPAGATION_H

#include "invhlo/Engine/Visit.h"
#include "invhlo/Interfaces/InvertibleRegionOpInterface.h"
#include "llvm/ADT/DenseSet.h"
#include <array>
#include <deque>

namespace invhlo {

class CallInverter;

/// Works on the block of a unit. Each op is visited when more is known of its
/// operands or results, in the first phase in which that may tell more: so data
/// is cut up, functions are specialised and branches are chosen only where
/// nothing simpler is left to do. An op that finds many pieces acts on whole
/// values from then on, so that the inverse's size depends on the function's,
/// and not on its shapes.
class Propagation {
public:
  Propagation(const Unit &unit, mlir::OpBuilder inverse, bool shares,
              CallInverter &calls);

  KnowledgeBase &getKnowledge() { return knowledge; }
  /// Runs to the fixpoint, of what can be found without choosing branches or of
  /// all.
  void run(bool choosesBranches);
  /// Whether more may be found by choosing branches.
  bool waitsForBranch();
  /// Why what was found may be wrong: a choice of a branch that an equation may
  /// contradict, or a log-det that is lost in part. Nothing if there is no op.
  Blame findConflict();
  /// How all that is known was found.
  llvm::json::Object writeJournal();
  /// What keeps the rest from being found.
  Blame findBlame();

private:
  /// The ops that are to be visited in a phase, each once.
  struct Queue {
    std::deque<mlir::Operation *> ops;
    llvm::DenseSet<mlir::Operation *> waiting;

    void push(mlir::Operation *op) {
      if (waiting.insert(op).second)
        ops.push_back(op);
    }
    mlir::Operation *pop() {
      mlir::Operation *op = ops.front();
      ops.pop_front();
      waiting.erase(op);
      return op;
    }
  };
  Queue &getQueue(Phase phase) { return queues[unsigned(phase)]; }
  void schedule(mlir::Operation *op, Phase phase) { getQueue(phase).push(op); }
  void scheduleNeighbours(mlir::Value value);
  /// `op` defines or uses a value of which more is known.
  void scheduleDefinition(mlir::Operation *op, bool whole);
  void scheduleUser(mlir::Operation *op, bool whole);
  void visit(mlir::Operation *op, Phase phase);
  /// Visits what else may tell the operands that `op` told conditionally, so
  /// that all are heard before any is relied on.
  void visitOthersFor(mlir::Operation *op);
  void visitBody(mlir::Operation *op, Phase phase, Visit &visit,
                 bool resultsKnown);
  /// Has ops solved together whose equations only fall together. Returns
  /// whether that told more.
  bool solveSystem();
  /// An op with known results of which several inputs are unknown; null if
  /// there is none.
  mlir::Operation *findCoupled();
  /// Returns whether more may be found by choosing branches.
  bool visitRegions(InvertibleRegionOpInterface op, Visit &visit);
  bool saysMoreThanItsArguments(mlir::Operation *call);
  /// `op` may be a call, or have regions.
  void scheduleBody(mlir::Operation *op);
  /// `op` has a rule that may find more once nothing else does.
  void scheduleLast(mlir::Operation *op);
  /// How well the rule of `op` solves it, which does not change: to find out
  /// may take to look literals up.
  Solvability getSolvability(mlir::Operation *op);
  void evaluateForward(mlir::Operation *op, Visit &visit);
  /// Why `op` is stuck, of which equations are left or none.
  std::string describeStuck(mlir::Operation *op, bool hasLeft,
                            Blame::Others &others);
  /// Why `op`, of which several operands are unknown, is not solved: what it
  /// belongs to, and where that may be mended.
  std::string describeCoupling(mlir::Operation *op, unsigned numUnknown,
                               Blame::Others &others);
  /// How often `op` would be solved for its operands, for some elements of them
  /// each time.
  std::string describeSteps(mlir::Operation *op, int64_t step);
  /// Which elements of an operand of `op` are not found.
  std::string describeLost(mlir::Operation *op);
  llvm::ArrayRef<mlir::Value> getInputs(mlir::Operation *op);

  /// The units of an op, and what they told at last.
  struct Regions {
    llvm::SmallVector<Unit> units;
    llvm::SmallVector<UnitInverse *> asked;
  };

  Unit unit;
  mlir::Block &forward;
  CallInverter &calls;
  KnowledgeBase knowledge;
  llvm::DenseMap<mlir::Operation *, Regions> regions;
  std::array<Queue, unsigned(Phase::Branches) + 1> queues;
  /// Whether more became known since systems were solved at last.
  bool mayHaveSystem = true;
  /// How many ops were taken from the queues of those that wait for pieces, and
  /// how many had been when the users of a value were put there at last.
  uint64_t numTaken = 0;
  llvm::DenseMap<mlir::Value, uint64_t> announced;
  llvm::DenseMap<mlir::Operation *, Solvability> solvabilities;
  /// Operands of ops with regions, and the values that the regions capture.
  llvm::DenseMap<mlir::Operation *, llvm::SmallVector<mlir::Value>> inputs;
};

/// Erases what is emitted into `block` and neither used nor in `kept`;
/// everything there is free of side effects.
void eraseUnused(mlir::Block &block, llvm::ArrayRef<mlir::Value> kept = {});

} // namespace invhlo

#endif // INVHLO_ENGINE_PROPAGATION_H
