// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/Inverter.h"

#include "invhlo/Engine/Assembly.h"
#include "invhlo/Engine/CallInverter.h"
#include "invhlo/Engine/ForwardCheck.h"
#include "invhlo/Engine/Journal.h"
#include "invhlo/Engine/Propagation.h"
#include "invhlo/Engine/Shares.h"
#include "invhlo/Interfaces/InvertibleOpInterface.h"
#include "invhlo/Interfaces/JournalSink.h"
#include "invhlo/Interfaces/Masks.h"
#include "invhlo/Interfaces/Refusal.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/Emission.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include <utility>

using namespace mlir;
using namespace invhlo;
namespace json = llvm::json;

namespace {
class Inverter {
public:
  Inverter(func::FuncOp forward, const llvm::BitVector &unknown,
           const InversionOptions &options)
      : forward(forward), unknown(unknown), options(options) {}

  FailureOr<func::FuncOp> run();

private:
  LogicalResult checkDetermined(KnowledgeBase &knowledge);
  void createSignature();
  LogicalResult solve(Propagation &propagation,
                      ArrayRef<std::pair<Value, Known>> before);
  /// The first unknown argument that is not found; null if there is none.
  BlockArgument findLost(KnowledgeBase &knowledge);
  LogicalResult report(Blame blame, ArrayRef<BlockArgument> unknowns);
  json::Value writeJournal(Propagation &propagation, CallInverter &calls);
  void createReturn(KnowledgeBase &knowledge);
  Value sumShares(KnowledgeBase &knowledge);

  Block &body() { return forward.front(); }
  OperandRange results() { return body().getTerminator()->getOperands(); }
  bool isUnknown(unsigned i) const { return unknown.test(i); }
  SmallVector<BlockArgument> getUnknowns() {
    return llvm::filter_to_vector(body().getArguments(), [&](BlockArgument a) {
      return isUnknown(a.getArgNumber());
    });
  }

  func::FuncOp forward, inverse;
  const llvm::BitVector &unknown;
  const InversionOptions &options;
  /// What was reported.
  Blame blame;
};
} // namespace

/// A log-det needs as many equations as unknowns: with more, it would depend
/// on which of them are spent.
LogicalResult Inverter::checkDetermined(KnowledgeBase &knowledge) {
  SmallVector<BlockArgument> unknowns = getUnknowns();
  int64_t inputs = countDimensions(ArrayRef<BlockArgument>(unknowns));
  int64_t outputs = 0;
  // A value that is returned twice is one.
  for (Value result : SetVector<Value>(results().begin(), results().end()))
    outputs +=
        countDimensions(result.getType(), knowledge.countUnknown(result));
  if (outputs > inputs)
    knowledge.setOverdetermined();
  if (options.logDet == LogDet::None || options.allowOverdetermined ||
      inputs == 0 || outputs <= inputs)
    return success();
  return refusal(forward.emitOpError())
         << "has more output than input elements (" << outputs << " > "
         << inputs << "): its log-det depends on which of them are used";
}

/// Shardings stay with what they describe.
static DictionaryAttr keepSharding(DictionaryAttr attrs, MLIRContext *context) {
  SmallVector<NamedAttribute> kept;
  for (StringRef name : {"mhlo.sharding", "sdy.sharding"})
    if (attrs)
      if (Attribute sharding = attrs.get(name))
        kept.emplace_back(StringAttr::get(context, name), sharding);
  return DictionaryAttr::get(context, kept);
}

void Inverter::createSignature() {
  MLIRContext *context = forward.getContext();
  SmallVector<Type> inputs, outputs;
  SmallVector<Attribute> inputAttrs;
  SmallVector<Location> locs;
  for (BlockArgument argument : body().getArguments()) {
    unsigned i = argument.getArgNumber();
    if (isUnknown(i))
      continue;
    inputs.push_back(argument.getType());
    inputAttrs.push_back(keepSharding(forward.getArgAttrDict(i), context));
    locs.push_back(argument.getLoc());
  }
  for (auto [i, result] : llvm::enumerate(results())) {
    inputs.push_back(result.getType());
    inputAttrs.push_back(keepSharding(forward.getResultAttrDict(i), context));
    locs.push_back(result.getLoc());
  }
  inverse = func::FuncOp::create(forward.getLoc(),
                                 (forward.getSymName() + ".inverse").str(),
                                 FunctionType::get(context, inputs, outputs));
  Block *entry = new Block();
  inverse.getBody().push_back(entry);
  entry->addArguments(inputs, locs);
  inverse.setAllArgAttrs(inputAttrs);
}

BlockArgument Inverter::findLost(KnowledgeBase &knowledge) {
  for (BlockArgument argument : getUnknowns())
    if (!knowledge.knows(argument))
      return argument;
  return {};
}

LogicalResult Inverter::report(Blame found, ArrayRef<BlockArgument> unknowns) {
  blame = std::move(found);
  if (!blame.op)
    return refusal(emitError(unknowns.front().getLoc()))
           << "argument #" << unknowns.front().getArgNumber()
           << " cannot be recovered: it does not reach the results";
  InFlightDiagnostic diagnostic = refusal(blame.op->emitOpError());
  diagnostic << "cannot be inverted: " << blame.reason;
  for (auto &[other, what] : blame.others)
    diagnostic.attachNote(other->getLoc()) << what;
  for (Operation *call : blame.calls)
    diagnostic.attachNote(call->getLoc()) << "called from here";
  for (BlockArgument argument : unknowns)
    diagnostic.attachNote(argument.getLoc())
        << "the unknown is argument #" << argument.getArgNumber();
  return diagnostic;
}

/// Zeros where a mask's data means nothing.
static Value clearOutside(OpBuilder &b, Location loc, const Piece &piece) {
  Value share = piece.data.share;
  if (piece.where.isBox())
    return share;
  Value mask = createMask(b, loc, piece.where);
  Value zeros = stablehlo::createSplat(b, loc, getTensorType(share), 0);
  return stablehlo::SelectOp::create(b, loc, mask, share, zeros);
}

/// The total of the pieces' shares as they were learned: joining them first
/// would cost copies.
Value Inverter::sumShares(KnowledgeBase &knowledge) {
  OpBuilder &b = knowledge.getBuilder();
  Location loc = forward.getLoc();
  Type widest = b.getF32Type();
  for (BlockArgument argument : getUnknowns()) {
    Type type = getShareType(getTensorType(argument).getElementType());
    if (type.getIntOrFloatBitWidth() > widest.getIntOrFloatBitWidth())
      widest = type;
  }
  SmallVector<Value> shares;
  for (BlockArgument argument : getUnknowns())
    for (const Piece &piece : knowledge.getLearned(argument))
      if (piece.data.share)
        shares.push_back(clearOutside(b, loc, piece));
  return TotalSharesOp::create(b, loc, RankedTensorType::get({}, widest),
                               shares);
}

void Inverter::createReturn(KnowledgeBase &knowledge) {
  OpBuilder &b = knowledge.getBuilder();
  MLIRContext *context = b.getContext();
  SmallVector<Known> found;
  SmallVector<Value> returned;
  SmallVector<Attribute> attrs;
  for (BlockArgument argument : getUnknowns()) {
    found.push_back(knowledge.get(argument));
    returned.push_back(found.back().value);
    attrs.push_back(
        keepSharding(forward.getArgAttrDict(argument.getArgNumber()), context));
  }
  if (options.logDet == LogDet::Shares)
    for (const Known &data : found) {
      RankedTensorType type = getTensorType(data.value);
      returned.push_back(
          data.share ? data.share
                     : stablehlo::createSplat(b, forward.getLoc(),
                                              getShareTensorType(type), 0));
    }
  if (options.logDet == LogDet::Total)
    returned.push_back(sumShares(knowledge));
  attrs.resize(returned.size(), DictionaryAttr::get(context));
  func::ReturnOp::create(b, forward.getLoc(), returned);
  inverse.setFunctionType(FunctionType::get(context, inverse.getArgumentTypes(),
                                            TypeRange(ValueRange(returned))));
  inverse.setAllResultAttrs(attrs);
}

/// Finds the unknown arguments from the known ones, the results, and what was
/// found before.
LogicalResult Inverter::solve(Propagation &propagation,
                              ArrayRef<std::pair<Value, Known>> before) {
  KnowledgeBase &knowledge = propagation.getKnowledge();
  Block &entry = inverse.front();
  unsigned next = 0;
  for (BlockArgument argument : body().getArguments())
    if (!isUnknown(argument.getArgNumber()))
      knowledge.learn(argument, Known{entry.getArgument(next++), {}});
  // What the known arguments give alone costs no equation.
  propagation.run(/*choosesBranches=*/false);
  if (failed(checkDetermined(knowledge)))
    return failure();
  for (auto [value, data] : before)
    knowledge.learn(value, data);
  // The log-det of more results than are needed is that of the first ones.
  bool choosesChart =
      options.allowOverdetermined && options.logDet != LogDet::None;
  for (Value result : results()) {
    knowledge.learn(result, Known{entry.getArgument(next++), {}});
    if (choosesChart)
      propagation.run(/*choosesBranches=*/false);
  }
  propagation.run(options.choosesBranches);
  return success();
}

/// Takes back what was said beside values.
static void eraseBeside(ArrayRef<Operation *> ops) {
  for (Operation *op : ops) {
    op->replaceAllUsesWith(getValuesBeside(op));
    SmallVector<Operation *> unused{op};
    while (!unused.empty()) {
      Operation *next = unused.pop_back_val();
      SetVector<Operation *> before;
      for (Value operand : next->getOperands())
        if (Operation *definition = operand.getDefiningOp())
          before.insert(definition);
      next->erase();
      for (Operation *definition : before)
        if (isOpTriviallyDead(definition))
          unused.push_back(definition);
    }
  }
}

/// The units whose inverses the inverse is made of, the function's own first.
json::Value Inverter::writeJournal(Propagation &propagation,
                                   CallInverter &calls) {
  json::Object own = propagation.writeJournal();
  own["function"] = forward.getSymName().str();
  own["inverse"] = inverse.getSymName().str();
  json::Array units = calls.getUnits().takeJournals();
  units.insert(units.begin(), std::move(own));
  json::Array positions;
  for (unsigned position : unknown.set_bits())
    positions.push_back(int64_t(position));
  json::Object journal{{"unknown", std::move(positions)},
                       {"units", std::move(units)}};
  if (blame.op)
    journal["blame"] = describe(blame);
  return journal;
}

FailureOr<func::FuncOp> Inverter::run() {
  if (failed(checkForward(forward)))
    return failure();
  createSignature();
  OwningOpRef<func::FuncOp> owner(inverse);
  auto module = forward->getParentOfType<ModuleOp>();
  SymbolTableCollection symbols;
  auto *sink = forward->getDialect()->getRegisteredInterface<JournalSink>();
  CallInverter calls(symbols, module, /*keepsJournals=*/sink);
  Block &entry = inverse.front();
  Unit unit = Unit::get(body());
  // Once more where a value became known better after it had been used, and
  // where more was said as something was left.
  SmallVector<std::pair<Value, Known>> found;
  SmallVector<Operation *> said;
  std::optional<Blame> before;
  std::optional<json::Value> journalBefore;
  while (true) {
    Propagation propagation(unit, OpBuilder::atBlockEnd(&entry),
                            options.logDet != LogDet::None, calls);
    KnowledgeBase &knowledge = propagation.getKnowledge();
    bool isSolved = succeeded(solve(propagation, found));
    if (isSolved && found.empty() && knowledge.isOutdated()) {
      found = knowledge.getImproved();
      continue;
    }
    if (BlockArgument lost = findLost(knowledge); isSolved && lost) {
      isSolved = false;
      if (!before) {
        blame = propagation.findBlame();
        if (sink)
          journalBefore = writeJournal(propagation, calls);
        before = std::exchange(blame, {});
        calls.eraseFunctions();
        said = options.sayMore ? options.sayMore(module) : said;
        if (!said.empty()) {
          found.clear();
          continue;
        }
      }
      (void)report(*before, lost);
    } else if (Blame conflict = propagation.findConflict();
               isSolved && conflict.op) {
      isSolved = succeeded(report(conflict, getUnknowns()));
    }
    // What did not help is not said.
    if (sink)
      sink->take(!isSolved && journalBefore ? std::move(*journalBefore)
                                            : writeJournal(propagation, calls));
    emitRemarks(unit, knowledge);
    if (!isSolved) {
      calls.eraseFunctions();
      eraseBeside(said);
      return failure();
    }
    createReturn(knowledge);
    break;
  }
  eraseUnused(entry);
  symbols.getSymbolTable(module).insert(owner.release(),
                                        Block::iterator(forward));
  return inverse;
}

FailureOr<func::FuncOp>
invhlo::invertFunction(func::FuncOp function, const llvm::BitVector &unknown,
                       const InversionOptions &options) {
  return Inverter(function, unknown, options).run();
}
