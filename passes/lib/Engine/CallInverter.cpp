// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/CallInverter.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

SmallVector<Value> CallInverter::getOutsideValues(CallOpInterface call) {
  SmallVector<Value> values(call.getArgOperands());
  llvm::append_range(values, call->getResults());
  return values;
}

func::FuncOp CallInverter::resolve(CallOpInterface call) {
  auto callee =
      dyn_cast_or_null<func::FuncOp>(call.resolveCallableInTable(&symbols));
  return callee && !callee.isExternal() ? callee : nullptr;
}

bool CallInverter::Specialisation::findsWhole(unsigned position,
                                              Value value) const {
  return llvm::any_of(found, [&](const Part &part) {
    return part.position == position &&
           part.where.getNumElements() == getTensorType(value).getNumElements();
  });
}

CallInverter::Specialisation &CallInverter::specialise(CallOpInterface call,
                                                       KnowledgeBase &knowledge,
                                                       bool choosesBranches) {
  SmallVector<Part> given;
  for (auto [position, value] : llvm::enumerate(getOutsideValues(call)))
    for (const Piece &piece : knowledge.getAllPieces(value))
      given.push_back(
          {unsigned(position), piece.where, bool(piece.data.share)});
  return specialise(resolve(call), std::move(given),
                    {knowledge.wantsShares(), choosesBranches});
}

CallInverter::Specialisation &CallInverter::specialise(func::FuncOp callee,
                                                       SmallVector<Part> given,
                                                       InversionMode mode) {
  auto [it, isNew] = specialisations.try_emplace(Key{callee, given, mode});
  Specialisation &specialisation = it->second;
  if (isNew) {
    specialisation.given = std::move(given);
    build(callee, specialisation, mode);
  }
  return specialisation;
}

void CallInverter::build(func::FuncOp callee, Specialisation &specialisation,
                         InversionMode mode) {
  MLIRContext *context = callee.getContext();
  Location loc = callee.getLoc();
  auto function =
      func::FuncOp::create(loc, (callee.getSymName() + ".inverse").str(),
                           FunctionType::get(context, {}, {}));
  function.setPrivate();
  Block *body = function.addEntryBlock();
  BlockInverse inverse = invertBlock(
      callee.front(), std::move(specialisation.given), mode, *this, *body);
  specialisation.given = std::move(inverse.given);
  specialisation.found = std::move(inverse.found);
  specialisation.blame = std::move(inverse.blame);
  specialisation.waitsForBranch = inverse.waitsForBranch;
  specialisation.isJoint = inverse.isJoint;
  if (specialisation.found.empty()) {
    function.erase();
    return;
  }
  OpBuilder end = OpBuilder::atBlockEnd(body);
  func::ReturnOp::create(end, loc, inverse.returned);
  eraseUnused(*body);
  function.setFunctionType(
      FunctionType::get(context, body->getArgumentTypes(),
                        TypeRange(ValueRange(inverse.returned))));
  symbols.getSymbolTable(module).insert(function);
  specialisation.function = function;
}

bool CallInverter::invert(CallOpInterface call, KnowledgeBase &knowledge,
                          bool choosesBranches) {
  if (!resolve(call)) {
    knowledge.refuse(call, "its callee has no body");
    return false;
  }
  if (isAnnotated(call)) {
    custom.invert(call, knowledge);
    return false;
  }
  const Specialisation &specialisation =
      specialise(call, knowledge, choosesBranches);
  func::FuncOp function = specialisation.function;
  if (!function)
    return specialisation.waitsForBranch;
  SmallVector<Value> outside = getOutsideValues(call);
  SmallVector<Value> arguments;
  for (const Part &part : specialisation.given) {
    Known data = knowledge.get(outside[part.position], part.where);
    arguments.push_back(data.value);
    if (part.hasShare)
      arguments.push_back(data.share);
  }
  auto inverse = func::CallOp::create(knowledge.getBuilder(), call.getLoc(),
                                      function, arguments);
  unsigned next = 0;
  knowledge.setJoint(specialisation.isJoint);
  for (const Part &part : specialisation.found) {
    Known data{inverse.getResult(next++), {}};
    if (part.hasShare)
      data.share = inverse.getResult(next++);
    knowledge.learn(outside[part.position], part.where, data);
  }
  return specialisation.waitsForBranch;
}

Blame CallInverter::findBlame(CallOpInterface call, KnowledgeBase &knowledge) {
  if (!resolve(call) || isAnnotated(call))
    return {};
  return specialise(call, knowledge, /*choosesBranches=*/true).blame;
}

void CallInverter::eraseFunctions() {
  for (auto &entry : specialisations)
    if (func::FuncOp function = entry.second.function)
      symbols.getSymbolTable(module).erase(function);
  specialisations.clear();
  custom.eraseFunctions();
}
