// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @too_many(%x: tensor<4x3xf32>) {
  // expected-error @+2 {{k = 7 is out of range for a last dimension of size 3}}
  // expected-error @+1 {{failed to infer returned types}}
  %v, %i = chlo.top_k(%x, k = 7) : tensor<4x3xf32> -> (tensor<4x7xf32>, tensor<4x7xi32>)
  return
}

// -----

func.func @negative(%x: tensor<4x3xf32>) {
  // expected-error @+2 {{k = -1 is out of range for a last dimension of size 3}}
  // expected-error @+1 {{failed to infer returned types}}
  %v, %i = chlo.top_k(%x, k = -1) : tensor<4x3xf32> -> (tensor<4x2xf32>, tensor<4x2xi32>)
  return
}

// -----

func.func @scalar(%x: tensor<f32>) {
  // expected-error @+2 {{expects an operand of rank 1 or more}}
  // expected-error @+1 {{failed to infer returned types}}
  %v, %i = chlo.top_k(%x, k = 1) : tensor<f32> -> (tensor<1xf32>, tensor<1xi32>)
  return
}

// -----

func.func @results(%x: tensor<4x3xf32>) {
  // expected-error @+2 {{op inferred type(s) 'tensor<4x2xf32>', 'tensor<4x2xi32>' are incompatible}}
  // expected-error @+1 {{failed to infer returned types}}
  %v, %i = chlo.top_k(%x, k = 2) : tensor<4x3xf32> -> (tensor<4x2xf32>, tensor<4x3xi32>)
  return
}
