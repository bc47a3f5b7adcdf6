// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The expansions by which functions are recognised.

#ifndef INVHLO_IDIOMS_IDIOMLIBRARY_H
#define INVHLO_IDIOMS_IDIOMLIBRARY_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/DenseMap.h"

namespace invhlo {

/// Elementwise functions as front ends lower them, one function of StableHLO
/// each, in f64. What is before the first dot of its name is the idiom.
class IdiomLibrary {
public:
  /// Those that may occur in `program`.
  explicit IdiomLibrary(mlir::ModuleOp program);

  /// A value whose dimension `dims[i]` is the dimension i of the result.
  struct View {
    mlir::Value value;
    llvm::SmallVector<int64_t> dims;

    bool operator==(const View &other) const {
      return value == other.value && dims == other.dims;
    }
  };
  struct Match {
    llvm::StringRef idiom;
    llvm::SmallVector<View> arguments;
  };
  /// The largest expansion whose last op is `root`.
  std::optional<Match> match(mlir::Operation *root) const;

private:
  mlir::OwningOpRef<mlir::ModuleOp> module;
  /// By the name of their last op, the largest first.
  llvm::DenseMap<mlir::OperationName, llvm::SmallVector<mlir::func::FuncOp>>
      expansions;
};

} // namespace invhlo

#endif // INVHLO_IDIOMS_IDIOMLIBRARY_H
