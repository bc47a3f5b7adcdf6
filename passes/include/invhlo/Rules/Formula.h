// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Ops beside a value with a block that computes it of x and of values that
// another block computes of x.

#ifndef INVHLO_RULES_FORMULA_H
#define INVHLO_RULES_FORMULA_H

#include "invhlo/Interfaces/InvertibleOpInterface.h"
#include "invhlo/Interfaces/Knowledge.h"
#include "invhlo/Interfaces/Unit.h"
#include "mlir/IR/IRMapping.h"

namespace invhlo {

/// Such an op's formula, with all but x known. The op has one result, and the
/// values that the other block computes are its operands.
class Formula {
public:
  Formula(mlir::Operation *op, mlir::Value x, mlir::ValueRange computed,
          const Unit &unit, Knowledge &knowledge, UnitInverter &inverter)
      : op(op), x(x), computed(computed), unit(unit), knowledge(knowledge),
        inverter(inverter) {}

  /// The unit of the formula of `op`.
  static Unit getUnit(mlir::Operation *op, mlir::Value x,
                      mlir::Region &formula);

  /// Whether x is wanted and found by the formula's inverse, with branches
  /// chosen.
  bool findsX();
  /// What is known of the result.
  Known getY() { return knowledge.get(op->getResult(0)); }
  /// The data of what the op takes or captures, but for what is computed of x.
  mlir::Value getCaptured(mlir::Value value) { return captured.lookup(value); }
  /// Builds `block`, one of the op's, of an x.
  llvm::SmallVector<mlir::Value> build(mlir::OpBuilder &b, mlir::Block &block,
                                       mlir::Value ofX,
                                       mlir::ValueRange ofComputed = {});
  /// Builds x of y and of what is computed of x, with its share if y has one or
  /// one is wanted.
  Known solve(mlir::OpBuilder &b, Known y, mlir::ValueRange ofComputed,
              bool wantsShare);
  /// Learns x.
  void learn(Known found);

private:
  bool isFromX(mlir::Value value);
  BoundaryPattern getGiven();

  mlir::Operation *op;
  mlir::Value x;
  mlir::ValueRange computed;
  const Unit &unit;
  Knowledge &knowledge;
  UnitInverter &inverter;
  mlir::IRMapping captured;
  UnitInverse *inverse = nullptr;
  /// What the inverse finds of x.
  std::optional<BoundaryPart> part;
};

/// Such an op is solved by its units alone, once nothing else finds x.
template <typename Op>
struct SolvedByFormula
    : InvertibleOpInterface::ExternalModel<SolvedByFormula<Op>, Op> {
  Solvability getSolvability(mlir::Operation *) const {
    return Solvability::ByBranch;
  }
  void propagate(mlir::Operation *, Knowledge &) const {}
};

} // namespace invhlo

#endif // INVHLO_RULES_FORMULA_H
