// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Choice.h"

#include "Cone.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/Emission.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

std::optional<Choice> Choice::get(Operation *op) {
  if (auto which = dyn_cast<CaseOp>(op)) {
    Choice choice{op, which.getIndex(), {}};
    for (Region &branch : which.getBranches())
      choice.branches.push_back(&branch);
    auto convert = choice.index.getDefiningOp<ConvertOp>();
    bool isPredicate = convert && choice.branches.size() == 2 &&
                       getElementTypeOrSelf(convert.getOperand()).isInteger(1);
    if (isPredicate)
      choice.index = convert.getOperand();
    return choice;
  }
  if (auto which = dyn_cast<IfOp>(op))
    return Choice{
        op, which.getPred(), {&which.getFalseBranch(), &which.getTrueBranch()}};
  return std::nullopt;
}

size_t Choice::getBranch(const Literal &index) const {
  int64_t number = index.getInteger(0);
  size_t last = branches.size() - 1;
  return number < 0 ? last : std::min<size_t>(number, last);
}

static bool areScalars(TypeRange types) {
  return llvm::all_of(types, [](Type type) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    return tensor && tensor.getRank() == 0;
  });
}

/// Whether the op computes a scalar, or says something of one.
static bool isOfScalars(Operation &op) {
  return (isElementwise(&op) || isa<PrimitiveOp>(op) ||
          op.hasTrait<OpTrait::ConstantLike>()) &&
         areScalars(op.getResultTypes());
}

void invhlo::turnIntoSelect(Operation *op) {
  std::optional<Choice> choice = Choice::get(op);
  if (!choice || !areScalars(op->getResultTypes()))
    return;
  for (Region *branch : choice->branches)
    for (Operation &inner : llvm::make_early_inc_range(branch->front()))
      turnIntoSelect(&inner);
  if (!llvm::all_of(choice->branches, [](Region *branch) {
        return llvm::all_of(branch->front().without_terminator(), isOfScalars);
      }))
    return;
  Location loc = op->getLoc();
  OpBuilder b(op);
  SmallVector<Value> chosen;
  for (size_t i = choice->branches.size(); i-- > 0;) {
    Block &branch = choice->branches[i]->front();
    Operation *terminator = branch.getTerminator();
    OperandRange returned = terminator->getOperands();
    for (Operation &inner :
         llvm::make_early_inc_range(branch.without_terminator()))
      inner.moveBefore(op);
    if (chosen.empty()) {
      chosen.assign(returned.begin(), returned.end());
      continue;
    }
    auto type = cast<RankedTensorType>(choice->index.getType());
    Value number = createSplat(b, loc, type, i);
    Value isThis = CompareOp::create(b, loc, choice->index, number,
                                     ComparisonDirection::EQ);
    for (auto [value, other] : llvm::zip_equal(returned, chosen))
      other = SelectOp::create(b, loc, isThis, value, other);
  }
  op->replaceAllUsesWith(chosen);
  op->erase();
}
