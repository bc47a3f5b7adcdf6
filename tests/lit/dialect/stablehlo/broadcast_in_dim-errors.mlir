// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @size(%x: tensor<3xf32>) {
  // expected-error @+1 {{cannot broadcast dimension 0 of 'tensor<3xf32>' to dimension 0 of 'tensor<2x3xf32>'}}
  %y = stablehlo.broadcast_in_dim %x, dims = [0] : (tensor<3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @length(%x: tensor<3xf32>) {
  // expected-error @+1 {{dims must have 1 entries, got 0}}
  %y = stablehlo.broadcast_in_dim %x, dims = [] : (tensor<3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @range(%x: tensor<3xf32>) {
  // expected-error @+1 {{dims must be in [0, 2), got 2}}
  %y = stablehlo.broadcast_in_dim %x, dims = [2] : (tensor<3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @element_type(%x: tensor<3xf32>) {
  // expected-error @+1 {{expects one element type, got 'tensor<3xf32>' and 'tensor<2x3xf16>'}}
  %y = stablehlo.broadcast_in_dim %x, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf16>
  return
}
