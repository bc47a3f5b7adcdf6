// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @number_of_elements(%x: tensor<6xf32>) {
  // expected-error @+1 {{expects as many elements in operand and result, got 'tensor<6xf32>' and 'tensor<2x4xf32>'}}
  %y = stablehlo.reshape %x : (tensor<6xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @element_type(%x: tensor<6xf32>) {
  // expected-error @+1 {{expects one element type, got 'tensor<6xf32>' and 'tensor<2x3xf16>'}}
  %y = stablehlo.reshape %x : (tensor<6xf32>) -> tensor<2x3xf16>
  return
}
