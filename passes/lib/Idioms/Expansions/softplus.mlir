// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

func.func @softplus(%arg0: tensor<2xf64>) -> tensor<2xf64> {
  %cst = stablehlo.constant dense<0.000000e+00> : tensor<2xf64>
  %0 = stablehlo.maximum %arg0, %cst : tensor<2xf64>
  %1 = stablehlo.compare NE, %arg0, %arg0, FLOAT : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xi1>
  %2 = stablehlo.add %arg0, %cst : tensor<2xf64>
  %3 = stablehlo.abs %arg0 : tensor<2xf64>
  %4 = stablehlo.negate %3 : tensor<2xf64>
  %5 = stablehlo.exponential %4 : tensor<2xf64>
  %6 = stablehlo.log_plus_one %5 : tensor<2xf64>
  %7 = stablehlo.add %0, %6 : tensor<2xf64>
  %8 = stablehlo.select %1, %2, %7 : tensor<2xi1>, tensor<2xf64>
  return %8 : tensor<2xf64>
}
