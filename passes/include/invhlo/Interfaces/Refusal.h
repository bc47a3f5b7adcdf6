// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Errors that say that a function has no inverse, told from all others.

#ifndef INVHLO_INTERFACES_REFUSAL_H
#define INVHLO_INTERFACES_REFUSAL_H

#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/STLExtras.h"

namespace invhlo {

inline constexpr llvm::StringLiteral kRefusal = "invhlo.refusal";

/// Marks an error about a module that is fine, but cannot be inverted.
inline mlir::InFlightDiagnostic refusal(mlir::InFlightDiagnostic error) {
  error.getUnderlyingDiagnostic()->getMetadata().push_back(
      mlir::DiagnosticArgument(kRefusal));
  return error;
}

inline bool isRefusal(mlir::Diagnostic &error) {
  return llvm::any_of(error.getMetadata(), [](const auto &argument) {
    return argument.getKind() ==
               mlir::DiagnosticArgument::DiagnosticArgumentKind::String &&
           argument.getAsString() == kRefusal;
  });
}

} // namespace invhlo

#endif // INVHLO_INTERFACES_REFUSAL_H
