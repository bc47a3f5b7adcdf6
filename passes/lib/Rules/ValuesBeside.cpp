// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Rules/ValuesBeside.h"

#include "invhlo/Interfaces/Unit.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

void invhlo::learnFromValues(Operation *op, Knowledge &knowledge) {
  for (auto [value, result] :
       llvm::zip_equal(getValuesBeside(op), op->getResults()))
    for (const Piece &piece : knowledge.getPieces(value))
      knowledge.learn(result, piece.where, {piece.data.value, {}});
}

void invhlo::learnValues(Operation *op, Knowledge &knowledge) {
  for (auto [value, result] :
       llvm::zip_equal(getValuesBeside(op), op->getResults()))
    for (const Piece &piece : knowledge.getPieces(result))
      if (knowledge.wants(value, piece.where))
        knowledge.learn(value, piece.where, piece.data);
}

bool invhlo::isLeftToValues(Operation *op, Knowledge &knowledge) {
  if (!knowledge.solvesValuesBeside())
    return false;
  SetVector<Value> inputs = getInputs(op);
  for (Value value : getValuesBeside(op))
    inputs.remove(value);
  auto isUnknown = [&](Value input) { return !knowledge.knows(input); };
  return llvm::count_if(inputs, isUnknown) > 1;
}
