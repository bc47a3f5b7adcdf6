// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @not_quantized(%x: tensor<2xi8>) {
  // expected-error @+1 {{operand #0 must be ranked tensor of quantized element values, but got 'tensor<2xi8>'}}
  %y = "stablehlo.uniform_dequantize"(%x) : (tensor<2xi8>) -> tensor<2xf32>
  return
}
