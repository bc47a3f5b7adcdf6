// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

func.func @squareplus(%arg0: tensor<2xf64>, %arg1: tensor<2xf64>) -> tensor<2xf64> {
  %0 = chlo.square %arg0 : tensor<2xf64> -> tensor<2xf64>
  %1 = stablehlo.add %0, %arg1 : tensor<2xf64>
  %2 = stablehlo.sqrt %1 : tensor<2xf64>
  %3 = stablehlo.add %arg0, %2 : tensor<2xf64>
  %cst = stablehlo.constant dense<2.000000e+00> : tensor<2xf64>
  %4 = stablehlo.divide %3, %cst : tensor<2xf64>
  return %4 : tensor<2xf64>
}
