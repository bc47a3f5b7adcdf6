// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

func.func @logaddexp(%arg0: tensor<2xf64>, %arg1: tensor<2xf64>) -> tensor<2xf64> {
  %0 = stablehlo.maximum %arg0, %arg1 : tensor<2xf64>
  %1 = stablehlo.subtract %arg0, %arg1 : tensor<2xf64>
  %2 = stablehlo.compare NE, %1, %1, FLOAT : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xi1>
  %3 = stablehlo.add %arg0, %arg1 : tensor<2xf64>
  %4 = stablehlo.abs %1 : tensor<2xf64>
  %5 = stablehlo.negate %4 : tensor<2xf64>
  %6 = stablehlo.exponential %5 : tensor<2xf64>
  %7 = stablehlo.log_plus_one %6 : tensor<2xf64>
  %8 = stablehlo.add %0, %7 : tensor<2xf64>
  %9 = stablehlo.select %2, %3, %8 : tensor<2xi1>, tensor<2xf64>
  return %9 : tensor<2xf64>
}
