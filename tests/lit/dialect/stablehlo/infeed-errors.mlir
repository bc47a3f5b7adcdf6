// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @token(%t: !stablehlo.token) {
  // expected-error @+1 {{expects a token as the last result}}
  %y = "stablehlo.infeed"(%t) : (!stablehlo.token) -> tensor<f32>
  return
}
