// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_INTERFACES_INVERTIBLEREGIONOPINTERFACE_H
#define INVHLO_INTERFACES_INVERTIBLEREGIONOPINTERFACE_H

#include "invhlo/Interfaces/Knowledge.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OwningOpRef.h"

namespace invhlo {

/// The inverse of an op's block, for the op to be built around.
struct RegionInverse {
  /// What enters or leaves: the value, or its share, at a position among the
  /// op's operands and then results.
  struct Slot {
    unsigned position;
    bool isShare;
  };
  /// The one region is one block without a terminator, whose arguments stand
  /// for `given`.
  mlir::OwningOpRef<mlir::ModuleOp> holder;
  llvm::SmallVector<Slot> given, found;
  /// The data of `given` outside of the block, and of `found` in it.
  llvm::SmallVector<mlir::Value> operands, returned;

  mlir::Region &getBody() { return holder->getBodyRegion(); }
};

} // namespace invhlo

#include "invhlo/Interfaces/InvertibleRegionOpInterface.h.inc"

#endif // INVHLO_INTERFACES_INVERTIBLEREGIONOPINTERFACE_H
