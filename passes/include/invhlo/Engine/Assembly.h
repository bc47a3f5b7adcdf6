// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Emission of the ops that cut data up and put it together.

#ifndef INVHLO_ENGINE_ASSEMBLY_H
#define INVHLO_ENGINE_ASSEMBLY_H

#include "invhlo/Interfaces/Knowledge.h"

namespace invhlo {

/// The data of a part of a tensor.
struct Part {
  IndexSet where;
  mlir::Value data;
};

/// The data of `wanted`, which the part contains.
mlir::Value extract(mlir::OpBuilder &b, mlir::Location loc, const Part &part,
                    const IndexSet &wanted);

/// The data of `wanted`, which the disjoint `parts`, all within it, tile.
mlir::Value assemble(mlir::OpBuilder &b, mlir::Location loc,
                     const IndexSet &wanted, llvm::ArrayRef<Part> parts);

/// The data of `where` and its share, from disjoint `pieces` that hold it.
Known assemble(mlir::OpBuilder &b, const IndexSet &where,
               llvm::ArrayRef<Piece> pieces);

} // namespace invhlo

#endif // INVHLO_ENGINE_ASSEMBLY_H
