// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @not_square(%a: tensor<2x3xf32>) {
  // expected-error @+1 {{expects square matrices, got 'tensor<2x3xf32>'}}
  %y = stablehlo.cholesky %a, lower = true : tensor<2x3xf32>
  return
}
