// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @sizes(%a: tensor<2x3xf32>, %b: tensor<4xf32>) {
  // expected-error @+1 {{expects the last dimension of 'tensor<2x3xf32>' and the first of 'tensor<4xf32>' to agree}}
  %y = stablehlo.dot %a, %b : (tensor<2x3xf32>, tensor<4xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @rank(%a: tensor<2x3x4xf32>, %b: tensor<4xf32>) {
  // expected-error @+1 {{expects vectors or matrices, got 'tensor<2x3x4xf32>' and 'tensor<4xf32>'}}
  %y = stablehlo.dot %a, %b : (tensor<2x3x4xf32>, tensor<4xf32>) -> tensor<2x3xf32>
  return
}
