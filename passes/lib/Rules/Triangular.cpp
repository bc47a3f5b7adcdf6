// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Values whose elements tell those of x in an order. y is the result.

#include "invhlo/Interfaces/InvertibleOpInterface.h"
#include "invhlo/Interfaces/InvertibleRegionOpInterface.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Rules/Emitter.h"
#include "invhlo/Rules/Formula.h"
#include "invhlo/Rules/Rules.h"
#include "invhlo/Rules/ValuesBeside.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace {

/// Builds x, rank after rank: with the elements of x up to a rank, all earlier
/// values are right that the next ones need, and so is what the inverse of the
/// formula gives for these. As the derivative is the formula's but below the
/// diagonal, so is its determinant.
class Substitution {
public:
  Substitution(TriangularOp op, Formula &formula)
      : op(op), formula(formula),
        ranksOfX(formula.getCaptured(op.getRanksOfX())),
        ranksOfValue(formula.getCaptured(op.getRanksOfValue())) {}

  /// x.
  Known find(OpBuilder &b);

private:
  /// What stands for elements of x that are not found yet: few functions have
  /// no value for it, or no derivative.
  double getStandIn() {
    return isa<IntegerType>(op.getX().getType().getElementType()) ? 1 : 0.5;
  }
  /// What is found after step `number` of what was found before it.
  Value improve(OpBuilder &b, Value number, Value found);

  TriangularOp op;
  Formula &formula;
  Value ranksOfX, ranksOfValue;
};

} // namespace

Value Substitution::improve(OpBuilder &b, Value number, Value found) {
  Emitter e(b, op.getLoc());
  Value rank = e.shift(1, number);
  auto isFound = [&](Value ranks) {
    Value limit = e.broadcast(rank, getTensorType(ranks).getShape(), {});
    return e.create<CompareOp>(ranks, limit, ComparisonDirection::LE);
  };
  SmallVector<Value> earlier =
      formula.build(b, op.getConditioner().front(), found);
  // The rest of y is that of the stand-ins, so that all of it is a result.
  Value y = formula.build(b, op.getFormula().front(), found, earlier).front();
  if (isa<FloatType>(getElementTypeOrSelf(y)))
    y = e.detach(y);
  Known known = formula.getY();
  known.value = e.select(isFound(ranksOfValue), known.value, y);
  Value next = formula.solve(b, known, earlier, /*wantsShare=*/false).value;
  return e.guard(isFound(ranksOfX), next, getStandIn());
}

Known Substitution::find(OpBuilder &b) {
  Location loc = op.getLoc();
  RankedTensorType type = getTensorType(op.getX());
  Region region;
  Block &body = region.emplaceBlock();
  OpBuilder inside(op.getContext());
  inside.setInsertionPointToEnd(&body);
  Value number =
      body.addArgument(RankedTensorType::get({}, b.getI32Type()), loc);
  Value found = body.addArgument(type, loc);
  YieldOp::create(inside, loc, improve(inside, number, found));

  Value init = Emitter(b, loc).fill(getStandIn(), type);
  auto scan = ScanOp::create(b, loc, type, init, ValueRange(),
                             op.getDepth() - 1, /*reverse=*/false);
  scan.getBody().takeBody(region);
  SmallVector<Value> earlier =
      formula.build(b, op.getConditioner().front(), scan.getResult(0));
  return formula.solve(b, formula.getY(), earlier, /*wantsShare=*/true);
}

namespace {

struct TriangularModel
    : InvertibleRegionOpInterface::ExternalModel<TriangularModel,
                                                 TriangularOp> {
  SmallVector<Unit> getUnits(Operation *op) const {
    auto triangular = cast<TriangularOp>(op);
    return {Formula::getUnit(op, triangular.getX(), triangular.getFormula())};
  }

  void propagateRegions(Operation *op, Knowledge &knowledge,
                        ArrayRef<Unit> units, UnitInverter &inverter) const {
    learnFromValues(op, knowledge);
    auto triangular = cast<TriangularOp>(op);
    Formula formula(op, triangular.getX(), triangular.getEarlier(),
                    units.front(), knowledge, inverter);
    if (formula.findsX())
      formula.learn(
          Substitution(triangular, formula).find(knowledge.getBuilder()));
  }
};

} // namespace

void invhlo::attachTriangularRules(MLIRContext *context) {
  TriangularOp::attachInterface<TriangularModel, SolvedByFormula<TriangularOp>>(
      *context);
}
