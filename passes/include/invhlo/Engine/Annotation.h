// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Inverses that were declared for a call, as docs/annotations.md describes.

#ifndef INVHLO_ENGINE_ANNOTATION_H
#define INVHLO_ENGINE_ANNOTATION_H

#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include <variant>

namespace invhlo {

/// The attributes of an annotated call.
inline constexpr llvm::StringLiteral kRulesAttr = "invhlo.rules";
inline constexpr llvm::StringLiteral kNameAttr = "invhlo.name";

/// A rule of functions for values and for what the call adds to their shares;
/// one of them may be null.
struct SeparateFunctions {
  /// (operands, results) -> finds. Without it, the body is inverted.
  mlir::FlatSymbolRefAttr inverse;
  /// (operands, results) -> what the call adds to the shares of finds. Without
  /// it, that is derived.
  mlir::FlatSymbolRefAttr ildj;
  /// Who is asked for the log-det if it cannot be derived.
  std::optional<int64_t> host;
};

/// A rule of one function, (operands, results, shares of results) -> (finds,
/// shares of finds).
struct JointFunction {
  mlir::FlatSymbolRefAttr inverseAndIldj;
};

/// A rule that the program that runs the compiler knows by a number. It is
/// asked once it is clear what is known.
struct HostRule {
  int64_t host;
};

/// One way of inverting a call. Positions are those of its operands and
/// results; with all of `operands` and `results` known, it tells `finds`.
struct CustomRule {
  llvm::SmallVector<int64_t> operands, results, finds;
  /// The number of leading dimensions of all results and finds for each of
  /// whose indices the rule is one of its own.
  int64_t numBatchDims = 0;
  std::variant<SeparateFunctions, JointFunction, HostRule> how;

  /// The functions of the module that it names.
  llvm::SmallVector<mlir::FlatSymbolRefAttr> getFunctions() const;
};

/// Whether inverses were declared for `op`.
bool isAnnotated(mlir::Operation *op);

/// What an annotated call is called in messages.
std::string getAnnotatedName(mlir::Operation *op);

/// The rules of an annotated op.
llvm::SmallVector<CustomRule> getCustomRules(mlir::Operation *op);

/// Reports rules that are malformed or do not fit the op and its functions.
mlir::LogicalResult verifyAnnotation(mlir::Operation *op,
                                     mlir::SymbolTableCollection &symbols);

/// Reports the annotations in `op` that `verifyAnnotation` does.
mlir::LogicalResult verifyAnnotations(mlir::Operation *op);

/// Checks that `rule` fits `op`: its positions and its functions' types.
mlir::LogicalResult verifyRule(mlir::Operation *op, const CustomRule &rule,
                               mlir::SymbolTableCollection &symbols);

/// Takes the annotations off all of `op`'s ops.
void eraseAnnotations(mlir::Operation *op);

} // namespace invhlo

#endif // INVHLO_ENGINE_ANNOTATION_H
