// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Inversion of a module's entry point.

#ifndef INVHLO_ENGINE_INVERTER_H
#define INVHLO_ENGINE_INVERTER_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/BitVector.h"
#include <functional>

namespace invhlo {

/// What an inverse returns of the inverse log-det-Jacobian.
enum class LogDet {
  None,
  /// One share for each recovered argument, after the arguments.
  Shares,
  /// The sum of all shares, a scalar, after the arguments.
  Total,
};

struct InversionOptions {
  LogDet logDet = LogDet::None;
  /// Give log-dets of functions with more output than input elements, in the
  /// chart of the elements that are spent.
  bool allowOverdetermined = false;
  /// Choose where several values have the same result.
  bool choosesBranches = true;
  /// Says more of the values of a module's functions, by ops beside them. Asked
  /// once, if something is left unknown; undone if that does not help.
  std::function<llvm::SmallVector<mlir::Operation *>(mlir::ModuleOp)> sayMore;
};

/// Builds the inverse of `function` in its `unknown` arguments and inserts it
/// into the module, with the private functions it needs. The inverse takes the
/// known arguments, then the results; it returns the unknown arguments, then
/// what `logDet` asks for. On failure the module is as it was, and a
/// diagnostic tells the op that stands in the way.
mlir::FailureOr<mlir::func::FuncOp>
invertFunction(mlir::func::FuncOp function, const llvm::BitVector &unknown,
               const InversionOptions &options);

} // namespace invhlo

#endif // INVHLO_ENGINE_INVERTER_H
