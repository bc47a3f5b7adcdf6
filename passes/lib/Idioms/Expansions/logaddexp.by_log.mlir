// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

func.func @logaddexp.by_log(%arg0: tensor<2xf64>, %arg1: tensor<2xf64>) -> tensor<2xf64> {
  %0 = stablehlo.exponential %arg0 : tensor<2xf64>
  %1 = stablehlo.exponential %arg1 : tensor<2xf64>
  %2 = stablehlo.add %0, %1 : tensor<2xf64>
  %3 = stablehlo.log %2 : tensor<2xf64>
  return %3 : tensor<2xf64>
}
