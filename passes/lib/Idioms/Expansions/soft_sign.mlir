// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

func.func @soft_sign(%arg0: tensor<2xf64>) -> tensor<2xf64> {
  %0 = stablehlo.abs %arg0 : tensor<2xf64>
  %cst = stablehlo.constant dense<1.000000e+00> : tensor<2xf64>
  %1 = stablehlo.add %0, %cst : tensor<2xf64>
  %2 = stablehlo.divide %arg0, %1 : tensor<2xf64>
  return %2 : tensor<2xf64>
}
