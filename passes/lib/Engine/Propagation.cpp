// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/Propagation.h"

#include "invhlo/Engine/CallInverter.h"
#include "invhlo/Interfaces/InvertibleOpInterface.h"
#include "invhlo/Interfaces/Primitive.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

Propagation::Propagation(Block &forward, OpBuilder inverse, bool shares,
                         CallInverter &calls)
    : forward(forward), calls(calls),
      knowledge(std::move(inverse), shares,
                [this](Value value) { scheduleNeighbours(value); }) {
  for (Operation &op : forward.without_terminator()) {
    if (op.getNumRegions() != 0) {
      SetVector<Value> captured(op.operand_begin(), op.operand_end());
      getUsedValuesDefinedAbove(op.getRegions(), captured);
      inputs[&op] = captured.takeVector();
    }
    schedule(&op, WholeValues);
  }
}

void Propagation::schedule(Operation *op, Priority priority) {
  if (queued[priority].insert(op).second)
    queues[priority].push_back(op);
}

void Propagation::scheduleDefinition(Operation *op, bool whole) {
  auto rule = dyn_cast<InvertibleOpInterface>(op);
  if (whole || (rule && rule.prefersPieces()))
    schedule(op, WholeValues);
  if (rule)
    schedule(op, Pieces);
  if (isa<CallOpInterface>(op))
    schedule(op, Calls);
}

void Propagation::scheduleUser(Operation *op, bool whole) {
  if (op->hasTrait<OpTrait::IsTerminator>())
    return;
  auto rule = dyn_cast<InvertibleOpInterface>(op);
  if (whole)
    schedule(op, WholeValues);
  if (rule) {
    schedule(op, rule.prefersPieces() ? FreeParts : Pieces);
    schedule(op, Parts);
  }
  if (isa<CallOpInterface>(op))
    schedule(op, Calls);
}

void Propagation::scheduleNeighbours(Value value) {
  bool whole = knowledge.knows(value);
  if (Operation *op = value.getDefiningOp())
    scheduleDefinition(op, whole);
  for (Operation *user : value.getUsers())
    if (Operation *op = forward.findAncestorOpInBlock(*user))
      scheduleUser(op, whole);
}

void Propagation::run() {
  while (true) {
    unsigned priority = 0;
    while (priority < NumPriorities && queues[priority].empty())
      ++priority;
    if (priority == NumPriorities)
      return;
    Operation *op = queues[priority].front();
    queues[priority].pop_front();
    queued[priority].erase(op);
    visit(op, Priority(priority));
  }
}

ArrayRef<Value> Propagation::getInputs(Operation *op) {
  auto it = inputs.find(op);
  if (it == inputs.end())
    it = inputs.try_emplace(op, op->getOperands()).first;
  return it->second;
}

void Propagation::visit(Operation *op, Priority priority) {
  auto isKnown = [&](Value value) { return knowledge.knows(value); };
  bool resultsKnown = llvm::all_of(op->getResults(), isKnown);
  bool inputsKnown = llvm::all_of(getInputs(op), isKnown);
  if (inputsKnown) {
    if (!resultsKnown)
      evaluateForward(op);
    return;
  }
  if (auto call = dyn_cast<CallOpInterface>(op)) {
    // Custom rules are asked when they have all results, and as a last resort.
    if (priority == Calls ? saysMoreThanItsArguments(op)
                          : resultsKnown && isAnnotated(op))
      calls.invert(call, knowledge);
    return;
  }
  if (auto rule = dyn_cast<InvertibleOpInterface>(op)) {
    knowledge.showPieces(priority != WholeValues || rule.prefersPieces());
    knowledge.evaluateParts(priority == Parts);
    rule.propagate(knowledge);
    if (llvm::all_of(op->getOperands(), isKnown))
      remark::passed(op->getLoc(),
                     remark::RemarkOpts::name(op->getName().getStringRef())
                         .category("invhlo"))
          << "operands found from results";
  }
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

void Propagation::evaluateForward(Operation *op) {
  IRMapping mapping;
  for (Value input : getInputs(op))
    mapping.map(input, knowledge.get(input).value);
  Operation *clone = knowledge.getBuilder().clone(*op, mapping);
  for (auto [result, value] :
       llvm::zip_equal(op->getResults(), clone->getResults()))
    knowledge.learn(result, Known{value, {}});
}

/// Says in the engine's words why an op that no rule refused is stuck.
static std::string describeStuck(Operation *op, unsigned numUnknown) {
  if (numUnknown > 1)
    return llvm::formatv("{0} operands depend on the unknown", numUnknown);
  if (!isa<InvertibleOpInterface, CallOpInterface>(op))
    return "there is no inversion rule for this op";
  return "too little of its result is known";
}

/// An op is to blame if it keeps an operand to itself although its results are
/// known; if there is none, one that a rule refused, or any that is stuck.
Blame Propagation::findBlame() {
  Operation *known = nullptr, *refused = nullptr, *stuck = nullptr;
  auto isKnown = [&](Value value) { return knowledge.knows(value); };
  for (Operation &op : forward.without_terminator()) {
    bool knowsAny = llvm::any_of(op.getResults(), [&](Value result) {
      return knowledge.knowsAnyOf(result);
    });
    // What a primitive was lowered to is to blame, not the primitive.
    if (!knowsAny || isPrimitive(&op) || llvm::all_of(getInputs(&op), isKnown))
      continue;
    if (!known && llvm::all_of(op.getResults(), isKnown))
      known = &op;
    if (!refused && !knowledge.getRefusal(&op).empty())
      refused = &op;
    if (!stuck)
      stuck = &op;
  }
  Operation *op = known ? known : refused ? refused : stuck;
  if (!op)
    return {};
  if (auto call = dyn_cast<CallOpInterface>(op))
    if (Blame inner = calls.findBlame(call, knowledge); inner.op) {
      inner.calls.insert(inner.calls.begin(), op);
      return inner;
    }
  StringRef refusal = knowledge.getRefusal(op);
  unsigned numUnknown = llvm::count_if(
      getInputs(op), [&](Value operand) { return !isKnown(operand); });
  return {
      op, refusal.empty() ? describeStuck(op, numUnknown) : refusal.str(), {}};
}

void invhlo::eraseUnused(Block &block) {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
    if (op.use_empty() && !op.hasTrait<OpTrait::IsTerminator>())
      op.erase();
}
