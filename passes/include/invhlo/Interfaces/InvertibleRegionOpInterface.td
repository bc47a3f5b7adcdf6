// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_INTERFACES_INVERTIBLEREGIONOPINTERFACE_TD
#define INVHLO_INTERFACES_INVERTIBLEREGIONOPINTERFACE_TD

include "mlir/IR/OpBase.td"

def Invhlo_InvertibleRegionOpInterface
    : OpInterface<"InvertibleRegionOpInterface"> {
  let description = [{
    The contract of an op that runs one block once: argument i of the block
    stands for operand i of the op, and operand i of the block's terminator for
    result i of the op. The engine inverts the block as it inverts a function,
    with what is wholly known of the operands and results; the op says what an
    op around the inverse looks like.
  }];
  let cppNamespace = "::invhlo";

  let methods = [
    InterfaceMethod<[{
        Builds, through the knowledge's builder, the op that runs the inverse of
        this op's block. Its results are those that the inverse lists. To
        decline, `knowledge.refuse(op, "why")`, leave no ops behind and return
        null.
      }],
      "::mlir::Operation *", "createInverse",
      (ins "::invhlo::Knowledge &":$knowledge,
           "::invhlo::RegionInverse &":$inverse)>,
  ];
}

#endif // INVHLO_INTERFACES_INVERTIBLEREGIONOPINTERFACE_TD
