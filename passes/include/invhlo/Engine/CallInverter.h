// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Inversion of calls: one function for each callee and what is known.

#ifndef INVHLO_ENGINE_CALLINVERTER_H
#define INVHLO_ENGINE_CALLINVERTER_H

#include "invhlo/Engine/BlockInverse.h"
#include "invhlo/Engine/CustomInverter.h"
#include "invhlo/Engine/Propagation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include <unordered_map>

namespace invhlo {

/// Specialises callees by what is known of their arguments and results.
/// Equal calls share one specialisation, so shared code stays shared.
class CallInverter {
public:
  CallInverter(mlir::SymbolTableCollection &symbols, mlir::ModuleOp module)
      : symbols(symbols), module(module), custom(*this, symbols, module) {}

  /// Learns what the callee, or the call's own rules if it has any, tell of the
  /// call's operands and results. Returns whether more may be found by choosing
  /// branches.
  bool invert(mlir::CallOpInterface call, KnowledgeBase &knowledge,
              bool choosesBranches);
  /// What is stuck in the callee, given what is known at the call.
  Blame findBlame(mlir::CallOpInterface call, KnowledgeBase &knowledge);
  /// Takes the specialised functions out of the module again.
  void eraseFunctions();

  /// A part of a callee's argument or result.
  using Part = BoundaryPart;
  struct Specialisation {
    /// Null where nothing follows from what is known.
    mlir::func::FuncOp function;
    llvm::SmallVector<Part> given, found;
    Blame blame;
    bool waitsForBranch = false, isJoint = false;

    /// Whether all of the value at `position` is found, in one part.
    bool findsWhole(unsigned position, mlir::Value value) const;
  };

  /// What follows in `callee` from `given`.
  Specialisation &specialise(mlir::func::FuncOp callee,
                             llvm::SmallVector<Part> given, InversionMode mode);
  /// The call's operands and results, in the numbering of `Part`.
  static llvm::SmallVector<mlir::Value>
  getOutsideValues(mlir::CallOpInterface call);

private:
  /// What a specialisation is one of.
  struct Key {
    mlir::func::FuncOp callee;
    llvm::SmallVector<Part> given;
    InversionMode mode;

    bool operator==(const Key &other) const {
      return callee == other.callee && given == other.given &&
             mode == other.mode;
    }
  };
  struct KeyHash {
    size_t operator()(const Key &key) const {
      return llvm::hash_combine(
          key.callee.getAsOpaquePointer(), key.mode.shares,
          key.mode.choosesBranches,
          llvm::hash_combine_range(key.given.begin(), key.given.end()));
    }
  };

  mlir::func::FuncOp resolve(mlir::CallOpInterface call);
  Specialisation &specialise(mlir::CallOpInterface call,
                             KnowledgeBase &knowledge, bool choosesBranches);
  void build(mlir::func::FuncOp callee, Specialisation &specialisation,
             InversionMode mode);

  mlir::SymbolTableCollection &symbols;
  mlir::ModuleOp module;
  CustomInverter custom;
  std::unordered_map<Key, Specialisation, KeyHash> specialisations;
};

} // namespace invhlo

#endif // INVHLO_ENGINE_CALLINVERTER_H
