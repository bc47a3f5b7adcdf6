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
    units: branches, a computation for each device. The op asks for their
    inverses for what is known of it, and builds an op of its kind around them.

    Like `InvertibleOpInterface`, which such an op need not implement, it is
    attached from outside of the dialect.
  }];
  let cppNamespace = "::invhlo";

  let methods = [
    InterfaceMethod<[{
        The units of this op: its blocks, each with the values around the block,
        `Unit::outside`, that the block's boundary stands for.
      }],
      "::llvm::SmallVector<::invhlo::Unit>", "getUnits">,
    InterfaceMethod<[{
        Learns what follows for this op from its `units`. Called again whenever
        more is known, so it looks before it builds: it asks the `inverter` for
        the inverses of the units, which builds nothing, and goes on only if
        they find what `knowledge.wants`. To decline,
        `knowledge.refuse(op, "why")` and leave no ops behind.
      }],
      "void", "propagateRegions",
      (ins "::invhlo::Knowledge &":$knowledge,
           "::llvm::ArrayRef<::invhlo::Unit>":$units,
           "::invhlo::UnitInverter &":$inverter)>,
  ];
}

#endif // INVHLO_INTERFACES_INVERTIBLEREGIONOPINTERFACE_TD
