// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

func.func @arcsine(%arg0: tensor<2xf64>) -> tensor<2xf64> {
  %cst = stablehlo.constant dense<1.000000e+00> : tensor<2xf64>
  %0 = stablehlo.subtract %cst, %arg0 : tensor<2xf64>
  %1 = stablehlo.add %cst, %arg0 : tensor<2xf64>
  %2 = stablehlo.multiply %0, %1 : tensor<2xf64>
  %3 = stablehlo.sqrt %2 : tensor<2xf64>
  %4 = stablehlo.atan2 %arg0, %3 : tensor<2xf64>
  return %4 : tensor<2xf64>
}
