// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #0}}
func.func @from_five(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<5.0> : tensor<f32>
  // expected-error @+1 {{cannot be inverted: its initial value is not neutral}}
  %y = "stablehlo.reduce_window"(%x, %k) <{padding = dense<[[2, 0]]> : tensor<1x2xi64>, window_dimensions = array<i64: 3>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %c : tensor<f32>
  }) : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @product(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<0.0> : tensor<f32>
  // expected-error @+1 {{cannot be inverted: its initial value is not neutral}}
  %y = "stablehlo.reduce_window"(%x, %k) <{padding = dense<[[2, 0]]> : tensor<1x2xi64>, window_dimensions = array<i64: 3>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = stablehlo.multiply %a, %b : tensor<f32>
    stablehlo.return %c : tensor<f32>
  }) : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @maximum(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<0xFF800000> : tensor<f32>
  // expected-error @+1 {{cannot be inverted: what it combines with is not undone}}
  %y = "stablehlo.reduce_window"(%x, %k) <{padding = dense<[[2, 0]]> : tensor<1x2xi64>, window_dimensions = array<i64: 3>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = stablehlo.maximum %a, %b : tensor<f32>
    stablehlo.return %c : tensor<f32>
  }) : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
