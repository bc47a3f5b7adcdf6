// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

func.func @silu(%arg0: tensor<2xf64>) -> tensor<2xf64> {
  %0 = stablehlo.negate %arg0 : tensor<2xf64>
  %1 = stablehlo.exponential %0 : tensor<2xf64>
  %cst = stablehlo.constant dense<1.000000e+00> : tensor<2xf64>
  %2 = stablehlo.add %cst, %1 : tensor<2xf64>
  %3 = stablehlo.divide %cst, %2 : tensor<2xf64>
  %4 = stablehlo.multiply %arg0, %3 : tensor<2xf64>
  return %4 : tensor<2xf64>
}
