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

UnitInverse &CallInverter::specialise(CallOpInterface call,
                                      KnowledgeBase &knowledge,
                                      bool choosesBranches) {
  BoundaryPattern given{{}, knowledge.wantsShares(), choosesBranches};
  for (auto [position, value] : llvm::enumerate(getOutsideValues(call)))
    for (const Piece &piece : knowledge.getAllPieces(value))
      given.parts.push_back(
          {unsigned(position), piece.where, bool(piece.data.share)});
  return specialise(resolve(call), std::move(given));
}

UnitInverse &CallInverter::specialise(func::FuncOp callee,
                                      BoundaryPattern given) {
  auto [it, isNew] = specialisations.try_emplace(Key{callee, given});
  UnitInverse &inverse = it->second;
  if (isNew)
    inverse = invertUnit(callee.front(), std::move(given), *this);
  return inverse;
}

func::FuncOp CallInverter::outline(func::FuncOp callee, UnitInverse &inverse) {
  func::FuncOp &function = functions[&inverse];
  if (function)
    return function;
  Location loc = callee.getLoc();
  Block &body = inverse.getBody().front();
  SmallVector<Value> returned = pack(inverse.data);
  function = func::FuncOp::create(
      loc, (callee.getSymName() + ".inverse").str(),
      FunctionType::get(callee.getContext(), body.getArgumentTypes(),
                        TypeRange(ValueRange(returned))));
  function.setPrivate();
  OpBuilder end = OpBuilder::atBlockEnd(&body);
  func::ReturnOp::create(end, loc, returned);
  eraseUnused(body);
  function.getBody().takeBody(inverse.getBody());
  symbols.getSymbolTable(module).insert(function);
  return function;
}

SmallVector<Known> CallInverter::createCall(OpBuilder &b, Location loc,
                                            func::FuncOp callee,
                                            UnitInverse &inverse,
                                            ValueRange data) {
  auto call = func::CallOp::create(b, loc, outline(callee, inverse), data);
  return unpack(inverse.found, call.getResults());
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
  UnitInverse &inverse = specialise(call, knowledge, choosesBranches);
  if (inverse.found.empty())
    return inverse.waitsForBranch;
  SmallVector<Value> outside = getOutsideValues(call);
  SmallVector<Known> given;
  for (const BoundaryPart &part : inverse.given.parts)
    given.push_back(knowledge.get(outside[part.position], part.where));
  SmallVector<Known> found = createCall(knowledge.getBuilder(), call.getLoc(),
                                        resolve(call), inverse, pack(given));
  knowledge.setJoint(inverse.isJoint);
  for (auto [part, data] : llvm::zip_equal(inverse.found, found))
    knowledge.learn(outside[part.position], part.where, data);
  return inverse.waitsForBranch;
}

Blame CallInverter::findBlame(CallOpInterface call, KnowledgeBase &knowledge) {
  if (!resolve(call) || isAnnotated(call))
    return {};
  return specialise(call, knowledge, /*choosesBranches=*/true).blame;
}

void CallInverter::eraseFunctions() {
  for (auto [inverse, function] : functions)
    symbols.getSymbolTable(module).erase(function);
  functions.clear();
  specialisations.clear();
  custom.eraseFunctions();
}
