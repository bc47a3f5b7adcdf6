// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

func.func @ndtr(%arg0: tensor<2xf64>) -> tensor<2xf64> {
  %cst = stablehlo.constant dense<0.70710678118654757> : tensor<2xf64>
  %0 = stablehlo.multiply %arg0, %cst : tensor<2xf64>
  %1 = stablehlo.abs %0 : tensor<2xf64>
  %2 = stablehlo.compare LT, %1, %cst, FLOAT : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xi1>
  %3 = chlo.erf %0 : tensor<2xf64> -> tensor<2xf64>
  %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<2xf64>
  %4 = stablehlo.add %cst_0, %3 : tensor<2xf64>
  %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<2xf64>
  %5 = stablehlo.compare GT, %0, %cst_1, FLOAT : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xi1>
  %6 = chlo.erfc %1 : tensor<2xf64> -> tensor<2xf64>
  %cst_2 = stablehlo.constant dense<2.000000e+00> : tensor<2xf64>
  %7 = stablehlo.subtract %cst_2, %6 : tensor<2xf64>
  %8 = stablehlo.select %5, %7, %6 : tensor<2xi1>, tensor<2xf64>
  %9 = stablehlo.select %2, %4, %8 : tensor<2xi1>, tensor<2xf64>
  %cst_3 = stablehlo.constant dense<5.000000e-01> : tensor<2xf64>
  %10 = stablehlo.multiply %cst_3, %9 : tensor<2xf64>
  return %10 : tensor<2xf64>
}
