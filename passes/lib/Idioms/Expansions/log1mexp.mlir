// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

func.func @log1mexp(%arg0: tensor<2xf64>) -> tensor<2xf64> {
  %cst = stablehlo.constant dense<0.69314718055994529> : tensor<2xf64>
  %0 = stablehlo.compare LT, %arg0, %cst, FLOAT : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xi1>
  %1 = stablehlo.negate %arg0 : tensor<2xf64>
  %2 = stablehlo.exponential_minus_one %1 : tensor<2xf64>
  %3 = stablehlo.negate %2 : tensor<2xf64>
  %4 = stablehlo.log %3 : tensor<2xf64>
  %5 = stablehlo.exponential %1 : tensor<2xf64>
  %6 = stablehlo.negate %5 : tensor<2xf64>
  %7 = stablehlo.log_plus_one %6 : tensor<2xf64>
  %8 = stablehlo.select %0, %4, %7 : tensor<2xi1>, tensor<2xf64>
  return %8 : tensor<2xf64>
}
