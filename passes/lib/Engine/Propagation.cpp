// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/Propagation.h"

#include "invhlo/Engine/CallInverter.h"
#include "invhlo/Engine/Decomposition.h"
#include "invhlo/Engine/Journal.h"
#include "invhlo/Engine/Ledger.h"
#include "invhlo/Interfaces/InvertibleOpInterface.h"
#include "invhlo/Interfaces/SystemSolver.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace invhlo;

Propagation::Propagation(const Unit &unit, OpBuilder inverse, bool shares,
                         CallInverter &calls)
    : unit(unit), forward(*unit.block), calls(calls),
      knowledge(std::move(inverse), shares,
                [this](Value value) { scheduleNeighbours(value); }) {
  for (Operation &op : forward.without_terminator()) {
    if (op.getNumRegions() != 0)
      inputs[&op] = invhlo::getInputs(&op).takeVector();
    if (auto withUnits = dyn_cast<InvertibleRegionOpInterface>(op))
      regions[&op].units = withUnits.getUnits();
    schedule(&op, Phase::WholeValues);
  }
}

Solvability Propagation::getSolvability(Operation *op) {
  auto [it, isNew] = solvabilities.try_emplace(op);
  if (isNew)
    it->second = cast<InvertibleOpInterface>(op).getSolvability();
  return it->second;
}

void Propagation::scheduleDefinition(Operation *op, bool whole) {
  auto rule = dyn_cast<InvertibleOpInterface>(op);
  if (whole || (rule && rule.prefersPieces()))
    schedule(op, Phase::WholeValues);
  if (rule) {
    schedule(op, Phase::Pieces);
    scheduleLast(op);
  }
  scheduleBody(op);
  if (!getValuesBeside(op).empty())
    schedule(op, Phase::ValuesBeside);
}

void Propagation::scheduleBody(Operation *op) {
  if (!isa<CallOpInterface, InvertibleRegionOpInterface>(op))
    return;
  schedule(op, Phase::Bodies);
  if (knowledge.isOverdetermined())
    schedule(op, Phase::Conditions);
}

void Propagation::scheduleLast(Operation *op) {
  Solvability solvability = getSolvability(op);
  if (knowledge.isOverdetermined() && solvability != Solvability::Always)
    schedule(op, Phase::Conditions);
  if (solvability == Solvability::ByBranch)
    schedule(op, Phase::Branches);
}

void Propagation::scheduleUser(Operation *op, bool whole) {
  if (op->hasTrait<OpTrait::IsTerminator>())
    return;
  auto rule = dyn_cast<InvertibleOpInterface>(op);
  if (whole)
    schedule(op, Phase::WholeValues);
  if (rule) {
    schedule(op, rule.prefersPieces() ? Phase::FreeParts : Phase::Pieces);
    schedule(op, Phase::Parts);
    scheduleLast(op);
  }
  scheduleBody(op);
}

void Propagation::scheduleNeighbours(Value value) {
  mayHaveSystem = true;
  bool whole = knowledge.knows(value);
  if (Operation *op = value.getDefiningOp(); op && op->getBlock() == &forward)
    scheduleDefinition(op, whole);
  // The users of a value of many pieces may all be waiting already.
  auto [last, isNew] = announced.try_emplace(value, numTaken);
  if (!whole && !isNew && last->second == numTaken)
    return;
  last->second = numTaken;
  for (Operation *user : value.getUsers())
    if (Operation *op = forward.findAncestorOpInBlock(*user))
      scheduleUser(op, whole);
}

void Propagation::run(bool choosesBranches) {
  auto last = choosesBranches ? Phase::Branches : Phase::Conditions;
  auto isNext = [](const Queue &queue) { return !queue.ops.empty(); };
  while (true) {
    auto *next = llvm::find_if(queues, isNext);
    auto phase = Phase(next - queues.begin());
    if (phase >= Phase::Branches && solveSystem())
      continue;
    if (phase > last)
      return;
    Operation *op = next->pop();
    if (phase > Phase::ConditionalValues)
      ++numTaken;
    visit(op, phase);
    if (phase == Phase::Conditions)
      visitOthersFor(op);
  }
}

Operation *Propagation::findCoupled() {
  for (Operation &op : forward.without_terminator()) {
    auto isKnown = [&](Value value) { return knowledge.knows(value); };
    SetVector<Value> unknown;
    for (Value input : getInputs(&op))
      if (!isKnown(input))
        unknown.insert(input);
    bool isStuck = unknown.size() > 1 || !knowledge.getRefusal(&op).empty();
    if (!unknown.empty() && isStuck && llvm::all_of(op.getResults(), isKnown))
      return &op;
  }
  return nullptr;
}

bool Propagation::solveSystem() {
  auto *dialect =
      forward.getParentOp()->getContext()->getLoadedDialect<InvhloDialect>();
  auto *solver =
      dialect ? dialect->getRegisteredInterface<SystemSolver>() : nullptr;
  if (!solver || !std::exchange(mayHaveSystem, false) || !findCoupled())
    return false;
  Decomposition open(unit, knowledge);
  for (const Cluster &cluster : open.getBlocks()) {
    auto *author = llvm::find_if(cluster.ops, [&](Operation *op) {
      return llvm::all_of(op->getResults(),
                          [&](Value value) { return knowledge.knows(value); });
    });
    if (author == cluster.ops.end())
      continue;
    Visit visit(knowledge, *author, {Phase::Conditions});
    solver->solve(cluster, *author, visit);
    if (mayHaveSystem)
      return true;
  }
  return false;
}

void Propagation::visitOthersFor(Operation *op) {
  for (Value input : getInputs(op)) {
    if (!knowledge.isConditional(input))
      continue;
    for (Operation *user : input.getUsers()) {
      Operation *other = forward.findAncestorOpInBlock(*user);
      if (other && getQueue(Phase::Conditions).waiting.contains(other))
        visit(other, Phase::Conditions);
    }
  }
}

bool Propagation::waitsForBranch() {
  return llvm::any_of(getQueue(Phase::Branches).ops, [&](Operation *op) {
    auto knowsAny = [&](Value value) { return knowledge.knowsAnyOf(value); };
    auto isKnown = [&](Value value) { return knowledge.knows(value); };
    return llvm::any_of(op->getResults(), knowsAny) &&
           !llvm::all_of(op->getOperands(), isKnown);
  });
}

ArrayRef<Value> Propagation::getInputs(Operation *op) {
  auto it = inputs.find(op);
  if (it == inputs.end())
    it = inputs.try_emplace(op, op->getOperands()).first;
  return it->second;
}

void Propagation::visit(Operation *op, Phase phase) {
  auto isKnown = [&](Value value) { return knowledge.knows(value); };
  bool resultsKnown = llvm::all_of(op->getResults(), isKnown);
  bool inputsKnown = llvm::all_of(getInputs(op), isKnown);
  auto rule = dyn_cast<InvertibleOpInterface>(op);
  bool takesPieces = !knowledge.getStepOfExhausted(op);
  bool isReady = !knowledge.isOverdetermined() || phase >= Phase::Conditions ||
                 (rule && getSolvability(op) == Solvability::Always);
  Visit::Terms terms{phase};
  terms.showsPieces = takesPieces && (phase > Phase::ConditionalValues ||
                                      (rule && rule.prefersPieces()));
  terms.isExact = inputsKnown || (rule && rule.isRearrangement());
  bool hasUnits = isa<CallOpInterface, InvertibleRegionOpInterface>(op);
  terms.improves = (rule || hasUnits) && inputsKnown && resultsKnown &&
                   isReady && phase != Phase::Branches &&
                   knowledge.mayImprove(op);
  Visit visit(knowledge, op, terms);
  if (inputsKnown) {
    if (!resultsKnown)
      evaluateForward(op, visit);
    else if (terms.improves && hasUnits)
      visitBody(op, phase, visit, resultsKnown);
    else if (terms.improves)
      rule.propagate(visit);
  } else if (hasUnits) {
    if (takesPieces || resultsKnown)
      visitBody(op, phase, visit, resultsKnown);
  } else if (rule && phase == Phase::WholeValues &&
             getSolvability(op) == Solvability::Conditionally) {
    schedule(op, Phase::ConditionalValues);
  } else if (rule) {
    rule.propagate(visit);
  }
}

/// A call, or an op with a region.
void Propagation::visitBody(Operation *op, Phase phase, Visit &visit,
                            bool resultsKnown) {
  auto call = dyn_cast<CallOpInterface>(op);
  // Custom rules are asked when they have all results, and as a last resort.
  // Results may depend on those operands only that are known already.
  bool isWanted = call && phase < Phase::Bodies
                      ? resultsKnown && isAnnotated(op)
                  : call ? saysMoreThanItsArguments(op)
                         : phase >= Phase::Bodies;
  if (!isWanted)
    return;
  bool waits = call
                   ? calls.invert(call, visit)
                   : visitRegions(cast<InvertibleRegionOpInterface>(op), visit);
  if (waits)
    schedule(op, Phase::Branches);
}

namespace {
/// Keeps what an op's units told.
class AskedUnits : public UnitInverter {
public:
  AskedUnits(UnitInverter &inverter, SmallVectorImpl<UnitInverse *> &asked)
      : inverter(inverter), asked(asked) {
    asked.clear();
  }
  UnitInverse &ask(const Unit &unit, const BoundaryPattern &given) override {
    UnitInverse &inverse = inverter.ask(unit, given);
    asked.push_back(&inverse);
    return inverse;
  }
  SmallVector<Known> inlineAt(OpBuilder &b, UnitInverse &inverse,
                              ArrayRef<Known> given,
                              ArrayRef<BoundaryPart> parts) override {
    return inverter.inlineAt(b, inverse, given, parts);
  }

private:
  UnitInverter &inverter;
  SmallVectorImpl<UnitInverse *> &asked;
};
} // namespace

bool Propagation::visitRegions(InvertibleRegionOpInterface op, Visit &visit) {
  // What it declined for before may be known by now.
  knowledge.refuse(op, "");
  Regions &known = regions[op];
  AskedUnits inverter(calls.getUnits(), known.asked);
  op.propagateRegions(visit, known.units, inverter);
  return llvm::any_of(known.asked, [](UnitInverse *inverse) {
    return inverse->waitsForBranch;
  });
}

llvm::json::Object Propagation::writeJournal() {
  return invhlo::writeJournal(unit, knowledge, [&](Operation *op) {
    SmallVector<unsigned> numbers;
    for (UnitInverse *inverse : regions.lookup(op).asked)
      if (inverse->number > 0)
        numbers.push_back(inverse->number);
    return numbers;
  });
}

/// Whether specialising a call can find anything: whole arguments alone are
/// what forward evaluation waits for.
bool Propagation::saysMoreThanItsArguments(Operation *call) {
  auto isPartlyKnown = [&](Value value) {
    return knowledge.knowsAnyOf(value) && !knowledge.knows(value);
  };
  return llvm::any_of(call->getOperands(), isPartlyKnown) ||
         llvm::any_of(call->getResults(), [&](Value result) {
           return knowledge.knowsAnyOf(result);
         });
}

void Propagation::evaluateForward(Operation *op, Visit &visit) {
  IRMapping mapping;
  for (Value input : getInputs(op))
    mapping.map(input, visit.Knowledge::get(input).value);
  Operation *clone = knowledge.getBuilder().clone(*op, mapping);
  for (auto [result, value] :
       llvm::zip_equal(op->getResults(), clone->getResults()))
    visit.learn(result, Knowledge::wholeOf(result), Known{value, {}});
}

std::string Propagation::describeCoupling(Operation *op, unsigned numUnknown,
                                          Blame::Others &others) {
  Decomposition open(unit, knowledge);
  Ledger ledger(unit, knowledge);
  if (const Cluster &cluster = open.getUnderdetermined();
      cluster.contains(op)) {
    int64_t unknowns = 0, equations = 0;
    for (Value value : unit.getTaken())
      if (llvm::is_contained(cluster.unknowns, value))
        unknowns += knowledge.countUnknown(value);
    for (Operation *other : cluster.ops) {
      int64_t left = ledger.countLeft(other);
      equations += left;
      if (left > 0 && other != op)
        others.push_back({other, "and by this"});
    }
    if (unknowns > equations)
      return llvm::formatv("{0} unknown elements are seen by {1} equations "
                           "only",
                           unknowns, equations);
    others.clear();
  }
  for (const Cluster &block : open.getBlocks()) {
    if (!block.contains(op))
      continue;
    auto isInside = [&](Operation *user) { return block.contains(user); };
    for (Value value : block.unknowns)
      if (Operation *defining = value.getDefiningOp();
          defining && llvm::count_if(value.getUsers(), isInside) > 1) {
        others.push_back({defining, "this is used more than once"});
        break;
      }
  }
  return llvm::formatv("{0} operands depend on the unknown", numUnknown);
}

/// Says in the engine's words why an op that no rule refused is stuck.
std::string Propagation::describeStuck(Operation *op, bool hasLeft,
                                       Blame::Others &others) {
  if (!isa<InvertibleOpInterface, InvertibleRegionOpInterface, CallOpInterface>(
          op))
    return "there is no inversion rule for this op";
  auto isKnown = [&](Value value) { return knowledge.knows(value); };
  unsigned numUnknown = llvm::count_if(
      getInputs(op), [&](Value input) { return !isKnown(input); });
  if (hasLeft && numUnknown > 1)
    return describeCoupling(op, numUnknown, others);
  // Where nothing is to be chosen, choices are left.
  if (hasLeft && !getQueue(Phase::Branches).ops.empty() &&
      isa<InvertibleOpInterface>(op) &&
      getSolvability(op) == Solvability::ByBranch)
    return "several values have the same result";
  bool losesPart = llvm::any_of(getInputs(op), [&](Value input) {
    return !isKnown(input) && knowledge.knowsAnyOf(input);
  });
  if (!losesPart || (hasLeft && !llvm::all_of(op->getResults(), isKnown)))
    return "too little of its result is known";
  return describeLost(op);
}

std::string Propagation::describeSteps(Operation *op, int64_t step) {
  int64_t count = 0;
  for (Value input : getInputs(op))
    if (!knowledge.knows(input))
      count = std::max(count, getTensorType(input).getNumElements());
  return llvm::formatv("it would be solved {0} at a time: {1} steps",
                       step == 1 ? "one element"
                                 : std::to_string(step) + " elements",
                       llvm::divideCeil(count, step));
}

std::string Propagation::describeLost(Operation *op) {
  for (Value input : getInputs(op)) {
    if (knowledge.knows(input) || !knowledge.knowsAnyOf(input))
      continue;
    SmallVector<IndexSet> lost{Knowledge::wholeOf(input)};
    for (const Piece &piece : knowledge.getLearned(input))
      lost = subtract(std::move(lost), piece.where);
    return "the results do not tell " + describe(lost) + " of its operand";
  }
  llvm_unreachable("an input is partly known");
}

Blame Propagation::findConflict() {
  Ledger ledger(unit, knowledge);
  Blame blame;
  if (auto found = ledger.findContradiction()) {
    blame.op = found->finder;
    blame.reason = "several values have the same result, and another result "
                   "may say which is meant";
    blame.others.push_back(
        {found->left,
         "this cannot be solved for it, but depends on the choice"});
  } else if (auto found = ledger.findLostShare()) {
    blame.op = found->finder;
    blame.reason = "its log-det belongs to all that it finds together, and a "
                   "part of that is known otherwise";
    blame.others.push_back(
        {found->left, "this is solved for the rest of it alone"});
  }
  return blame;
}

/// An op is to blame whose results are known and which was not solved for what
/// they tell: one that a rule refused, or else any. If there is none, what is
/// known was not enough: an op with known results is to blame.
Blame Propagation::findBlame() {
  Ledger ledger(unit, knowledge);
  Operation *refused = nullptr, *left = nullptr, *stuck = nullptr;
  Operation *exhausted = nullptr;
  std::optional<int64_t> step;
  auto isKnown = [&](Value value) { return knowledge.knows(value); };
  for (Operation &op : forward.without_terminator()) {
    bool knowsAny = llvm::any_of(op.getResults(), [&](Value result) {
      return knowledge.knowsAnyOf(result);
    });
    // What a primitive was lowered to is to blame, not the primitive.
    if (!knowsAny || isa<PrimitiveOp>(op) ||
        llvm::all_of(getInputs(&op), isKnown))
      continue;
    if (!exhausted && (step = knowledge.getStepOfExhausted(&op)))
      exhausted = &op;
    bool hasLeft = ledger.hasLeft(&op);
    if (!refused && hasLeft && !knowledge.getRefusal(&op).empty())
      refused = &op;
    if (!left && hasLeft)
      left = &op;
    if (!stuck)
      stuck = &op;
  }
  if (exhausted) {
    Blame blame;
    blame.op = left ? left : exhausted;
    blame.reason = describeSteps(blame.op, *step);
    return blame;
  }
  Operation *op = refused ? refused : left ? left : stuck;
  if (!op)
    return {};
  Visit last(knowledge, op, {Phase::Branches});
  if (auto call = dyn_cast<CallOpInterface>(op))
    if (Blame inner = calls.findBlame(call, last); inner.op) {
      inner.calls.insert(inner.calls.begin(), op);
      return inner;
    }
  if (knowledge.getRefusal(op).empty())
    for (UnitInverse *inverse : regions.lookup(op).asked)
      if (inverse->blame.op)
        return inverse->blame;
  Blame blame;
  blame.op = op;
  blame.reason = knowledge.getRefusal(op).str();
  if (blame.reason.empty())
    blame.reason = describeStuck(op, op == left, blame.others);
  return blame;
}

void invhlo::eraseUnused(Block &block, ArrayRef<Value> kept) {
  DenseSet<Value> wanted(kept.begin(), kept.end());
  auto isWanted = [&](Value value) { return wanted.contains(value); };
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
    if (op.use_empty() && !op.hasTrait<OpTrait::IsTerminator>() &&
        llvm::none_of(op.getResults(), isWanted))
      op.erase();
}
