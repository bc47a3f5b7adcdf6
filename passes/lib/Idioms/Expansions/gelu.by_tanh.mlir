// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

func.func @gelu.by_tanh(%arg0: tensor<2xf64>) -> tensor<2xf64> {
  %0 = stablehlo.multiply %arg0, %arg0 : tensor<2xf64>
  %1 = stablehlo.multiply %0, %arg0 : tensor<2xf64>
  %cst = stablehlo.constant dense<4.471500e-02> : tensor<2xf64>
  %2 = stablehlo.multiply %cst, %1 : tensor<2xf64>
  %3 = stablehlo.add %arg0, %2 : tensor<2xf64>
  %cst_0 = stablehlo.constant dense<0.79788456080286541> : tensor<2xf64>
  %4 = stablehlo.multiply %cst_0, %3 : tensor<2xf64>
  %5 = stablehlo.tanh %4 : tensor<2xf64>
  %cst_1 = stablehlo.constant dense<1.000000e+00> : tensor<2xf64>
  %6 = stablehlo.add %cst_1, %5 : tensor<2xf64>
  %cst_2 = stablehlo.constant dense<5.000000e-01> : tensor<2xf64>
  %7 = stablehlo.multiply %cst_2, %6 : tensor<2xf64>
  %8 = stablehlo.multiply %arg0, %7 : tensor<2xf64>
  return %8 : tensor<2xf64>
}
