// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The sdy dialect.

#ifndef INVHLO_SDY_SDYBASE_TD
#define INVHLO_SDY_SDYBASE_TD

include "mlir/IR/OpBase.td"

def Sdy_Dialect : Dialect {
  let name = "sdy";
  let cppNamespace = "::invhlo::sdy";
  let summary = "How tensors are split over devices";
  let description = [{
    The dialect of Shardy as JAX emits it: meshes of devices, the shardings of
    values over them, and computations written per device. Text is the same as
    jaxlib's, in the pretty and in the generic form.

    `sdy.sharding` on a function argument or result is a `#sdy.sharding`, on an
    op a `#sdy.sharding_per_value` with one entry a result. `sdy.sharding_rule`
    on an op is a `#sdy.op_sharding_rule`.
  }];
  let useDefaultAttributePrinterParser = 1;
  let hasOperationAttrVerify = 1;
  let hasRegionArgAttrVerify = 1;
  let hasRegionResultAttrVerify = 1;
  let extraClassDeclaration = [{
    /// The discardable attributes of this dialect.
    static constexpr ::llvm::StringLiteral kSharding = "sdy.sharding";
    static constexpr ::llvm::StringLiteral kShardingRule = "sdy.sharding_rule";

    void registerAttributes();
  }];
}

#endif // INVHLO_SDY_SDYBASE_TD
