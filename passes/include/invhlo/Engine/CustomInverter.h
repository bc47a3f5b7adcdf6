// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Inversion of annotated calls by the rules that were declared for them.

#ifndef INVHLO_ENGINE_CUSTOMINVERTER_H
#define INVHLO_ENGINE_CUSTOMINVERTER_H

#include "invhlo/Engine/Annotation.h"
#include "invhlo/Interfaces/Knowledge.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/StringMap.h"

namespace invhlo {

class CallInverter;

/// Applies custom rules, which speak of whole operands and results. The rules
/// have the last word: where none applies, the callee is not looked into.
class CustomInverter {
public:
  CustomInverter(CallInverter &calls, mlir::SymbolTableCollection &symbols,
                 mlir::ModuleOp module)
      : calls(calls), symbols(symbols), module(module) {}

  /// Learns what the rules tell of the call's operands.
  void invert(mlir::CallOpInterface call, Knowledge &knowledge);
  /// Takes the functions that came from the host out of the module again.
  void eraseFunctions();

private:
  /// A rule from the host, or why there is none.
  struct Asked {
    std::optional<CustomRule> rule;
    std::string refusal;
  };
  /// What the call adds to the shares: of each operand found, or, if it is
  /// still to be carried over to them, of each result. Null where nothing.
  struct LogDet {
    llvm::SmallVector<mlir::Value> ofFinds, ofResults;
  };

  Asked ask(mlir::CallOpInterface call, const CustomRule &rule,
            Knowledge &knowledge, bool onlyLogDet);
  mlir::func::FuncOp adopt(mlir::ModuleOp answer, mlir::CallOpInterface call);
  bool isReady(mlir::CallOpInterface call, const CustomRule &rule,
               Knowledge &knowledge);
  void apply(mlir::CallOpInterface call, const CustomRule &rule,
             Knowledge &knowledge);
  /// The operands as the callee's own inverse finds them; none if it does not.
  llvm::SmallVector<mlir::Value> invertCallee(mlir::CallOpInterface call,
                                              const CustomRule &rule,
                                              Knowledge &knowledge);
  std::optional<LogDet> findLogDet(mlir::CallOpInterface call,
                                   const CustomRule &rule,
                                   llvm::ArrayRef<mlir::Value> inputs,
                                   llvm::ArrayRef<mlir::Value> found,
                                   Knowledge &knowledge);
  std::optional<LogDet> deriveLogDet(mlir::CallOpInterface call,
                                     const CustomRule &rule,
                                     llvm::ArrayRef<mlir::Value> inputs,
                                     llvm::ArrayRef<mlir::Value> found,
                                     Knowledge &knowledge);
  mlir::func::FuncOp resolve(mlir::FlatSymbolRefAttr symbol);

  CallInverter &calls;
  mlir::SymbolTableCollection &symbols;
  mlir::ModuleOp module;
  llvm::StringMap<Asked> asked;
  llvm::SmallVector<mlir::Operation *> hosted;
};

} // namespace invhlo

#endif // INVHLO_ENGINE_CUSTOMINVERTER_H
