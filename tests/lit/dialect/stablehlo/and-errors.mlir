// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @floats(%x: tensor<2xf32>) {
  // expected-error @+1 {{operand #0 must be ranked tensor of integer or index or quantized element values, but got 'tensor<2xf32>'}}
  %z = stablehlo.and %x, %x : tensor<2xf32>
  return
}
