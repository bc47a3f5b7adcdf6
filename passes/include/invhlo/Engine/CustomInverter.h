// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Inversion of annotated calls by the rules that were declared for them.

#ifndef INVHLO_ENGINE_CUSTOMINVERTER_H
#define INVHLO_ENGINE_CUSTOMINVERTER_H

#include "invhlo/Engine/Annotation.h"
#include "invhlo/Interfaces/Knowledge.h"
#include "invhlo/Interfaces/RuleHost.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include <unordered_map>

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
  /// A function from the host and the operands that it finds, or why there is
  /// none.
  struct Answer {
    mlir::FlatSymbolRefAttr function;
    llvm::SmallVector<int64_t> finds;
    std::string refusal;
  };
  struct QuestionHash {
    size_t operator()(const RuleHost::Question &question) const {
      return hash_value(question);
    }
  };
  /// What the call adds to the shares: of each operand found, or, if it is
  /// still to be carried over to them, of each result. Null where nothing.
  struct LogDet {
    llvm::SmallVector<mlir::Value> ofFinds, ofResults;
  };

  const Answer &ask(mlir::CallOpInterface call,
                    const RuleHost::Question &question);
  mlir::func::FuncOp adopt(mlir::ModuleOp answer, mlir::CallOpInterface call);
  /// What the host makes of a rule, for what is known.
  std::optional<CustomRule> resolveHostRule(mlir::CallOpInterface call,
                                            HostRule rule,
                                            Knowledge &knowledge);
  bool isReady(mlir::CallOpInterface call, const CustomRule &rule,
               Knowledge &knowledge);
  void apply(mlir::CallOpInterface call, const CustomRule &rule,
             Knowledge &knowledge);
  /// The operands that a rule finds, or that the callee's own inverse does;
  /// none if that does not.
  llvm::SmallVector<mlir::Value> findValues(mlir::CallOpInterface call,
                                            const CustomRule &rule,
                                            mlir::FlatSymbolRefAttr inverse,
                                            llvm::ArrayRef<mlir::Value> inputs,
                                            Knowledge &knowledge);
  llvm::SmallVector<mlir::Value> invertCallee(mlir::CallOpInterface call,
                                              const CustomRule &rule,
                                              Knowledge &knowledge);
  std::optional<LogDet> findLogDet(mlir::CallOpInterface call,
                                   const CustomRule &rule,
                                   const SeparateFunctions &functions,
                                   llvm::ArrayRef<mlir::Value> inputs,
                                   llvm::ArrayRef<mlir::Value> found,
                                   Knowledge &knowledge);
  std::optional<LogDet> deriveLogDet(mlir::CallOpInterface call,
                                     const CustomRule &rule,
                                     mlir::FlatSymbolRefAttr inverse,
                                     llvm::ArrayRef<mlir::Value> inputs,
                                     llvm::ArrayRef<mlir::Value> found,
                                     Knowledge &knowledge);
  mlir::func::FuncOp resolve(mlir::FlatSymbolRefAttr symbol);

  CallInverter &calls;
  mlir::SymbolTableCollection &symbols;
  mlir::ModuleOp module;
  std::unordered_map<RuleHost::Question, Answer, QuestionHash> answers;
  llvm::SmallVector<mlir::Operation *> hosted;
};

} // namespace invhlo

#endif // INVHLO_ENGINE_CUSTOMINVERTER_H
