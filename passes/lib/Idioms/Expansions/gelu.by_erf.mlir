// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

func.func @gelu.by_erf(%arg0: tensor<2xf64>) -> tensor<2xf64> {
  %cst = stablehlo.constant dense<5.000000e-01> : tensor<2xf64>
  %0 = stablehlo.multiply %cst, %arg0 : tensor<2xf64>
  %1 = stablehlo.negate %arg0 : tensor<2xf64>
  %cst_0 = stablehlo.constant dense<0.70710678118654757> : tensor<2xf64>
  %2 = stablehlo.multiply %1, %cst_0 : tensor<2xf64>
  %3 = chlo.erfc %2 : tensor<2xf64> -> tensor<2xf64>
  %4 = stablehlo.multiply %0, %3 : tensor<2xf64>
  return %4 : tensor<2xf64>
}
