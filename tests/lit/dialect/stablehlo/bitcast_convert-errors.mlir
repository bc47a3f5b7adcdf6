// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @bits(%x: tensor<2xf32>) {
  // expected-error @+1 {{expects as many bits in operand and result, got 'tensor<2xf32>' and 'tensor<2xui8>'}}
  %y = stablehlo.bitcast_convert %x : (tensor<2xf32>) -> tensor<2xui8>
  return
}

// -----

func.func @shape(%x: tensor<2xui32>) {
  // expected-error @+1 {{expects as many bits in operand and result, got 'tensor<2xui32>' and 'tensor<2x3xui8>'}}
  %y = stablehlo.bitcast_convert %x : (tensor<2xui32>) -> tensor<2x3xui8>
  return
}
