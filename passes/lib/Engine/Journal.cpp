// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/Journal.h"

#include "invhlo/Engine/Decomposition.h"
#include "invhlo/Interfaces/InvertibleOpInterface.h"
#include "invhlo/Interfaces/SourcePosition.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace invhlo;
namespace json = llvm::json;

template <typename Range, typename F>
static json::Array toArray(Range &&range, F describe) {
  json::Array array;
  for (auto &&element : range)
    array.push_back(describe(element));
  return array;
}

static std::string print(Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

/// Which function `op` calls, if it is a call.
static void writeCallee(Operation *op, json::Object &entry) {
  if (auto call = dyn_cast<CallOpInterface>(op))
    if (auto callee = dyn_cast<SymbolRefAttr>(call.getCallableForCallee()))
      entry["calls"] = callee.getRootReference().getValue().str();
}

namespace {
/// A part of a value that was found.
struct Step {
  Value value;
  const Piece *piece;
  /// The steps whose data it was computed from, in order.
  llvm::SetVector<unsigned> from;
  /// The ops of the inverse that compute it, but those of steps before.
  SmallVector<Operation *> ops;

  bool isGiven() const { return !piece->author; }
  bool isEvaluated() const {
    return piece->author && value.getDefiningOp() == piece->author;
  }
};

/// The steps of a unit, in the order in which they were made.
class Steps {
public:
  Steps(const Unit &unit, const KnowledgeBase &knowledge);

  ArrayRef<Step> get() const { return steps; }

private:
  void add(ValueRange values, const KnowledgeBase &knowledge);
  void trace(unsigned number);

  SmallVector<Step, 0> steps;
  /// The step that found this data of the inverse.
  DenseMap<Value, unsigned> finders;
  DenseSet<Operation *> seen;
};
} // namespace

void Steps::add(ValueRange values, const KnowledgeBase &knowledge) {
  for (Value value : values)
    for (const Piece &piece : knowledge.getLearned(value))
      steps.push_back({value, &piece, {}, {}});
}

Steps::Steps(const Unit &unit, const KnowledgeBase &knowledge) {
  add(unit.getTaken(), knowledge);
  for (Operation &op : unit.block->without_terminator())
    add(op.getResults(), knowledge);
  // A unit may return what is neither taken nor computed in it.
  for (Value value : unit.getReturned())
    if (value.getParentBlock() != unit.block &&
        !llvm::is_contained(unit.getTaken(), value))
      add(value, knowledge);
  llvm::stable_sort(steps, [](const Step &a, const Step &b) {
    return a.piece->number < b.piece->number;
  });
  for (auto [number, step] : llvm::enumerate(steps)) {
    finders.try_emplace(step.piece->data.value, number);
    if (Value share = step.piece->data.share)
      finders.try_emplace(share, number);
  }
  for (unsigned number = 0; number < steps.size(); ++number)
    trace(number);
}

/// Goes from the data of a step back to the data of others.
void Steps::trace(unsigned number) {
  Step &step = steps[number];
  if (step.isGiven())
    return;
  SmallVector<Value> pending = {step.piece->data.value};
  if (Value share = step.piece->data.share)
    pending.push_back(share);
  DenseSet<Value> visited(pending.begin(), pending.end());
  while (!pending.empty()) {
    Value data = pending.pop_back_val();
    auto finder = finders.find(data);
    if (finder != finders.end() && finder->second != number) {
      step.from.insert(finder->second);
      continue;
    }
    Operation *op = data.getDefiningOp();
    if (!op)
      continue;
    if (seen.insert(op).second)
      step.ops.push_back(op);
    for (Value input : getInputs(op))
      if (visited.insert(input).second)
        pending.push_back(input);
  }
}

namespace {
class JournalWriter {
public:
  using GetUnits = function_ref<SmallVector<unsigned>(Operation *)>;

  JournalWriter(const Unit &unit, const KnowledgeBase &knowledge,
                GetUnits getUnits)
      : unit(unit), steps(unit, knowledge), knowledge(knowledge),
        getUnits(getUnits) {}

  json::Object write();

private:
  json::Value numberOf(Value value) { return int64_t(numbers[value]); }
  void addValues(ValueRange all, StringRef what, std::optional<int64_t> op);
  json::Object write(Operation &op);
  json::Object write(const Step &step);
  json::Object write(const Cluster &cluster);
  json::Object writeOpen();

  const Unit &unit;
  Steps steps;
  const KnowledgeBase &knowledge;
  GetUnits getUnits;
  json::Array values;
  DenseMap<Value, unsigned> numbers;
  DenseMap<Operation *, unsigned> opNumbers;
  /// Ops that found something, by evaluation or by being solved.
  DenseSet<Operation *> evaluated, solved;
};
} // namespace

void JournalWriter::addValues(ValueRange all, StringRef what,
                              std::optional<int64_t> op) {
  for (auto [position, value] : llvm::enumerate(all)) {
    if (!numbers.try_emplace(value, values.size()).second)
      continue;
    json::Object entry{{"type", print(value.getType())},
                       {what, int64_t(position)}};
    if (op)
      entry["op"] = *op;
    entry["known"] = knowledge.countKnown(value);
    values.push_back(std::move(entry));
  }
}

json::Object JournalWriter::write(Operation &op) {
  auto number = [&](Value value) { return numberOf(value); };
  json::Object entry{{"op", op.getName().getStringRef().str()},
                     {"location", getPosition(op.getLoc())},
                     {"takes", toArray(getInputs(&op), number)},
                     {"gives", toArray(op.getResults(), number)},
                     {"evaluated", evaluated.contains(&op)},
                     {"solved", solved.contains(&op)}};
  auto rule = dyn_cast<InvertibleOpInterface>(op);
  entry["edges"] = toArray(
      rule ? rule.getEdges() : getOpaqueEdges(&op), [](const Edge &edge) {
        return json::Object{{"operand", int64_t(edge.operand)},
                            {"result", int64_t(edge.result)},
                            {"reach", stringify(edge.reach)},
                            {"coupling", stringify(edge.coupling)},
                            {"solvable", edge.isSolvable}};
      });
  if (std::string names = getNames(op.getLoc()); !names.empty())
    entry["names"] = names;
  writeCallee(&op, entry);
  if (SmallVector<unsigned> units = getUnits(&op); !units.empty())
    entry["units"] = toArray(units, [](unsigned n) { return int64_t(n); });
  if (StringRef refusal = knowledge.getRefusal(&op); !refusal.empty())
    entry["refusal"] = refusal.str();
  return entry;
}

json::Object JournalWriter::write(const Step &step) {
  const Piece &piece = *step.piece;
  json::Object entry{
      {"value", numberOf(step.value)},
      {"elements", piece.where.getNumElements()},
      {"how", step.isGiven()       ? "given"
              : step.isEvaluated() ? "evaluated"
                                   : "solved"},
      {"from", toArray(step.from, [](unsigned n) { return int64_t(n); })},
      {"by", toArray(llvm::reverse(step.ops), [](Operation *op) {
         return op->getName().getStringRef().str();
       })}};
  if (!piece.where.isWhole())
    entry["where"] = describe(piece.where);
  if (piece.author)
    entry["op"] = int64_t(opNumbers[piece.author]);
  for (Operation *op : step.ops)
    writeCallee(op, entry);
  if (piece.data.share)
    entry["logDet"] = true;
  if (piece.isChosen)
    entry["chosen"] = true;
  if (piece.isConditional)
    entry["conditional"] = true;
  return entry;
}

json::Object JournalWriter::write() {
  for (const Step &step : steps.get())
    (step.isEvaluated() ? evaluated : solved).insert(step.piece->author);
  addValues(unit.getTaken(), "argument", std::nullopt);
  json::Array ops;
  for (auto [number, op] : llvm::enumerate(unit.block->without_terminator())) {
    opNumbers[&op] = number;
    addValues(op.getResults(), "result", number);
    ops.push_back(write(op));
  }
  addValues(unit.getReturned(), "returned", std::nullopt);
  auto number = [&](Value value) { return numberOf(value); };
  json::Array takes = toArray(unit.getTaken(), number);
  json::Array returns = toArray(unit.getReturned(), number);
  json::Array found =
      toArray(steps.get(), [&](const Step &step) { return write(step); });
  json::Object open = writeOpen();
  json::Object journal{
      {"location", getPosition(unit.block->getParentOp()->getLoc())},
      {"takes", std::move(takes)},
      {"returns", std::move(returns)},
      {"values", std::move(values)},
      {"ops", std::move(ops)},
      {"steps", std::move(found)}};
  if (!open.empty())
    journal["open"] = std::move(open);
  return journal;
}

json::Object JournalWriter::write(const Cluster &cluster) {
  auto number = [&](Value value) { return numberOf(value); };
  auto opNumber = [&](Operation *op) { return int64_t(opNumbers[op]); };
  return json::Object{{"unknowns", toArray(cluster.unknowns, number)},
                      {"ops", toArray(cluster.ops, opNumber)}};
}

/// What is left if not all that the unit takes is known.
json::Object JournalWriter::writeOpen() {
  if (llvm::all_of(unit.getTaken(),
                   [&](Value value) { return knowledge.knows(value); }))
    return {};
  Decomposition open(unit, knowledge);
  json::Object entry{{"blocks", toArray(open.getBlocks(), [&](const auto &b) {
                        return write(b);
                      })}};
  if (!open.getUnderdetermined().empty())
    entry["underdetermined"] = write(open.getUnderdetermined());
  if (!open.getOverdetermined().empty())
    entry["overdetermined"] = write(open.getOverdetermined());
  return entry;
}

json::Object invhlo::writeJournal(
    const Unit &unit, const KnowledgeBase &knowledge,
    function_ref<SmallVector<unsigned>(Operation *)> getUnits) {
  return JournalWriter(unit, knowledge, getUnits).write();
}

void invhlo::emitRemarks(const Unit &unit, const KnowledgeBase &knowledge) {
  if (!unit.block->getParentOp()->getContext()->getRemarkEngine())
    return;
  auto emit = [&](Operation &op, ValueRange values, StringRef what) {
    for (auto [position, value] : llvm::enumerate(values))
      for (const Piece &piece : knowledge.getLearned(value)) {
        if (piece.author != &op)
          continue;
        std::string where = piece.where.isWhole() ? "" : describe(piece.where);
        remark::passed(op.getLoc(),
                       remark::RemarkOpts::name(op.getName().getStringRef())
                           .category("invhlo"))
            << llvm::formatv("{0} #{1}{2}", what, position, where).str();
      }
  };
  for (Operation &op : unit.block->without_terminator()) {
    emit(op, op.getResults(), "evaluated result");
    emit(op, getInputs(&op).getArrayRef(), "solved for operand");
  }
}

json::Object invhlo::describe(const Blame &blame) {
  auto place = [](Operation *op) {
    return json::Object{{"op", op->getName().getStringRef().str()},
                        {"location", getPosition(op->getLoc())}};
  };
  json::Object entry = place(blame.op);
  entry["reason"] = blame.reason;
  entry["others"] = toArray(blame.others, [&](const auto &other) {
    json::Object note = place(other.first);
    note["reason"] = other.second;
    return note;
  });
  entry["calls"] = toArray(blame.calls, place);
  return entry;
}
