// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/CallInverter.h"

#include "invhlo/Engine/Propagation.h"
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

func::FuncOp CallInverter::outline(func::FuncOp callee, UnitInverse &inverse) {
  func::FuncOp &function = functions[&inverse];
  if (function)
    return function;
  Location loc = callee.getLoc();
  Block &body = inverse.getBlock();
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
  units.use(inverse);
  inverse.journal["function"] = callee.getSymName().str();
  inverse.journal["inverse"] = function.getSymName().str();
  return function;
}

SmallVector<Known> CallInverter::createCall(OpBuilder &b, Location loc,
                                            func::FuncOp callee,
                                            UnitInverse &inverse,
                                            ValueRange data) {
  func::FuncOp function = outline(callee, inverse);
  assert(TypeRange(data) == function.getArgumentTypes() &&
         "data of other parts");
  auto call = func::CallOp::create(b, loc, function, data);
  return unpack(inverse.found, call.getResults());
}

bool CallInverter::invert(CallOpInterface call, Knowledge &knowledge) {
  if (!resolve(call)) {
    knowledge.refuse(call, "its callee has no body");
    return false;
  }
  if (isAnnotated(call)) {
    custom.invert(call, knowledge);
    return false;
  }
  SmallVector<Value> outside = getOutsideValues(call);
  UnitInverse &inverse = ask(resolve(call), getGiven(knowledge, outside));
  if (inverse.found.empty())
    return inverse.waitsForBranch;
  SmallVector<Known> given = getData(knowledge, outside, inverse.given.parts);
  SmallVector<Known> found = createCall(knowledge.getBuilder(), call.getLoc(),
                                        resolve(call), inverse, pack(given));
  setFoundBy(knowledge, &inverse);
  for (auto [part, data] : llvm::zip_equal(inverse.found, found))
    knowledge.learn(outside[part.position], part.where, data);
  return inverse.waitsForBranch;
}

Blame CallInverter::findBlame(CallOpInterface call, Knowledge &knowledge) {
  if (!resolve(call) || isAnnotated(call))
    return {};
  return ask(resolve(call), getGiven(knowledge, getOutsideValues(call))).blame;
}

void CallInverter::eraseFunctions() {
  for (auto [inverse, function] : functions)
    symbols.getSymbolTable(module).erase(function);
  functions.clear();
  units.clear();
  custom.eraseFunctions();
}
