// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

func.func @softplus.by_log1p(%arg0: tensor<2xf64>) -> tensor<2xf64> {
  %0 = stablehlo.exponential %arg0 : tensor<2xf64>
  %1 = stablehlo.log_plus_one %0 : tensor<2xf64>
  return %1 : tensor<2xf64>
}
