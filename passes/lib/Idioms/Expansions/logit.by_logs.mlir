// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

func.func @logit.by_logs(%arg0: tensor<2xf64>) -> tensor<2xf64> {
  %0 = stablehlo.log %arg0 : tensor<2xf64>
  %1 = stablehlo.negate %arg0 : tensor<2xf64>
  %2 = stablehlo.log_plus_one %1 : tensor<2xf64>
  %3 = stablehlo.subtract %0, %2 : tensor<2xf64>
  return %3 : tensor<2xf64>
}
