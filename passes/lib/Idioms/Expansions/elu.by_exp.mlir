// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

func.func @elu.by_exp(%arg0: tensor<2xf64>) -> tensor<2xf64> {
  %cst = stablehlo.constant dense<0.000000e+00> : tensor<2xf64>
  %0 = stablehlo.compare GT, %arg0, %cst, FLOAT : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xi1>
  %1 = stablehlo.exponential %arg0 : tensor<2xf64>
  %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<2xf64>
  %2 = stablehlo.subtract %1, %cst_0 : tensor<2xf64>
  %3 = stablehlo.select %0, %arg0, %2 : tensor<2xi1>, tensor<2xf64>
  return %3 : tensor<2xf64>
}
