// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_INTERFACES_INVERTIBLEREGIONOPINTERFACE_TD
#define INVHLO_INTERFACES_INVERTIBLEREGIONOPINTERFACE_TD

include "mlir/IR/OpBase.td"

def Invhlo_InvertibleRegionOpInterface
    : OpInterface<"InvertibleRegionOpInterface"> {
  let description = [{
    The contract of an op with blocks that can be inverted by themselves, its
    units: branches, the body of a loop, a computation for each device. The op
    asks what would follow in them from what is known, and builds one op around
    their inverses.
  }];
  let cppNamespace = "::invhlo";

  let methods = [
    InterfaceMethod<[{
        The units of this op, with the values outside of them that their
        boundaries stand for.
      }],
      "::llvm::SmallVector<::invhlo::Unit>", "getUnits">,
    InterfaceMethod<[{
        Learns what follows for this op from its `units`, which `inverter` is
        asked about. Called again whenever more is known, so it looks before it
        builds. To decline, `knowledge.refuse(op, "why")` and leave no ops
        behind.
      }],
      "void", "propagateRegions",
      (ins "::invhlo::Knowledge &":$knowledge,
           "::llvm::ArrayRef<::invhlo::Unit>":$units,
           "::invhlo::UnitInverter &":$inverter)>,
  ];
}

#endif // INVHLO_INTERFACES_INVERTIBLEREGIONOPINTERFACE_TD
