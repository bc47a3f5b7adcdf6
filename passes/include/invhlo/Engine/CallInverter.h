// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Inversion of calls: one function for each callee and what is known.

#ifndef INVHLO_ENGINE_CALLINVERTER_H
#define INVHLO_ENGINE_CALLINVERTER_H

#include "invhlo/Engine/CustomInverter.h"
#include "invhlo/Engine/UnitMemo.h"
#include "mlir/Interfaces/CallInterfaces.h"

namespace invhlo {

/// Specialises callees by what is known of their arguments and results.
/// Equal calls share one specialisation, so shared code stays shared.
class CallInverter {
public:
  CallInverter(mlir::SymbolTableCollection &symbols, mlir::ModuleOp module,
               bool keepsJournals)
      : symbols(symbols), module(module), units(*this, keepsJournals),
        custom(*this, symbols, module) {}

  /// The units that calls and their callees are made of.
  UnitMemo &getUnits() { return units; }

  /// Learns what the callee, or the call's own rules if it has any, tell of the
  /// call's operands and results. Returns whether more may be found by choosing
  /// branches.
  bool invert(mlir::CallOpInterface call, Knowledge &knowledge);
  /// What is stuck in the callee, given what is known at the call.
  Blame findBlame(mlir::CallOpInterface call, Knowledge &knowledge);
  /// Takes the specialised functions out of the module again.
  void eraseFunctions();

  /// What follows in `callee` from `given`.
  UnitInverse &ask(mlir::func::FuncOp callee, const BoundaryPattern &given) {
    return units.ask(Unit::get(callee.front()), given);
  }
  /// Calls the function of what follows in `callee` from `given`, with the data
  /// of that, packed; there must be something. Returns the data of what is
  /// found.
  llvm::SmallVector<Known> createCall(mlir::OpBuilder &b, mlir::Location loc,
                                      mlir::func::FuncOp callee,
                                      UnitInverse &inverse,
                                      mlir::ValueRange data);
  /// The call's operands and results, as the callee's boundary is numbered.
  static llvm::SmallVector<mlir::Value>
  getOutsideValues(mlir::CallOpInterface call);

private:
  mlir::func::FuncOp resolve(mlir::CallOpInterface call);
  /// The function of an inverse, which is put into the module when it is asked
  /// for.
  mlir::func::FuncOp outline(mlir::func::FuncOp callee, UnitInverse &inverse);

  mlir::SymbolTableCollection &symbols;
  mlir::ModuleOp module;
  UnitMemo units;
  CustomInverter custom;
  llvm::DenseMap<UnitInverse *, mlir::func::FuncOp> functions;
};

} // namespace invhlo

#endif // INVHLO_ENGINE_CALLINVERTER_H
