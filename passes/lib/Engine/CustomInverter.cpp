// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/CustomInverter.h"

#include "invhlo/Engine/CallInverter.h"
#include "invhlo/Engine/Shares.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace invhlo;

func::FuncOp CustomInverter::resolve(FlatSymbolRefAttr symbol) {
  return symbols.lookupSymbolIn<func::FuncOp>(module, symbol);
}

void CustomInverter::invert(CallOpInterface call, Knowledge &knowledge) {
  std::string name = getAnnotatedName(call);
  auto isKnown = [&](Value value) { return knowledge.knows(value); };
  if (llvm::none_of(call->getResults(), isKnown))
    return knowledge.refuse(call, "no result of " + name + " is known");
  for (const CustomRule &rule : getCustomRules(call)) {
    if (auto *host = std::get_if<HostRule>(&rule.how)) {
      if (auto answered = resolveHostRule(call, *host, knowledge))
        apply(call, *answered, knowledge);
    } else if (isReady(call, rule, knowledge)) {
      apply(call, rule, knowledge);
    } else {
      knowledge.refuse(call,
                       "too little is known for the custom inverse of " + name);
    }
  }
}

bool CustomInverter::isReady(CallOpInterface call, const CustomRule &rule,
                             Knowledge &knowledge) {
  auto knowsOperand = [&](int64_t i) {
    return knowledge.knows(call->getOperand(i));
  };
  auto knowsResult = [&](int64_t i) {
    return knowledge.knows(call->getResult(i));
  };
  return llvm::all_of(rule.operands, knowsOperand) &&
         llvm::all_of(rule.results, knowsResult);
}

std::optional<CustomRule>
CustomInverter::resolveHostRule(CallOpInterface call, HostRule rule,
                                Knowledge &knowledge) {
  CustomRule found;
  RuleHost::Question question{rule.host,
                              llvm::BitVector(call->getNumOperands()),
                              llvm::BitVector(call->getNumResults()),
                              knowledge.wantsShares(), /*onlyLogDet=*/false};
  auto collect = [&](ValueRange values, SmallVectorImpl<int64_t> &known,
                     llvm::BitVector &bits) {
    for (auto [i, value] : llvm::enumerate(values))
      if (knowledge.knows(value)) {
        known.push_back(i);
        bits.set(i);
      }
  };
  collect(call->getOperands(), found.operands, question.operands);
  collect(call->getResults(), found.results, question.results);
  auto refuse = [&](StringRef reason) {
    knowledge.refuse(call, "the custom inverse of " + getAnnotatedName(call) +
                               " declines: " + reason);
    return std::nullopt;
  };
  const Answer &answer = ask(call, question);
  if (!answer.function)
    return refuse(answer.refusal);
  found.finds = answer.finds;
  if (question.logDet)
    found.how = JointFunction{answer.function};
  else
    found.how = SeparateFunctions{answer.function, {}, {}};
  if (failed(verifyRule(call, found, symbols)))
    return refuse("its rule does not fit");
  return found;
}

const CustomInverter::Answer &
CustomInverter::ask(CallOpInterface call, const RuleHost::Question &question) {
  auto [it, isNew] = answers.try_emplace(question);
  Answer &result = it->second;
  if (!isNew)
    return result;
  auto *host = call->getDialect()->getRegisteredInterface<RuleHost>();
  if (!host) {
    result.refusal = "it is part of the program that wrote the module";
    return result;
  }
  RuleHost::Answer answer = host->ask(question);
  if (answer.module)
    result.function = FlatSymbolRefAttr::get(adopt(*answer.module, call));
  result.finds = std::move(answer.finds);
  result.refusal = std::move(answer.refusal);
  return result;
}

/// Moves the functions of a rule's module here and returns its `@main`.
func::FuncOp CustomInverter::adopt(ModuleOp answer, CallOpInterface call) {
  SymbolTable &table = symbols.getSymbolTable(module);
  SymbolTable answered(answer);
  auto main = answered.lookup<func::FuncOp>("main");
  assert(main && "a rule's module has a main function");
  StringRef callee =
      call->getAttrOfType<FlatSymbolRefAttr>("callee").getValue();
  LogicalResult renamed =
      answered.rename(main, StringRef((callee + ".rule").str()));
  for (Operation &op : llvm::make_early_inc_range(*answer.getBody())) {
    if (table.lookup(SymbolTable::getSymbolName(&op)))
      renamed = answered.renameToUnique(&op, {&table});
    assert(succeeded(renamed) && "the new name is free");
    SymbolTable::setSymbolVisibility(&op, SymbolTable::Visibility::Private);
  }
  (void)renamed;
  for (Operation &op : llvm::make_early_inc_range(*answer.getBody())) {
    op.remove();
    table.insert(&op);
    hosted.push_back(&op);
  }
  return main;
}

void CustomInverter::apply(CallOpInterface call, const CustomRule &rule,
                           Knowledge &knowledge) {
  auto finds = llvm::map_to_vector(
      rule.finds, [&](int64_t i) -> Value { return call->getOperand(i); });
  auto isKnown = [&](Value value) { return knowledge.knows(value); };
  if (llvm::all_of(finds, isKnown) || !knowledge.mayFind(call, finds))
    return;
  OpBuilder &b = knowledge.getBuilder();
  Location loc = call.getLoc();
  SmallVector<Value> inputs;
  for (int64_t i : rule.operands)
    inputs.push_back(knowledge.get(call->getOperand(i)).value);
  SmallVector<RankedTensorType> resultTypes, foundTypes;
  SmallVector<Value> resultShares;
  for (int64_t i : rule.results) {
    Known data = knowledge.get(call->getResult(i));
    inputs.push_back(data.value);
    resultShares.push_back(data.share);
    resultTypes.push_back(getTensorType(data.value));
  }
  for (Value value : finds)
    foundTypes.push_back(getTensorType(value));

  SmallVector<Value> found, foundShares(rule.finds.size());
  if (auto *joint = std::get_if<JointFunction>(&rule.how)) {
    SmallVector<Value> arguments = inputs;
    for (auto [share, type] : llvm::zip_equal(resultShares, resultTypes))
      arguments.push_back(getShareOrZero(b, loc, share, type));
    auto both =
        func::CallOp::create(b, loc, resolve(joint->inverseAndIldj), arguments);
    llvm::append_range(found, both.getResults().take_front(rule.finds.size()));
    foundShares = both.getResults().drop_front(rule.finds.size());
  } else {
    auto &functions = std::get<SeparateFunctions>(rule.how);
    found = findValues(call, rule, functions.inverse, inputs, knowledge);
    if (found.empty())
      return;
    if (knowledge.wantsShares()) {
      std::optional<LogDet> logDet =
          findLogDet(call, rule, functions, inputs, found, knowledge);
      if (!logDet)
        return;
      addShares(b, loc, resultShares, logDet->ofResults);
      foundShares = moveShares(b, loc, resultShares, resultTypes, foundTypes,
                               rule.numBatchDims);
      addShares(b, loc, foundShares, logDet->ofFinds);
    }
  }
  SmallVector<Known> data;
  for (auto [value, share] : llvm::zip_equal(found, foundShares))
    data.push_back({value, hasDensity(value.getType()) ? share : Value()});
  knowledge.find(call, finds, data);
}

SmallVector<Value> CustomInverter::findValues(CallOpInterface call,
                                              const CustomRule &rule,
                                              FlatSymbolRefAttr inverse,
                                              ArrayRef<Value> inputs,
                                              Knowledge &knowledge) {
  if (!inverse)
    return invertCallee(call, rule, knowledge);
  auto found = func::CallOp::create(knowledge.getBuilder(), call.getLoc(),
                                    resolve(inverse), inputs);
  return llvm::to_vector_of<Value>(found.getResults());
}

SmallVector<Value> CustomInverter::invertCallee(CallOpInterface call,
                                                const CustomRule &rule,
                                                Knowledge &knowledge) {
  SmallVector<Value> outside = CallInverter::getOutsideValues(call);
  BoundaryPattern given{{}, /*shares=*/false, /*choosesBranches=*/true};
  SmallVector<Value> arguments;
  for (auto [position, value] : llvm::enumerate(outside))
    if (knowledge.knows(value)) {
      given.parts.push_back(
          {unsigned(position), Knowledge::wholeOf(value), /*hasShare=*/false});
      arguments.push_back(knowledge.get(value).value);
    }
  auto callee = resolve(call->getAttrOfType<FlatSymbolRefAttr>("callee"));
  UnitInverse &inverse = calls.ask(callee, given);
  auto findsAll = llvm::all_of(rule.finds, [&](int64_t i) {
    return knowledge.knows(call->getOperand(i)) || inverse.findsWhole(i);
  });
  if (!findsAll) {
    knowledge.refuse(call,
                     "its body cannot be inverted: " + inverse.blame.reason);
    return {};
  }
  SmallVector<Known> results;
  if (!inverse.found.empty())
    results = calls.createCall(knowledge.getBuilder(), call.getLoc(), callee,
                               inverse, arguments);
  SmallVector<Value> found;
  for (int64_t i : rule.finds) {
    if (knowledge.knows(call->getOperand(i))) {
      found.push_back(knowledge.get(call->getOperand(i)).value);
      continue;
    }
    for (auto [part, data] : llvm::zip_equal(inverse.found, results))
      if (part.position == i)
        found.push_back(data.value);
  }
  return found;
}

std::optional<CustomInverter::LogDet>
CustomInverter::findLogDet(CallOpInterface call, const CustomRule &rule,
                           const SeparateFunctions &functions,
                           ArrayRef<Value> inputs, ArrayRef<Value> found,
                           Knowledge &knowledge) {
  auto evaluate = [&](FlatSymbolRefAttr ildj) {
    auto added = func::CallOp::create(knowledge.getBuilder(), call.getLoc(),
                                      resolve(ildj), inputs);
    return LogDet{llvm::to_vector_of<Value>(added.getResults()),
                  SmallVector<Value>(rule.results.size())};
  };
  if (functions.ildj)
    return evaluate(functions.ildj);
  if (auto derived =
          deriveLogDet(call, rule, functions.inverse, inputs, found, knowledge))
    return derived;
  if (!functions.host)
    return std::nullopt;
  RuleHost::Question question{*functions.host,
                              llvm::BitVector(call->getNumOperands()),
                              llvm::BitVector(call->getNumResults()),
                              /*logDet=*/true, /*onlyLogDet=*/true};
  for (int64_t i : rule.operands)
    question.operands.set(i);
  for (int64_t i : rule.results)
    question.results.set(i);
  const Answer &answer = ask(call, question);
  CustomRule answered = rule;
  answered.how = SeparateFunctions{{}, answer.function, {}};
  if (answer.function && succeeded(verifyRule(call, answered, symbols)))
    return evaluate(answer.function);
  knowledge.refuse(call,
                   answer.function ? "its rule does not fit" : answer.refusal);
  return std::nullopt;
}

/// log|det dx/dy| of x = inverse(y) is minus the log-det that propagation
/// through `inverse` gives for y.
std::optional<CustomInverter::LogDet>
CustomInverter::deriveLogDet(CallOpInterface call, const CustomRule &rule,
                             FlatSymbolRefAttr inverseOfCall,
                             ArrayRef<Value> inputs, ArrayRef<Value> found,
                             Knowledge &knowledge) {
  OpBuilder &b = knowledge.getBuilder();
  func::FuncOp function = resolve(inverseOfCall);
  unsigned numOperands = rule.operands.size(), numInputs = inputs.size();
  BoundaryPattern given{{}, /*shares=*/true, /*choosesBranches=*/true};
  SmallVector<Value> arguments(inputs.take_front(numOperands));
  for (auto [i, value] : llvm::enumerate(arguments))
    given.parts.push_back({unsigned(i), Knowledge::wholeOf(value), false});
  for (auto [i, value] : llvm::enumerate(found)) {
    given.parts.push_back(
        {unsigned(numInputs + i), Knowledge::wholeOf(value), false});
    arguments.push_back(value);
  }
  UnitInverse &inverse = calls.ask(function, given);
  ArrayRef<Value> results = inputs.drop_front(numOperands);
  bool findsAll = !inverse.found.empty();
  for (auto [i, value] : llvm::enumerate(results))
    findsAll = findsAll && (!hasDensity(value.getType()) ||
                            inverse.findsWhole(numOperands + i));
  bool isSquare = countDimensions(results) == countDimensions(found);
  if (!findsAll || !isSquare) {
    knowledge.refuse(call,
                     "the log-det of the custom inverse of " +
                         getAnnotatedName(call) + " cannot be derived: " +
                         (isSquare ? inverse.blame.reason
                                   : "its input and output differ in size"));
    return std::nullopt;
  }
  SmallVector<Known> undone =
      calls.createCall(b, call.getLoc(), function, inverse, arguments);
  LogDet logDet{SmallVector<Value>(found.size()),
                SmallVector<Value>(results.size())};
  for (auto [part, data] : llvm::zip_equal(inverse.found, undone))
    if (data.share && part.position >= numOperands && part.position < numInputs)
      logDet.ofResults[part.position - numOperands] =
          stablehlo::NegOp::create(b, call.getLoc(), data.share);
  return logDet;
}

void CustomInverter::eraseFunctions() {
  for (Operation *op : hosted)
    symbols.getSymbolTable(module).erase(op);
  hosted.clear();
  answers.clear();
}
