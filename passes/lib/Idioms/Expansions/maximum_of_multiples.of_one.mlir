// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

func.func @maximum_of_multiples.of_one(%arg0: tensor<2xf64>, %arg1: tensor<2xf64>) -> tensor<2xf64> {
  %0 = stablehlo.multiply %arg1, %arg0 : tensor<2xf64>
  %1 = stablehlo.maximum %arg0, %0 : tensor<2xf64>
  return %1 : tensor<2xf64>
}
