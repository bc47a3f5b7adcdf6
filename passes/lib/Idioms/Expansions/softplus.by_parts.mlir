// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

func.func @softplus.by_parts(%arg0: tensor<2xf64>) -> tensor<2xf64> {
  %cst = stablehlo.constant dense<0.000000e+00> : tensor<2xf64>
  %0 = stablehlo.maximum %arg0, %cst : tensor<2xf64>
  %1 = stablehlo.abs %arg0 : tensor<2xf64>
  %2 = stablehlo.negate %1 : tensor<2xf64>
  %3 = stablehlo.exponential %2 : tensor<2xf64>
  %4 = stablehlo.log_plus_one %3 : tensor<2xf64>
  %5 = stablehlo.add %0, %4 : tensor<2xf64>
  return %5 : tensor<2xf64>
}
