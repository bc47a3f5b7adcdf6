// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Rules/Formula.h"

#include "invhlo/Invhlo/Invhlo.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;
using namespace invhlo;

/// In the unit's boundary, x is the first, and the result is the last.
static constexpr unsigned kPositionOfX = 0;

Unit Formula::getUnit(Operation *op, Value x, Region &formula) {
  SetVector<Value> captured;
  getUsedValuesDefinedAbove(formula, captured);
  Unit unit = Unit::get(formula.front(), captured.getArrayRef());
  unit.outside = {x};
  llvm::append_range(unit.outside, captured);
  unit.outside.push_back(op->getResult(0));
  return unit;
}

bool Formula::isFromX(Value value) {
  return value == x || llvm::is_contained(computed, value) ||
         llvm::is_contained(getValuesBeside(op), value);
}

BoundaryPattern Formula::getGiven() {
  BoundaryPattern given = getNothingGiven(knowledge);
  given.choosesBranches = true;
  unsigned positionOfResult = unit.outside.size() - 1;
  for (auto [position, value] : llvm::enumerate(unit.outside))
    if (position != kPositionOfX)
      given.parts.push_back(
          {unsigned(position), Knowledge::wholeOf(value),
           position == positionOfResult && bool(getY().share)});
  return given;
}

bool Formula::findsX() {
  if (!knowledge.choosesBranches() || !knowledge.knows(op->getResult(0)) ||
      !knowledge.wants(x))
    return false;
  SetVector<Value> inputs = getInputs(op);
  inputs.remove_if([&](Value input) { return isFromX(input); });
  if (!llvm::all_of(inputs,
                    [&](Value input) { return knowledge.knows(input); }))
    return false;
  inverse = &inverter.ask(unit, getGiven());
  if (!inverse->findsWhole(kPositionOfX))
    return false;
  part = *llvm::find_if(inverse->found, [](const BoundaryPart &found) {
    return found.position == kPositionOfX;
  });
  for (Value input : inputs)
    captured.map(input, knowledge.get(input).value);
  return true;
}

SmallVector<Value> Formula::build(OpBuilder &b, Block &block, Value ofX,
                                  ValueRange ofComputed) {
  IRMapping mapping = captured;
  mapping.map(block.getArgument(0), ofX);
  if (!ofComputed.empty())
    mapping.map(computed, ofComputed);
  for (Operation &inner : block.without_terminator())
    b.clone(inner, mapping);
  SmallVector<Value> yielded;
  for (Value value : block.getTerminator()->getOperands())
    yielded.push_back(mapping.lookupOrDefault(value));
  return yielded;
}

Known Formula::solve(OpBuilder &b, Known y, ValueRange ofComputed,
                     bool wantsShare) {
  IRMapping mapping = captured;
  mapping.map(computed, ofComputed);
  SmallVector<Known> data;
  for (const BoundaryPart &given : inverse->given.parts) {
    Value value = unit.outside[given.position];
    bool isResult = value == op->getResult(0);
    data.push_back(isResult ? y : Known{mapping.lookup(value), {}});
  }
  BoundaryPart wanted = *part;
  wanted.hasShare &= wantsShare;
  return inverter.inlineAt(b, *inverse, data, wanted).front();
}

void Formula::learn(Known found) {
  setFoundBy(knowledge, inverse);
  knowledge.learn(x, part->where, found);
}
