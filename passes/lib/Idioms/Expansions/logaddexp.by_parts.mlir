// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

func.func @logaddexp.by_parts(%arg0: tensor<2xf64>, %arg1: tensor<2xf64>) -> tensor<2xf64> {
  %0 = stablehlo.maximum %arg0, %arg1 : tensor<2xf64>
  %1 = stablehlo.subtract %arg0, %arg1 : tensor<2xf64>
  %2 = stablehlo.abs %1 : tensor<2xf64>
  %3 = stablehlo.negate %2 : tensor<2xf64>
  %4 = stablehlo.exponential %3 : tensor<2xf64>
  %5 = stablehlo.log_plus_one %4 : tensor<2xf64>
  %6 = stablehlo.add %0, %5 : tensor<2xf64>
  return %6 : tensor<2xf64>
}
