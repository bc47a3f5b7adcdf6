// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @different_numbers(%a: tensor<5x2x3xf32>, %b: tensor<5x3x4xf32>) {
  // expected-error @+1 {{expects as many dimensions of lhs as of rhs}}
  %y = stablehlo.dot_general %a, %b, contracting_dims = [2] x [] : (tensor<5x2x3xf32>, tensor<5x3x4xf32>) -> tensor<5x2x5x3x4xf32>
  return
}

// -----

func.func @sizes(%a: tensor<5x2x3xf32>, %b: tensor<5x3x4xf32>) {
  // expected-error @+1 {{expects dimension 1 of 'tensor<5x2x3xf32>' and 1 of 'tensor<5x3x4xf32>' to agree}}
  %y = stablehlo.dot_general %a, %b, batching_dims = [0] x [0], contracting_dims = [1] x [1] : (tensor<5x2x3xf32>, tensor<5x3x4xf32>) -> tensor<5x3x4xf32>
  return
}

// -----

func.func @repeated(%a: tensor<5x2x3xf32>, %b: tensor<5x3x4xf32>) {
  // expected-error @+1 {{lhs dims must not repeat, got 0 twice}}
  %y = stablehlo.dot_general %a, %b, batching_dims = [0] x [0], contracting_dims = [0] x [0] : (tensor<5x2x3xf32>, tensor<5x3x4xf32>) -> tensor<2x3x3x4xf32>
  return
}

// -----

func.func @range(%a: tensor<5x2x3xf32>, %b: tensor<5x3x4xf32>) {
  // expected-error @+1 {{lhs dims must be in [0, 3), got 3}}
  %y = stablehlo.dot_general %a, %b, contracting_dims = [3] x [1] : (tensor<5x2x3xf32>, tensor<5x3x4xf32>) -> tensor<5x2x5x4xf32>
  return
}

// -----

func.func @result(%a: tensor<5x2x3xf32>, %b: tensor<5x3x4xf32>) {
  // expected-error @+1 {{expects a result of shape [5, 2, 4], got 'tensor<5x4x2xf32>'}}
  %y = stablehlo.dot_general %a, %b, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<5x2x3xf32>, tensor<5x3x4xf32>) -> tensor<5x4x2xf32>
  return
}

// -----

func.func @precision(%a: tensor<5x2x3xf32>, %b: tensor<5x3x4xf32>) {
  // expected-error @+1 {{custom op 'stablehlo.dot_general' unknown precision: LOW}}
  %y = stablehlo.dot_general %a, %b, batching_dims = [0] x [0], contracting_dims = [2] x [1], precision = [LOW, HIGH] : (tensor<5x2x3xf32>, tensor<5x3x4xf32>) -> tensor<5x2x4xf32>
  return
}
