// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

func.func @slopes_of_parts.by_minimum(%arg0: tensor<2xf64>, %arg1: tensor<2xf64>) -> tensor<2xf64> {
  %cst = stablehlo.constant dense<0.000000e+00> : tensor<2xf64>
  %0 = stablehlo.maximum %arg0, %cst : tensor<2xf64>
  %1 = stablehlo.multiply %arg1, %arg0 : tensor<2xf64>
  %2 = stablehlo.minimum %1, %cst : tensor<2xf64>
  %3 = stablehlo.add %0, %2 : tensor<2xf64>
  return %3 : tensor<2xf64>
}
