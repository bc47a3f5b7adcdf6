// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

func.func @maximum_of_multiples.commuted(%arg0: tensor<2xf64>, %arg1: tensor<2xf64>, %arg2: tensor<2xf64>) -> tensor<2xf64> {
  %0 = stablehlo.multiply %arg0, %arg2 : tensor<2xf64>
  %1 = stablehlo.multiply %arg0, %arg1 : tensor<2xf64>
  %2 = stablehlo.maximum %0, %1 : tensor<2xf64>
  return %2 : tensor<2xf64>
}
