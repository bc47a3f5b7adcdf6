// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @length(%x: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error @+2 {{low must have 1 entries, got 2}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = stablehlo.pad %x, %v, low = [1, 1], high = [0], interior = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<5xf32>
  return
}

// -----

func.func @interior(%x: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error @+2 {{interior padding must not be negative, got -1}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = stablehlo.pad %x, %v, low = [0], high = [0], interior = [-1] : (tensor<4xf32>, tensor<f32>) -> tensor<1xf32>
  return
}

// -----

func.func @value(%x: tensor<4xf32>, %v: tensor<1xf32>) {
  // expected-error @+2 {{expected a scalar of 'f32' as the padding value, got 'tensor<1xf32>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = stablehlo.pad %x, %v, low = [0], high = [0], interior = [0] : (tensor<4xf32>, tensor<1xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @result(%x: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error @+2 {{inferred type(s) 'tensor<9xf32>' are incompatible with return type(s) of operation 'tensor<8xf32>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = stablehlo.pad %x, %v, low = [1], high = [1], interior = [1] : (tensor<4xf32>, tensor<f32>) -> tensor<8xf32>
  return
}
